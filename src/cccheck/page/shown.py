"""A digest of what a page shows around the article: the same page, unless something was changed that a check could see.

Bytes change at every visit (tokens, counters, advertisements), so they cannot say whether a page was changed. Text and
links outside navigation, comments, teasers and advertisements can.
"""

from __future__ import annotations

from hashlib import sha256

from cccheck.model import Page

_PASSING = frozenset({"comments", "related", "promo", "nav", "ad", "form"})


def shown_digest(page: Page, first: int = -1, last: int = -1) -> str:
    """32 hex digits over the texts, their visibility, and where the links lead.

    `first` to `last` are the article's blocks: what holds one of them counts, whatever it is called.
    """
    passing: set[int] = set()
    for container in page.containers:
        if container.kind in _PASSING and (container.last < first or container.first > last):
            passing.update(range(container.first, container.last + 1))
    parts = [f"{block.visible}{block.text}" for block in page.blocks if block.index not in passing]
    parts += [link.resolved for link in page.links if link.block not in passing]
    return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
