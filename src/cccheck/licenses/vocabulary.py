"""The words that licence names are made of, in every language of `rules/cc/names.json`, folded for comparison.

Folding drops case, accents, spaces, hyphens and punctuation, so that "Non-Commercial", "NonCommercial" and
"noncommercial" are one word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from cccheck.licenses.model import ELEMENTS
from cccheck.licenses.tools import all_tools, data, jurisdictions

_KEY = 2  # folded words are looked up by their first characters
_STEM = 5  # shortest stem of a licence word that may take an ending


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word or phrase: what kind of word it is and what it stands for."""

    folded: str
    kind: str  # brand, element, licence, joining, version, suffix, place, whole
    value: str = ""
    open_end: bool = False  # endings may follow: "licencji", "Commonsin"


@lru_cache(maxsize=4096)
def fold_char(char: str) -> str:
    """The folded form of one character: none, one or several letters and digits."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(c for c in folded if c.isalnum())


def fold(text: str) -> str:
    """A text without case, marks, spaces and punctuation."""
    return "".join(map(fold_char, text))


def dense(char: str) -> bool:
    """Whether the character is of a script that puts no spaces between words (or glues particles on them)."""
    return "\u0e00" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff" or "\u3040" <= char <= "\ud7a3"


def _languages() -> Iterator[Word]:
    for words in data("names")["languages"].values():
        for element, spellings in words.items():
            kind = "element" if element in ELEMENTS else "whole"
            yield from (Word(fold(spelling), kind, element) for spelling in spellings)


def _general() -> Iterator[Word]:
    names = data("names")
    yield from (Word(fold(w), "brand", open_end=True) for w in names["brands"])
    yield from (Word(fold(w), "licence", open_end=len(fold(w)) >= _STEM) for w in names["licence"])
    yield from (Word(fold(w), "joining") for w in names["joining"])
    yield from (Word(fold(w), "version", open_end=len(fold(w)) >= _STEM) for w in names["version"])
    yield from (Word(fold(w), "suffix") for w in names["suffixes"])
    yield from (Word(fold(w), "whole", unit) for w, unit in names["whole"].items())


def _places() -> Iterator[Word]:
    """Names of the ports, in English and as their own titles give them."""
    for code, name in jurisdictions().items():
        yield Word(fold(name), "place", code)
    elements = {word.folded for word in _languages()}
    for lic in all_tools():
        tail = fold(lic.title.partition(lic.version or " ")[2]) if lic.jurisdiction else ""
        if tail and not any(char.isdigit() for char in tail) and not any(word in tail for word in elements):
            yield Word(tail, "place", lic.jurisdiction or "")


_RANK = ("element", "whole", "brand", "licence", "suffix", "place", "version", "joining")


@cache
def words() -> dict[str, tuple[Word, ...]]:
    """All words by their first characters, longest first."""
    best: dict[str, Word] = {}
    for word in _ranked((*_languages(), *_general(), *_places())):
        if word.folded:
            best.setdefault(word.folded, word)
    table: dict[str, list[Word]] = {}
    for word in sorted(best.values(), key=lambda w: -len(w.folded)):
        table.setdefault(word.folded[:_KEY], []).append(word)
    return {key: tuple(found) for key, found in table.items()}


def _ranked(found: Iterable[Word]) -> list[Word]:
    return sorted(found, key=lambda word: _RANK.index(word.kind))


def starting_at(folded: str, index: int) -> tuple[Word, ...]:
    """The words that stand in the folded text at that place: longest first, then a word of one letter."""
    table = words()
    candidates = (*table.get(folded[index : index + _KEY], ()), *table.get(folded[index : index + 1], ()))
    return tuple(word for word in candidates if folded.startswith(word.folded, index))


@cache
def local_stems() -> tuple[str, ...]:
    """One telling piece of each language's word for "attribution" and of names that stand alone, as text writes them.

    The first letter is left out, so that capitals do not matter. English and the brands have triggers of their own.
    """
    found = set()
    for words_of in data("names")["languages"].values():
        for spelling in (*words_of.get("by", ()), *words_of.get("mark", ())):
            found.add(_piece(spelling))
    found |= {_piece(name) for name in data("names")["whole"] if not name.isascii()}
    return tuple(sorted(stem for stem in found if len(stem) > 1 and "ttribution" not in stem))


def _piece(spelling: str) -> str:
    longest = max(spelling.split(), key=len)
    return longest if dense(longest[0]) else longest[1:]


@cache
def local_brands() -> dict[str, tuple[str, ...]]:
    """The brand in other scripts, by the one of its letters by which a text without it is soonest dismissed."""
    found: dict[str, tuple[str, ...]] = {}
    for brand in (brand for brand in data("names")["brands"] if not brand.isascii()):
        probe = max(brand, key=lambda char: (ord(char) > 0x7F, ord(char) & 0xFF))
        found[probe] = (*found.get(probe, ()), brand)
    return found
