"""What comes after a run, kept in its folder when it ends: what changed, each site's history and cases, its letter.

A report is drawn from the run's folder alone; so what the history knew then, and what was due to be written, is there.
Nothing is sent, and nothing is moved in the history.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from cccheck.correspondence import Addressee, Contacts, Desk, due_at, of_site
from cccheck.errors import DataError, UsageError
from cccheck.files import replacing
from cccheck.history import Case, Change, Run, Sighting, Store, cases, runs, sightings
from cccheck.journal import FOLLOW_UP
from cccheck.letters import Copy, Sender, write_letter
from cccheck.letters.refusals import Refusal, refusal
from cccheck.letters.words import languages
from cccheck.model import Work
from cccheck.plain import clean, whole
from cccheck.report.kept import Originals
from cccheck.report.ordered import OrderedPages, ordered

_CHANGES = 200  # of one kind that are named; all are counted
_RUNS = 12  # the latest, of a site's timeline
_SEEN = 40  # sightings of a site
_CONTACTS = 4
_PAGES = 200  # of one site that are looked at for its letter
_REACHED = 500  # sites of a run whose pages are read once more for contacts


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes letters, at what time, about which works; `refusals` are never written to; `own` are templates."""

    sender: Sender
    now: str
    works: Mapping[str, Work]
    refusals: tuple[Refusal, ...] = ()
    own: Path | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """The run that this one is compared with, None for the first, and what changed."""

    before: Run | None
    changes: Sequence[Change]


def keep_follow_up(
    folder: Path,
    store: Store | None,
    since: Since | None,
    office: Office | None,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Write `follow-up.jsonl`: a line about the run, then one for each site of which there is something to say.

    Without a history there is nothing but letters; without an office there are none. `tell` hears, once each, why
    letters could not be drafted. Raises UsageError.
    """
    with replacing(folder / FOLLOW_UP) as out, closing(Contacts(folder)) as contacts:
        letters = _Letters(folder, store, office, contacts, tell) if office else None
        for row in _rows(folder, store, since, letters):
            out.write(whole(json.dumps(row, ensure_ascii=False)) + "\n")


def _rows(folder: Path, store: Store | None, since: Since | None, letters: _Letters | None) -> Iterator[dict[str, Any]]:
    yield {"since": since.before.finished if since and since.before else None, "changes": _told(since)}
    if store is None and letters is None:
        return
    known = runs(store)[-_RUNS:] if store else []
    with ordered(folder) as pages:
        for site, *_ in pages.sites():
            row = _history(store, site, known) if store else {}
            row |= letters.of(site, pages) if letters else {}
            if row:
                yield {"site": site, **row}


def _told(since: Since | None) -> list[dict[str, Any]] | None:
    """The changes by kind, in the order in which they are told; None where there is no run before."""
    if since is None or since.before is None:
        return None
    kinds = Counter(change.kind for change in since.changes)
    return [
        {
            "kind": kind.value,
            "count": count,
            "items": [
                {"site": change.copy.site, "url": change.copy.url, "work": change.copy.work}
                for change in [c for c in since.changes if c.kind is kind][:_CHANGES]
            ],
        }
        for kind, count in kinds.items()
    ]


# ------------------------------------------------------------------ a site in the history


def _history(store: Store, site: str, known: Sequence[Run]) -> dict[str, Any]:
    """What was seen there when, and its cases."""
    found = sightings(store, site=site)
    row: dict[str, Any] = {}
    if len(known) > 1:
        row["timeline"] = [_at(run, found.values()) for run in known]
        seen = [sighting for each in found.values() for sighting in each]
        latest = sorted(seen, key=lambda s: (s.last_seen, s.url), reverse=True)
        row["seen"] = [_sighting(sighting) for sighting in latest[:_SEEN]]
        row["seen_more"] = max(0, len(latest) - _SEEN)
    if told := cases(store, site=site):
        row["cases"] = [_case(case) for case in told]
    return row


def _at(run: Run, pages: Iterable[Sequence[Sighting]]) -> dict[str, Any]:
    """How many pages had which verdict at the end of a run."""
    verdicts = Counter(
        state.verdict.value
        for page in pages
        if (state := next((s for s in reversed(page) if s.first_run <= run.number), None)) and not state.accepted
    )
    return {"at": run.finished, "verdicts": dict(verdicts)}


def _sighting(seen: Sighting) -> dict[str, Any]:
    checks = dict.fromkeys(check for _, check in (*seen.missing, *seen.unsure))
    return {
        "url": seen.url,
        "verdict": seen.verdict.value,
        "reason": seen.reason,
        "checks": list(checks),
        "first_seen": seen.first_seen,
        "last_seen": seen.last_seen,
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "work": case.copy.work,
        "url": case.copy.url,
        "state": case.state.value,
        "checks": list(case.checks),
        "opened": case.opened,
        "notified": case.notified,
        "cure_until": case.cure_until,
        "cure_clause": case.cure_clause,
        "answer_by": case.answer_by,
        "closed": case.closed,
        "why": case.why,
    }


# ------------------------------------------------------------------ letters


class _Letters:
    """The letter to each site, one at a time: by its cases where there is a history, else by the run alone."""

    def __init__(
        self, folder: Path, store: Store | None, office: Office, contacts: Contacts, tell: Callable[[str], None]
    ) -> None:
        self._tell, self._told = tell, set[str]()
        self._store, self._office, self._contacts = store, office, contacts
        self._originals = Originals(folder)
        self._reached = 0

    def of(self, site: str, pages: OrderedPages) -> dict[str, Any]:
        """The draft and the contacts that the site gives, or why there is no letter; nothing where none is due."""
        try:
            addressee = self._addressee(site, pages)
            return self._written(addressee) if addressee else {}
        except UsageError as error:
            return {"no_letter": str(error)}
        except Exception as error:  # noqa: BLE001 - a template of the team's own can fail in any way, and the run is safe
            why = str(error) if isinstance(error, DataError) else clean(f"{type(error).__name__}: {error}")[:200]
            if why not in self._told:
                self._told.add(why)
                self._tell(f"no letter is drafted to {site}, nor where the same happens: {why}")
            return {"no_letter": why}

    def _addressee(self, site: str, pages: OrderedPages) -> Addressee | None:
        if self._store is not None:
            return due_at(self._store, Desk(self._office.works, self._office.now), site)
        return of_site(site, islice(pages.pages(site), _PAGES), {}, self._originals)

    def _written(self, addressee: Addressee) -> dict[str, Any]:
        office = self._office
        hosts = [copy.record["final_url"] for copy in addressee.copies]
        refused = refusal(office.refusals, addressee.site, *hosts)
        if refused is not None:
            return {"no_letter": f"the site is on the do-not-contact list ({refused.why or 'no reason is given'})"}
        if addressee.obstacle:
            return {"no_letter": addressee.obstacle}
        today, language = date.fromisoformat(office.now[:10]), _language(addressee.copies)
        letter = write_letter(
            addressee.site, addressee.copies, office.sender, language=language, today=today, own=office.own
        )
        draft = {"subject": letter.subject, "text": letter.text, "language": letter.language}
        return {"letter": draft, "contacts": self._contacts_of(addressee)}

    def _contacts_of(self, addressee: Addressee) -> list[dict[str, str]]:
        """What the site's captured pages give; for the first sites only, for each takes reading its pages again."""
        self._reached += 1
        if self._reached > _REACHED:
            return []
        found = [each for each in self._contacts.of(addressee) if refusal(self._office.refusals, each.value) is None]
        return [
            {"value": each.value, "kind": each.kind, "how": each.how, "found_on": each.found_on}
            for each in found[:_CONTACTS]
        ]


def _language(copies: Sequence[Copy]) -> str:
    """The articles' own, where all have one that letters can be written in."""
    spoken = {(copy.work.language or "").partition("-")[0].lower() for copy in copies}
    own = spoken.pop() if len(spoken) == 1 else ""
    return own if own in languages() else "en"
