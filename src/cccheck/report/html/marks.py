"""A text with its marks as HTML: differences by kind, with their number, and the evidence where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import escape

from cccheck.report.html.safe import clean


class Mark(NamedTuple):
    """A stretch of a text and what is said of it. Of two that overlap, the one with the higher rank is drawn."""

    start: int
    end: int
    rank: int
    tag: str  # the element: ins, del, mark, span
    kind: str  # its class, a word of ours
    label: str  # said in words before it
    note: str = ""  # the number of the difference


def marked(text: str, marks: Sequence[Mark], length: int) -> str:
    """The first `length` characters of the text as HTML, with the marks drawn. No two elements overlap."""
    shown = text[:length]
    if not marks:
        return escaped(shown)
    return "".join(_drawn(shown[start:end], mark) for start, end, mark in _stretches(len(shown), marks))


def escaped(text: str) -> str:
    """A text as HTML: controls shown as their numbers, line feeds as line breaks."""
    found = str(escape(clean(text)))
    return found.replace("\n", "<br>") if "\n" in found else found


def _stretches(length: int, marks: Iterable[Mark]) -> Iterable[tuple[int, int, Mark | None]]:
    """The text cut where a mark begins or ends; each stretch with the highest mark over it."""
    owner: list[tuple[int, int, Mark | None]] = [(0, length, None)]
    for mark in sorted(marks, key=lambda mark: mark.rank):
        start, end = max(0, mark.start), min(length, mark.end)
        if start < end:
            owner = list(_laid_over(owner, start, end, mark))
    return owner


def _laid_over(
    owner: list[tuple[int, int, Mark | None]], start: int, end: int, mark: Mark
) -> Iterable[tuple[int, int, Mark | None]]:
    done = False
    for low, high, other in owner:
        if high <= start or low >= end:
            if low >= end and not done:
                done = True
                yield start, end, mark
            yield low, high, other
            continue
        if low < start:
            yield low, start, other
        if high >= end and not done:
            done = True
            yield start, end, mark
        if high > end:
            yield end, high, other
    if not done:
        yield start, end, mark


def _drawn(text: str, mark: Mark | None) -> str:
    if mark is None or not text:
        return escaped(text)
    note = f"<sup>{mark.note}</sup>" if mark.note else ""
    label = f'<b class="label">{escape(mark.label)}{note}</b> '
    return f'<{mark.tag} class="{mark.kind}">{label}{escaped(text)}</{mark.tag}>'
