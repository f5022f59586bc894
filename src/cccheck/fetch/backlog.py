"""The addresses still to fetch, by site: a table on disk, so that memory does not grow with their number."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from threading import Lock

from cccheck.fetch.site import site_of
from cccheck.fetch.urls import key
from cccheck.model import Target

_SCHEMA = """
PRAGMA cache_size = -500; -- KiB; more makes nothing faster
CREATE TABLE url (id INTEGER PRIMARY KEY, key TEXT UNIQUE, site TEXT);
CREATE TABLE target (url INT, url_text TEXT, hint TEXT, line INT, extra TEXT);
CREATE TABLE site (name TEXT PRIMARY KEY, waiting INT);
"""
_INDEXES = """
CREATE INDEX url_site ON url (site, id);
CREATE INDEX target_url ON target (url);
CREATE INDEX site_waiting ON site (waiting);
INSERT INTO site SELECT site, count(*) FROM url GROUP BY site;
"""


class Backlog:
    """Targets grouped by address and by site; the sites with most to fetch come first. Safe for threads."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._lock = Lock()
        self._table = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._table.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;" + _SCHEMA)
        for batch in _batches(targets, 1000):
            self._take_up(batch)
        self._table.executescript(_INDEXES)
        self._sites = self._in_order()

    def __len__(self) -> int:
        """How many addresses there are in all."""
        with self._lock:
            return int(self._table.execute("SELECT count(*) FROM url").fetchone()[0])

    def next_site(self) -> tuple[str, int] | None:
        """Another site and the number of its addresses, or None when all sites were given."""
        with self._lock:
            return next(self._sites, None)

    def next_targets(self, site: str) -> list[Target]:
        """All targets of one address of the site, in the order they came; empty when the site has no more."""
        with self._lock:
            row = self._table.execute("SELECT id FROM url WHERE site = ? ORDER BY id LIMIT 1", (site,)).fetchone()
            if row is None:
                return []
            rows = self._table.execute(
                "SELECT url_text, hint, line, extra FROM target WHERE url = ? ORDER BY rowid", row
            ).fetchall()
            self._table.execute("DELETE FROM url WHERE id = ?", row)
            self._table.execute("DELETE FROM target WHERE url = ?", row)
        return [Target(url, hint, line, json.loads(extra)) for url, hint, line, extra in rows]

    def close(self) -> None:
        """Let go of the table."""
        with self._lock:
            self._table.close()

    def _take_up(self, batch: list[Target]) -> None:
        keyed = [(key(t.url), t) for t in batch]
        self._table.executemany(
            "INSERT OR IGNORE INTO url (key, site) VALUES (?, ?)", [(k, site_of(t.url)) for k, t in keyed]
        )
        self._table.executemany(
            "INSERT INTO target SELECT id, ?, ?, ?, ? FROM url WHERE key = ?",
            [(t.url, t.hint, t.line, json.dumps(dict(t.extra)), k) for k, t in keyed],
        )

    def _in_order(self) -> Iterator[tuple[str, int]]:
        return iter(self._table.execute("SELECT name, waiting FROM site ORDER BY waiting DESC, rowid"))


def _batches(targets: Iterable[Target], size: int) -> Iterator[list[Target]]:
    iterator = iter(targets)
    while batch := list(islice(iterator, size)):
        yield batch
