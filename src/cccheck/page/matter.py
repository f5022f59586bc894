"""What a page is about, without knowing any work: the beginning of its longest running text."""

from __future__ import annotations

from cccheck.model import Block, Page

_FRAME = frozenset(("comments", "nav", "related", "promo", "ad", "footer", "form", "hidden", "unknown"))
_LINE = 40  # characters: shorter lines are labels, not running text
_IN_FRAME = 0.25  # what text counts there: a theme may give such a name to what holds the matter


def beginning_of_matter(page: Page, characters: int) -> str | None:
    """So many characters of the paragraphs that stand side by side and hold most text outside links; else the title."""
    linked: dict[int, int] = {}
    for link in page.links:
        linked[link.block] = linked.get(link.block, 0) + len(link.text)
    lines = [block for block in page.blocks if block.visible == "visible" and len(block.text) >= _LINE]
    sizes: dict[int, float] = {}
    for block in lines:
        size = len(block.text) - 2 * linked.get(block.index, 0)
        sizes[block.parent] = sizes.get(block.parent, 0) + size * (_IN_FRAME if _in_frame(page, block) else 1)
    best = max(sizes, key=lambda parent: sizes[parent], default=-1)
    text = "\n\n".join(block.text for block in lines if block.parent == best) or page.metadata.title
    return text[:characters].strip() or None


def _in_frame(page: Page, block: Block) -> bool:
    return any(page.containers[number].kind in _FRAME for number in block.containers)
