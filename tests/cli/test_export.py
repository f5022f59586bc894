"""`cccheck export`: several runs in one report, each page once."""

from __future__ import annotations

import csv
import io
import json
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from fetch.warcs import Archive
from making import WORKS, with_text, work
from scanning import CREDIT, PAGES

MENDED = with_text(f"<article><!--text-->{CREDIT}</article>", work())


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Two runs a week apart: in the second one page is mended and one is new."""
    folder = tmp_path_factory.mktemp("desk")
    scan(folder, "2026-10-05", {url: with_text(html, work()) for url, html in PAGES.items()})
    scan(folder, "2026-10-12", {"https://bad.example/ferries": MENDED, "https://new.example/a": MENDED})
    return folder


def scan(folder: Path, day: str, pages: dict[str, str]) -> None:
    warc = Archive(folder / f"{day}.warc.gz")
    for url, html in pages.items():
        warc.response(url, html.encode(), date=f"{day}T05:00:00Z")
    (folder / "urls.txt").write_text("".join(f"{url}\n" for url in pages), encoding="utf-8")
    arguments = ["scan", "urls.txt", "--works", str(WORKS), "--replay", f"{day}.warc.gz", "--now", f"{day}T06:00:00Z"]
    with chdir(folder):
        CliRunner().invoke(cccheck, [*arguments, "-q"])


def ask(folder: Path, *arguments: str):
    with chdir(folder):
        return CliRunner().invoke(cccheck, ["export", *arguments])


def test_each_page_once_as_the_newest_run_saw_it(desk):
    result = ask(desk, "--format", "jsonl", "--format", "csv", "--output", "all")
    assert result.exit_code == 0, result.output
    assert result.stdout.split() == ["all/report.jsonl", "all/pages.csv"]
    rows = [json.loads(line) for line in (desk / "all" / "report.jsonl").read_text("utf-8").splitlines()]
    assert sorted(row["url"] for row in rows) == sorted([*PAGES, "https://new.example/a"])
    assert {row["verdict"] for row in rows if row["url"] == "https://bad.example/ferries"} == {"compliant"}
    assert {row["run"] for row in rows} == {"all"}
    table = list(csv.DictReader(io.StringIO((desk / "all" / "pages.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert [row["url"] for row in table] == [row["url"] for row in rows]
    assert sorted(path.name for path in (desk / "all").iterdir()) == ["findings.csv", "pages.csv", "report.jsonl"]


def test_archives_are_named_from_the_report(desk):
    for form, read in (
        ("jsonl", lambda t: json.loads(t.splitlines()[0])),
        ("json", lambda t: json.loads(t)["sites"][0]["pages"][0]),
    ):
        assert ask(desk, "--format", form, "--output", "deep/er").exit_code == 0
        page = read((desk / "deep" / "er" / f"report.{form}").read_text("utf-8"))
        assert (desk / "deep" / "er" / page["captures"][0]["warc"]).exists()


def test_since_a_day(desk):
    result = ask(desk, "--since", "2026-10-10", "--format", "junit")
    assert result.stdout.strip() == "reports/export/report.junit.xml"
    said = (desk / "reports" / "export" / "report.junit.xml").read_text("utf-8")
    assert "since-2026-10-10" in said
    assert "https://good.example/ferries" not in said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--since", "last week"), "is no day"),
        (("--since", "2027-01-01"), "no run there was finished since 2027-01-01"),
        (("--runs", "nowhere"), "nowhere: no such folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(desk, arguments, told):
    result = ask(desk, *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
