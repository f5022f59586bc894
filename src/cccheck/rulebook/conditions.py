"""What the legal code itself says: every condition of every licence, its clause and words (rules/cc/conditions.json).

The packs are checked against it, `rule show` quotes it, and the coverage table lists it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cccheck.licenses import License
from cccheck.licenses.tools import data


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a licence's text. `asked` says when it is due, in the words of a rule's `due`."""

    version: str
    units: tuple[str, ...]
    name: str
    asked: str
    clause: str  # empty where the text has no such condition
    quote: str  # words of the legal code, which is in the public domain


@cache
def conditions() -> tuple[Condition, ...]:
    """All conditions, in the order of the texts."""
    return tuple(Condition(version, tuple(units), *rest) for version, units, *rest in data("conditions"))


def conditions_of(license: License) -> tuple[Condition, ...]:
    """The conditions of a licence's unported text. 2.1, which has none, has those of 2.0."""
    version = "2.0" if license.version == "2.1" else license.version
    return tuple(c for c in conditions() if c.version == version and license.unit in c.units)


def quotation(license: License, names: tuple[str, ...]) -> str:
    """The words of the legal code for the first of these conditions that has any; empty if none has."""
    found = {c.name: c.quote for c in conditions_of(license)}
    return next((found[name] for name in names if found.get(name)), "")
