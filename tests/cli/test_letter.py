"""`cccheck letter`: from a scan's folder to drafts."""

from __future__ import annotations

from contextlib import chdir

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from scanning import PAGES, Scans

SETTINGS = """
contact = "rights@tidewatercourier.example"
output = "."
signature = "Ines Calloway"
"""


FOOTER = '<footer><a href="mailto:desk@bad.example">Desk</a> <a href="/contact">Contact</a> me@mail.example</footer>'


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    pages = {**PAGES, "https://bad.example/ferries": PAGES["https://bad.example/ferries"] + FOOTER}
    assert Scans(folder, pages).run().exit_code == 1
    (folder / "cccheck.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture
def ask(desk):
    def run(*arguments: str):
        with chdir(desk):
            return CliRunner().invoke(cccheck, ["letter", "--now", "2026-11-03", *arguments])

    return run


@pytest.mark.parametrize("whom", ["bad.example", "https://bad.example/ferries", "https://www.bad.example/"])
def test_a_letter_is_printed(ask, whom):
    result = ask(whom, "--now-confirmed")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Credit for “The Night Ferries of Marrow Bay”\n\nHello,\n")
    assert "On https://bad.example/ferries we did not find:\n- the author's name: Maren Oakhollow" in result.stdout
    assert "https://bad.example/again" not in result.stdout
    assert "by 3 December 2026" in result.stdout
    assert "look" in result.stderr


def test_one_sighting_is_no_ground_for_a_letter(ask):
    result = ask("bad.example")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--now-confirmed" in result.stderr


@pytest.mark.parametrize("whom", ["good.example", "unsure.example", "https://bad.example/again", "nobody.example"])
def test_nothing_is_written_where_nothing_is_alleged(ask, whom):
    result = ask(whom, "--now-confirmed")
    assert (result.exit_code, result.stdout) == (2, "")
    assert whom in result.stderr


def test_drafts_go_into_a_folder(ask, desk):
    result = ask("--all", "--now-confirmed", "--format", "eml", "--output", "drafts", "--to", "editor@bad.example")
    assert result.exit_code == 0, result.output
    assert [path.name for path in (desk / "drafts").iterdir()] == ["bad.example.eml"]
    assert (
        (desk / "drafts" / "bad.example.eml")
        .read_bytes()
        .startswith(b"From: rights@tidewatercourier.example\r\nTo: ed")
    )


def test_contacts_are_offered(ask, desk):
    result = ask("bad.example", "--now-confirmed")
    assert [line.split()[0] for line in result.stderr.splitlines() if line.startswith("  ")] == [
        "desk@bad.example",
        "me@mail.example",
        "https://bad.example/contact",
    ]
    assert "desk@bad.example" not in result.stdout
    (desk / "do-not-contact.txt").write_text("me@mail.example\n", encoding="utf-8")
    try:
        assert "me@mail.example" not in ask("bad.example", "--now-confirmed").stderr
    finally:
        (desk / "do-not-contact.txt").unlink()
    assert "desk@bad" not in ask("bad.example", "--now-confirmed", "--to", "other@bad.example").stderr


def test_who_is_not_to_be_written_to_gets_no_letter(ask, desk):
    path = desk / "do-not-contact.txt"
    path.write_text("bad.example  has a lawyer\n", encoding="utf-8")
    try:
        result = ask("bad.example", "--now-confirmed")
    finally:
        path.unlink()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "do-not-contact list (has a lawyer)" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "--all"),
        (("bad.example", "--all"), "--all"),
        (("bad.example", "--now-confirmed", "--lang", "tlh"), "letters are in"),
        (("bad.example", "--run", "nowhere"), "no run is there"),
        (("bad.example", "--now-confirmed", "--now", "tomorrow"), "--now"),
        *(
            (("bad.example", "--now-confirmed", "--format", form, "--to", to), "--to: is no plain mail address")
            for form in ("eml", "txt")
            for to in (
                "",
                "desk",
                "Desk <desk@bad.example>",
                "a@bad.example, b@bad.example",
                "a@bad.example\nBcc: x@y.example",
            )
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(ask, arguments, told):
    result = ask(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr.splitlines()[-1]


def test_a_folder_of_letters_that_is_not_there_is_said(ask, desk):
    path = desk / "cccheck.toml"
    path.write_text(SETTINGS + 'letters = "nofolder"\n', encoding="utf-8")
    try:
        result = ask("bad.example", "--now-confirmed")
    finally:
        path.write_text(SETTINGS, encoding="utf-8")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cccheck.toml: letters: there is no folder" in result.stderr and "nofolder" in result.stderr
