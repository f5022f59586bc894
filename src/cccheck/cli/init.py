"""`cccheck init`: a folder to work in: settings, a list to fill, a place for the works."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cccheck.cli._examples import examples
from cccheck.cli._terminal import clean

_ASKED = {
    "publisher": "What is your publication called?",
    "publisher_url": "Its web address?",
    "contact": "An e-mail address at which the sites that are visited can reach you?",
    "license": "Under which licence do you publish (such as CC-BY-4.0)?",
}
_LIST = """\
# The pages to check: one address a line and, if you know it, the work's id after a space.
# https://republisher.example/2026/03/your-article   your-article
"""


@click.command(
    "init",
    short_help="Begin: write the settings, an empty list and a folder for the works.",
    epilog=examples(
        ("Asks four questions", "cccheck init"),
        (
            "Asks nothing",
            'cccheck init desk --publisher "The Tarnmoor Post" --publisher-url https://tarnmoor-post.example/ '
            "--contact rights@tarnmoor-post.example --license CC-BY-4.0",
        ),
    ),
)
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--publisher", help="What the publication is called.")
@click.option("--publisher-url", metavar="URL", help="Its web address.")
@click.option("--contact", metavar="WHO", help="E-mail address or URL that visited sites can turn to.")
@click.option("--license", help="Such as CC-BY-4.0, or its address; CC; permission.")
@click.option("--force", is_flag=True, help="Replace the settings that are there.")
def command(folder: Path, force: bool, **options: str | None) -> None:
    """Begin in DIR (default: here): cccheck.toml with every setting explained, urls.txt, and works/.

    What is not given is asked for. Nothing that is there is replaced, but for the settings with --force.
    """
    from cccheck.config import FILE_NAME
    from cccheck.errors import UsageError
    from cccheck.files import explained, write_atomically

    path = folder / FILE_NAME
    if path.exists() and not force:
        raise UsageError(f"{path}: is there already; edit it, or give --force to replace it")
    text = _settings({key: _answer(key, given, path) for key, given in options.items()}, path)
    with explained(folder):
        (folder / "works").mkdir(parents=True, exist_ok=True)
        if not (folder / "urls.txt").exists():
            write_atomically(folder / "urls.txt", _LIST)
    write_atomically(path, text)
    click.echo(clean(f"{path}: written; read it through, every setting is explained there"))
    click.echo("Next: cccheck work add ARTICLE (a file or an address), the pages into urls.txt, then: cccheck scan")


def _answer(key: str, given: str | None, path: Path) -> str:
    """What was given, else what is answered; one who is asked may try again.

    Raises UsageError where nobody is there to be asked, UsageError or DataError for what was given and cannot be.
    """
    from cccheck.errors import CccheckError, UsageError

    if given is not None:
        return _checked(key, given, path)
    if not sys.stdin.isatty():
        raise UsageError(f"--{key.replace('_', '-')}: is missing, and there is nobody to ask; give it")
    while True:
        answer: str = click.prompt(_ASKED[key], default="", show_default=False, prompt_suffix=" ")
        try:
            return _checked(key, answer, path)
        except CccheckError as error:
            click.echo(clean(str(error).removeprefix(f"{path}: {key}: ").removeprefix("--license: ")), err=True)


def _checked(key: str, answer: str, path: Path) -> str:
    """An answer as the settings have it. Raises UsageError or DataError for what cannot be one."""
    from cccheck.config import setting_problems
    from cccheck.errors import UsageError
    from cccheck.licenses import as_recorded, parse_license

    answer = answer.strip()
    if key == "publisher_url" and answer and "/" not in answer.removesuffix("/") and "." in answer:
        answer = f"https://{answer}"
    if key == "license" and answer:
        answer = as_recorded(answer)
        if parse_license(answer) is None:
            mend = "write one with its version, such as CC-BY-4.0, a creativecommons.org address, CC or permission"
            raise UsageError(f"--license: `{answer[:60]}` is no licence that is known; {mend}")
    for wrong in setting_problems({key: answer}, path) if answer else ():
        raise wrong
    return answer


def _settings(values: dict[str, str], path: Path) -> str:
    """The text of the settings, read once more before it is written. Raises DataError for an answer that is none."""
    import tomllib

    from cccheck.config import setting_problems

    text = "".join(_piece(key, part, values) for key, part in _schema().items())
    text = f"{_HEAD}\n{text}"
    for wrong in setting_problems(tomllib.loads(text), path):
        raise wrong
    return text


_HEAD = """\
# Settings of cccheck. Paths are taken from this folder. What is commented out shows the default, or an example.
# An environment variable CCCHECK_<KEY> wins over this file, an option on the command line over both.
"""
_SHOWN = {  # for keys without a default
    "accepted": "accepted.toml",
    "history": "history.db",
    "letters": "letters",
    "signature": "Rights desk",
    "do_not_contact": "do-not-contact.txt",
    "urls": "urls.txt",
    "log": "scan.jsonl",
    "workers": 1,
    "rules": "rules",
    "profile": "tarnmoor-post",
    "formats": "html",
}
_SET = ("urls",)  # switched on, with the value shown


def _schema() -> dict[str, Any]:
    from cccheck.validation import load_schema

    properties: dict[str, Any] = load_schema("config")["properties"]
    return properties


def _piece(key: str, part: dict[str, Any], values: dict[str, str]) -> str:
    """A setting with what it is for: set where it was answered, else commented out."""
    import json

    said = values.get(key) or (_SHOWN[key] if key in _SET else None)
    shown = said if said is not None else part.get("default", _SHOWN.get(key, ""))
    if part["type"] not in ("string", "number", "integer", "boolean"):
        return ""
    off = "" if said is not None else "# "
    return f"\n# {part['description']}\n{off}{key} = {json.dumps(shown, ensure_ascii=False)}\n"
