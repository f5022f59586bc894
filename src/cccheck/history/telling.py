"""Changes, sightings and cases in words, for a terminal, a mail or a chat. Pure: what is printed is cleaned outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cccheck.history.model import Case, Change, Event, Kind, Run, Sighting, State
from cccheck.history.times import day, days_between
from cccheck.model import Verdict
from cccheck.report.table import word_for

HEADINGS = {
    Kind.NEW_VIOLATION: "New violations",
    Kind.COME_BACK: "Come back",
    Kind.NEW_COPY: "New copies",
    Kind.REVIEW: "To be looked at",
    Kind.PARTLY_CURED: "Partly cured",
    Kind.CURED: "Cured",
    Kind.CLEARED: "No longer in question",
    Kind.GONE: "Gone",
    Kind.UNREACHABLE: "Could not be checked",
    Kind.DECIDED: "Decided by a person",
    Kind.ACCEPTED: "Accepted",
    Kind.JUDGED_ANEW: "Judged anew",
}
OVERDUE = "Overdue"
_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")

Item = tuple[str, str, str]  # address, work, sentence


def between(before: Run | None, after: Run) -> str:
    """Which runs are compared."""
    first = f"{day(before.finished)} ({before.name})" if before else "nothing"
    return f"{day(after.finished)} ({after.name}) against {first}"


def as_text(changes: Iterable[Change], overdue: Sequence[Case] = ()) -> Iterator[str]:
    """A heading for each kind, and two lines for each change."""
    for heading, items in _sections(changes, overdue):
        yield ""
        yield f"{heading} ({len(items)})"
        for url, _, text in items:
            yield f"  {url}"
            yield f"      {text}"


def as_markdown(title: str, changes: Iterable[Change], overdue: Sequence[Case] = ()) -> Iterator[str]:
    """A digest for a mail or a chat; nothing where nothing changed."""
    sections = list(_sections(changes, overdue))
    if not sections:
        return
    yield f"**{_escaped(title)}**: " + ", ".join(f"{name.lower()} {len(items)}" for name, items in sections)
    for heading, items in sections:
        yield from ("", f"**{heading}**", "")
        for url, work, text in items:
            yield f"- <{_address(url)}> ({_escaped(work)}): {_escaped(text)}"


def _sections(changes: Iterable[Change], overdue: Sequence[Case]) -> Iterator[tuple[str, list[Item]]]:
    by_kind: dict[Kind, list[Item]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append((change.copy.url, change.copy.work, told(change)))
    for kind, heading in HEADINGS.items():
        if kind in by_kind:
            yield heading, by_kind[kind]
    if overdue:
        yield OVERDUE, [(case.copy.url, case.copy.work, f"case {case.id}: {standing_of(case)}") for case in overdue]


def told(change: Change) -> str:
    """One change in one sentence: what it is like now, what it was like before and until when that was seen."""
    now, before = _now(change), _before(change)
    return f"{now} ({before})" if before else now


def _now(change: Change) -> str:
    if change.kind is Kind.UNREACHABLE:
        return f"not reached three times in a row: {change.reason or 'unknown'}"
    if change.kind is Kind.GONE:
        return f"not there any more: {change.reason or 'the text is gone'}"
    if change.after == Verdict.VIOLATION:
        mended = f"; mended: {_words(change.mended)}" if change.mended else ""
        return f"missing: {_words(change.missing) or 'see the report'}{mended}"
    if change.kind is Kind.CURED:
        return f"mended: {_words(change.mended)}; seen so on {day(change.seen or '')}"
    if change.after == Verdict.REVIEW:
        return "a person must look"
    return f"accepted: {change.reason}" if change.kind is Kind.ACCEPTED else str(change.after)


def _before(change: Change) -> str:
    if change.before is None:
        return "never seen yet" if change.kind is Kind.UNREACHABLE else ""
    seen = f"{change.before}, last seen on {day(change.since or '')}"
    if change.kind is Kind.UNREACHABLE:
        return f"what is known still stands: {seen}"
    if change.kind in (Kind.JUDGED_ANEW, Kind.DECIDED):
        return f"was {change.before}; the page had not changed"
    return f"was {seen}"


def _words(checks: Iterable[str]) -> str:
    return ", ".join(word_for(check) for check in dict.fromkeys(checks))


# ------------------------------------------------------------------ sightings and cases


def sighting(seen: Sighting) -> str:
    """`2026-11-01 to 2026-11-04    violation: author (4 runs)`."""
    first, last = day(seen.first_seen), day(seen.last_seen)
    dates = first if first == last else f"{first} to {last}"
    return f"{dates:24}  {_what(seen)} ({seen.times} {'run' if seen.times == 1 else 'runs'})"


def _what(seen: Sighting) -> str:
    if seen.unreachable:
        return f"not reached: {seen.reason}"
    if seen.gone:
        return f"gone: {seen.reason or 'the text is not there'}"
    words = _words(check for _, check in seen.missing) or _words(check for _, check in seen.unsure)
    marks = [f"accepted: {seen.accepted}"] if seen.accepted else []
    marks += ["decided by a person"] if seen.decided else []
    return f"{seen.verdict.value}{': ' if words else ''}{words}" + "".join(f" [{mark}]" for mark in marks)


def standing_of(case: Case) -> str:
    """Where a case stands, with its dates."""
    if case.closed:
        return f"{case.state} on {day(case.closed)}" + (f": {case.why}" if case.why else "")
    notice = f", notice of {day(case.notified)}" if case.notified else ""
    parts = [f"{case.state} since {day(case.opened)}" if not notice else f"{case.state}{notice}"]
    if case.answer_by:
        parts.append(deadline(case))
    if case.pending:
        what = "not there" if case.pending == "gone" else "to be looked at"
        parts.append(f"{what} since {day(case.pending_since or '')}")
    return "; ".join(parts)


def deadline(case: Case) -> str:
    """The date that counts, and whose it is; presumed, for nobody knows when the republisher learnt of the breach."""
    if case.cure_until:
        ground = f"{case.cure_clause}, counted from the notice: presumed"
        if case.state is State.OVERDUE:
            return f"not mended by {day(case.cure_until)} ({ground})"
        return f"mending by {day(case.cure_until)} brings the rights back by itself ({ground})"
    return f"an answer is hoped for by {day(case.answer_by or '')}"


def case_line(case: Case, now: str) -> str:
    """A case in a line of a list: number, state, days open, date, site, what is missing."""
    age = int(days_between(case.opened, case.closed or now))
    due = f"by {day(case.answer_by)}" if case.answer_by and not case.closed else ""
    again = f" (case {case.earlier + 1} of this copy)" if case.earlier else ""
    missing = _words(case.checks) or "-"
    return f"{case.id:>5}  {case.state:9}  {age:>4} d  {due:13}  {case.copy.site:26}  {missing}{again}"


def case_lines(case: Case, events: Iterable[Event]) -> Iterator[str]:
    """A case in full, but for its pages."""
    yield f"Case {case.id}: {case.copy.site}, {case.copy.work}"
    yield f"  {standing_of(case)}"
    yield f"  {case.copy.url}"
    yield f"  licence: {case.license or 'not known'}; seen from {day(case.first_seen)} to {day(case.last_seen)}"
    for lack in case.missing:
        yield f"  missing since {day(lack.since)}: {word_for(lack.check)} ({lack.rule})"
    if case.earlier:
        yield f"  cases of this copy before: {case.earlier}"
    for event in events:
        text = _words(event.text.split(", ")) if event.kind == State.OPEN else event.text
        yield f"  {day(event.at)}  {event.kind}{': ' if text else ''}{text}"


# ------------------------------------------------------------------ Markdown


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _address(url: str) -> str:
    return re.sub(r"[<>\s\\]", lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), url)
