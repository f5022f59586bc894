"""JSON Schemas compiled to closures: a yes or no, some ten times faster than jsonschema says it.

A catalogue of 10,000 records is checked each time it is opened. What is plainly good passes here; everything else goes
to jsonschema, which says what is wrong. A keyword unknown here makes the whole schema uncompiled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Test = Callable[[Any], bool]

_TYPES: dict[str, Test] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}
_SILENT = frozenset(
    {"$schema", "$id", "$defs", "title", "description", "default", "x-mend", "examples", "then", "else"}
)


class Uncompiled(Exception):
    """The schema uses what this compiler does not know."""


def compile_schema(schema: Mapping[str, Any]) -> Test:
    """A test that is true only for documents that keep to the schema. Raises Uncompiled."""
    return _compile(schema, schema)


def _compile(schema: Any, root: Mapping[str, Any]) -> Test:
    if not isinstance(schema, dict):
        raise Uncompiled("a schema that is no object")
    tests = [_KEYWORDS[key](value, schema, root) for key, value in schema.items() if _known(key)]
    return tests[0] if len(tests) == 1 else lambda value: all(test(value) for test in tests)


def _known(key: str) -> bool:
    if key not in _KEYWORDS and key not in _SILENT:
        raise Uncompiled(key)
    return key in _KEYWORDS


def _type(wanted: Any, _schema: Any, _root: Any) -> Test:
    if isinstance(wanted, str):
        return _TYPES[wanted]
    tests = [_TYPES[name] for name in wanted]
    return lambda value: any(test(value) for test in tests)


def _ref(pointer: str, _schema: Any, root: Mapping[str, Any]) -> Test:
    if not pointer.startswith("#/$defs/") or pointer.count("/") > 2:
        raise Uncompiled(pointer)
    return _compile(root["$defs"][pointer.removeprefix("#/$defs/")], root)


def _properties(parts: Mapping[str, Any], schema: Mapping[str, Any], root: Any) -> Test:
    tests = {name: _compile(part, root) for name, part in parts.items()}
    closed = schema.get("additionalProperties", True) is False

    def test(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        if closed and not value.keys() <= tests.keys():
            return False
        return all(tests[name](part) for name, part in value.items() if name in tests)

    return test


def _additional(allowed: Any, schema: Mapping[str, Any], _root: Any) -> Test:
    if not isinstance(allowed, bool) or "properties" not in schema:
        raise Uncompiled("additionalProperties")
    return lambda _value: True  # `properties` sees to it


def _required(names: list[str], _schema: Any, _root: Any) -> Test:
    wanted = set(names)
    return lambda value: not isinstance(value, dict) or wanted <= value.keys()


def _items(part: Any, _schema: Any, root: Any) -> Test:
    test = _compile(part, root)
    return lambda value: not isinstance(value, list) or all(test(item) for item in value)


def _unique(wanted: bool, _schema: Any, _root: Any) -> Test:
    def test(value: Any) -> bool:
        if not wanted or not isinstance(value, list):
            return True
        return all(isinstance(item, str) for item in value) and len(set(value)) == len(value)

    return test


def _pattern(text: str, _schema: Any, _root: Any) -> Test:
    found = re.compile(text).search
    return lambda value: not isinstance(value, str) or found(value) is not None


def _length(kind: type[str] | type[list[Any]], fits: Callable[[int, int], bool]) -> Callable[[Any, Any, Any], Test]:
    return lambda bound, _schema, _root: lambda value: not isinstance(value, kind) or fits(len(value), bound)


def _bound(fits: Callable[[float, float], bool]) -> Callable[[Any, Any, Any], Test]:
    return lambda bound, _schema, _root: lambda value: not _TYPES["number"](value) or fits(value, bound)


def _words(allowed: list[Any], _schema: Any, _root: Any) -> Test:
    if not all(isinstance(word, str) for word in allowed):
        raise Uncompiled("enum")
    return lambda value: isinstance(value, str) and value in allowed


def _const(wanted: Any, _schema: Any, _root: Any) -> Test:
    return lambda value: type(value) is type(wanted) and value == wanted


def _some(parts: list[Any], _schema: Any, root: Any, *, one: bool = False) -> Test:
    tests = [_compile(part, root) for part in parts]
    if one:
        return lambda value: sum(test(value) for test in tests) == 1
    return lambda value: any(test(value) for test in tests)


def _one(parts: list[Any], schema: Any, root: Any) -> Test:
    return _some(parts, schema, root, one=True)


def _condition(part: Any, schema: Mapping[str, Any], root: Any) -> Test:
    test, yes, no = (_compile(branch, root) for branch in (part, schema.get("then", {}), schema.get("else", {})))
    return lambda value: yes(value) if test(value) else no(value)


_KEYWORDS: dict[str, Callable[[Any, Any, Any], Test]] = {
    "type": _type,
    "$ref": _ref,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "items": _items,
    "uniqueItems": _unique,
    "pattern": _pattern,
    "minLength": _length(str, lambda size, bound: size >= bound),
    "maxLength": _length(str, lambda size, bound: size <= bound),
    "minItems": _length(list, lambda size, bound: size >= bound),
    "maxItems": _length(list, lambda size, bound: size <= bound),
    "minimum": _bound(lambda value, bound: value >= bound),
    "maximum": _bound(lambda value, bound: value <= bound),
    "enum": _words,
    "const": _const,
    "anyOf": _some,
    "oneOf": _one,
    "if": _condition,
}
