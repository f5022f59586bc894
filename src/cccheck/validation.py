"""Checks documents against the package's JSON Schemas and says each problem in one plain line with its mend.

A schema may carry `x-mend` beside a keyword: the hint shown when that part of the schema is not met.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from cccheck.compiled import Test, Uncompiled, compile_schema
from cccheck.data import parse_json, read_bytes, schema_path
from cccheck.errors import DataError

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_LIMITS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
}
_MAX_QUOTE = 60
_MAX_LISTED = 20


def nearest(word: str, known: Iterable[str]) -> str:
    """The mend for a misspelt word: `did you mean …?`, or the list of what is known."""
    words = list(known)
    close = get_close_matches(word, words, n=1, cutoff=0.6) or get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    more = ", …" if len(words) > _MAX_LISTED else ""
    return f"known are {', '.join(words[:_MAX_LISTED])}{more}"


def problems(document: Any, schema: str, file: object) -> list[DataError]:
    """All that is wrong with a document, in the order of its keys; empty when it keeps to the schema of that name."""
    quick = _quick(schema)
    if quick and quick(document):
        return []
    found = []
    for error in _validator(schema).iter_errors(document):
        found += [DataError(file, *line) for line in _explain(error)]
    return sorted(found, key=lambda problem: (problem.place, str(problem)))


def has_schema(name: str) -> bool:
    """Is there a schema of that name in the package?"""
    return schema_path(name).is_file()


def load_schema(name: str) -> Any:
    """The schema of that name as a document."""
    path = schema_path(name)
    return parse_json(read_bytes(path), path)


@cache
def _quick(name: str) -> Test | None:
    try:
        return compile_schema(load_schema(name))
    except Uncompiled:
        return None


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(load_schema(name))


# ------------------------------------------------------------------ one validation error in plain words

_Line = tuple[str, str, str]  # place, problem, mend


def _place(path: Iterable[str | int]) -> str:
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return place.removeprefix(".")


def _quote(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"`{text[:_MAX_QUOTE]}…`" if len(text) > _MAX_QUOTE else f"`{text}`"


@dataclass(frozen=True, slots=True)
class _Broken:
    """One keyword of a schema that a value does not meet."""

    path: tuple[str | int, ...]
    keyword: str
    wanted: Any  # the keyword's value
    given: Any
    schema: Mapping[str, Any]
    message: str  # the library's own words

    @property
    def place(self) -> str:
        return _place(self.path)

    @property
    def mend(self) -> str:
        return str(self.schema.get("x-mend", ""))


def _explain(error: ValidationError) -> Iterator[_Line]:
    schema = error.schema if isinstance(error.schema, dict) else {}
    path = tuple(error.absolute_path)
    broken = _Broken(path, str(error.validator), error.validator_value, error.instance, schema, error.message)
    return _EXPLAIN.get(broken.keyword, _other)(broken)


def _missing(broken: _Broken) -> Iterator[_Line]:
    key = broken.message.split("'")[1]
    yield _place((*broken.path, key)), "is missing", broken.mend if broken.mend.startswith("`") else "add it"


def _unknown(broken: _Broken) -> Iterator[_Line]:
    known = broken.schema.get("properties", {})
    for key in broken.given:
        if key not in known:
            yield _place((*broken.path, str(key))), "is no known key", nearest(str(key), known)


def _wrong_type(broken: _Broken) -> Iterator[_Line]:
    wanted = [broken.wanted] if isinstance(broken.wanted, str) else broken.wanted
    names = " or ".join(_NAMES.get(name, name) for name in wanted)
    yield broken.place, f"is {_quote(broken.given)}, not {names}", broken.mend or f"write {names}"


def _not_listed(broken: _Broken) -> Iterator[_Line]:
    known = [str(value) for value in broken.wanted]
    close = get_close_matches(str(broken.given).lower(), known, n=1)
    problem = f"{_quote(broken.given)} is none of {', '.join(known)}"
    yield broken.place, problem, f"did you mean `{close[0]}`?" if close else "choose one of them"


def _bad_value(broken: _Broken) -> Iterator[_Line]:
    blank = isinstance(broken.given, str) and not broken.given.strip()
    yield broken.place, "is empty" if blank else f"{_quote(broken.given)} is not what belongs here", broken.mend


def _bounds(broken: _Broken) -> Iterator[_Line]:
    limit = f"{_LIMITS[broken.keyword]} {broken.wanted}"
    yield broken.place, f"{_quote(broken.given)} is out of range", broken.mend or f"it must be {limit}"


def _no_alternative(broken: _Broken) -> Iterator[_Line]:
    keys = [part["required"][0] for part in broken.wanted if isinstance(part, dict) and "required" in part]
    if keys and isinstance(broken.given, dict):
        yield _place((*broken.path, keys[0])), "is missing", broken.mend
    else:
        yield from _bad_value(broken)


def _few(broken: _Broken) -> Iterator[_Line]:
    yield broken.place, "is empty", broken.mend or "give at least one"


def _twice(broken: _Broken) -> Iterator[_Line]:
    yield broken.place, "holds the same entry twice", broken.mend or "keep one of them"


def _other(broken: _Broken) -> Iterator[_Line]:
    message = " ".join(broken.message.split())
    yield broken.place, message if len(message) <= 200 else message[:200] + "…", broken.mend


_EXPLAIN: dict[str, Callable[[_Broken], Iterator[_Line]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _wrong_type,
    "enum": _not_listed,
    "pattern": _bad_value,
    "const": _bad_value,
    "minLength": _bad_value,
    "maxLength": _bad_value,
    "minItems": _few,
    "uniqueItems": _twice,
    "anyOf": _no_alternative,
    "oneOf": _no_alternative,
    "minimum": _bounds,
    "maximum": _bounds,
    "exclusiveMinimum": _bounds,
    "exclusiveMaximum": _bounds,
}
