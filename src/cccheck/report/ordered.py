"""A run's pages in the order of the reports, by site and by work, and their sums. Memory stays flat: it is on disk."""

from __future__ import annotations

import json
import os
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import IO, Any, NamedTuple

from cccheck.errors import UsageError
from cccheck.journal import JOURNAL, Row, whole_rows
from cccheck.model import SITE_ORDER, Verdict

# Where each page's line stands in the journal, and what orders and sums it.
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE page (site TEXT, url TEXT, hint TEXT, work TEXT, verdict TEXT, reason TEXT, accepted INT, place INT);
BEGIN;
"""
_INDEXES = """
CREATE INDEX in_order ON page (site, url, hint, place, verdict, accepted);
CREATE INDEX of_work ON page (work, site, url, hint, place, verdict, accepted);
CREATE TABLE place (verdict TEXT PRIMARY KEY, number INT);
CREATE TABLE note (site TEXT PRIMARY KEY, said TEXT) WITHOUT ROWID;
BEGIN; -- never ended: what is asked and noted from now on takes no locks
"""
_BY_NEED = """
WITH counted AS (SELECT site, number, count(*) AS pages FROM page JOIN place USING (verdict)
                 WHERE NOT accepted GROUP BY site, number),
     worst AS (SELECT site, min(number) AS number, pages FROM counted GROUP BY site)
SELECT site FROM (SELECT DISTINCT site FROM page) LEFT JOIN worst USING (site)
ORDER BY coalesce(number, 9), pages DESC, site
"""
_REASONS = """
SELECT reason, count(*) FROM page WHERE verdict = 'unavailable' AND NOT accepted
GROUP BY reason ORDER BY 2 DESC, 1
"""


class SiteCounts(NamedTuple):
    """A site, how many pages it has, and how many of those that count have each verdict."""

    site: str
    pages: int
    verdicts: Counter[str]

    @property
    def verdict(self) -> str:
        return site_verdict(self.verdicts)


def site_verdict(verdicts: Counter[str]) -> str:
    """The first verdict, in the order of attention, that one of the pages has."""
    return next((verdict.value for verdict in SITE_ORDER if verdicts.get(verdict.value)), Verdict.COMPLIANT.value)


@contextmanager
def ordered(folder: Path, moved: str = "") -> Iterator[OrderedPages]:
    """The pages of the run in `folder`. Raises UsageError where there is no room to sort them."""
    try:
        pages = OrderedPages(folder / JOURNAL, moved)
        try:
            yield pages
        finally:
            pages.close()
    except sqlite3.OperationalError as error:
        raise UsageError(f"{gettempdir()}: pages cannot be sorted there ({error}); make room and try again") from None


class OrderedPages:
    """The journal's pages, sorted. `moved` leads from a report to the run's folder, where it lies elsewhere."""

    def __init__(self, path: Path, moved: str = "") -> None:
        self._moved = moved
        self._table = sqlite3.connect("", isolation_level=None)
        self._table.executescript(_TABLES)
        rows = (_columns(row, offset) for offset, _, row in whole_rows(path))
        self._table.executemany("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._table.executescript(_INDEXES)
        order = [(verdict.value, number) for number, verdict in enumerate(SITE_ORDER)]
        self._table.executemany("INSERT INTO place VALUES (?, ?)", order)
        self._journal: IO[bytes] = path.open("rb")

    def close(self) -> None:
        self._journal.close()
        self._table.close()

    def summary(self) -> dict[str, Any]:
        """How many sites and pages, and how many pages have each verdict; accepted pages count in no verdict."""
        ((sites, pages),) = self._ask("SELECT count(DISTINCT site), count(*) FROM page")
        counts = dict(self._ask("SELECT verdict, count(*) FROM page WHERE NOT accepted GROUP BY verdict"))
        verdicts = {verdict.value: counts.get(verdict.value, 0) for verdict in Verdict}
        return {"sites": sites, "pages": pages, "verdicts": verdicts}

    def sites(self) -> Iterator[SiteCounts]:
        """Each site, by name."""
        return self._counted("SELECT DISTINCT site FROM page ORDER BY site")

    def sites_by_need(self) -> Iterator[SiteCounts]:
        """Each site: what needs attention first, then those with most pages of that kind."""
        return self._counted(_BY_NEED)

    def works(self) -> Iterator[tuple[str, int, Counter[str]]]:
        """The id of each work that a page names, with the number of its pages, and how many have each verdict."""
        for work, pages in self._ask("SELECT work, count(*) FROM page WHERE work != '' GROUP BY work ORDER BY work"):
            count = "SELECT verdict, count(*) FROM page WHERE work = ? AND NOT accepted GROUP BY verdict"
            yield work, pages, Counter(dict(self._ask(count, work)))

    def count_works(self) -> int:
        """How many works pages name."""
        ((count,),) = self._ask("SELECT count(DISTINCT work) FROM page WHERE work != ''")
        return int(count)

    def count_sites(self, work: str) -> int:
        """On how many sites a work is."""
        ((count,),) = self._ask("SELECT count(DISTINCT site) FROM page WHERE work = ?", work)
        return int(count)

    def has(self, site: str) -> bool:
        """Whether a site has pages in this run."""
        return self._ask("SELECT 1 FROM page WHERE site = ? LIMIT 1", site).fetchone() is not None

    def count_accepted(self) -> int:
        """How many pages are accepted."""
        ((count,),) = self._ask("SELECT count(*) FROM page WHERE accepted")
        return int(count)

    def remember(self, site: str, said: str) -> None:
        """Keep a few words about a site, for a list that is written later."""
        self._ask("INSERT OR REPLACE INTO note VALUES (?, ?)", site, said)

    def remembered(self, site: str) -> str:
        """What was kept about a site."""
        found = self._ask("SELECT said FROM note WHERE site = ?", site).fetchone()
        return str(found[0]) if found else ""

    def unavailable(self) -> list[tuple[str, int]]:
        """Why pages could not be checked, and how many, most first."""
        return list(self._ask(_REASONS))

    def places(self) -> array[int]:
        """Where each page's row begins in the journal, in the order of works: pages of one follow each other."""
        found = self._ask("SELECT place FROM page ORDER BY work, site, url, hint, place")
        return array("Q", (place for (place,) in found))

    def rows(self) -> Iterator[Row]:
        """The journal's rows of all pages, by site, URL and hint."""
        return self._rows("true ORDER BY site, url, hint, place")

    def pages(self, site: str) -> Iterator[Row]:
        """The journal's rows of a site, by URL, then by hint."""
        return self._rows("site = ? ORDER BY url, hint, place", site)

    def pages_of_work(self, work: str) -> Iterator[Row]:
        """The journal's rows that name a work, by site, URL and hint."""
        return self._rows("work = ? ORDER BY site, url, hint, place", work)

    def pages_unavailable(self, reason: str) -> Iterator[Row]:
        """The journal's rows of pages that could not be checked for that reason."""
        return self._rows("verdict = 'unavailable' AND reason = ? ORDER BY site, url, hint, place", reason)

    def pages_accepted(self) -> Iterator[Row]:
        """The journal's rows of accepted pages."""
        return self._rows("accepted ORDER BY site, url, hint, place")

    def _counted(self, sites: str) -> Iterator[SiteCounts]:
        count = "SELECT verdict, sum(NOT accepted), count(*) FROM page WHERE site = ? GROUP BY verdict"
        for (site,) in self._ask(sites):
            found = list(self._ask(count, site))
            verdicts = Counter({verdict: counted for verdict, counted, _ in found if counted})
            yield SiteCounts(site, sum(number for *_, number in found), verdicts)

    def _rows(self, where: str, *values: str) -> Iterator[Row]:
        for (offset,) in self._ask("SELECT place FROM page WHERE " + where, *values):  # noqa: S608 - constants of this class
            yield row_at(self._journal, offset, self._moved)

    def _ask(self, query: str, *values: str) -> sqlite3.Cursor:
        return self._table.execute(query, values)


def row_at(journal: IO[bytes], place: int, moved: str = "") -> Row:
    """The journal's row that begins there; `moved`: see `OrderedPages`."""
    journal.seek(place)
    row: Row = json.loads(journal.readline())
    for capture in row["captures"] if moved else ():
        if capture.get("warc"):
            capture["warc"] = os.path.normpath(Path(moved, capture["warc"]))
    return row


def _columns(row: Row, offset: int) -> tuple[Any, ...]:
    names = ("hint", "work", "verdict", "reason")
    hint, work, verdict, reason = (row[name] or "" for name in names)
    return row["site"], row["url"], hint, work, verdict, reason, bool(row["accepted"]), offset
