"""What of a page's text between copied words can be somebody's edit, and what is put there by every page.

Words within a copied paragraph are an edit unless they are glued to it, linked, or repeat the article. A whole
paragraph is one only if it looks like its neighbours in every respect: that keeps teasers, captions, appeals and
advertisements out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from cccheck.match.corpus import IndexedText, grams
from cccheck.match.kinds.times import is_dateline
from cccheck.match.kinds.vocabulary import all_phrases
from cccheck.match.layout import FURNITURE, Layout
from cccheck.match.stream import Stream
from cccheck.phrases import fold, says

# Calibrated on the untouched pages of the benchmark, where no edit may be found: see docs/accuracy.md.
_MIN_PROSE = 8  # words: shorter lines between paragraphs are headings, labels, buttons
_MIN_OWN = 15  # words of a paragraph that may be called inserted
_MIN_LINKED_OWN = 25  # the same, if it holds a link
_MAX_LINKED = 0.5  # share of a block's text that is links: more is a list of links
_MAX_LINKED_OWN = 0.25
_CAPTION, _CREDIT = 40, 60  # words: fewer that speak of a picture, or give credit, are not the article's
_STAMP_WORDS, _STAMPS = (3, 12), 3  # words of a label, and how often the page has to have it
_EDGE_WORDS = 5  # words at the beginning and the end of a caption
_OPENING = 60  # characters in which the word stands that a box begins with
_ENDS = 3  # blocks at each end of the article in which credit is looked for
_MIN_AT_END = 5  # words put before the article's first or after its last: fewer are labels, but for a place and a dash
_LABEL = 12  # characters
_SPLIT = 8  # letters in a row that are the work's, however they are split into words
_CHANCE = 5  # copied words of a block that may be the work's by chance
_REPEATS = 0.5  # share of 5-grams that are the work's: a pull quote
_NOT_PROSE = ("h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "summary", "button", "label", "legend")
_FOOTNOTE = re.compile(r"\d{1,3}[A-ZÀ-ÖØ-Þ“\"]\S*\s")
_FILE = re.compile(r"(?:\w{2,5}\W{1,3})?\d+(?:[.,]\d+)?\s?[kMG]i?B|(?:pdf|docx?|xlsx?|mp3|mp4)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…。！？।۔:]['\"”’»)\]」』]*\s*$")


class Piece(NamedTuple):
    """Words `first` to `last` (not included) of a block; `whole`: no word of the block is copied."""

    block: int
    first: int
    last: int
    whole: bool


@dataclass(frozen=True)
class Prose:
    """Judges stretches of a page that stand among the words copied from a text."""

    stream: Stream
    text: IndexedText
    layout: Layout
    moved: tuple[tuple[int, int], ...] = ()  # the page's words that are the work's, from another place

    # ---------------------------------------------------------------- what stands in a gap

    def pieces(self, start: int, end: int, missing: Sequence[str] = ()) -> list[Piece]:
        """The page's running text from word `start` to `end`, without furniture. `missing`: the words that the work has
        there; a line made of them is text whatever it looks like."""
        weights = self.layout.weights
        found = []
        line, letters = f" {' '.join(missing)} ", "".join(missing)
        for block, first, last in self._unmoved(start, end):
            copied = weights.get(block, 0)
            if not (missing and self._is_line_of(line, letters, block, first, last)):
                size = self.stream.block_words(block)
                if copied < _CHANCE and copied < size // 2:
                    if not self.may_be_text(block):
                        continue
                elif 2 * copied < size and self._is_furniture(block):
                    continue
            found.append(Piece(block, first, last, whole=not copied))
        return found

    def _unmoved(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        for low, high in self.moved:
            if start <= low and high <= end:
                yield from self.stream.pieces(start, low)
                start = high
        yield from self.stream.pieces(start, end)

    def _is_line_of(self, line: str, letters: str, block: int, first: int, last: int) -> bool:
        start = self.stream.starts[block]
        words = self.stream.words[start + first : start + last]
        joined = "".join(words)
        return f" {' '.join(words)} " in line or (len(joined) >= _SPLIT and joined in letters)

    def may_be_text(self, number: int) -> bool:
        """Whether a whole block reads as part of an article, not as something put between its paragraphs."""
        block = self.stream.page.blocks[number]
        size = self.stream.block_words(number)
        if size < _MIN_PROSE or self._is_furniture(number) or self._linked(number) > _MAX_LINKED:
            return False
        folded = fold(block.text)
        if size < _CAPTION and self._is_caption(folded):
            return False
        credits = (size < _CREDIT and self._at_ends(number)) or self.stream.links_of(number)
        return not (credits and says("credit", folded))

    def _is_caption(self, folded: str) -> bool:
        """Whether a short text speaks of a picture: at its beginning or end, or without being a sentence."""
        if not _SENTENCE_END.search(folded):
            return says("photo", folded)
        words = folded.split()
        return says("photo", " ".join(words[:_EDGE_WORDS])) or says("photo", " ".join(words[-_EDGE_WORDS:]))

    def _at_ends(self, number: int) -> bool:
        return number - self.layout.first < _ENDS or self.layout.last - number < _ENDS

    def _is_furniture(self, number: int) -> bool:
        block = self.stream.page.blocks[number]
        if block.tag in _NOT_PROSE or self.layout.visible(block)[0] != "visible":
            return True
        return any(kind in FURNITURE for kind in self.layout.parts(block))

    def _linked(self, number: int) -> float:
        linked = sum(link.end - link.start for link in self.stream.links_of(number))
        return linked / max(1, len(self.stream.page.blocks[number].text))

    # ---------------------------------------------------------------- whole paragraphs

    def is_own(self, number: int, least: int = _MIN_OWN, *, sentence: bool = True) -> bool:
        """Whether a paragraph without copied words looks in every respect like those around it; of so many words, if
        that is less than is asked otherwise. `sentence`: it has to end like one."""
        block = self.stream.page.blocks[number]
        size, links = self.stream.block_words(number), self.stream.links_of(number)
        if size < (_MIN_LINKED_OWN if links else min(least, _MIN_OWN)) or self._linked(number) > _MAX_LINKED_OWN:
            return False
        if sentence and not _SENTENCE_END.search(block.text):
            return False
        if not self.may_be_text(number) or self.repeats(number, 0, size):
            return False
        return self.may_replace(number)

    def may_replace(self, number: int) -> bool:
        """Whether a paragraph can be what was written in the place of another: it looks like its neighbours."""
        return self._looks(number) in self._own_looks and not self.is_box(self.stream.page.blocks[number].text)

    def is_box(self, text: str) -> bool:
        """Whether a text speaks as a page does between paragraphs: an appeal, a note about the article, a credit."""
        folded = fold(text)
        phrases = {folded[hit.start() : hit.end()] for hit in all_phrases("boxes").finditer(folded)}
        if len(phrases) > 1 or any(" " in phrase or len(folded.split()) < _CREDIT for phrase in phrases):
            return True
        start = len(folded) - len(folded.lstrip("\n \"'“„«‘([*•-"))
        return any(hit.start() == start for hit in all_phrases("openers").finditer(folded[:_OPENING]))

    @cached_property
    def _own_looks(self) -> frozenset[Any]:
        """How the blocks with copied words are marked up."""
        return frozenset(self._looks(number) for number in self.layout.weights)

    def _looks(self, number: int) -> Any:
        block = self.stream.page.blocks[number]
        element = block.element
        if element is None:
            return block.tag, block.parent
        parent = element.parent
        return block.tag, _marks(element), parent.tag if parent is not None else "", _marks(parent), block.hidden_by

    def repeats(self, number: int, first: int, last: int) -> bool:
        """Whether words of a block repeat the work's: a pull quote, a summary of bits."""
        start = self.stream.starts[number]
        mine = grams(self.stream.words[start + first : start + last])
        return bool(mine) and sum(gram in self.text.positions for gram in mine) >= _REPEATS * len(mine)

    # ---------------------------------------------------------------- words within a paragraph

    def is_put_in(self, piece: Piece) -> bool:
        """Whether words in a copied paragraph, for which the original has none, are somebody's: not glued to a word (a
        footnote, a card that opens on a name), not links, not the page's own words, no repetition."""
        text = self.stream.page.blocks[piece.block].text
        start, end = self.stream.characters(piece.block, piece.first, piece.last)
        if _glued(text, start) or _glued_after(text, end) or _is_mark(text, start, end):
            return False
        if self._is_stamp(piece):
            return False
        links = self.stream.links_of(piece.block)
        linked = sum(max(0, min(link.end, end) - max(link.start, start)) for link in links)
        bracketed = text[max(0, start - 1) : start] in ("(", "[") and text[end : end + 1] in (")", "]", ".", "?", "!")
        if 2 * linked > end - start or (linked and bracketed) or self.repeats(piece.block, piece.first, piece.last):
            return False
        if "\n" in text[max(0, start - 3) : start] or "\n" in text[end : end + 4]:
            return self._is_line(text, start, end)
        inside = piece.first > 0 and piece.last < self.stream.block_words(piece.block)
        outermost = (piece.block == self.layout.first and not piece.first) or piece.block == self.layout.last
        if outermost and not inside and piece.last - piece.first < _MIN_AT_END:
            return piece.first == 0 and is_dateline(text[start:end], text[end : end + 4])
        if end - start <= _LABEL:
            folded = fold(text[start:end])
            openers = all_phrases("openers").finditer(folded)
            return not any(hit.start() == 0 and hit.end() == len(folded) for hit in openers)
        return inside or not (self.is_box(text[start:end]) or self._is_credit(piece.block, text[start:end]))

    def _is_credit(self, block: int, text: str) -> bool:
        """Whether words at an end of the article's first or last paragraphs give credit."""
        return self._at_ends(block) and says("credit", fold(text))

    def _is_stamp(self, piece: Piece) -> bool:
        """Words that the page has in many places: a label that something puts into every paragraph."""
        words = self.stream.words
        start = self.stream.starts[piece.block] + piece.first
        wanted = words[start : start + piece.last - piece.first]
        if not _STAMP_WORDS[0] <= len(wanted) <= _STAMP_WORDS[1]:
            return False
        at, count = -1, 0
        while count < _STAMPS:
            try:
                at = words.index(wanted[0], at + 1)
            except ValueError:
                return False
            count += words[at : at + len(wanted)] == wanted
        return True

    def _is_line(self, text: str, start: int, end: int) -> bool:
        """Whether a stretch beside a line feed reads as a sentence: a line of its own is judged like a paragraph."""
        stretch = text[start : end + 2].split("\n")[0] if "\n" in text[end : end + 2] else text[start : end + 2]
        long = len(stretch.split()) >= _MIN_OWN
        return long and _SENTENCE_END.search(stretch) is not None and not self.is_box(stretch)


def _marks(element: Any) -> tuple[str, str]:
    attributes = element.attributes if element is not None else {}
    return attributes.get("class") or "", (attributes.get("style") or "") + (attributes.get("align") or "")


def _glued(text: str, at: int) -> bool:
    """No space before a word, and none of the signs that join words."""
    return at > 0 and text[at - 1].isalnum()


def _glued_after(text: str, at: int) -> bool:
    return at < len(text) and at > 0 and text[at].isalnum() and text[at - 1].isalnum()


def _is_mark(text: str, start: int, end: int) -> bool:
    """What points, counts or tells a file: `[4]`, `(2)`, `3.` where a line begins, `2Who, never …`, `PDF, 14.2 MB`."""
    stretch, before, after = text[start:end], text[max(0, start - 1) : start], text[end : end + 1]
    if _FOOTNOTE.match(stretch) or _FILE.fullmatch(stretch):
        return True
    if len(stretch) > 4 or not (stretch.isdigit() or len(stretch) == 1):
        return False
    return (before in ("[", "(") and after in ("]", ")")) or (before in ("", "\n") and after in (".", ")"))
