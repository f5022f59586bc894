"""A finished run taken into the history: one transaction, in which pages, copies and cases move together.

What was said of a page the last time and is said again costs a line that grows: only what changed is stored.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cccheck.history.diff import standing
from cccheck.history.model import MENTIONED_AFTER, Copy, Sighting
from cccheck.history.moves import Moved, Seen, advance, overdue
from cccheck.history.observe import Observed, license_of, names_of, observe
from cccheck.history.read import SIGHTING, case_of, case_row, sighting_of
from cccheck.history.store import Store
from cccheck.journal import RunInfo
from cccheck.model import Outcome, Verdict

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_ACTED_ON = (Outcome.FAIL, Outcome.REVIEW)
_LEVEL = 1  # of compression: a record shrinks to a sixth, in a tenth of the time that the best level takes


def measure_of(info: RunInfo) -> str:
    """Digest of all that a run judges by: rules, works, program."""
    return sha256(f"{info.rules_digest} {info.corpus_digest} {info.version}".encode()).hexdigest()[:16]


def begin_run(store: Store, info: RunInfo, folder: str) -> None:
    """Note that a run has begun. It counts for nothing until it is taken."""
    store.do(
        "INSERT OR IGNORE INTO run (name, folder, started, measure) VALUES (?, ?, ?, ?)",
        *(info.id, folder, info.started, measure_of(info)),
    )


def take_run(store: Store, info: RunInfo, folder: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Take the records of a run, in one transaction; the run's number. A run that was taken before is left alone."""
    with store.transaction():
        if taken := store.one(f"{_OF_RUN} AND finished IS NOT NULL", info.id, folder):
            return int(taken[0])
        # Runs are numbered in the order of their ends: "before" and "after" mean what was known then.
        store.do("DELETE FROM run WHERE name = ? AND folder = ?", info.id, folder)
        begin_run(store, info, folder)
        (number,) = store.one(_OF_RUN, info.id, folder)
        _Taking(store, number, measure_of(info)).take(rows, info.finished or info.started)
    return int(number)


_OF_RUN = "SELECT id FROM run WHERE name = ? AND folder = ?"


_SHORTEST = "UPDATE copy SET url = ?1 WHERE id = ?2 AND (length(?1), ?1) < (length(url), url)"


@dataclass(slots=True)
class _Known:
    """A page as the history knows it, and the audits that are current."""

    id: int
    copy: int | None
    known: int | None
    failing: int | None
    times: int = 0


class _Taking:
    """One run being taken."""

    def __init__(self, store: Store, run: int, measure: str) -> None:
        self._store, self._run, self._measure = store, run, measure
        self._touched: set[int] = set()  # copies of which a page was seen
        self._failing: set[int] = set()  # of these, those with a page in violation
        self._new: set[int] = set()  # copies that were not known before
        self._licenses: dict[int, str | None] = {}  # of pages in violation
        self._extended: list[tuple[Any, ...]] = []
        self._seen_again: list[tuple[Any, ...]] = []

    def take(self, rows: Iterable[Mapping[str, Any]], finished: str) -> None:
        pages = 0
        for row in rows:
            self._page(row, observe(row))
            pages += 1
            if len(self._seen_again) >= 1000:
                self._extend()
        self._extend()
        for copy in self._in_order():
            self._case(copy)
        self._overdue(finished)
        self._store.do("UPDATE run SET finished = ?, pages = ? WHERE id = ?", finished, pages, self._run)

    # ------------------------------------------------------------------ pages

    def _page(self, row: Mapping[str, Any], seen: Observed) -> None:
        page = self._known(row, seen)
        if seen.unreachable:
            self._failed(page, row, seen)
            return
        copy = self._copy(page, row, seen)
        digest = self._store.one("SELECT digest, shown FROM audit WHERE id = ?", page.known) if page.known else None
        if page.known is not None and page.copy == copy and digest and digest[0] == seen.digest:
            self._extended.append((self._run, seen.at, self._measure, seen.shown, page.known))
        else:
            page.known = self._insert(page.id, copy, row, seen)
        if copy is not None:
            self._touched.add(copy)
        if seen.verdict == Verdict.VIOLATION:
            self._failing.add(copy or 0)
            self._licenses[page.id] = license_of(row)
        self._seen_again.append((page.known, copy, seen.at, page.id))

    def _known(self, row: Mapping[str, Any], seen: Observed) -> _Known:
        found = self._store.one("SELECT id, copy, known, failing FROM page WHERE key = ?", row["id"])
        if found:
            return _Known(*found)
        number = self._store.do(
            "INSERT INTO page (key, url, hint, site, first_seen, tried) VALUES (?, ?, ?, ?, ?, ?)",
            *(row["id"], row["url"], row["hint"], row["site"], seen.at, seen.at),
        )
        return _Known(number, None, None, None)

    def _failed(self, page: _Known, row: Mapping[str, Any], seen: Observed) -> None:
        """The last known state stands; failures in a row are one line."""
        if page.failing is None:
            page.failing = self._insert(page.id, page.copy, row, seen)
            self._store.do("UPDATE page SET failing = ?, tried = ? WHERE id = ?", page.failing, seen.at, page.id)
            return
        self._store.do(
            "UPDATE audit SET last_run = ?1, last_seen = ?2, reason = ?3, times = times + 1,"
            " third_run = CASE WHEN times + 1 = ?4 THEN ?1 ELSE third_run END WHERE id = ?5",
            *(self._run, seen.at, seen.reason, MENTIONED_AFTER, page.failing),
        )
        self._store.do("UPDATE page SET tried = ? WHERE id = ?", seen.at, page.id)

    def _insert(self, page: int, copy: int | None, row: Mapping[str, Any], seen: Observed) -> int:
        number = self._store.do(
            "INSERT INTO audit (page, copy, digest, shown, verdict, reason, missing, unsure, accepted, decided,"
            " first_run, last_run, first_seen, last_seen, measure)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(page, copy, seen.digest, seen.shown, seen.verdict, seen.reason, seen.missing, seen.unsure),
            *(seen.accepted, seen.decided, self._run, self._run, seen.at, seen.at, self._measure),
        )
        if seen.keep:
            self._store.do("INSERT INTO record VALUES (?, ?)", number, _packed(row))
        return number

    def _extend(self) -> None:
        self._store.many(
            "UPDATE audit SET last_run = ?, last_seen = max(last_seen, ?), times = times + 1, measure = ?, shown = ?"
            " WHERE id = ?",
            self._extended,
        )
        self._store.many(
            "UPDATE page SET known = ?, failing = NULL, copy = ?, tried = ? WHERE id = ?", self._seen_again
        )
        self._extended.clear()
        self._seen_again.clear()

    # ------------------------------------------------------------------ copies

    def _copy(self, page: _Known, row: Mapping[str, Any], seen: Observed) -> int | None:
        """The copy that the page is, or was if it is none any more; it stays the same while the work does."""
        if not seen.copy:
            return page.copy
        site, work = row["site"], str(seen.work)
        if page.copy is not None:
            if self._store.one("SELECT 1 FROM copy WHERE id = ? AND work = ?", page.copy, work):
                return page.copy
            self._left(page, seen)
        names = names_of(row)
        first, *others = self._named(site, work, names) or [0]
        copy = first or self._store.do("INSERT INTO copy (site, work, url) VALUES (?, ?, ?)", site, work, row["url"])
        if not first:
            self._new.add(copy)
        for other in others:
            self._merge(other, copy)
        named = ((site, work, name, copy) for name in names)
        self._store.many("INSERT OR IGNORE INTO name (site, work, name, copy) VALUES (?, ?, ?, ?)", named)
        if (
            first and copy in self._new
        ):  # of several addresses the shortest is the main one, in whatever order they came
            self._store.do(_SHORTEST, row["url"], copy)
        return copy

    def _named(self, site: str, work: str, names: Iterable[str]) -> list[int]:
        """The copies that have one of these names, oldest first."""
        query = "SELECT copy FROM name WHERE site = ? AND work = ? AND name = ?"
        found = (self._store.one(query, site, work, name) for name in names)
        return sorted({row[0] for row in found if row})

    def _merge(self, copy: int, into: int) -> None:
        """Two copies that are new turn out to be one: the order in which pages came must not matter."""
        if copy not in self._new:
            return
        self._extend()  # what is still to be written names the copy
        for table in ("page", "audit", "name"):
            self._store.do(f"UPDATE {table} SET copy = ? WHERE copy = ?", into, copy)
        (url,) = self._store.one("SELECT url FROM copy WHERE id = ?", copy)
        self._store.do("DELETE FROM copy WHERE id = ?", copy)
        for copies in (self._touched, self._failing):
            if copy in copies:
                copies.remove(copy)
                copies.add(into)
        if into in self._new:
            self._store.do(_SHORTEST, url, into)

    def _in_order(self) -> list[int]:
        """The copies with a case, or with reason for one, by site and address: cases are numbered so, however the pages
        came in."""
        known = {row[0] for row in self._store.ask("SELECT DISTINCT copy FROM cases")}
        self._store.do("CREATE TEMP TABLE IF NOT EXISTS touched (copy INTEGER PRIMARY KEY)")
        self._store.do("DELETE FROM touched")
        self._store.many(
            "INSERT INTO touched VALUES (?)", ((copy,) for copy in self._touched & (known | self._failing))
        )
        query = "SELECT c.id FROM touched t JOIN copy c ON c.id = t.copy ORDER BY c.site, c.url, c.id"
        return [row[0] for row in self._store.ask(query)]

    def _left(self, page: _Known, seen: Observed) -> None:
        """Another work stands there now: the copy of the one before is gone."""
        self._store.do(
            "INSERT INTO audit (page, copy, digest, shown, verdict, missing, unsure, decided, first_run, last_run,"
            " first_seen, last_seen, measure) VALUES (?, ?, ?, ?, ?, '[]', '[]', '[]', ?, ?, ?, ?, ?)",
            *(page.id, page.copy, b"left", seen.shown, Verdict.NOT_A_COPY, self._run, self._run, seen.at, seen.at),
            self._measure,
        )
        self._touched.add(page.copy or 0)
        page.known = None

    # ------------------------------------------------------------------ cases

    def _case(self, number: int) -> None:
        """Move the copy's case by what was seen of its pages, in this run and before."""
        latest = self._store.one("SELECT * FROM cases WHERE copy = ? ORDER BY id DESC LIMIT 1", number)
        pages = self._pages(number)
        now = standing(pages)
        if now is None or (latest is None and now.label != Verdict.VIOLATION):
            return
        if now.label == Verdict.VIOLATION:  # `url` is the page to look at
            self._store.do(
                "UPDATE copy SET was_violation = coalesce(was_violation, ?1), url = ?2"
                " WHERE id = ?3 AND (was_violation IS NULL OR url <> ?2)",
                *(self._run, now.url, number),
            )
        copy = Copy(*self._store.one("SELECT id, site, work, url FROM copy WHERE id = ?", number))
        moved = advance(case_of(latest, copy) if latest else None, copy, self._seen(pages, now.label))
        if moved is not None:
            save(self._store, moved)

    def _pages(self, copy: int) -> list[Sighting]:
        """The last known state of each page of a copy, those seen in this run first."""
        rows = self._store.ask(
            f"SELECT {SIGHTING}, max(a.first_run) FROM audit a JOIN page p ON p.id = a.page"
            " WHERE a.copy = ? AND a.digest <> CAST('unreachable' AS BLOB) GROUP BY a.page",
            copy,
        )
        return sorted(map(sighting_of, rows), key=lambda s: (-s.last_run, s.url))

    def _seen(self, pages: list[Sighting], label: str) -> Seen:
        failing = [p for p in pages if p.verdict is Verdict.VIOLATION and not p.accepted and not p.gone]
        here = [p for p in failing or pages if p.last_run == self._run] or failing or pages
        return Seen(
            label=label,
            missing=tuple(dict.fromkeys(pair for page in failing for pair in page.missing)),
            captured=max(page.last_seen for page in here),
            license=next(filter(None, (self._licenses.get(page.page) for page in failing)), None),
            accepted=next((page.accepted for page in pages if page.accepted), None),
            decided=self._decided(pages),
            anew=any(self._judged_anew(page) for page in pages),
        )

    def _before(self, page: Sighting) -> Sighting | None:
        """What was known of the page before this run, if this run changed it."""
        if page.first_run != self._run:
            return None
        row = self._store.one(
            f"SELECT {SIGHTING} FROM audit a JOIN page p ON p.id = a.page WHERE a.page = ? AND a.first_run < ?"
            " AND a.digest <> CAST('unreachable' AS BLOB) ORDER BY a.first_run DESC LIMIT 1",
            *(page.page, self._run),
        )
        return sighting_of(row) if row else None

    def _judged_anew(self, page: Sighting) -> bool:
        before = self._before(page)
        if before is None or page.gone:
            return False
        return before.shown == page.shown and before.measure != page.measure

    def _decided(self, pages: list[Sighting]) -> str | None:
        rules = [rule for page in pages if page.first_run == self._run for rule in page.decided]
        keys = {page.page for page in pages}
        for rule in rules:
            row = self._store.one(
                "SELECT d.why FROM decision d JOIN page p ON p.key = d.page WHERE d.rule = ? AND d.outcome = 'pass'"
                f" AND p.id IN ({','.join(map(str, keys))})",
                rule,
            )
            if row:
                return str(row[0])
        return None

    def _overdue(self, now: str) -> None:
        rows = self._store.ask(
            "SELECT c.*, k.id, k.site, k.work, k.url FROM cases c JOIN copy k ON k.id = c.copy"
            " WHERE c.state = 'notified' AND c.answer_by < ?",
            now,
        )
        for row in rows:
            moved = overdue(case_of(row[:-4], Copy(*row[-4:])), now)
            if moved is not None:
                save(self._store, moved)


def save(store: Store, moved: Moved) -> int:
    """Write a case that moved, and what is noted with it; its number."""
    case, events = moved
    values = case_row(case)
    if case.id:
        sets = ", ".join(f"{column} = ?" for column in values)
        store.do(f"UPDATE cases SET {sets} WHERE id = ?", *values.values(), case.id)
        number = case.id
    else:
        places = ", ".join("?" for _ in values)
        number = store.do(f"INSERT INTO cases ({', '.join(values)}) VALUES ({places})", *values.values())
    rows = [(number, event.at, str(event.kind), event.text) for event in events]
    store.many('INSERT INTO event ("case", at, kind, text) VALUES (?, ?, ?, ?)', rows)
    return number


def _packed(row: Mapping[str, Any]) -> bytes:
    """The record, without the evidence for what nobody has to act on: half of it."""
    acted = [
        finding if finding["outcome"] in _ACTED_ON or "decided" in finding else {**finding, "evidence": []}
        for finding in row["findings"]
    ]
    row = {**row, "findings": acted}
    return zlib.compress(_JSON.encode(row).encode("utf-8", "replace"), _LEVEL)
