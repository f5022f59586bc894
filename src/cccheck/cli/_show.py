"""What a scan shows in the terminal: the table, what to do next, a page. Plain where the output is no terminal."""

from __future__ import annotations

import json
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cccheck.cli._progress import progress
from cccheck.cli._terminal import clean

if TYPE_CHECKING:
    from cccheck.cli._history import News
    from cccheck.model import Problem
    from cccheck.report.outline import Line
    from cccheck.report.table import SiteRow
    from cccheck.scan import Audited

_STYLES = {"violation": "bold red", "review": "yellow", "compliant": "green"}
_ROLES = {"page": "bold", "finding": "bold", "quote": "italic", "faint": "dim"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the table does not say of a run: lines of the list that were no good; changes, where a history is kept."""

    unread_lines: int = 0
    changes: int | None = None


class Screen:
    """The terminal, or silence."""

    def __init__(self, *, quiet: bool, log: Callable[..., None] | None = None) -> None:
        self.quiet, self._log = quiet, log

    def problems(self, problems: Iterable[Problem]) -> None:
        """Input lines that could not be used; said even when quiet."""
        for problem in problems:
            click.echo(f"cccheck: line {problem.line}: {clean(problem.message)}", err=True)
            self._note("problem", line=problem.line, message=problem.message)

    def remarks(self, texts: Iterable[str]) -> None:
        """What should be known of the settings; said even when quiet."""
        for text in texts:
            click.echo(f"cccheck: {clean(text)}", err=True)

    def notice(self, host: str, text: str) -> None:
        """What keeps a host from being asked, once a host."""
        self._note("notice", host=host, text=text)
        if not self.quiet:
            click.echo(f"{clean(host)}: {clean(text)}", err=True)

    def interrupted(self, folder: Path) -> None:
        """How to go on; said even when quiet."""
        self._note("interrupted", folder=str(folder))
        click.echo(f"cccheck: interrupted; the same command goes on where this one stopped ({folder})", err=True)

    @contextmanager
    def progress(self, total: int, done: int) -> Iterator[Callable[[Audited], None]]:
        """How far the scan has come; see `_progress`."""
        with progress(total, done, doing="Checking", quiet=self.quiet) as step:
            if self._log is None:
                yield step
                return

            def both(audited: Audited) -> None:
                step(audited)
                row = json.loads(audited.line)
                self._note("page", url=row["url"], work=row["work"], verdict=row["verdict"], reason=row["reason"])

            yield both

    def drawing(self, total: int) -> AbstractContextManager[Callable[[object], None]]:
        """How far the reports have come."""
        return progress(total, doing="Drawing", quiet=self.quiet or not total)

    def news(self, news: News, *, shown: bool) -> None:
        """What changed since the run before: in the log, and, where that is asked for, as a digest in Markdown."""
        from cccheck.history import telling

        for change in news.changes:
            copy, text = change.copy, telling.told(change)
            self._note("changed", kind=change.kind, url=copy.url, work=copy.work, text=text)
        if shown:
            for line in telling.as_markdown(news.title, news.changes, news.overdue):
                click.echo(clean(line))

    def ended(self, verdicts: Mapping[str, int], status: int) -> None:
        """How the scan ended, for the log."""
        self._note("finished", verdicts=dict(verdicts), status=int(status))

    def _note(self, event: str, **values: object) -> None:
        if self._log is not None:
            self._log(event, **values)

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

    def closing(self, folder: Path, reports: Iterable[Path], rows: list[SiteRow], run: Outcome) -> None:
        """The sums, what to do next, and where the reports are."""
        if self.quiet:
            return
        from cccheck.report.next_steps import next_steps, told
        from cccheck.report.outline import Line

        counts = Counter(row.verdict for row in rows)
        sums = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
        lines = [Line(), Line(f"{len(rows)} {'site' if len(rows) == 1 else 'sites'}: {sums or 'nothing to check'}")]
        accepted = sum((Counter(row.accepted) for row in rows), Counter[str]())
        lines += [Line(), Line("Accepted, and counted in no verdict", "finding")] if accepted else []
        for why, number in accepted.items():
            lines.append(Line(f"{number} {'page' if number == 1 else 'pages'}: {why}", indent=2))
        steps = list(next_steps(rows, run.unread_lines))
        lines += [Line(), Line("What to do next", "finding")] if steps else []
        for step in steps:
            lines.append(Line(step.text, indent=2))
            if step.sites:
                lines.append(Line(f"First: {told(step.sites, step.more)}", indent=4))
            for words in step.commands(str(folder), kept=run.changes is not None):
                lines.append(Line(shlex.join(map(clean, words)), "command", 6))
        if run.changes:
            lines += [Line(), Line(f"New or changed since the run before: {run.changes}. To see it: cccheck diff")]
        paths = list(reports)
        lines += [Line(), *(Line(f"Report: {path}") for path in paths)]
        if rows and not any(path.suffix == ".html" for path in paths):
            call = shlex.join(["cccheck", "report", clean(str(folder)), "--format", "html"])
            lines.append(Line(f"As pages to read and pass on: {call}", "command"))
        self.lines(lines)

    def lines(self, lines: Iterable[Line]) -> None:
        """Lines, each cleaned; wrapped and in colours where this is a terminal."""
        if not sys.stdout.isatty():
            for line in lines:
                click.echo(" " * line.indent + clean(line.text) if line.text else "")
            return
        from rich.console import Console
        from rich.padding import Padding
        from rich.text import Text

        console = Console(highlight=False)
        for line in lines:
            if not line.text:
                console.print()
                continue
            style = _STYLES.get(line.verdict, "dim") if line.role == "verdict" else _ROLES.get(line.role, "")
            folded = line.role != "command"  # what is to be copied stays whole
            text = Text(clean(line.text), style, overflow="fold", no_wrap=not folded)
            console.print(Padding(text, (0, 0, 0, line.indent), expand=False), soft_wrap=not folded)
