"""A publisher's further sites, as its profile lists them, are its own: in links, in addresses written out, as leads."""

import pytest

from making import audit, finding, profile, with_profile, work

CREDIT = """<!doctype html><html><head><title>x</title></head><body><article><h1>The Night Ferries of Marrow Bay</h1>
<p>By Maren Oakhollow</p><!--text--><p>First published by {}, <a href="https://creativecommons.org/licenses/by/4.0/">CC
BY 4.0</a>.</p></article></body></html>"""


@pytest.mark.parametrize(
    ("credit", "outcome", "code"),
    [
        ('<a href="https://courier-news.example/2024/03/night-ferries">the Courier</a>', "pass", "link-present"),
        ("courier-news.example/2024/03/night-ferries", "pass", "link-written-out"),
        ('<a href="https://courier-news.example/">the Courier</a>', "review", "link-home-page-only"),
        ('<a href="https://courier-news.example/sea/night-ferries">this</a>', "review", "link-perhaps-same-article"),
        ('<a href="https://courier-news.example/?p=8124">this</a>', "review", "link-by-number"),
        (
            '<a href="https://courier-news.example/2024/03/a-storm-at-sea">A storm at sea</a>',
            "fail",
            "link-to-other-article",
        ),
    ],
)
def test_a_further_site(credit, outcome, code):
    rules = with_profile(profile({}, sites=["tidewatercourier.example", "courier-news.example"]))
    result = audit(CREDIT.format(credit), work(profile="tidewater"), rules=rules)
    found = finding(result, "source-link")
    assert (found.outcome, found.code) == (outcome, code)
