"""Cuts a stretch of text into the words that licence names are made of, and everything else."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from cccheck.licenses.vocabulary import Word, dense, fold_char, starting_at

_VERSION = re.compile(r"(?<![\d.,])[1-9][.,]\d(?![\d])(?![.,]\d)")
_DIGITS = re.compile(r"\d+")
_GLUED = re.compile(r"^(cc)?((?:by|nc|nd|sa)*)(0|zero)?$")
_PAIR = re.compile(r"by|nc|nd|sa")
_ENDING = 5  # letters that an open word may take at its end
_LONGEST_GAP = 8


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text: `cc brand element code whole zero version digit licence joining suffix place other`."""

    kind: str
    value: str
    start: int
    end: int


class Reader:
    """A stretch of text with its folded twin; `index[i]` is where the folded character `i` came from."""

    def __init__(self, text: str) -> None:
        self.text = text
        pairs = [(folded, at) for at, char in enumerate(text) for folded in fold_char(char)]
        self.folded = "".join(folded for folded, _ in pairs)
        self.index = [at for _, at in pairs]

    def tokens(self) -> list[Token]:
        """All tokens in order. Marks and punctuation are none."""
        found, at = [], 0
        while at < len(self.text):
            if not self.text[at].isalnum():
                at += 1
                continue
            pieces = self._number(at) if self.text[at].isdigit() else self._word(at)
            found += pieces
            at = max(pieces[-1].end, at + 1)
        return found

    def gap(self, left: Token, right: Token) -> str:
        """What stands between two tokens."""
        return self.text[left.end : right.start]

    def near(self, left: Token, right: Token) -> bool:
        """Whether two tokens stand together: no sentence ends between them, and no paragraph."""
        gap = self.gap(left, right)
        return len(gap) <= _LONGEST_GAP and not re.search(r"[.;?]|\n\s*\n", gap)

    def _number(self, at: int) -> list[Token]:
        match = _VERSION.match(self.text, at)
        if match:
            return [Token("version", match[0].replace(",", "."), at, match.end())]
        match = _DIGITS.match(self.text, at)
        end = match.end() if match else at + 1
        return [Token("digit", self.text[at:end], at, end)]

    def _word(self, at: int) -> list[Token]:
        first = bisect_left(self.index, at)
        for word in starting_at(self.folded, first):
            end = self._end_of(word, first)
            if end is not None:
                return [Token(word.kind, word.value, at, end)]
        end = self._word_end(at)
        return self._codes(at, end) or [Token("other", "", at, at + 1 if dense(self.text[at]) else end)]

    def _end_of(self, word: Word, first: int) -> int | None:
        """Where a word of the vocabulary ends in the text, if it ends where a word may end."""
        end = self.index[first + len(word.folded) - 1] + 1
        end = self._past_marks(end)
        rest = self._word_end(end) - end if end < len(self.text) and self.text[end].isalpha() else 0
        if rest == 0 or self._may_break(end):
            return end
        return end + rest if word.open_end and rest <= _ENDING else None

    def _may_break(self, at: int) -> bool:
        """Whether a word may begin inside a run of letters: a capital after a small letter, or a dense script."""
        before, char = self.text[at - 1], self.text[at]
        return dense(char) or dense(before) or (char.isupper() and not before.isupper())

    def _past_marks(self, at: int) -> int:
        while at < len(self.text) and self._is_mark(at):
            at += 1
        return at

    def _is_mark(self, at: int) -> bool:
        return unicodedata.category(self.text[at]).startswith("M")

    def _word_end(self, at: int) -> int:
        """The end of the run of letters at `at`; a change between dense and spaced script ends it too."""
        end = at + 1
        while end < len(self.text) and (self.text[end].isalnum() or self._is_mark(end)):
            if dense(self.text[end]) != dense(self.text[at]):
                break
            end += 1
        return end

    def _codes(self, start: int, end: int) -> list[Token]:
        """`CC`, `by`, `BYNC`, `CC0`: the short forms, also where they are glued together."""
        match = _GLUED.match(self.text[start:end].lower())
        if not match or not any(match.groups()) or (match[3] and match[2]):
            return []
        tokens = [Token("cc", "", start, start + 2)] if match[1] else []
        if match[2]:
            offset = start + match.start(2)
            tokens += [Token("code", p[0], offset + p.start(), offset + p.end()) for p in _PAIR.finditer(match[2])]
        return tokens + ([Token("zero", match[3], start + match.start(3), end)] if match[3] else [])
