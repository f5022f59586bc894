"""What was done to the text: what stands between the runs of equal words, as cuts, additions and alterations.

What republishers put around and between paragraphs (credits, captions, ads, related boxes, headings) is no edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cccheck.match.align import Alignment
from cccheck.match.corpus import IndexedText
from cccheck.match.layout import FURNITURE, Layout
from cccheck.match.normalize import words
from cccheck.match.stream import Stream
from cccheck.model import Edit, EditKind, Place
from cccheck.phrases import fold, says

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode

# Calibrated on the untouched pages of the benchmark, where no edit may be found: see docs/accuracy.md.
_MIN_PROSE = 8  # words: shorter lines between paragraphs are headings, labels, buttons
_MAX_LINKED = 0.5  # share of a block's text that is links: more is a list of links
_SIMILAR = 0.5  # share of words in common for a gap to count as a reworded passage
_MUCH_MISSING = 40  # words missing at an end from which prose near it counts that is no sibling of the article
_MAX_SKIPPED = 3  # blocks passed over in a row at an end: a heading, a picture, a box
_CAPTION, _CREDIT = 40, 60  # words: fewer that speak of a picture, or give credit, are not the article's
_QUOTE = 300  # characters quoted of each side


@dataclass(frozen=True, slots=True)
class Changes:
    """All edits, and what they sum up to in words. `equal` words stand in reworded passages unchanged."""

    edits: tuple[Edit, ...]
    cut: int
    added: int
    altered: int
    equal: int


@dataclass(frozen=True, slots=True)
class _Gap:
    """Words `start` to `end` of the work that no run covers, and the page's words at that place."""

    start: int
    end: int
    page_start: int
    page_end: int


def find_changes(stream: Stream, text: IndexedText, alignment: Alignment, layout: Layout) -> Changes:
    """Compare what stands between the runs."""
    edits: list[Edit] = []
    equal = 0
    for gap in _gaps(stream, text, alignment):
        pieces = _prose(stream, layout, gap)
        kept, found = _compare(stream, text, gap, pieces)
        equal += kept
        edits.extend(found)
    sums = [_sizes(edit) for edit in edits]
    cut, added, altered = (sum(column) for column in zip(*sums, strict=True)) if sums else (0, 0, 0)
    return Changes(tuple(edits), cut, added, altered, equal)


def _sizes(edit: Edit) -> tuple[int, int, int]:
    """Words cut, added and altered by an edit: of two sides of unequal length, the rest was cut or added."""
    here = edit.words_copy
    there = edit.words_original
    both = min(here, there)
    return there - both, here - both, both


def _gaps(stream: Stream, text: IndexedText, alignment: Alignment) -> list[_Gap]:
    """The stretches between neighbouring runs of the chain, less what was moved elsewhere, and both ends."""
    moved = sorted((run.work, run.work + run.length) for run in alignment.moved)
    gaps: list[_Gap] = []
    work, page = 0, -1
    for run in alignment.chain:
        gaps.extend(_split(_Gap(work, run.work, page, run.page), moved))
        work, page = run.work + run.length, run.page + run.length
    gaps.extend(_split(_Gap(work, len(text.words), page, -1), moved))
    return gaps


def _split(gap: _Gap, moved: list[tuple[int, int]]) -> list[_Gap]:
    parts, start = [], gap.start
    for low, high in moved:
        if start <= low and high <= gap.end:
            parts.append(_Gap(start, low, gap.page_start, gap.page_end))
            start = high
    parts.append(_Gap(start, gap.end, gap.page_start, gap.page_end))
    longest = max(range(len(parts)), key=lambda n: parts[n].end - parts[n].start)
    # what stands on the page at that place is compared once, with the longest part
    return [
        part if number == longest else _Gap(part.start, part.end, part.page_end, part.page_end)
        for number, part in enumerate(parts)
    ]


def _prose(stream: Stream, layout: Layout, gap: _Gap) -> list[tuple[int, int, int]]:
    """The page's running text in a gap: (block, first word, last word + 1) without furniture."""
    if gap.page_start < 0 or gap.page_end < 0:
        return _prose_at_end(stream, layout, gap)
    return [
        (block, first, last)
        for block, first, last in stream.pieces(gap.page_start, gap.page_end)
        if last - first < stream.block_words(block) or _is_prose(stream, layout, block)
    ]


def _prose_at_end(stream: Stream, layout: Layout, gap: _Gap) -> list[tuple[int, int, int]]:
    """Before the first or after the last run: the rest of that block, then prose siblings next to it, as many words
    as are missing. More is the page's own."""
    forward = gap.page_end < 0
    start = gap.page_start if forward else gap.page_end
    missing = gap.end - gap.start
    if missing == 0 or (gap.page_start < 0 and gap.page_end < 0):
        return []
    found: list[tuple[int, int, int]] = []
    block = stream.block_at(start - 1 if forward else start)
    inside = start - stream.starts[block]
    rest = (inside, stream.block_words(block)) if forward else (0, inside)
    if rest[1] > rest[0]:
        found.append((block, *rest))
    count, step, skipped = rest[1] - rest[0], 1 if forward else -1, 0
    block += step
    while 0 <= block < len(stream.page.blocks) and count < missing and skipped <= _MAX_SKIPPED:
        size = stream.block_words(block)
        beside = layout.beside(stream.page.blocks[block]) or missing >= _MUCH_MISSING
        if beside and count + size <= 2 * missing + 20 and _is_prose(stream, layout, block):
            found.append((block, 0, size))
            count, skipped = count + size, 0
        else:
            skipped += 1
        block += step
    return sorted(found)


def _is_prose(stream: Stream, layout: Layout, number: int) -> bool:
    """Whether a whole block reads as part of an article, not as something put between its paragraphs."""
    block = stream.page.blocks[number]
    size = stream.block_words(number)
    if size < _MIN_PROSE or block.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "summary", "button"):
        return False
    if any(kind in FURNITURE for kind in layout.parts(block)) or layout.visible(block)[0] != "visible":
        return False
    linked = sum(link.end - link.start for link in stream.links_of(number))
    if linked > _MAX_LINKED * len(block.text):
        return False
    folded = fold(block.text)
    if size < _CAPTION and says("photo", folded):
        return False
    return not ((size < _CREDIT or stream.links_of(number)) and says("credit", folded))


def _compare(
    stream: Stream, text: IndexedText, gap: _Gap, pieces: list[tuple[int, int, int]]
) -> tuple[int, list[Edit]]:
    """The edits of one gap, and how many of its words stand unchanged."""
    here = [(block, at) for block, first, last in pieces for at in range(first, last)]
    missing = gap.end - gap.start
    if not missing and not here:
        return 0, []
    ids = [stream.words[stream.starts[block] + at] for block, at in here]
    original = text.words[gap.start : gap.end]
    if missing and here:
        from rapidfuzz.distance import Indel

        codes = list(Indel.opcodes(original, ids))
        equal = sum(code.src_end - code.src_start for code in codes if code.tag == "equal")
        if equal >= _SIMILAR * min(missing, len(ids)) or equal >= _SIMILAR * max(missing, len(ids)):
            return equal, _reworded(stream, text, gap, here, codes)
        return 0, [_edit("rewritten", stream, text, gap.start, gap.end, here)]
    if missing:
        return 0, [_edit("cut", stream, text, gap.start, gap.end, [])]
    return 0, [_edit("inserted", stream, text, gap.start, gap.end, here)]


def _reworded(
    stream: Stream, text: IndexedText, gap: _Gap, here: list[tuple[int, int]], codes: list[Opcode]
) -> list[Edit]:
    """Each stretch of difference in a passage that is still recognisably the same; spelling variants are none."""
    edits: list[Edit] = []
    stretches: list[list[int]] = []
    for code in codes:
        if code.tag == "equal":
            continue
        if stretches and stretches[-1][1] == code.src_start and stretches[-1][3] == code.dest_start:
            stretches[-1][1], stretches[-1][3] = code.src_end, code.dest_end
        else:
            stretches.append([code.src_start, code.src_end, code.dest_start, code.dest_end])
    for a, b, c, d in stretches:
        kind: EditKind = "rewritten" if b > a and d > c else "cut" if b > a else "inserted"
        edit = _edit(kind, stream, text, gap.start + a, gap.start + b, here[c:d])
        if not _same_spelling(edit):
            edits.append(edit)
    return edits


def _same_spelling(edit: Edit) -> bool:
    """`co-operate` and `cooperate`, `per cent` and `percent`: the same letters."""
    copy = "".join(words(edit.copy.quote)) if edit.copy else ""
    return "".join(words(edit.original_quote)) == copy


def _edit(kind: EditKind, stream: Stream, text: IndexedText, start: int, end: int, here: list[tuple[int, int]]) -> Edit:
    source = text.works[0].text
    low = text.spans[start][0] if start < end else (text.spans[start - 1][1] if start else 0)
    high = text.spans[end - 1][1] if start < end else low
    quote = source[low:high]
    return Edit(kind, end - start, len(here), low, high, _shorten(quote), _place(stream, here))


def _place(stream: Stream, here: list[tuple[int, int]]) -> Place | None:
    if not here:
        return None
    block = here[0][0]
    first, last = here[0][1], max(at for b, at in here if b == block)
    start, end = stream.characters(block, first, last + 1)
    quoted = [stream.page.blocks[block].text[start:end]]
    quoted += [stream.page.blocks[b].text for b in dict.fromkeys(b for b, _ in here) if b != block]
    return Place(block, start, end, _shorten(" ".join(quoted)))


def _shorten(text: str) -> str:
    return text if len(text) <= _QUOTE else text[: _QUOTE // 2] + " … " + text[-_QUOTE // 2 :]
