"""The catalogue of works, indexed by word 5-grams: which works a page holds text of, in time that does not grow
with the catalogue.

Containment (the share of a work's distinct 5-grams that stand on the page) decides, never Jaccard resemblance:
a full copy on a long page has containment 1.0 and resemblance 0.33 (Broder 1997 defines both).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, partial
from hashlib import sha256
from operator import is_not

from cccheck.addresses import Address, boil
from cccheck.match.normalize import BREAK, word_spans, words
from cccheck.model import Work

GRAM = 5
Gram = int  # the hash of five word numbers: 64 bits, the same in every process
UNKNOWN = -1  # a word that no work holds
BREAK_NUMBER = -2
_STRIDE = 3  # every third 5-gram of a page is looked up: a passage of 50 words still gives 15
_SAMPLES = 2  # so many must be a work's for it to be looked at
_CANDIDATES = 8
_FRACTION = 0.04  # of the best candidate's samples: less is a shared phrase
_KNOWN = partial(is_not, None)  # as a filter: twice as fast as a comprehension


@dataclass(frozen=True)
class IndexedText:
    """One distinct text of the catalogue as word numbers, and the works that carry it."""

    number: int
    ids: tuple[int, ...]
    works: tuple[Work, ...]

    @cached_property
    def positions(self) -> dict[Gram, list[int]]:
        """Where each 5-gram begins, in words."""
        found: dict[Gram, list[int]] = {}
        for at, gram in enumerate(grams(self.ids)):
            found.setdefault(gram, []).append(at)
        return found

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Character offsets of each word in the work's text."""
        return word_spans(self.works[0].text)


def grams(ids: Sequence[int]) -> list[Gram]:
    """The word 5-grams of a text, in order. A chance collision of two hashes is met once in 10^19 pairs."""
    return list(map(hash, zip(ids, ids[1:], ids[2:], ids[3:], ids[4:], strict=False)))


def _told(work: Work) -> str:
    """All that a record says; sets in order, for theirs changes from process to process."""
    values = (getattr(work, field.name) for field in fields(work))
    return repr([sorted(value) if isinstance(value, frozenset) else value for value in values])


class Corpus:
    """An immutable catalogue. `digest` names it: same works, same digest."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.works: dict[str, Work] = {work.id: work for work in works}
        self._vocabulary: dict[str, int] = {BREAK: BREAK_NUMBER}
        self._texts: list[IndexedText] = []
        self._text_of: dict[str, IndexedText] = {}
        self._postings: dict[Gram, int | tuple[int, ...]] = {}
        for ids, group in self._group().items():
            self._add(IndexedText(len(self._texts), ids, tuple(group)))

    def _group(self) -> dict[tuple[int, ...], list[Work]]:
        """Works with the very same words share one index entry; which of them is meant, the hint must say."""
        groups: dict[tuple[int, ...], list[Work]] = {}
        for work in self.works.values():
            number = self._vocabulary.setdefault
            ids = tuple(number(word, len(self._vocabulary)) for word in words(work.text))
            groups.setdefault(ids, []).append(work)
        return groups

    def _add(self, text: IndexedText) -> None:
        self._texts.append(text)
        for work in text.works:
            self._text_of[work.id] = text
        distinct = set(grams(text.ids))
        for gram in distinct:
            others = self._postings.get(gram)
            if others is None:
                self._postings[gram] = text.number
            else:
                self._postings[gram] = (*((others,) if isinstance(others, int) else others), text.number)

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

    def number(self, text: str) -> list[int]:
        """The words of a text as the catalogue's word numbers."""
        get = self._vocabulary.get
        return [get(word, UNKNOWN) for word in words(text)]

    def text_of(self, work: str) -> IndexedText | None:
        """The indexed text of a work id."""
        return self._text_of.get(work)

    def look_up(self, page: Sequence[Gram], hint: str | None = None) -> list[tuple[IndexedText, float]]:
        """The texts that share 5-grams with a page, best first, each with its exact containment.

        A sample of the page's 5-grams finds the candidates; the few best, and the hinted one, are then counted in full.
        """
        counts: Counter[int] = Counter()
        for owners in filter(_KNOWN, map(self._postings.get, page[::_STRIDE])):
            if isinstance(owners, int):
                counts[owners] += 1
            else:
                counts.update(owners or ())
        best = counts.most_common(_CANDIDATES)
        numbers = {number for number, count in best if count >= max(_SAMPLES, best[0][1] * _FRACTION)}
        hinted = self._text_of.get(hint or "")
        texts = [self._texts[number] for number in numbers | ({hinted.number} if hinted else set())]
        found = [(text, len(text.positions.keys() & page) / max(1, len(text.positions))) for text in texts]
        return sorted((row for row in found if row[1]), key=lambda row: (-row[1], row[0].works[0].id))
