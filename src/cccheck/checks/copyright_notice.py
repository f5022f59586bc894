"""copyright-notice: is the copyright notice that was supplied with the article still there?

Due only where the work's record gives one (`supplied`), and not under every licence.
What passes: the notice, or another that names the same holder. What fails: neither the notice nor its holder's name
anywhere, and no link to the original. What a person decides: the holder is named, but not as the holder; the notice may
stand at the original or on a page not fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cccheck.checks._names import Mention, find_name
from cccheck.checks._subject import Subject
from cccheck.checks._supplied import MOST, copy_of, evidence, lost
from cccheck.model import CheckResult, Outcome
from cccheck.phrases import fold, fold_with_offsets, pattern, says

_SIGN = re.compile(r"©|\(c\)|ⓒ|℗", re.I)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s*[-–—/,]\s*(?:19|20)?\d\d)*(?!\d)")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_THE = re.compile(r"^the\s+", re.I)


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """`options["severity"]`: `review` where the licence asks for it only as far as practicable."""
    supplied = subject.work.supplied_copyright
    if options.get("due") == "no":
        return CheckResult(Outcome.INAPPLICABLE, "copyright-not-due", {"reason": options.get("reason", "")})
    if not supplied:
        return CheckResult(Outcome.INAPPLICABLE, "copyright-not-supplied")
    whole = copy_of(subject, supplied)
    if whole.share >= MOST:
        return CheckResult(Outcome.PASS, "copyright-kept", {}, evidence(subject, whole))
    return _by_holder(subject, supplied) or lost(subject, "copyright", options)


def _by_holder(subject: Subject, supplied: str) -> CheckResult | None:
    """The holder's name: with a sign of copyright in its line, or at least somewhere in sight."""
    holder = holder_in(supplied)
    named = [(m, subject.layout.visible(m.block)[0]) for m in find_name(subject, (holder,))] if holder else []
    signed = [(m, visible) for m, visible in named if _is_signed(subject, m)]
    for wanted, found, outcome, code in (
        ("visible", signed, Outcome.PASS, "copyright-kept"),
        ("unknown", signed, Outcome.REVIEW, "copyright-visibility-unknown"),
        ("visible", named, Outcome.REVIEW, "copyright-holder-only-named"),
    ):
        places = [m for m, visible in found if visible == wanted]
        if places:
            quotes = tuple(subject.evidence(m.block, m.start, m.end) for m in places[:3])
            return CheckResult(outcome, code, {"holder": holder}, quotes)
    return None


def _is_signed(subject: Subject, mention: Mention) -> bool:
    before, after = subject.line(mention.block.index, mention.start, mention.end)
    return any(_SIGN.search(text) is not None or says("copyright", fold(text)) for text in (before, after))


@lru_cache(maxsize=1024)
def holder_in(notice: str) -> str:
    """Whose copyright a notice states: `© 2024 The Courier. All rights reserved.` → `Courier`."""
    first = notice.strip().split("\n")[0]
    folded, offsets = fold_with_offsets(first)
    reserved = pattern("reserved").search(folded)
    text = first[: offsets[reserved.start()]] if reserved else first
    text = _YEARS.sub(" ", _SIGN.sub(" ", _without("copyright", text)))
    return _THE.sub("", _bare(_without("by", _bare(text), only_first=True)))


def _bare(text: str) -> str:
    return _AROUND.sub("", re.sub(r"\s+", " ", text))


def _without(meaning: str, text: str, *, only_first: bool = False) -> str:
    """The text without the phrases of a meaning, or without the one that it begins with."""
    folded, offsets = fold_with_offsets(text)
    opening = pattern(meaning).match(folded)
    found = ([opening] if opening else []) if only_first else list(pattern(meaning).finditer(folded))
    for phrase in reversed(found):
        text = f"{text[: offsets[phrase.start()]]} {text[offsets[phrase.end()] :]}"
    return text
