"""A new profile as a commented file: what most publishers ask filled in, every other term there to be uncommented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cccheck.data import rules_dir
from cccheck.profiles.catalogue import kinds
from cccheck.validation import load_schema

_COMMON = frozenset({"says", "wish", "from", "until", "of"})
_EXAMPLES = {
    "sentences": '["{publisher} is a newsroom in …"]',
    "form": '"{author}, {publisher}"',
    "addresses": '["counter.publisher.example/count"]',
}


def new_profile(name: str, id: str, site: str, today: str) -> str:
    """The text of the file. `site` is a host, `today` a date such as 2026-11-01."""
    text = (rules_dir() / "new-profile.toml").read_text("utf-8")
    plain = " ".join(name.split()).replace("\\", "").replace('"', "'")
    filled = {"id": id, "site": site, "today": today, "name": plain}
    for key, value in filled.items():
        text = text.replace(f"<<{key}>>", value)
    return text.replace("<<terms>>", "\n".join(_commented(text)))


def _commented(text: str) -> Iterator[str]:
    """A line for each term that the text does not state, with what may be written."""
    schema = load_schema("profile")
    terms = schema["properties"]["terms"]["properties"]
    stated = text.partition("[terms]")[2].partition("[snippet]")[0]
    for name, kind in kinds().items():
        if f"\n{name} = " not in stated:
            keys = _keys(terms[name])
            values = ", ".join(f"{key} = {_example(key, part)}" for key, part in keys.items())
            choices = "; ".join(_choices(part) for part in keys.values() if "enum" in part)
            example = f"{{ {values} }}" if values else "{}"
            yield f"# {name} = {example} # {kind.title}{f' ({choices})' if choices else ''}"


def _keys(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """The term's own keys of which an example is shown."""
    properties = part.get("properties", {})
    own = {key: value for key, value in properties.items() if key not in _COMMON}
    return {key: value for key, value in own.items() if key in _EXAMPLES or "enum" in value}


def _example(key: str, part: Mapping[str, Any]) -> str:
    return _EXAMPLES.get(key) or f'"{part["enum"][0]}"'


def _choices(part: Mapping[str, Any]) -> str:
    return ", ".join(part["enum"])
