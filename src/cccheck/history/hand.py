"""What people do to a history by hand: move cases, write notes, decide on findings. Each in a transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cccheck.decisions import Decision, captured, decided
from cccheck.errors import UsageError
from cccheck.history import moves, read
from cccheck.history.model import ACTIVE, Case, Event
from cccheck.history.read import unpacked
from cccheck.history.store import Store
from cccheck.history.take import save
from cccheck.model import Verdict
from cccheck.validation import nearest

UNDO = "undo"


def move(store: Store, number: int, by: Callable[[Case], moves.Moved]) -> Case:
    """Move a case and keep what was noted; the case as it is then. Raises UsageError where it cannot be moved so."""
    with store.transaction():
        moved = by(read.case(store, number))
        save(store, moved)
    return moved[0]


def note(store: Store, number: int, at: str, text: str) -> Case:
    """Write something down with a case."""
    return move(store, number, lambda case: (case, (Event(case.id, at, "note", text),)))


def decide(store: Store, url: str, rule: str, outcome: str, why: str, at: str) -> tuple[list[Decision], list[Case]]:
    """A person's word on a rule of a page, for as long as the page shows what it shows now; and the cases that fall.

    `rule` is a rule's id, its end (`creator`), or a check (`author-credit`); `outcome` is pass, fail, or UNDO. A case
    that rested on nothing else is withdrawn at once; everything else moves with the next scan. Raises UsageError where
    the history has no such page or finding.
    """
    with store.transaction():
        rows = _records(store, url)
        meant = [row for row in rows if _named(row, rule)] or rows[:1]
        made = [_decision(row, rule, outcome, why, at) for row in meant]
        for decision in made:
            _write(store, decision, undo=outcome == UNDO)
        copies = store.ask("SELECT DISTINCT copy FROM page WHERE url = ? AND copy IS NOT NULL", url)
        fallen = [case for row in copies for case in _withdrawn(store, row[0], why, at)]
    return made, fallen


def _write(store: Store, made: Decision, *, undo: bool) -> None:
    store.do("DELETE FROM decision WHERE page = ? AND rule = ?", made.page, made.rule)
    if not undo:
        values = (made.page, made.url, made.rule, made.outcome, made.why, made.at, made.shown, made.captured)
        store.do("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *values)


def _records(store: Store, url: str) -> list[dict[str, Any]]:
    rows = store.ask("SELECT r.body FROM page p JOIN record r ON r.audit = p.known WHERE p.url = ?", url)
    if rows:
        return [unpacked(row[0]) for row in rows]
    if store.one("SELECT 1 FROM page WHERE url = ?", url):
        raise UsageError(f"{url}: there is nothing to decide: the page is no violation and not left to a person")
    raise UsageError(f"{url}: the history does not know this address; write it as the list of URLs has it")


def _decision(row: dict[str, Any], rule: str, outcome: str, why: str, at: str) -> Decision:
    meant = _named(row, rule)
    if len(meant) != 1:
        known = sorted(f["rule"] for f in row["findings"] if f["outcome"] != "inapplicable")
        if not known:
            mend = "if the page may stay as it is, put it into accepted.toml"
            raise UsageError(f"{row['url']}: no rule was applied there ({row['detail']}); {mend}")
        raise UsageError(f"{rule}: {'several rules' if meant else 'no rule'} of that page; {nearest(rule, known)}")
    wanted: Any = "fail" if outcome == "fail" else "pass"
    return Decision(row["id"], row["url"], meant.pop(), wanted, why, at, row.get("shown") or "", captured(row))


def _named(row: dict[str, Any], rule: str) -> set[str]:
    """The rules of a page that are meant: by id, by its end, by the check."""
    asked = [f for f in row["findings"] if f["outcome"] != "inapplicable"]
    return {f["rule"] for f in asked if rule in (f["rule"], f["rule"].rpartition("/")[2], f["check"])}


def _withdrawn(store: Store, copy: int, why: str, at: str) -> Iterable[Case]:
    """Withdraw the copy's case if, with what was decided, nothing is left of it."""
    known = read.decisions(store)
    rows = [decided(row, known) for row in read.records(store, copy)]
    if any(row["verdict"] == Verdict.VIOLATION for row in rows):
        return
    for case in read.cases(store, copy=copy):
        if case.state in ACTIVE:
            moved = moves.withdraw(case, at, why)
            save(store, moved)
            yield moved[0]
