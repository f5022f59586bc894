"""Text → words to compare: case, compatibility forms, quotation marks, hyphens and spacing do not count.

A word is a run of letters and digits; scripts written without spaces give one word per character.
"""

import re
from functools import lru_cache
from unicodedata import is_normalized, normalize

# Thai, Lao, Myanmar, Khmer, kana, CJK ideographs (the main planes): written without spaces between words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}](?:[^\\W_{_UNSPACED}]|[\u0300-\u036f])*")


def words(text: str) -> list[str]:
    """The words of a text, folded for comparison."""
    if text.isascii():
        return _WORD.findall(text.lower())
    folded = text.casefold()
    if len(folded) == len(text) and is_normalized("NFKC", folded):
        return _WORD.findall(folded)
    return [_fold(word) for word in _WORD.findall(text)]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Character offsets of each word: as many, in the same order, as `words` gives."""
    return [match.span() for match in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    return normalize("NFKC", normalize("NFKC", word).casefold())
