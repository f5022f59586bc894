"""Texts and pages for tests of matching: made of invented words by a seeded generator, so that each is its own."""

from __future__ import annotations

import random
from html import escape

from cccheck.match import Corpus, match_page
from cccheck.model import Match, NoMatch, Page, Work
from making import page as read_page
from making import work

_ONSETS = "b br d dr f g gl h k l m n p pl r s st t tr v w z".split()
_VOWELS = "a e i o u ai ou ea".split()
_ENDS = ["", "n", "r", "l", "st", "m", "k"]


def vocabulary(seed: int, size: int = 600) -> list[str]:
    """Invented words; two seeds share next to none of their longer sequences."""
    chance = random.Random(seed)
    syllable = lambda: chance.choice(_ONSETS) + chance.choice(_VOWELS)  # noqa: E731
    return [syllable() + syllable() + chance.choice(_ENDS) for _ in range(size)]


def prose(seed: int, paragraphs: int = 6, words: int = 40) -> list[str]:
    """Paragraphs of that many words each."""
    chance = random.Random(seed)
    known = vocabulary(seed)
    return [" ".join(chance.choice(known) for _ in range(words)).capitalize() + "." for _ in range(paragraphs)]


def work_of(parts: list[str], name: str = "made", **more: object) -> Work:
    """A work with these paragraphs."""
    return work(id=name, text="\n\n".join(parts), **more)


def html_of(parts: list[str]) -> str:
    """A page with these paragraphs in an article."""
    body = "\n".join(f"<p>{escape(part)}</p>" for part in parts)
    return f"<!doctype html><body><nav>Front page</nav><article><h1>Head</h1>{body}</article></body>"


def match(page: Page | list[str], *works: Work, hint: str | None = None) -> Match | NoMatch:
    """What is found on a page, or on paragraphs as a page."""
    found = page if isinstance(page, Page) else read_page(html_of(page))
    return match_page(found, Corpus(works), hint)


def matched(page: Page | list[str], *works: Work, hint: str | None = None) -> Match:
    """The same where a work must be found."""
    found = match(page, *works, hint=hint)
    assert isinstance(found, Match), found
    return found
