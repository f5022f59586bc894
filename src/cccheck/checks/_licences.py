"""What a page says of licences, and of what it says it: of this article, of a picture, of the whole site."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from typing import Literal

from cccheck.checks._denied import denied_before
from cccheck.checks._discussion import discussion
from cccheck.checks._subject import Subject
from cccheck.licenses import License, Named, find_names, from_url
from cccheck.model import Block, Evidence, Link
from cccheck.phrases import fold, pattern, says

Scope = Literal["article", "near", "photo", "site", "elsewhere"]
NEAR = 12  # blocks before and after the article within which a licence reads as the article's
_MOST = 200  # statements looked at, of links and of words: no page needs so many
_LONGEST = 1_000  # characters before and after a place within which its sentence is looked for
_LEAD = 80  # characters before a licence's name in which it may be denied
_OPENING = 40  # characters of a line that say what it is about
_CLAUSE_END = re.compile(r";|[.!?]\s|\s[|•]\s|\n")
_SENTENCE_END = re.compile(r"(?<!\b[^\W\d_])\. |[!?] | [|•] |\n")


@dataclass(frozen=True, slots=True)
class Statement:
    """One licence said on the page. `linked`: by its address or a link; else only by name.

    `disagrees`: the words name another licence than the link does.
    """

    license: License
    scope: Scope
    linked: bool
    evidence: Evidence
    disagrees: License | None = None
    certain: bool = True  # nothing else is spoken of in its sentence: data, music, a translation, another article
    doubt: bool = False  # it is denied ("not licensed under"), or something else is spoken of and not the article


@lru_cache(maxsize=2)
def statements(subject: Subject) -> list[Statement]:
    """Everything said of a licence in the page's text, links and badges, outside the article's own text."""
    links = [(link, license) for link in subject.page.links if (license := from_url(link.resolved)) is not None]
    found = [_of_link(subject, link, license) for link, license in links[:_MOST]]
    return [*found, *islice(_from_text(subject, _without(subject.texts, links)), _MOST)]


def _without(texts: tuple[str, ...], links: list[tuple[Link, License]]) -> list[str]:
    """The texts with the words of licence links blanked out: what they say is known."""
    left = list(texts)
    for link, _ in links:
        if link.text and link.block < len(left):
            text = left[link.block]
            start, end = max(0, link.start - 3), link.end + 3
            left[link.block] = text[:start] + " " * len(text[start:end]) + text[end:]
    return left


def _of_link(subject: Subject, link: Link, license: License) -> Statement:
    block = subject.block_of(link)
    scope: Scope = "near" if block is None else _scope(subject, block, link.start, link.end)
    certain, doubt = (True, False) if block is None else _certainty(subject, block, link.start, link.end)
    named, doubt = _named_otherwise(subject, link, license), doubt and bool(link.text)  # a badge stands in no sentence
    return Statement(license, scope, True, subject.link_evidence(link), named, certain, doubt)


def _named_otherwise(subject: Subject, link: Link, license: License) -> License | None:
    """A licence that the link's own words name, where it is another unit than the link's."""
    names = [name for name in names_in(f"{link.text} {link.image_alt or ''}") if not name.bare]
    wrong = [name.license for name in names if name.license.elements != license.elements]
    return wrong[0] if wrong and len(wrong) == len(names) else None


@lru_cache(maxsize=1_000)
def names_in(text: str) -> tuple[Named, ...]:
    """The licences that a short text names."""
    return find_names(text)


def _from_text(subject: Subject, texts: list[str]) -> Iterator[Statement]:
    starts = [0, *accumulate(len(text) + 2 for text in texts)]
    for name in find_names("\n\n".join(texts)):
        number = bisect_right(starts, name.start) - 1
        block, text = subject.page.blocks[number], subject.texts[number]
        start, end = name.start - starts[number], min(name.end - starts[number], len(text))
        written_out = "creativecommons.org/" in text[start:end].lower()
        certain, doubt = _certainty(subject, block, start, end)
        evidence, scope = subject.evidence(block, start, end), _scope(subject, block, start, end)
        yield Statement(name.license, scope, written_out, evidence, certain=certain, doubt=doubt)


def _scope(subject: Subject, block: Block, start: int, end: int) -> Scope:
    """What the statement is about: its sentence first, then its part of the page, then its distance."""
    parts = subject.layout.parts(block)
    if {"comments", "other", "nav", "related", "ad"} & set(parts):
        return "elsewhere"
    sentence = fold(_sentence(subject.texts[block.index], start, end))
    credited = _names_source(subject, block.index)
    if _is_of_picture(subject, block, sentence, credited):
        return "near" if credited else "photo"  # an author may have taken pictures too
    if credited:
        return "article"
    if says("site", sentence) or ("footer" in parts and _is_site_footer(subject, block)):
        return "site"
    first, last = subject.match.first_block, subject.match.last_block
    near = first - NEAR <= block.index <= last + NEAR
    return "article" if near and says("this_text", sentence) else "near" if near else "site"


def _certainty(subject: Subject, block: Block, start: int, end: int) -> tuple[bool, bool]:
    """Whether nothing else is spoken of, and nothing denied; and whether it may not be said of the article at all."""
    if block.index in discussion(subject):
        return False, True
    if denied_before(fold(subject.texts[block.index][max(0, start - _LEAD) : start])):
        return False, True
    sentence = fold(_sentence(subject.texts[block.index], start, end))
    if _is_of_other_matter(subject, sentence):
        clause = fold(_clause(subject.texts[block.index], start, end))
        return False, _is_of_other_matter(subject, clause) and not _has_source(subject, sentence)
    return not says("site", sentence), False


def _is_of_other_matter(subject: Subject, sentence: str) -> bool:
    """Whether the sentence speaks of something that may have a licence of its own; names and titles aside."""
    work = subject.work
    for name in (work.title, work.publisher.name, *work.publisher.aliases, *(author.name for author in work.authors)):
        sentence = sentence.replace(fold(name), " ")
    return says("matter", sentence)


def _is_of_picture(subject: Subject, block: Block, sentence: str, credited: bool) -> bool:
    """Whether a picture is spoken of: in the sentence, by the line's first word, by its place beside a picture."""
    parts = {"figure", "caption"}.intersection(subject.layout.parts(block))
    opens = pattern("photo").match(subject.folded_texts[block.index][:_OPENING].lstrip()) is not None
    if credited:
        beside = bool(parts or opens) and not _names_publication(subject, block.index)
        return beside or (says("photo", sentence) and not _has_source(subject, sentence))
    return bool(parts) or says("photo", sentence) or (opens and not says("this_text", sentence))


@lru_cache(maxsize=2)
def _names_source(subject: Subject, block: int) -> bool:
    """Whether the block names the work's author or publisher, or links its site: then its licence is the article's."""
    names = [name for author in subject.work.authors for name in (author.name, *author.aliases)]
    folded = subject.folded_texts[block]
    return _names_publication(subject, block) or any(fold(name) in folded for name in names)


def _has_source(subject: Subject, sentence: str) -> bool:
    """Whether a sentence itself names the author or the publisher, or says that it is about the text."""
    work = subject.work
    names = [name for author in work.authors for name in (author.name, *author.aliases)]
    names += [work.publisher.name, *work.publisher.aliases]
    return says("this_text", sentence) or any(fold(name) in sentence for name in names)


@lru_cache(maxsize=2)
def _names_publication(subject: Subject, block: int) -> bool:
    """Whether the block names the publisher, or links its site."""
    publisher, folded = subject.work.publisher, subject.folded_texts[block]
    return block in subject.linked_blocks or any(fold(n) in folded for n in (publisher.name, *publisher.aliases))


def _is_site_footer(subject: Subject, block: Block) -> bool:
    """A footer below everything, or outside the element that is the article; the article's own footer is not one."""
    if block.index > subject.match.last_block + NEAR or "©" in block.text or says("site", fold(block.text)):
        return True
    containers = subject.page.containers
    articles = {number for number in subject.layout.holding if containers[number].kind == "article"}
    return bool(articles) and articles.isdisjoint(block.containers)


def _clause(text: str, start: int, end: int) -> str:
    """What is said up to a licence, and right behind it: not the rest of "under CC BY; pictures are not"."""
    before = _CLAUSE_END.split(text[max(0, start - _LONGEST) : start])[-1]
    return before + text[start:end] + re.split(r",|\s[–—]", _CLAUSE_END.split(text[end : end + _LONGEST])[0])[0]


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place. The full stop of an initial (`P. Lindqvist`) ends none."""
    first, last = max(0, start - _LONGEST), end + _LONGEST
    low = max((mark.end() for mark in _SENTENCE_END.finditer(text, first, start)), default=first)
    after = _SENTENCE_END.search(text, end, last)
    return text[low : after.start() if after else last]
