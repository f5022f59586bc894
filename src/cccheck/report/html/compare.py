"""The page beside the original: rows of paragraphs that belong together, in the order of the page.

Which paragraph of the original a block copies is told by shared word 4-grams, and by the places of the edits. What is
not the article's (menus, teasers) is folded away, unless a finding quotes it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
_WORD = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*\s+|[。！？]")
_LONG, _PIECE = 600, 120  # characters of a paragraph that is cut, and of each piece at least
_GRAM = 4
_STEP = 3  # every third 4-gram of a block is enough to tell its paragraph
_LOOKED_AT = 20_000  # characters of a block that are compared


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of the original, or some sentences of a long one: then `paragraph` is the number of the whole."""

    number: int
    paragraph: int
    start: int
    end: int


@dataclass(slots=True)
class Original:
    """An original's text, ready to be compared."""

    text: str
    parts: Sequence[Part]
    grams: Mapping[tuple[str, ...], int]  # in which part each 4-gram stands first
    repeated: frozenset[tuple[str, ...]]  # those that stand in others too, and say little

    def across(self, start: int, end: int) -> list[int]:
        """The numbers of the parts that a stretch of the text touches."""
        return [part.number for part in self.parts if part.start < end and start < part.end]

    def stretches(self, numbers: Iterable[int]) -> list[tuple[int, int]]:
        """Start and end of these parts; those that follow each other in a paragraph are one."""
        found: list[list[int]] = []
        last = None
        for part in (self.parts[number] for number in numbers):
            if last and (last.number + 1, last.paragraph) == (part.number, part.paragraph):
                found[-1][1] = part.end
            else:
                found.append([part.start, part.end])
            last = part
        return [(start, end) for start, end in found]


def original(text: str) -> Original:
    """The parts of a text and an index to them."""
    parts: list[Part] = []
    for number, match in enumerate(_PARAGRAPH.finditer(text)):
        for start, end in _cut(match[0]):
            parts.append(Part(len(parts), number, match.start() + start, match.start() + end))
    index: dict[tuple[str, ...], int] = {}
    repeated: set[tuple[str, ...]] = set()
    for part in parts:
        for gram in _grams(text[part.start : part.end]):
            if index.setdefault(gram, part.number) != part.number:
                repeated.add(gram)
    return Original(text, parts, index, frozenset(repeated))


def _cut(paragraph: str) -> Iterator[tuple[int, int]]:
    """A long paragraph in pieces that end with a sentence: a copy may have made several of it."""
    start = 0
    for match in _SENTENCE.finditer(paragraph) if len(paragraph) > _LONG else ():
        if match.end() - start >= _PIECE and len(paragraph) - match.end() >= _PIECE:
            yield start, match.end()
            start = match.end()
    yield start, len(paragraph)


def _grams(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    if len(words) <= _GRAM:
        return [tuple(words)] if words else []
    return list(zip(words, words[1:], words[2:], words[3:], strict=False))


@dataclass(slots=True)
class Pair:
    """Blocks of the page and paragraphs of the original that belong together; either may be missing."""

    blocks: list[Row] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Fold:
    """Blocks that are not the article's: before it, within it, after it."""

    place: str
    blocks: list[Row] = field(default_factory=list)


def compared(blocks: Sequence[Row], edits: Iterable[Row], text: Original | None, quoted: set[int]) -> list[Pair | Fold]:
    """Pairs and folds in the order of the page. `quoted`: blocks that findings quote, which are never folded."""
    found = _belonging(blocks, edits, text)
    article = [place for place, block in enumerate(blocks) if block["index"] in found]
    first, last = (article[0], article[-1]) if article else (len(blocks), -1)
    rows = _Rows({number for numbers in found.values() for number in numbers})
    for place, block in enumerate(blocks):
        if block["index"] in found:
            rows.add(block, found[block["index"]])
        elif block["index"] in quoted:
            rows.apart(block)
        elif block["text"].strip():
            rows.fold(block, "before" if place < first else "after" if place > last else "within")
    rows.end(len(text.parts) if text and article else 0)
    return rows.rows


class _Rows:
    """Rows as they come. What the page leaves out stands where it would come next."""

    def __init__(self, copied: set[int]) -> None:
        self.rows: list[Pair | Fold] = []
        self._copied, self._next = copied, 0
        self._last: Pair | None = None

    def add(self, block: Row, numbers: list[int]) -> None:
        """A block of the article: with the row before it where that shares a paragraph, or an alteration goes on."""
        shares = bool(self._last and numbers and numbers[0] in self._last.paragraphs)
        goes_on = not numbers and block.get("mark") == "altered"
        if self._last and (shares or (goes_on and self._last.blocks[-1].get("mark") == "altered")):
            self._last.blocks.append(block)
            self._last.paragraphs.extend(number for number in numbers if number not in self._last.paragraphs)
        else:
            if numbers:
                self.end(numbers[0])
            self._last = Pair([block], list(numbers))
            self.rows.append(self._last)
        self._next = max([self._next, *(number + 1 for number in numbers)])

    def apart(self, block: Row) -> None:
        """A block that is not the article's and has to be seen."""
        self.rows.append(Pair([block]))
        self._last = None

    def fold(self, block: Row, place: str) -> None:
        """A block that is not the article's."""
        if not self.rows or not isinstance(self.rows[-1], Fold) or self.rows[-1].place != place:
            self.rows.append(Fold(place))
        fold = self.rows[-1]
        assert isinstance(fold, Fold)  # noqa: S101 - just made so
        fold.blocks.append(block)

    def end(self, number: int) -> None:
        """Paragraphs before that one which no block has."""
        missing = [n for n in range(self._next, number) if n not in self._copied]
        self.rows.extend(Pair([], [n]) for n in missing)
        self._last = None if missing else self._last
        self._next = max(self._next, number)


def _belonging(blocks: Sequence[Row], edits: Iterable[Row], text: Original | None) -> dict[int, list[int]]:
    """For each block of the article, the paragraphs that it copies or stands for, in order."""
    stood_for: dict[int, list[int]] = defaultdict(list)
    for edit in edits:
        copy, there = edit["copy"], edit["original"]
        if copy and edit["words"] and (there["end"] > there["start"] or edit["kind"] in ("inserted", "added")):
            stood_for[copy["block"]].extend(text.across(there["start"], there["end"]) if text else ())
    marked = any("mark" in block for block in blocks)  # runs of early versions marked none
    copied = {
        block["index"]: _copied(block, text)
        for block in blocks
        if ("mark" in block if marked else block.get("copied") or block["index"] in stood_for)
    }
    anywhere = {number for numbers in copied.values() for number in numbers}
    return {
        index: numbers or [n for n in sorted(set(stood_for[index])) if n not in anywhere]
        for index, numbers in copied.items()
    }


def _copied(block: Row, text: Original | None) -> list[int]:
    """The paragraphs that a block copies: those that share more with it than a turn of phrase, else those that do."""
    spans = block.get("copied") or ()
    votes = _votes(block["text"][:_LOOKED_AT], spans, text) if text else Counter()
    most = max(votes.values(), default=0)
    return sorted(number for number, count in votes.items() if count >= min(2, most))


def _votes(text: str, spans: Iterable[Sequence[int]], there: Original) -> Counter[int]:
    """How many 4-grams of the copied spans stand in each part: those of one part alone, where there are any."""
    grams, step = there.grams, slice(None, None, _STEP)
    found = [gram for start, end in spans for gram in _grams(text[start:end])[step] if gram in grams]
    telling = [gram for gram in found if gram not in there.repeated]
    return Counter(grams[gram] for gram in telling or found)
