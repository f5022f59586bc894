"""The catalogue of works, indexed by word 5-grams: which works a page holds text of, in time that does not grow
with the catalogue.

Containment (the share of a work's distinct 5-grams that stand on the page) decides, never Jaccard resemblance:
a full copy on a long page has containment 1.0 and resemblance 0.33 (Broder 1997 defines both).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import sha256
from itertools import compress
from typing import Any

from cccheck.addresses import Address, boil
from cccheck.match.normalize import word_spans, words
from cccheck.model import Work

GRAM = 5
Gram = int  # the hash of five words: 64 bits, of this process only; nothing that is written depends on it
_STRIDE = 3  # every third 5-gram of a page is looked up: a passage of 50 words still gives 15
_SAMPLES = 2  # so many must be a work's for it to be looked at
_CANDIDATES = 8
_FRACTION = 0.04  # of the best candidate's samples: less is a shared phrase


@dataclass(frozen=True)
class IndexedText:
    """One distinct text of the catalogue as words, and the works that carry it."""

    number: int
    words: tuple[str, ...]
    works: tuple[Work, ...]

    @cached_property
    def positions(self) -> dict[Gram, tuple[int, ...]]:
        """Where each 5-gram begins, in words."""
        order = grams(self.words)
        found: dict[Gram, tuple[int, ...]] = dict(zip(order, zip(range(len(order))), strict=True))
        if len(found) < len(order):  # some come again, and have their last place only
            again = {gram for gram, count in Counter(order).items() if count > 1}
            found.update(dict.fromkeys(again, ()))
            for at, gram in enumerate(order):
                if gram in again:
                    found[gram] += (at,)
        return found

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Character offsets of each word in the work's text."""
        return word_spans(self.works[0].text)


@dataclass(frozen=True, slots=True)
class Found:
    """A text that shares 5-grams with a page: its containment, and for each of the page's 5-grams whether it is one."""

    text: IndexedText
    share: float
    hits: bytes


def grams(words: Sequence[str]) -> list[Gram]:
    """The word 5-grams of a text, in order. A chance collision of two hashes is met once in 10^19 pairs."""
    return list(map(hash, zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)))


def _told(work: Work) -> str:
    """All that a record says; sets in order, for theirs changes from process to process."""
    values = (getattr(work, field.name) for field in fields(work))
    return repr([sorted(value) if isinstance(value, frozenset) else value for value in values])


class Corpus:
    """An immutable catalogue. `digest` names it: same works, same digest."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.works: dict[str, Work] = {work.id: work for work in works}
        self._texts: list[IndexedText] = []
        self._text_of: dict[str, IndexedText] = {}
        self._postings: dict[Gram, tuple[int, ...]] = {}
        for text, group in self._group().items():
            self._add(IndexedText(len(self._texts), text, tuple(group)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process has other hashes: what travels are the works."""
        return Corpus, (tuple(self.works.values()),)

    def _group(self) -> dict[tuple[str, ...], list[Work]]:
        """Works with the very same words share one index entry; which of them is meant, the hint must say."""
        groups: dict[tuple[str, ...], list[Work]] = {}
        for work in self.works.values():
            groups.setdefault(tuple(map(sys.intern, words(work.text))), []).append(work)
        return groups

    def _add(self, text: IndexedText) -> None:
        self._texts.append(text)
        for work in text.works:
            self._text_of[work.id] = text
        own = (text.number,)
        for gram in set(grams(text.words)):
            others = self._postings.get(gram)
            self._postings[gram] = own if others is None else others + own

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every work record, in order of id."""
        parts = (_told(self.works[key]) for key in sorted(self.works))
        return sha256("\n".join(parts).encode()).hexdigest()

    @cached_property
    def by_address(self) -> dict[Address | None, tuple[str, ...]]:
        """Works by the addresses their originals stand at."""
        found: dict[Address | None, tuple[str, ...]] = {}
        for work in self.works.values():
            for address in filter(None, map(boil, work.urls)):
                found[address] = (*found.get(address, ()), work.id)
        return found

    def text_of(self, work: str) -> IndexedText | None:
        """The indexed text of a work id."""
        return self._text_of.get(work)

    def look_up(self, page: Sequence[Gram], hint: str | None = None) -> list[Found]:
        """The texts that share 5-grams with a page, best first, each with its exact containment.

        A sample of the page's 5-grams finds the candidates; the few best, and the hinted one, are then counted in full.
        """
        counts: Counter[int] = Counter()
        for owners, count in Counter(filter(None, map(self._postings.get, page[::_STRIDE]))).items():
            for number in owners:
                counts[number] += count
        best = counts.most_common(_CANDIDATES)
        numbers = {number for number, count in best if count >= max(_SAMPLES, best[0][1] * _FRACTION)}
        hinted = self._text_of.get(hint or "")
        if hinted:
            numbers.add(hinted.number)
        found = [_count(self._texts[number], page) for number in numbers]
        return sorted((row for row in found if row.share), key=lambda row: (-row.share, row.text.works[0].id))


def _count(text: IndexedText, page: Sequence[Gram]) -> Found:
    hits = bytes(map(text.positions.__contains__, page))
    return Found(text, len(set(compress(page, hits))) / max(1, len(text.positions)), hits)
