"""title-unchanged: does the copy keep the original headline, or at least name it?

Due only where the publisher's profile asks: that the headline stay as it is, or that the original title be given.
What passes: the original title as the headline; where it need only be named, anywhere on the page.
What fails: another headline; the title nowhere.
What a person decides: a headline that is close to the title, or that may have been changed with consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.checks._subject import Subject
from cccheck.checks.title_credit import share_of
from cccheck.match.normalize import words
from cccheck.model import Block, CheckResult, Evidence, Outcome

MAY_STAND_ELSEWHERE = True
_CLOSE = 0.6  # share of the title's words, in order, for a headline to be an edited form of it
_HEADINGS = ("h1", "h2")
_LONGEST = 2_000  # characters of a block that may be a headline


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """The title's words against the headline, or against every block."""
    params = {"title": subject.work.title}
    wanted = words(subject.work.title)
    if options.get("part") == "named":
        return _named(subject, wanted, params)
    above = _above(subject)
    same = [block for block in above if len(block.text) <= _LONGEST and share_of(wanted, words(block.text)) >= 1]
    if same:
        return CheckResult(Outcome.PASS, "title-kept", params, _quoted(subject, same))
    headlines = [block for block in above if block.tag in _HEADINGS]
    if not headlines:
        return CheckResult(Outcome.INAPPLICABLE, "title-no-headline", params)
    if options.get("change") == "consent":
        return CheckResult(Outcome.REVIEW, "title-changed-with-consent", params, _quoted(subject, headlines))
    if any(share_of(wanted, words(block.text[:_LONGEST])) >= _CLOSE for block in headlines):
        return CheckResult(Outcome.REVIEW, "title-close", params, _quoted(subject, headlines))
    return CheckResult(Outcome.FAIL, "title-other", params, _quoted(subject, headlines))


def _named(subject: Subject, wanted: list[str], params: dict[str, str]) -> CheckResult:
    least = len(subject.work.title) // 2
    for block in subject.page.blocks:
        seen = len(block.text) >= least and subject.layout.visible(block)[0] == "visible"
        if seen and share_of(wanted, words(block.text[:_LONGEST])) >= 1:
            return CheckResult(Outcome.PASS, "title-named", params, _quoted(subject, [block]))
    return CheckResult(Outcome.FAIL, "title-not-named", params)


def _above(subject: Subject) -> list[Block]:
    """What a reader sees above the text, the nearest first."""
    blocks = reversed(subject.page.blocks[: subject.match.first_block + 1])
    return [block for block in blocks if subject.layout.visible(block)[0] == "visible"]


def _quoted(subject: Subject, blocks: list[Block]) -> tuple[Evidence, ...]:
    return tuple(subject.evidence(block, 0, min(300, len(block.text))) for block in blocks[:2])
