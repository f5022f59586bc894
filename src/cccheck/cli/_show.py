"""What a scan shows in the terminal: progress, the table, what to do next. Plain where the output is no terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cccheck.cli._terminal import clean

if TYPE_CHECKING:
    from cccheck.model import Problem
    from cccheck.report.table import SiteRow
    from cccheck.scan import Audited

_STYLES = {"violation": "bold red", "review": "yellow", "compliant": "green"}
_NEXT = {
    "violation": "write to the site, with the credit line from the report",
    "review": "look at the page: the report says at what",
    "unavailable": "try again later, or look at the page in a browser",
}


class Screen:
    """The terminal, or silence."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet

    def problems(self, problems: Iterable[Problem]) -> None:
        """Input lines that could not be used; said even when quiet."""
        for problem in problems:
            click.echo(f"cccheck: line {problem.line}: {clean(problem.message)}", err=True)

    def notice(self, host: str, text: str) -> None:
        """What keeps a host from being asked, once a host."""
        if not self.quiet:
            click.echo(f"{clean(host)}: {clean(text)}", err=True)

    def interrupted(self, folder: Path) -> None:
        """How to go on; said even when quiet."""
        click.echo(f"cccheck: interrupted; the same command goes on where this one stopped ({folder})", err=True)

    @contextmanager
    def progress(self, total: int, done: int) -> Iterator[Callable[[Audited], None]]:
        """A bar on standard error, where that is a terminal."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda _: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=total, completed=done)
            yield lambda _: bar.advance(task)

    def table(self, rows: list[SiteRow]) -> None:
        """A line a site."""
        if self.quiet:
            return
        if not sys.stdout.isatty():
            width = max((len(row.site) for row in rows), default=4)
            for row in rows:
                click.echo(f"{clean(row.site):{width}}  {row.pages:5}  {row.verdict:11}  {clean(row.missing)}".rstrip())
            return
        self._rich_table(rows)

    def _rich_table(self, rows: list[SiteRow]) -> None:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table("site", "pages", "verdict", "missing", box=None, pad_edge=False, header_style="bold")
        table.columns[1].justify = "right"
        for row in rows:
            style = _STYLES.get(row.verdict, "dim")
            cells = (Text(clean(row.site)), Text(str(row.pages)), Text(row.verdict, style), Text(clean(row.missing)))
            table.add_row(*cells)
        Console().print(table)

    def closing(self, reports: Iterable[Path], rows: list[SiteRow]) -> None:
        """The sums, where the reports are, and what to do next."""
        if self.quiet:
            return
        counts = Counter(row.verdict for row in rows)
        sums = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
        click.echo(f"\n{len(rows)} {'site' if len(rows) == 1 else 'sites'}: {sums or 'nothing to check'}")
        for verdict, what in _NEXT.items():
            if counts[verdict]:
                click.echo(f"  {verdict}: {what}")
        for path in reports:
            click.echo(f"Report: {path}")
