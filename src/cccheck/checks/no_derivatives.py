"""no-derivatives: is the text, under an ND licence, shared as it was written?

Rewritten passages fail. A cut is a derivative up to 2.5 ("abridgment, condensation"), doubtful in 3.0, and allowed in
4.0, where it must only be said (§2(a)(1)(A), "in whole or in part"). Trifles pass; the doubtful a person decides, and a
cut where the article's next page could not be fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.checks._edits import extent, largest, quotes
from cccheck.checks._subject import Subject
from cccheck.model import CheckResult, Outcome


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """`options["cuts"]`: `derivative`, `review` or `allowed`."""
    found = extent(subject)
    params = {"altered": found.words_altered, "cut": found.words_cut, "words": subject.match.words_work}
    if found.altered == "material":
        return CheckResult(Outcome.FAIL, "text-altered", params, quotes(subject, largest(subject, "rewritten")))
    cuts = options.get("cuts", "review")
    unread = subject.failed_leads(("next", "rendering"))
    if unread and found.cut != "none" and cuts != "allowed":
        missing = params | {"url": unread[0].url}
        return CheckResult(Outcome.REVIEW, "text-goes-on-elsewhere", missing, quotes(subject, largest(subject, "cut")))
    if found.cut == "material" and cuts == "derivative":
        return CheckResult(Outcome.FAIL, "text-abridged", params, quotes(subject, largest(subject, "cut")))
    if found.altered == "doubtful" or (found.cut != "none" and cuts != "allowed"):
        return CheckResult(
            Outcome.REVIEW, "text-perhaps-altered", params, quotes(subject, largest(subject, "rewritten", "cut"))
        )
    return CheckResult(Outcome.PASS, "text-unaltered", params)
