"""The view of one site, over as many files as its pages need; and a page in short, as lists show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cccheck.model import SITE_ORDER
from cccheck.report.html.paging import paged
from cccheck.report.html.render import Renderer
from cccheck.report.html.safe import cut, slug
from cccheck.report.html.works import Works
from cccheck.report.interface import Interface
from cccheck.report.ordered import SiteCounts
from cccheck.report.sentences import told

PAGES = 200  # of one file
_MESSAGES = 8  # of one page
ATTENTION = {verdict.value: number for number, verdict in enumerate(SITE_ORDER)}


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A page in short: `what` in a few words, `said` as sentences (outcome, language, sentence)."""

    id: str
    site: str
    site_file: str
    url: str
    path: str
    work_file: str
    work_title: str
    verdict: str
    accepted: str | None
    since: str
    seen: str
    share: float
    what: str
    said: list[tuple[str, str, str]]
    missing: list[str]

    @property
    def order(self) -> int:
        """Where its verdict stands in the order of attention."""
        return ATTENTION[self.verdict]

    @classmethod
    def of(cls, row: dict[str, Any], works: Works, words: Interface, seen: str = "") -> SiteRow:
        """From a row of the journal. `seen`: when the history saw it first."""
        missing = missing_of(row, words)
        return cls(
            id=row["id"],
            site=row["site"],
            site_file=slug(row["site"]),
            url=row["url"],
            path=row["url"].partition("//")[2].partition("/")[2] or row["url"],
            work_file=slug(row["work"]) if row["work"] else "",
            work_title=cut(works.title(row["work"]), 120),
            verdict=row["verdict"],
            accepted=row["accepted"],
            since=(row["published"] or "")[:40],
            seen=seen,
            share=row["match"]["containment"] if row["match"] else 0.0,
            what=cut(words.listed(missing), 300),
            said=list(_said(row, words)),
            missing=missing,
        )


def missing_of(row: dict[str, Any], words: Interface) -> list[str]:
    """What is missing, else what is to be looked at, else why nothing can be said; a few words each."""
    required = [finding for finding in row["findings"] if finding["level"] == "required"]
    for outcome in ("fail", "review"):
        found = [words.label("checks", f["check"]) for f in required if f["outcome"] == outcome]
        if found:
            return list(dict.fromkeys(found))
    if row["reason"]:
        return [words.label("reasons", row["reason"])]
    return [words.label("left-over", _left_over(row))] if row["verdict"] == "review" and not required else []


def _left_over(row: dict[str, Any]) -> str:
    """Why a page without findings is left to a person; its own view says it at length."""
    if row["match"]:
        return "part"
    return "traces" if row["work"] else "problem"


def _said(row: dict[str, Any], words: Interface) -> Iterator[tuple[str, str, str]]:
    found = [f for f in row["findings"] if f["level"] == "required" and f["outcome"] in ("fail", "review")]
    for finding in sorted(found, key=lambda f: f["outcome"] != "fail")[:_MESSAGES]:
        message, language = told(finding, words.language)
        yield finding["outcome"], language, cut(message, 400)


def write_site(site: SiteCounts, rows: Iterable[SiteRow], follow: dict[str, Any], renderer: Renderer) -> str:
    """Write the site's files; what is missing on its pages, in a few words. `follow`: see `follow_up_view`."""
    missing: Counter[str] = Counter()

    def counted() -> Iterator[SiteRow]:
        for row in rows:
            if not row.accepted:
                missing.update(row.missing)
            yield row

    verdicts = sorted(site.verdicts.items(), key=lambda item: ATTENTION[item[0]])
    for shown in paged(counted(), site.pages, PAGES, slug(site.site), renderer.words):
        context = {"site": site.site, "verdict": site.verdict, "verdicts": verdicts, "shown": shown}
        renderer.write(f"sites/{shown.file}", "site.html", 1, **context, follow=follow)
    return _summed(missing, site.pages, renderer.words)


def _summed(missing: Counter[str], pages: int, words: Interface) -> str:
    """`author, licence (3)`: how often, where it is not on every page."""
    said = [what if pages == 1 or n == pages else f"{what} ({words.number(n)})" for what, n in missing.most_common(8)]
    return cut(", ".join(said), 300)
