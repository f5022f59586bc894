"""Settings: `cccheck.toml`, found from the working folder upwards; the environment wins over it, options over both."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cccheck.data import read_toml
from cccheck.errors import DataError, UsageError
from cccheck.validation import load_schema, problems

FILE_NAME = "cccheck.toml"
BESIDE = {"accepted": "accepted.toml", "do_not_contact": "do-not-contact.txt"}  # taken where none is named
HISTORY = "history.db"  # beside the settings
PREFIX = "CCCHECK_"

_PATHS = ("works", "rules", "output", "urls", "log", "history", "accepted", "letters", "do_not_contact")
_WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Config:
    """What holds for a run. What each key sets is said in the schema; its page is docs/reference/settings.md.

    `history` is None where no history is kept. `accepted` and `do_not_contact` stand beside the settings, or in the
    working folder, where none is named. `file` is what was read.
    """

    contact: str | None = None
    publisher: str | None = None
    publisher_url: str | None = None
    license: str | None = None
    works: Path = Path("works")
    rules: Path | None = None
    output: Path = Path("reports")
    accepted: Path | None = None
    letters: Path | None = None
    signature: str | None = None
    do_not_contact: Path | None = None
    profile: str | None = None
    formats: str = ""
    urls: Path | None = None
    fail_on: str = "any"
    tolerate_unavailable: int = 0
    changed_only: bool = False
    log: Path | None = None
    delay: float = 2.0
    workers: int | None = None
    allow_private: bool = False
    ignore_robots: bool = False
    history: Path | None = None
    file: Path | None = None

    @property
    def rule_folders(self) -> tuple[Path, ...]:
        """The folders of rules besides the built-in one."""
        return (self.rules,) if self.rules else ()

    def with_options(self, **options: Any) -> Config:
        """The same with those options of the command line that were given; None means not given."""
        return replace(self, **{key: value for key, value in options.items() if value is not None})


def load_config(
    explicit: Path | None = None, start: Path | None = None, environ: Mapping[str, str] = os.environ
) -> Config:
    """Settings from `explicit`, or from the nearest `cccheck.toml` at or above `start` (the working folder).

    Relative paths in the file are taken from its folder, those in the environment from `start`. Raises UsageError
    or DataError with file or variable, key and mend.
    """
    here = start or Path()
    file = explicit or _find(here.absolute())
    values: dict[str, Any] = {"works": here / "works", "output": here / "reports"}
    if file:
        values |= {"history": file.parent / HISTORY} | _placed(_from_file(file), file.parent)
    for key, name in BESIDE.items():
        beside = (file.parent if file else here) / name
        if key not in values and beside.is_file():
            values[key] = beside
    return Config(**values | _placed(_from_environment(environ), here), file=file)


def _placed(values: Mapping[str, Any], base: Path) -> dict[str, Any]:
    """The values with relative paths taken from `base` and `~` resolved."""
    return {key: _path(base, value) if key in _PATHS else value for key, value in values.items()}


def _path(base: Path, value: str) -> Path:
    return Path(value) if value == "-" else base / Path(value).expanduser()


def _find(start: Path) -> Path | None:
    return next((file for folder in (start, *start.parents) if (file := folder / FILE_NAME).is_file()), None)


def _from_file(file: Path) -> dict[str, Any]:
    members = read_toml(file)
    for wrong in setting_problems(members, file):
        raise wrong
    return members


def setting_problems(members: Mapping[str, Any], source: object) -> list[DataError]:
    """What is wrong with settings, in the order of their keys."""
    found = problems(members, "config", source)
    delay = members.get("delay", 0)
    if not found and delay != delay:  # "not a number" passes every bound
        found.append(DataError(source, "delay", "is not a number", "write a number of seconds from 0 to 3600"))
    return found



_KINDS = {"string": "text", "number": "number", "integer": "whole number", "boolean": "true or false"}


def described_keys() -> list[tuple[str, str, str]]:
    """Every key with the kind of its value and what it sets, from the schema; a default is said."""
    parts = load_schema("config")["properties"]
    return [(key, _KINDS[part["type"]], _described(part)) for key, part in parts.items()]


def _described(part: Mapping[str, Any]) -> str:
    default = f" Default: {str(part['default']).lower()}." if "default" in part else ""
    return f"{part['description']}{default}"


# ------------------------------------------------------------------ the environment


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    given = {key: environ[PREFIX + key.upper()] for key in _kinds() if environ.get(PREFIX + key.upper())}
    values = {key: _value(key, text) for key, text in given.items()}
    for wrong in setting_problems(values, "environment") if values else ():
        raise UsageError(f"{PREFIX}{wrong.place.upper()}: {wrong.problem}; {wrong.mend}")
    return values


def _kinds() -> dict[str, str]:
    return {key: part["type"] for key, part in load_schema("config")["properties"].items()}


def _value(key: str, text: str) -> Any:
    read: dict[str, Callable[[str], Any]] = {"number": float, "integer": int, "boolean": _flag}
    kind = _kinds()[key]
    try:
        return read.get(kind, str)(text)
    except ValueError:
        mend = "write true or false" if kind == "boolean" else "write a number"
        raise UsageError(f"{PREFIX}{key.upper()}: `{text[:60]}` cannot be read; {mend}") from None


def _flag(text: str) -> bool:
    if text.strip().lower() not in _WORDS:
        raise ValueError
    return _WORDS[text.strip().lower()]
