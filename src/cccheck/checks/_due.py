"""What follows when something asked for is not on the copy: who asks for it, and where else it may stand.

Asked for by the licensor's own notice, and absent: `fail`. Due only by the licence: `review` where the copy links the
original (CC 4.0 §3(a)(2); "any reasonable manner" up to 3.0), else `fail`. Not asked by this version: `inapplicable`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.checks._in_code import may_be_opened
from cccheck.checks._same_article import perhaps_linked
from cccheck.checks._subject import Subject
from cccheck.model import Asked, CheckResult, Evidence, Outcome

_ELSEWHERE = ("credits", "next", "rendering", "resolved")


def absent(
    subject: Subject,
    element: Asked,
    options: Mapping[str, Any],
    evidence: tuple[Evidence, ...],
    params: Mapping[str, Any],
) -> CheckResult:
    """The result for something that nothing on the page can stand for."""
    asked = subject.asked(element)
    if not asked:
        waived = _not_due(str(options.get("due", "supplied")))
        if waived is not None:
            return CheckResult(waived, f"{element}-not-due", {**params, "reason": options.get("reason", "")}, evidence)
    open_leads = [*subject.failed_leads(_ELSEWHERE), *subject.credit_pages]
    if open_leads:
        return CheckResult(
            Outcome.REVIEW, f"{element}-may-stand-elsewhere", {**params, "elsewhere": open_leads[0].url}, evidence
        )
    if not asked and (subject.seen_links("original") or perhaps_linked(subject)):
        return CheckResult(Outcome.REVIEW, f"{element}-may-stand-at-original", params, evidence)
    return CheckResult(Outcome.FAIL, f"{element}-absent", params, evidence)


def _not_due(due: str) -> Outcome | None:
    """What the licence itself leaves open. `specified`: a link up to 3.0, due only where the licensor named a URI."""
    if due in ("no", "designated"):
        return Outcome.INAPPLICABLE
    return Outcome.REVIEW if due == "specified" else None


def hidden_or_unknown(
    subject: Subject, element: Asked, options: Mapping[str, Any], found: list[Evidence], params: Mapping[str, Any]
) -> CheckResult | None:
    """Credit that stands on the page but not in sight: perhaps hidden, or shut in a part that a script of the page
    names → `review`; surely hidden → absent, and said."""
    if any(item.visible == "unknown" for item in found):
        shown = tuple(item for item in found if item.visible == "unknown")
        return CheckResult(Outcome.REVIEW, f"{element}-visibility-unknown", params, shown[:3])
    opened = tuple(item for item in found if item.block is not None and may_be_opened(subject, item.block))
    if opened:
        return CheckResult(Outcome.REVIEW, f"{element}-visibility-unknown", params, opened[:3])
    if found:
        result = absent(subject, element, options, tuple(found[:3]), params)
        code = f"{element}-hidden" if result.outcome is Outcome.FAIL else result.code
        return CheckResult(result.outcome, code, result.params, result.evidence)
    return None
