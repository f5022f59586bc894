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
from cccheck.match.families import common, families
from cccheck.match.grams import GRAM, NO_GRAM, Gram, grams, tokens_a_word
from cccheck.match.normalize import word_spans, words
from cccheck.model import Work

__all__ = ["GRAM", "Corpus", "Found", "Gram", "IndexedText", "grams"]

_STRIDE = 3  # every third 5-gram of a page is looked up: a passage of 50 words still gives 15
_SAMPLES = 2  # so many must be a work's for it to be looked at
_CANDIDATES = 8
_FRACTION = 0.04  # of the best candidate's samples: less is a shared phrase
_ALIKE, _MOST = 0.8, 32  # with so large a share of the best one's samples, so many are looked at: a large family


@dataclass(frozen=True)
class IndexedText:
    """One distinct text of the catalogue as words, and the works that carry it."""

    number: int
    words: tuple[str, ...]
    works: tuple[Work, ...]
    family: int = 0  # texts that are nearly the same have one number
    common: frozenset[Gram] = frozenset()  # its grams that texts of many families share

    @cached_property
    def positions(self) -> dict[Gram, tuple[int, ...]]:
        """Where each gram begins, in words."""
        found: dict[Gram, tuple[int, ...]] = {}
        for at, gram in enumerate(grams(self.words)):
            found[gram] = (*found[gram], at) if gram in found else (at,)
        found.pop(NO_GRAM, None)
        return found

    @cached_property
    def own(self) -> frozenset[Gram]:
        """The grams that are not common property."""
        return frozenset(self.positions) - self.common

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Character offsets of each word in the work's text."""
        return word_spans(self.works[0].text)

    @cached_property
    def tokens_a_word(self) -> float:
        """More than 1 where characters stand for words: what is counted in words is as many times as much."""
        return tokens_a_word(self.words)


@dataclass(frozen=True, slots=True)
class Found:
    """A text that shares 5-grams with a page: its containment, how many of its distinct grams stand there, and for each
    of the page's 5-grams whether it is one. `own` leaves out those that are common property."""

    text: IndexedText
    share: float
    hits: bytes
    count: int
    own: bytes

    @property
    def weight(self) -> float:
        """By which works are ranked: what of the page it explains, less half of what the page would have to lack."""
        return 1.5 * self.count - 0.5 * len(self.text.positions)


def _told(work: Work) -> str:
    """All that a record says; sets in order, for theirs changes from process to process."""
    values = (getattr(work, field.name) for field in fields(work))
    return repr([sorted(value) if isinstance(value, frozenset) else value for value in values])


class Corpus:
    """An immutable catalogue. `digest` names it: same works, same digest."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.works: dict[str, Work] = {work.id: work for work in sorted(works, key=lambda work: work.id)}
        self._texts: list[IndexedText] = []
        self._text_of: dict[str, IndexedText] = {}
        self._postings: dict[Gram, tuple[int, ...]] = {}
        self._index(self._group())

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process has other hashes: what travels are the works."""
        return Corpus, (tuple(self.works.values()),)

    def _group(self) -> list[tuple[tuple[str, ...], list[Work]]]:
        """Works with the very same words share one index entry; which of them is meant, the hint must say."""
        groups: dict[tuple[str, ...], list[Work]] = {}
        for work in self.works.values():
            groups.setdefault(tuple(map(sys.intern, words(work.text))), []).append(work)
        return list(groups.items())

    def _index(self, texts: list[tuple[tuple[str, ...], list[Work]]]) -> None:
        shared: dict[Gram, list[int]] = {}
        sizes = [self._post(number, text, shared) for number, (text, _) in enumerate(texts)]
        family = families(shared, sizes)
        known: dict[tuple[int, ...], tuple[int, ...]] = {}  # one tuple for all grams with the same texts
        for gram, owners in shared.items():
            row = tuple(owners)
            self._postings[gram] = known.setdefault(row, row)
        nobodys: dict[int, set[Gram]] = {}
        for gram in common(shared, family):
            for number in self._postings.pop(gram):
                nobodys.setdefault(number, set()).add(gram)
        for number, (text, works) in enumerate(texts):
            entry = IndexedText(number, text, tuple(works), family[number], frozenset(nobodys.get(number, ())))
            self._texts.append(entry)
            self._text_of |= dict.fromkeys((work.id for work in works), entry)

    def _post(self, number: int, text: tuple[str, ...], shared: dict[Gram, list[int]]) -> int:
        """Note a text's grams; how many distinct ones it has."""
        own, postings = (number,), self._postings
        distinct = set(grams(text))
        distinct.discard(NO_GRAM)
        for gram in distinct:
            first = postings.setdefault(gram, own)
            if first is not own:
                shared.setdefault(gram, [*first]).append(number)
        return len(distinct)

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
        best = counts.most_common(_MOST)
        least = [max(_SAMPLES, best[0][1] * share) for share in (_FRACTION, _ALIKE)] if best else []
        numbers = {n for place, (n, count) in enumerate(best) if count >= least[place >= _CANDIDATES]}
        hinted = self._text_of.get(hint or "")
        if hinted:
            numbers.add(hinted.number)
        found = [found_of(self._texts[number], page) for number in numbers]
        return sorted((row for row in found if row.share), key=lambda row: (-row.weight, row.text.works[0].id))


def found_of(text: IndexedText, page: Sequence[Gram]) -> Found:
    """How much of a text stands on a page."""
    hits = bytes(map(text.positions.__contains__, page))
    there = set(compress(page, hits))
    own = hits if text.common.isdisjoint(there) else bytes(map(text.own.__contains__, page))
    return Found(text, len(there) / max(1, len(text.positions)), hits, len(there), own)
