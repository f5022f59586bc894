"""Addresses that are not the original's, and may yet lead to it: another page of the publisher with the article's name
in its path, a section of its site, a redirector that nobody knows.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote

from cccheck.addresses import boil
from cccheck.checks._subject import Subject
from cccheck.data import any_listed
from cccheck.match.normalize import words
from cccheck.model import Link

# Names an article whatever its headline is by now; a date (`20260302`, `202603`) does not.
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d{4}(?:\d\d)?(?!\d))\d{5,}(?!\d)")
_TITLE = 0.7  # share of the title's words in an address for it to be named after the title
_SLUG = 8  # letters from which the last part of a path names one article


def perhaps_same(subject: Subject, link: Link) -> bool:
    """Whether another address of the publisher carries the article's name or number: a republishing page, a former
    address."""
    address = boil(link.resolved)
    if address is None:
        return False
    slug = address.path.rpartition("/")[2]
    slugs = {known.path.rpartition("/")[2] for known in map(boil, subject.work.urls) if known is not None}
    title, parts = set(words(subject.work.title)), set(words(address.path))
    numbers = {number for url in subject.work.urls for number in _NUMBER.findall(url)}
    if not numbers.isdisjoint(_NUMBER.findall(address.path)):
        return True
    return (slug in slugs and len(slug) >= _SLUG) or len(title & parts) >= max(3, _TITLE * len(title))


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
    """Links to other sites whose address holds that of the original."""
    known = [address for address in map(boil, subject.work.urls) if address is not None and address.path]
    wanted = [f"{address.host}{address.path}" for address in known]
    return [link for link in subject.page.links if _holds(link, wanted)]


def _holds(link: Link, wanted: list[str]) -> bool:
    if not any(address.partition("/")[0] in link.resolved for address in wanted):
        return False
    resolved = unquote(unquote(link.resolved)).casefold().partition("://")[2]
    return any(address in resolved.partition("/")[2] for address in wanted)
