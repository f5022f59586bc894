"""`cccheck lint`: drafts in HTML, Markdown and text, and pages over a real connection."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from making import WORKS, paragraphs, with_text, work
from running import Desk, web
from scanning import CREDIT, URL

TEXT = "\n\n".join(paragraphs(work()))
MARKDOWN = (
    f"# Ferries\n\nBy *Maren Oakhollow*\n\n{TEXT}\n\n"
    f"First published by The Tidewater Courier: [the original]({URL}), [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/).\n"
)
PLAIN = (
    f"Ferries\n\nBy Maren Oakhollow\n\n{TEXT}\n\nFirst published by The Tidewater Courier ({URL}) "
    "under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).\n"
)


@pytest.fixture
def lint(tmp_path):
    def run(name: str, draft: str | bytes, *more: str):
        path = tmp_path / name
        path.write_bytes(draft.encode() if isinstance(draft, str) else draft)
        return CliRunner().invoke(cccheck, ["lint", str(path), "--works", str(WORKS), *more])

    return run


@pytest.mark.parametrize(
    ("name", "draft"),
    [
        ("draft.html", with_text(f"<h1>Ferries</h1><article><!--text-->{CREDIT}</article>", work())),
        ("fragment.txt", with_text(f"<div><!--text-->{CREDIT}</div>", work())),
        ("draft.md", MARKDOWN),
        ("draft.txt", PLAIN),
        ("draft.text", PLAIN.encode("utf-16")),
        ("latin.html", with_text(f'<meta charset="windows-1252"><!--text-->{CREDIT}', work()).encode("cp1252")),
    ],
)
def test_a_draft_with_its_credit_is_fine(lint, name, draft):
    result = lint(name, draft, "--work", "night-ferries")
    assert result.exit_code == 0, result.output
    assert "compliant" in result.stdout
    assert name in result.stdout
    assert "check the page once more when it is out" in result.stdout


@pytest.mark.parametrize(
    ("name", "draft"), [("draft.md", TEXT), ("draft.html", with_text("<p><!--text--></p>", work()))]
)
def test_a_draft_without_credit_gets_the_list_and_the_line(lint, name, draft):
    result = lint(name, draft)
    assert result.exit_code == 1, result.output
    for said in (
        "Maren Oakhollow",
        "CC BY 4.0 §3(a)(1)(A)(v)",
        f'<a href="{URL}">',
        "first published by The Tidewater",
    ):
        assert said in result.stdout


def test_the_record_can_be_had(lint):
    row = json.loads(lint("draft.md", TEXT, "--json").stdout)
    assert (row["work"], row["verdict"]) == ("night-ferries", "violation")
    assert row["credit_line"]["html"]


def test_a_link_that_only_the_web_can_follow_is_left_to_a_person(lint):
    html = with_text(f"<!--text-->{CREDIT.replace(URL, 'https://bit.ly/abc')}", work())
    result = lint("draft.html", html)
    assert result.exit_code == 0, result.output
    assert "short link" in result.stdout


def test_another_text_is_not_judged(lint):
    result = lint("draft.md", "# Regatta\n\nThere was a regatta in the bay on Sunday.\n", "--work", "night-ferries")
    assert result.exit_code == 3
    assert "not-a-copy" in result.stdout


@pytest.mark.parametrize(
    ("name", "draft", "more", "told"),
    [
        ("draft.md", TEXT, ("--work", "night-fairies"), "did you mean `night-ferries`"),
        ("draft.txt", b"\xff\xfe\x00", (), "not a UTF-8 text"),
        ("draft.bin", b"ab\x00cd", (), "binary"),
        ("draft.txt", " \n", (), "is empty"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(lint, name, draft, more, told):
    result = lint(name, draft, *more)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_file_that_is_not_there(tmp_path):
    result = CliRunner().invoke(cccheck, ["lint", str(tmp_path / "none.html"), "--works", str(WORKS)])
    assert result.exit_code == 2
    assert "No such file" in result.stderr


def test_a_page_is_fetched_and_its_short_link_followed(tmp_path):
    page = with_text(f"<!--text-->{CREDIT.replace(URL, 'http://bit.ly/abc')}", work())
    moved = ("301 Moved", {"Location": URL.replace("https", "http")}, "")
    pages = {"http://copy.example/a": page, "http://bit.ly/abc": moved, URL.replace("https", "http"): "<p>original</p>"}
    with web(pages) as net:
        desk = Desk(tmp_path / "desk", net)
        (desk.folder / "cccheck.toml").write_text('contact = "a@b.example"\ndelay = 0\n', encoding="utf-8")
        result = desk.here("lint", "http://copy.example/a", "--works", str(WORKS))
        assert result.exit_code == 0, result.output
        assert "compliant" in result.stdout
        assert "A draft is judged" not in result.stdout
        assert net.times("http://bit.ly/abc") == 1
