"""A page without a work's text that yet points to it: a translation, a rewrite, images only. Nothing is claimed of it;
a person is told what was seen.

Asked only where no text was found. What is seen: a link to the original, its pictures, the names of author and
publisher, or, of the work that the page should copy, its names and numbers in the same order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cccheck.addresses import boil
from cccheck.match import Corpus
from cccheck.match.facts import file_name
from cccheck.model import Page, Work
from cccheck.phrases import fold

_MAX_LINKS = 2_000
_ASIDE = frozenset({"nav", "comments", "related", "footer"})
_PICTURE = 8  # characters of a file's name that is no `logo` or `image1`
_FACT = re.compile(r"\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+(?!\d)|\d[\d.,]*\d|[^\W\d_][\w'’-]{3,}")
_BEFORE = 8  # characters: a stop, quotation marks and brackets, a space
_AFTER_STOP = re.compile(r"(?:^|[.!?…:;\n][\"“”»«’')\]]*\s*[\"“„«‘'(\[]*)$")
# Names and numbers in the same order: so many of them, and such a share of the work's. Texts about the same event share
# some, in another order.
_FACTS, _FACTS_SHARE = 10, 0.4
_NUMBERS, _NUMBERS_SHARE = 6, 0.6  # numbers alone: names look different in another script


@dataclass(frozen=True, slots=True)
class Trace:
    """The work that a page points to, and by what: the rest of a sentence that begins with the page."""

    work: str
    seen: str


def find_trace(page: Page, corpus: Corpus, hint: str | None) -> Trace | None:
    """The first trace of a work on a page that does not hold its text: of any work by link or picture, of the hinted
    one by what the page says."""
    found = _linked(page, corpus, hint) or _pictured(page, corpus, hint)
    work = corpus.works.get(hint or "")
    if found is not None or work is None:
        return found
    text = "\n".join(block.text for block in page.blocks if block.visible == "visible")
    return _credited(text, work) or _same_order(text, work)


def _is_aside(page: Page, number: int) -> bool:
    """Whether a block, or an image before it, is in a part beside the matter; a part may hold nothing but an image."""
    parts = (part for part in page.containers if part.kind in _ASIDE)
    return any(part.first <= number <= max(part.first, part.last) for part in parts)


def _linked(page: Page, corpus: Corpus, hint: str | None) -> Trace | None:
    known = corpus.by_address
    for link in page.links[:_MAX_LINKS]:
        if link.visible == "hidden" or "/" not in link.resolved[8:]:
            continue
        ids = known.get(boil(link.resolved), ())
        if ids and not _is_aside(page, link.block):
            return Trace(hint if hint in ids else ids[0], "links the original")
    return None


def _pictured(page: Page, corpus: Corpus, hint: str | None) -> Trace | None:
    known = _pictures(corpus)
    if not known:
        return None
    for image in page.images:
        ids = known.get(file_name(image.src), ())
        if ids and not _is_aside(page, image.block):
            return Trace(hint if hint in ids else ids[0], f"shows a picture of it ({image.src[:100]})")
    return None


@lru_cache(maxsize=4)
def _pictures(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Works by the names of their pictures; names that tell something, and are not used everywhere."""
    found: dict[str, tuple[str, ...]] = {}
    for work in corpus.works.values():
        for name in {file_name(src) for src, _ in work.images}:
            if len(name) >= _PICTURE:
                found[name] = (*found.get(name, ()), work.id)
    return {name: ids for name, ids in found.items() if len(ids) <= 3}


def _credited(text: str, work: Work) -> Trace | None:
    folded = fold(text)
    if work.authors and fold(work.publisher.name) in folded and all(fold(a.name) in folded for a in work.authors):
        return Trace(work.id, "names its author and its publisher")
    return None


def _same_order(text: str, work: Work) -> Trace | None:
    wanted = _facts(work.text)
    if len(wanted) < _NUMBERS:
        return None
    order = {fact: number for number, fact in enumerate(wanted)}
    places = [order[fact] for fact in _facts(text, order) if fact in order]
    alike = _longest_rising(places)
    if alike >= max(_FACTS, _FACTS_SHARE * len(wanted)):
        return Trace(work.id, f"has {alike} of its names and numbers in the same order")
    numbers = [fact for fact in wanted if fact[0].isdigit()]
    alike = _longest_rising([place for place in places if wanted[place][0].isdigit()])
    if alike >= max(_NUMBERS, _NUMBERS_SHARE * len(numbers)):
        return Trace(work.id, f"has {alike} of its numbers in the same order")
    return None


def _facts(text: str, among: Iterable[str] = ()) -> list[str]:
    """Numbers of two digits and more, and words with a capital inside a sentence, each where it is first met. `among`:
    these count wherever they stand."""
    known = set(among)
    found: dict[str, None] = {}
    for match in _FACT.finditer(text):
        word = match[0]
        if word[0].isdigit():
            found.setdefault(re.sub(r"\D", "", word))
        elif word[0].isupper() and (fold(word) in known or not _begins(text, match.start())):
            found.setdefault(fold(word))
    return list(found)


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins there: what comes just before tells."""
    return _AFTER_STOP.search(text, max(0, at - _BEFORE), at) is not None


def _longest_rising(numbers: list[int]) -> int:
    """The length of the longest rising subsequence."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)
