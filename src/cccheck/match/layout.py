"""How the page lies around the copied text: which marked parts hold the article, and which stand beside it.

A theme may call the whole page `sidebar-layout` or put the article in an `<aside>`: a part that holds the article
says nothing about what stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from cccheck.model import Block, Container, Link, Page, Visible, Where

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_TITLE_WORDS = 4  # a link of so many words reads as the title of another article
_HOLDS = 0.5  # a part with this share of the copied words holds the article
ELSEWHERE = ("comments", "nav", "related", "promo", "ad")
_BESIDE = ("footer", "header", "aside", "figure", "caption", "form", "hidden", "unknown", "other")
FURNITURE = frozenset((*ELSEWHERE, *_BESIDE))


@dataclass(frozen=True)
class Layout:
    """A page seen from its article: `weights` are the copied words of each block that has any."""

    page: Page
    weights: Mapping[int, int]
    first: int
    last: int

    @cached_property
    def _sums(self) -> list[int]:
        """Copied words before each block."""
        return list(accumulate((self.weights.get(i, 0) for i in range(len(self.page.blocks))), initial=0))

    @cached_property
    def holding(self) -> frozenset[int]:
        """Indexes of the containers that hold the article."""
        sums = self._sums
        need = _HOLDS * sums[-1]
        return frozenset(
            number
            for number, part in enumerate(self.page.containers)
            if part.last >= part.first and sums[part.last + 1] - sums[part.first] > need
        )

    @cached_property
    def parents(self) -> frozenset[int]:
        """Numbers of the elements whose children hold copied text."""
        return frozenset(self.page.blocks[i].parent for i in self.weights)

    def parts(self, block: Block | Link) -> list[str]:
        """Kinds of the parts a block lies in beside the article, outermost first; another `<article>` is `other`."""
        kinds = []
        for number in block.containers:
            if number not in self.holding:
                kind = self.page.containers[number].kind
                if kind != "article":
                    kinds.append(kind)
                elif self._is_other(number):
                    kinds.append("other")
        return kinds

    def _is_other(self, number: int) -> bool:
        """Whether an `<article>` is another article: without any copied text, on the same page as the copy, and with a
        title of its own. (Themes put headlines, bylines, cards and parts of one text into such elements too.)
        """
        part, page = self.page.containers[number], self.page
        if part.last < part.first or self._sums[part.last + 1] > self._sums[part.first]:
            return False
        first = page.blocks[part.first]
        if first.capture != page.blocks[self.first].capture or self._is_card(part, first):
            return False
        headings = [page.blocks[i] for i in range(part.first, part.last + 1) if page.blocks[i].tag in _HEADINGS]
        if any(self._is_headline(heading) for heading in headings):
            return False
        links = (link for link in page.links if part.first <= link.block <= part.last)
        return bool(headings) or any(len(link.text.split()) >= _TITLE_WORDS for link in links)

    def _is_card(self, part: Container, first: Block) -> bool:
        """Whether an element is, by another of its names, an author's card."""
        others = (self.page.containers[number] for number in first.containers)
        return any(other.kind == "author" and (other.first, other.last) == (part.first, part.last) for other in others)

    def _is_headline(self, heading: Block) -> bool:
        """Whether a heading before the text is the page's own: its only `<h1>`, or what its title begins with."""
        if heading.index > self.first:
            return False
        title, text = self.page.metadata.title.casefold(), heading.text.casefold()
        if title.startswith(text) and len(text.split()) >= _TITLE_WORDS:
            return True
        return heading.tag == "h1" and sum(block.tag == "h1" for block in self.page.blocks) == 1

    def visible(self, block: Block | Link) -> tuple[Visible, str | None]:
        """Whether a reader who sees the article sees the block: what hides the article too does not count."""
        if block.visible == "visible":
            return "visible", None
        seen: tuple[Visible, str | None] = ("visible", None)
        for number in block.containers:
            part = self.page.containers[number]
            if part.kind == "hidden" and number not in self.holding:
                return "hidden", part.label
            if part.kind == "unknown" and number not in self.holding:
                seen = ("unknown", part.label)
        return seen

    def where(self, block: Block) -> Where:
        """The block's place relative to the article."""
        if self.first <= block.index <= self.last:
            return "inside"
        if any(kind in ELSEWHERE for kind in self.parts(block)):
            return "outside"
        return "before" if block.index < self.first else "after"

    def beside(self, block: Block) -> bool:
        """Whether the block is a sibling of copied text."""
        return block.parent in self.parents
