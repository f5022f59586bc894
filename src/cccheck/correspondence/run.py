"""Letters by the report of one run: every page against which something may be held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cccheck.correspondence.model import Addressee, is_page, site_named
from cccheck.errors import UsageError
from cccheck.journal import JOURNAL, Row, whole_rows
from cccheck.letters import Copy, alleged, license_of
from cccheck.model import Verdict, Work
from cccheck.report.kept import Originals
from cccheck.validation import nearest
from cccheck.works.record import work_from


def from_run(folder: Path, whom: Iterable[str] = ()) -> list[Addressee]:
    """The sites of a run on which something may be held against a page; of `whom` (sites or addresses) only, if given.

    Raises UsageError for one of `whom` where there is nothing to write about.
    """
    wanted = list(whom)
    originals = Originals(folder)
    works: dict[str, Work] = {}
    found: dict[str, list[Copy]] = {}
    for row in _violations(folder):
        if not wanted or any(_meant(row, name) for name in wanted):
            copy = _copy(row, works, originals)
            if copy is not None:
                found.setdefault(row["site"], []).append(copy)
    for name in wanted:
        if not any(_meant(copy.record, name) for copies in found.values() for copy in copies):
            known = sorted({row["site"] for row in _violations(folder)})
            hint = f"; {nearest(name, known)}" if known else ""
            raise UsageError(f"{name}: no page there is a violation in {folder}{hint}")
    return [Addressee(site, tuple(sorted(found[site], key=_address))) for site in sorted(found)]


def of_site(site: str, rows: Iterable[Row], works: dict[str, Work], originals: Originals) -> Addressee | None:
    """A site of a run by its rows; None where nothing may be held against its pages. `works` are those read so far."""
    found = [_copy(row, works, originals) for row in rows if _may_be_held(row)]
    copies = [copy for copy in found if copy is not None]
    return Addressee(site, tuple(sorted(copies, key=_address))) if copies else None


def _violations(folder: Path) -> Iterator[Row]:
    return (row for _, _, row in whole_rows(folder / JOURNAL) if _may_be_held(row))


def _may_be_held(row: Row) -> bool:
    return row["verdict"] == Verdict.VIOLATION and not row["accepted"] and bool(alleged(row))


def _address(copy: Copy) -> str:
    return str(copy.record["url"])


def _meant(row: Mapping[str, Any], name: str) -> bool:
    """Whether a page is the address that was named, or stands on the site that was."""
    if is_page(name):
        return name in (row["url"], row["final_url"])
    return row["site"] in (name, site_named(name))


def _copy(row: Row, works: dict[str, Work], originals: Originals) -> Copy | None:
    """The page with its work, which is read once."""
    key = row["work"]
    if key not in works:
        record = originals.get(key)
        if record is None:
            return None
        works[key] = work_from(record)
    return Copy(row, works[key], license_of(row, works[key]))
