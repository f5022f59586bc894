"""`cccheck prune`: runs that are older than is wanted make room; the evidence of open cases stays."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cccheck.cli._examples import examples
from cccheck.cli._history import history_option, history_path
from cccheck.cli._options import config_option, settings
from cccheck.cli._terminal import clean

if TYPE_CHECKING:
    from cccheck.config import Config

_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_AGE = re.compile(r"(\d{1,5})([dwmy])")


@click.command(
    "prune",
    short_help="Remove old runs, but never the evidence of open cases.",
    epilog=examples(
        ("See what would go", "cccheck prune --keep 400d --dry-run"),
        ("Keep two years", "cccheck prune --keep 2y"),
    ),
)
@click.option("--keep", required=True, metavar="AGE", help="How long runs are kept: 400d, 60w, 18m, 2y.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--now", metavar="TIME", help="Take this as the time (ISO 8601); also SOURCE_DATE_EPOCH.")
@history_option
@config_option
def command(keep: str, dry_run: bool, config_file: Path | None, **options: Any) -> None:
    """Remove the folders of runs older than AGE, and from the history what was last seen before that.

    What is known now stays, whenever it was seen. Kept are the newest run, every run in which the evidence of an open
    case lies, and files in a run's folder that no scan wrote. Cases and their notes stay in the history for good. A run
    that is being written, and a folder that is a link, are passed over.
    """
    from cccheck.cli._clock import clock
    from cccheck.history.times import day, later

    config = settings(config_file)
    before, history = later(clock(options["now"]), -_days(keep)), history_path(options["history"], config)
    needed = _needed(history)
    gone = size = 0
    for folder in _old_runs(config, before, needed):
        freed = _size(folder) if dry_run else _remove(folder)
        if freed is not None:
            click.echo(clean(f"{folder}: {freed / 1e6:.1f} MB"))
            gone, size = gone + 1, size + freed
    dropped = _forget(history, before, dry=dry_run)
    verb = "would go" if dry_run else "removed"
    click.echo(f"Before {day(before)}: {gone} runs ({size / 1e6:.1f} MB) and {dropped} sightings {verb}.")


def _days(text: str) -> int:
    from cccheck.errors import UsageError

    found = _AGE.fullmatch(text.strip().lower())
    if not found:
        raise UsageError(f"--keep: `{text[:20]}` is no age; write one such as 400d, 60w, 18m or 2y")
    return int(found[1]) * _DAYS[found[2]]


def _needed(history: Path | None) -> set[str]:
    """The folders that open cases need, by name: they may have been moved. Raises UsageError for a missing history."""
    from cccheck.cli._history import NONE
    from cccheck.errors import UsageError
    from cccheck.history import open_history
    from cccheck.history.retention import folders_needed

    if history is None:
        click.echo("cccheck: there is no history, so no case keeps a run", err=True)
        return set()
    if not history.exists():
        mend = f"name it with --history FILE, or give --history {NONE} if no case is to keep a run"
        raise UsageError(f"{history}: the history is not there, so nothing says which runs open cases need; {mend}")
    with open_history(history) as store:
        return {Path(folder).name for folder in folders_needed(store)}


def _forget(history: Path | None, before: str, *, dry: bool) -> int:
    """How many sightings were dropped. Comes last: until the folders are gone, the history knows of them."""
    from cccheck.history import open_history
    from cccheck.history.retention import forget

    if history is None:
        return 0
    with open_history(history) as store:
        return forget(store, before, dry=dry)


def _old_runs(config: Config, before: str, needed: set[str]) -> list[Path]:
    """The runs that may go, oldest first."""
    from cccheck.runs import known

    found = list(known(config.output))
    newest = next((folder for folder, info in found if info.finished), None)
    old = [folder for folder, info in found if (info.finished or info.started) < before and folder != newest]
    return [folder for folder in reversed(old) if folder.name not in needed and not folder.is_symlink()]


def _size(folder: Path) -> int:
    from cccheck.journal import removable

    return sum(file.lstat().st_size for file in removable(folder))


def _remove(folder: Path) -> int | None:
    """How many bytes are free now; None where another program is writing there."""
    from cccheck.files import explained
    from cccheck.journal import InUse, remove_run

    try:
        with explained(folder):
            return remove_run(folder)
    except InUse:
        click.echo(clean(f"cccheck: {folder}: passed over, for a scan is writing there"), err=True)
        return None
