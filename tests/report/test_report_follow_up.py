"""What changed, history, cases and letters, as a run keeps them and its report shows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from cccheck.cli import cccheck
from fetch.warcs import Archive
from making import WORKS, with_text, work
from scanning import CREDIT

BARE = '<article><!--text--></article><footer><a href="mailto:desk@copier.example">Write to us</a></footer>'
GOOD = f"<article><!--text-->{CREDIT}</article>"
FIRST = {"https://copier.example/ferries": BARE, "https://mender.example/ferries": BARE, "https://kept.example/a": GOOD}
SECOND = {**FIRST, "https://mender.example/ferries": GOOD, "https://new.example/a": GOOD}


def scan(folder: Path, name: str, pages: dict[str, str], day: str, *more: str) -> Path:
    """A run of these pages as they were on that day."""
    archive, urls = Archive(folder / f"{name}.warc.gz"), folder / f"{name}.txt"
    for url, html in pages.items():
        archive.response(url, with_text(html, work()).encode(), date=f"{day}T08:00:00Z")
    urls.write_text("".join(f"{url}\n" for url in pages), encoding="utf-8")
    arguments = ["scan", str(urls), "--works", str(WORKS), "--replay", str(folder / f"{name}.warc.gz")]
    arguments += ["--output", str(folder / name), "--now", f"{day}T09:00:00Z", "--format", "html", "-q", *more]
    result = CliRunner().invoke(cccheck, arguments)
    assert result.exit_code in (0, 1), result.output
    return folder / name


def view(run: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((run / "html" / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> list[Path]:
    """Two scans with a history, three days apart."""
    folder = tmp_path_factory.mktemp("story")
    options = ("--history", str(folder / "history.db"), "--contact", "rights@tidewatercourier.example")
    return [
        scan(folder, "monday", FIRST, "2026-11-02", *options),
        scan(folder, "thursday", SECOND, "2026-11-05", *options),
    ]


def test_the_first_run_has_nothing_to_compare_with(runs):
    assert view(runs[0], "index.html").css_first(".changes") is None
    assert view(runs[0], "sites/copier.example.html").css_first("svg.timeline") is None


def test_the_overview_says_what_changed(runs):
    changes = view(runs[1], "index.html").css_first(".changes")
    told = {node.text(): [item.text() for item in node.next.next.css("li a")] for node in changes.css("h3")}
    assert told == {"New copies: 1": ["https://new.example/a"], "Cured: 1": ["https://mender.example/ferries"]}
    assert "2 November 2026" in changes.text()


def test_a_site_has_its_case_its_history_and_its_letter(runs):
    site = view(runs[1], "sites/copier.example.html")
    text = " ".join(site.css_first("main").text().split())
    assert "Case 1: open" in text and "Opened2 November 2026" in text.replace("Opened ", "Opened")
    drawn = site.css_first("svg.timeline")
    assert drawn.css_first("desc").text() == "2 November 2026: Violation 1; 5 November 2026: Violation 1"
    letter = site.css_first("#letter").text()
    assert "https://copier.example/ferries" in letter and "rights@tidewatercourier.example" in letter
    assert "desk@copier.example" in text


def test_no_letter_on_one_sighting_alone(runs):
    site = view(runs[0], "sites/copier.example.html")
    assert site.css_first("#letter") is None
    assert "No letter yet" in site.css_first("section.letter").text()


def test_what_is_mended_says_so(runs):
    text = " ".join(view(runs[1], "sites/mender.example.html").css_first("main").text().split())
    assert "cured" in text and "Author" in text


def test_an_article_says_since_when_its_copies_are_there(runs):
    rows = view(runs[1], "works/night-ferries.html").css("tr[data-page]")
    since = {row.css_first("th").text(): row.css_first("td[data-sort]").text() for row in rows}
    assert since["copier.example"] == "seen 2 November 2026"
    assert since["new.example"] == "seen 5 November 2026"


def test_without_a_history_there_is_a_draft_and_the_word_to_look_first(tmp_path):
    run = scan(tmp_path, "once", FIRST, "2026-11-02", "--contact", "rights@tidewatercourier.example")
    section = view(run, "sites/copier.example.html").css_first("section.letter")
    assert "somebody has looked" in section.text() and "copier.example/ferries" in section.css_first("pre").text()
    assert view(run, "index.html").css_first(".changes") is None


def test_who_names_nobody_to_answer_gets_no_letter(tmp_path):
    run = scan(tmp_path, "once", FIRST, "2026-11-02")
    assert view(run, "sites/copier.example.html").css_first("section.letter") is None
    rows = [json.loads(line) for line in (run / "follow-up.jsonl").read_text("utf-8").splitlines()]
    assert rows == [{"since": None, "changes": None}]


def test_the_report_comes_again_from_the_folder_alone(runs, tmp_path):
    result = CliRunner().invoke(cccheck, ["report", str(runs[1]), "--format", "html", "--output", str(tmp_path)])
    assert result.exit_code == 0
    for path in (runs[1] / "html").rglob("*.html"):
        assert (tmp_path / "html" / path.relative_to(runs[1] / "html")).read_bytes() == path.read_bytes()
