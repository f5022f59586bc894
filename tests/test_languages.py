"""Credit in thirty languages: what gives it passes, what only looks like it does not, changes may be said in any.

The wordings are `data/wordings.toml`; a new language is a file of phrases and a table there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from cccheck.data import rules_dir
from cccheck.errors import DataError
from cccheck.licenses import parse_license
from cccheck.phrases import HELPING, MEANINGS, add_languages, languages, pattern, says
from cccheck.rulebook import load_rules
from making import audit, paragraphs, work

TESTS = Path(__file__).parent
WORDINGS = tomllib.loads((TESTS / "data" / "wordings.toml").read_text("utf-8"))
WORK = work("night-ferries", authors=[{"name": "Tobias Eklund"}])
LICENSE = parse_license("CC-BY-4.0")
AUTHOR, OTHER = "Tobias Eklund", "Lena Varga"
NEW = (
    "A ferry is to come back to the bay by autumn, the county said on Monday, though nobody has yet signed for the money.",
    "Until then the night shift walks, drives or stays with friends in town, and the pier is as empty as it was in spring.",
    "The harbour master called the plan a start and asked once more who would pay the crew for the hours after midnight.",
)


def cases(key: str) -> list:
    """Every wording of one kind, as parameters named after their language."""
    found = []
    for code, table in WORDINGS.items():
        values = table.get(key, ())
        for number, text in enumerate([values] if isinstance(values, str) else values, 1):
            found.append(pytest.param(code, text, id=f"{code}-{number}"))
    return found


def put(text: str, author: str = AUTHOR) -> str:
    """A wording with the work's facts in it."""
    return text.format(
        authors=author,
        author=author,
        title=escape(WORK.title),
        publisher=escape(WORK.publisher.name),
        url=WORK.url,
        home=WORK.publisher.url,
        license_url=LICENSE.url,
        license_short=LICENSE.short,
        license_long="Creative Commons Attribution 4.0 International License",
    )


def judged(code: str, *lines: str, above: str = "", text: str = "<!--text-->") -> dict[str, str]:
    """The outcome of each check for a page in that language, with lines below the article and above it."""
    below = "\n".join(f"<p>{line}</p>" for line in lines)
    top = f"<p>{above}</p>" if above else ""
    html = f"<!doctype html><html lang='{code}'><meta charset='utf-8'><article><h1>x</h1>{top}{text}{below}</article></html>"
    result = audit(html, WORK)
    return {"verdict": result.verdict.value} | {f.check: f.outcome.value for f in result.findings}


def edited() -> str:
    """The text with three paragraphs written anew."""
    kept = paragraphs(WORK)
    return "\n".join(f"<p>{escape(part)}</p>" for part in (*kept[:1], *NEW, *kept[4:]))


def test_there_are_thirty_languages():
    assert len(WORDINGS) >= 30
    assert set(WORDINGS) == set(languages())


@pytest.mark.parametrize("code", WORDINGS)
def test_every_meaning_has_phrases_and_sources(code):
    data = tomllib.loads((rules_dir() / "phrases" / f"{code}.toml").read_text("utf-8"))
    said = {**data.pop("unsourced", {}), **data}
    assert data["language"] == code and data["sources"]
    assert [meaning for meaning in MEANINGS if meaning not in said] == []


@pytest.mark.parametrize(("code", "credit"), cases("credit"))
def test_a_credited_page_passes(code, credit):
    found = judged(code, put(credit))
    wanted = dict.fromkeys(("author-credit", "publisher-credit", "source-link", "license-notice"), "pass")
    assert found | wanted | {"verdict": "compliant"} == found


@pytest.mark.parametrize(("code", "credit"), cases("credit"))
def test_somebody_elses_name_is_no_credit(code, credit):
    found = judged(code, put(credit, OTHER))
    assert (found["author-credit"], found["publisher-credit"], found["verdict"]) == ("fail", "pass", "violation")


@pytest.mark.parametrize("code", WORDINGS)
def test_an_uncredited_page_fails(code):
    photo = put(WORDINGS[code]["photo"][0], OTHER)
    found = judged(code, photo, above=put(WORDINGS[code]["byline"][0], OTHER))
    wanted = dict.fromkeys(("author-credit", "publisher-credit", "source-link", "license-notice"), "fail")
    assert found | wanted | {"verdict": "violation"} == found


@pytest.mark.parametrize(("code", "byline"), cases("byline"))
def test_a_byline_credits_the_author_alone(code, byline):
    found = judged(code, above=put(byline))
    assert (found["author-credit"], found["publisher-credit"], found["source-link"]) == ("pass", "fail", "fail")


@pytest.mark.parametrize(("code", "photo"), cases("photo"))
def test_a_picture_credits_no_author(code, photo):
    found = judged(code, put(photo))
    assert found["author-credit"] in ("review", "fail")


@pytest.mark.parametrize(("code", "photo"), cases("photo"))
def test_a_pictures_licence_is_not_the_articles(code, photo):
    other = f'{put(photo, OTHER)}, <a href="https://creativecommons.org/licenses/by-sa/2.0/">CC BY-SA 2.0</a>'
    found = judged(code, other, put(WORDINGS[code]["credit"][0]))
    assert (found["license-notice"], found["author-credit"], found["verdict"]) == ("pass", "pass", "compliant")


@pytest.mark.parametrize(("code", "promo"), cases("promo"))
def test_an_advertisement_credits_no_publisher(code, promo):
    found = judged(code, put(promo))
    assert found["publisher-credit"] in ("review", "fail")


@pytest.mark.parametrize(("code", "comment"), cases("comment"))
def test_a_reader_is_no_author(code, comment):
    assert judged(code, f"{put(comment)} 👍👍👍")["author-credit"] == "fail"


@pytest.mark.parametrize("code", WORDINGS)
def test_who_edits_or_translates_is_no_author(code):
    for phrase in languages()[code].phrases["role"]:
        found = judged(code, above=f"{phrase} {AUTHOR}")
        assert found["author-credit"] == "review", phrase


@pytest.mark.parametrize("code", WORDINGS)
def test_a_tag_credits_nobody(code):
    for phrase in languages()[code].phrases["tag"]:
        assert judged(code, above=f"{phrase.rstrip(':')}: x, {AUTHOR}")["author-credit"] == "review", phrase


@pytest.mark.parametrize("code", WORDINGS)
def test_staff_is_nobody(code):
    for phrase in languages()[code].phrases["staff"]:
        found = judged(code, put(WORDINGS[code]["credit"][0], phrase))
        assert (found["author-credit"], found["publisher-credit"]) == ("fail", "pass"), phrase


@pytest.mark.parametrize(("code", "note"), cases("change"))
def test_changes_are_said(code, note):
    found = judged(code, put(WORDINGS[code]["credit"][0]), note, text=edited())
    assert (found["changes-indicated"], found["verdict"]) == ("pass", "compliant")


@pytest.mark.parametrize(("code", "credit"), cases("credit"))
def test_a_credit_says_nothing_of_changes(code, credit):
    assert judged(code, put(credit), text=edited())["changes-indicated"] == "fail"


@pytest.mark.parametrize(("code", "line"), cases("declined"))
def test_declined_names_are_the_author(code, line):
    assert judged(code, put(line))["author-credit"] == "pass"


@pytest.mark.parametrize(("code", "line"), cases("script"))
def test_names_in_another_script_are_left_to_a_person(code, line):
    found = judged(code, put(line))
    assert (found["author-credit"], found["publisher-credit"], found["verdict"]) == ("review", "pass", "review")


# ------------------------------------------------------------------ a language more

WELSH = """
language = "cy"
sources = ["labels of Welsh news sites"]
photo = ["llun"]
[unsourced]
byline = ["ysgrifennwyd gan"]
credit = ["cyhoeddwyd yn wreiddiol"]
change = ["wedi'i fyrhau"]
name_suffixes = [">au"]
"""


@pytest.fixture
def folder(tmp_path) -> Iterator[Path]:
    """A folder of rules with one more language in one file; afterwards the program speaks its own languages again."""
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases" / "cy.toml").write_text(WELSH, "utf-8")
    yield tmp_path
    add_languages()


def test_a_language_is_one_file(folder):
    credit = put(WORDINGS["en"]["credit"][0])
    note, photo = "Mae'r testun hwn wedi'i fyrhau.", "Llun: Tobias Eklund"
    assert judged("cy", credit, note, text=edited())["changes-indicated"] == "fail"
    load_rules(folder)
    assert judged("cy", credit, note, text=edited())["changes-indicated"] == "pass"
    assert judged("cy", photo)["author-credit"] == "review"
    load_rules()
    assert judged("cy", credit, note, text=edited())["changes-indicated"] == "fail"


def test_a_phrase_without_a_source_may_help_a_page(folder):
    line = (
        "Stori am y fferi, a ysgrifennwyd gan Tobias Eklund yn ystod y gaeaf oer pan oedd pawb yn aros am y cwch olaf."
    )
    assert judged("cy", line)["author-credit"] == "review"
    load_rules(folder)
    assert judged("cy", line)["author-credit"] == "pass"
    assert says("credit", "cyhoeddwyd yn wreiddiol") and not says("credit", "cyhoeddwyd yn wreiddiol", sourced=True)


@pytest.mark.parametrize("meaning", sorted({*MEANINGS} - HELPING))
def test_a_phrase_that_speaks_against_a_page_needs_a_source(meaning, tmp_path):
    (tmp_path / "phrases").mkdir()
    for text in (f'{meaning} = ["llun"]', f'sources = ["x"]\n[unsourced]\n{meaning} = ["llun"]'):
        (tmp_path / "phrases" / "cy.toml").write_text(text, "utf-8")
        with pytest.raises(DataError, match=rf"cy\.toml: unsourced\.{meaning}: .*no source"):
            load_rules(tmp_path)
    add_languages()
    assert not pattern(meaning).holds("llun")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[", ""),
        ('bylines = ["x"]', "bylines"),
        ('sources = ["x"]\nbyline = "x"', "byline"),
        ('sources = ["x"]\nbyline = [" "]', "byline"),
        ('unsourced = ["x"]', "unsourced"),
    ],
)
def test_a_mistake_in_a_language_is_one_line(text, key, tmp_path):
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases" / "cy.toml").write_text(text, "utf-8")
    result = CliRunner().invoke(cccheck, ["rule", "list", "--rules", str(tmp_path)])
    add_languages()
    assert result.exit_code == 2 and "cy.toml" in result.output and key in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_no_phrase_of_ours_that_speaks_against_a_page_lacks_a_source():
    for code, language in languages().items():
        assert not [meaning for meaning in {*MEANINGS} - HELPING if language.unsourced[meaning]], code
