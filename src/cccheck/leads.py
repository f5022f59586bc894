"""What else must be fetched to judge a page fairly: a short link in a credit, the next page of the article, a page of
credits. Pure; at most five, one step deep.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from cccheck.addresses import relation
from cccheck.match import Corpus, layout_of, match_page
from cccheck.model import Bundle, Capture, Lead, Link, Match, Page, Target, Unreadable, Work
from cccheck.page import build_page
from cccheck.phrases import fold, says

MAX_LEADS = 5
_MISSING = 0.1  # share of the work missing for a next page to matter
_PAGED = re.compile(r"(?:[/?&](?:page|p|pg|seite|pagina)[=/]?\d{1,2}/?$|/\d{1,2}/?$|-\d{1,2}\.html?$)", re.I)
# Cheap signs in the bytes that any lead could exist: most pages have none and are not parsed twice.
_SIGNS = re.compile(
    rb"rel=[\"']?next|bit\.ly|//t\.co/|tinyurl|goo\.gl|ow\.ly|buff\.ly|is\.gd|wp\.me|lnkd\.in|trib\.al|dlvr\.it|ift\.tt"
    rb"|[?&]p=\d|/node/\d|credits|attribution|>next|about this",
    re.I,
)


def leads(capture: Capture, target: Target, corpus: Corpus) -> tuple[Lead, ...]:
    """The leads of a captured page; none for a page on which no work's text stands."""
    if not _SIGNS.search(capture.body):
        return ()
    page = build_page(Bundle(target, capture))
    if isinstance(page, Unreadable):
        return ()
    match = match_page(page, corpus, target.hint)
    if not isinstance(match, Match) or match.excerpt and not page.metadata.next_url:
        return ()
    work = corpus.works[match.work]
    found = [*_next_pages(page, match), *_unclear_links(page, match, work), *_credit_pages(page, match)]
    return tuple(dict.fromkeys(found))[:MAX_LEADS]


def _next_pages(page: Page, match: Match) -> list[Lead]:
    """The article's next page, where the copy is not whole; `rel=next` alone may be the next article."""
    url = page.metadata.next_url
    if not url or match.words_copied > (1 - _MISSING) * match.words_work:
        return []
    here, there = urlsplit(page.url), urlsplit(url)
    same = there.netloc == here.netloc and there.path.startswith(here.path.rstrip("/").rsplit(".", 1)[0])
    return [Lead(url, "next", "the article goes on there")] if same and _PAGED.search(url) else []


def _unclear_links(page: Page, match: Match, work: Work) -> list[Lead]:
    """Links in a credit that may lead to the original, where none says so itself."""
    kinds = {link: relation(link.resolved, work.urls, work.publisher.url) for link in page.links if link.href[:4] == "http"}
    if "original" in kinds.values():
        return []
    return [
        Lead(link.resolved, "resolved", "a link in the credit that may lead to the original")
        for link, kind in kinds.items()
        if kind in ("short", "identifier") and link.block < len(page.blocks) and _in_credit(page, match, link)
    ]


def _in_credit(page: Page, match: Match, link: Link) -> bool:
    block = page.blocks[link.block]
    if layout_of(page, match).where(block) == "outside":
        return False
    return says("credit", fold(block.text))


def _credit_pages(page: Page, match: Match) -> list[Lead]:
    """A page of credits on the same site, linked beside the article."""
    layout = layout_of(page, match)
    host = urlsplit(page.url).netloc
    found = []
    for link in page.links:
        if link.text and len(link.text) < 60 and link.block < len(page.blocks) and says("credits_page", fold(link.text)):
            beside = layout.where(page.blocks[link.block]) != "outside"
            if beside and urlsplit(link.resolved).netloc == host:
                found.append(Lead(link.resolved, "credits", "the credit may stand there"))
    return found
