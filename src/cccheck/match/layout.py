"""How the page lies around the copied text: which marked parts hold the article, and which stand beside it.

A theme may call the whole page `sidebar-layout` or put the article in an `<aside>`: a part that holds the article
says nothing about what stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from cccheck.model import Block, Link, Page, Visible, Where

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
    def holding(self) -> frozenset[int]:
        """Indexes of the containers that hold the article."""
        sums = list(accumulate((self.weights.get(i, 0) for i in range(len(self.page.blocks))), initial=0))
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
                kinds.append("other" if kind == "article" else kind)
        return kinds

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
