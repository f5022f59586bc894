"""Whether two stretches say the same, written otherwise: typography, spelling, abbreviations, numerals, honorifics."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from cccheck.match.kinds.clock import same_time
from cccheck.match.kinds.numbers import SIGNS, amounts
from cccheck.match.kinds.source import TOKEN
from cccheck.match.kinds.vocabulary import Vocabulary
from cccheck.phrases import fold

_TOKEN = re.compile(rf"[+\-−]?(?<!\w)\d[\w.,:'’\u00a0\u202f]*\w|[{SIGNS}&½¼¾⅓⅔]|{TOKEN.pattern}")
_TIMES = re.compile(r"(?<=\d)\s*[×✕]\s*(?=\d)")
_HYPHENS = re.compile("[-‐‑]")
_HYPHENATED = re.compile(r"[-‐]\s+")  # a word broken at the end of a line
_MODIFIERS = re.compile("[\u02b0-\u02ff]")
_SIGNS_BEYOND = re.compile("[“”„«»‘’—–…]")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CLOCK = re.compile(r"\d{1,2}[.:]\d\d")
_STEM = 3  # letters before an ending that is spelt in two ways
_MIN_ACRONYM = 2
_LONG = 12  # words

Step = tuple[str, Callable[[tuple[str, ...], Vocabulary], tuple[str, ...]]]


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[str, ...]:
    """The words, numbers and signs of a stretch, folded; hyphens part words, but not numbers."""
    if text.isascii():
        written: Iterable[str] = _TOKEN.findall(text.lower())
    else:
        text = _TIMES.sub("x", _HIDDEN.sub("", text))
        written = (fold(token).replace("ʼ", "'") for token in _TOKEN.findall(text))
    found: list[str] = []
    for token in written:
        if token[0].isdigit() or token[0] in "+-−":
            found.append(_CLOCK.sub(lambda m: m[0].replace(".", ":"), token) if _CLOCK.fullmatch(token) else token)
        elif token.isalnum():
            found.append(token)
        else:
            found.extend(part for part in _HYPHENS.split(token) if part)
    return tuple(found)


def sameness(original: str, copy: str, words: Vocabulary) -> str | None:
    """How two stretches that say the same differ (`spacing`, `typography`, `spelling`, `contraction`, `abbreviation`,
    `numeral`, `honorific`), or None: they do not say the same."""
    here, there = tokens(original), tokens(copy)
    if not here and not there:
        return "typography"
    if _far_apart(here, there):
        return None
    if _TIMES.search(copy) and here == there:
        return "spacing"
    digits = any(char.isdigit() for char in original + copy)
    if not digits and letters(original) == letters(copy):
        if here != there and unabbreviated(here, words) == unabbreviated(there, words):
            return "abbreviation"
        return _writing(_HYPHENATED.sub("", original), _HYPHENATED.sub("", copy))
    if same_time(here, there, words):
        return "numeral"
    for detail, step in _STEPS:
        here, there = step(here, words), step(there, words)
        if here == there or (not digits and "".join(here) == "".join(there)):
            return detail
    short, long = sorted((original, copy), key=len)
    return "abbreviation" if letters(short) and _initials(long) == letters(short) else None


def _far_apart(here: Sequence[str], there: Sequence[str]) -> bool:
    """A quick look at long stretches: with less than half of their words in common they do not say the same."""
    short = min(len(here), len(there))
    return short > _LONG and 2 * len(set(here) & set(there)) < short


def _writing(original: str, copy: str) -> str:
    """How two stretches with the same letters differ."""
    one, other = ("".join(_HIDDEN.sub("", text).split()) for text in (original, copy))
    if one == other:
        return "spacing"
    if one.isascii() and not other.isascii() and not _SIGNS_BEYOND.search(other):
        return "spacing"  # a plainer record of the same: `Quran` of `Qurʾān`
    hyphens = len(_HYPHENS.findall(one)) != len(_HYPHENS.findall(other))
    accents = one.lower() != other.lower() and _HYPHENS.sub("", fold(one)) == _HYPHENS.sub("", fold(other))
    return "spelling" if hyphens or accents else "typography"


def letters(text: str) -> str:
    """The letters and digits of a stretch, folded, without marks that only modify."""
    return "".join(filter(str.isalnum, fold(_MODIFIERS.sub("", _HIDDEN.sub("", text)))))


def _plain(found: tuple[str, ...], words: Vocabulary) -> tuple[str, ...]:
    """Without dots of abbreviations and apostrophes that stand for nothing."""
    return tuple(token if token[0].isdigit() else token.replace(".", "").rstrip("'") or token for token in found)


def _spelt(found: tuple[str, ...], words: Vocabulary) -> tuple[str, ...]:
    return tuple(spelling(token, words) for token in found)


def spelling(token: str, words: Vocabulary) -> str:
    """One of the spellings of a word, the same for all of them."""
    if token.endswith("'s"):
        return spelling(token[:-2], words) + "'s"
    known = words.spellings.get(token)
    if known is not None or not token.endswith(words.any_ending):
        return known or token
    for ending, other in words.endings:
        if token.endswith(ending) and len(token) - len(ending) >= _STEM:
            return token[: -len(ending)] + other
    return token


def _uncontracted(found: tuple[str, ...], words: Vocabulary) -> tuple[str, ...]:
    parts: list[str] = []
    for token in found:
        whole = words.contractions.get(token)
        if whole is not None:
            parts.extend(whole.split())
            continue
        if not token.endswith(words.any_contracted):
            parts.append(token)
            continue
        for ending, meant in words.contracted_endings:
            if token.endswith(ending) and len(token) > len(ending):
                parts.extend((token[: -len(ending)], meant))
                break
        else:
            parts.append(token)
    return tuple(parts)


def unabbreviated(found: tuple[str, ...], words: Vocabulary) -> tuple[str, ...]:
    """Each abbreviation as what it stands for."""
    line = f" {' '.join(found)} "
    for form, meant in words.abbreviations:
        if form in line:
            line = line.replace(form, meant)
    return tuple(line.split())


def _counted(found: tuple[str, ...], words: Vocabulary) -> tuple[str, ...]:
    read = amounts(found, words)
    return (*read.values, *read.units, *read.rest)


def without_honorifics(found: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """The same without titles of address."""
    return tuple(token for token in found if token.replace(".", "") not in words.honorifics)


_STEPS: tuple[Step, ...] = (
    ("typography", _plain),
    ("spelling", _spelt),
    ("contraction", _uncontracted),
    ("abbreviation", unabbreviated),
    ("honorific", without_honorifics),
    ("numeral", _counted),
)


@lru_cache(maxsize=1_000)
def _initials(text: str) -> str:
    """`FBI` of `Federal Bureau of Investigation`: the initials of the words with capitals, if there are enough."""
    found = [word[0] for word in TOKEN.findall(text) if word[0].isupper() and len(word) > 1]
    return fold("".join(found)) if len(found) >= _MIN_ACRONYM and any(map(str.islower, text)) else ""
