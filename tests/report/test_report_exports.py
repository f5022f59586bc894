"""CSV, JSON Lines and JUnit: the same audit in the same order, and nothing that a page says steers what opens them."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cccheck.journal import read_info
from cccheck.report.csv_report import safe
from cccheck.report.formats import Order, write_reports
from scanning import PAGES, Scans, pages_of

CELLS = {"desk": "-7 north", "=SUM(A1)": '=HYPERLINK("https://evil.example")', "verdict": "mine"}


@pytest.fixture(scope="module")
def scans(tmp_path_factory):
    made = Scans(tmp_path_factory.mktemp("exports"))
    made.urls = made.folder / "urls.csv"
    with made.urls.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["url", *CELLS])
        writer.writeheader()
        writer.writerows({"url": url, **CELLS} for url in PAGES)
    result = made.run("--format", "csv", "--format", "jsonl", "--format", "junit")
    assert result.exit_code == 1, result.output
    return made


def table(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_format_tells_the_same_audit_in_the_same_order(scans):
    pages = pages_of(scans.report())
    rows = table(scans.output / "pages.csv")
    lines = [json.loads(line) for line in (scans.output / "report.jsonl").read_text("utf-8").splitlines()]
    assert [(row["url"], row["verdict"]) for row in rows] == [(page["url"], page["verdict"]) for page in pages]
    assert [{k: v for k, v in line.items() if k not in ("run", "site")} for line in lines] == pages
    found = [(row["url"], row["rule"], row["outcome"]) for row in table(scans.output / "findings.csv")]
    assert found == [(page["url"], f["rule"], f["outcome"]) for page in pages for f in page["findings"]]


def test_the_teams_own_columns_come_back(scans):
    rows = table(scans.output / "pages.csv")
    assert len(rows) == len(PAGES)
    for row in rows:
        assert row["desk"] == "'-7 north"
        assert row["input.verdict"] == "mine"
        assert row["'=SUM(A1)"] == '\'=HYPERLINK("https://evil.example")'


def test_missing_is_told_in_the_names_of_checks(scans):
    row = next(row for row in table(scans.output / "pages.csv") if row["url"] == "https://bad.example/ferries")
    assert row["missing"].split() == ["author-credit", "publisher-credit", "source-link", "license-notice"]
    assert row["captured"]


def test_csv_opens_in_a_spreadsheet(scans):
    for name in ("pages.csv", "findings.csv"):
        data = (scans.output / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n") == data.count(b'\r\n"') + 1


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1", "'+49 30 1"),
        ("-", "-"),
        ("-2+3", "'-2+3"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1+1", "'=1+1"),
        ("\r=1+1", "'=1+1"),
        (' "=1+1', "\"'=1+1"),
        ("a;=1+1", "a;'=1+1"),
        ('a;"=1+1', "a;\"'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("two\nlines", "two lines"),
        ("\u202e=1+1", "'=1+1"),
        ("a-b = c", "a-b = c"),
        ("https://a.example/?b=1;c=2", "https://a.example/?b=1;c=2"),
        (None, ""),
        (0.5, "0.5"),
        ("x" * 40_000, "x" * 32_000),
    ],
)
def test_no_cell_is_a_formula(value, told):
    assert safe(value) == told


@pytest.mark.parametrize("text", [";" + " " * 30_000, " " * 30_000 + "x", ";\"" * 15_000], ids=[";", "x", "quotes"])
def test_a_cell_made_to_be_slow_is_not(text):
    assert len(safe(text)) <= 32_000


@given(st.text())
def test_no_text_becomes_a_formula(text):
    cell = safe(text)
    assert len(cell) < 2 or cell.lstrip()[:1] not in tuple("=+-@\t\r")
    assert "\n" not in cell
    assert "\r" not in cell


def test_junit_counts_what_it_holds(scans):
    root = ElementTree.parse(scans.output / "report.junit.xml").getroot()
    report = scans.report()
    assert [suite.get("name") for suite in root] == [site["site"] for site in report["sites"]]
    for part in (root, *root):
        cases = list(part.iter("testcase"))
        kinds = Counter(child.tag for case in cases for child in case)
        assert int(part.get("tests")) == len(cases)
        assert [int(part.get(name)) for name in ("failures", "errors", "skipped")] == [
            kinds[name] for name in ("failure", "error", "skipped")
        ]
    failures = {
        (case.get("classname").split()[0], case.get("name").split(":")[0])
        for case in root.iter("testcase")
        if case.find("failure") is not None
    }
    assert failures == {
        (page["url"], f["rule"])
        for page in pages_of(report)
        for f in page["findings"]
        if f["outcome"] == "fail" and f["level"] == "required"
    }
    errors = [case.get("classname") for case in root.iter("testcase") if case.find("error") is not None]
    assert errors == [page["url"] for page in pages_of(report) if page["verdict"] == "unavailable"]


def test_what_xml_cannot_hold_is_left_out(scans, tmp_path):
    row = json.loads((scans.output / "audits.jsonl").read_text("utf-8").splitlines()[0])
    nasty = "\x00\x0b]]><script>\ufffe\ud800&\"'"
    failed = {**row["findings"][0], "outcome": "fail", "message": nasty, "remedy": nasty, "title": nasty}
    bad = {**row, "url": "https://bad.example/?\"'<&", "findings": [failed]}
    line = json.dumps(bad).replace('"site": ', '"site":', 1)
    (tmp_path / "audits.jsonl").write_text(line + "\n", encoding="utf-8")
    info = read_info(scans.output)
    write_reports(["junit"], Order(tmp_path, info, tmp_path))
    root = ElementTree.parse(tmp_path / "report.junit.xml").getroot()
    assert "<script>" in root.find(".//failure").get("message")


def test_the_same_run_gives_the_same_bytes(scans, tmp_path):
    info = read_info(scans.output)
    written = write_reports(["csv", "jsonl", "junit"], Order(scans.output, info, tmp_path))
    assert list(written) == ["csv", "jsonl", "junit"]
    for path in [written["csv"], written["junit"], tmp_path / "findings.csv"]:
        assert path.read_bytes() == (scans.output / path.name).read_bytes()
    there = json.loads(written["jsonl"].read_text("utf-8").splitlines()[0])["captures"][0]["warc"]
    assert (tmp_path / there).resolve() == scans.warc.resolve()
