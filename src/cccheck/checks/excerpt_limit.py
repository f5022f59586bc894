"""excerpt-limit: does the copy take as much of the text as the publisher allows?

Due only where the publisher's profile asks: the whole text or nothing, at most a share of it, at most its first
paragraphs.
What passes: as much as is allowed. Short quotations are not judged at all.
What fails: clearly more than that; a large cut where only the whole may be taken.
What a person decides: sizes near the limit, and what may go on on a page that was not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.checks._edits import extent, quotes, weightiest
from cccheck.checks._subject import Subject
from cccheck.match.normalize import words
from cccheck.model import CheckResult, Outcome

_CLEARLY = 1.5  # times the limit
_SLACK = 1.1  # times the limit, and so many words: what a caption or a repeated sentence makes up
_FEW = 15


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """The copied words against the limit."""
    if options["most"] == "whole":
        return _whole(subject)
    match = subject.match
    limit = _limit(subject, options)
    params = {"words": match.words_copied, "limit": limit}
    if match.words_copied <= _SLACK * limit + _FEW:
        return CheckResult(Outcome.PASS, "excerpt-within", params)
    if match.words_copied < min(_CLEARLY * limit, 0.9 * match.words_work):
        return CheckResult(Outcome.REVIEW, "excerpt-near-limit", params)
    return CheckResult(Outcome.FAIL, "excerpt-over", params)


def _limit(subject: Subject, options: Mapping[str, Any]) -> int:
    """So many words may stand there."""
    if options["most"] == "share":
        return round(float(options["share"]) * subject.match.words_work)
    parts = [part for part in subject.work.text.split("\n\n") if part.strip()]
    return sum(len(words(part)) for part in parts[: options["paragraphs"]])


def _whole(subject: Subject) -> CheckResult:
    size = extent(subject)
    params = {"cut": size.words_cut, "words": subject.match.words_work}
    cut = quotes(subject, weightiest(subject, only="cut"))
    if size.cut == "none":
        return CheckResult(Outcome.PASS, "excerpt-whole", params)
    goes_on = subject.failed_leads(("next", "rendering"))
    if goes_on:
        return CheckResult(Outcome.REVIEW, "excerpt-goes-on", params | {"url": goes_on[0].url}, cut)
    if size.cut == "doubtful":
        return CheckResult(Outcome.REVIEW, "excerpt-perhaps-cut", params, cut)
    return CheckResult(Outcome.FAIL, "excerpt-cut", params, cut)
