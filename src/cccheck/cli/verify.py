"""`cccheck verify`: do a run's report and its evidence agree? Offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cccheck.cli._examples import examples
from cccheck.cli._exit import Exit
from cccheck.cli._options import config_option, rules_option, run_argument, works_option
from cccheck.cli._terminal import clean


@click.command(
    "verify",
    short_help="Check that a run's report and its evidence agree.",
    epilog=examples(
        ("The newest run", "cccheck verify latest"),
        ("A run whose works have moved since", "cccheck verify reports/monday --works old/works"),
    ),
)
@run_argument
@config_option
@works_option
@rules_option("Folder of further rule packs, where it is no longer where it was.")
def command(run: str, works: Path | None, folders: tuple[Path, ...], **options: Any) -> None:
    """Check the run RUN (a folder, a run id, or `latest`) without the network.

    Files are held against the manifest, records against their digests, the report against the journal; and every page
    is judged again from the archives. Works are looked for where they were when the run was made, else in --works.

    Exit status: 0 all agrees, 1 something does not, 2 there is no finished run.
    """
    from cccheck.cli._damage import blamed
    from cccheck.cli._progress import progress
    from cccheck.config import load_config
    from cccheck.evidence import Measure, check
    from cccheck.files import count_lines
    from cccheck.journal import JOURNAL, read_info
    from cccheck.runs import named

    folder = named(run, load_config(options["config_file"]).output)
    info = read_info(folder)
    assert info is not None  # noqa: S101 - `named` gives the folder of a run
    flaws = 0
    with blamed(folder), progress(count_lines(folder / JOURNAL), doing="Judging again", quiet=False) as step:
        for flaw in check(folder, info, Measure(works, folders), _note, step):
            click.echo(clean(flaw))
            flaws += 1
    if not flaws:
        click.echo(f"{folder}: report and evidence agree")
    raise SystemExit(Exit.VIOLATION if flaws else Exit.OK)


def _note(text: str) -> None:
    click.echo(f"note: {clean(text)}", err=True)
