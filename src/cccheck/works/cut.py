"""An article's text without the republishing notice and the editorial tail ("If you spot a typo …", image credits)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cccheck.phrases import fold, pattern
from cccheck.works.notice import Notice, find_notices
from cccheck.works.templates import languages, level

_CLOSING_SHARE = 2 / 3  # a notice after this share of the words closes the article
_MAX_AFTER = 150  # words; more than that behind a notice is article
_MAX_TAIL = 40  # words of one line of the tail
_SENTENCE = re.compile(r"\S(?:.*?[^\s.!?][.!?]+[\"')”’»]*(?=\s|$)|.*$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parted:
    """The article's own text, the notices that stood in it, and all that was left out, in order."""

    body: str
    notices: tuple[Notice, ...]
    left_out: tuple[str, ...]


def part(text: str) -> Parted:
    """Parts an article from its notice and tail. Paragraphs come out with a blank line between them."""
    paragraphs = split_paragraphs(text)
    found = [find_notices(paragraph) for paragraph in paragraphs]
    closing = _closing(paragraphs, found)
    kept, left_out = _without_closing(paragraphs, closing)
    for number in range(min(len(kept), len(found))):
        inner = [n for n in found[number] if closing is None or (number, n.start) < closing]
        kept[number], dropped = _without(kept[number], inner)
        left_out = dropped + left_out
    kept = [paragraph for paragraph in kept if paragraph]
    while kept and _is_tail(kept[-1]):
        left_out.insert(0, kept.pop())
    return Parted("\n\n".join(kept), tuple(notice for notices in found for notice in notices), tuple(left_out))


def split_paragraphs(text: str) -> list[str]:
    """Paragraphs are parted by blank lines; in a text without any, every line is one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    parts = re.split(r"\n[^\S\n]*\n\s*", text) if re.search(r"\n[^\S\n]*\n", text) else text.split("\n")
    return [part.strip() for part in parts if part.strip()]


def without_heading(body: str, title: str, authors: Sequence[str]) -> str:
    """The body without a first paragraph that only repeats the title, and a next one that is only the byline."""
    paragraphs = body.split("\n\n")
    names = {_plain(name) for name in authors} | {_plain(" and ".join(authors))}
    if len(paragraphs) > 1 and _plain(paragraphs[0]) == _plain(title):
        paragraphs.pop(0)
    if len(paragraphs) > 1 and names and _plain(_without_byline(fold(paragraphs[0]))) in names:
        paragraphs.pop(0)
    return "\n\n".join(paragraphs)


def _without_byline(folded: str) -> str:
    said = pattern("byline").match(folded)
    return folded[said.end() :] if said else folded


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _words(text: str) -> int:
    return len(text.split())


def _closing(paragraphs: list[str], found: list[tuple[Notice, ...]]) -> tuple[int, int] | None:
    """Paragraph and offset at which a notice closes the article, or None."""
    total, before = sum(map(_words, paragraphs)), 0
    for number, paragraph in enumerate(paragraphs):
        for notice in found[number]:
            start = before + _words(paragraph[: notice.start])
            after = total - start - _words(notice.text)
            if start >= total * _CLOSING_SHARE and after <= _MAX_AFTER:
                return number, notice.start
        before += _words(paragraph)
    return None


def _without_closing(paragraphs: list[str], closing: tuple[int, int] | None) -> tuple[list[str], list[str]]:
    if closing is None:
        return list(paragraphs), []
    number, start = closing
    kept = [*paragraphs[:number], paragraphs[number][:start].rstrip()]
    return kept, [paragraphs[number][start:], *paragraphs[number + 1 :]]


def _without(paragraph: str, notices: list[Notice]) -> tuple[str, list[str]]:
    """A paragraph without the notices that stand in the middle of the article, and the lines of tail behind each."""
    left_out: list[str] = []
    for notice in sorted(notices, key=lambda n: n.start, reverse=True):
        end = notice.end
        while (sentence := _SENTENCE.search(paragraph, end)) and _is_tail(sentence[0]):
            end = sentence.end()
        left_out.insert(0, paragraph[notice.start : end])
        paragraph = f"{paragraph[: notice.start].rstrip()} {paragraph[end:].lstrip()}".strip()
    return paragraph, left_out


def _is_tail(text: str) -> bool:
    start = fold(level(text)).lstrip("[(*•- ")
    return start.startswith(_tails()) and _words(text) <= _MAX_TAIL


@cache
def _tails() -> tuple[str, ...]:
    return tuple(sorted({fold(phrase) for language in languages() for phrase in language.tail}))
