"""The report for people: a folder of static HTML, from the run's folder alone. No server, no network, no script needed.

    html/index.html   overview: the sums, sites by what needs attention, what could not be checked
    html/sites/       a site: its pages and what was found on each
    html/pages/       a page: what is missing, the credit line, the page beside the original, the evidence
    html/works/       an article: all its republications
    html/rules/       what each rule asks

Pages are read, drawn and written one at a time (`drawing`, in several processes where there are many); sorting and sums
are on disk (`ordered`). No file passes 2 MB: long lists go over several files, long texts are cut, and what is left out
is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cccheck.files import replacing_folder
from cccheck.journal import Row
from cccheck.report.formats import HTML_FOLDER, Order
from cccheck.report.html.drawing import Desk, Drawing
from cccheck.report.html.finder import FinderRows
from cccheck.report.html.follow_up_view import follow_up_context
from cccheck.report.html.overview import write_overview, write_unchecked
from cccheck.report.html.render import HERE, Renderer
from cccheck.report.html.rules_view import write_rules
from cccheck.report.html.site_view import SiteRow, write_site
from cccheck.report.html.work_view import write_works
from cccheck.report.html.works import Works
from cccheck.report.interface import Interface, interface
from cccheck.report.kept import FollowUp, Originals
from cccheck.report.ordered import OrderedPages, ordered


def write(order: Order) -> Path:
    """Write the report into `html/` of the output folder; its first page."""
    with replacing_folder(order.output / HTML_FOLDER) as output, ordered(order.folder) as pages:
        for name in ("pages", "sites", "works", "rules", "assets"):
            (output / name).mkdir()
        for asset in (HERE / "assets").iterdir():
            (output / "assets" / asset.name).write_bytes(asset.read_bytes())
        with Renderer(output, order.info, interface(order.language)) as renderer:
            _write_views(order, pages, renderer)
    return order.output / HTML_FOLDER / "index.html"


def _write_views(order: Order, pages: OrderedPages, renderer: Renderer) -> None:
    desk = Desk(order.folder, renderer.output, order.info, order.language)
    works, follow_up = Works(Originals(order.folder)), FollowUp(order.folder)
    with (
        Drawing(desk, pages.places(), order),
        FinderRows(renderer.output / "assets", works, renderer.words) as finder,
    ):
        _write_sites(pages, works, follow_up, finder, renderer)
        write_works(pages, works, follow_up, renderer)
        write_rules(order.folder, renderer)
        write_overview(order.info, pages, works, finder, follow_up, renderer)
        write_unchecked(order.info, pages, renderer)


def _write_sites(
    pages: OrderedPages, works: Works, follow_up: FollowUp, finder: FinderRows, renderer: Renderer
) -> None:
    """Write the view of each site; its pages go into the search on the way."""
    for site in pages.sites():
        rows = _in_short(pages.pages(site.site), works, finder, renderer.words)
        follow = follow_up_context(follow_up.of(site.site), works, renderer.words)
        pages.remember(site.site, write_site(site, rows, follow, renderer))


def _in_short(rows: Iterable[Row], works: Works, finder: FinderRows, words: Interface) -> Iterator[SiteRow]:
    for row in rows:
        short = SiteRow.of(row, works, words)
        finder.add(row, short)
        yield short
