"""Text → words to compare: case, compatibility forms, quotation marks, hyphens and spacing do not count.

A word is a run of letters and digits; scripts written without spaces give one word per character.
"""

import re
from functools import lru_cache
from unicodedata import is_normalized, normalize

# Thai, Lao, Myanmar, Khmer, kana, CJK ideographs (the main planes): written without spaces between words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
BREAK = "\x00"  # no page holds it: decoding drops control characters
_WORD = re.compile(f"[{_UNSPACED}\x00]|[^\\W_{_UNSPACED}](?:[^\\W_{_UNSPACED}]|[\u0300-\u036f])*")
# The same for texts without such scripts and without loose accents, at half the cost.
_PLAIN_WORD = re.compile("[^\\W_]+|\x00")
_SPECIAL = re.compile(f"[{_UNSPACED}\u0300-\u036f]")
_MOJIBAKE = re.compile("â[\u0080\u20ac][\u0080-\u00bf\u0152\u0153\u0161\u0178\u017d\u017e\u02c6\u02dc\u2013-\u2122]?")


def words(text: str) -> list[str]:
    """The words of a text, folded for comparison. `BREAK` is a word of its own."""
    if text.isascii():
        return _PLAIN_WORD.findall(text.lower())
    text = _without_mojibake(text).casefold()
    found = (_WORD if _SPECIAL.search(text) else _PLAIN_WORD).findall(text)
    return found if is_normalized("NFKC", text) else [word if word.isascii() else _fold(word) for word in found]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Character offsets of each word: as many, in the same order, as `words` gives."""
    return [match.span() for match in _WORD.finditer(_without_mojibake(text))]


def _without_mojibake(text: str) -> str:
    """Punctuation in UTF-8 that somebody read as Latin-1 (`â€™` for `’`) is no letters: blanked, same length."""
    return _MOJIBAKE.sub(lambda match: " " * len(match[0]), text) if "â" in text else text


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    return normalize("NFKC", normalize("NFKC", word).casefold())
