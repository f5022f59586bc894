"""How a case moves: by what a scan saw, by hand, by time. Pure; times come in as arguments.

    open → notified → cured | overdue | accepted | withdrawn

A case is cured when the copy is mended, or gone at two captures a day apart; whatever comes after is a new case, with a
new clock. It is withdrawn, not cured, when the page
did not change and only the judgement did. No move says that a licence is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cccheck.errors import UsageError
from cccheck.history.diff import ACCEPTED, GONE
from cccheck.history.model import ACTIVE, Case, Copy, Event, Lack, Leave, State
from cccheck.history.times import day, days_between, later
from cccheck.licenses import cure_of, parse_license
from cccheck.model import Verdict

APART = 1.0  # days between two captures that confirm each other: a page that was broken for an hour accuses nobody
FRESH = 7.0  # days that the last capture may be old when a letter is written
ANSWER = 30  # days to answer, where the licence does not set them
TAKEN_DOWN = "the copy is not there any more"
MENDED = "mended"
JUDGED_ANEW = "judged anew by other rules or another record of the work; the page itself had not changed"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run saw of a copy: its standing, what fails (rule, check), when it was captured.

    `decided` is the reason of a person's decision, `anew` says that the page had not changed: either explains a
    standing that is otherwise than before.
    """

    label: str
    missing: tuple[tuple[str, str], ...]
    captured: str
    license: str | None = None
    accepted: str | None = None
    decided: str | None = None
    anew: bool = False


Moved = tuple[Case, tuple[Event, ...]]


def advance(case: Case | None, copy: Copy, seen: Seen) -> Moved | None:
    """The copy's case after a sighting, with what is to be noted; None where there is none and none is opened.

    `case` is the copy's latest. A new one has the id 0.
    """
    if seen.label == Verdict.VIOLATION:
        return _violation(case, copy, seen)
    if case is None:
        return None
    if case.state not in ACTIVE:  # a violation after this is a new one
        mended = seen.label in (Verdict.COMPLIANT, Verdict.EXCERPT)
        return (replace(case, missing=()), ()) if mended and case.state is not State.CURED else None
    if seen.label == ACCEPTED:  # by the settings: what is missing once that ends is a new case
        closed, events = _close(case, State.ACCEPTED, seen.captured, seen.accepted or "")
        return replace(closed, missing=()), events
    if seen.label == GONE:
        return _gone(case, seen)
    if seen.label == Verdict.REVIEW:
        return _pend(case, "review", seen.captured)
    if seen.decided is not None:
        return _close(case, State.WITHDRAWN, seen.captured, seen.decided)
    if seen.anew:
        return _close(case, State.WITHDRAWN, seen.captured, JUDGED_ANEW)
    return _close(case, State.CURED, seen.captured, MENDED)


def _violation(case: Case | None, copy: Copy, seen: Seen) -> Moved | None:
    if case is None:
        return _opened(copy, seen, earlier=0)
    if case.state in ACTIVE:
        return _again(case, seen), ()
    if case.state is State.CURED:
        return _opened(copy, seen, earlier=case.earlier + 1)
    known = {lack.rule for lack in case.missing}
    if known and {rule for rule, _ in seen.missing} <= known:
        return None  # accepted or withdrawn as it is
    return _opened(copy, seen, earlier=case.earlier + 1)


def _opened(copy: Copy, seen: Seen, earlier: int) -> Moved:
    lacks = tuple(Lack(rule, check, seen.captured) for rule, check in seen.missing)
    at = seen.captured
    case = Case(0, copy, State.OPEN, at, lacks, at, at, license=seen.license, earlier=earlier)
    return case, (Event(0, at, State.OPEN, _names(case)),)


def _again(case: Case, seen: Seen) -> Case:
    """The same violation, seen once more."""
    since = {lack.rule: lack.since for lack in case.missing}
    lacks = tuple(Lack(rule, check, since.get(rule, seen.captured)) for rule, check in seen.missing)
    last = max(case.last_seen, seen.captured)
    license = seen.license or case.license
    return replace(case, missing=lacks, last_seen=last, license=license, pending="", pending_since=None)


def _gone(case: Case, seen: Seen) -> Moved:
    if case.pending == "gone" and days_between(case.pending_since or seen.captured, seen.captured) >= APART:
        return _close(case, State.CURED, seen.captured, TAKEN_DOWN)
    return _pend(case, "gone", seen.captured)


def _pend(case: Case, what: str, at: str) -> Moved:
    if case.pending == what:
        return case, ()
    return replace(case, pending=what, pending_since=at), ()  # type: ignore[arg-type]


def _close(case: Case, state: State, at: str, why: str) -> Moved:
    closed = replace(case, state=state, closed=at, why=why, pending="", pending_since=None)
    return closed, (Event(case.id, at, state, why),)


def overdue(case: Case, now: str) -> Moved | None:
    """A notified case whose time has passed without the copy being seen mended."""
    if case.state is not State.NOTIFIED or case.answer_by is None or case.answer_by >= now:
        return None
    text = f"not seen mended by {day(case.answer_by)}"
    return replace(case, state=State.OVERDUE), (Event(case.id, now, State.OVERDUE, text),)


# ------------------------------------------------------------------ by hand


def notify(case: Case, at: str, text: str = "", answer_days: int = ANSWER) -> Moved:
    """A notice was sent on `at`. The first one starts the clock; later ones are reminders. Raises UsageError."""
    _still_active(case, "notified")
    if case.notified:
        return case, (Event(case.id, at, State.NOTIFIED, text or "reminded"),)
    cure = cure_of(parse_license(case.license or ""))
    until = later(at, cure.days) if cure else None
    told = replace(
        case,
        state=State.NOTIFIED,
        notified=at,
        cure_until=until,
        cure_clause=cure.clause if cure else None,
        answer_by=until or later(at, answer_days),
    )
    return told, (Event(case.id, at, State.NOTIFIED, text),)


def accept(case: Case, at: str, why: str) -> Moved:
    """The copy may stay as it is. Raises UsageError."""
    _still_active(case, "accepted")
    return _close(case, State.ACCEPTED, at, why)


def withdraw(case: Case, at: str, why: str) -> Moved:
    """It was no violation, or nothing more is to be done. Raises UsageError."""
    _still_active(case, "withdrawn")
    return _close(case, State.WITHDRAWN, at, why)


def _still_active(case: Case, what: str) -> None:
    if case.state not in ACTIVE:
        closed = f"{case.state} since {day(case.closed or '')}"
        raise UsageError(f"case {case.id}: is {closed} and cannot be {what}; the next scan opens a new one if need be")


# ------------------------------------------------------------------ letters


def may_write(case: Case, now: str, *, confirmed: bool = False) -> Leave:
    """Whether a letter may be written at `now`: only about what two captures at least a day apart both lacked.

    The last of them may be seven days old at most. `confirmed`: a person has just looked, so what the last capture
    lacked is enough.
    """
    if case.state not in ACTIVE:
        return Leave(False, f"the case is {case.state} since {day(case.closed or '')}")
    if confirmed:
        return Leave(True, "a person has looked at the page just now", case.missing)
    if case.pending:
        what = "the copy was not there" if case.pending == "gone" else "a person must look at the page"
        return Leave(False, f"on {day(case.pending_since or '')} {what}")
    if days_between(case.last_seen, now) > FRESH:
        return Leave(False, f"it was last seen on {day(case.last_seen)}, more than a week ago: scan again first")
    twice = tuple(lack for lack in case.missing if days_between(lack.since, case.last_seen) >= APART)
    if not twice:
        return Leave(False, f"it was seen once, on {day(case.last_seen)}: scan again a day later, to be sure")
    first = max(lack.since for lack in twice)
    return Leave(True, f"seen on {day(first)} and again on {day(case.last_seen)}", twice)


def _names(case: Case) -> str:
    return ", ".join(case.checks)
