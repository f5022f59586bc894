"""The republished body: which blocks of the page are the article as it stands there, and what became of each.

Blocks with copied words are the body. Between them, and next to them, lies what somebody put in the place of words that
are missing; it is told from a page's furniture by where it stands, and by how much is missing there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from cccheck.match.align import Alignment
from cccheck.match.layout import FURNITURE, Layout
from cccheck.match.stream import Stream
from cccheck.model import Edit, Mark, Run

_ASIDE_TAGS = frozenset({"figcaption", "caption", "summary", "button", "label", "legend"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MIN_APART = 8  # words: shorter lines that are no siblings of the article are labels and buttons
_BESIDE_TEXT = frozenset({"headline-changed", "links-dropped", "images-dropped"})  # edits of something else
_MAX_LINKED = 0.5  # share of a block's text that is links: more is a list of links
_MAX_SKIPPED = 3  # blocks passed over in a row at an end: a heading, a picture, a box


def mark_blocks(
    stream: Stream, size: int, alignment: Alignment, layout: Layout, edits: Sequence[Edit]
) -> dict[int, Mark]:
    """The blocks of the body in reading order. `size`: words of the work.

    `copied`: all its words are the original's, in the original's order; `moved`: the same, at another place; `altered`:
    words are missing, put in or replaced; `added`: none of its words stands in the original at this place.
    """
    marks = _of_copied(stream, alignment, layout)
    for edit in edits:
        if edit.copy is not None and edit.copy.block not in marks and edit.kind not in _BESIDE_TEXT:
            marks[edit.copy.block] = "altered" if edit.words_original else "added"
    marks |= dict.fromkeys(_in_place_of_missing(stream, size, alignment, layout, marks), "altered")
    return dict(sorted(marks.items()))


def _of_copied(stream: Stream, alignment: Alignment, layout: Layout) -> dict[int, Mark]:
    """The marks of blocks that hold copied words."""
    marks: dict[int, Mark] = {}
    moved: dict[int, int] = {}
    for run in alignment.moved:
        for block, first, last in stream.pieces(run.page, run.page + run.length):
            moved[block] = moved.get(block, 0) + last - first
    for block, words in layout.weights.items():
        if words < stream.block_words(block):
            marks[block] = "altered"
        else:
            marks[block] = "moved" if 2 * moved.get(block, 0) > words else "copied"
    for one, other in pairwise(alignment.chain):
        at, then = stream.block_at(one.page + one.length - 1), stream.block_at(other.page)
        if at == then and other.work > one.work + one.length:
            marks[at] = "altered"  # words are gone from the middle of it
    return marks


def _in_place_of_missing(
    stream: Stream, size: int, alignment: Alignment, layout: Layout, marks: dict[int, Mark]
) -> Iterator[int]:
    """Blocks without copied words that stand where words of the original are missing."""
    missing = _missing_before(alignment.runs, size)
    if not missing[-1]:
        return
    chain = alignment.chain
    for one, other in pairwise(chain):
        lost = missing[other.work] - missing[one.work + one.length]
        first, last = stream.block_at(one.page + one.length - 1), stream.block_at(other.page)
        if lost and last - first > 1:
            between = [n for n in range(first + 1, last) if n not in marks and _may_be_text(stream, layout, n)]
            yield from _enough(stream, layout, between, lost)
    yield from _at_end(stream, layout, marks, missing[chain[0].work], stream.block_at(chain[0].page), -1)
    end = chain[-1]
    lost = missing[-1] - missing[end.work + end.length]
    yield from _at_end(stream, layout, marks, lost, stream.block_at(end.page + end.length - 1), 1)


def _missing_before(runs: Sequence[Run], size: int) -> list[int]:
    """How many words before each of the work's words are not on the page."""
    missing = bytearray(b"\x01" * size)
    for run in runs:
        missing[run.work : run.work + run.length] = bytes(run.length)
    return list(accumulate(missing, initial=0))


def _enough(stream: Stream, layout: Layout, blocks: list[int], missing: int) -> list[int]:
    """Of blocks that may be text, those that make up for the missing words: the article's siblings first."""
    if sum(map(stream.block_words, blocks)) <= 2 * missing + 20:
        return blocks
    beside = [n for n in blocks if layout.beside(stream.page.blocks[n])]
    return beside if sum(map(stream.block_words, beside)) <= 3 * missing + 40 else []


def _at_end(
    stream: Stream, layout: Layout, marks: dict[int, Mark], missing: int, block: int, step: int
) -> Iterator[int]:
    """Siblings of the article next to its first or last block, as many words as are missing there."""
    count = skipped = 0
    block += step
    while 0 <= block < len(stream.page.blocks) and count < missing and skipped <= _MAX_SKIPPED:
        size = stream.block_words(block)
        if (
            block not in marks
            and layout.beside(stream.page.blocks[block])
            and count + size <= 2 * missing + 20
            and not (step < 0 and stream.page.blocks[block].tag in _HEADINGS)  # the headline is not the text
            and _may_be_text(stream, layout, block)
        ):
            yield block
            count, skipped = count + size, 0
        else:
            skipped += 1
        block += step


def _may_be_text(stream: Stream, layout: Layout, number: int) -> bool:
    """Whether a block can be a part of an article: seen, no furniture, not a list of links."""
    block = stream.page.blocks[number]
    if not block.text or block.tag in _ASIDE_TAGS or layout.visible(block)[0] == "hidden":
        return False
    if any(kind in FURNITURE for kind in layout.parts(block)):
        return False
    if stream.block_words(number) < _MIN_APART and not layout.beside(block):
        return False
    linked = sum(link.end - link.start for link in stream.links_of(number))
    return linked <= _MAX_LINKED * len(block.text)
