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
    case lies, and files in a run's folder that no scan wrote. Cases and their notes stay in the history for good.
    """
    from cccheck.cli._clock import clock
    from cccheck.history.times import day, later

    config = settings(config_file)
    before = later(clock(options["now"]), -_days(keep))
    needed, dropped = _in_history(history_path(options["history"], config), before, dry=dry_run)
    gone = size = 0
    for folder, freed in _old_runs(config, before, needed):
        if not dry_run:
            _remove(folder)
        click.echo(clean(f"{folder}: {freed / 1e6:.1f} MB"))
        gone, size = gone + 1, size + freed
    verb = "would go" if dry_run else "removed"
    click.echo(f"Before {day(before)}: {gone} runs ({size / 1e6:.1f} MB) and {dropped} sightings {verb}.")


def _days(text: str) -> int:
    from cccheck.errors import UsageError

    found = _AGE.fullmatch(text.strip().lower())
    if not found:
        raise UsageError(f"--keep: `{text[:20]}` is no age; write one such as 400d, 60w, 18m or 2y")
    return int(found[1]) * _DAYS[found[2]]


def _in_history(path: Path | None, before: str, *, dry: bool) -> tuple[set[str], int]:
    """The folders that open cases need, by name (they may have been moved), and how many sightings were dropped."""
    from cccheck.history import open_history
    from cccheck.history.retention import folders_needed, forget

    if path is None or not path.exists():
        return set(), 0
    with open_history(path) as store:
        return {Path(folder).name for folder in folders_needed(store)}, forget(store, before, dry=dry)


def _old_runs(config: Config, before: str, needed: set[str]) -> list[tuple[Path, int]]:
    """The runs that may go, oldest first, and how much room each takes."""
    from cccheck.runs import known

    found = list(known(config.output))
    newest = next((folder for folder, info in found if info.finished), None)
    old = [folder for folder, info in found if (info.finished or info.started) < before and folder != newest]
    return [(folder, _size(folder)) for folder in reversed(old) if folder.name not in needed]


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _remove(folder: Path) -> None:
    from cccheck.files import explained
    from cccheck.journal import remove_run

    with explained(folder):
        remove_run(folder)
