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
from cccheck.phrases import fold, pattern

_SIGN = re.compile(
    r"©|\(c\)|ⓒ|℗|(?<!\w)(?:copyright|copr|urheberrecht|derechos de autor|droits d.auteur|direitos autorais)(?!\w)"
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s*[-–—/,]\s*(?:19|20)?\d\d)*(?!\d)")
_FILLER = re.compile(r"^[\W_]*(?:(?:by|von|de|par|di|the)\s+)?|[\W_]+$", re.I)


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
    return _SIGN.search(before.lower()) is not None or _SIGN.search(after.lower()) is not None


@lru_cache(maxsize=1024)
def holder_in(notice: str) -> str:
    """Whose copyright a notice states: `© 2024 The Courier. All rights reserved.` → `Courier`."""
    first = notice.strip().split("\n")[0]
    folded = fold(first)
    reserved = pattern("reserved").search(folded) if len(folded) == len(first) else None
    text = first[: reserved.start()] if reserved else first
    text = re.sub(_SIGN.pattern, " ", text, flags=re.I)
    return _FILLER.sub("", re.sub(r"\s+", " ", _YEARS.sub(" ", text)).strip())
