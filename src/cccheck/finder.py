"""Finds any of very many phrases in folded text: a look at its words first, then at the few phrases that may be there.

One pattern of all phrases would grow with each language, and be compiled at every start; the words of a text do not.
Scripts that write no spaces between words have no words to look at: each of their phrases is looked for, where there
is such text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

# Thai, Lao, Myanmar, Hangul taken apart (particles are joined on), Khmer, kana, ideographs.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SIGNS = "\u0900-\u0963\u0966-\u0dff"  # Indic scripts: vowel signs are no letters to `\w`
_PLAIN_WORD = re.compile(r"[^\W_]+")
_WORD = re.compile(f"[^\\W_{_UNSPACED}]+(?:[{_SIGNS}]+[^\\W_{_UNSPACED}]*)*")
_ANY_SPECIAL = re.compile(f"[{_UNSPACED}{_SIGNS}]")
_ANY_UNSPACED = re.compile(f"[{_UNSPACED}]")


class Found(NamedTuple):
    """A phrase in a text, from `first` to `last` (not included)."""

    first: int
    last: int

    def start(self) -> int:
        """Where it begins."""
        return self.first

    def end(self) -> int:
        """Where it has ended."""
        return self.last


@lru_cache(maxsize=1024)
def words_of(folded: str) -> frozenset[str]:
    """The words of folded text, as a set; characters of scripts without spaces are none."""
    plain = folded.isascii() or _ANY_SPECIAL.search(folded) is None
    return frozenset((_PLAIN_WORD if plain else _WORD).findall(folded))


class Finder:
    """Phrases, folded, each found whole: at word boundaries where its script has words. A space may be a line's end."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        self._unspaced: list[str] = []
        self._signs: list[str] = []
        for phrase in set(phrases) - {""}:
            words = _PLAIN_WORD.findall(phrase) if phrase.isascii() else _WORD.findall(phrase)
            if words:
                self._by_word.setdefault(max(words, key=len), []).append(phrase)
            else:
                (self._unspaced if _ANY_UNSPACED.search(phrase) else self._signs).append(phrase)

    def holds(self, folded: str) -> bool:
        """Whether any phrase stands there."""
        return next(self.places(folded), None) is not None

    def search(self, folded: str) -> Found | None:
        """The first phrase in the text, the longest where several begin there."""
        return next(self.finditer(folded), None)

    def match(self, folded: str) -> Found | None:
        """The longest phrase with which the text begins."""
        found = self.search(folded)
        return found if found and found.first == 0 else None

    def finditer(self, folded: str) -> Iterator[Found]:
        """Every phrase from left to right, the longest at each place, none within another."""
        end = 0
        for found in sorted(self.places(folded), key=_order):
            if found.first >= end:
                yield found
                end = found.last

    def places(self, folded: str) -> Iterator[Found]:
        """Every phrase, wherever it stands, in no order."""
        text = folded.replace("\n", " ")
        for word in self._by_word.keys() & words_of(folded):
            for phrase in self._by_word[word]:
                yield from _places(phrase, text)
        special = self._unspaced and not folded.isascii() and _ANY_UNSPACED.search(folded)
        for phrase in (*self._signs, *self._unspaced) if special else self._signs:
            yield from _places(phrase, text)


def _order(found: Found) -> tuple[int, int]:
    return found.first, -found.last


def _places(phrase: str, text: str) -> Iterator[Found]:
    """Where a phrase stands whole. Signs, and scripts written without spaces, have no word boundary to ask for."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not (_joined(text[at - 1 : at], phrase[0]) or _joined(phrase[-1], text[end : end + 1])):
            yield Found(at, end)
        at = text.find(phrase, at + 1)


def _joined(before: str, after: str) -> bool:
    """Whether two neighbouring characters (or none) are of one word."""
    return _in_word(before) and _in_word(after)


def _in_word(char: str) -> bool:
    if char.isascii():
        return char.isalnum() or char == "_"
    return _WORD.match(char) is not None or (_ANY_SPECIAL.match(char) is not None and not _ANY_UNSPACED.match(char))
