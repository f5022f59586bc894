"""The file of a history: opening, versions, transactions, and what is said when it cannot be used.

SQLite in WAL mode: readers never wait, a writer that is killed leaves nothing half done. One writer at a time; others
wait for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cccheck.errors import CccheckError, DataError, UsageError
from cccheck.history.schema import APPLICATION_ID, MIGRATIONS

WAIT = 60.0  # seconds to wait for another writer: closing a run of a million pages takes less


_KEPT = "it is kept as it is: move it away or restore a copy; a scan then begins a new one"


class Damaged(CccheckError):
    """What stands in the history cannot be read; the store that it was asked of names the file."""


class Store:
    """An open history file. Use it as a context manager. Raises UsageError or DataError with the file and the mend."""

    def __init__(self, path: Path, *, create: bool = False, wait: float = WAIT) -> None:
        self.path = path
        if not create and not path.exists():
            raise UsageError(
                f"{path}: there is no history yet; `cccheck scan` with a cccheck.toml or --history keeps one"
            )
        with self._explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=wait, isolation_level=None)
        try:
            with self._explained():
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.close()
        if isinstance(error, Damaged):
            raise DataError(self.path, "", f"is damaged ({error})", _KEPT) from None

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def ask(self, query: str, *values: Any) -> list[Any]:
        """All rows of a query."""
        try:
            return self._db.execute(query, values).fetchall()
        except (sqlite3.DatabaseError, OverflowError) as error:
            raise self._told(error) from None

    def one(self, query: str, *values: Any) -> Any:
        """The first row of a query, or None."""
        try:
            return self._db.execute(query, values).fetchone()
        except (sqlite3.DatabaseError, OverflowError) as error:
            raise self._told(error) from None

    def do(self, statement: str, *values: Any) -> int:
        """Run a statement; the id of the row that it inserted."""
        try:
            return self._db.execute(statement, values).lastrowid or 0
        except (sqlite3.DatabaseError, OverflowError) as error:
            raise self._told(error) from None

    def many(self, statement: str, rows: Any) -> None:
        """Run a statement for each of the rows."""
        with self._explained():
            self._db.executemany(statement, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done within is written, or none of it."""
        with self._explained():
            self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._explained():
                self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is asked within is answered from one moment, whoever writes meanwhile."""
        with self._explained():
            self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("COMMIT")

    def shrink(self) -> None:
        """Give back to the disk what is not used any more."""
        with self._explained():
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _prepare(self) -> None:
        version = self._version()
        if version > len(MIGRATIONS):
            raise DataError(
                self.path,
                "",
                f"was written by a newer version of cccheck (form {version}; this one knows {len(MIGRATIONS)})",
                "update cccheck, or name another file with --history",
            )
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA foreign_keys = OFF")
        self._db.execute("PRAGMA temp_store = MEMORY")
        self._db.execute("PRAGMA cache_size = -8192")
        if version < len(MIGRATIONS):
            self._db.execute("PRAGMA journal_mode = WAL")
            self._migrate()

    def _version(self) -> int:
        """The form of the file; 0 for an empty one. Raises DataError for a file that is no history."""
        (ours,) = self._db.execute("PRAGMA application_id").fetchone()
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        (tables,) = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and ours != APPLICATION_ID:
            raise DataError(
                self.path, "", "is a database, but no history of cccheck", "name another file with --history"
            )
        return int(version)

    def _migrate(self) -> None:
        """Bring the file to the newest form, step by step; a step that breaks off leaves the file as it was."""
        for number in range(len(MIGRATIONS)):
            with self.transaction():
                if self._version() != number:  # another program was quicker
                    continue
                for statement in MIGRATIONS[number]:
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._db.execute(f"PRAGMA user_version = {number + 1}")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OverflowError) as error:
            raise self._told(error) from None

    def _told(self, error: sqlite3.DatabaseError | OverflowError) -> Exception:
        if isinstance(error, OverflowError):
            return UsageError(f"{self.path}: nothing there has a number as large as the one that is asked for")
        name = getattr(error, "sqlite_errorname", "")
        lacking = str(error).startswith(("no such ", "Could not decode "))  # a table, a column; a text
        if lacking or name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return DataError(self.path, "", f"is damaged ({error})", _KEPT)
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return UsageError(f"{self.path}: another cccheck is writing there; try again when it has finished")
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            return UsageError(f"{self.path}: cannot be used ({error}); check the folder and the room on the disk")
        return error
