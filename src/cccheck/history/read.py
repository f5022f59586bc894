"""What the history is asked: runs, sightings, states of copies at a run, cases, records. Reads only."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

from cccheck.decisions import Decision
from cccheck.errors import UsageError
from cccheck.history.diff import diff
from cccheck.history.due import Watched
from cccheck.history.model import Case, Change, Copy, CopyState, Event, Lack, Run, Sighting, State
from cccheck.history.store import Damaged, Store
from cccheck.model import Verdict

_KNOWN = "digest <> CAST('unreachable' AS BLOB)"
SIGHTING = (
    "a.page, p.url, a.verdict, a.reason, a.missing, a.unsure, a.accepted, a.decided, a.first_seen, a.last_seen,"
    " a.times, a.first_run, a.last_run, a.measure, a.shown"
)
_RUN = "id, name, folder, started, finished, measure, pages"

# ------------------------------------------------------------------ rows to values


F = TypeVar("F", bound=Callable[..., Any])


def _legible(read: F) -> F:
    """Raises Damaged where the row is not as it was written."""

    @wraps(read)
    def reading(*values: Any) -> Any:
        try:
            return read(*values)
        except (ValueError, TypeError, LookupError, zlib.error) as error:
            raise Damaged(f"{type(error).__name__}: {error}") from None

    return cast("F", reading)


@_legible
def unpacked(record: bytes) -> dict[str, Any]:
    """A page's record as it stands in report.json, with its `site`; what passes has no evidence."""
    found: dict[str, Any] = json.loads(zlib.decompress(record))
    return found


@_legible
def sighting_of(row: tuple[Any, ...]) -> Sighting:
    """A row of the columns SIGHTING (and whatever follows)."""
    page, url, verdict, reason, missing, unsure, accepted, decided, *rest = row[:15]
    return Sighting(
        page,
        url,
        Verdict(verdict),
        reason,
        _pairs(missing),
        _pairs(unsure),
        accepted,
        () if decided == "[]" else tuple(json.loads(decided)),
        *rest,
    )


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return () if text == "[]" else tuple((rule, check) for rule, check in json.loads(text))


_COLUMNS = (
    *("first_seen", "last_seen", "license", "notified", "cure_until", "cure_clause", "answer_by", "closed", "why"),
    *("earlier", "pending", "pending_since"),
)


@_legible
def case_of(row: tuple[Any, ...], copy: Copy) -> Case:
    """A row of the table `cases`, all columns."""
    number, _, state, opened, missing, *rest = row
    lacks = tuple(Lack(*lack) for lack in json.loads(missing))
    return Case(number, copy, State(state), opened, lacks, **dict(zip(_COLUMNS, rest, strict=True)))


def case_row(case: Case) -> dict[str, Any]:
    """The columns of a case, but for its number."""
    lacks = json.dumps([[lack.rule, lack.check, lack.since] for lack in case.missing], separators=(",", ":"))
    head = {"copy": case.copy.id, "state": case.state.value, "opened": case.opened, "missing": lacks}
    return head | {column: getattr(case, column) for column in _COLUMNS}


# ------------------------------------------------------------------ runs


def runs(store: Store) -> list[Run]:
    """The finished runs, oldest first."""
    rows = store.ask(f"SELECT {_RUN} FROM run WHERE finished IS NOT NULL ORDER BY id")
    return [Run(*row) for row in rows]


def run_named(store: Store, name: str) -> Run:
    """A finished run by its id, its number, its folder's name, or `latest`. Raises UsageError."""
    found = runs(store)
    if name == "latest" and found:
        return found[-1]
    for run in reversed(found):
        if name in (run.name, run.folder, run.folder.rpartition("/")[2], str(run.number)):
            return run
    last = f"; the latest is {found[-1].name}" if found else "; none has finished yet"
    raise UsageError(f"{name}: the history has no finished run of that name{last}")


# ------------------------------------------------------------------ changes


def changes(store: Store, before: Run | None, after: Run) -> tuple[Change, ...]:
    """What changed from one run to another; from nothing, where there is none before."""
    first = before.number if before else 0
    concerned = _concerned(store, first, after.number)
    now = _states(store, concerned, after.number) | _never_seen(store, first, after.number)
    return diff(_states(store, concerned, first), now)


def _concerned(store: Store, first: int, last: int) -> list[int]:
    """Copies of which something was stored between the runs."""
    rows = store.ask(
        "SELECT DISTINCT copy FROM audit WHERE copy IS NOT NULL AND (first_run > ?1 AND first_run <= ?2"
        " OR third_run > ?1 AND third_run <= ?2)",
        *(first, last),
    )
    return [row[0] for row in rows]


def _states(store: Store, copies: Iterable[int], run: int) -> dict[int, CopyState]:
    """The states of these copies at that run; a copy that was not known then is not there."""
    if run <= 0:
        return {}
    wanted = [(copy,) for copy in copies]
    with store.snapshot():
        store.do("CREATE TEMP TABLE IF NOT EXISTS wanted (copy INTEGER PRIMARY KEY)")
        store.do("DELETE FROM wanted")
        store.many("INSERT INTO wanted VALUES (?)", wanted)
        known = store.ask(
            f"SELECT {SIGHTING}, a.copy, max(a.first_run) FROM wanted w JOIN audit a ON a.copy = w.copy"
            f" JOIN page p ON p.id = a.page WHERE a.first_run <= ? AND a.{_KNOWN} GROUP BY a.copy, a.page",
            run,
        )
        failing = store.ask(
            f"SELECT {SIGHTING}, a.copy FROM wanted w JOIN audit a ON a.copy = w.copy JOIN page p ON p.id = a.page"
            " WHERE a.third_run <= ? AND a.last_run >= ?",
            *(run, run),
        )
        found = store.ask(
            "SELECT c.id, c.site, c.work, c.url, c.was_violation FROM wanted w JOIN copy c ON c.id = w.copy"
        )
    pages, failures = _by_copy(known), _by_copy(failing)
    return {
        number: CopyState(
            Copy(number, *copy), tuple(pages[number]), tuple(failures.get(number, ())), was is not None and was <= run
        )
        for number, *copy, was in found
        if number in pages
    }


def _by_copy(rows: list[Any]) -> dict[int, list[Sighting]]:
    found: dict[int, list[Sighting]] = {}
    for row in rows:
        found.setdefault(row[15], []).append(sighting_of(row))
    return found


def _never_seen(store: Store, first: int, last: int) -> dict[int, CopyState]:
    """Pages that could not be reached for the third time and of which nothing is known; numbered below zero."""
    rows = store.ask(
        f"SELECT {SIGHTING}, p.id, p.site, p.hint FROM audit a JOIN page p ON p.id = a.page"
        " WHERE a.third_run > ? AND a.third_run <= ? AND a.copy IS NULL AND p.known IS NULL",
        *(first, last),
    )
    return {
        -row[15]: CopyState(Copy(-row[15], row[16], row[17] or "", row[1]), (), (sighting_of(row),)) for row in rows
    }


# ------------------------------------------------------------------ sightings


def sightings(store: Store, *, site: str | None = None, url: str | None = None) -> dict[str, list[Sighting]]:
    """What was seen when, by address, oldest first: of a site, or of the copy that an address belongs to."""
    of_copy = "(p.url = ?1 OR p.copy IN (SELECT copy FROM page WHERE url = ?1))"
    where, value = ("p.site = ?1", site) if site else (of_copy, url)
    rows = store.ask(
        f"SELECT {SIGHTING} FROM page p JOIN audit a ON a.page = p.id WHERE {where} ORDER BY p.url, a.first_run, a.id",
        value,
    )
    found: dict[str, list[Sighting]] = {}
    for row in rows:
        found.setdefault(row[1], []).append(sighting_of(row))
    return found


def sites(store: Store) -> list[tuple[str, int, str, str]]:
    """Every site: its name, how many addresses are known there, first and last seen."""
    return store.ask("SELECT site, count(*), min(first_seen), max(tried) FROM page GROUP BY site ORDER BY site")


# ------------------------------------------------------------------ cases


def cases(
    store: Store,
    *,
    states: Iterable[State] = (),
    site: str | None = None,
    work: str | None = None,
    copy: int | None = None,
) -> tuple[Case, ...]:
    """The cases that are so, in the order of their numbers."""
    parts, values = ["1"], []
    wanted = [state.value for state in states]
    if wanted:
        parts.append(f"c.state IN ({', '.join('?' for _ in wanted)})")
        values += wanted
    for column, value in (("k.site", site), ("k.work", work), ("k.id", copy)):
        if value is not None:
            parts.append(f"{column} = ?")
            values.append(str(value))
    rows = store.ask(
        "SELECT c.*, k.id, k.site, k.work, k.url FROM cases c JOIN copy k ON k.id = c.copy"
        f" WHERE {' AND '.join(parts)} ORDER BY c.id",
        *values,
    )
    return tuple(case_of(row[:-4], Copy(*row[-4:])) for row in rows)


def case(store: Store, number: int) -> Case:
    """The case of that number. Raises UsageError."""
    row = store.one(
        "SELECT c.*, k.id, k.site, k.work, k.url FROM cases c JOIN copy k ON k.id = c.copy WHERE c.id = ?", number
    )
    if row is None:
        raise UsageError(f"{number}: there is no case of that number; `cccheck case list` shows them")
    return case_of(row[:-4], Copy(*row[-4:]))


def events(store: Store, number: int) -> tuple[Event, ...]:
    """What happened to a case, oldest first."""
    rows = store.ask('SELECT "case", at, kind, text FROM event WHERE "case" = ? ORDER BY at, id', number)
    return tuple(Event(*row) for row in rows)


def records(store: Store, copy: int) -> tuple[dict[str, Any], ...]:
    """The latest records of a copy's pages, as in report.json, where one is kept: violations and reviews.

    Findings that pass have their evidence in the run's own report only.
    Of each page only its present state; pages that are fine or gone by now have none.
    """
    rows = store.ask(
        "SELECT r.body FROM page p JOIN record r ON r.audit = p.known WHERE p.copy = ? ORDER BY p.url",
        copy,
    )
    return tuple(unpacked(row[0]) for row in rows)


def evidence(store: Store, copy: int) -> tuple[dict[str, Any], ...]:
    """The last record of each of a copy's pages in which something was wrong, even if it is mended by now."""
    rows = store.ask(
        "SELECT r.body, max(a.id) FROM audit a JOIN record r ON r.audit = a.id"
        " WHERE a.copy = ? AND a.verdict = 'violation' GROUP BY a.page",
        copy,
    )
    return tuple(unpacked(row[0]) for row in rows)


def decisions(store: Store) -> tuple[Decision, ...]:
    """All decisions that were made, whether or not they still hold."""
    rows = store.ask("SELECT page, url, rule, outcome, why, at, shown, captured FROM decision ORDER BY page, rule")
    return tuple(Decision(*row) for row in rows)


# ------------------------------------------------------------------ sums and names


def totals(store: Store) -> dict[str, Any]:
    """How many sites, copies and addresses are known, and how many cases stand where."""
    (sites,) = store.one("SELECT count(DISTINCT site) FROM page")
    (copies,) = store.one("SELECT count(*) FROM copy")
    (pages,) = store.one("SELECT count(*) FROM page")
    counts = dict(store.ask("SELECT state, count(*) FROM cases GROUP BY state"))
    standing = {state.value: counts[state.value] for state in State if state.value in counts}
    return {"sites": sites, "copies": copies, "pages": pages, "cases": standing}


def copy_of(store: Store, url: str) -> int | None:
    """The copy that an address belongs to."""
    row = store.one("SELECT copy FROM page WHERE url = ? AND copy IS NOT NULL", url)
    return int(row[0]) if row else None


def pair(store: Store, names: tuple[str, ...]) -> tuple[Run | None, Run]:
    """The runs that a comparison means: two, one and the latest, or the last two. Raises UsageError."""
    if len(names) == 2:
        return run_named(store, names[0]), run_named(store, names[1])
    if names:
        return run_named(store, names[0]), run_named(store, "latest")
    latest = run_named(store, "latest")
    before = [run for run in runs(store) if run.number < latest.number]
    return (before[-1] if before else None), latest


def watched(store: Store) -> list[Watched]:
    """Every page that was ever tried, as `due` needs it."""
    rows = store.ask(
        "SELECT p.key, p.url, p.hint, p.first_seen, p.tried, a.verdict, a.reason, coalesce(f.times, 0), p.copy IN"
        " (SELECT copy FROM cases WHERE state IN ('open', 'notified', 'overdue')) FROM page p"
        " LEFT JOIN audit a ON a.id = p.known LEFT JOIN audit f ON f.id = p.failing ORDER BY p.site, p.url"
    )
    return [Watched(*row) for row in rows]


def fell_due(store: Store, run: Run) -> tuple[Case, ...]:
    """The cases that became overdue at the end of that run."""
    rows = store.ask("""SELECT "case" FROM event WHERE kind = 'overdue' AND at = ?""", run.finished)
    return tuple(case(store, row[0]) for row in rows)
