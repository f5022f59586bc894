"""Word 5-grams, and their like in scripts written without spaces.

A gram is five words in a row. Where characters stand for words it takes as many as make up five words: ten of Chinese
or Japanese (a word has about two), twenty-five of Thai, Lao, Khmer or Burmese (about five). Five characters of Chinese
would be `中华人民共`, which many texts share. In mixed text each token counts as the part of a word that it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

GRAM = 5
Gram = int  # the hash of five words: 64 bits, of this process only; nothing that is written depends on it
NO_GRAM: Gram = 0  # stands where a text ends before a gram is whole

_WORD, _DENSE, _LOOSE = 10, 5, 2  # tenths of a word that a token is
_DENSE_CHAR = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LOOSE_CHAR = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def grams(words: Sequence[str], unspaced: bool = True) -> list[Gram]:
    """The grams of a text, one for each word that has four behind it. `unspaced`: there may be characters for words.

    A chance collision of two hashes is met once in 10^19 pairs.
    """
    found = list(map(hash, zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)))
    if unspaced:
        _widen(words, found)
    return found


def tokens_a_word(words: Sequence[str]) -> float:
    """How many tokens of a text make a word on average: 1, or more where characters stand for words."""
    return len(words) * _WORD / max(1, sum(map(_weight, words)))


def _weight(word: str) -> int:
    if word < "\u0e00":
        return _WORD
    return _DENSE if _DENSE_CHAR.match(word) else _LOOSE if _LOOSE_CHAR.match(word) else _WORD


def _widen(words: Sequence[str], found: list[Gram]) -> None:
    """Put wider grams where characters that stand for words are among the five."""
    weights = list(map(_weight, words))
    light = {at - back for at, weight in enumerate(weights) if weight != _WORD for back in range(GRAM)}
    if not light:
        return
    before = list(accumulate(weights, initial=0))
    for at in light:
        if 0 <= at < len(found):
            end = bisect_left(before, before[at] + GRAM * _WORD)
            found[at] = hash(tuple(words[at:end])) if end < len(before) else NO_GRAM
