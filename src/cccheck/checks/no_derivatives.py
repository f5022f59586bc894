"""no-derivatives: is the text, under an ND licence, shared as it was written?

Rewritten passages fail, and words put into paragraphs. A quotation, a number, a name or a negation that was altered a
person decides, and a whole paragraph put in. A cut is a derivative up to 2.5 ("abridgment, condensation"), doubtful in
3.0, and allowed in 4.0, where it must only be said (§2(a)(1)(A), "in whole or in part"). Trifles pass; the doubtful a
person decides, and a cut where the article's next page could not be fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.checks._edits import extent, params_of, quotes, unread_text, weightiest
from cccheck.checks._subject import Subject
from cccheck.model import CheckResult, Outcome


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """`options["cuts"]`: `derivative`, `review` or `allowed`; `options["tolerates"]`: kinds of edits that the licensor
    does not mind."""
    tolerated = options.get("tolerates", ())
    found = extent(subject, tolerated)
    params = params_of(found, subject)
    weighty = quotes(subject, weightiest(subject, tolerated))
    cut = quotes(subject, weightiest(subject, tolerated, "cut"))
    if found.altered == "material":
        return CheckResult(Outcome.FAIL, "text-altered", params, weighty)
    cuts = options.get("cuts", "review")
    unread = subject.failed_leads(("next", "rendering"))
    if unread and found.cut != "none" and cuts != "allowed":
        missing = params | {"url": unread[0].url}
        return CheckResult(Outcome.REVIEW, "text-goes-on-elsewhere", missing, cut)
    if found.cut == "material" and cuts == "derivative":
        return CheckResult(Outcome.FAIL, "text-abridged", params, cut)
    if found.grave:
        return CheckResult(Outcome.REVIEW, "text-meaning-altered", params, weighty)
    if "doubtful" in (found.altered, found.added) or (found.cut != "none" and cuts != "allowed"):
        code = "text-or-record" if unread_text(subject, found) else "text-perhaps-altered"
        return CheckResult(Outcome.REVIEW, code, params, weighty)
    return CheckResult(Outcome.PASS, "text-unaltered", params)
