"""What a scan that nobody watches needs: which pages are due, what is said, when the exit status is 1 or 3."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cccheck.cli._exit import Exit

if TYPE_CHECKING:
    from cccheck.config import Config
    from cccheck.targets import Row

F = TypeVar("F", bound=Callable[..., Any])

KEYS = ("fail_on", "tolerate_unavailable", "changed_only", "log")
"""Options that are settings as well."""


def cron_options(command: F) -> F:
    """The options of a scan that runs by itself."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option(
        "--history",
        metavar="FILE",
        help="Keep what was seen in this file, or `none` (default: history.db beside cccheck.toml, none for a replay).",
    ),
    click.option("--due", is_flag=True, help="Only pages whose day has come; without URLS all that the history knows."),
    click.option(
        "--changed-only", is_flag=True, default=None, help="Print what changed, in Markdown; nothing if nothing did."
    ),
    click.option(
        "--fail-on",
        type=click.Choice(["any", "new", "never"]),
        help="Exit status 1 for any violation, for those that are new since the last scan, or never (default: any).",
    ),
    click.option(
        "--tolerate-unavailable",
        metavar="N",
        type=click.IntRange(0),
        help="So many pages may be unavailable before the exit status is 3 (default: 0).",
    ),
    click.option(
        "--log",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Append a log as JSON lines; `-` for standard error.",
    ),
)


def formats_of(given: tuple[str, ...], config: Config) -> tuple[str, ...]:
    """The reports to write: those that were asked for, else those of the settings. Raises UsageError."""
    from cccheck.errors import UsageError
    from cccheck.report.formats import FORMATS
    from cccheck.validation import nearest

    names = given or tuple(config.formats.replace(",", " ").split())
    for name in names:
        if name not in FORMATS:
            raise UsageError(f"formats: `{name[:40]}` is no format of a report; {nearest(name, FORMATS)}")
    return names


def rows_due(rows: Iterator[Row] | None, history: Path | None, now: str) -> Iterator[Row]:
    """Of the rows of a list, those whose day has come; without a list, the pages of the history that are due.

    A page that the history does not know is due; a line that is no address stays a problem.
    """
    from cccheck.errors import UsageError
    from cccheck.history import open_history
    from cccheck.history.due import is_due
    from cccheck.history.read import watched
    from cccheck.model import Problem, Target
    from cccheck.report.record import page_id

    if history is None:
        raise UsageError("--due: there is no history to go by; give --history FILE, or work where a cccheck.toml is")
    if rows is not None and not history.exists():
        yield from rows
        return
    with open_history(history) as store:
        known = watched(store)
    if rows is None:
        yield from (Target(page.url, page.hint) for page in known if is_due(page, now))
        return
    resting = {page.key for page in known if not is_due(page, now)}
    for row in rows:
        if isinstance(row, Problem) or page_id(row.url, row.hint) not in resting:
            yield row


def status(verdicts: Mapping[str, int], problems: int, config: Config, accusing: int | None) -> Exit:
    """The exit status of a scan. `accusing` counts the violations that are new, where that is known."""
    failed = {"any": verdicts["violation"], "new": accusing or 0, "never": 0}[config.fail_on]
    if failed:
        return Exit.VIOLATION
    return Exit.INCOMPLETE if verdicts["unavailable"] > config.tolerate_unavailable or problems else Exit.OK
