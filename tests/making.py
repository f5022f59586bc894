"""Makes what tests need in a line: works, captures, bundles, pages, audits. Everything is real; nothing is mocked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from cccheck.match import Corpus
from cccheck.model import (
    Author,
    Bundle,
    Capture,
    FetchFailure,
    Finding,
    Lead,
    Page,
    PageAudit,
    Publisher,
    Reason,
    Redirect,
    Target,
    Unreadable,
    Work,
)
from cccheck.page import build_page
from cccheck.pipeline import audit_page
from cccheck.profiles import Profile, profile_problems
from cccheck.profiles.load import profile_of
from cccheck.rulebook import Rulebook, load_rules
from cccheck.works import load_works

CASES = Path(__file__).parent / "cases"
WORKS = CASES / "works"
URL = "https://harbourdigest.example/news/a-copy"
DATE = "2026-11-01T06:00:00Z"
_TEXT = re.compile(r"<!--text(?: (?P<first>\d+)(?:-(?P<last>\d+))?)?-->")


@cache
def rulebook() -> Rulebook:
    """The built-in rules, loaded once."""
    return load_rules()


def profile(terms: Mapping[str, Any], **members: Any) -> Profile:
    """A profile of the shared works' publisher with these terms; valid, or an error."""
    document = {
        "id": "tidewater",
        "name": "The Tidewater Courier",
        "sites": ["tidewatercourier.example"],
        "licenses": [{"id": "CC-BY-4.0"}],
        "source": [{"url": "https://tidewatercourier.example/republish", "read": "2026-10", "extent": "full"}],
        "terms": dict(terms),
    }
    document |= members
    assert profile_problems(document, Path("tidewater.toml")) == []
    return profile_of(document, Path("tidewater.toml"))


def with_profile(found: Profile) -> Rulebook:
    """The built-in rules and one more profile."""
    return replace(rulebook(), profiles={**rulebook().profiles, found.id: found})


@cache
def _works() -> dict[str, Work]:
    return {work.id: work for work in load_works(WORKS)}


def work(name: str = "night-ferries", **changes: Any) -> Work:
    """One of the shared works, with members of its record changed."""
    changed: dict[str, Any] = dict(changes)
    if "license" in changed:
        given = changed.pop("license")
        changed["licenses"] = tuple(given) if isinstance(given, list) else (given,)
    if "authors" in changed:
        changed["authors"] = tuple(
            Author(a["name"], tuple(a.get("aliases", ())), a.get("affiliation")) for a in changed["authors"]
        )
    if "publisher" in changed:
        given = changed["publisher"]
        changed["publisher"] = Publisher(given["name"], given["url"], tuple(given.get("aliases", ())))
    if "credit" in changed:
        changed["credit"] = frozenset(changed["credit"])
    for key in ("alternate_urls", "versions", "links", "images"):
        if key in changed:
            changed[key] = tuple(tuple(row) if isinstance(row, list) else row for row in changed[key])
    return replace(_works()[name], **changed)


def paragraphs(work: Work) -> list[str]:
    """The paragraphs of a work's text."""
    return [part.strip() for part in work.text.strip().split("\n\n")]


def with_text(html: str, work: Work) -> str:
    """`<!--text-->` in a page becomes the work's paragraphs, `<!--text 2-4-->` the second to the fourth of them."""

    def put(match: re.Match[str]) -> str:
        parts = paragraphs(work)
        first = int(match["first"] or 1)
        last = int(match["last"] or match["first"] or len(parts))
        return "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in parts[first - 1 : last])

    return _TEXT.sub(put, html)


def capture(
    body: str | bytes,
    url: str = URL,
    *,
    content_type: str = "text/html; charset=utf-8",
    status: int = 200,
    headers: Iterable[tuple[str, str]] = (),
    final_url: str | None = None,
    role: Any = "response",
) -> Capture:
    """A response with that body."""
    redirects = (Redirect(url, 301, final_url),) if final_url and final_url != url else ()
    return Capture(
        url=url,
        final_url=final_url or url,
        status=status,
        headers=(("Content-Type", content_type), *headers),
        body=body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body,
        fetched_at=DATE,
        redirects=redirects,
        role=role,
    )


def bundle(
    response: Capture | FetchFailure, *, hint: str | None = None, followed: Iterable[tuple[Lead, Any]] = ()
) -> Bundle:
    """A target with what was fetched for it."""
    return Bundle(Target(response.url, hint, 1), response, tuple(followed))


def read(body: str | bytes, **options: Any) -> Page | Unreadable:
    """What `build_page` makes of a body."""
    return build_page(bundle(capture(body, **options)))


def page(body: str | bytes, **options: Any) -> Page:
    """A body that is a page."""
    found = read(body, **options)
    assert isinstance(found, Page), found
    return found


def texts(found: Page) -> list[str]:
    """The texts of a page's blocks."""
    return [block.text for block in found.blocks]


def audit(
    html: str | bytes,
    *works: Work,
    hint: str | None = None,
    followed: Iterable[tuple[Lead, Any]] = (),
    rules: Rulebook | None = None,
    **options: Any,
) -> PageAudit:
    """The audit of a page against works (the first shared one, if none is given)."""
    known = works or (work(),)
    body = with_text(html, known[0]) if isinstance(html, str) else html
    fetched = bundle(capture(body, **options), hint=hint, followed=followed)
    return audit_page(fetched, Corpus(known), rules or rulebook())


def finding(audited: PageAudit, check: str) -> Finding:
    """The finding of one check."""
    found = [item for item in audited.findings if item.check == check]
    assert len(found) == 1, f"{len(found)} findings of {check}; the page is {audited.verdict.value} {audited.detail}"
    return found[0]


def lead_of(row: Mapping[str, Any], first: Work) -> tuple[Lead, Capture | FetchFailure]:
    """A followed lead out of a case's header: `role`, `url`, and what came: `html` (with `final_url`) or `failure`."""
    lead = Lead(row["url"], row["role"], "")
    if "failure" in row:
        return lead, FetchFailure(row["url"], Reason(row["failure"]), "no answer came", DATE, role=row["role"])
    html = with_text(row.get("html", "<p>Nothing here.</p>"), first)
    status = row.get("status", 200)
    return lead, capture(html, row["url"], final_url=row.get("final_url"), role=row["role"], status=status)
