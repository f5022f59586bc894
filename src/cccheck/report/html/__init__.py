"""The report for people: a folder of static HTML, from the run's folder alone. No server, no network, no script needed.

    html/index.html   overview: the sums, sites by what needs attention, what could not be checked
    html/sites/       a site: its pages and what was found on each
    html/pages/       a page: what is missing, the credit line, the page beside the original, the evidence
    html/works/       an article: all its republications
    html/rules/       what each rule asks

Pages are read, drawn and written one at a time; sorting and sums are on disk (`ordered`). No file passes 2 MB: long
lists go over several files, long texts are cut, and what is left out is said.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cccheck.files import replacing_folder
from cccheck.journal import Row
from cccheck.report.formats import Order
from cccheck.report.html.finder import FinderRows
from cccheck.report.html.follow_up_view import follow_up_context
from cccheck.report.html.overview import write_overview, write_unchecked
from cccheck.report.html.page_view import page_context
from cccheck.report.html.render import HERE, Renderer
from cccheck.report.html.rules_view import write_rules
from cccheck.report.html.site_view import SiteRow, write_site
from cccheck.report.html.work_view import Works, write_works
from cccheck.report.interface import interface
from cccheck.report.kept import FollowUp, Originals
from cccheck.report.ordered import OrderedPages, ordered

FOLDER = "html"


def write(order: Order) -> Path:
    """Write the report into `html/` of the output folder; its first page."""
    with replacing_folder(order.output / FOLDER) as output, ordered(order.folder) as pages:
        for name in ("pages", "sites", "works", "rules", "assets"):
            (output / name).mkdir()
        for asset in (HERE / "assets").iterdir():
            shutil.copyfile(asset, output / "assets" / asset.name)
        with Renderer(output, order.info, interface(order.language)) as renderer:
            _write_views(order, pages, renderer)
    return order.output / FOLDER / "index.html"


def _write_views(order: Order, pages: OrderedPages, renderer: Renderer) -> None:
    works, follow_up, words = Works(Originals(order.folder)), FollowUp(order.folder), renderer.words
    with FinderRows(renderer.output / "assets", works, words) as finder:
        for site in pages.sites():
            rows = _drawn(order, pages, site.site, works, renderer, finder)
            follow = follow_up_context(follow_up.of(site.site), works, words)
            pages.remember(site.site, write_site(site, rows, follow, renderer))
    write_works(pages, works, renderer)
    write_rules(order.folder, renderer)
    write_overview(order.info, pages, works, finder, follow_up, renderer)
    write_unchecked(order.info, pages, renderer)


def _drawn(
    order: Order, pages: OrderedPages, site: str, works: Works, renderer: Renderer, finder: FinderRows
) -> Iterator[SiteRow]:
    """A site's pages, each drawn as it comes, in short."""
    for row in pages.pages(site):
        work, blocks = row["work"], _blocks(order.folder, row["id"])
        text = works.text(work) if row["match"] else None
        context = page_context(row, blocks, works.record(work), text, renderer.words)
        renderer.write(f"pages/{row['id']}.html", "page.html", 1, **context)
        short = SiteRow.of(row, works, renderer.words)
        finder.add(row, short)
        order.step(row)
        yield short


def _blocks(folder: Path, page_id: str) -> list[Row]:
    """The page's text blocks as the run kept them; none where there is no such file."""
    try:
        kept: dict[str, Any] = json.loads((folder / "pages" / f"{page_id}.json").read_bytes())
    except (OSError, ValueError):
        return []
    blocks: list[Row] = kept["blocks"]
    return blocks
