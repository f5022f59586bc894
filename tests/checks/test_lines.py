"""Lines above and below an article: who is credited, who is only mentioned, and in which forms
of their name (`data/lines.toml`)."""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path

import pytest

from making import audit, finding, work

LINES = tomllib.loads((Path(__file__).parents[1] / "data" / "lines.toml").read_text("utf-8"))
WORK = work("night-ferries")


def outcomes(line: str, check: str) -> set[str]:
    """What the check says of the line above the text, and below it."""
    text = f"<p>{escape(line)}</p>"
    pages = (f"<article><h1>{WORK.title}</h1>{text}<!--text--></article>", f"<article><!--text-->{text}</article>")
    return {finding(audit(page, WORK), check).outcome.value for page in pages}


@pytest.mark.parametrize("line", LINES["author"])
def test_the_author_is_credited(line):
    assert outcomes(line, "author-credit") == {"pass"}


@pytest.mark.parametrize("line", LINES["not_author"])
def test_the_author_is_not_credited(line):
    assert outcomes(line, "author-credit") <= {"fail", "review"}


@pytest.mark.parametrize("line", LINES["publisher"])
def test_the_publisher_is_credited(line):
    assert outcomes(line, "publisher-credit") == {"pass"}


@pytest.mark.parametrize("line", LINES["not_publisher"])
def test_the_publisher_is_not_credited(line):
    assert outcomes(line, "publisher-credit") <= {"fail", "review"}


@pytest.mark.parametrize(("name", "line", "outcome"), LINES["names"])
def test_forms_of_a_name(name, line, outcome):
    page = f"<article><p>{escape(line)}</p><!--text--></article>"
    found = audit(page, work("night-ferries", authors=[{"name": name}]))
    assert finding(found, "author-credit").outcome.value == outcome
