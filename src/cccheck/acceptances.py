"""`accepted.toml`: pages that stand as they are for a reason, who decided it, and until when.

An accepted page is not held to anything: it keeps what it is known to be (a copy, unavailable, …), has no findings, and
counts in no verdict. Whether an entry has ended goes by the day on which the page was fetched, so that the same
captures give the same audit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from cccheck.addresses import host_of
from cccheck.data import read_toml
from cccheck.model import PageAudit, Verdict
from cccheck.phrases import fold
from cccheck.validation import problems

_WORDS = {
    "partner": "partner",
    "permission": "separate permission",
    "own-site": "own site",
    "quotation": "fair quotation",
    "wire": "text of an agency",
}


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One entry: what it is for, and its scope, all of which must hold. `until` is a day, included."""

    kind: str
    reason: str
    by: str
    site: str | None = None
    url: str | None = None
    work: str | None = None
    naming: str | None = None
    until: str | None = None

    @property
    def words(self) -> str:
        """What the report says of a page that it accepts."""
        until = f", until {self.until}" if self.until else ""
        return f"{_WORDS[self.kind]}: {self.reason} ({self.by}{until})"

    @property
    def scope(self) -> str:
        """What it is for, in a few words."""
        return ", ".join(filter(None, (self.site, self.url, self.work and f"work {self.work}")))

    def ended(self, day: str) -> bool:
        """Whether it no longer holds on a day (`2026-11-01`)."""
        return self.until is not None and day[:10] > self.until

    def covers(self, audit: PageAudit) -> bool:
        """Whether a page is within its scope."""
        return (
            (self.work is None or self.work == audit.work)
            and (self.site is None or _at(self.site, audit.final_url))
            and (self.url is None or any(_pattern(self.url).match(_bare(url)) for url in (audit.url, audit.final_url)))
            and (self.naming is None or _names(audit, self.naming))
        )


def load_acceptances(path: Path) -> tuple[Acceptance, ...]:
    """The entries of a file. Raises DataError with file, key and mend."""
    document: Any = json.loads(json.dumps(read_toml(path), default=str))
    for wrong in problems(document, "accepted", path):
        raise wrong
    return tuple(Acceptance(**row) for row in document.get("accepted", ()))


def accepted(audit: PageAudit, acceptances: Sequence[Acceptance]) -> PageAudit:
    """The audit as it stands with the first entry that covers the page and held when it was fetched, or as it is."""
    if audit.accepted or not acceptances:
        return audit
    day = audit.captures[0]["fetched_at"] if audit.captures else ""
    found = next((one for one in acceptances if not one.ended(day) and one.covers(audit)), None)
    return _as_it_is(audit, found) if found else audit


def _as_it_is(audit: PageAudit, found: Acceptance) -> PageAudit:
    verdict = audit.verdict
    if verdict in (Verdict.VIOLATION, Verdict.REVIEW):
        verdict = Verdict.COMPLIANT if audit.match else Verdict.NOT_A_COPY
    detail = audit.detail if verdict is audit.verdict else "accepted, and not judged"
    return replace(audit, verdict=verdict, detail=detail, findings=(), accepted=found.words)


def remarks(acceptances: Iterable[Acceptance], day: str, works: Iterable[str], path: Path) -> list[str]:
    """What should be said of entries that accept nothing: those that have ended, and those for unknown works."""
    known, found = set(works), []
    for number, one in enumerate(acceptances, 1):
        if one.ended(day):
            mend = "its pages are judged; set a new date or take it out"
            found.append(f"{path.name}: entry {number} ({one.scope}) ended on {one.until}: {mend}")
        if one.work is not None and one.work not in known:
            found.append(f"{path.name}: entry {number}: no work is called `{one.work}`; mend the id or take it out")
    return found


# ------------------------------------------------------------------ scope


def _at(site: str, url: str) -> bool:
    host = host_of(url)
    return host == site or host.endswith(f".{site}")


def _bare(url: str) -> str:
    """An address without scheme and `www.`, its host in small letters."""
    rest = url.partition("://")[2]
    host, slash, path = rest.partition("/")
    return host.lower().removeprefix("www.") + slash + path


@lru_cache(maxsize=1_000)
def _pattern(url: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, _bare(url).split("*"))) + r"\Z", re.S)


def _names(audit: PageAudit, name: str) -> bool:
    wanted = fold(name)
    return any(wanted in fold(block.text) for block in audit.blocks if block.visible == "visible")
