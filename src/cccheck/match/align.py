"""Where a work's words stand on a page: maximal runs of equal words, chained in order; what lies between is an edit.

Anchoring on runs of five words keeps chance matches of common words out, and finds paragraphs that were moved.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cccheck.match.corpus import GRAM, Found, Gram, IndexedText
from cccheck.match.stream import Stream
from cccheck.model import Run


@dataclass(frozen=True, slots=True)
class Alignment:
    """The copy's runs in page order. `chain` are those in the original's order; `moved` stand elsewhere."""

    runs: tuple[Run, ...]
    chain: tuple[Run, ...]
    moved: tuple[Run, ...]

    @property
    def words(self) -> int:
        """How many of the work's words stand on the page."""
        return sum(run.length for run in self.runs)


_CHUNK = 32  # words compared at once


def align(stream: Stream, page: Sequence[Gram], found: Found) -> Alignment:
    """The runs of a text on the page; each word of the work is used once, the visible and the longest first."""
    a_word = found.text.tokens_a_word
    runs = _without_phrases(_equal_runs(stream.words, page, found), stream, _PHRASE_WORDS * a_word)
    runs = _without_repeats(runs, stream, len(found.text.words))
    runs = _snapped(_without_strays(runs, stream, _STRAY_WORDS * a_word), stream, found)
    chain = _heaviest_chain(runs)
    kept = set(chain)
    return Alignment(tuple(runs), tuple(chain), tuple(run for run in runs if run not in kept))


def _equal_runs(words: Sequence[str], page: Sequence[Gram], found: Found) -> list[Run]:
    """Maximal runs of at least five equal words, found from left to right."""
    runs: list[Run] = []
    positions, original, hits = found.text.positions, found.text.words, found.hits
    done = expected = 0
    at = hits.find(1)
    while at >= 0:
        size, _, work = max(
            (_common(words, at, original, place), -abs(place - expected), place) for place in positions[page[at]][:20]
        )
        back = 0
        while at - back > done and work - back > 0 and words[at - back - 1] == original[work - back - 1]:
            back += 1
        runs.append(Run(at - back, work - back, size + back))
        done = at + size
        expected = work + size
        at = hits.find(1, done)
    return runs


def _common(words: Sequence[str], at: int, original: Sequence[str], place: int) -> int:
    """How many words are equal from `at` and `place` on."""
    length, most = GRAM, min(len(words) - at, len(original) - place)
    while length + _CHUNK <= most:
        here, there = at + length, place + length
        if words[here : here + _CHUNK] != original[there : there + _CHUNK]:
            break
        length += _CHUNK
    while length < most and words[at + length] == original[place + length]:
        length += 1
    return length


def _without_repeats(runs: list[Run], stream: Stream, size: int) -> list[Run]:
    """Drop what repeats words that a better run has: pull quotes, teasers, a hidden second copy."""
    taken = bytearray(size)
    kept = []

    def rank(run: Run) -> tuple[bool, int, int]:
        visible = stream.page.blocks[stream.block_at(run.page)].visible != "hidden"
        return (not visible, -run.length, run.page)

    for run in sorted(runs, key=rank):
        start, end = run.work, run.work + run.length
        while start < end and taken[start]:
            start += 1
        while end > start and taken[end - 1]:
            end -= 1
        if (end - start < GRAM and end - start < run.length) or any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        kept.append(Run(run.page + start - run.work, start, end - start))
    return sorted(kept, key=lambda run: run.page)


_PHRASE_WORDS = 10


def _without_phrases(runs: list[Run], stream: Stream, phrase: float) -> list[Run]:
    """Drop a few words in a row in a block that is not the article's: the title in a credit, the slug of an address."""
    words: dict[int, int] = {}
    for run in runs:
        block = stream.block_at(run.page)
        words[block] = words.get(block, 0) + run.length

    def stands(run: Run) -> bool:
        block = stream.block_at(run.page)
        return run.length >= phrase or 2 * words[block] >= stream.block_words(block)

    return [run for run in runs if stands(run)]


_STRAY_WORDS = 15
_STRAY_BLOCKS = 12


def _without_strays(runs: list[Run], stream: Stream, stray: float) -> list[Run]:
    """Drop short runs far before or after the rest: a teaser, a description, a phrase that others use too."""
    blocks = [stream.block_at(run.page) for run in runs]
    first, last = 0, len(runs)
    while last - first > 1 and runs[first].length < stray and blocks[first + 1] - blocks[first] > _STRAY_BLOCKS:
        first += 1
    while last - first > 1 and runs[last - 1].length < stray:
        if blocks[last - 1] - blocks[last - 2] <= _STRAY_BLOCKS:
            break
        last -= 1
    return runs[first:last]


_SLIDE = 12  # words by which the place of a cut or an insertion may be moved


def _snapped(runs: list[Run], stream: Stream, found: Found) -> list[Run]:
    """What was cut, put in or moved between two runs often fits at several places, where both begin with the same word:
    it is moved to where a paragraph or a sentence begins."""
    for number in range(len(runs) - 1):
        one, other = runs[number], runs[number + 1]
        work_gap, page_gap = other.work - one.work - one.length, other.page - one.page - one.length
        if (page_gap == 0 and work_gap != 0) or (work_gap == 0 and page_gap > 0):
            slide = _slide(one, other, stream, found.text)
            if slide:
                runs[number] = Run(one.page, one.work, one.length + slide)
                runs[number + 1] = Run(other.page + slide, other.work + slide, other.length - slide)
    return runs


def _slide(one: Run, other: Run, stream: Stream, text: IndexedText) -> int:
    """By how many words the end of a run and the beginning of the next are best moved."""
    page, work = stream.words, text.words
    here, there = one.page + one.length, one.work + one.length  # where the first ends

    def fits(at: int, place: int) -> bool:
        return 0 <= at < len(page) and 0 <= place < len(work) and page[at] == work[place]

    low = high = 0
    while -low < min(_SLIDE, one.length - 1) and fits(other.page + low - 1, other.work + low - 1):
        low -= 1
    while high < min(_SLIDE, other.length - 1) and fits(here + high, there + high):
        high += 1
    if low == high:
        return 0
    on, within = _begins_on(stream), _begins_in(text)
    if other.page > here:
        return max(range(low, high + 1), key=lambda n: (on(here + n) + on(other.page + n), -abs(n)))
    return max(range(low, high + 1), key=lambda n: (within(there + n) + within(other.work + n) + on(here + n), -abs(n)))


def _begins_on(stream: Stream) -> Callable[[int], int]:
    """How well something begins at a word of the page: 2 a block, 1 a sentence."""

    def begins(at: int) -> int:
        if at == 0 or at >= len(stream.words):
            return 2
        block = stream.block_at(at)
        if stream.starts[block] == at:
            return 2
        end = stream.characters(block, at - 1 - stream.starts[block], at - stream.starts[block])[1]
        return _ends_sentence(stream.page.blocks[block].text[end : end + 3])

    return begins


def _begins_in(text: IndexedText) -> Callable[[int], int]:
    """The same for a word of the original."""

    def begins(at: int) -> int:
        if at == 0:
            return 2
        if at >= len(text.spans):
            return 2
        between = text.works[0].text[text.spans[at - 1][1] : text.spans[at][0]]
        return 2 if "\n" in between else _ends_sentence(between)

    return begins


def _ends_sentence(after: str) -> int:
    return int(after[:1] in (".", "!", "?", "…", "。") or after[:2] in ("”.", "”\n"))


def _heaviest_chain(runs: list[Run]) -> list[Run]:
    """The runs in the order of both texts that hold most words (weighted longest increasing subsequence)."""
    if all(a.work < b.work for a, b in pairwise(runs)):
        return runs
    tails: list[tuple[int, int]] = []  # (work offset, best weight up to it), both increasing
    best: list[int] = []
    before: list[int | None] = []
    owner: dict[tuple[int, int], int] = {}
    for number, run in enumerate(runs):
        at = bisect_right(tails, (run.work, -1)) - 1
        weight = run.length + (tails[at][1] if at >= 0 else 0)
        before.append(owner[tails[at]] if at >= 0 else None)
        best.append(weight)
        entry = (run.work, weight)
        at += 1
        while at < len(tails) and tails[at][1] <= weight:
            del tails[at]
        if at == 0 or tails[at - 1][1] < weight:
            tails.insert(at, entry)
            owner[entry] = number
    last: int | None = max(range(len(runs)), key=lambda n: best[n])
    chain = []
    while last is not None:
        chain.append(runs[last])
        last = before[last]
    return chain[::-1]
