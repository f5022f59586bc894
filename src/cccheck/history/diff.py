"""What changed between two runs: two states of each copy in, typed changes out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cccheck.history.model import Change, CopyState, Kind, Sighting
from cccheck.model import SITE_ORDER, Verdict

GONE, ACCEPTED = "gone", "accepted"
_FINE = (Verdict.COMPLIANT, Verdict.EXCERPT)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a copy comes to, over all its pages: a verdict, `accepted` or `gone`; the checks that fail; when seen.

    `url` is the page to look at: of those that give the copy its standing, the one with the shortest address.
    """

    label: str
    missing: tuple[str, ...]
    seen: str
    url: str
    reason: str | None = None


def standing(pages: Iterable[Sighting]) -> Standing | None:
    """The first verdict, in the order of attention, of the pages that are there; None where nothing is known."""
    known = [page for page in pages if not page.unreachable]
    if not known:
        return None
    there = [page for page in known if not page.gone]
    seen = max(page.last_seen for page in known)
    if not there:
        return Standing(GONE, (), seen, _shortest(known), known[-1].reason)
    judged = [page for page in there if not page.accepted]
    if not judged:
        return Standing(ACCEPTED, (), seen, _shortest(there), there[0].accepted)
    verdict = next(verdict for verdict in SITE_ORDER if any(page.verdict is verdict for page in judged))
    lacks = (check for page in judged for _, check in page.missing)
    url = _shortest(page for page in judged if page.verdict is verdict)
    return Standing(verdict.value, tuple(dict.fromkeys(lacks)), seen, url)


def _shortest(pages: Iterable[Sighting]) -> str:
    return min((page.url for page in pages), key=lambda url: (len(url), url))


def diff(before: Mapping[int, CopyState], after: Mapping[int, CopyState]) -> tuple[Change, ...]:
    """The changes from one state to the other, in the order of their kinds, then by site and address."""
    found = (change(before.get(number), state) for number, state in after.items())
    order = list(Kind)
    return tuple(
        sorted(
            filter(None, found),
            key=lambda c: (order.index(c.kind), not c.accuses, c.copy.site, c.copy.url, c.copy.work),
        )
    )


def change(before: CopyState | None, after: CopyState) -> Change | None:
    """What is to be told of one copy, or None."""
    old, new = standing(before.pages) if before else None, standing(after.pages)
    kind = _kind(before, old, after, new)
    if kind is None:
        return _unreachable(before, old, after)
    had, has = (set(side.missing) if side else set() for side in (old, new))
    told = new if new and (old is None or new.label in (Verdict.VIOLATION, Verdict.REVIEW)) else old
    return Change(
        kind,
        replace(after.copy, url=told.url) if told else after.copy,
        old.label if old else None,
        new.label if new else None,
        missing=tuple(check for check in new.missing if new) if new else (),
        mended=tuple(check for check in old.missing if check not in has) if old and had - has else (),
        since=old.seen if old else None,
        seen=new.seen if new else None,
        reason=new.reason if new else None,
    )


def _kind(before: CopyState | None, old: Standing | None, after: CopyState, new: Standing | None) -> Kind | None:
    if new is None:
        return None
    if old is None or before is None:
        return None if new.label == GONE else Kind.NEW_COPY
    if (old.label, set(old.missing)) == (new.label, set(new.missing)):
        return None
    if new.label == ACCEPTED:
        return Kind.ACCEPTED
    if by := _without_a_change(before, after):
        return by
    return _moved(before, old, new)


def _moved(before: CopyState, old: Standing, new: Standing) -> Kind | None:
    """The kind, where the page itself is what changed."""
    if new.label == GONE:
        return Kind.GONE
    if new.label == Verdict.VIOLATION:
        if old.label == Verdict.VIOLATION:
            return Kind.NEW_VIOLATION if set(new.missing) - set(old.missing) else Kind.PARTLY_CURED
        return Kind.COME_BACK if before.was_violation or old.label == GONE else Kind.NEW_VIOLATION
    if old.label == GONE:
        return Kind.COME_BACK
    if new.label == Verdict.REVIEW:
        return Kind.REVIEW
    if new.label in _FINE and old.label == Verdict.VIOLATION:
        return Kind.CURED
    return Kind.CLEARED if new.label in _FINE and old.label == Verdict.REVIEW else None


def _without_a_change(before: CopyState, after: CopyState) -> Kind | None:
    """Decided or judged anew: every page that is spoken of otherwise shows what it showed before."""
    then = {page.page: page for page in before.pages}
    pairs = [(then.get(page.page), page) for page in after.pages]
    moved = [(old, new) for old, new in pairs if old is None or _said(old) != _said(new)]
    if not moved or any(old is None or not old.shown or old.shown != new.shown for old, new in moved):
        return None
    same = [(old, new) for old, new in moved if old is not None]
    if any(old.decided != new.decided for old, new in same):
        return Kind.DECIDED
    return Kind.JUDGED_ANEW if all(old.measure != new.measure for old, new in same) else None


def _said(page: Sighting) -> tuple[object, ...]:
    return (page.verdict, page.accepted, {check for _, check in page.missing})


def _unreachable(before: CopyState | None, old: Standing | None, after: CopyState) -> Change | None:
    told = {page.page for page in before.failing} if before else set()
    new = [page for page in after.failing if page.page not in told]
    if not new:
        return None
    label = old.label if old else None
    since = old.seen if old else None
    return Change(Kind.UNREACHABLE, after.copy, label, label, since=since, seen=new[0].last_seen, reason=new[0].reason)
