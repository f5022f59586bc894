"""Which case first: every sign by itself, and their sum."""

from __future__ import annotations

import pytest

from cccheck.harm import harm
from cccheck.report.record import page_record
from making import audit, work

BARE = "<article><!--text--></article>"
LINKED = f'<p>Read the <a href="{work().url}">original</a>.</p>{BARE}'
URL = "https://harbourdigest.example/news/a-copy"


def signs(html: str, license: str = "CC-BY-4.0", **more) -> set[str]:
    return set(harm(page_record(audit(html, work(license=license)), "harbourdigest.example"), **more).signs)


def test_a_whole_copy_without_credit():
    found = harm(page_record(audit(BARE), "harbourdigest.example"))
    assert found.signs == ("no-credit", "whole", "search")
    assert found.score == 7
    assert found.told == "no credit at all; the whole text; search engines may take it for the original"


def test_one_part_of_the_credit_is_some():
    assert "no-credit" not in signs(LINKED)


@pytest.mark.parametrize(
    ("canonical", "harms"),
    [(URL, True), ("/news/a-copy", True), (work().url, False), ("https://third.example/", False)],
)
def test_a_copy_that_calls_itself_the_original_harms_in_search(canonical, harms):
    assert ("search" in signs(f'<link rel="canonical" href="{canonical}">{BARE}')) is harms


def test_a_part_is_not_the_whole():
    assert signs("<article><!--text 1-4--></article>").isdisjoint({"whole", "search"})


def test_a_price_is_a_sign_where_the_licence_is_non_commercial():
    priced = f'{BARE}<p>Buy this article for $2.99</p><script type=\'application/ld+json\'>{{"@type":"Article","isAccessibleForFree":false}}</script>'
    assert "money" in signs(priced, "CC-BY-NC-4.0")
    assert "money" not in signs(priced, "CC-BY-4.0")


def test_what_the_history_adds():
    assert "repeated" in signs(LINKED, earlier=1)
    assert "repeated" in signs(LINKED, on_site=3)
    assert "repeated" not in signs(LINKED, on_site=2)
    assert "overdue" in signs(LINKED, overdue=True)
