"""Scripts of letters, and roughly how a name sounds in whatever script it is written: enough to suspect, never to know.

Unicode names letters by their sound (`CYRILLIC SMALL LETTER SHA`, `HANGUL SYLLABLE TO`): no table is needed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_KINDS = {"HIRAGANA": "KANA", "KATAKANA": "KANA", "HALFWIDTH": "KANA", "CJK": "HAN", "FULLWIDTH": "LATIN"}
_SOUND = re.compile(r"(?:LETTER|SYLLABLE|CHARACTER) (?:FINAL |SMALL |SHORT |FARSI )*([A-Z]+)(?: WITH .*)?")
_SILENT = re.compile(r"SIGN|VOWEL|SARA|MAI|SMALL TU")  # vowel signs, tone marks, the small tsu that doubles a consonant
# Sounds that spellings and scripts mix up, each class by one letter; what is not here (vowels, h, w, y) is left out.
_CLASSES = (
    (re.compile(r"x"), "ks"),
    (re.compile(r"tsch|shch|tch|sch|sh|ch|zh|ts|tz|cz|sz|c(?=[eiy])|[szj]"), "S"),
    (re.compile(r"ph|[fvbp]"), "P"),
    (re.compile(r"kh|gh|ck|[ckqg]"), "K"),
    (re.compile(r"th|dh|[td]"), "T"),
    (re.compile(r"[lr]"), "R"),
    (re.compile(r"m"), "M"),
    (re.compile(r"n"), "N"),
)
# Written without spaces: kana and ideographs, two characters or so to a word; Thai to Khmer, five.
_DENSE, _LOOSE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_UNSPACED = re.compile(f"([{_DENSE}])|[{_LOOSE}]")
_PARTS = re.compile(r"[\s·・＝=-]+")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """The script of a letter, such as `LATIN`, `CYRILLIC`, `HAN`, `KANA`; nothing for what is no letter."""
    if not char.isalpha():
        return ""
    first = unicodedata.name(char, "").split(" ")[0].split("-")[0]
    return _KINDS.get(first, first)


def scripts_of(text: str) -> set[str]:
    """The scripts of a text's letters."""
    return {script_of(char) for char in set(text)} - {""}


def count_words(text: str) -> int:
    """How many words a text has, about: in scripts without spaces some characters are one."""
    if text.isascii():
        return len(text.split())
    dense = [match[1] is not None for match in _UNSPACED.finditer(text)]
    return len(_UNSPACED.sub(" ", text).split()) + sum(dense) // 2 + dense.count(False) // 5


def without_signs(text: str) -> str:
    """A text without what follows its last letter: signs, digits, spaces. Vowel signs belong to their letter."""
    end = len(text)
    while end and not (text[end - 1].isalpha() or unicodedata.category(text[end - 1])[0] == "M"):
        end -= 1
    return text[:end]


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """The consonants of a name by classes of sound. Names that sound alike have like ones; ideographs have none."""
    sounds = "".join(map(_sound, unicodedata.normalize("NFC", name.casefold())))
    for spelling, letter in _CLASSES:
        sounds = spelling.sub(letter, sounds)
    return _DOUBLED.sub(r"\1", re.sub(r"[^SPKTRMN]", "", sounds))


@lru_cache(maxsize=8192)
def _sound(char: str) -> str:
    """A letter in Latin letters, by its Unicode name: its vowels left out, but for Latin."""
    if char.isascii():
        return char
    name = unicodedata.name(char, "")
    plain = unicodedata.normalize("NFD", char)[0]
    if plain.isascii() or not (found := _SOUND.search(name)) or _SILENT.search(name):
        return plain if plain.isascii() else ""
    said = found[1].lower()
    if name.startswith("HANGUL"):
        return re.sub(r"[aeiouwy]", "", said)
    if name.startswith("CYRILLIC") and len(said) == 2 and said[0] == "e":  # EL, EM, EN, ER, ES, EF
        return said[1]
    consonants = re.match(r"[^aeiou]*", said)
    return consonants[0] if consonants else ""


def sound_alike(one: str, other: str) -> bool:
    """Whether two names, perhaps in two scripts, may be the same: word by word, if they have as many."""
    first, second = _PARTS.split(one.strip()), _PARTS.split(other.strip())
    if len(first) == len(second):
        return all(_likeness(a, b) >= 0.5 for a, b in zip(first, second, strict=True)) and _likeness(one, other) >= 0.7
    if 1 in (len(first), len(second)) and "HANGUL" in scripts_of(one + other):  # a name in one word, family name first
        words, whole = (first, other) if len(second) == 1 else (second, one)
        return any(_likeness(" ".join((*words[at:], *words[:at])), whole) >= 0.85 for at in range(len(words)))
    return abs(len(first) - len(second)) == 1 and _likeness(one, other) >= 0.85


def _likeness(one: str, other: str) -> float:
    """From 0 to 1. A word of no consonants says nothing: any other short one may be it."""
    from rapidfuzz.distance import Indel

    a, b = skeleton(one), skeleton(other)
    if not a or not b:
        return 0.5 if len(a) + len(b) <= 1 else 0.0
    return Indel.normalized_similarity(a, b)
