"""The HTML report: it says what the JSON says, every link in it leads somewhere, and nothing of a page runs in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from cccheck.cli import cccheck
from cccheck.report.interface import interface
from scanning import Scans, pages_of


@pytest.fixture(scope="module")
def scans(tmp_path_factory):
    made = Scans(tmp_path_factory.mktemp("html"))
    result = made.run("--format", "json", "--format", "html")
    assert result.exit_code == 1, result.output
    return made


@pytest.fixture(scope="module")
def folder(scans) -> Path:
    return scans.output / "html"


def views(folder: Path) -> dict[str, LexborHTMLParser]:
    """Every file of the report, by its name."""
    return {
        path.relative_to(folder).as_posix(): LexborHTMLParser(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def words_of(node) -> str:
    return " ".join(node.text().split())


# ------------------------------------------------------------------ the same as the JSON


def test_every_page_has_its_verdict_and_its_findings(scans, folder):
    found = views(folder)
    pages = pages_of(scans.report())
    assert len(pages) == len(list((folder / "pages").iterdir())) > 0
    words = interface("en")
    for page in pages:
        view = found[f"pages/{page['id']}.html"]
        main = view.css_first("main")
        assert (main.attributes["data-page"], main.attributes["data-verdict"]) == (page["id"], page["verdict"])
        assert words.label("verdicts", page["verdict"]) in words_of(view.css_first("p.verdict"))
        told = Counter(
            (node.attributes["data-rule"], node.attributes["data-outcome"]) for node in view.css("[data-rule]")
        )
        assert told == Counter((finding["rule"], finding["outcome"]) for finding in page["findings"])
        for finding in page["findings"]:
            shown = words_of(view.css_first(f'[data-rule="{finding["rule"]}"]'))
            assert " ".join(finding["message"].split()) in shown
            if finding["outcome"] != "inapplicable":
                assert words.label("outcomes", finding["outcome"]) in shown
                assert finding["clause"] in shown


def test_lists_say_the_same_verdicts(scans, folder):
    found, report = views(folder), scans.report()
    pages = {page["id"]: page["verdict"] for page in pages_of(report)}
    rows = found["index.html"].css("table.sites tbody tr")
    assert {row.attributes["data-site"]: row.attributes["data-verdict"] for row in rows} == {
        site["site"]: site["verdict"] for site in report["sites"]
    }
    for kind, wanted in (("sites", pages), ("works", {i: v for i, v in pages.items() if work_of(report, i)})):
        listed = {
            row.attributes["data-page"]: row.attributes["data-verdict"]
            for name, view in found.items()
            if name.startswith(f"{kind}/")
            for row in view.css("tr[data-page]")
        }
        assert listed == wanted
    counts = {
        n.attributes["data-verdict"]: int(n.attributes["data-count"]) for n in found["index.html"].css("ul.key a")
    }
    assert counts == {verdict: n for verdict, n in report["summary"]["verdicts"].items() if n}


def work_of(report, page_id):
    return next(page["work"] for page in pages_of(report) if page["id"] == page_id)


def test_the_rows_that_are_searched_are_the_pages(scans, folder):
    text = (folder / "assets" / "rows-1.js").read_text("utf-8")
    rows = json.loads(text.removeprefix("cccheckRows(").removesuffix(");\n").replace(",\n]", "]"))
    assert {row[0]: row[3] for row in rows} == {page["id"]: page["verdict"] for page in pages_of(scans.report())}


# ------------------------------------------------------------------ files and links


def test_every_link_leads_to_a_file_and_a_place_of_the_report(folder):
    found = views(folder)
    for name, view in found.items():
        for node in view.css("[href], [src]"):
            goal = node.attributes.get("href") or node.attributes.get("src")
            if goal.startswith(("http://", "https://", "data:")):
                continue
            path, place = urldefrag(goal)
            there = ((folder / name).parent / path).resolve() if path else (folder / name).resolve()
            assert there.is_file(), f"{name}: {goal}"
            if place:
                target = found[there.relative_to(folder.resolve()).as_posix()]
                assert target.css_first(f'[id="{unquote(place)}"]') is not None, f"{name}: {goal}"


def test_nothing_comes_from_elsewhere(folder):
    for name, view in views(folder).items():
        for node in view.css("link, script, img, iframe, object, embed, source, video, audio"):
            source = node.attributes.get("src") or node.attributes.get("href") or ""
            assert not re.match(r"(?:https?:)?//", source), f"{name}: {source}"
        policy = view.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert view.css("[style]") == [] and view.css("script:not([src])") == []


def test_ids_are_given_once(folder):
    for name, view in views(folder).items():
        ids = Counter(node.attributes["id"] for node in view.css("[id]"))
        assert [i for i, n in ids.items() if n > 1] == [], name


def test_the_report_command_writes_the_same(scans, folder, tmp_path):
    result = CliRunner().invoke(cccheck, ["report", str(scans.output), "--format", "html", "--output", str(tmp_path)])
    assert (result.exit_code, result.output) == (0, f"{tmp_path / 'html' / 'index.html'}\n")
    for path in folder.rglob("*"):
        if path.is_file():
            assert (tmp_path / "html" / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_a_run_of_an_early_version_is_drawn_without_its_originals(tmp_path):
    scans = Scans(tmp_path)
    scans.run()
    for name in ("originals.jsonl", "rules.jsonl"):
        (scans.output / name).unlink()
    assert CliRunner().invoke(cccheck, ["report", str(scans.output), "--format", "html"]).exit_code == 0
    pages = [path.read_text("utf-8") for path in (scans.output / "html" / "pages").iterdir()]
    assert any("made by an early version" in page for page in pages)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    scans = Scans(tmp_path)
    scans.run()
    mine = scans.output / "html" / "index.html"
    mine.parent.mkdir()
    mine.write_text("my own page", encoding="utf-8")
    result = CliRunner().invoke(cccheck, ["report", str(scans.output), "--format", "html"])
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    scans.run("--fresh")
    assert mine.read_text("utf-8") == "my own page"


def test_a_new_run_takes_the_old_report_away(scans, tmp_path):
    made = Scans(tmp_path)
    made.run("--format", "html")
    assert (made.output / "html").is_dir()
    made.run("--fresh")
    assert not (made.output / "html").exists()
