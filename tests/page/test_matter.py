"""What a page of no known work is about."""

from __future__ import annotations

import pytest

from cccheck.model import Bundle, Capture, Page, Target
from cccheck.page import build_page
from cccheck.page.matter import beginning_of_matter

PARAGRAPHS = "".join(
    f"<p>Paragraph {n} tells of the harbour and of those who work there at night.</p>" for n in range(4)
)
NAVIGATION = (
    "<nav>"
    + "".join(f"<p>A long teaser of story {n}, which nobody came here to read now</p>" for n in range(9))
    + "</nav>"
)
LINKS = (
    "<div>"
    + "".join(f"<p><a href='/{n}'>Another story of the day, number {n}, to be read elsewhere</a></p>" for n in range(9))
    + "</div>"
)


def page_of(html: str) -> Page:
    url = "https://site.example/a"
    page = build_page(Bundle(Target(url), Capture(url, url, 200, (("content-type", "text/html"),), html.encode(), "")))
    assert isinstance(page, Page)
    return page


@pytest.mark.parametrize("beside", ["", NAVIGATION, LINKS, f"<footer>{LINKS}</footer>"])
def test_the_longest_running_text_outside_of_frame_and_links(beside: str) -> None:
    found = beginning_of_matter(page_of(f"{beside}<h1>Night shift</h1><article>{PARAGRAPHS}</article>{beside}"), 300)
    assert found is not None and found.startswith("Paragraph 0 tells of the harbour")


def test_a_theme_may_give_the_name_of_a_frame_to_what_holds_the_matter() -> None:
    page = page_of(
        f"<div class=comments>{PARAGRAPHS}</div><footer>Crafted with care by a maker of themes, all rights kept</footer>"
    )
    assert (beginning_of_matter(page, 20) or "").startswith("Paragraph 0")


def test_nothing_to_read_is_told_by_the_title_or_not_at_all() -> None:
    assert beginning_of_matter(page_of("<title>Only a title</title><p>Short</p>"), 300) == "Only a title"
    assert beginning_of_matter(page_of("<p>Short</p>"), 300) is None
