"""What the history is made of: runs, copies, sightings of them, changes between two runs, cases. Frozen values.

Times are ISO 8601 in UTC (`2026-11-01T06:00:00Z`); the time of a sighting is that of the capture, not of the run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from cccheck.model import Reason, Verdict

GONE_REASONS: frozenset[str] = frozenset(
    {Reason.HTTP_404, Reason.HTTP_410, Reason.SOFT_404, Reason.REDIRECTED_HOME, Reason.PARKED}
)
"""Reasons of `unavailable` by which a site says that the page is not there any more; all others may be passing."""

MENTIONED_AFTER = 3  # failures in a row before a page that cannot be reached is mentioned


@dataclass(frozen=True, slots=True)
class Run:
    """A finished scan. `number` counts the runs of this history, `name` is the run's id, `folder` where it wrote."""

    number: int
    name: str
    folder: str
    started: str
    finished: str
    measure: str  # digest of rules, works and program: by what was judged
    pages: int


@dataclass(frozen=True, slots=True)
class Lack:
    """A required rule that a copy does not meet, and since when without a break."""

    rule: str
    check: str
    since: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a page was like from one capture to another, while nothing changed.

    `verdict` counts decisions in; `unavailable` with a reason of GONE_REASONS means gone, with any other that the page
    could not be reached. `missing` are rule and check of each required failure, `unsure` of each required review.
    `times` is the number of runs. `shown` is the digest of what a reader saw.
    """

    page: int
    url: str
    verdict: Verdict
    reason: str | None
    missing: tuple[tuple[str, str], ...]
    unsure: tuple[tuple[str, str], ...]
    accepted: str | None
    decided: tuple[str, ...]  # rules on which a person decided
    first_seen: str
    last_seen: str
    times: int
    first_run: int
    last_run: int
    measure: str = ""
    shown: str = ""

    @property
    def gone(self) -> bool:
        """Whether the copy is not there: the page is gone, or its text is."""
        return self.verdict is Verdict.NOT_A_COPY or (self.reason or "") in GONE_REASONS

    @property
    def unreachable(self) -> bool:
        """Whether nothing could be seen, so that what was known before still stands."""
        return self.verdict is Verdict.UNAVAILABLE and not self.gone


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a work on a site, under however many addresses (AMP, print, tag pages); `url` is the main one."""

    id: int
    site: str
    work: str
    url: str


@dataclass(frozen=True, slots=True)
class CopyState:
    """What was known of a copy at a run: of each of its pages the last sighting, and whether it had failed before.

    `failing` are pages that could not be reached for MENTIONED_AFTER runs, with what they gave; `was_violation` says
    that some earlier sighting was one.
    """

    copy: Copy
    pages: tuple[Sighting, ...]
    failing: tuple[Sighting, ...] = ()
    was_violation: bool = False


class Kind(StrEnum):
    """What a change is, in the order in which changes are told."""

    NEW_VIOLATION = "new-violation"
    COME_BACK = "come-back"
    NEW_COPY = "new-copy"
    REVIEW = "review"
    PARTLY_CURED = "partly-cured"
    CURED = "cured"
    CLEARED = "cleared"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    DECIDED = "decided"
    ACCEPTED = "accepted"
    JUDGED_ANEW = "judged-anew"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one copy between two runs; the copy's `url` is the page to look at.

    `before` and `after` are verdicts, or `gone`, or `accepted`; None where nothing was known.
    `since` is when the state before was last seen, `seen` when the state after was; `missing` are the checks that fail
    after, `mended` those that failed before only.
    """

    kind: Kind
    copy: Copy
    before: str | None
    after: str | None
    missing: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    since: str | None = None
    seen: str | None = None
    reason: str | None = None

    @property
    def accuses(self) -> bool:
        """Whether a violation is there that was not there before: what `--fail-on new` counts."""
        new = self.kind in (Kind.NEW_VIOLATION, Kind.COME_BACK, Kind.NEW_COPY)
        return new and self.after == Verdict.VIOLATION


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    NOTIFIED = "notified"
    OVERDUE = "overdue"
    CURED = "cured"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


Pending = Literal["", "gone", "review"]
ACTIVE = (State.OPEN, State.NOTIFIED, State.OVERDUE)
"""States in which something is still to be done."""


@dataclass(frozen=True, slots=True)
class Case:
    """One violation, from the first sight of it to its end.

    `missing` is what the last sighting lacked. `first_seen` and `last_seen` are the captures between which the copy was
    in violation. `cure_until`: mended by then, the rights come back by themselves (`cure_clause`); it counts from the
    notice and is therefore presumed, and None where the licence grants no cure. `answer_by`: when the case becomes
    overdue. `earlier` is the number of cases of this copy before it. `why` goes with the last move.

    `pending` says that since `pending_since` the copy looks otherwise, and it is too early to say what that means:
    `gone`, or for `review`.
    """

    id: int
    copy: Copy
    state: State
    opened: str
    missing: tuple[Lack, ...]
    first_seen: str
    last_seen: str
    license: str | None = None
    notified: str | None = None
    cure_until: str | None = None
    cure_clause: str | None = None
    answer_by: str | None = None
    closed: str | None = None
    why: str = ""
    earlier: int = 0
    pending: Pending = ""
    pending_since: str | None = None

    @property
    def checks(self) -> tuple[str, ...]:
        """The checks that fail."""
        return tuple(dict.fromkeys(lack.check for lack in self.missing))


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a case: `kind` is a state it went to, or `note`."""

    case: int
    at: str
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether a letter may be written now, and why or why not, in one plain sentence."""

    allowed: bool
    reason: str
    lacks: tuple[Lack, ...] = field(default=())  # what a letter may speak of: what was seen twice
