"""What a text tells about a place in it: the sentence, whether it is quoted speech, whether a capital marks a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cccheck.phrases import fold

TOKEN = re.compile(r"\w+(?:['’ʼ.,:\-‐‑]\w+)*")
# The ends of sentences; a short capitalised word before the dot is an initial or a title (`J.`, `Mr.`, `U.S.`).
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)|[。！？।۔]+[」』”]?|\n+")
_SHORTENED = re.compile(r"(?:^|[\s(“\"‘.])[A-ZÀ-ÖØ-Þ]\w{0,2}\.$")
_QUOTE = re.compile("[\"“”„‟«»‹›「」『』‘’']")
_CLOSES = {"“": '”"', "„": '“”"', "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』"}
_CLOSES |= {'"': '"', "”": "”", "‘": "’", "'": "'"}
_OPENS_LINE = tuple("“«„\"»")
_MAY_BE_APOSTROPHES = "‘’'"
_LONGEST_QUOTE = 3_000  # characters: a longer stretch means that a closing mark is missing
_TITLE_SHARE = 0.6  # share of a line's longer words with capitals for a headline in title case


@dataclass(frozen=True, eq=False)
class Source:
    """A text, the work's or a block's. What it tells is worked out when a difference is met, not before."""

    text: str

    # ---------------------------------------------------------------- sentences

    @cached_property
    def _ends(self) -> list[int]:
        """Where sentences end: the offset after the last sign."""
        ends = []
        for found in _SENTENCE_END.finditer(self.text):
            at = found.start()
            before = self.text[max(0, at - 5) : at + 1]
            if self.text[at] == "." and found.end() == at + 1 and _SHORTENED.search(before):
                continue
            ends.append(found.end())
        return ends

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that holds a place."""
        number = bisect_right(self._ends, at)
        start = self._ends[number - 1] if number else 0
        end = self._ends[number] if number < len(self._ends) else len(self.text)
        while start < end and self.text[start].isspace():
            start += 1
        return start, end

    def starts_sentence(self, at: int) -> bool:
        """Whether a word that begins at `at` is the first of a sentence, a line or a quotation."""
        before = self.text[max(0, at - 12) : at].rstrip(" \t\u00a0")
        if not before or before[-1] in "\n.!?:…。！？•·|*#\"“„«»‘'([—–-/":
            return True
        return before[-1] in "”’)]" and before[-2:-1] in tuple(".!?…")

    # ---------------------------------------------------------------- quotations

    @cached_property
    def quotes(self) -> list[tuple[int, int]]:
        """The stretches between quotation marks, without the marks. A quotation ends with its paragraph."""
        found: list[tuple[int, int]] = []
        start = 0
        lines = self.text.split("\n")
        following = [line.lstrip()[:1] for line in lines if line.strip()][1:]
        for line in lines:
            if _QUOTE.search(line):
                goes_on = bool(following) and following[0] in _OPENS_LINE
                found.extend((start + a, start + b) for a, b in _quotes_of(line, goes_on=goes_on or len(lines) == 1))
            start += len(line) + 1
            following = following[1:] if line.strip() else following
        return found

    def quoted(self, start: int, end: int) -> tuple[int, int] | None:
        """The quotation that holds a stretch wholly or in part."""
        at = bisect_right(self.quotes, (end, len(self.text))) - 1
        for a, b in reversed(self.quotes[max(0, at - 1) : at + 1]):
            if (a < end and start < b) or (start == end and a < start < b):
                return a, b
        return None

    # ---------------------------------------------------------------- names

    @cached_property
    def _tokens(self) -> tuple[frozenset[str], frozenset[str]]:
        lower, names = set(), set()
        for found in TOKEN.finditer(self.text):
            word = found[0]
            if word[0].islower():
                lower.add(fold(word))
            elif word[0].isupper() and not self.starts_sentence(found.start()) and not self.in_title(found.start()):
                names.add(bare(word))
        return frozenset(lower), frozenset(names)

    @property
    def lower(self) -> frozenset[str]:
        """The words that stand somewhere without a capital."""
        return self._tokens[0]

    @property
    def names(self) -> frozenset[str]:
        """The words that stand somewhere with a capital for which no sentence or headline is the reason."""
        return self._tokens[1]

    @cached_property
    def _titles(self) -> dict[int, bool]:
        return {}

    def in_title(self, at: int) -> bool:
        """Whether a place is in a line all of whose words have capitals: a headline, a shout."""
        start = self.text.rfind("\n", 0, at) + 1
        known = self._titles.get(start)
        if known is None:
            end = self.text.find("\n", at)
            known = self._titles[start] = _is_title(self.text[start : end if end >= 0 else len(self.text)])
        return known


@lru_cache(maxsize=256)
def source_of(text: str) -> Source:
    """The same object for the same text: many copies of a work ask the same."""
    return Source(text)


def bare(word: str) -> str:
    """A word folded, without the ending of a genitive and without dots."""
    folded = fold(word).replace(".", "")
    for ending in ("'s", "s'"):
        if folded.endswith(ending):
            return folded[: -len(ending)] + ("s" if ending == "s'" else "")
    return folded


def _is_title(line: str) -> bool:
    words = [word for word in TOKEN.findall(line) if len(word) > 3 and word[0].isalpha()]
    if len(words) > 25 or len(words) < 2:
        return False
    return sum(word[0].isupper() for word in words) > _TITLE_SHARE * len(words) and line.rstrip()[-1:] not in '.!?…”"'


def _quotes_of(line: str, *, goes_on: bool) -> list[tuple[int, int]]:
    """The quotations of a line. `goes_on`: one that is not closed may go on in the next."""
    found: list[tuple[int, int]] = []
    opened: tuple[str, int] | None = None
    for mark in _QUOTE.finditer(line):
        sign, at = mark[0], mark.start()
        before, after = line[at - 1 : at], line[at + 1 : at + 2]
        if opened is not None:
            if sign in _CLOSES[opened[0]] and _may_close(sign, before, after):
                found.append((opened[1], at))
                opened = None
            elif sign == opened[0] and sign in "“«„" and _may_open(sign, before, after):
                opened = (sign, at + 1)  # the mark before it was never closed
        elif sign in _CLOSES and _may_open(sign, before, after):
            opened = (sign, at + 1)
    if opened is not None and goes_on and opened[0] in "“«„" and len(line) - opened[1] < _LONGEST_QUOTE:
        found.append((opened[1], len(line)))  # the next paragraph goes on with it
    return [(a, b) for a, b in found if b - a < _LONGEST_QUOTE]


def _may_open(sign: str, before: str, after: str) -> bool:
    if sign in "“„‟«‹「『":
        return True
    return not before.isalnum() and not after.isspace() and after != ""


def _may_close(sign: str, before: str, after: str) -> bool:
    return sign not in _MAY_BE_APOSTROPHES or (not after.isalnum() and not before.isspace())
