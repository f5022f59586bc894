"""`cccheck show`: what a run found, at the terminal: the whole, a site, a page."""

from __future__ import annotations

from pathlib import Path

import click

from cccheck.cli._complete import complete_sites
from cccheck.cli._examples import examples
from cccheck.cli._options import config_option, run_argument


@click.command(
    "show",
    short_help="Show what a run found: all of it, a site, a page.",
    epilog=examples(
        ("The newest run", "cccheck show latest"),
        ("All pages of one site", "cccheck show latest valley-roundup.example"),
        (
            "One page, with the evidence for everything",
            "cccheck show reports/monday https://quayside.example/wall --all",
        ),
    ),
)
@run_argument
@click.argument("what", metavar="[SITE|URL]", required=False, shell_complete=complete_sites)
@click.option("--all", "whole", is_flag=True, help="Show also what passes or is not asked, with the evidence for it.")
@config_option
def command(run: str, what: str | None, whole: bool, config_file: Path | None) -> None:
    """Show what the run RUN found. RUN is a folder, a run id, or `latest`.

    Without SITE or URL: the table that the scan ended with. With a site's name: its pages. With an address, or the id
    of a page: that page. Of a page are shown the verdict, what is missing, the words on the page and where they stand,
    the clause, how to mend it, and the credit line to send to the site.
    """
    from cccheck.cli._damage import blamed
    from cccheck.cli._show import Outcome, Screen
    from cccheck.config import load_config
    from cccheck.journal import read_info
    from cccheck.report.find import find_pages
    from cccheck.report.json_report import NAME
    from cccheck.report.outline import site_lines
    from cccheck.report.table import site_rows
    from cccheck.runs import named

    config = load_config(config_file)
    folder = named(run, config.output)
    info = read_info(folder)
    kept = bool(info and not info.replay and config.history and config.history.exists())
    screen = Screen(quiet=False)
    with blamed(folder):
        if what is not None:
            screen.lines(site_lines(find_pages(folder, what), whole=whole, decidable=kept))
            return
        rows = site_rows(folder)
        screen.table(rows)
        reports = [path for path in (folder / NAME, folder / "html" / "index.html") if path.exists()]
        screen.closing(folder, reports, rows, Outcome(changes=0 if kept else None))
