"""The overview: the run in a sentence and a picture, sites by what needs attention, what could not be checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from cccheck.journal import RunInfo
from cccheck.report.html.figures import verdict_bar
from cccheck.report.html.finder import FinderRows
from cccheck.report.html.paging import paged
from cccheck.report.html.render import Renderer
from cccheck.report.html.safe import cut, slug
from cccheck.report.html.site_view import ATTENTION
from cccheck.report.html.works import Works
from cccheck.report.interface import Interface
from cccheck.report.kept import FollowUp
from cccheck.report.ordered import OrderedPages

SITES = 100  # of one file
_NAMED = 20  # changes of one kind
_LISTED = 500  # addresses, lines: of one heading


def write_overview(
    info: RunInfo, pages: OrderedPages, works: Works, finder: FinderRows, follow_up: FollowUp, renderer: Renderer
) -> None:
    """Write `index.html` and its further pages."""
    words, summary = renderer.words, pages.summary()
    counts = summary["verdicts"]
    verdicts = sorted(((word, n) for word, n in counts.items() if n), key=lambda item: ATTENTION[item[0]])
    context: dict[str, Any] = {
        "lede": _lede(summary, verdicts, pages.count_works(), words),
        "picture": verdict_bar(verdicts, words),
        "verdicts": verdicts,
        "accepted": summary["pages"] - sum(counts.values()),
        "changes": _changes(follow_up.run, pages),
        "works": works.titles,
        "licences": sorted(finder.licences),
        "chunks": finder.chunks,
        "found_forms": json.dumps(words.forms("found"), ensure_ascii=False),
        "reasons": pages.unavailable(),
        "problems": len(info.problems),
    }
    for shown in paged(_sites(pages), summary["sites"], SITES, "index", words):
        renderer.write(shown.file, "index.html", **context, shown=shown)


def _lede(summary: dict[str, Any], verdicts: list[tuple[str, int]], works: int, words: Interface) -> str:
    """The run in two sentences."""
    what = {"pages": words.count("pages", summary["pages"]), "sites": words.count("sites", summary["sites"])}
    first = words.text("lede", summary["pages"], **what, works=words.count("works", works))
    parts = [words.text(verdict, n, "lede") for verdict, n in verdicts]
    second = f"{words.listed(parts)}." if parts else ""
    fine = words.text("all-fine") if parts and not {"violation", "review"} & {word for word, _ in verdicts} else ""
    return " ".join(filter(None, (first, second, fine)))


def _changes(run: dict[str, Any], pages: OrderedPages) -> dict[str, Any] | None:
    """What changed since the run before; None where none is known."""
    if run["changes"] is None:
        return None
    groups = []
    for group in run["changes"]:
        named = [
            {
                "text": cut(item["url"], 200),
                "file": f"sites/{slug(item['site'])}.html" if pages.has(item["site"]) else "",
            }
            for item in group["items"][:_NAMED]
        ]
        more = group["count"] - len(named)
        groups.append({"kind": group["kind"], "count": group["count"], "named": named, "more": more})
    return {"since": run["since"], "groups": groups}


def _sites(pages: OrderedPages) -> Iterator[dict[str, Any]]:
    for site in pages.sites_by_need():
        yield {
            "site": site.site,
            "file": slug(site.site),
            "pages": site.pages,
            "verdict": site.verdict,
            "order": ATTENTION[site.verdict],
            "what": pages.remembered(site.site),
        }


def write_unchecked(info: RunInfo, pages: OrderedPages, renderer: Renderer) -> None:
    """Write `unchecked.html`: pages without a verdict by reason, lines that could not be used, accepted pages."""
    groups = []
    for reason, count in pages.unavailable():
        listed = list(islice(pages.pages_unavailable(reason), _LISTED))
        groups.append({"reason": reason, "count": count, "pages": listed, "more": max(0, count - _LISTED)})
    renderer.write(
        "unchecked.html",
        "unchecked.html",
        groups=groups,
        problems=info.problems[:_LISTED],
        problem_count=len(info.problems),
        accepted=list(islice(pages.pages_accepted(), _LISTED)),
        accepted_count=pages.count_accepted(),
    )
