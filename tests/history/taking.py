"""Records and runs in a line, for tests of the history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cccheck.history import Store, open_history
from cccheck.history.take import take_run
from cccheck.journal import RunInfo
from cccheck.report.record import page_id

SITE = "harbourdigest.example"
URL = f"https://{SITE}/ferries"
RULES = {"author-credit": "cc-by-4.0/creator", "source-link": "cc-by-4.0/source", "license-notice": "cc-by-4.0/licence"}


def at(day: int) -> str:
    return f"2026-11-{day:02}T06:00:00Z"


def record(url: str = URL, verdict: str = "compliant", *missing: str, day: int = 1, **more: Any) -> dict[str, Any]:
    """A page's record as the journal holds it; `missing` are the checks that fail, or, of a review, that are unsure."""
    bad = "review" if verdict == "review" else "fail"
    copy = verdict in ("compliant", "violation", "review", "excerpt")
    reason = more.get("reason")
    capture = {"fetched_at": at(day), "sha256": more.pop("sha", f"{url} {verdict} {missing} {day}"), "url": url}
    finding = {"level": "required", "code": "x", "origin": "republisher", "basis": "licence"}
    return {
        "site": more.pop("site", url.split("/")[2]),
        "id": page_id(url, None),
        "url": url,
        "final_url": url,
        "hint": None,
        "work": "night-ferries" if copy else None,
        "verdict": verdict,
        "reason": reason,
        "accepted": None,
        "canonical": None,
        "shown": f"{verdict} {missing}" if copy else None,
        "captures": [capture],
        "match": {"edits": []} if copy and verdict != "review" else None,
        "findings": [
            {**finding, "rule": rule, "check": check, "outcome": bad if check in missing else "pass"}
            for check, rule in RULES.items()
        ]
        if copy
        else [],
    } | more


def down(url: str = URL, day: int = 1, reason: str = "timeout") -> dict[str, Any]:
    """A page that could not be had, or, with `http-404`, is gone."""
    return record(url, "unavailable", day=day, reason=reason)


def info(day: int, rules: str = "rules", works: str = "works") -> RunInfo:
    return RunInfo(f"202611{day:02}T060000Z", at(day), rules, works, "list", finished=at(day))


class Past:
    """A history in a file, and runs taken into it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "history.db"

    def run(self, day: int, *rows: dict[str, Any], **measure: str) -> int:
        with open_history(self.path, create=True) as store:
            return take_run(store, info(day, **measure), f"reports/{day}", rows)

    def open(self) -> Store:
        return open_history(self.path)
