"""What was seen when, what changed, and what became of it: an SQLite file beside the settings.

    with open_history(path) as store:
        for case in cases(store, states=ACTIVE):
            if may_write(case, now).allowed:
                pages = records(store, case.copy.id)   # as in report.json

`model` has the values; `diff`, `moves`, `observe`, `due` are pure; `store`, `take`, `read`, `move` touch the file.
"""

from __future__ import annotations

from pathlib import Path

from cccheck.history.model import ACTIVE, Case, Change, Copy, Event, Kind, Lack, Leave, Run, Sighting, State
from cccheck.history.moves import may_write
from cccheck.history.read import case, cases, changes, decisions, events, evidence, records, run_named, runs, sightings
from cccheck.history.store import Store

__all__ = [
    "ACTIVE",
    "Case",
    "Change",
    "Copy",
    "Event",
    "Kind",
    "Lack",
    "Leave",
    "Run",
    "Sighting",
    "State",
    "Store",
    "case",
    "cases",
    "changes",
    "decisions",
    "events",
    "evidence",
    "may_write",
    "open_history",
    "records",
    "run_named",
    "runs",
    "sightings",
]


def open_history(path: Path, *, create: bool = False) -> Store:
    """The history in that file, to be used as a context manager. Raises UsageError where there is none."""
    return Store(path, create=create)
