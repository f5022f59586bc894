"""`cccheck diff`: what changed between two runs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from cccheck.cli._examples import examples
from cccheck.cli._history import history_option, opened
from cccheck.cli._options import config_option, settings
from cccheck.cli._terminal import clean

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "diff",
    short_help="Show what changed between two runs.",
    epilog=examples(
        ("The last run against the one before", "cccheck diff"),
        ("What is new since a run, for a mail", "cccheck diff 20261101T060000Z latest --format markdown"),
    ),
)
@click.argument("runs", metavar="[RUN [RUN]]", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How to write it."
)
@history_option
@config_option
def command(runs: tuple[str, ...], form: str, history: str | None, config_file: Path | None) -> None:
    """Show what changed from one RUN to another; from the one before the last to the last, if none is named.

    A RUN is its id, its folder, its number, or `latest`; one RUN alone is compared with the latest. Told are new
    copies, new violations, what was cured, what came back, what is gone, and pages that could not be reached three
    times in a row. What is judged otherwise though the page did not change is told apart, as judged anew.
    """
    from cccheck.errors import UsageError
    from cccheck.history import changes, telling
    from cccheck.history.read import pair

    if len(runs) > 2:
        raise UsageError("diff: name two runs at most")
    with opened(history, settings(config_file)) as store:
        before, after = pair(store, runs)
        found = changes(store, before, after)
    title = telling.between(before, after)
    if form == "json":
        for change in found:
            click.echo(json.dumps(asdict(change), ensure_ascii=False))
    elif form == "markdown":
        for line in telling.as_markdown(title, found):
            click.echo(clean(line))
    else:
        click.echo(clean(title))
        for line in telling.as_text(found):
            click.echo(clean(line))
        if not found:
            click.echo("Nothing changed.")
