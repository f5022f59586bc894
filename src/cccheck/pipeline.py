"""The main path: a fetched bundle → page → match → findings → audit. Read this first.

`audit_page` is pure: no network, no clock, no writing. The same bytes give the same audit everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cccheck.acceptances import accepted
from cccheck.addresses import is_publishers_own
from cccheck.creditline import credit_line, join_names
from cccheck.data import listed
from cccheck.judge import judge
from cccheck.licenses import License, parse_license
from cccheck.match import COPY_SHARE, LONG_EXCERPT, Corpus, match_page
from cccheck.model import (
    Bundle,
    Capture,
    FetchFailure,
    Match,
    NoMatch,
    Page,
    PageAudit,
    Reason,
    Unreadable,
    Verdict,
    Work,
)
from cccheck.page import build_page, shown_digest
from cccheck.rulebook import Rulebook
from cccheck.traces import find_trace
from cccheck.walls import Wall, find_wall

_CUT_SHORT = 0.15  # share of the work missing at its end for a copy to have broken off


@dataclass(frozen=True, slots=True)
class Examined:
    """A bundle read and matched: what leads and the audit are made from."""

    page: Page | Unreadable
    match: Match | NoMatch


def examine(bundle: Bundle, corpus: Corpus) -> Examined:
    """Read the page and find the work."""
    page = build_page(bundle)
    if isinstance(page, Unreadable):
        return Examined(page, NoMatch())
    return Examined(page, match_page(page, corpus, bundle.target.hint))


def audit_page(bundle: Bundle, corpus: Corpus, rules: Rulebook, examined: Examined | None = None) -> PageAudit:
    """All that can be said of one target. `examined`: this very bundle, if it was read before."""
    return accepted(_audited(bundle, corpus, rules, examined), rules.acceptances)


def _audited(bundle: Bundle, corpus: Corpus, rules: Rulebook, examined: Examined | None) -> PageAudit:
    """Page, match, findings, verdict; what was accepted put aside."""
    examined = examined or examine(bundle, corpus)
    page, match = examined.page, examined.match
    if isinstance(page, Unreadable) or not isinstance(bundle.response, Capture):
        return _unavailable(bundle, page if isinstance(page, Unreadable) else Unreadable(Reason.UNSUPPORTED, ""))
    if isinstance(match, NoMatch):
        return _without_text(bundle, bundle.response, page, match, corpus)
    work = rules.known(corpus.works[match.work])
    if is_publishers_own(page.url, work.urls, work.publisher.url) or rules.owns(work, page.url):
        detail = "the page is the publisher's own: the original itself, or a page of its site"
        return _audit(bundle, page, Verdict.NOT_A_COPY, work=work.id, detail=detail, accepted=detail)
    wall = _breaks_off(bundle.response, page, match, work)
    if wall is not None:
        return _unavailable(bundle, Unreadable(wall.reason, wall.detail), page, match)
    if match.excerpt:
        return _excerpt(bundle, page, match, allowed=rules.allows_part(work, match.words_copied))
    license, findings, verdict = judge(page, match, work, licenses_of(work), bundle, rules, _published(page))
    credit = rules.credit_for(work, license) or credit_line(work, license)
    return _audit(bundle, page, verdict, match=match, findings=findings, credit_line=credit)


def audit_all(
    bundle: Bundle, corpus: Corpus, rules: Rulebook, examined: Examined | None = None
) -> tuple[PageAudit, ...]:
    """The target's own audit, and after it one for each further work that stands on the page as a whole.

    Where the list names the work, the others are only told: it may name them in other lines for the same page.
    """
    examined = examined or examine(bundle, corpus)
    page, match = examined.page, examined.match
    first = audit_page(bundle, corpus, rules, examined)
    if isinstance(page, Unreadable) or isinstance(match, NoMatch) or not match.beside:
        return (first,)
    if bundle.target.hint is not None:
        told = f"besides, this may stand on the page, and was not judged: {join_names(list(match.beside))}; list it too"
        return (replace(first, detail="; ".join(filter(None, (first.detail, told)))),)
    further: dict[str, PageAudit] = {}
    for work in match.beside:
        found = match_page(page, corpus, beside=work)
        if isinstance(found, Match) and not found.excerpt and found.work not in (match.work, *further):
            audit = audit_page(bundle, corpus, rules, Examined(page, found))
            detail = audit.detail or f"stands on the page besides {match.work}, which has an audit of its own"
            further[found.work] = replace(audit, beside=match.work, detail=detail)
    if further:
        detail = f"besides, these stand on the page, and each has an audit of its own: {', '.join(further)}"
        first = replace(first, detail=first.detail or detail)
    return (first, *further.values())


def _excerpt(bundle: Bundle, page: Page, match: Match, *, allowed: bool) -> PageAudit:
    """A part of the work: a short quotation is not judged, a long passage is for a person. Both measures are named."""
    share = match.words_copied / match.words_work
    here = f"{match.words_copied} of the {match.words_work} words stand here, {share:.0%}: less than {COPY_SHARE:.0%}"
    if match.words_copied < LONG_EXCERPT:
        detail = f"{here}, and fewer than {LONG_EXCERPT} words; a short quotation, not judged"
        return _audit(bundle, page, Verdict.EXCERPT, match=match, detail=detail)
    if allowed:
        detail = f"{here}; the publisher lets as much be taken as an excerpt"
        return _audit(bundle, page, Verdict.EXCERPT, match=match, detail=detail)
    detail = f"{here}, but no fewer than {LONG_EXCERPT} words; more than a quotation, less than a copy"
    return _audit(bundle, page, Verdict.REVIEW, match=match, detail=detail)


def licenses_of(work: Work) -> tuple[License, ...]:
    """The licences a work record names; records are checked when they are loaded, so each is known."""
    return tuple(license for license in map(parse_license, work.licenses) if license is not None)


def _without_text(bundle: Bundle, response: Capture, page: Page, match: NoMatch, corpus: Corpus) -> PageAudit:
    """No work's text stands here: something is in the way, or it is no copy; but one that gives credit is looked at."""
    wall = find_wall(response, page)
    if wall is not None:
        return _unavailable(bundle, Unreadable(wall.reason, wall.detail), page)
    trace = find_trace(page, corpus, bundle.target.hint)
    if trace is not None:
        detail = (
            f"the text of {trace.work} does not stand on the page, but the page {trace.seen}: "
            "a translation, a rewrite, or something else; please look"
        )
        return _audit(bundle, page, Verdict.REVIEW, detail=detail, work=trace.work, found=match.found)
    return _audit(bundle, page, Verdict.NOT_A_COPY, work=None, found=match.found)


def _breaks_off(response: Capture, page: Page, match: Match, work: Work) -> Wall | None:
    """A paywall, where the copy stops well before the article's end."""
    at_end = [e for e in match.edits if e.original_end >= len(work.text) - 200]
    lost = sum(max(0, e.words_original - e.words_copy) for e in at_end)
    if lost < _CUT_SHORT * match.words_work:
        return None
    return find_wall(response, page, only=frozenset({Reason.PAYWALL, Reason.LOGIN_WALL}))


def unjudged(bundle: Bundle, problem: str) -> PageAudit:
    """What is said of a page on which the program itself failed: a person must look."""
    return _audit(bundle, None, Verdict.REVIEW, detail=problem)


def _unavailable(
    bundle: Bundle, why: Unreadable, page: Page | Unreadable | None = None, match: Match | None = None
) -> PageAudit:
    seen = page if isinstance(page, Page) else None
    return _audit(bundle, seen, Verdict.UNAVAILABLE, reason=why.reason, detail=why.detail, match=match)


def _audit(bundle: Bundle, page: Page | None, verdict: Verdict, **more: Any) -> PageAudit:
    response = bundle.response
    match: Match | None = more.get("match")
    defaults: dict[str, Any] = {
        "reason": None,
        "detail": "",
        "work": match.work if match else bundle.target.hint,
        "match": None,
        "findings": (),
        "credit_line": None,
    }
    return PageAudit(
        target=bundle.target,
        url=bundle.target.url,
        final_url=response.final_url if isinstance(response, Capture) else bundle.target.url,
        verdict=verdict,
        captures=tuple(_captures(bundle)),
        canonical=page.metadata.canonical if page else None,
        published=_published(page) if page else None,
        shown=_shown(page, match, verdict),
        blocks=page.blocks if page else (),
        **(defaults | more),
    )


def _shown(page: Page | None, match: Match | None, verdict: Verdict) -> str | None:
    """The digest of what the page shows, where something is said of it that a change could mend or undo."""
    if page is None or (match is None and verdict is not Verdict.REVIEW):
        return None
    return shown_digest(page, match.first_block, match.last_block) if match else shown_digest(page)


def _captures(bundle: Bundle) -> list[Mapping[str, Any]]:
    """Each capture as the report names it, the response first."""
    return [_capture(item) for item in (bundle.response, *(capture for _, capture in bundle.followed))]


def _capture(item: Capture | FetchFailure) -> Mapping[str, Any]:
    redirects = [{"url": r.url, "status": r.status, "location": r.location} for r in item.redirects]
    common = {"role": item.role, "url": item.url, "status": item.status, "fetched_at": item.fetched_at}
    if isinstance(item, FetchFailure):
        return common | {"redirects": redirects, "failure": item.reason.value, "detail": item.detail}
    return common | {"sha256": item.sha256, "warc": item.warc, "record_id": item.record_id, "redirects": redirects}


def _published(page: Page) -> str | None:
    """The page's own date of publication, as it gives it."""
    found = dict(reversed(page.metadata.meta))
    return next((found[name][:40] for name in listed("dates.published") if found.get(name)), None)
