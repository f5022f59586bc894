"""`cccheck rule`: what the rules are, and what each asks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

import click

from cccheck.cli._complete import complete_licenses, complete_rules
from cccheck.cli._examples import examples
from cccheck.cli._options import rule_folders, rules_option

if TYPE_CHECKING:
    from cccheck.licenses import License
    from cccheck.profiles import Profile
    from cccheck.rulebook import Entry, Rulebook

_WIDTH = 88
_FOLD: Any = {"initial_indent": "  ", "subsequent_indent": "  ", "break_long_words": False, "break_on_hyphens": False}
_MORE = "A folder with more rule packs (default: `rules` of cccheck.toml)."


@click.group(short_help="The rules that copies are held to: list, show.")
def command() -> None:
    """Look up the rules that copies are held to."""


@command.command(
    "list",
    short_help="List the rules.",
    epilog=examples(
        ("Every condition once", "cccheck rule list"),
        ("The rules of one licence, with their clauses", "cccheck rule list --license CC-BY-4.0"),
    ),
)
@click.option(
    "--license",
    "text",
    metavar="ID",
    shell_complete=complete_licenses,
    help="Only the rules of this licence, such as CC-BY-4.0.",
)
@rules_option(_MORE)
def list_rules(text: str | None, folders: tuple[Path, ...]) -> None:
    """List the rules: of one licence, or the conditions of all of them."""
    from cccheck.rulebook import load_rules

    book = load_rules(*rule_folders(folders))
    if text:
        _table(("rule", "decided by", "due", "clause"), _rows(book.entries_for(_license(text))))
    else:
        _table(("condition", "decided by", "title"), _conditions(book))
        click.echo(f"\n{len(book.packs)} packs: {', '.join(book.packs)}")
        click.echo("\nThe rules of one licence: cccheck rule list --license CC-BY-4.0")


@command.command(
    short_help="Show what a rule asks.",
    epilog=examples(("Who has to be named", "cccheck rule show cc-by-4.0/creator")),
)
@click.argument("rule_id", metavar="ID", shell_complete=complete_rules)
@rules_option(_MORE)
def show(rule_id: str, folders: tuple[Path, ...]) -> None:
    """Show what a rule asks, why, where the licence says so, and how to mend a copy.

    ID is a rule such as cc-by-4.0/creator, or a term of a publisher's profile such as knowable/canonical.
    """
    from cccheck.rulebook import load_rules
    from cccheck.rulebook.describe import sections

    book = load_rules(*rule_folders(folders))
    head, _, name = rule_id.partition("/")
    if name in getattr(book.profiles.get(head), "terms", ()):
        _show_term(book.profiles[head], name)
        return
    entry = _entry(book, rule_id)
    license = book.packs[entry.rule.id.partition("/")[0]].license
    click.echo(f"{entry.rule.id}: {entry.rule.title}")
    _sections(sections(entry, license))


def _show_term(profile: Profile, name: str) -> None:
    """A rule of a publisher's profile."""
    from cccheck.cli._terminal import clean
    from cccheck.profiles import kinds
    from cccheck.profiles.describe import sections

    click.echo(clean(f"{profile.id}/{name}: {kinds()[name].title} ({profile.name})"))
    _sections(sections(profile, profile.terms[name]))


def _sections(found: Iterable[tuple[str, str]]) -> None:
    for heading, text in found:
        click.echo(f"\n{heading}")
        for line in text.splitlines():
            click.echo(_indented(line))


def _entry(book: Rulebook, rule_id: str) -> Entry:
    from cccheck.errors import UsageError
    from cccheck.validation import nearest

    entry = book.entry(rule_id)
    if entry:
        return entry
    pack, _, condition = rule_id.partition("/")
    if not condition:
        named = [entry.rule.id for pack in book.packs.values() for entry in pack.entries if entry.condition == rule_id]
        hint = f"name the licence too, such as cc-by-4.0/{rule_id}" if named else "see cccheck rule list"
    elif pack in book.profiles:
        hint = nearest(rule_id, [f"{pack}/{name}" for name in book.profiles[pack].terms])
    elif pack in book.packs:
        hint = nearest(rule_id, [entry.rule.id for entry in book.packs[pack].entries])
    else:
        hint = nearest(pack, list(book.packs))
    raise UsageError(f"`{rule_id}` is no rule; {hint}")


def _license(text: str) -> License:
    from cccheck.errors import UsageError
    from cccheck.licenses import parse_license

    license = parse_license(text)
    if license is None:
        mend = "write an SPDX id such as CC-BY-4.0, a creativecommons.org address, CC or permission"
        raise UsageError(f"`{text}` is no licence; {mend}")
    return license


def _rows(entries: Iterable[Entry]) -> list[tuple[str, ...]]:
    from cccheck.rulebook.describe import when

    return [(e.rule.id, e.rule.check if e.decided else "no program", when(e), e.rule.clause) for e in entries]


def _conditions(book: Rulebook) -> list[tuple[str, ...]]:
    """Each condition once, as the first pack that has it words it."""
    first: dict[str, Entry] = {}
    for pack in book.packs.values():
        for entry in pack.entries:
            first.setdefault(entry.condition, entry)
    found = sorted(first.values(), key=lambda entry: not entry.decided)
    return [(e.condition, e.rule.check if e.decided else "no program", e.rule.title) for e in found]


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Columns as wide as their widest cell; the last may run on."""
    from cccheck.cli._terminal import clean

    lines = [head, *(tuple(clean(cell) for cell in row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _indented(line: str) -> str:
    from cccheck.cli._terminal import clean

    return fill(
        clean(line), _WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
