"""changes-indicated: where the text was changed, does the copy say so?

4.0 asks it of any modification, a cut too; 3.0 of adaptations only; up to 2.5 nothing asks it.
What passes: no change beyond trifles (spelling, typography, headings, times and places adjusted, paragraphs moved), or
a note such as "edited" or "abridged"; for a cut also dots in brackets, or a pointer to the rest at the original.
What fails: large parts rewritten, put into paragraphs, or cut.
What a person decides: small or doubtful changes; a quotation, a number, a name or a negation altered, however small;
whole paragraphs put in; a note that denies it, or that may be about something else, as one far from the text may;
any change where the licence is not known, or where a page that may hold the rest of the text or the note could not be
fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.checks._edits import (
    breaks_off,
    change_notes,
    cut_marks,
    extent,
    params_of,
    quotes,
    unread_text,
    weightiest,
)
from cccheck.checks._subject import Subject
from cccheck.model import CheckResult, Outcome

_ELSEWHERE = ("next", "credits", "rendering")  # pages that may hold the rest of the text, or the note


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """`options`: `due`; `cuts` (`must-say`, `free`); `severity` (`review`: never more than that);
    `tolerates`: kinds of edits that the licensor does not mind."""
    if options.get("due") == "no":
        return CheckResult(Outcome.INAPPLICABLE, "changes-not-due", {"reason": options.get("reason", "")})
    tolerated = options.get("tolerates", ())
    found = extent(subject, {*tolerated, *(("cut",) if options.get("cuts", "must-say") != "must-say" else ())})
    params = params_of(found, subject)
    if found.nothing:
        return unchanged(subject, params)
    notes, perhaps = change_notes(subject)
    if not notes and found.altered == found.added == "none" and not found.grave:
        notes = cut_marks(subject)
    if notes:
        return CheckResult(Outcome.PASS, "changes-said", params, tuple(notes[:3]))
    evidence = quotes(subject, weightiest(subject, tolerated))
    # Up to 3.0 only an adaptation must be marked, and whether a text is one is a question of law.
    material = "material" in (found.altered, found.cut) and not breaks_off(subject, found)
    certain = material and options.get("severity") != "review" and options.get("due") != "adaptation"
    open_leads = subject.failed_leads(_ELSEWHERE)
    if open_leads:
        unread = params | {"url": open_leads[0].url}
        return CheckResult(Outcome.REVIEW, "changes-page-not-read", unread, evidence)
    if perhaps:
        return CheckResult(Outcome.REVIEW, "changes-note-doubtful", params, (*perhaps[:2], *evidence[:1]))
    if certain:
        return CheckResult(Outcome.FAIL, "changes-not-said", params, evidence)
    doubtful = "changes-or-record" if unread_text(subject, found) else "changes-doubtful"
    return CheckResult(Outcome.REVIEW, "changes-grave" if found.grave else doubtful, params, evidence)


def unchanged(subject: Subject, params: Mapping[str, Any]) -> CheckResult:
    """Nothing was changed: of the text as it stands now, or of an earlier version of it."""
    version = subject.match.version
    if version is None:
        return CheckResult(Outcome.PASS, "changes-none", params)
    corrected = subject.match.corrections
    more = {**params, "version": version, "corrected": len(corrected)}
    return CheckResult(Outcome.PASS, "changes-none-since-version", more, quotes(subject, corrected[:3]))
