"""Addresses that are not the original's, and may yet lead to it: another page of the publisher with the article's name
in its path, a section of its site, a redirector that nobody knows, the original's address with a slip in it.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote

from cccheck.addresses import Address, boil, host_of, leads_out
from cccheck.checks._subject import Subject
from cccheck.data import any_listed
from cccheck.match.normalize import words
from cccheck.model import Capture, Link
from cccheck.page.decode import decode
from cccheck.phrases import fold, says

# Names an article whatever its headline is by now; a date (`20260302`, `202603`) does not.
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d{4}(?:\d\d)?(?!\d))\d{5,}(?!\d)")
_TITLE = 0.7  # share of the title's words in an address for it to be named after the title
_SLUG = 8  # letters from which the last part of a path names one article
_POINTER_WORDS = 4  # a link of so many words that says "original" or "source" points to it
_WEB = ("http://", "https://")
_AFTER_SLIP = re.compile(r"[^\w\-]")


def perhaps_same(subject: Subject, link: Link) -> bool:
    """Whether another address of the publisher carries the article's name or number: a republishing page, a former
    address."""
    address = boil(link.resolved)
    if address is None:
        return False
    title, parts = set(words(subject.work.title)), set(words(address.path))
    numbers = {number for url in subject.work.urls for number in _NUMBER.findall(url)}
    if not numbers.isdisjoint(_NUMBER.findall(address.path)) or _slipped(subject, address.path):
        return True
    return _slug_of(subject, link) or len(title & parts) >= max(3, _TITLE * len(title))


def _slipped(subject: Subject, path: str) -> bool:
    """Whether the path is the original's cut short in the article's name, or with more behind it: a full stop, words
    that were glued on, `/feed`, `/2`."""
    for original in map(boil, subject.work.urls):
        folder, _, slug = original.path.rpartition("/") if original is not None else ("", "", "")
        if original is None or len(slug) < _SLUG:
            continue
        if path.startswith(original.path) and _AFTER_SLIP.match(path, len(original.path)):
            return True
        cut = len(path) - len(folder) - 1
        if original.path.startswith(path) and cut >= max(_SLUG // 2, len(slug) // 3):
            return True
    return False


def perhaps_linked(subject: Subject) -> bool:
    """Whether a link that a reader sees may lead to the original."""
    if any(perhaps_same(subject, link) for link in subject.seen_links("publisher", "identifier", "short")):
        return True
    return any(subject.layout.visible(link)[0] == "visible" for link in through_unknown(subject))


def is_section(link: Link) -> bool:
    """Whether the path is that of a section: it says as much as the home page does."""
    address = boil(link.resolved)
    return address is not None and _section().match(address.path) is not None


@cache
def _section() -> re.Pattern[str]:
    """Words without hyphens and numbers: no article is called so. What stands under a person, a category or a tag is
    none."""
    return re.compile(rf"^(?:/[a-z]{{2,20}}){{1,2}}$|^/{any_listed('sections.folders')}/[a-z-]{{2,40}}$")


def through_unknown(subject: Subject) -> list[Link]:
    """Links to other sites, or in no usual form, whose address holds that of the original."""
    known = [address for address in map(boil, subject.work.urls) if address is not None and address.path]
    wanted = [f"{address.host}{address.path}" for address in known]
    return [link for link in subject.page.links if _holds(link, wanted)]


def _holds(link: Link, wanted: list[str]) -> bool:
    if not any(address.partition("/")[0] in link.resolved for address in wanted):
        return False
    scheme, _, rest = unquote(unquote(link.resolved)).casefold().partition(":")
    # `http:/host/path` and `htps://host/path` are slips; of an address in its usual form only what follows the host.
    usual = scheme in ("http", "https") and rest.startswith("//")
    within = rest.lstrip("/").partition("/")[2] if usual else rest
    return any(
        re.search(rf"(?<![\w.\-])(?:www\.|m\.|amp\.)?{re.escape(address)}(?![\w\-])", within) for address in wanted
    )


def led_away(subject: Subject) -> list[Link]:
    """Links to other sites, or by a page of this one that leads out, which are given out as the original: by the
    publisher's name, the title, or by saying so. Not those that were followed to a page without the original's address.
    """
    names = _names(subject)
    blocks = {number for number, text in enumerate(subject.folded_texts) if any(name in text for name in names)}
    links = [x for x in subject.page.links if x.block in blocks and x.text and x.resolved.startswith(_WEB)]
    if not links:
        return []
    related = {link.resolved for link, _ in subject.related}
    own, dead = host_of(subject.page.url), _dead_ends(subject)
    away = (x for x in links if x.resolved not in related and (host_of(x.resolved) != own or leads_out(x.resolved)))
    return [link for link in away if link.resolved not in dead and _is_given_out(subject, link)]


def _names(subject: Subject) -> list[str]:
    return [fold(name) for name in (subject.work.publisher.name, *subject.work.publisher.aliases)]


def _is_given_out(subject: Subject, link: Link) -> bool:
    """Whether the text of a link, in a line that credits the publisher, is its name or the title, or points to the
    original; or the publisher's name links an address that ends as the original's."""
    folded, text, title = fold(link.text), set(words(link.text)), set(words(subject.work.title))
    named = any(name in folded for name in _names(subject))
    if not subject.says("credit", link.block):
        return named and _slug_of(subject, link)
    points = says("pointer", folded) and len(text) <= _POINTER_WORDS
    return named or points or len(title & text) >= max(2, _TITLE * len(title))


def _slug_of(subject: Subject, link: Link) -> bool:
    """Whether the last part of the path is the original's: a former host, one for trials."""
    slugs = {known.path.rpartition("/")[2] for known in map(boil, subject.work.urls) if known is not None}
    address = boil(link.resolved)
    slug = address.path.rpartition("/")[2] if address is not None else ""
    return len(slug) >= _SLUG and slug in slugs


def _dead_ends(subject: Subject) -> set[str]:
    """Addresses that were followed, and gave a page that does not hold the original's address."""
    known = [address for address in map(boil, subject.work.urls) if address is not None]
    return {
        lead.url
        for lead, capture in subject.bundle.followed
        if isinstance(capture, Capture) and capture.status == 200 and not _mentions(capture, known)
    }


def _mentions(capture: Capture, known: list[Address]) -> bool:
    text = decode(capture.body, capture.header("content-type")).lower().replace("\\/", "/")
    return any(f"{address.host}{address.path}" in text for address in known)
