"""Which pages are to be looked at again: by what is known of them and when that was. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from cccheck.history.model import GONE_REASONS, MENTIONED_AFTER
from cccheck.history.times import day, days_between
from cccheck.model import Verdict

FRESH = 30  # days for which a copy is fresh: most changes to an article are made in its first weeks
EVERY = {"case": 1, "failing": 1, "lost": 7, "review": 7, "fresh": 7, "settled": 30}
"""After how many days each is looked at again. A page that fails is tried daily until that is mentioned."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A page as `due` needs it. `failures` counts those in a row; `verdict` is None where nothing was ever seen."""

    key: str
    url: str
    hint: str | None
    first_seen: str
    tried: str
    verdict: str | None
    reason: str | None
    failures: int
    open_case: bool


def kind_of(page: Watched, now: str) -> str:
    """Which of EVERY a page is."""
    if page.failures:
        return "failing" if page.failures < MENTIONED_AFTER else "lost"
    if page.open_case:
        return "case"
    if page.verdict in (Verdict.REVIEW, Verdict.VIOLATION):
        return "review"
    there = page.verdict in (Verdict.COMPLIANT, Verdict.EXCERPT) and page.reason not in GONE_REASONS
    return "fresh" if there and days_between(page.first_seen, now) < FRESH else "settled"


def is_due(page: Watched, now: str) -> bool:
    """Whether its day has come, by the calendar: a scan at six finds what was seen at five past six."""
    return days_between(day(page.tried), day(now)) >= EVERY[kind_of(page, now)]
