"""Whom to write to about what: a run's pages put together by site, each with its work and what is known of its case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cccheck.creditline import credit_line
from cccheck.errors import UsageError
from cccheck.fetch.site import owner_site
from cccheck.journal import JOURNAL, Row, iter_rows
from cccheck.letters import Copy, alleged
from cccheck.licenses import License, parse_license
from cccheck.model import Verdict, Work
from cccheck.report.kept import Originals
from cccheck.works.record import work_from


@dataclass(frozen=True, slots=True)
class Addressee:
    """A site that may be written to, and the pages to write about, by address."""

    site: str
    copies: tuple[Copy, ...]


def addressees(folder: Path, whom: Iterable[str] = ()) -> list[Addressee]:
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
            raise UsageError(f"{name}: no page there is a violation in {folder}; name a site or an address of that run")
    return [Addressee(site, tuple(sorted(found[site], key=_address))) for site in sorted(found)]


def _violations(folder: Path) -> Iterator[Row]:
    for _, _, row in iter_rows(folder / JOURNAL):
        if row["verdict"] == Verdict.VIOLATION and not row["accepted"] and alleged(row):
            yield row


def _address(copy: Copy) -> str:
    return str(copy.record["url"])


def _meant(row: Mapping[str, Any], name: str) -> bool:
    """Whether a page is the address that was named, or stands on the site that was."""
    if "://" in name and urlsplit(name).path.strip("/"):
        return name in (row["url"], row["final_url"])
    return row["site"] in (name, owner_site(name if "//" in name else f"https://{name}/"))


def _copy(row: Row, works: dict[str, Work], originals: Originals) -> Copy | None:
    """The page with its work, which is read once."""
    key = row["work"]
    if key not in works:
        record = originals.get(key)
        if record is None:
            return None
        works[key] = work_from(record)
    return Copy(row, works[key], licence_of(row, works[key]))


def licence_of(row: Row, work: Work) -> License | None:
    """The licence by which a page was judged: of several, the one that its credit line is for."""
    known = [licence for licence in map(parse_license, work.licenses) if licence is not None]
    reported = (row["credit_line"] or {}).get("text")
    return next((licence for licence in known if credit_line(work, licence).text == reported), next(iter(known), None))
