"""What WARC files hold, by address: a table on disk, so that memory stays flat however many records there are."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

_SCHEMA = """
PRAGMA cache_size = -500; -- KiB; more makes nothing faster
CREATE TABLE record (key TEXT, seed TEXT, hop INT, date TEXT, file INT, place INT, kind TEXT, id TEXT);
CREATE INDEX by_key ON record (key);
CREATE INDEX by_id ON record (id);
"""
_FIELDS = "key, seed, hop, date, file, place, kind, id"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: whose address (`key`), when, in which file and where, of which kind, its id.

    `seed` and `hop` say for a response met on redirects where they began and how far it lay from there.
    """

    key: str
    date: str
    file: int
    place: int
    kind: str
    id: str
    seed: str = ""
    hop: int = 0


class Index:
    """Entries by address and by record id; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._table = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._table.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;" + _SCHEMA)

    def add(self, entries: Iterable[Entry]) -> None:
        """Take entries up, in the order of their files."""
        rows = ((e.key, e.seed, e.hop, _sortable(e.date), e.file, e.place, e.kind, e.id) for e in entries)
        with self._lock:
            self._table.executemany(f"INSERT INTO record ({_FIELDS}) VALUES (?,?,?,?,?,?,?,?)", rows)  # noqa: S608

    def find(self, key: str, seed: str = "", hop: int = 0, exact: bool = False) -> Entry | None:
        """The entry for an address: met at this hop from this seed, else fetched for itself, else any; the latest.

        `exact` wants the first of these or none.
        """
        entries = self._select("key = ? ORDER BY date DESC, file DESC, place DESC", key)
        ranked = [[e for e in entries if hop and (e.seed, e.hop) == (seed, hop)]]
        if not exact:
            ranked += [[e for e in entries if not e.hop], entries]
        return next((found[0] for found in ranked if found), None)

    def by_id(self, record_id: str) -> Entry | None:
        """The entry with this WARC-Record-ID."""
        return next(iter(self._select("id = ?", record_id)), None)

    def dated(self, key: str, date: str) -> Entry | None:
        """The latest response for an address from this date or before."""
        where = "key = ? AND date <= ? AND kind = 'response' ORDER BY date DESC, file DESC, place DESC"
        return next(iter(self._select(where, key, _sortable(date))), None)

    def newest(self) -> str:
        """The latest date of all, or an empty string."""
        with self._lock:
            (date,) = self._table.execute("SELECT max(date) FROM record").fetchone()
        return f"{date}Z" if date else ""

    def close(self) -> None:
        """Let go of the table."""
        with self._lock:
            self._table.close()

    def _select(self, where: str, *values: str) -> list[Entry]:
        query = f"SELECT {_FIELDS} FROM record WHERE {where}"  # noqa: S608 - the condition is one of ours
        with self._lock:
            rows = self._table.execute(query, values).fetchall()
        return [
            Entry(k, f"{date}Z", file, place, kind, id_, seed, hop)
            for k, seed, hop, date, file, place, kind, id_ in rows
        ]


def _sortable(date: str) -> str:
    """Dates of 1.1 may have fractions of a second; without the `Z` they sort as text."""
    return date.rstrip("Z")
