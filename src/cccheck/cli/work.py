"""`cccheck work`: add, list, show and check work records."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cccheck.cli._complete import complete_profiles, complete_works
from cccheck.cli._examples import examples
from cccheck.cli._exit import Exit
from cccheck.cli._options import config_option, rules_option, settings, works_option
from cccheck.cli._terminal import clean

if TYPE_CHECKING:
    from cccheck.config import Config
    from cccheck.model import Work
    from cccheck.works.derive import Draft

_SHOWN = 100
_ORDER = (
    "id",
    "title",
    "authors",
    "anonymous",
    "publisher",
    "publisher_url",
    "url",
    "alternate_urls",
    "license",
    "credit",
)
_ASKED = ("author", "publisher", "link", "title", "license")


@click.group("work", short_help="The licensed articles: add, list, show, confirm, check.")
def command() -> None:
    """The licensed articles whose copies are checked, one record a file."""


@command.command(
    "add",
    short_help="Make a record from a text file, an HTML file or a URL.",
    epilog=examples(
        (
            "From the article's page",
            "cccheck work add https://tarnmoor-post.example/2026/02/night-buses-hill-villages/",
        ),
        (
            "From a saved page",
            "cccheck work add night-buses.html --url https://tarnmoor-post.example/2026/02/night-buses/",
        ),
        (
            "What a page does not say is given",
            'cccheck work add article.txt --title "Night buses" --author "Ines Calloway"',
        ),
    ),
)
@click.argument("source")
@click.option("--url", help="Where the article stands.")
@click.option("--title", help="Its title.")
@click.option("--author", "authors", multiple=True, help="An author's name; once for each.")
@click.option("--anonymous", is_flag=True, help="The article names no author.")
@click.option("--publisher", help="Who published it.")
@click.option("--publisher-url", metavar="URL", help="The publisher's home page.")
@click.option("--license", "licenses", multiple=True, help="Such as CC-BY-4.0, or its address; CC; permission.")
@click.option("--credit", multiple=True, type=click.Choice(_ASKED), help="What a copy has to carry; once for each.")
@click.option("--alternate-url", "alternate_urls", metavar="URL", multiple=True, help="Another address of the article.")
@click.option("--published", metavar="DATE", help="When, such as 2016-11-01.")
@click.option("--language", metavar="TAG", help="Such as en or pt-BR.")
@click.option(
    "--profile",
    metavar="ID",
    shell_complete=complete_profiles,
    help="The publisher's own terms (default: by the publisher's domain; none for none).",
)
@rules_option("A folder of rules with more profiles (default: `rules` of cccheck.toml).")
@click.option("--id", help="Its name in reports and lists; without it from the title.")
@click.option("--force", is_flag=True, help="Replace the record of that id.")
@works_option
@config_option
def add(
    source: str,
    works: Path | None,
    config_file: Path | None,
    folders: tuple[Path, ...],
    force: bool,
    **options: Any,
) -> None:
    """Make a record from SOURCE: a text file, an HTML file or a URL.

    What the page and its republishing notice say is read from there; options win over it. What nothing says is asked
    for at a terminal, and never guessed. The publisher's profile is picked by its domain (cccheck profile list).
    """
    from cccheck.cli._questions import answers
    from cccheck.cli._source import read_source
    from cccheck.profiles import load_profiles
    from cccheck.works import write_work
    from cccheck.works.derive import with_answers, with_settings, work_of
    from cccheck.works.profiled import with_profile

    config = settings(config_file, works=works)
    draft = with_settings(read_source(source, _given(options), config), _known_of_all(config))
    profiles = load_profiles(*(folders or config.rule_folders))
    draft = with_profile(draft, profiles)
    if draft.missing and "text" in draft.facts and sys.stdin.isatty():
        draft = with_answers(draft, answers(draft))
        draft = draft if options["profile"] else with_profile(draft, profiles)  # by the address that was just given
    work = work_of(draft)
    path = write_work(work, config.works, force=force)
    for line in _derived(draft, work):
        click.echo(clean(line))
    click.echo(clean(f"written to {path}"))
    for line in _to_confirm(work, path):
        click.echo(clean(line))


@command.command("list", epilog=examples(("The works in ./works", "cccheck work list")))
@works_option
@config_option
def list_works(works: Path | None, config_file: Path | None) -> None:
    """List the works: id, licence, title."""
    from cccheck.works import load_works

    found = load_works(settings(config_file, works=works).works)
    widths = [max((len(cell) for cell in column), default=0) for column in zip(*map(_row, found), strict=True)]
    for work in found:
        cells = (cell.ljust(width) for cell, width in zip(_row(work), [*widths[:2], 0], strict=True))
        click.echo("  ".join(cells).rstrip())


@command.command(
    "show",
    epilog=examples(
        ("Read it", "cccheck work show night-buses"),
        ("The whole record", "cccheck work show night-buses --json"),
    ),
)
@click.argument("id", shell_complete=complete_works)
@click.option("--json", "as_json", is_flag=True, help="The whole record as JSON.")
@works_option
@config_option
def show(id: str, as_json: bool, works: Path | None, config_file: Path | None) -> None:
    """Show the work called ID."""
    import json

    from cccheck.works import find_work, record_of

    record = record_of(find_work(settings(config_file, works=works).works, id))
    if as_json:
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    text = record.pop("text")
    for key, value in record.items():
        click.echo(clean(f"{key:<15}{_plain(value)}"))
    click.echo(f"{'text':<15}{len(text.split())} words")
    for paragraph in text.split("\n\n"):
        click.echo("\n" + clean(paragraph))


@command.command(
    "confirm",
    short_help="Say that the text of a work was read through.",
    epilog=examples(("Its text was read through", "cccheck work confirm night-buses"))
)
@click.argument("id", shell_complete=complete_works)
@works_option
@config_option
def confirm(id: str, works: Path | None, config_file: Path | None) -> None:
    """Say that the text of the work called ID is the article's, and nothing but.

    Until then no cut is held against a copy of a text that was taken from a page: what is missing on the copy may never
    have been the article's. What is not, take out of the record first.
    """
    from cccheck.works import confirm_work

    path, changed = confirm_work(settings(config_file, works=works).works, id)
    said = "confirmed: cuts count from now on" if changed else "needs no confirmation"
    click.echo(clean(f"{path}: {said}"))


@command.command("check", epilog=examples(("Look all records through", "cccheck work check works")))
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@works_option
@config_option
@click.pass_context
def check(ctx: click.Context, folder: Path | None, works: Path | None, config_file: Path | None) -> None:
    """Check every record of DIR and print each problem on a line."""
    from cccheck.profiles import load_profiles
    from cccheck.works import check_folder

    config = settings(config_file, works=works)
    number, problems = check_folder(folder or config.works, load_profiles(*config.rule_folders))
    for problem in problems:
        click.echo(" ".join(clean(str(problem)).split()))
    click.echo(f"{_count(number, 'record')}, {_count(len(problems), 'problem')}", err=True)
    ctx.exit(Exit.USAGE if problems else Exit.OK)


# ------------------------------------------------------------------ words for the terminal


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given, under the keys of a draft."""
    from cccheck.licenses import as_recorded

    named = {**options, "license": tuple(map(as_recorded, options["licenses"]))}
    del named["licenses"]
    return {key: value for key, value in named.items() if value}


def _known_of_all(config: Config) -> dict[str, Any]:
    """What the settings say of every work, under the keys of a draft."""
    licenses = (config.license,) if config.license else ()
    values: dict[str, Any] = {"publisher": config.publisher, "publisher_url": config.publisher_url}
    values |= {"license": licenses, "profile": config.profile}
    return {key: value for key, value in values.items() if value}


def _row(work: Work) -> tuple[str, str, str]:
    return work.id, clean(" or ".join(work.licenses)), clean(work.title)


def _derived(draft: Draft, work: Work) -> list[str]:
    """What the record says, and what each part was taken from."""
    shown = {key: _plain(fact.value) for key, fact in draft.facts.items()}
    shown["text"] = f"{_count(len(work.text.split()), 'word')}"
    for key in ("links", "images"):
        if key in shown:
            shown[key] = _count(len(draft.facts[key].value), key.removesuffix("s"))
    width = max(map(len, shown))
    keys = sorted(shown, key=lambda key: (*_ORDER, key).index(key))
    lines = [f"{key.replace('_', ' '):<{width}}  {_short(shown[key])}  ({draft.facts[key].origin})" for key in keys]
    return lines + [f"{'left out':<{width}}  {_short(' '.join(text.split()))}" for text in draft.left_out]


def _to_confirm(work: Work, path: Path) -> list[str]:
    """How a text that was taken from a page begins and ends, and what to do if that is right."""
    if not work.extracted:
        return []
    paragraphs = work.text.split("\n\n")
    lines = [f"the text begins  {_short(paragraphs[0])}", f"and ends         {_short(paragraphs[-1])}"]
    return [
        *lines,
        f"Read the text in {path} through, take out what is not the article's, then: cccheck work confirm {work.id}",
        "Until then, nothing that is missing on a copy is held against it.",
    ]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(_plain(part) for part in value.values() if part)
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    return "yes" if value is True else str(value)
