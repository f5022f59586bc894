"""A page without a work's text that yet credits or links it: a translation, a rewrite, images only. For a person."""

from __future__ import annotations

from cccheck.addresses import boil
from cccheck.match import Corpus
from cccheck.model import Page
from cccheck.phrases import fold

_MAX_LINKS = 2_000


def find_trace(page: Page, corpus: Corpus, hint: str | None) -> str | None:
    """The id of the work that the page links where a reader sees it, or whose author and publisher it names."""
    known = corpus.by_address
    aside = {"nav", "comments", "related", "footer"}
    for link in page.links[:_MAX_LINKS]:
        block = page.blocks[link.block] if link.block < len(page.blocks) else None
        if link.visible == "hidden" or (block and aside & {page.containers[c].kind for c in block.containers}):
            continue
        address = boil(link.resolved) if "/" in link.resolved[8:] else None
        if address in known:
            ids = known[address]
            return hint if hint in ids else ids[0]
    work = corpus.works.get(hint or "")
    if work is not None and work.authors:
        text = fold(" ".join(block.text for block in page.blocks if block.visible == "visible"))
        if fold(work.publisher.name) in text and all(fold(author.name) in text for author in work.authors):
            return work.id
    return None
