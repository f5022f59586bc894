"""The table of every Creative Commons tool, and of what a folder of rules adds to it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from cccheck.data import rules_dir
from cccheck.errors import DataError
from cccheck.licenses.model import ELEMENTS, License

HOST = "https://creativecommons.org"
PUBLIC_DOMAIN = frozenset({"zero", "mark", "certification"})

_declared: dict[tuple[str, str | None, str | None], License] = {}
_declared_urls: dict[str, License] = {}
_declared_ids: dict[str, License] = {}


@cache
def data(name: str) -> Any:
    """The file `rules/cc/<name>.json`, read once. Raises DataError where it is missing or broken."""
    path = rules_dir() / "cc" / f"{name}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(path, "", str(error), "reinstall cccheck") from error


@cache
def _table() -> dict[tuple[str, str | None, str | None], License]:
    table = {}
    for unit, version, jurisdiction, spdx, title in data("tools")["tools"]:
        key = (unit, version, jurisdiction or None)
        table[key] = License(unit, version, jurisdiction or None, spdx, title, address(*key))
    return table


def address(unit: str, version: str | None, jurisdiction: str | None = None) -> str:
    """The canonical address on creativecommons.org, which ends in a slash."""
    section = "publicdomain" if unit in PUBLIC_DOMAIN else "licenses"
    return "/".join(part for part in (HOST, section, unit, version, jurisdiction) if part) + "/"


def all_tools() -> tuple[License, ...]:
    """Every tool that Creative Commons ever published, in the table's order."""
    return tuple(_table().values())


@cache
def _first_titles() -> dict[str, str]:
    return {unit: lic.title.partition(f" {lic.version}")[0] for (unit, _, place), lic in _table().items() if not place}


@cache
def units() -> frozenset[str]:
    """Every unit there is: `by`, `by-nc-nd`, `zero`, `sampling+` …"""
    return frozenset(unit for unit, _, _ in _table())


@cache
def versions(unit: str) -> tuple[str, ...]:
    """The versions that a unit was published in, oldest first, ports included."""
    return tuple(sorted({v for u, v, _ in _table() if u == unit and v}))


def retired(unit: str) -> str | None:
    """The day a unit was retired (`2004-05-25`), or None. A retired licence still binds the works that carry it."""
    day: str | None = data("tools")["retired"].get(unit)
    return day


def jurisdictions() -> dict[str, str]:
    """Codes of the ports, with their names in English."""
    found: dict[str, str] = data("tools")["jurisdictions"]
    return found


@cache
def canonical_unit(name: str, version: str | None) -> str | None:
    """The unit that a name means: elements in any order, 1.0's own order for its no-derivatives licences; or None."""
    parts = name.split("-")
    if not all(part in ELEMENTS for part in parts) or len(set(parts)) != len(parts):
        return name if name in units() else None
    wanted = set(parts)
    fitting = [unit for unit in sorted(units()) if set(unit.split("-")) == wanted]
    if len(fitting) > 1:  # by-nc-nd and by-nd-nc
        fitting = [unit for unit in fitting if (unit == "by-nd-nc") == (version == "1.0")]
    return fitting[0] if fitting else None


def tool(unit: str, version: str | None, jurisdiction: str | None = None) -> License | None:
    """The licence of that unit, version and jurisdiction; without a version the unit alone. None where there is none.

    A jurisdiction without a port of its own gives the unported text; a version that exists in ports only stands alone.
    """
    key = (unit, version, jurisdiction)
    table = _table()
    found = table.get(key) or _declared.get(key) or table.get((unit, version, None)) or _declared.get((*key[:2], None))
    if found:
        return found
    if version is None and unit in units():
        return License(unit, None, None, None, _first_titles().get(unit, unit), address(unit, None))
    if version in versions(unit):
        return _only_in_ports(unit, version)
    return None


def _only_in_ports(unit: str, version: str | None) -> License:
    """A version without an unported text, its port not named; where there is but one port, that one."""
    ports = [lic for lic in _table().values() if (lic.unit, lic.version) == (unit, version)]
    return ports[0] if len(ports) == 1 else License(unit, version, None, None, _first_titles().get(unit, unit), None)


def forget_declared() -> None:
    """Know Creative Commons' own tools only, as at the start of the process."""
    for known in (_declared, _declared_urls, _declared_ids):
        known.clear()


def declare(license: License, identifiers: tuple[str, ...] = (), urls: tuple[str, ...] = ()) -> None:
    """Make a licence of a folder of rules known to this process: to `parse_license` and to `from_url`."""
    _declared[(license.unit, license.version, license.jurisdiction)] = license
    _declared_ids.update({name.casefold(): license for name in (*identifiers, license.spdx) if name})
    _declared_urls.update({url_key(url): license for url in (*urls, license.url) if url})


def declared_url(url: str) -> License | None:
    """The declared licence at that address, if any."""
    return _declared_urls.get(url_key(url)) if _declared_urls else None


def declared_id(text: str) -> License | None:
    """The declared licence with that identifier, if any."""
    return _declared_ids.get(text.casefold())


def url_key(url: str) -> str:
    """An address without scheme, `www.`, query, fragment and closing slash, in lower case."""
    rest = url.strip().lower().split("#")[0].split("?")[0].partition("//")[2] or url.strip().lower()
    return rest.removeprefix("www.").rstrip("/")
