"""`cccheck export`: the latest audit of every page, over several runs, for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cccheck.cli._examples import examples
from cccheck.cli._options import config_option


@click.command(
    "export",
    short_help="Write what several runs found, for other programs.",
    epilog=examples(
        ("Everything since October, for a spreadsheet", "cccheck export --since 2026-10-01"),
        ("The same as JSON Lines, elsewhere", "cccheck export --since 2026-10-01 --format jsonl --output shared"),
    ),
)
@click.option("--since", metavar="DATE", default="", help="Runs that ended on that day or later (default: all).")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["csv", "jsonl", "junit", "json"]),
    help="Any number of times (default: csv).",
)
@click.option("--runs", metavar="DIR", type=click.Path(path_type=Path), help="Folder of runs (default: `output`).")
@click.option("--output", metavar="DIR", type=click.Path(path_type=Path), help="Where to (default: DIR/export).")
@config_option
def command(
    since: str, formats: tuple[str, ...], runs: Path | None, output: Path | None, config_file: Path | None, **_: Any
) -> None:
    """Write the latest audit of every page that the runs since DATE checked: one report over all of them.

    A page that several runs checked stands there once, as the newest of them saw it.
    """
    from datetime import date

    from cccheck.cli._damage import blamed
    from cccheck.config import load_config
    from cccheck.errors import UsageError
    from cccheck.export import export, runs_since

    try:
        day = date.fromisoformat(since).isoformat() if since else ""
    except ValueError:
        raise UsageError(f"--since {since[:40]}: is no day; write one such as 2026-10-01") from None
    base = runs or load_config(config_file).output
    found = runs_since(base, day)
    target = output or base / "export"
    with blamed(*(folder for folder, _ in found)):
        written = export(found, target, formats or ("csv",), f"since-{day}" if day else "all")
    for path in written.values():
        click.echo(path)
