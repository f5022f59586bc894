"""Pages of what a JSON Schema says: every member of a document, what it may hold, what it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from cccheck.data import schema_path
from generating.markdown import MADE, escaped, joined, table

KINDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "object",
    "null": "null",
}
SCHEMAS = {
    "report": "report.json",
    "work": "Work records",
    "rules": "Packs of rules",
    "profile": "Publishers' profiles",
    "accepted": "accepted.toml",
}


def schema_pages() -> dict[str, str]:
    return {f"reference/{kind}.md": joined(schema_lines(kind, title)) for kind, title in SCHEMAS.items()}


def schema_lines(kind: str, title: str) -> Iterator[str]:
    schema = read_schema(kind)
    yield MADE.format(f"the JSON Schema of {title}")
    yield f"# {title}\n"
    calls = f"`cccheck schema {kind}` prints the JSON Schema, `cccheck schema check FILE` holds a file against it."
    yield f"{escaped(schema['description'])} {calls}\n"
    objects: dict[str, list[tuple[str, ...]]] = {}
    for path, value, text in members(schema):
        inside, _, name = path.rpartition(".")
        objects.setdefault(inside, []).append((f"`{name}`", f"{escaped(text)} ({value})"))
    for inside, rows in objects.items():
        yield from [f"## `{inside}`\n"] if inside else ()
        yield from table(("member", "what it says, and what it holds"), iter(rows))


def read_schema(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema_path(kind).read_text(encoding="utf-8"))
    return found


def members(schema: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every member of a document once: its path, what it may hold, what the schema says of it; references followed."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in _members(schema, schema, "", ()):
        found.setdefault(row[0], row)
    yield from found.values()


def _members(
    root: dict[str, Any], part: dict[str, Any], path: str, seen: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    for form in _forms(root, part):
        if id(form) in map(id, seen):
            continue
        more = (*seen, form)
        for name, child in form.get("properties", {}).items():
            here = f"{path}.{name}".lstrip(".")
            yield here, _value(root, child), _described(root, child)
            yield from _members(root, child, here, more)
        if isinstance(form.get("items"), dict):
            yield from _members(root, form["items"], f"{path}[]", more)
        if isinstance(form.get("additionalProperties"), dict):
            yield from _members(root, form["additionalProperties"], f"{path}.*", more)


def _forms(root: dict[str, Any], part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a schema stands for: itself, what it refers to, each of its alternatives."""
    yield part
    if "$ref" in part:
        yield from _forms(root, root["$defs"][part["$ref"].rsplit("/", 1)[1]])
    for key in ("oneOf", "anyOf", "then", "else"):
        found = part.get(key, [])
        for form in found if isinstance(found, list) else [found]:
            yield from _forms(root, form)


def _value(root: dict[str, Any], part: dict[str, Any]) -> str:
    """The kinds of value, or the words that are allowed."""
    found: list[str] = []
    for form in _forms(root, part):
        if "enum" in form:
            found += [f"`{word}`" for word in form["enum"]]
        elif "const" in form:
            found.append(f"`{json.dumps(form['const'])}`")
        else:
            kinds = form.get("type", [])
            found += [KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    return ", ".join(dict.fromkeys(found))


def _described(root: dict[str, Any], part: dict[str, Any]) -> str:
    return next((form["description"] for form in _forms(root, part) if "description" in form), "")
