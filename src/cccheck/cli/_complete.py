"""What the shell offers when the Tab key is pressed: the runs, works, rules and licences that are there.

Whatever goes wrong while something is looked up, nothing is offered: a prompt is no place for errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.shell_completion import CompletionItem

from cccheck.cli._terminal import clean

if TYPE_CHECKING:
    import click


def _completer(values: Callable[[dict[str, Any]], Iterable[tuple[str, str]]], *, files: bool = False) -> Any:
    """A completion of click's out of a function from the parameters so far to values, each with a word of help."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            found = [(value, text) for value, text in values(ctx.params) if value.startswith(incomplete)]
        except Exception:  # noqa: BLE001 - see above
            found = []
        items = [CompletionItem(clean(value), help=clean(text)) for value, text in found]
        return items + ([CompletionItem(incomplete, type="dir")] if files and not found else [])

    return complete


def _runs(params: dict[str, Any]) -> Iterable[tuple[str, str]]:
    from cccheck.config import load_config
    from cccheck.runs import known

    found = [(folder.name, f"started {info.started}") for folder, info in known(load_config(_file(params)).output)]
    return [("latest", "the newest finished run"), *found] if found else []


def _sites(params: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """The sites of the run that is named so far, else of the newest: from the beginnings of the journal's lines."""
    import re

    from cccheck.config import load_config
    from cccheck.journal import JOURNAL
    from cccheck.runs import named

    folder = named(params.get("run") or "latest", load_config(_file(params)).output)
    begins = re.compile(rb'\{"site": ?"([^"\\]+)"')
    with (folder / JOURNAL).open("rb") as lines:
        found = {match[1].decode() for line in lines if (match := begins.match(line[:300]))}
    return [(site, "") for site in sorted(found)]


def _works(params: dict[str, Any]) -> Iterable[tuple[str, str]]:
    from cccheck.config import load_config
    from cccheck.works import load_works

    folder = params.get("works") or load_config(_file(params)).works
    return [(work.id, work.title) for work in load_works(folder)]


def _rules(params: dict[str, Any]) -> Iterable[tuple[str, str]]:
    from cccheck.profiles import kinds
    from cccheck.rulebook import load_rules

    book = load_rules(*_folders(params))
    terms = [(f"{one.id}/{name}", kinds()[name].title) for one in book.profiles.values() for name in one.terms]
    return [*((entry.rule.id, entry.rule.title) for pack in book.packs.values() for entry in pack.entries), *terms]


def _profiles(params: dict[str, Any]) -> Iterable[tuple[str, str]]:
    from cccheck.profiles import load_profiles

    return [(one.id, one.name) for one in load_profiles(*_folders(params)).values()]


def _licenses(params: dict[str, Any]) -> Iterable[tuple[str, str]]:
    from cccheck.licenses.tools import all_tools

    return [(tool.spdx, tool.title) for tool in all_tools() if tool.spdx]


def _folders(params: dict[str, Any]) -> tuple[Path, ...]:
    from cccheck.config import load_config

    return params.get("folders") or load_config(_file(params)).rule_folders


def _file(params: dict[str, Any]) -> Path | None:
    file = params.get("config_file")
    return Path(file) if file else None


complete_runs = _completer(_runs, files=True)
complete_sites = _completer(_sites)
complete_works = _completer(_works)
complete_rules = _completer(_rules)
complete_profiles = _completer(_profiles)
complete_licenses = _completer(_licenses)
