"""Text → words to compare. Two texts that a reader takes for the same give the same words.

What does not count: case; compatibility forms (ligatures, full width, superscripts: NFKC); how accents are encoded;
quotation marks, dashes, spacing; what is not seen at all (soft hyphens, zero-width characters, direction marks,
variation selectors); Arabic vowel signs and Hebrew points; letters of another script that look the same, put into Latin
words so that nobody finds them. A word is a run of letters and digits with their marks; scripts written without spaces
give one word per character.

Every word of every page comes through here. Hence the detour over bytes: one table turns ASCII into lower-case words
with blanks between them, which `str.split` cuts three times as fast as a pattern; patterns are for the rest.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

# Thai, Lao, Myanmar, Khmer, kana, CJK ideographs: written without spaces between words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u102d\u102f-\u109f\u1780-\u17ff\u3040-\u3098\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# Marks that belong to the letter before them, which Python's \w does not know: accents; Hebrew, Arabic, Syriac points;
# the signs of the scripts of India, Sri Lanka and Tibet; the voicing of kana.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u0816-\u082d\u0900-\u0903"
    "\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3\u0a01-\u0a03\u0a3c-\u0a51"
    "\u0a70\u0a71\u0a75\u0a81-\u0a83\u0abc-\u0acd\u0ae2\u0ae3\u0b01-\u0b03\u0b3c-\u0b57\u0b62\u0b63\u0b82\u0bbe-\u0bcd"
    "\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c62\u0c63\u0c81-\u0c83\u0cbc-\u0cd6\u0ce2\u0ce3\u0d00-\u0d03\u0d3b-\u0d4d"
    "\u0d57\u0d62\u0d63\u0d81-\u0d83\u0dca-\u0df3\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f84\u0f86\u0f87"
    "\u0f8d-\u0fbc\u102e\u1ab0-\u1aff\u1b00-\u1b04\u1b34-\u1b44\u1dc0-\u1dff\u3099\u309a\ufe20-\ufe2f\U000110b9\U000110ba"
)
# What nobody sees: soft hyphen, grapheme joiner, zero-width characters, direction marks, variation selectors.
_UNSEEN = "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_LETTER = f"[^\\W_{_UNSPACED}]"
_WORD = re.compile(f"[{_UNSPACED}][{_MARKS}{_UNSEEN}]*|{_LETTER}(?:{_LETTER}|[{_MARKS}{_UNSEEN}])*")
# The same for texts without such scripts and without loose accents, at half the cost.
_PLAIN_WORD = re.compile("[^\\W_]+")
_SPECIAL = re.compile(f"[{_UNSPACED}{_MARKS}{_UNSEEN}]")
# How those begin in UTF-8: scripts without spaces (and some others), then marks.
_UNSPACED_LEADS = [bytes([lead]) for lead in (0xE0, 0xE1, *range(0xE3, 0xEA), 0xEF, 0xF0)]
_MARKS_LEADS = [bytes([lead]) for lead in (0xCC, 0xCD, 0xD2, 0xD3, *range(0xD6, 0xDF))]
_UNSEEN_IN_WORD = re.compile(f"[{_UNSEEN}]+")
_MOJIBAKE = re.compile("â[\u0080\u20ac][\u0080-\u00bf\u0152\u0153\u0161\u0178\u017d\u017e\u02c6\u02dc\u2013-\u2122]?")
_BREAK = "\x00"  # between texts: no page holds it, decoding drops control characters
_ASCII = bytes(
    byte if byte >= 0x80 or byte == 0 else ord(chr(byte).lower()) if chr(byte).isalnum() else ord(" ")
    for byte in range(256)
)
_UNSEEN_PUNCTUATION = re.compile(rb"\xe2(?:\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0-\xaf])")  # of U+2000 to U+206F
_SOFT_HYPHEN = b"\xc2\xad"
_GENERAL_PUNCTUATION = re.compile(rb"\xe2\x80[\x80-\xbf]")  # U+2000 to U+203F: quotation marks, dashes, dots, spaces
_POINTS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]+")  # a text has them or not

# Letters that look like Latin ones (Unicode Technical Standard 39, confusables), upper and lower case.
_ALIKE = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХҮԌԚԜаеѕіјкорсухһԁԛԝүΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυκ",
        "ABESIJKMHOPCTYXYGQWaesijkopcyxhdqwyABEZHIKMNOPTYXaivopuk",
        strict=True,
    )
)
_ALIKE_TABLE = str.maketrans(_ALIKE)
_ANY_ALIKE = re.compile(f"[{''.join(_ALIKE)}]")
_CYRILLIC_OR_GREEK = re.compile("[\u0370-\u052f\u1f00-\u1fff]")
_LATIN = re.compile("[a-zA-Z\u00c0-\u024f]")
_ALONE = frozenset("АЕОРСХІЈЅаеорсхіјѕһΑΟαο")  # words of these only look Latin in upper and in lower case


def words(text: str) -> list[str]:
    """The words of a text, folded for comparison. The words of these words, joined by blanks, are these words."""
    return words_of_each([text.replace(_BREAK, " ")])[0]


def words_of_each(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text. No text holds U+0000."""
    return words_and_kind(texts)[0]


def words_and_kind(texts: Sequence[str]) -> tuple[list[list[str]], bool]:
    """The words of each text, and whether some may be characters of scripts without spaces. No text holds U+0000."""
    if not texts:
        return [], False
    raw = _BREAK.join(texts).encode("utf-8", "surrogatepass").translate(_ASCII)
    if b"\xe2" in raw:
        raw = _GENERAL_PUNCTUATION.sub(b" ", _UNSEEN_PUNCTUATION.sub(b"", raw))
    if _SOFT_HYPHEN in raw:
        raw = raw.replace(_SOFT_HYPHEN, b"")
    parts = raw.decode("utf-8", "surrogatepass").split(_BREAK)
    if raw.isascii():
        return [part.split() for part in parts], False
    unspaced = any(lead in raw for lead in _UNSPACED_LEADS)
    special = unspaced or any(lead in raw for lead in _MARKS_LEADS)
    return [part.split() if part.isascii() else _beyond_ascii(part, special) for part in parts], unspaced


def _beyond_ascii(text: str, special: bool) -> list[str]:
    """The words of a text that came through the table; `special`: it may hold what `_SPECIAL` is about."""
    text = _without_mojibake(text)
    found: list[str] = []
    if special and _SPECIAL.search(text):
        for word in _WORD.findall(text):
            if word.isascii():
                found.append(word)
            else:
                found.extend(_fold(word))
        return found
    for word in text.split():
        if word.isascii():
            found.append(word)
        else:
            for part in _PLAIN_WORD.findall(word):
                found.extend(_fold(part))
    return found


def word_spans(text: str) -> list[tuple[int, int]]:
    """Character offsets of each word: as many, in the same order, as `words` gives. A character that stands for several
    words (`½` for `1⁄2`) is the place of each."""
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(_without_mojibake(text)):
        number = 1 if match[0].isascii() else len(_fold(match[0]))
        found.extend([match.span()] * number)
    return found


def _without_mojibake(text: str) -> str:
    """Punctuation in UTF-8 that somebody read as Latin-1 (`â€™` for `’`) is no letters: blanked, same length."""
    return _MOJIBAKE.sub(lambda match: " " * len(match[0]), text) if "â" in text else text


@lru_cache(maxsize=10_000)
def _fold(word: str) -> tuple[str, ...]:
    """One match of `_WORD` as words to compare: nearly always one."""
    word = _UNSEEN_IN_WORD.sub("", word)
    before = ""
    while word != before:
        before, word = word, normalize("NFKC", word)
        if _ANY_ALIKE.search(word):
            word = _as_it_looks(word)
        word = normalize("NFKC", _POINTS.sub("", word).casefold())
    return tuple(_WORD.findall(word))


def _as_it_looks(word: str) -> str:
    """Cyrillic and Greek letters of a word that is Latin otherwise, or that cannot be told from Latin, in Latin."""
    latin = word.translate(_ALIKE_TABLE)
    if _CYRILLIC_OR_GREEK.search(latin):
        return word  # a word of its own script
    return latin if _LATIN.search(word) or _ALONE.issuperset(word) else word
