"""`cccheck profile`: what publishers ask of republishers, beyond the licence or in its place."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from cccheck.cli._complete import complete_profiles
from cccheck.cli._examples import examples
from cccheck.cli._exit import Exit
from cccheck.cli._options import rule_folders, rules_option
from cccheck.cli._terminal import clean

if TYPE_CHECKING:
    from cccheck.profiles import Profile

_WIDTH = 88
_rules_option = rules_option("A folder of rules with more profiles in publishers/ (default: `rules` of cccheck.toml).")


@click.group("profile", short_help="What publishers ask of republishers: list, show, new, check.")
def command() -> None:
    """What publishers ask of whoever republishes their articles, one file a publisher."""


@command.command(
    "list", short_help="List the profiles there are.", epilog=examples(("Every profile", "cccheck profile list"))
)
@_rules_option
def list_profiles(folders: tuple[Path, ...]) -> None:
    """List the profiles: id, publisher, licence, how the terms were read, how many of them checks decide."""
    from cccheck.profiles import load_profiles
    from cccheck.profiles.describe import terms_of

    rows = [("profile", "publisher", "licence", "read", "terms", "checked")]
    for one in load_profiles(*rule_folders(folders)).values():
        terms = list(terms_of(one))
        licences = ", ".join(dict.fromkeys(grant.license.rstrip("/").split("licenses/")[-1] for grant in one.grants))
        read = "in full" if one.full else "in part"
        rows.append((one.id, one.name, licences, read, str(len(terms)), str(sum(1 for *_, check in terms if check))))
    widths = [max(len(clean(row[column])) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        click.echo("  ".join(clean(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@command.command(
    "show",
    short_help="Show what a publisher asks, term by term.",
    epilog=examples(("One of them", "cccheck profile show knowable")),
)
@click.argument("profile", metavar="ID", shell_complete=complete_profiles)
@_rules_option
def show(profile: str, folders: tuple[Path, ...]) -> None:
    """Show what the publisher with the profile ID asks, term by term, and what decides each."""
    from cccheck.profiles.catalogue import kinds
    from cccheck.profiles.describe import dates_of, level_of, licences_of, source_of, terms_of

    one = _named(profile, rule_folders(folders))[0]
    click.echo(clean(f"{one.id}: {one.name}"))
    facts = {"also": one.aliases, "sites": one.sites, "licence": licences_of(one), "terms": source_of(one)}
    for heading, values in facts.items():
        for value in values:
            click.echo(_wrapped(f"{heading:<9}{value}", 2))
    if one.credit is not None:
        click.echo(_wrapped(f"{'asks for':<9}{', '.join(one.credit)}", 2))
    for term, words, check in terms_of(one):
        said = "; ".join(filter(None, (check or "no program", level_of(one, term), dates_of(term))))
        click.echo(f"\n{kinds()[term.name].title}\n{_wrapped(words, 2)}\n{_wrapped(f'[{term.name}] {said}', 2)}")


@command.command(
    "new",
    short_help="Write a profile to be filled in.",
    epilog=examples(("A profile of your own", 'cccheck profile new "The Tarnmoor Post" --site tarnmoor-post.example')),
)
@click.argument("name")
@click.option("--site", metavar="HOST", help="The publisher's site (without it, a host to be replaced).")
@click.option("--id", "given", metavar="ID", help="Its id; without it from the name.")
@click.option(
    "--rules",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of rules in whose publishers/ it is written (default: `rules` of cccheck.toml, else ./rules).",
)
def new(name: str, site: str | None, given: str | None, folder: Path | None) -> None:
    """Write a commented profile for the publisher called NAME, to be filled in.

    Scans take it with --rules DIR, or with `rules` in cccheck.toml.
    """
    from cccheck.cli._clock import clock
    from cccheck.errors import UsageError
    from cccheck.files import explained
    from cccheck.profiles.load import FOLDER
    from cccheck.profiles.new import new_profile
    from cccheck.works.derive import slug

    id = given or slug(name).removeprefix("the-")
    if not id or slug(id) != id:
        raise UsageError(f"--id: `{(given or name)[:60]}` gives no id; give one of small letters, digits and hyphens")
    path = (folder or next(iter(rule_folders(())), Path("rules"))) / FOLDER / f"{id}.toml"
    if path.exists():
        raise UsageError(f"{path}: is there already; give another --id, or edit it")
    host = (site or f"{id}.example").removeprefix("https://").removeprefix("http://").removeprefix("www.").strip("/")
    text = new_profile(name, id, host, clock(None)[:10])
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    click.echo(clean(f"written to {path}"))
    click.echo(clean(f"fill it in, then: cccheck profile check {path}"))


@command.command(
    "check",
    short_help="Check profiles, and try them on a made-up article.",
    epilog=examples(
        ("Your own file", "cccheck profile check rules/publishers/tarnmoor-post.toml"),
        ("Every profile of a folder", "cccheck profile check --rules rules"),
    ),
)
@click.argument("profiles", metavar="[PROFILE]...", nargs=-1, shell_complete=complete_profiles)
@_rules_option
@click.pass_context
def check(ctx: click.Context, profiles: tuple[str, ...], folders: tuple[Path, ...]) -> None:
    """Check profiles, each an id or a file, and try them on a made-up article.

    A page that pastes what the publisher gives out has to pass, and for each term that a check decides a page that
    breaks it has to be found. Without PROFILE, those of your own folder of rules, or all.
    """
    from cccheck.rulebook import load_rules
    from cccheck.trials import decided, try_profile

    folders = rule_folders(folders)
    named = [one for text in profiles for one in _named(text, folders)] or _all(folders)
    book = load_rules()
    failed = 0
    for one in named:
        problems = list(try_profile(one, book))
        failed += bool(problems)
        for problem in problems:
            click.echo(clean(f"{one.file}: {problem}"))
        if not problems:
            terms = len(decided(one))
            click.echo(clean(f"{one.id}: holds; {terms} {'term' if terms == 1 else 'terms'} tried"))
    ctx.exit(Exit.USAGE if failed else Exit.OK)


def _all(folders: tuple[Path, ...]) -> list[Profile]:
    """Every profile of the folders; without any, the built-in ones."""
    from cccheck.profiles import load_profiles, read_profile
    from cccheck.profiles.load import profile_files

    if not folders:
        return list(load_profiles().values())
    load_profiles(*folders)  # two of one id are an error
    return [read_profile(path) for folder in folders for path in profile_files(folder)]


def _named(text: str, folders: tuple[Path, ...]) -> list[Profile]:
    """The profile that a word means: a file's, or the one of that id."""
    from cccheck.errors import UsageError
    from cccheck.profiles import load_profiles, read_profile
    from cccheck.validation import nearest

    path = Path(text)
    if path.suffix == ".toml" or path.is_file():
        return [read_profile(path)]
    known = load_profiles(*folders)
    if text not in known:
        raise UsageError(f"`{text}` is no profile; {nearest(text, known)}")
    return [known[text]]


def _wrapped(text: str, indent: int) -> str:
    space = " " * indent
    return fill(clean(text), _WIDTH, initial_indent=space, subsequent_indent=space + "  ", break_long_words=False)
