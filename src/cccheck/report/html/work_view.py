"""The view of one article, with all its republications; and the list of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from cccheck.licenses import parse_license
from cccheck.report.html.compare import Original, original
from cccheck.report.html.paging import paged
from cccheck.report.html.render import Renderer
from cccheck.report.html.safe import slug
from cccheck.report.html.site_view import ATTENTION, PAGES, SiteRow
from cccheck.report.kept import FollowUp, Originals
from cccheck.report.ordered import OrderedPages

WORKS = 200  # of one file of the list
_AT_HAND = 256  # records kept in memory


class Works:
    """The articles of a run: records as far as they were kept, titles, licences."""

    def __init__(self, originals: Originals) -> None:
        self._originals = originals
        self.record = lru_cache(maxsize=_AT_HAND)(self._record)
        self.text = lru_cache(maxsize=_AT_HAND)(self._text)

    def _record(self, work: str | None) -> dict[str, Any] | None:
        """The record of a work, or None where none was kept."""
        return self._originals.get(work)

    def _text(self, work: str | None, version: str | None) -> Original | None:
        """Its text, or that of an earlier version, ready to be compared."""
        record = self.record(work)
        if record is None:
            return None
        versions = {old["date"]: old["text"] for old in record.get("versions", ())}
        return original(versions.get(version or "", record["text"]))

    def title(self, work: str | None) -> str:
        """Its title, else its id."""
        record = self.record(work)
        return record["title"] if record else work or ""

    def licence(self, work: str | None) -> str:
        """Its licence as people write it: `CC BY 4.0`; several with `/`."""
        record = self.record(work)
        if record is None:
            return ""
        given = record["license"] if isinstance(record["license"], list) else [record["license"]]
        known = (parse_license(text) for text in given)
        return " / ".join(licence.short if licence else text for licence, text in zip(known, given, strict=True))

    @cached_property
    def titles(self) -> list[tuple[str, str]]:
        """Id and title of every article whose record was kept, by title."""
        return sorted(((record["id"], record["title"]) for record in self._originals), key=lambda item: item[1])


def write_works(pages: OrderedPages, works: Works, follow_up: FollowUp, renderer: Renderer) -> None:
    """Write a view for each article, and the list of them."""
    total = pages.count_works()
    for shown in paged(_listed(pages, works, follow_up, renderer), total, WORKS, "works", renderer.words):
        renderer.write(shown.file, "works.html", shown=shown)


def _listed(pages: OrderedPages, works: Works, follow_up: FollowUp, renderer: Renderer) -> Iterator[dict[str, Any]]:
    """Each article in short, its own view written on the way."""
    for work, count, counts in pages.works():
        verdicts = sorted(counts.items(), key=lambda item: ATTENTION[item[0]])
        rows = (_in_short(row, works, follow_up, renderer) for row in pages.pages_of_work(work))
        _write_work(work, rows, count, verdicts, pages, works, renderer)
        yield {
            "title": works.title(work),
            "file": slug(work),
            "licence": works.licence(work),
            "pages": count,
            "verdicts": verdicts,
        }


def _in_short(row: dict[str, Any], works: Works, follow_up: FollowUp, renderer: Renderer) -> SiteRow:
    seen = "" if row["published"] else follow_up.first_seen(row["site"], row["url"])
    return SiteRow.of(row, works, renderer.words, seen)


def _write_work(
    work: str,
    rows: Iterable[SiteRow],
    count: int,
    verdicts: list[tuple[str, int]],
    pages: OrderedPages,
    works: Works,
    renderer: Renderer,
) -> None:
    words, record = renderer.words, works.record(work)
    context = {
        "id": work,
        "title": works.title(work),
        "work": {"published": None, **record} if record else None,
        "authors": words.listed(author["name"] for author in record["authors"]) if record else "",
        "licence": works.licence(work),
        "asked": words.listed(words.label("asked", asked) for asked in record["credit"]) if record else "",
        "sites": pages.count_sites(work),
        "verdicts": verdicts,
    }
    for shown in paged(rows, count, PAGES, slug(work), words):
        renderer.write(f"works/{shown.file}", "work.html", 1, **context, shown=shown)
