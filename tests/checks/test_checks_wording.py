"""The publisher's own sentence: found whatever is done to its dress, and at a bounded cost."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making import audit, finding, profile, with_profile, work

SENTENCES = [
    "This story was originally published by {publisher} on {date}",
    "{title} by {author}, from {publisher}",
    "Reprinted with permission of {publisher}: read {any} there, at {home}",
]
NAMES = st.text(st.characters(categories=["L", "Nd"]), min_size=2, max_size=12).filter(
    lambda name: name.isidentifier() and name.upper().lower() == name.lower()  # `ı` has a capital that is not its own
)
DRESS = st.sampled_from(
    [str, str.upper, lambda t: t.replace(" ", "<br>\n"), lambda t: t.replace(" ", " &nbsp; "), lambda t: f"“{t}!”"]
)
FILLED = {
    "date": "March 5, 2024",
    "any": "the whole of it",
    "home": "tidewatercourier.example",
    "author": "Maren Oakhollow",
}


def outcome(html: str, sentence: str, **changes) -> str:
    rules = with_profile(profile({"wording": {"match": "exact", "sentences": [sentence]}}))
    return finding(audit(html, work(profile="tidewater", **changes), rules=rules), "credit-wording").outcome.value


@given(first=NAMES, second=NAMES, sentence=st.sampled_from(SENTENCES), dress=DRESS)
@settings(max_examples=60, derandomize=True)
def test_the_sentence_passes_in_any_dress(first, second, sentence, dress):
    name = f"{first} {second}"
    publisher = {"name": name, "url": "https://tidewatercourier.example/"}
    filled = sentence.format(**FILLED, publisher=name, title=work().title)
    text = dress(escape(filled, quote=False)) if "&" not in escape(filled, quote=False) else escape(filled)
    assert outcome(f"<!--text--><p>{text}</p>", sentence, publisher=publisher) == "pass"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_other_words_do_not(sentence):
    assert outcome("<!--text--><p>By Maren Oakhollow. Taken from The Tidewater Courier.</p>", sentence) == "fail"


@pytest.mark.parametrize("name", ["!!!", "C++", "a.b*c", "(The)", "The", "の"])
def test_names_that_are_no_words(name):
    publisher = {"name": name, "url": "https://tidewatercourier.example/"}
    html = f"<!--text--><p>This story was originally published by {escape(name)} x on 5 March</p>"
    assert outcome(html, SENTENCES[0], publisher=publisher) in ("pass", "review", "fail")


@pytest.mark.parametrize(
    "words",
    [
        "this story was originally published by ",
        "The Tidewater Courier, ",
        "Maren Oakhollow, from ",
        "this Maren Oakhollow ",
    ],
)
@pytest.mark.parametrize("sentence", [SENTENCES[1], "this {any} by {author} in {publisher}"])
def test_a_hostile_page_ends(words, sentence):
    """Beginnings of the sentence by the thousand, in one block and in many."""
    assert outcome(f"<!--text--><p>{words * 3_000}</p>{f'<p>{words}</p>' * 500}", sentence) in ("fail", "review")


def test_of_a_very_long_page_what_stands_around_the_article_counts():
    credit = "<p>This story was originally published by The Tidewater Courier on March 5.</p>"
    filler = "<p>Weather, tides and shipping forecasts for the whole of the coast.</p>" * 6_000
    assert outcome(f"{filler}<!--text-->{credit}", SENTENCES[0]) == "pass"
    assert outcome(f"{credit}{filler}<!--text-->", SENTENCES[0]) == "fail"
