"""`cccheck license`: what a licence's address, identifier or name stands for, and what the licence asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cccheck.cli._complete import complete_licenses
from cccheck.cli._examples import examples
from cccheck.cli._options import rule_folders, rules_option

if TYPE_CHECKING:
    from cccheck.licenses import License
    from cccheck.rulebook import Rulebook

_MORE = "A folder with more rule packs (default: `rules` of cccheck.toml)."


@click.group(short_help="Look up a licence: what it is and what it asks.")
def command() -> None:
    """Look up a licence."""


@command.command(
    short_help="Show which licence is meant, and what it asks of a copy.",
    epilog=examples(
        ("By its identifier", "cccheck license show CC-BY-ND-4.0"),
        ("By its address", "cccheck license show https://creativecommons.org/licenses/by/3.0/igo/"),
        ("By a name in any of thirty languages", "cccheck license show Namensnennung 4.0 International"),
    ),
)
@click.argument("text", metavar="URL-OR-NAME", nargs=-1, required=True, shell_complete=complete_licenses)
@rules_option(_MORE)
def show(text: tuple[str, ...], folders: tuple[Path, ...]) -> None:
    """Show which licence an address, an identifier or a name means, and what it asks of a copy."""
    from cccheck.cli._terminal import clean
    from cccheck.rulebook import load_rules

    book = load_rules(*rule_folders(folders))
    for line in _lines(_find(" ".join(text)), book):
        click.echo(clean(line))


def _find(text: str) -> License:
    from cccheck.errors import UsageError
    from cccheck.licenses import meant

    found = meant(text)
    if found is None:
        raise UsageError(f"`{text}` names no licence; give an address, an SPDX identifier or a name such as CC BY 4.0")
    return found


def _lines(license: License, book: Rulebook) -> Iterator[str]:
    from cccheck.rulebook.describe import when

    yield license.short if license.title == license.short else f"{license.short}: {license.title}"
    yield ""
    facts = [*_facts(license)]
    yield from [*facts, ""] if facts else ()
    if license.version is None and license.kind == "cc":
        yield "The version is not said, so what is due is not known; name one to see its rules."
        return
    entries = book.entries_for(license)
    decided = [entry for entry in entries if entry.decided and entry.due != "no"]
    yield "What it asks of a copy of a text:" if decided else "It asks for nothing."
    for entry in decided:
        yield f"  {entry.rule.title}: {when(entry)}" + (f" ({entry.rule.clause})" if entry.rule.clause else "")
    unasked = [entry.rule.title for entry in entries if entry.decided and entry.due == "no"]
    if unasked:
        yield "Not asked: " + "; ".join(unasked) + "."
    yield f"More: cccheck rule show {entries[0].rule.id}"


def _facts(license: License) -> Iterator[str]:
    from cccheck.licenses.tools import jurisdictions, retired, versions

    if license.url:
        yield f"  address       {license.url}"
    if license.kind in ("cc", "public-domain"):
        yield f"  SPDX          {license.spdx or 'no identifier'}"
        yield f"  version       {license.version or 'not said; there are ' + ', '.join(versions(license.unit))}"
    if license.jurisdiction:
        yield f"  jurisdiction  {jurisdictions().get(license.jurisdiction, license.jurisdiction)}"
    day = retired(license.unit)
    if day:
        yield f"  retired       {day}; it still holds for the works that carry it"
