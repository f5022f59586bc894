"""The history that a command means, and a scan's part in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from cccheck.config import Config
    from cccheck.history import Store
    from cccheck.journal import RunFolder, RunInfo

F = TypeVar("F", bound=Callable[..., Any])

NONE = "none"


def history_option(command: F) -> F:
    """`--history FILE`, passed on as `history`."""
    text = "The history (default: `history` of cccheck.toml, else history.db beside it)."
    return click.option("--history", metavar="FILE", help=text)(command)


def history_path(given: str | None, config: Config) -> Path | None:
    """The file of the history: the one that is named, else that of the settings; None for `none` or without either."""
    if given == NONE:
        return None
    return Path(given) if given else config.history


def of_scan(options: dict[str, Any], config: Config) -> Path | None:
    """Where a scan is kept. A replay judges old captures again and is kept only where the file is named."""
    if options["replay"] and not options["history"]:
        return None
    return history_path(options["history"], config)


def opened(given: str | None, config: Config) -> Store:
    """The history, to be used as a context manager. Raises UsageError where there is none."""
    from cccheck.errors import UsageError
    from cccheck.history import open_history

    path = history_path(given, config)
    if path is None:
        raise UsageError("there is no history here: give --history FILE, or work where a cccheck.toml is")
    return open_history(path)


def take(path: Path, folder: RunFolder, info: RunInfo) -> None:
    """Take the run into the history. Raises UsageError or DataError where that cannot be done."""
    from cccheck.history import open_history
    from cccheck.history.take import take_run
    from cccheck.journal import JOURNAL, iter_rows

    rows = (row for _, _, row in iter_rows(folder.path / JOURNAL))
    with open_history(path, create=True) as store:
        take_run(store, info, str(folder.path.absolute()), rows)
