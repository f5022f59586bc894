"""report.json: the run, its sums, and every site with its pages, streamed from the journal in order of site and URL."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import gettempdir
from typing import IO, Any

from cccheck import __version__
from cccheck.errors import UsageError
from cccheck.files import replacing
from cccheck.journal import JOURNAL, RunInfo, iter_rows
from cccheck.model import SITE_ORDER, Verdict
from cccheck.report.formats import Order

SCHEMA_VERSION = "1.0"
NAME = "report.json"

# Where each page's line stands in the journal, and what orders and sums it: on disk, so that memory stays flat.
_TABLE = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE page (site TEXT, url TEXT, hint TEXT, verdict TEXT, accepted INT, place INT);
"""
_INDEX = "CREATE INDEX in_order ON page (site, url, hint)"


def write(order: Order) -> Path:
    """Write `report.json`; see `formats`."""
    write_json(order.folder, order.info, order.output)
    return order.output / NAME


def write_json(folder: Path, info: RunInfo, output: Path | None = None) -> dict[str, Any]:
    """Write `report.json` from the journal; its summary. Raises UsageError where it cannot be written.

    Without `output` it goes into the run's folder; elsewhere, archives are named from there.
    """
    moved = os.path.relpath(folder, output) if output and output.resolve() != folder.resolve() else ""
    try:
        with closing(_Pages(folder / JOURNAL, moved)) as pages, replacing((output or folder) / NAME) as out:
            for piece in _pieces(info, pages):
                out.write(piece)
            return pages.summary()
    except sqlite3.OperationalError as error:
        raise UsageError(f"{gettempdir()}: pages cannot be sorted there ({error}); make room and try again") from None


def report_pieces(folder: Path, info: RunInfo) -> Iterator[str]:
    """The text of the report that the journal gives, piece by piece."""
    with closing(_Pages(folder / JOURNAL)) as pages:
        yield from _pieces(info, pages)


class _Pages:
    """The journal's pages, sorted. `moved` leads from the report to the run's folder, where it lies elsewhere."""

    def __init__(self, path: Path, moved: str = "") -> None:
        self._moved = moved
        self._table = sqlite3.connect("", isolation_level=None)
        self._table.executescript(_TABLE + "BEGIN")
        rows = (
            (row["site"], row["url"], row["hint"] or "", row["verdict"], bool(row["accepted"]), offset)
            for offset, _, row in iter_rows(path)
        )
        self._table.executemany("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._table.execute(_INDEX)
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

    def sites(self) -> Iterator[tuple[str, Counter[str]]]:
        """Each site, and how many of its pages have each verdict."""
        count = "SELECT verdict, count(*) FROM page WHERE site = ? AND NOT accepted GROUP BY verdict"
        for (site,) in self._ask("SELECT DISTINCT site FROM page ORDER BY site"):
            yield site, Counter(dict(self._ask(count, site)))

    def pages(self, site: str) -> Iterator[dict[str, Any]]:
        """The journal's rows of a site, by URL, then by hint."""
        for (offset,) in self._ask("SELECT place FROM page WHERE site = ? ORDER BY url, hint, place", site):
            self._journal.seek(offset)
            row: dict[str, Any] = json.loads(self._journal.readline())
            for capture in row["captures"] if self._moved else ():
                if capture.get("warc"):
                    capture["warc"] = os.path.normpath(Path(self._moved, capture["warc"]))
            yield row

    def _ask(self, query: str, *values: str) -> sqlite3.Cursor:
        return self._table.execute(query, values)


def _pieces(info: RunInfo, pages: _Pages) -> Iterator[str]:
    """The head, then a line a page, between the lines of its site."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "cccheck", "version": info.version or __version__},
        "run": {
            "id": info.id,
            "started": info.started,
            "finished": info.finished,
            "rules_digest": info.rules_digest,
            "corpus_digest": info.corpus_digest,
            "inputs_digest": info.inputs_digest,
            "problems": list(info.problems),
        },
        "summary": pages.summary(),
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "sites": ['
    for number, (site, verdicts) in enumerate(pages.sites()):
        yield (",\n" if number else "\n") + _site_head(site, verdicts)
        for place, row in enumerate(pages.pages(site)):
            del row["site"]
            yield (",\n" if place else "") + "    " + json.dumps(row, ensure_ascii=False)
        yield "\n  ]}"
    yield "\n ]}\n"


def _site_head(site: str, verdicts: Counter[str]) -> str:
    head = {"site": site, "verdict": site_verdict(verdicts), "verdicts": dict(sorted(verdicts.items()))}
    return "  " + json.dumps(head, ensure_ascii=False)[:-1] + ', "pages": [\n'


def site_verdict(verdicts: Counter[str]) -> str:
    """The first verdict, in the order of attention, that one of the pages has."""
    return next((verdict.value for verdict in SITE_ORDER if verdicts.get(verdict.value)), Verdict.COMPLIANT.value)
