"""Data files: where the program's own are (in the wheel beside the code, in a checkout at its top), how any is read.

What cannot be read is a DataError: one line that names the file, the place in it and the mend.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from cccheck.errors import DataError

_HERE = Path(__file__).resolve().parent
_WORDS = "page/words.toml"
_LONE_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_TOML_PLACE = re.compile(r"\s*\(at (line \d+, column \d+|end of document)\)$")


@cache
def rules_dir() -> Path:
    """The folder `rules/`: licences, publishers, phrases, messages."""
    installed = _HERE / "data" / "rules"
    return installed if installed.is_dir() else _HERE.parents[1] / "rules"


def schema_path(name: str) -> Path:
    """The JSON Schema called `name` (report, work, rules, config)."""
    return _HERE / "schemas" / f"{name}.schema.json"


def rule_table(name: str) -> dict[str, Any]:
    """One of the program's own TOML files, by its path below `rules/`. Raises DataError."""
    return read_toml(rules_dir() / name)


@cache
def listed(name: str) -> tuple[str, ...]:
    """A list of `rules/page/words.toml`, named `table.key`, in its order. Raises DataError that names file and key."""
    table, _, key = name.partition(".")
    found = _words().get(table)
    texts = found.get(key) if isinstance(found, dict) else None
    if not (isinstance(texts, list) and texts and all(isinstance(text, str) and text.strip() for text in texts)):
        raise DataError(rules_dir() / _WORDS, name, "is no list of words", 'write it as ["first", "second"]')
    return tuple(texts)


def any_listed(name: str) -> str:
    """The same list as alternatives of a pattern, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(listed(name), key=lambda word: (-len(word), word)))) + ")"


@cache
def _words() -> dict[str, Any]:
    return rule_table(_WORDS)


# ------------------------------------------------------------------ any file


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; an unreadable file is a DataError that says why."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(path, "", error.strerror or "cannot be read", "check the name and who may read it") from None


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a table. Raises DataError with line and column."""
    return parse_toml(read_bytes(path), path)


def parse_toml(data: bytes, file: object) -> dict[str, Any]:
    """A TOML document from bytes. Raises DataError with line and column."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DataError(file, f"byte {error.start}", "not UTF-8", "save the file as UTF-8") from None
    except RecursionError:
        raise DataError(file, "", "nested too deeply", "") from None
    except ValueError as error:  # a number of very many digits too
        place = _TOML_PLACE.search(str(error))
        text = str(error)[: place.start()] if place else str(error)
        raise DataError(file, place[1] if place else "", f"no valid TOML: {text}", "mend the file there") from None


def parse_json(data: bytes, file: object) -> Any:
    """A JSON document from bytes. Raises DataError with line and column; a key given twice is an error as well."""
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique)
        if _LONE_SURROGATE.search(data):
            json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise DataError(file, place, f"no valid JSON: {error.msg}", "mend the file there") from None
    except UnicodeDecodeError as error:
        raise DataError(file, f"byte {error.start}", "not UTF-8", "save the file as UTF-8") from None
    except UnicodeEncodeError:
        raise DataError(file, "", "an escape such as \\ud800 names half a character", "write it out") from None
    except RecursionError:
        raise DataError(file, "", "nested too deeply", "") from None
    except ValueError as error:
        raise DataError(file, "", str(error), "") from None
    return document


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key `{twice}` stands twice in one object; keep one")
    return members
