"""What goes wrong before a scan, or when all is fetched: it is said, and what the history took is not lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cccheck.cli import cccheck
from fetch.warcs import Archive
from making import WORKS, with_text, work
from scanning import PAGES, Scans


class Desk(Scans):
    """A folder with settings; scans of its archive go into its history, and say only what changed."""

    def scan(self, settings: str = "", *more: str) -> Result:
        text = f'works = "{WORKS}"\ncontact = "rights@post.example"\nletters = "letters"\n{settings}'
        (self.folder / "cccheck.toml").write_text(text, encoding="utf-8")
        (self.folder / "letters").mkdir(exist_ok=True)
        words = ["scan", "urls.txt", "--replay", "pages.warc.gz", "--history", "history.db", "--output", "run"]
        return CliRunner().invoke(cccheck, [*words, "--changed-only", "--now", "2026-11-12T09:00:00Z", *more])

    def scan_before(self) -> None:
        """A run ten days earlier, since when a page has lost its credit."""
        self.scan("", "--output", "first", "--now", "2026-11-02T09:00:00Z")
        self.warc.unlink()
        made = Archive(self.warc)
        for url, html in (PAGES | {"https://good.example/ferries": PAGES["https://bad.example/ferries"]}).items():
            made.response(url, with_text(html, work()).encode(), date="2026-11-12T00:00:00Z")


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)


def test_a_do_not_contact_list_that_is_not_there_is_said_before_anything_is_done(desk):
    told = desk.scan('do_not_contact = "gone.txt"\n')
    assert told.exit_code == 2 and "gone.txt" in told.stderr and len(told.stderr.splitlines()) == 1
    assert not Path("run").exists() and not Path("history.db").exists()


@pytest.mark.parametrize("link", [False, True])
def test_somebodys_own_folder_in_the_place_of_a_report_is_said_before_anything_is_done(desk, link):
    Path("run").mkdir()
    if link:
        Path("mine").mkdir()
        Path("run/html").symlink_to(Path("mine").absolute())
    else:
        Path("run/html").mkdir()
    told = desk.scan("", "--format", "html")
    assert told.exit_code == 2 and "cccheck did not write it" in told.stderr
    assert [path.name for path in Path("run").iterdir()] == ["html"] and not Path("history.db").exists()


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("Subject: x\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "uncredited.txt.j2"),
        ("Subject: x\n{{ 'x' * 10 ** 17 }}", "uncredited.txt.j2"),
        ("Subject: x\n{{ nothing }}", "uncredited.txt.j2"),
    ],
)
def test_a_letter_that_cannot_be_drafted_keeps_no_run_from_its_end(desk, template, why):
    desk.scan_before()
    Path("letters").mkdir(exist_ok=True)
    Path("letters/uncredited.txt.j2").write_text(template, encoding="utf-8")
    told = desk.scan()
    assert told.exit_code == 1 and why in told.stderr and len(told.stderr.splitlines()) == 1
    assert "good.example" in told.stdout  # the news
    assert '"finished": "2026' in Path("run/run.json").read_text("utf-8")


def test_half_a_character_in_a_letter_is_shown_as_one_that_is_lost(desk):
    desk.scan_before()
    Path("letters").mkdir(exist_ok=True)
    Path("letters/uncredited.txt.j2").write_text('Subject: x\n{{ "%c" % 55357 }}', encoding="utf-8")
    assert desk.scan().exit_code == 1
    assert "\ufffd" in Path("run/follow-up.jsonl").read_text("utf-8")


def test_a_failure_that_nobody_foresaw_keeps_no_run_from_its_end(desk, monkeypatch):
    def stumble(*_: object, **__: object) -> None:
        raise RuntimeError("not\nforeseen")

    desk.scan_before()
    monkeypatch.setattr("cccheck.follow_up.write_letter", stumble)
    told = desk.scan()
    assert told.exit_code == 1 and "RuntimeError: not foreseen" in told.stderr and len(told.stderr.splitlines()) == 1


def test_what_is_new_is_said_even_where_a_report_fails(desk):
    desk.scan_before()
    Path("run").mkdir()
    Path("run/html.tmp").touch()
    told = desk.scan("", "--format", "html")
    assert told.exit_code == 2 and "html.tmp" in told.stderr
    assert "good.example" in told.stdout
