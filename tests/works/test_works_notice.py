"""Republishing notices: real wordings of several publishers and languages, and sentences that are none."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cccheck.works.names import split_names
from cccheck.works.notice import domain_of, find_notices
from cccheck.works.templates import compile_template, languages, level

CASES = [json.loads(line) for line in (Path(__file__).parent / "notices.jsonl").read_text("utf-8").splitlines()]
ENGLISH = languages()[0]


@pytest.mark.parametrize("case", [c for c in CASES if "none" not in c], ids=lambda c: c["text"][:50])
def test_a_notice_is_read_for_what_it_says(case):
    notice = find_notices(case["text"])[0]
    read = {"title": notice.title, "authors": list(notice.authors), "publisher": notice.publisher}
    assert read == {"title": case.get("title"), "authors": case.get("authors", []), "publisher": case.get("publisher")}
    assert (notice.license, notice.unclear) == (case["license"], case.get("unclear"))
    assert notice.credit == set(case.get("credit", ["author", "publisher", "link"]))
    assert notice.language == case.get("language", "en")
    if "notice" in case:
        assert notice.text == case["notice"]


@pytest.mark.parametrize("case", [c for c in CASES if "none" in c], ids=lambda c: c["text"][:50])
def test_other_sentences_are_no_notice(case):
    assert find_notices(case["text"]) == ()


def test_two_notices_of_one_paragraph_are_both_found():
    text = "This story was originally published by The Lantern. Licensed under CC BY-NC-ND 3.0."
    assert [(n.publisher, n.license) for n in find_notices(text)] == [("The Lantern", None), (None, "CC-BY-NC-ND-3.0")]


def test_every_language_has_wordings_for_a_plain_licence_and_a_first_publication():
    assert [language.code for language in languages()] == ["en", "es", "fr", "de", "pt", "it"]
    for language in languages():
        assert any("license" in pattern.groupindex for pattern in language.patterns)
        assert any("publisher" in pattern.groupindex for pattern in language.patterns)
        assert language.tail and language.original_link and language.asks["title"] and language.asks["license"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ida Ferrow", ["Ida Ferrow"]),
        ("Ida Ferrow and Tom Alder", ["Ida Ferrow", "Tom Alder"]),
        ("Ida Ferrow, Tom Alder, and Ana de la Cruz", ["Ida Ferrow", "Tom Alder", "Ana de la Cruz"]),
        ("J. R. Ferrow", ["J. R. Ferrow"]),
        ("Seán O’Dell", ["Seán O’Dell"]),
        ("山田 太郎", ["山田 太郎"]),
        ("Ida Ferrow, Professor of Hydrology, Lake University", []),
        ("the author", []),
        ("Newsroom Staff", []),
        ("Sponsored by Soap Ltd 24", []),
        ("", []),
    ],
)
def test_only_plain_names_are_taken_for_authors(text, names):
    assert list(split_names(text, ENGLISH)) == names


def test_a_spanish_double_surname_is_one_author():
    spanish = next(language for language in languages() if language.code == "es")
    assert split_names("José Ortega y Gasset", spanish) == ("José Ortega y Gasset",)


@pytest.mark.parametrize(
    ("name", "host"),
    [("LanternProject.example", "lanternproject.example"), ("https://a.example/", "a.example"), ("The Lantern", None)],
)
def test_a_publisher_named_by_its_domain(name, host):
    assert domain_of(name) == host


def test_templates_know_choices_optional_parts_and_sentence_ends():
    pattern = compile_template("<This|That> story [by {authors}] is under {license}.")
    match = pattern.search(level("That story by Ida Ferrow is under CC BY 4.0. More."))
    assert match and (match["authors"], match["license"]) == ("Ida Ferrow", "CC BY 4.0")
    assert pattern.search("This story is under CC BY 4.0")
    assert not pattern.search("This story by")


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_without_error(text):
    for notice in find_notices(text):
        assert 0 <= notice.start < notice.end <= len(text)


@pytest.mark.parametrize("text", ["This article (" * 300, "This article by A was originally published by B and " * 90])
def test_hostile_repetition_takes_no_time(text):
    started = time.perf_counter()
    find_notices(text)
    assert time.perf_counter() - started < 1
