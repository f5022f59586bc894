"""Letters by the history: which is due at a site, what of it was seen twice, what stands in its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cccheck.correspondence.model import Addressee, is_page, site_named
from cccheck.errors import UsageError
from cccheck.history import Case, State, Store, case, cases, events, evidence, may_write, records
from cccheck.history.moves import TAKEN_DOWN
from cccheck.history.times import day, days_between, later
from cccheck.letters import Copy, Variant, alleged, license_of
from cccheck.model import Work
from cccheck.validation import nearest

PERIOD = 14
"""Days between two letters to one owner."""

_ORDER = (State.OPEN, State.OVERDUE, State.NOTIFIED, State.CURED, State.WITHDRAWN)  # which letter is due first
_TO_ALL = _ORDER[:2]  # what `--all` writes about: a reminder before its time is somebody's own decision
_STATES: Mapping[Variant, State] = {
    "reminder": State.NOTIFIED,
    "overdue": State.OVERDUE,
    "thanks": State.CURED,
    "apology": State.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What decides on letters besides the cases: the works by id, the time, and what the writer has said.

    `confirmed`: somebody has just looked. `again`: a second letter within the period is meant.
    """

    works: Mapping[str, Work]
    now: str
    confirmed: bool = False
    again: bool = False
    variant: Variant | None = None


def from_history(store: Store, desk: Desk, whom: Sequence[str] = ()) -> list[Addressee]:
    """One addressee a site: of `whom` (sites, addresses, numbers of cases), or all that have a case to write about.

    Raises UsageError for one of `whom` of which nothing is known.
    """
    if not whom:
        due = sorted({found.copy.site for found in cases(store, states=_TO_ALL)})
        return [_at_site(store, desk, cases(store, states=_TO_ALL, site=site)) for site in due]
    sites: dict[str, list[Case]] = {}
    for name in whom:
        for found in _named(store, desk, name):
            sites.setdefault(found.copy.site, []).append(found)
    return [_at_site(store, desk, found) for found in sites.values()]


def due_at(store: Store, desk: Desk, site: str) -> Addressee | None:
    """The letter that is due to one site, or the obstacle to it; None where no case asks for one."""
    found = cases(store, states=_TO_ALL, site=site)
    return _at_site(store, desk, found) if found else None


def _named(store: Store, desk: Desk, name: str) -> Sequence[Case]:
    """The cases that are meant; with a case's number, those of its site that stand as it does."""
    if name.isdecimal():
        one = case(store, int(name))
        return [found for found in cases(store, site=one.copy.site) if found.state is one.state]
    found: Sequence[Case] = cases(store, site=site_named(name))
    if is_page(name):
        found = [
            c for c in found if name == c.copy.url or any(name == row["url"] for row in evidence(store, c.copy.id))
        ]
    if not found:
        known = sorted({other.copy.site for other in cases(store)})
        hint = f"{nearest(name, known)} " if known and not is_page(name) else ""
        raise UsageError(f"{name}: there is no case there; {hint}`cccheck case list` shows them")
    return found


def _at_site(store: Store, desk: Desk, found: Sequence[Case]) -> Addressee:
    """The letter that is due first, or the obstacle to it."""
    site = found[0].copy.site
    wanted = [_STATES[desk.variant]] if desk.variant and desk.variant in _STATES else _ORDER
    state = next((state for state in wanted if any(c.state is state for c in found)), None)
    if state is None:
        return Addressee(site, obstacle=f"its cases are {' and '.join(sorted({c.state.value for c in found}))}")
    same = [c for c in found if c.state is state]
    if state in (State.CURED, State.WITHDRAWN):
        return _closed(store, desk, site, same)
    last = max(
        (e.at for c in cases(store, site=site) for e in events(store, c.id) if e.kind == State.NOTIFIED), default=""
    )
    if last and days_between(last, desk.now) < PERIOD and not desk.again:
        until = day(later(last, PERIOD))
        return Addressee(site, obstacle=f"was written to on {day(last)}; wait until {until}, or give --again")
    return _active(store, desk, site, same)


def _active(store: Store, desk: Desk, site: str, found: Sequence[Case]) -> Addressee:
    """What was seen twice, or is confirmed, of the cases that are still to be mended."""
    copies, numbers, obstacles = [], [], []
    for one in found:
        leave = may_write(one, desk.now, confirmed=desk.confirmed)
        rules = {lack.rule for lack in leave.lacks}
        limited = [_limited(row, rules) for row in records(store, one.copy.id)]
        rows = _without_variants([row for row in limited if alleged(row)])
        if not leave.allowed:
            look = "" if desk.confirmed else "; or look at the page yourself and give --now-confirmed"
            obstacles.append(f"case {one.id}: {leave.reason}{look}")
        elif one.copy.work not in desk.works:
            obstacles.append(f"case {one.id}: the work {one.copy.work} is not in the catalogue")
        elif not rows:
            obstacles.append(f"case {one.id}: nothing is left that may be held against the page")
        else:
            copies += [_of_case(row, one, desk) for row in rows]
            numbers.append(one.id)
    return Addressee(site, tuple(copies), tuple(numbers), "" if copies else "; ".join(obstacles[:3]))


def _closed(store: Store, desk: Desk, site: str, found: Sequence[Case]) -> Addressee:
    """Cases that ended: thanks for what was mended, an apology for what was withdrawn, if a letter had gone out."""
    told = [one for one in found if one.notified and one.why != TAKEN_DOWN]
    if not told:
        why = "nobody had been written to" if not any(one.notified for one in found) else "the copy was taken down"
        return Addressee(site, obstacle=f"the case is {found[0].state}, and {why}")
    known = [one for one in told if one.copy.work in desk.works]
    copies = [_of_case(row, one, desk) for one in known for row in _without_variants(evidence(store, one.copy.id))]
    obstacle = "" if copies else "what was written about is not kept any more"
    return Addressee(site, tuple(copies), tuple(one.id for one in known), obstacle)


def _limited(row: Mapping[str, Any], rules: set[str]) -> dict[str, Any]:
    """The record without the failures that may not be spoken of yet."""
    kept = [f for f in row["findings"] if f["outcome"] != "fail" or f["rule"] in rules]
    return {**row, "findings": kept}


def _without_variants(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The pages of one copy, but for those that call another of them the canonical one (AMP, print)."""
    urls = {row["url"] for row in rows}
    return [
        row for row in rows if row["canonical"] in (None, row["url"], row["final_url"]) or row["canonical"] not in urls
    ]


def _of_case(row: Mapping[str, Any], one: Case, desk: Desk) -> Copy:
    work = desk.works[one.copy.work]
    cured = one.closed if one.state is State.CURED else None
    return Copy(
        row,
        work,
        license_of(row, work),
        notified=date.fromisoformat(day(one.notified)) if one.notified else None,
        cured=date.fromisoformat(day(cured)) if cured else None,
        seen=date.fromisoformat(day(one.last_seen)),
        withdrawn=one.state is State.WITHDRAWN,
    )
