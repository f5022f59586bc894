"""What stands in the way of a page: a bot wall, a paywall, an empty shell … told by signs that are data.

Asked only after matching: a page that shows the article is judged on it, whatever else it shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from cccheck.data import rule_table
from cccheck.model import Capture, Page, Reason
from cccheck.phrases import compile_phrases, fold

_STATUS = {404: Reason.HTTP_404, 410: Reason.HTTP_410, 429: Reason.RATE_LIMITED, 451: Reason.HTTP_4XX}
_EMPTY_WORDS = 15  # a page of fewer visible words says nothing
_NO_LIMIT = 10**9
_PROSE = 20  # words from which a block reads as running text
_SHELL_WORDS = 60  # fewer words beside scripts that draw the rest


@dataclass(frozen=True, slots=True)
class Wall:
    """The reason, and in plain words what was met."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class _Sign:
    reason: Reason
    name: str
    title: re.Pattern[str] | None
    text: re.Pattern[str] | None
    html: tuple[bytes, ...]
    header: tuple[str, ...]
    max_words: int
    max_prose: int


@cache
def _signs() -> tuple[_Sign, ...]:
    rows = rule_table("page/walls.toml")["sign"]
    return tuple(
        _Sign(
            Reason(row["reason"]),
            row["name"],
            compile_phrases(row["title"]) if "title" in row else None,
            compile_phrases(row["text"]) if "text" in row else None,
            tuple(text.encode() for text in row.get("html", ())),
            tuple(row.get("header", ())),
            row.get("max_words", _NO_LIMIT),
            row.get("max_prose", _NO_LIMIT),
        )
        for row in rows
    )


def find_wall(capture: Capture, page: Page, *, only: frozenset[Reason] | None = None) -> Wall | None:
    """Why the page asked for is not here, or None where it is a page like any other.

    `only` restricts the reasons, as for a copy that breaks off: is there a paywall?
    """
    text = fold(" ".join(block.text for block in page.blocks if block.visible != "hidden")[:20_000])
    html = capture.body[:400_000].lower()
    headers = "\n".join(f"{key}: {value}" for key, value in capture.headers).lower()
    count = len(text.split())
    prose = 0 if only else _prose_words(page)
    for sign in _signs():
        if capture.status >= 400 and sign.reason is Reason.SOFT_404:
            continue  # said by the status, and harder
        if (only is not None and sign.reason not in only) or count > sign.max_words or prose > sign.max_prose:
            continue
        if _holds(sign, fold(page.metadata.title), text, html, headers):
            return Wall(sign.reason, f"the site shows {sign.name} instead of the page")
    return None if only is not None else _by_shape(capture, page, count, html)


def _holds(sign: _Sign, title: str, text: str, html: bytes, headers: str) -> bool:
    return (
        (sign.title is not None and sign.title.search(title) is not None)
        or (sign.text is not None and sign.text.search(text) is not None)
        or any(mark in html for mark in sign.html)
        or any(mark in headers for mark in sign.header)
    )


def _prose_words(page: Page) -> int:
    counts = (len(block.text.split()) for block in page.blocks if block.visible != "hidden")
    return sum(count for count in counts if count >= _PROSE)


def _by_shape(capture: Capture, page: Page, count: int, html: bytes) -> Wall | None:
    """Reasons without words: the status, an empty page, a shell for scripts, a redirect to the home page."""
    if capture.status >= 400:
        return Wall(_by_status(capture.status), f"the site answered with status {capture.status}")
    if _went_home(capture):
        return Wall(Reason.REDIRECTED_HOME, "the address leads to the site's home page")
    empty = count < _EMPTY_WORDS or b'id="root"' in html or b'id="app"' in html
    if count < _SHELL_WORDS and b"<script" in html and empty:
        return Wall(Reason.SCRIPT_ONLY, "the page holds next to no text without scripts")
    if count == 0:
        return Wall(Reason.SCRIPT_ONLY, "the page is empty")
    return None


def _by_status(status: int) -> Reason:
    return _STATUS.get(status) or (Reason.HTTP_5XX if status >= 500 else Reason.HTTP_4XX)


def _went_home(capture: Capture) -> bool:
    asked, got = urlsplit(capture.url), urlsplit(capture.final_url)
    return bool(capture.redirects) and asked.path.strip("/") != "" and got.path.strip("/") == "" and not got.query
