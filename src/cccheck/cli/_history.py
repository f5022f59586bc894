"""The history that a command means, and a scan's part in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from cccheck.config import Config
    from cccheck.history import Case, Change, Run, Store
    from cccheck.journal import RunFolder, RunInfo

F = TypeVar("F", bound=Callable[..., Any])

NONE = "none"
_LONGEST = 2_000  # characters of a note or a reason


def history_option(command: F) -> F:
    """`--history FILE`, passed on as `history`."""
    text = "The history (default: `history` of cccheck.toml, else history.db beside it)."
    return click.option("--history", metavar="FILE", help=text)(command)


def history_path(given: str | None, config: Config) -> Path | None:
    """The file of the history: the one that is named, else that of the settings; None for `none` or without either."""
    if given == NONE:
        return None
    return Path(given) if given else config.history


def opened(given: str | None, config: Config) -> Store:
    """The history, to be used as a context manager. Raises UsageError where there is none."""
    from cccheck.errors import UsageError
    from cccheck.history import open_history

    path = history_path(given, config)
    if path is None:
        raise UsageError("there is no history here: give --history FILE, or work where a cccheck.toml is")
    return open_history(path)


def check_text(text: str, wanted: str) -> None:
    """Refuse a text of nothing, which is told as `wanted`, and one that nobody would read."""
    from cccheck.errors import UsageError

    if not text.strip():
        raise UsageError(wanted)
    if len(text) > _LONGEST:
        raise UsageError(f"the text has {len(text):,} characters; at most {_LONGEST:,} are kept: make it shorter")


# ------------------------------------------------------------------ a scan's part


def of_scan(options: dict[str, Any], config: Config) -> Path | None:
    """Where a scan is kept. A replay judges old captures again and is kept only where the file is named."""
    if options["replay"] and not options["history"]:
        return None
    return history_path(options["history"], config)


def begin(path: Path, folder: RunFolder) -> None:
    """Note that the run has begun, and have what people decided applied to what it finds.

    Decisions go into the run's folder as well: what its reports say follows from there alone. A run that goes on keeps
    those that it began with.
    """
    from cccheck.decisions import FILE_NAME, dump
    from cccheck.files import write_atomically
    from cccheck.history import decisions, open_history
    from cccheck.history.take import begin_run

    with open_history(path, create=True) as store:
        begin_run(store, folder.info, str(folder.path.absolute()))
        known = decisions(store)
    if known and not folder.done:
        write_atomically(folder.path / FILE_NAME, dump(known))
    folder.apply_decisions()


@dataclass(frozen=True, slots=True)
class News:
    """What a run changed: against which, what, and the cases that became overdue."""

    title: str
    before: Run | None
    changes: tuple[Change, ...]
    overdue: tuple[Case, ...]

    @property
    def accusing(self) -> int:
        """How many violations are there that were not there before."""
        return sum(change.accuses for change in self.changes)


def take(path: Path, folder: RunFolder, info: RunInfo) -> News:
    """Take the run into the history; what it changed. Raises UsageError or DataError where that cannot be done."""
    from cccheck.history import changes, open_history, run_named, runs, telling
    from cccheck.history.read import fell_due
    from cccheck.history.take import take_run
    from cccheck.journal import JOURNAL, iter_rows

    rows = (row for _, _, row in iter_rows(folder.path / JOURNAL))
    with open_history(path, create=True) as store:
        number = take_run(store, info, str(folder.path.absolute()), rows)
        after = run_named(store, str(number))
        before = next((run for run in reversed(runs(store)) if run.number < number), None)
        return News(telling.between(before, after), before, changes(store, before, after), fell_due(store, after))
