"""Where the texts differ: what stands on the page between the runs of equal words, compared word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from cccheck.match.align import Alignment
from cccheck.match.corpus import IndexedText
from cccheck.match.normalize import words as words_of
from cccheck.match.prose import Piece, Prose
from cccheck.match.stream import Stream

if TYPE_CHECKING:
    from rapidfuzz.distance._initialize import Opcode

_SIMILAR = 0.5  # share of words in common for a gap to count as a reworded passage
_FEW_EQUAL = 4  # words: fewer in common mean nothing where the sides are of very unequal length
_MAX_SHIFT = 6  # words
_ENDS = re.compile(r"[.!?…\n]")
_ALIKE = 0.3  # share of words in common from which one is the other written anew, wherever it stands
_MUCH_MISSING = 40  # words missing at an end from which prose near it counts that is no sibling of the article
_MAX_SKIPPED = 3  # blocks passed over in a row at an end: a heading, a picture, a box
_STRUCK, _NEAR_BLOCKS = frozenset({"s", "del", "strike"}), 12  # a struck word follows its line as a block
_FEW = (3, 25)  # words in a row that are looked for elsewhere on the page before they are called cut
_LABEL = 2  # words left at a place where many more are gone are a label, and no other wording
_SENTENCE_SIGNS = tuple(".!?…。")
_MOST_LOOKED_FOR = 200  # cuts
_SIZES = 3  # a paragraph in the place of another is at most so many times as long


@dataclass(frozen=True, slots=True)
class Words:
    """A difference: words `start` to `end` (not included) of the work, and the page's words that stand for them.

    `before` is the page's word before them (-1: none is known); `here` are global word numbers, in order.
    """

    start: int
    end: int
    here: tuple[int, ...]
    before: int
    paragraph: bool = False  # a whole paragraph that was put in

    @property
    def size(self) -> int:
        """The larger side's count of words."""
        return max(self.end - self.start, len(self.here))


@dataclass(frozen=True, slots=True)
class Compared:
    """All differences in the order of the original, and how many words between the runs are equal."""

    differences: tuple[Words, ...]
    equal: int


@dataclass(frozen=True, slots=True)
class _Gap:
    """Words `start` to `end` of the work that no run covers, and the page's words at that place."""

    start: int
    end: int
    page_start: int
    page_end: int


def compare(stream: Stream, text: IndexedText, alignment: Alignment, prose: Prose) -> Compared:
    """Compare what stands between the runs."""
    found: list[Words] = []
    equal = looked = 0
    for gap in _gaps(text, alignment):
        if gap.start == gap.end and 0 <= gap.page_end <= gap.page_start:
            continue
        comparison = _Comparison(stream, text, prose, gap)
        same, differences = comparison.result()
        equal += same
        for words in differences:
            looked += not words.here
            if not words.here and looked <= _MOST_LOOKED_FOR and comparison.stands_elsewhere(words.start, words.end):
                equal += words.end - words.start
            else:
                found.append(words)
    return Compared(tuple(found), equal)


def _gaps(text: IndexedText, alignment: Alignment) -> list[_Gap]:
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
    if not moved:
        return [gap]
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


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One gap: its words of the work against the page's prose at that place."""

    stream: Stream
    text: IndexedText
    prose: Prose
    gap: _Gap

    def result(self) -> tuple[int, list[Words]]:
        """How many words are equal, and what differs."""
        gap = self.gap
        inside = gap.page_start >= 0 and gap.page_end >= 0
        missing = self.text.words[gap.start : gap.end]
        pieces = self.prose.pieces(gap.page_start, gap.page_end, missing) if inside else self._at_end()
        if gap.start == gap.end:
            return 0, list(self._inserted(gap.start, self._numbers(pieces)))
        if not pieces:
            return 0, [self._cut(gap.start, gap.end)]
        here = self._numbers(pieces)
        codes = self._codes(here)
        equal = sum(code.src_end - code.src_start for code in codes if code.tag == "equal")
        less, more = sorted((len(missing), len(here)))
        if equal >= _SIMILAR * more or (equal >= _SIMILAR * less and (equal >= _FEW_EQUAL or more <= 2 * _FEW_EQUAL)):
            return equal, list(self._reworded(here, codes))
        return self._replaced(pieces, alike=equal >= _ALIKE * more)

    def _numbers(self, pieces: Sequence[Piece]) -> list[int]:
        starts = self.stream.starts
        return [starts[piece.block] + at for piece in pieces for at in range(piece.first, piece.last)]

    def _codes(self, here: Sequence[int]) -> list[Opcode]:
        from rapidfuzz.distance import Indel

        words = self.stream.words
        return list(Indel.opcodes(self.text.words[self.gap.start : self.gap.end], [words[at] for at in here]))

    def _cut(self, start: int, end: int) -> Words:
        return Words(start, end, (), self.gap.page_start - 1)

    def stands_elsewhere(self, start: int, end: int) -> bool:
        """Whether a few words that seem to be gone stand on the page nevertheless: in a caption, a box, a heading of
        their own, as what is said of a picture."""
        wanted = self.text.words[start:end]
        if len(wanted) > _FEW[1]:
            return False
        words, at = self.stream.words, -1
        while len(wanted) >= _FEW[0]:
            try:
                at = words.index(wanted[0], at + 1)
            except ValueError:
                break
            if words[at : at + len(wanted)] == wanted:
                return True
        return self._is_struck(wanted) or (self._is_line(start, end) and self._is_label("".join(wanted)))

    def _is_struck(self, wanted: Sequence[str]) -> bool:
        """Whether the words are those struck out next to the place, as in the original they are."""
        starts, blocks = self.stream.starts, self.stream.page.blocks
        first = self.stream.block_at(max(0, self.gap.page_start - 1))
        near = (n for n in range(first, min(first + _NEAR_BLOCKS, len(blocks))) if blocks[n].tag in _STRUCK)
        return any(self.stream.words[starts[n] : starts[n + 1]] == tuple(wanted) for n in near)

    def _is_line(self, start: int, end: int) -> bool:
        """Whether words are a line of their own in the original."""
        source, spans = self.text.works[0].text, self.text.spans
        before, after = source[: spans[start][0]], source[spans[end - 1][1] : spans[end - 1][1] + 3]
        return before.rstrip(" \t")[-1:] in ("", "\n") and (not after.strip(".:?! \t")[:1].strip())

    def _is_label(self, letters: str) -> bool:
        page = self.stream.page
        if any(letters == "".join(words_of(image.alt)) for image in page.images if image.alt):
            return True
        starts = self.stream.starts
        return any(
            "".join(self.stream.words[starts[number] : starts[number + 1]]) == letters
            for number in range(len(page.blocks))
            if starts[number + 1] - starts[number] <= _FEW[1]
        )

    def _reworded(self, here: list[int], codes: list[Opcode]) -> Iterator[Words]:
        """Each stretch of difference in a passage that is still recognisably the same."""
        stretches: list[list[int]] = []
        for code in codes:
            if code.tag == "equal":
                continue
            if stretches and stretches[-1][1] == code.src_start and stretches[-1][3] == code.dest_start:
                stretches[-1][1], stretches[-1][3] = code.src_end, code.dest_end
            else:
                stretches.append([code.src_start, code.src_end, code.dest_start, code.dest_end])
        for a, b, c, d in stretches:
            start, end = self.gap.start + a, self.gap.start + b
            if c == d and (shift := self._shift(start, end)):
                yield Words(
                    start - shift, end - shift, (), here[c - 1 - shift] if c > shift else self.gap.page_start - 1
                )
                continue
            before = here[c - 1] if c else self.gap.page_start - 1
            if a == b:
                yield from self._inserted(start, here[c:d])
            elif c < d and all(self._is_foreign(at) for at in here[c:d]):
                yield Words(start, end, (), before)
            else:
                yield Words(start, end, tuple(here[c:d]), before)

    def _shift(self, start: int, end: int) -> int:
        """By how many words a cut is moved back, so that it is one of whole sentences."""
        work, shift = self.text.words, 0
        while (
            shift < _MAX_SHIFT and start - shift > self.gap.start and work[start - shift - 1] == work[end - shift - 1]
        ):
            shift += 1
            if start == shift or _ENDS.search(self._between(start - shift)):
                return shift
        return 0

    def _between(self, word: int) -> str:
        """What stands in the original between a word and the one before it."""
        spans = self.text.spans
        return self.text.works[0].text[spans[word - 1][1] : spans[word][0]]

    def _is_foreign(self, word: int) -> bool:
        """Whether a word stands in a paragraph of its own that does not look like the article's."""
        block = self.stream.block_at(word)
        return not self.prose.layout.weights.get(block) and not self.prose.may_replace(block)

    def _replaced(self, pieces: Sequence[Piece], *, alike: bool) -> tuple[int, list[Words]]:
        """A passage of which little is left: written anew, or gone, with something else where it stood."""
        gap = self.gap
        inner = [piece for piece in pieces if not piece.whole]
        missing = gap.end - gap.start
        least, sentence = missing // _SIZES, self._ends_sentence()
        own = [
            piece
            for piece in pieces
            if piece.whole and (alike or self.prose.is_own(piece.block, least, sentence=sentence))
        ]
        kept = sorted(inner + own)
        size = sum(piece.last - piece.first for piece in kept)
        uneven = size > _SIZES * missing + 20 or _SIZES * size + 20 < missing
        if not own and size <= _LABEL < missing // _SIZES:
            labels = [words for piece in inner for words in self._inserted(gap.end, self._numbers([piece]))]
            return 0, [self._cut(gap.start, gap.end), *labels]
        if not kept or (own and uneven and not alike):
            others = [piece.block for piece in pieces if piece.whole and self.prose.is_own(piece.block)]
            return 0, [self._cut(gap.start, gap.end), *(self._paragraph(gap.end, block) for block in others)]
        here = self._numbers(kept)
        words, work = self.stream.words, self.text.words
        start, end, low, high = gap.start, gap.end, 0, len(here)
        while start < end and low < high and words[here[low]] == work[start]:
            start, low = start + 1, low + 1
        while start < end and low < high and words[here[high - 1]] == work[end - 1]:
            end, high = end - 1, high - 1
        equal = missing - (end - start)
        if start == end:
            return equal, list(self._inserted(start, here[low:high]))
        return equal, [Words(start, end, tuple(here[low:high]), here[low - 1] if low else here[0] - 1)]

    def _ends_sentence(self) -> bool:
        """Whether the missing words end like a sentence: what was written in their place does then too."""
        source, (_, end) = self.text.works[0].text, self.text.spans[self.gap.end - 1]
        return source[end : end + 3].strip()[:1] in _SENTENCE_SIGNS

    def _paragraph(self, at: int, block: int) -> Words:
        first = self.stream.starts[block]
        return Words(at, at, tuple(range(first, self.stream.starts[block + 1])), first - 1, paragraph=True)

    def _inserted(self, at: int, here: Sequence[int]) -> Iterator[Words]:
        """What was put in, block by block, less what every page puts there."""
        for block, group in groupby(here, self.stream.block_at):
            numbers = tuple(group)
            first = self.stream.starts[block]
            if not self.prose.layout.weights.get(block):
                if self.prose.is_own(block):
                    yield self._paragraph(at, block)
            elif self.prose.is_put_in(Piece(block, numbers[0] - first, numbers[-1] - first + 1, whole=False)):
                yield Words(at, at, numbers, numbers[0] - 1)

    def _at_end(self) -> list[Piece]:
        """Before the first or after the last run: the rest of that block, then prose siblings next to it, as many words
        as are missing. More is the page's own."""
        gap, stream = self.gap, self.stream
        forward = gap.page_end < 0
        start = gap.page_start if forward else gap.page_end
        missing = gap.end - gap.start
        if gap.page_start < 0 and gap.page_end < 0:
            return []
        found: list[Piece] = []
        block = stream.block_at(start - 1 if forward else start)
        inside = start - stream.starts[block]
        first, last = (inside, stream.block_words(block)) if forward else (0, inside)
        if last > first:
            found.append(Piece(block, first, last, whole=False))
        if missing == 0:  # whole paragraphs before and after the article are the page's own
            return found
        count, step, skipped = last - first, 1 if forward else -1, 0
        block += step
        while 0 <= block < len(stream.page.blocks) and count < missing and skipped <= _MAX_SKIPPED:
            size = stream.block_words(block)
            beside = self.prose.layout.beside(stream.page.blocks[block]) or missing >= _MUCH_MISSING
            if beside and count + size <= 2 * missing + 20 and self.prose.may_be_text(block):
                found.append(Piece(block, 0, size, whole=True))
                count, skipped = count + size, 0
            else:
                skipped += 1
            block += step
        return sorted(found)
