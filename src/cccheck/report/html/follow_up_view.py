"""A site's cases, history and letter, as the run kept them, ready for the site's view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cccheck.report.html.figures import timeline
from cccheck.report.html.works import Works
from cccheck.report.interface import Interface

_PARTS = ("cases", "timeline", "seen", "seen_more", "letter", "no_letter", "contacts")


def follow_up_context(row: dict[str, Any], works: Works, words: Interface) -> dict[str, Any]:
    """The values of the template; None for what is not there."""
    made = dict.fromkeys(_PARTS) | row
    if row.get("cases"):
        made["cases"] = [_case(case, works, words) for case in row["cases"]]
    if row.get("timeline"):
        made["timeline"] = timeline(row["timeline"], words)
        made["seen"] = [{**seen, "what": _seen(seen, words)} for seen in row["seen"]]
    return made


def _case(case: dict[str, Any], works: Works, words: Interface) -> dict[str, Any]:
    return {**case, "title": works.title(case["work"]), "checks": _checks(case["checks"], words)}


def _seen(seen: dict[str, Any], words: Interface) -> str:
    return _checks(seen["checks"], words) or words.label("reasons", seen["reason"])


def _checks(checks: Iterable[str], words: Interface) -> str:
    return words.listed(words.label("checks", check) for check in checks)
