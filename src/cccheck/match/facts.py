"""What became of what stands beside the text: the headline, the links in it, the pictures. Facts, on which no finding
about changes rests, but for a headline that was turned into its contrary; both sides are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from urllib.parse import unquote

from cccheck.addresses import boil
from cccheck.match.kinds import Difference, classify, source_of, vocabulary_of
from cccheck.match.kinds.classify import Stretch
from cccheck.match.kinds.source import TOKEN, bare
from cccheck.match.layout import Layout
from cccheck.match.normalize import words
from cccheck.model import Block, Edit, EditKind, Page, Place, Work

_HEADINGS = ("h1", "h2")
_LONGEST = 2_000  # characters of a block that may be a headline
_MIN_HEADLINE = 3  # words: fewer are the name of a site or a section
_OF_PAGE = 0.6  # share of a headline's words that the page's own title has
_TURNED = 3  # words of a title that may differ for it to be the same but for a negation or a number
_SAME = 0.6  # share of its words that then are the same, in their places
_MOST = 200  # links and pictures of a work that are looked at
_SIZE = re.compile(r"(?:[-_]\d{2,4}x\d{2,4}|[-_]scaled|@\dx)+$")
_LONGEST_NAME = 255  # characters of a file's name, the most that file systems have
_QUOTE = 300


def beside_text(page: Page, layout: Layout, work: Work) -> list[Edit]:
    """The headline, if it is another; each link that is none here, though its words stand here; each picture that is
    not here."""
    return [*_headline(page, layout, work), *_links(page, layout, work), *_images(page, work)]


def _headline(page: Page, layout: Layout, work: Work) -> Iterator[Edit]:
    wanted = words(work.title)
    if not wanted:
        return
    above = [block for block in page.blocks[: layout.first + 1] if block.tag in _HEADINGS and block.text]
    seen = [block for block in above if len(block.text) < _LONGEST and layout.visible(block)[0] == "visible"]
    headings = [(block, words(block.text)) for block in seen]
    if any(text == wanted for _, text in headings):
        return
    for block, text in headings:
        kind = _turned(work, block.text) if abs(len(text) - len(wanted)) <= _TURNED else None
        if kind is not None:
            yield Edit(kind, 1, 1, 0, 0, work.title[:_QUOTE], _whole(block))
            return
    title = words(page.metadata.title)
    if _holds(title, wanted) or any(_holds(text, wanted) for _, text in headings):
        return
    headlines = [block for block, text in headings if _is_headline(text, title)]
    if headlines:
        block = max(headlines, key=lambda block: (block.tag == "h1", block.index))
        yield Edit("headline-changed", len(wanted), len(words(block.text)), 0, 0, work.title[:_QUOTE], _whole(block))


def _whole(block: Block) -> Place:
    return Place(block.index, 0, len(block.text), block.text[:_QUOTE])


def _turned(work: Work, headline: str) -> EditKind | None:
    """Whether a headline is the title but for a negation or a number, and so says something else."""
    sides = [[(bare(token[0]), *token.span()) for token in TOKEN.finditer(text)] for text in (work.title, headline)]
    here, there = ([word for word, _, _ in side] for side in sides)
    first = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False)))
    rest = min(len(here), len(there)) - first
    last = sum(1 for _ in takewhile(lambda n: here[-1 - n] == there[-1 - n], range(rest)))
    size = max(len(here), len(there))
    if not 0 < size - first - last <= _TURNED or first + last < _SAME * size:
        return None
    original, copy = (
        Stretch(source_of(text), *_span(side, first, len(side) - last))
        for text, side in zip((work.title, headline), sides, strict=True)
    )
    kind = classify(Difference(original, copy, vocabulary_of(work.language, work.text)))
    return kind[0] if kind is not None and kind[0] in ("negation-altered", "number-altered") else None


def _span(side: list[tuple[str, int, int]], first: int, last: int) -> tuple[int, int, bool]:
    """The characters of some words, and whether there are none."""
    if first < last:
        return side[first][1], side[last - 1][2], False
    end = side[first - 1][2] if first else 0
    return end, end, True


def _holds(text: list[str], wanted: list[str]) -> bool:
    return f" {' '.join(wanted)} " in f" {' '.join(text)} "


def _is_headline(found: list[str], title: list[str]) -> bool:
    """Whether a heading is the page's own headline: the page's title has most of its words."""
    known = set(title)
    return len(found) >= _MIN_HEADLINE and sum(word in known for word in found) >= _OF_PAGE * len(found)


def _links(page: Page, layout: Layout, work: Work) -> Iterator[Edit]:
    recorded = work.links[:_MOST]
    if not recorded:
        return
    there = {boil(link.resolved) for link in page.links}
    blocks = {n: f" {' '.join(words(page.blocks[n].text))} " for n in sorted(layout.weights)}
    for text, href in recorded:
        address, wanted = boil(href), words(text)
        if address is None or not wanted or address in there or address in set(map(boil, work.urls)):
            continue
        number = next((n for n, line in blocks.items() if f" {' '.join(wanted)} " in line), None)
        if number is None:
            continue  # its words were cut
        start = max(0, work.text.find(text))
        block, at = page.blocks[number], page.blocks[number].text.find(text)
        place = Place(number, at, at + len(text), text) if at >= 0 else Place(number, 0, len(block.text), block.text)
        end = start + len(text) if work.text.startswith(text, start) else start
        yield Edit("links-dropped", len(wanted), 0, start, end, text, place, href[:_QUOTE])


def _images(page: Page, work: Work) -> Iterator[Edit]:
    if not work.images:
        return
    names = {file_name(image.src) for image in page.images}
    said = {" ".join(words(text)) for image in page.images for text in (image.alt, image.caption) if text}
    for src, caption in work.images[:_MOST]:
        if file_name(src) not in names and not _is_said(caption, said):
            yield Edit("images-dropped", 0, 0, 0, 0, (caption or src)[:_QUOTE], None, src[:_QUOTE])


def _is_said(caption: str, said: Iterable[str]) -> bool:
    wanted = " ".join(words(caption))
    return bool(wanted) and any(wanted in text for text in said)


def file_name(src: str) -> str:
    """The name that a copied file keeps: without folder, ending, size."""
    name = unquote(src.split("?")[0].split("#")[0]).rpartition("/")[2].rpartition(".")[0].lower()
    return _SIZE.sub("", name[-_LONGEST_NAME:])
