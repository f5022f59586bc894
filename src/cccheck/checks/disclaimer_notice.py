"""disclaimer-notice: is the disclaimer of warranties that was supplied with the article still there?

Due only where the work's record gives one (`supplied`): news articles hardly ever carry one.
What passes: the notice, word for word or nearly so. What fails: nothing of it is left, and the copy does not link the
original. What a person decides: a part of it is left, or it may stand at the original or on a page not fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.checks._subject import Subject
from cccheck.checks._supplied import MOST, SOME, copy_of, evidence, lost
from cccheck.model import CheckResult, Outcome


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """`options["severity"]`: `review` where the licence asks for it only as far as practicable."""
    supplied = subject.work.supplied_disclaimer
    if options.get("due") == "no":
        return CheckResult(Outcome.INAPPLICABLE, "disclaimer-not-due", {"reason": options.get("reason", "")})
    if not supplied:
        return CheckResult(Outcome.INAPPLICABLE, "disclaimer-not-supplied")
    seen = copy_of(subject, supplied)
    if seen.share >= MOST:
        return CheckResult(Outcome.PASS, "disclaimer-kept", {}, evidence(subject, seen))
    unknown = copy_of(subject, supplied, "unknown")
    if unknown.share >= MOST:
        return CheckResult(Outcome.REVIEW, "disclaimer-visibility-unknown", {}, evidence(subject, unknown))
    if seen.share >= SOME:
        return CheckResult(Outcome.REVIEW, "disclaimer-changed", {}, evidence(subject, seen))
    return lost(subject, "disclaimer", options)
