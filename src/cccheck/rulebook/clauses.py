"""Where a condition stands in a licence's text: the clause as people cite it, and its address.

A wrong clause number is a wrong statement. Ports number their clauses in their own way: only the attribution clause of
each is known (`rules/cc/ports.json`); where nothing is known the licence is cited without a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from cccheck.licenses import License
from cccheck.licenses.tools import data

Anchors = Literal["full", "two", "none"]

_NUMBERED = re.compile(r"^\d+(?:\([a-zA-Z]+\)|\(\d+\))+")
_LEVELS = re.compile(r"\(([^)]*)\)")
_PORTS_ONLY = "2.1"  # a version without an unported text
_CREDIT = "{credit}"  # the variable for the attribution clause, whose number ports.json knows


@dataclass(frozen=True, slots=True)
class Source:
    """How a pack writes a clause: the template, its values filled in, the address of the text, how its anchors go."""

    template: str  # as in the pack: "{credit}(i)"
    number: str  # filled in: "4(c)(i)"; empty where the licence has no such clause
    code: str  # address of the legal code; empty without one
    anchor: str | None = None  # set where the text's anchor is not the clause without brackets
    anchors: Anchors = "none"


def cite(license: License, source: Source) -> tuple[str, str]:
    """The clause (`CC BY 4.0 §3(a)(1)(A)(i)`) and its address, for that licence. Both empty outside CC's licences."""
    if license.kind in ("unspecified", "permission"):
        return "", ""
    if license.jurisdiction:
        return _cite_port(license, source)
    number = f" §{source.number}" if source.number else ""
    if number and license.version == _PORTS_ONLY:
        number = f" ({_text(license)}{number})"
    return license.short + number, address(source) or license.url or ""


def address(source: Source) -> str:
    """The address of the clause in the unported text; of the whole text where it has no anchor."""
    if not source.code:
        return ""
    anchor = source.anchor if source.anchor is not None else _anchor(source)
    return f"{source.code}#{anchor}" if anchor else source.code


def _anchor(source: Source) -> str:
    """Creative Commons' own rule: `s` and the clause without brackets; 3.0's page stops at the second level."""
    match = _NUMBERED.match(source.number)
    if source.anchors == "none" or not match:
        return ""
    levels = _LEVELS.findall(match[0])
    return "s" + source.number.split("(")[0] + "".join(levels[:1] if source.anchors == "two" else levels)


def _cite_port(license: License, source: Source) -> tuple[str, str]:
    code = f"{license.url}legalcode" if license.url else ""
    attribution = source.template.startswith(_CREDIT)
    different = _port("different", license).get(license.unit)
    if not source.number or license.unit in _port("unknown", license):
        return license.short, code
    if different:
        return (f"{license.short} §{different}" if attribution else license.short), code
    if attribution:
        return f"{license.short} §{source.number.removesuffix(source.template.removeprefix(_CREDIT))}", code
    return f"{license.short} ({_text(license)} §{source.number})", code


def _text(license: License) -> str:
    """The text that a port's own was made from."""
    return "2.0 text" if license.version == _PORTS_ONLY else "unported text"


def _port(kind: str, license: License) -> dict[str, str]:
    found: dict[str, str] = data("ports")[kind].get(f"{license.version}/{license.jurisdiction}", {})
    return found
