"""`cccheck report`: the reports of a run that is finished, from its folder alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cccheck.cli._examples import examples
from cccheck.cli._options import config_option, format_option, language_option, run_argument
from cccheck.cli._terminal import clean

_SAID = 10  # pages that could not be shown whole, named one by one


@click.command(
    "report",
    short_help="Write the reports of a finished run.",
    epilog=examples(
        ("Pages for people from the newest run, in German", "cccheck report latest --format html --lang de"),
        ("Write report.json of the newest run elsewhere", "cccheck report latest --format json --output out"),
    ),
)
@run_argument
@format_option("Default: json.")
@click.option("--output", metavar="DIR", type=click.Path(path_type=Path), help="Where to (default: the run's folder).")
@language_option
@config_option
def command(run: str, formats: tuple[str, ...], output: Path | None, lang: str, **options: Any) -> None:
    """Write reports of the run RUN: a folder, a run id, or `latest`.

    Nothing is fetched and nothing judged again: what is written follows from the run's folder alone.
    """
    from cccheck.cli._damage import blamed
    from cccheck.cli._progress import progress
    from cccheck.config import load_config
    from cccheck.files import count_lines, explained
    from cccheck.journal import JOURNAL, read_info
    from cccheck.report.formats import DEFAULT, Order, write_reports
    from cccheck.runs import named

    folder = named(run, load_config(options["config_file"]).output)
    info = read_info(folder)
    assert info is not None  # noqa: S101 - `named` gives the folder of a run
    target = output or folder
    with explained(target):
        target.mkdir(parents=True, exist_ok=True)
    said: list[str] = []
    with blamed(folder), progress(count_lines(folder / JOURNAL), doing="Drawing", quiet=False) as step:
        written = write_reports(formats or (DEFAULT,), Order(folder, info, target, lang, step, said.append))
    for line in said[:_SAID]:
        click.echo(f"note: {clean(line)}", err=True)
    if len(said) > _SAID:
        click.echo(f"note: and so for {len(said) - _SAID} pages more", err=True)
    for path in written.values():
        click.echo(path)
