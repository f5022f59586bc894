"""notice-retained: is the publisher's own notice about the licence still on the copy?

Due only where the work's record gives a `notice` that speaks of a licence.
What passes: the notice, or the sentences of it that speak of the licence; or other words that say the same of this
article. What a person decides: nothing of it is left. Nothing fails: whether the notice came with the article, a person
must know, and a copy without any word of the licence fails under the licence notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.checks._licences import statements
from cccheck.checks._subject import Subject
from cccheck.checks._supplied import evidence, licence_notice, licenses_in, lost
from cccheck.licenses import same_license
from cccheck.model import CheckResult, Outcome


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """The notice itself first, then what says the same."""
    notice = subject.work.notice
    if options.get("due") == "no":
        return CheckResult(Outcome.INAPPLICABLE, "notice-not-due", {"reason": options.get("reason", "")})
    if not notice or not licenses_in(notice):
        return CheckResult(Outcome.INAPPLICABLE, "notice-not-supplied")
    copy = licence_notice(subject)
    if copy is not None:
        return CheckResult(Outcome.PASS, "notice-kept", {}, evidence(subject, copy))
    said = [s for s in statements(subject) if same_license(subject.license, s.license) != "other"]
    said = [s for s in said if s.scope in ("article", "near") and s.evidence.visible == "visible"]
    if said:
        return CheckResult(Outcome.PASS, "notice-in-other-words", {}, tuple(s.evidence for s in said[:3]))
    unknown = licence_notice(subject, "unknown")
    if unknown is not None:
        return CheckResult(Outcome.REVIEW, "notice-visibility-unknown", {}, evidence(subject, unknown))
    return lost(subject, "notice", {**options, "severity": "review"})
