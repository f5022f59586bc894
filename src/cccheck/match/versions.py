"""Earlier versions of a work: a copy is compared with the version that it was made from.

An original that was corrected after it was copied makes no changed copy of the copy. That the copy still carries what
the original no longer says is worth telling, and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cccheck.match.align import Alignment, align
from cccheck.match.corpus import Found, Gram, IndexedText, found_of
from cccheck.match.edits import Changes, find_changes
from cccheck.match.layout import Layout
from cccheck.match.normalize import words
from cccheck.match.stream import Stream
from cccheck.model import HARMLESS_KINDS, Edit, Work


@dataclass(frozen=True, slots=True)
class Reading:
    """A page read against one version of a work."""

    found: Found
    alignment: Alignment
    layout: Layout
    copied: dict[int, tuple[tuple[int, int], ...]]
    changes: Changes
    version: str | None = None
    corrections: tuple[Edit, ...] = ()

    @property
    def _difference(self) -> int:
        """How many words the page and the text differ by."""
        return self.changes.altered + self.changes.cut + self.changes.added


def read(stream: Stream, found: Found, alignment: Alignment) -> Reading:
    """What of a text stands where, and what was done to it."""
    weights: dict[int, int] = {}
    copied: dict[int, list[tuple[int, int]]] = {}
    for run in alignment.runs:
        for block, first, last in stream.pieces(run.page, run.page + run.length):
            weights[block] = weights.get(block, 0) + last - first
            copied.setdefault(block, []).append(stream.characters(block, first, last))
    layout = Layout(stream.page, weights, min(weights), max(weights))
    changes = find_changes(stream, found.text, alignment, layout)
    return Reading(found, alignment, layout, {block: tuple(spans) for block, spans in copied.items()}, changes)


def nearest(reading: Reading, work: Work, stream: Stream, page: Sequence[Gram]) -> Reading:
    """The reading against that version of the work which the page differs least from; of equals, the latest."""
    if not work.versions or not _differs(reading):
        return reading
    best = reading
    for version, older in _older(work, stream, page):
        if older._difference < best._difference:
            best = replace(older, version=version)
    return best if best is reading else replace(best, corrections=_corrections(reading, best))


def _differs(reading: Reading) -> bool:
    return any(edit.kind not in HARMLESS_KINDS for edit in reading.changes.edits)


def _older(work: Work, stream: Stream, page: Sequence[Gram]) -> Iterator[tuple[str, Reading]]:
    """The readings against the earlier versions, the latest first."""
    for date, text in sorted(work.versions, reverse=True):
        found = found_of(_text(replace(work, text=text)), page)
        alignment = align(stream, page, found)
        if alignment.runs:
            yield date, read(stream, found, alignment)


@lru_cache(maxsize=256)
def _text(work: Work) -> IndexedText:
    return IndexedText(-1, tuple(words(work.text)), (work,))


def _corrections(now: Reading, then: Reading) -> tuple[Edit, ...]:
    """Where the original says something else by now, and the copy what it said then."""
    kept = {_place(edit) for edit in then.changes.edits}
    return tuple(e for e in now.changes.edits if e.kind not in HARMLESS_KINDS and _place(e) not in kept)


def _place(edit: Edit) -> tuple[object, ...]:
    if edit.copy is None:
        return (edit.original_quote,)
    return edit.copy.block, edit.copy.start, edit.copy.end
