"""Text → words to compare: case, compatibility forms, quotation marks, hyphens and spacing do not count.

A word is a run of letters and digits; scripts written without spaces give one word per character.

Every word of every page comes through here. Hence the detour over bytes: one table turns ASCII into lower-case words
with blanks between them, which `str.split` cuts three times as fast as a pattern; patterns are for the rest.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

# Thai, Lao, Myanmar, Khmer, kana, CJK ideographs (the main planes): written without spaces between words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}](?:[^\\W_{_UNSPACED}]|[\u0300-\u036f])*")
# The same for texts without such scripts and without loose accents, at half the cost.
_PLAIN_WORD = re.compile("[^\\W_]+")
_SPECIAL = re.compile(f"[{_UNSPACED}\u0300-\u036f]")
# How those begin in UTF-8.
_SPECIAL_LEADS = [bytes([lead]) for lead in (0xCC, 0xCD, 0xE0, 0xE1, *range(0xE3, 0xEA), 0xEF)]
_MOJIBAKE = re.compile("â[\u0080\u20ac][\u0080-\u00bf\u0152\u0153\u0161\u0178\u017d\u017e\u02c6\u02dc\u2013-\u2122]?")
_BREAK = "\x00"  # between texts: no page holds it, decoding drops control characters
_ASCII = bytes(
    byte if byte >= 0x80 or byte == 0 else ord(chr(byte).lower()) if chr(byte).isalnum() else ord(" ")
    for byte in range(256)
)
_GENERAL_PUNCTUATION = re.compile(rb"\xe2\x80[\x80-\xbf]")  # U+2000 to U+203F: quotation marks, dashes, dots, spaces


def words(text: str) -> list[str]:
    """The words of a text, folded for comparison."""
    return words_of_each([text.replace(_BREAK, " ")])[0]


def words_of_each(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text. The texts hold no U+0000."""
    if not texts:
        return []
    raw = _BREAK.join(texts).encode("utf-8", "surrogatepass").translate(_ASCII)
    if b"\xe2\x80" in raw:
        raw = _GENERAL_PUNCTUATION.sub(b" ", raw)
    parts = raw.decode("utf-8", "surrogatepass").split(_BREAK)
    if raw.isascii():
        return [part.split() for part in parts]
    special = any(lead in raw for lead in _SPECIAL_LEADS)
    return [part.split() if part.isascii() else _beyond_ascii(part, special) for part in parts]


def _beyond_ascii(text: str, special: bool) -> list[str]:
    """The words of a text that came through the table; `special`: it may hold unspaced scripts or loose accents."""
    text = _without_mojibake(text)
    if special and _SPECIAL.search(text):
        return [word if word.isascii() else _fold(word) for word in _WORD.findall(text)]
    found: list[str] = []
    for word in text.split():
        if word.isascii():
            found.append(word)
        else:
            found.extend(map(_fold, _PLAIN_WORD.findall(word)))
    return found


def word_spans(text: str) -> list[tuple[int, int]]:
    """Character offsets of each word: as many, in the same order, as `words` gives."""
    return [match.span() for match in _WORD.finditer(_without_mojibake(text))]


def _without_mojibake(text: str) -> str:
    """Punctuation in UTF-8 that somebody read as Latin-1 (`â€™` for `’`) is no letters: blanked, same length."""
    return _MOJIBAKE.sub(lambda match: " " * len(match[0]), text) if "â" in text else text


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    return normalize("NFKC", normalize("NFKC", word).casefold())
