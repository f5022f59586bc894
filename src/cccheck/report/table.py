"""The table at the end of a scan: a line a site, what needs attention first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cccheck.journal import JOURNAL, whole_rows
from cccheck.model import SITE_ORDER, Verdict
from cccheck.report.ordered import site_verdict

_MISSING = {
    "author-credit": "author",
    "publisher-credit": "publication",
    "source-link": "link to the original",
    "title-credit": "title",
    "license-notice": "licence",
    "changes-indicated": "note of changes",
    "no-derivatives": "unaltered text",
    "copyright-notice": "copyright notice",
    "disclaimer-notice": "disclaimer",
    "notice-retained": "publisher's notice",
    "non-commercial": "use for money",
    "share-alike": "licence of the changed text",
    "no-additional-restrictions": "further terms",
    "credit-placement": "place of the credit",
    "links-retained": "links in the text",
    "title-unchanged": "headline",
    "images-excluded": "pictures",
    "canonical-link": "canonical link",
    "tracking-pixel": "counter",
    "excerpt-limit": "extent of the copy",
}

ACCEPTED = "accepted"  # in the place of a verdict


def word_for(check: str) -> str:
    """What is missing where that check fails, in a word or two."""
    return _MISSING.get(check, check.replace("-", " "))


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One line of the table."""

    site: str
    pages: int
    verdict: str
    missing: str
    # How many required findings give the site its verdict: of two sites, the heavier is looked at first.
    weight: int = 0
    accepted: Mapping[str, int] = field(default_factory=dict)  # reasons for which pages were accepted → how many


def site_rows(folder: Path) -> list[SiteRow]:
    """A row for each site of a run, in order of attention, then by name."""
    verdicts: dict[str, Counter[str]] = {}
    missing: dict[str, Counter[str]] = {}
    accepted: dict[str, Counter[str]] = {}
    for _, _, row in whole_rows(folder / JOURNAL):
        site = row["site"]
        for counts in (verdicts, missing, accepted):
            counts.setdefault(site, Counter())
        if row["accepted"]:
            accepted[site][row["accepted"]] += 1
            continue
        verdicts[site][row["verdict"]] += 1
        missing[site].update(shortfalls(row))
    rows = [_site(site, verdicts[site], missing[site], accepted[site]) for site in verdicts]
    order = [*(verdict.value for verdict in SITE_ORDER), ACCEPTED]
    return sorted(rows, key=lambda row: (order.index(row.verdict), row.site))


def _site(site: str, verdicts: Counter[str], missing: Counter[str], accepted: Counter[str]) -> SiteRow:
    """One line; a site of which every page was accepted has no verdict."""
    judged = sum(verdicts.values())
    pages = judged + sum(accepted.values())
    if not judged:
        return SiteRow(site, pages, ACCEPTED, _join(accepted, pages), 0, accepted)
    return SiteRow(site, pages, site_verdict(verdicts), _join(missing, judged), sum(missing.values()), accepted)


def shortfalls(row: Mapping[str, Any]) -> Iterable[str]:
    """What is missing on a page, or why nothing can be said of it: of a row of the journal, in a few words each."""
    findings = row["findings"]
    required = [finding for finding in findings if finding["level"] == "required"]
    fails = [f for f in required if f["outcome"] == "fail"]
    for finding in fails:
        yield _MISSING.get(finding["check"], finding["title"])
    if not fails:
        for finding in required:
            if finding["outcome"] == "review":
                yield f"look at: {_MISSING.get(finding['check'], finding['title'])}"
    if row["reason"]:
        yield str(row["reason"])
    elif row["verdict"] == Verdict.REVIEW and not fails and not findings:
        yield f"look at: {row['detail']}"


def _join(counts: Counter[str], pages: int) -> str:
    return ", ".join(what if pages == 1 or count == pages else f"{what} ({count})" for what, count in counts.items())
