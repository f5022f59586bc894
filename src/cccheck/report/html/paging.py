"""Long lists over several files: which file holds what, and the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from cccheck.report.interface import Interface

T = TypeVar("T")
_AROUND = 2  # neighbours that are linked on each side


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """One file of a list: its items, counted from 1, and the links of its pager."""

    items: list[T]
    first: int
    total: int
    page: int
    pages: int
    stem: str
    words: Interface

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1

    @property
    def file(self) -> str:
        return file_of(self.stem, self.page)

    @property
    def range(self) -> str:
        """Which items are shown, of how many."""
        number = self.words.number
        return self.words.text("range", first=number(self.first), last=number(self.last), total=number(self.total))

    @property
    def label(self) -> str:
        return self.words.text("pagination")

    @property
    def previous(self) -> str:
        return file_of(self.stem, self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        return file_of(self.stem, self.page + 1) if self.page < self.pages else ""

    @property
    def previous_label(self) -> str:
        return self.words.text("previous")

    @property
    def next_label(self) -> str:
        return self.words.text("next")

    @property
    def links(self) -> list[tuple[str, str]]:
        """Number and file of the pages near this one, the first and the last; an empty file for a gap."""
        near = range(self.page - _AROUND, self.page + _AROUND + 1)
        wanted = sorted({1, self.pages, *(n for n in near if 1 <= n <= self.pages)})
        links: list[tuple[str, str]] = []
        for before, number in zip([0, *wanted], wanted, strict=False):
            if number > before + 1:
                links.append(("", ""))
            links.append((self.words.number(number), file_of(self.stem, number)))
        return links


def file_of(stem: str, page: int) -> str:
    """`index.html`, `index-2.html`, …"""
    return f"{stem}.html" if page == 1 else f"{stem}-{page}.html"


def paged(items: Iterable[T], total: int, size: int, stem: str, words: Interface) -> Iterator[Shown[T]]:
    """The files of a list, `size` items each; one without items where there are none."""
    pages, remaining = max(1, -(-total // size)), iter(items)
    for page in range(1, pages + 1):
        yield Shown(list(islice(remaining, size)), (page - 1) * size + 1, total, page, pages, stem, words)
