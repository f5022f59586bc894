"""Reads pack files (TOML) and works out what each pack inherits. Packs are plain tables here; nothing is interpreted.

A file holds one pack. `[units.<unit>]` makes one pack a unit of it (`cc-by-sa-4.0` from `cc-4.0`), whose table gives
the values for the clauses. A file with the id of a pack that is already there is laid over it, key by key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cccheck.data import read_toml
from cccheck.errors import DataError
from cccheck.validation import nearest, problems

Table = dict[str, Any]
_OWN = frozenset({"id", "abstract", "units", "license", "file"})  # keys that are not inherited


def read_packs(folders: Iterable[Path], trusted: Path) -> dict[str, Table]:
    """All packs of the folders by id, as written. Those of the `trusted` folder are not validated: tests do that."""
    packs: dict[str, Table] = {}
    for folder in folders:
        for path in pack_files(folder):
            pack = _read(path, validate=folder != trusted)
            for one in (pack, *_of_units(pack)):
                packs[one["id"]] = _laid_over(packs.get(one["id"], {}), one)
    return packs


def pack_files(folder: Path) -> list[Path]:
    """The pack files of a folder, in the order of their names. A folder that is none is an error."""
    if not folder.is_dir():
        raise DataError(folder, "", "is no folder", "name a folder with rule packs (*.toml)")
    return sorted(folder.glob("*.toml"))


def resolve(packs: Mapping[str, Table], name: str) -> Table:
    """A pack with all that it inherits. Its rules, their `when` tables and its `vars` are joined key by key."""
    chain = list(_ancestry(packs, name))
    joined: Table = {}
    for pack in reversed(chain):
        joined = _laid_over({key: value for key, value in joined.items() if key not in _OWN}, pack)
    return joined


def pack_id(unit: str, version: str | None, jurisdiction: str | None = None) -> str:
    """The id of a unit's pack: `cc-by-nc-4.0`, `cc-by-3.0-igo`, `cc-sampling-plus-1.0`."""
    return "-".join(part for part in ("cc", unit.replace("+", "-plus"), version, jurisdiction) if part)


def _read(path: Path, validate: bool) -> Table:
    pack = read_toml(path)
    if validate:
        wrong = problems(pack, "rules", path)
        if wrong:
            raise wrong[0]
    return pack | {"file": path}


def _of_units(pack: Table) -> Iterator[Table]:
    """The packs that a file's `[units]` make: each inherits the file's own pack."""
    version, jurisdiction = pack.get("version"), pack.get("jurisdiction")
    for unit, values in pack.get("units", {}).items():
        license = {"unit": unit, "version": version, "jurisdiction": jurisdiction}
        name = pack_id(unit, version, jurisdiction)
        yield {"id": name, "inherits": pack["id"], "license": license, "vars": values, "file": pack["file"]}


def _laid_over(below: Table, above: Mapping[str, Any]) -> Table:
    """Two tables joined: what is above wins, tables within are joined in turn."""
    joined = dict(below)
    for key, value in above.items():
        under = joined.get(key)
        joined[key] = _laid_over(under, value) if isinstance(under, dict) and isinstance(value, Mapping) else value
    return joined


def _ancestry(packs: Mapping[str, Table], name: str) -> Iterator[Table]:
    """A pack, the one it inherits, and so on. An unknown name and a circle are errors."""
    seen: list[str] = []
    child: Table | None = None
    while name:
        if name not in packs:
            file = child["file"] if child else ""
            raise DataError(file, "inherits", f"`{name}` is no pack", nearest(name, sorted(packs)))
        if name in seen:
            circle = " → ".join([*seen[seen.index(name) :], name])
            raise DataError(packs[name]["file"], "inherits", f"goes in a circle: {circle}", "break it")
        seen.append(name)
        child = packs[name]
        yield child
        name = child.get("inherits", "")
