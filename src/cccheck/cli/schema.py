"""`cccheck schema`: print the JSON Schemas of our files, and check a file against them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from cccheck.cli._examples import examples
from cccheck.cli._exit import Exit
from cccheck.cli._terminal import clean
from cccheck.errors import DataError, UsageError

KINDS = ("report", "work", "rules", "profile", "accepted", "config")
_NAMES = {
    "report": "reports",
    "work": "work records",
    "rules": "packs of rules",
    "profile": "publishers' profiles",
    "accepted": "accepted.toml",
    "config": "cccheck.toml",
}


@click.group("schema", short_help="Print a JSON Schema, or check a file against it.")
def command() -> None:
    """The JSON Schemas of reports, work records, packs of rules, publishers' profiles and cccheck.toml."""


def _printer(kind: str) -> click.Command:
    def print_schema() -> None:
        from cccheck.data import read_bytes, schema_path

        _needs(kind)
        click.echo(read_bytes(schema_path(kind)).decode().rstrip())

    return click.Command(
        kind,
        callback=print_schema,
        help=f"Print the schema of {_NAMES[kind]}.",
        epilog=examples(("Keep it", f"cccheck schema {kind} > {kind}.schema.json")),
    )


for _kind in KINDS:
    command.add_command(_printer(_kind))


@command.command(
    "check",
    epilog=examples(
        ("A report", "cccheck schema check reports/monday/report.json"),
        ("A pack of rules", "cccheck schema check rules/our-terms.toml"),
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "kind", type=click.Choice(KINDS), help="What the file is, where it does not show.")
@click.pass_context
def check(ctx: click.Context, file: Path, kind: str | None) -> None:
    """Check FILE, one of those, and print each problem on a line."""
    document = _load(file)
    kind = kind or kind_of(file, document)
    problems = _problems(document, kind, file)
    for problem in problems:
        click.echo(" ".join(clean(str(problem)).split()))
    if not problems:
        click.echo(clean(f"{file}: keeps to the schema of {_NAMES[kind]}"))
    ctx.exit(Exit.USAGE if problems else Exit.OK)


def kind_of(file: Path, document: Any) -> str:
    """What a document is, by the keys that only its kind has. Raises UsageError where it could be none of them."""
    members = set(document) if isinstance(document, Mapping) else set()
    if file.suffix.lower() == ".toml":
        if file.name == "cccheck.toml" or members & {"contact", "delay", "works"}:
            return "config"
        if "accepted" in members:
            return "accepted"
        return "profile" if members & {"sites", "source", "terms", "snippet"} else "rules"
    if members & {"schema_version", "sites", "run"}:
        return "report"
    if members & {"id", "title", "authors", "publisher", "license", "text"}:
        return "work"
    raise UsageError(f"{file}: neither a report nor a work record; say what it is with --as")


def _load(file: Path) -> Any:
    from cccheck.data import parse_json, parse_toml, read_bytes

    data = read_bytes(file)
    if file.suffix.lower() != ".toml":
        return parse_json(data, file)
    return json.loads(json.dumps(parse_toml(data, file), default=str))


def _problems(document: Any, kind: str, file: Path) -> list[DataError]:
    from cccheck.profiles import profile_problems
    from cccheck.validation import problems
    from cccheck.works import record_problems

    _needs(kind)
    if kind == "profile":
        return profile_problems(document, file)
    return record_problems(document, file) if kind == "work" else problems(document, kind, file)


def _needs(kind: str) -> None:
    from cccheck.validation import has_schema

    if not has_schema(kind):
        raise UsageError(f"the schema of {_NAMES[kind]} is not in this installation; install cccheck anew")
