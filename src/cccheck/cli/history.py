"""`cccheck history`: what was seen when."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from cccheck.cli._complete import complete_sites
from cccheck.cli._examples import examples
from cccheck.cli._history import history_option, opened
from cccheck.cli._options import config_option, settings
from cccheck.cli._terminal import clean

if TYPE_CHECKING:
    from pathlib import Path

    from cccheck.history import Store


@click.command(
    "history",
    short_help="Show what was seen when: all runs, a site, a page.",
    epilog=examples(
        ("The runs, and where the cases stand", "cccheck history"),
        ("Everything that was seen of a site", "cccheck history valley-roundup.example"),
    ),
)
@click.argument("what", metavar="[SITE|URL]", required=False, shell_complete=complete_sites)
@click.option("--json", "as_json", is_flag=True, help="Write JSON, a line for each sighting.")
@history_option
@config_option
def command(what: str | None, as_json: bool, history: str | None, config_file: Path | None) -> None:
    """Show what was seen when. Without SITE or URL: the runs, and how many cases stand where.

    With a site's name, or an address: what each page there was like, from when to when, and the cases. What could not
    be reached keeps what was last known of it.
    """
    with opened(history, settings(config_file)) as store:
        if what is None:
            _overview(store)
        else:
            _timeline(store, what, as_json=as_json)


def _overview(store: Store) -> None:
    from cccheck.history import runs
    from cccheck.history.read import totals

    found = runs(store)
    for run in found[-20:]:
        click.echo(f"{run.finished}  {run.pages:>7} pages  {clean(run.name)}")
    if len(found) > 20:
        click.echo(f"({len(found) - 20} earlier runs are not shown)")
    sums = totals(store)
    click.echo(f"Sites: {sums['sites']}. Copies: {sums['copies']}. Addresses: {sums['pages']}.")
    cases = ", ".join(f"{count} {state}" for state, count in sums["cases"].items())
    click.echo(f"Cases: {cases or 'none'}")


def _timeline(store: Store, what: str, *, as_json: bool) -> None:
    from cccheck.errors import UsageError
    from cccheck.history import cases, telling
    from cccheck.history.read import copy_of, sightings, sites
    from cccheck.validation import nearest

    site = None if "://" in what else what.lower()
    found = sightings(store, site=site, url=None if site else what)
    if not found:
        known = [name for name, *_ in sites(store)]
        hint = f"; {nearest(what.lower(), known)}" if site and known else ""
        raise UsageError(f"{what}: the history knows no such {'site' if site else 'address'}{hint}")
    if as_json:
        for seen in found.values():
            for sighting in seen:
                click.echo(json.dumps(asdict(sighting), ensure_ascii=False))
        return
    for url, seen in found.items():
        click.echo(clean(url))
        for sighting in seen:
            click.echo(f"  {clean(telling.sighting(sighting))}")
    matters = cases(store, site=site) if site else cases(store, copy=copy_of(store, what) or 0)
    for case in matters:
        click.echo(clean(f"Case {case.id} ({case.copy.work}): {telling.standing_of(case)}"))
