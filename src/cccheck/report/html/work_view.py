"""The view of one article, with all its republications; and the list of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cccheck.report.html.paging import paged
from cccheck.report.html.render import Renderer
from cccheck.report.html.safe import slug
from cccheck.report.html.site_view import ATTENTION, PAGES, SiteRow
from cccheck.report.html.works import Works
from cccheck.report.kept import FollowUp
from cccheck.report.ordered import OrderedPages

WORKS = 200  # of one file of the list


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
