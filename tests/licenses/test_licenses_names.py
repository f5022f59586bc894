"""Names in running text: short and long, in every language, and the prose that is none."""

from __future__ import annotations

import json
import time
import timeit
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cccheck.licenses import License, all_tools, find_clues, find_names
from cccheck.licenses.tools import data

HERE = Path(__file__).parent
CASES = [json.loads(line) for line in (HERE / "names.jsonl").read_text(encoding="utf-8").splitlines()]
TITLES = [
    (language, unit_version, title)
    for language, titles in json.loads((HERE / "titles.json").read_text(encoding="utf-8")).items()
    for unit_version, title in titles.items()
]
UNTELLING = {"by-nc/2.0/de", "by-nc-nd/2.0/jp"}  # their titles say only "Namensnennung", or no version


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_names_in_text(case: dict[str, Any]) -> None:
    found = find_names(case["text"])
    assert [name.license.short for name in found] == case["names"]
    if "quotes" in case:
        assert [case["text"][name.start : name.end] for name in found] == case["quotes"]


@pytest.mark.parametrize("lead", ["", "Creative Commons ", "Source: Example News, Creative Commons "])
def test_titles_of_every_language(lead: str) -> None:
    wrong = []
    for language, unit_version, title in TITLES:
        found = [(name.license.unit, name.license.version) for name in find_names(lead + title)]
        if found != [tuple(unit_version.rsplit("-", 1))]:
            wrong.append((language, unit_version, title, found))
    assert wrong == []


def test_every_word_of_every_language() -> None:
    wrong = []
    for language, words in data("names")["languages"].items():
        for by in words.get("by", ["Attribution"]):
            for element in ("nc", "nd", "sa"):
                for spelling in words.get(element, ()):
                    for between in (" - ", "-", " "):
                        text = f"Creative Commons {by}{between}{spelling} 3.0"
                        found = [(name.license.unit, name.license.version) for name in find_names(text)]
                        if found != [(f"by-{element}", "3.0")]:
                            wrong.append((language, text, found))
    assert wrong == []


def test_the_titles_of_all_tools() -> None:
    wrong = []
    for license in all_tools():
        found = [(name.license.unit, name.license.version) for name in find_names(f"Creative Commons {license.title}")]
        if found != [(license.unit, license.version)]:
            wrong.append(f"{license.unit}/{license.version}/{license.jurisdiction}")
    assert set(wrong) == UNTELLING


@given(
    st.sampled_from([lic for lic in all_tools() if "by" in lic.elements]),
    st.sampled_from(" -_/‑–\u00a0"),
    st.booleans(),
)
def test_short_forms(license: License, between: str, lower: bool) -> None:
    text = between.join(["CC", *license.unit.upper().split("-"), license.version or ""])
    found = find_names(text.lower() if lower else text)
    assert [(name.license.elements, name.license.version) for name in found] == [(license.elements, license.version)]


@given(st.text(alphabet=st.sampled_from("CcBbYyNnDdSsAa04.- ()\nCreative Commons Attribution 署名Лиц"), max_size=120))
def test_offsets_lie_in_the_text_and_in_order(text: str) -> None:
    end = 0
    for name in find_names(text):
        assert end <= name.start < name.end <= len(text)
        assert text[name.start : name.end].strip() == text[name.start : name.end]
        end = name.end


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    find_names(text)
    find_names(f"Creative Commons {text}")
    find_clues(text)


def test_a_bare_name_has_no_unit() -> None:
    (name,) = find_names("under a Creative Commons license")
    assert name.bare
    assert name.unit is None
    (other,) = find_names("under CC BY")
    assert not other.bare
    assert other.unit == "by"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Some rights reserved.", ["some-rights-reserved"]),
        ("Einige Rechte vorbehalten", ["some-rights-reserved"]),
        ("Photo: Jane Roe / CC", ["cc"]),
        ("(cc) Jane Roe", ["cc"]),
        ("🅭 Jane Roe", ["cc"]),
        ("cc: editor@news.example", []),
        ("All rights reserved", []),
        ("accounts", []),
    ],
)
def test_clues_are_no_names(text: str, kinds: list[str]) -> None:
    assert [clue.kind for clue in find_clues(text)] == kinds
    assert find_names(text) == ()


PROSE = {
    "English": "The committee said on Tuesday that access would be granted “as agreed”, and prices rose again. ",
    "Russian": "Правительство заявило во вторник, что доступ к счетам будет открыт по плану. ",
    "Chinese": "政府周二表示，将按计划开放对账户的访问，并公布了新的数据。",
}


@pytest.mark.parametrize("language", PROSE)
def test_text_without_a_name_costs_little(language: str) -> None:
    text = (PROSE[language] * 400)[:10_000]
    assert find_names(text) == ()
    seconds = min(timeit.repeat(lambda: find_names(text), number=20, repeat=5)) / 20
    assert seconds < 1e-3  # about 0.06 ms; the margin is for a busy machine


@pytest.mark.parametrize(
    "text",
    [
        "cc by " * 300_000,
        "by-nc-" * 300_000,
        "creativecommons.org" + "a" * 1_000_000,
        "a." * 500_000 + "creativecommons.org",
        "Attribution-NonCommercial-" * 50_000,
        "Creative Commons " + "e\u0301" * 500_000,
        "Namensnennung 4.0 " * 60_000,
    ],
    ids=lambda text: text[:20],
)
def test_hostile_text_ends_soon(text: str) -> None:
    start = time.process_time()
    find_names(text)
    find_clues(text)
    assert time.process_time() - start < 5
