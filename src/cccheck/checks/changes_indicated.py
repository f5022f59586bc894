"""changes-indicated: where the text was changed, does the copy say so?

4.0 asks it of any modification, a cut too; 3.0 of adaptations only; up to 2.5 nothing asks it.
What passes: no change beyond trifles (spelling, typography, headings), or a note such as "edited" or "abridged".
What a person decides: small or doubtful changes, any change where the licence is not known, or where a page that may
hold the rest of the text or the note could not be fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.checks._edits import change_notes, extent, largest, quotes
from cccheck.checks._subject import Subject
from cccheck.model import CheckResult, Outcome

_ELSEWHERE = ("next", "credits", "rendering")  # pages that may hold the rest of the text, or the note


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """`options`: `due`; `cuts` (`must-say`, `free`); `severity` (`review`: never more than that)."""
    if options.get("due") == "no":
        return CheckResult(Outcome.INAPPLICABLE, "changes-not-due", {"reason": options.get("reason", "")})
    found = extent(subject)
    params = {"altered": found.words_altered, "cut": found.words_cut, "words": subject.match.words_work}
    sizes = [found.altered, *([found.cut] if options.get("cuts", "must-say") == "must-say" else [])]
    if all(size == "none" for size in sizes):
        return CheckResult(Outcome.PASS, "changes-none", params)
    notes = change_notes(subject)
    if notes:
        return CheckResult(Outcome.PASS, "changes-said", params, tuple(notes[:3]))
    kinds = ("rewritten", "cut") if len(sizes) > 1 else ("rewritten",)
    evidence = quotes(subject, largest(subject, *kinds))
    # Up to 3.0 only an adaptation must be marked, and whether a text is one is a question of law.
    certain = "material" in sizes and options.get("severity") != "review" and options.get("due") != "adaptation"
    open_leads = subject.failed_leads(_ELSEWHERE)
    if open_leads:
        unread = params | {"url": open_leads[0].url}
        return CheckResult(Outcome.REVIEW, "changes-page-not-read", unread, evidence)
    if certain:
        return CheckResult(Outcome.FAIL, "changes-not-said", params, evidence)
    return CheckResult(Outcome.REVIEW, "changes-doubtful", params, evidence)
