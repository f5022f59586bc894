"""A page as one stream of words that remembers which block each word came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate, chain

from cccheck.match.normalize import word_spans, words_and_kind
from cccheck.model import Link, Page


@dataclass(frozen=True, slots=True)
class Stream:
    """The words of a page in reading order; block `i` holds words `starts[i]` to `starts[i + 1]`."""

    page: Page
    words: tuple[str, ...]
    starts: list[int]
    unspaced: bool = False  # there may be characters that stand for words

    @classmethod
    def of(cls, page: Page) -> Stream:
        """Take the words of every block."""
        parts, unspaced = words_and_kind([block.text for block in page.blocks])
        starts = list(accumulate(map(len, parts), initial=0))
        return cls(page, tuple(chain.from_iterable(parts)), starts, unspaced)

    def block_at(self, word: int) -> int:
        """The block that holds a word."""
        return bisect_right(self.starts, word) - 1

    def block_words(self, block: int) -> int:
        """How many words a block has."""
        return self.starts[block + 1] - self.starts[block]

    def links_of(self, block: int) -> list[Link]:
        """The links that begin in a block. Links stand in the order of the page."""
        links = self.page.links
        low = bisect_left(links, block, key=lambda link: link.block)
        high = bisect_right(links, block, key=lambda link: link.block)
        return list(links[low:high])

    def pieces(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Words `start` to `end` cut at block boundaries: block, first and last-but-one word inside it."""
        found = []
        while start < end:
            block = self.block_at(start)
            stop = min(end, self.starts[block + 1])
            found.append((block, start - self.starts[block], stop - self.starts[block]))
            start = stop
        return found

    def characters(self, block: int, first: int, last: int) -> tuple[int, int]:
        """Character offsets of words `first` to `last` (not included) of a block."""
        text = self.page.blocks[block].text
        if first == 0 and last == self.block_words(block):
            return 0, len(text)
        spans = word_spans(text)
        return spans[first][0], spans[last - 1][1]
