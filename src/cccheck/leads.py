"""What else must be fetched to judge a page fairly: a short link in a credit, the next page of the article, a page of
credits. Pure; at most five, one step deep.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import SplitResult, urlsplit

from cccheck.addresses import boil_plain, host_of, leads_out, may_relate, own_beginning, relation
from cccheck.data import any_listed, listed
from cccheck.match import layout_of
from cccheck.model import Lead, Link, Match, NoMatch, Page, Unreadable, Work
from cccheck.phrases import fold, says

MAX_LEADS = 5
_MISSING = 0.1  # share of the work missing for a next page to matter
_BELOW = 4  # blocks below the copied text in which a link goes on with it
_SHORT_TEXT = 60
_POINTER = 30  # characters of a link such as "original article"
_AWAY = 2  # links followed of those whose address does not tell that they may lead to the original


def leads(page: Page | Unreadable, match: Match | NoMatch, work: Work | None) -> tuple[Lead, ...]:
    """The leads of a page and its match; none for a page on which no work's text stands."""
    if isinstance(page, Unreadable) or isinstance(match, NoMatch) or work is None:
        return ()
    found = [*_next_pages(page, match), *_continuations(page, match)]
    if match.excerpt:
        return tuple(dict.fromkeys(found))[:MAX_LEADS]
    found += [*_unclear_links(page, match, work), *_other_views(page, work), *_credit_pages(page, match, work)]
    return tuple(dict.fromkeys(found))[:MAX_LEADS]


def _next_pages(page: Page, match: Match) -> list[Lead]:
    """The article's next page, where the copy is not whole; `rel=next` alone may be the next article."""
    url = page.metadata.next_url
    if not url or match.words_copied > (1 - _MISSING) * match.words_work:
        return []
    here, there = _split(page.url), _split(url)
    same = there.netloc == here.netloc and there.path.startswith(here.path.rstrip("/").rsplit(".", 1)[0])
    return [Lead(url, "next", "the article goes on there")] if same and _paged().search(url) else []


def _continuations(page: Page, match: Match) -> list[Lead]:
    """ "Read more" and the like, just below a copy that is not whole, on the same site."""
    if match.words_copied > (1 - _MISSING) * match.words_work:
        return []
    here = _split(page.url)
    found = []
    for link in page.links:
        below = match.last_block <= link.block <= match.last_block + _BELOW
        if not below or not link.text or len(link.text) > _SHORT_TEXT:
            continue
        there = _split(link.resolved)
        if there.netloc != here.netloc or there[:4] == here[:4]:
            continue
        if says("continue", fold(link.text)) or _is_second_page(link, here, there):
            found.append(Lead(link.resolved, "next", "the article may go on there"))
    return found[:2]


def _is_second_page(link: Link, here: SplitResult, there: SplitResult) -> bool:
    """`2` or an arrow that leads to the same path with a page's number behind it."""
    below = there.path.startswith(here.path.rstrip("/"))
    return link.text in listed("next_page.links") and below and _paged().search(link.resolved) is not None


@cache
def _paged() -> re.Pattern[str]:
    """An address that ends with a page's number."""
    words = any_listed("next_page.words")
    return re.compile(rf"(?:[/?&]{words}[=/]?\d{{1,2}}/?$|/\d{{1,2}}/?$|-\d{{1,2}}\.html?$)", re.I)


def _unclear_links(page: Page, match: Match, work: Work) -> list[Lead]:
    """Links in a credit that may lead to the original, where none says so itself."""
    found = []
    hosts = tuple({host_of(url) for url in (*work.urls, *work.homes)} - {""})
    own = own_beginning(page.url)
    for link in page.links:
        if not may_relate(link.resolved, hosts, own):
            continue
        kind = relation(link.resolved, work.urls, *work.homes)
        if kind == "original":
            return []
        if kind in ("short", "identifier") and link.block < len(page.blocks) and _in_credit(page, match, link):
            found.append(Lead(link.resolved, "resolved", "a link in the credit that may lead to the original"))
    return found or _led_away(page, match, work)


def _led_away(page: Page, match: Match, work: Work) -> list[Lead]:
    """Links in a credit that leave the site, and are called by the publisher's name or the original's: redirectors."""
    names = [fold(name) for name in (work.publisher.name, *work.publisher.aliases)]
    own, hosts, found = host_of(page.url), {host_of(url) for url in (*work.urls, *work.homes)}, []
    for link in page.links:
        if not (0 < len(link.text) <= _SHORT_TEXT) or link.block >= len(page.blocks):
            continue
        folded = fold(link.text)
        called = any(name in folded for name in names) or (len(folded) <= _POINTER and says("pointer", folded))
        if not called or not link.resolved.startswith(("http://", "https://")):
            continue
        host = host_of(link.resolved)
        if host in hosts or (host == own and not leads_out(link.resolved)):
            continue
        block = fold(page.blocks[link.block].text)
        if any(name in block for name in names) and _in_credit(page, match, link):
            found.append(Lead(link.resolved, "resolved", "a link in the credit that may lead to the original"))
    return found[:_AWAY]


def _in_credit(page: Page, match: Match, link: Link) -> bool:
    block = page.blocks[link.block]
    if layout_of(page, match).where(block) == "outside":
        return False
    return says("credit", fold(block.text))


def _other_views(page: Page, work: Work) -> list[Lead]:
    """The main version of a page that is another view of it (AMP, print, mobile), and the first page of one that is a
    further page, where the page itself does not name everybody."""
    canonical, here = page.metadata.canonical or "", boil_plain(page.url)
    main, found = boil_plain(canonical), []
    if here is None:
        return []
    if main is not None and main.path and main.host == here.host and _is_another_view(page.url, canonical):
        found.append(Lead(canonical, "credits", "the page's main version may give the credit"))
    further = _paged().search(page.url)
    first = page.url[: further.start()] if further else ""
    if first and any(link.resolved.rstrip("/") == first.rstrip("/") for link in page.links):
        found.append(Lead(first, "credits", "the article's first page may give the credit"))
    return found if found and not _names_all(page, work) else []


def _is_another_view(url: str, canonical: str) -> bool:
    """Whether an address is that of a view: another host, ending or parameter for the same page. Where a site gives its
    pages several addresses, they are the same page."""
    here, main = _split(url), _split(canonical)
    if here.path.rstrip("/") == main.path.rstrip("/"):
        host = here.netloc.removeprefix("www.") != main.netloc.removeprefix("www.")
        return host or any(word in here.query.lower() for word in listed("views.params"))
    return re.search(any_listed("views.words"), here.path.lower()) is not None


def _credit_pages(page: Page, match: Match, work: Work) -> list[Lead]:
    """A page of credits on the same site, linked beside the article, where the page itself does not name everybody."""
    links = [x for x in page.links if 5 < len(x.text) < 60 and x.block < len(page.blocks)]
    if not says("credits_page", fold("\n".join(link.text for link in links))):  # few pages have any
        return []
    named = [link for link in links if says("credits_page", fold(link.text))]
    if not named or _names_all(page, work):
        return []
    layout, host = layout_of(page, match), _split(page.url).netloc
    return [
        Lead(link.resolved, "credits", "the credit may stand there")
        for link in named
        if layout.where(page.blocks[link.block]) != "outside" and _split(link.resolved).netloc == host
    ]


def _names_all(page: Page, work: Work) -> bool:
    text = fold(" ".join(block.text for block in page.blocks))
    return all(fold(name) in text for name in (work.publisher.name, *(author.name for author in work.authors)))


def _split(url: str) -> SplitResult:
    """The parts of an address; what is none has none."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")
