"""`cccheck report`: the reports of a finished run, again or elsewhere, from its folder alone."""

import json

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from cccheck.cli import cccheck
from cccheck.report.formats import FORMATS
from scanning import Scans, pages_of


@pytest.fixture
def scans(tmp_path):
    made = Scans(tmp_path)
    made.run()
    return made


def report(*arguments):
    return CliRunner().invoke(cccheck, ["report", *map(str, arguments)])


def test_the_same_report_comes_again(scans):
    path = scans.output / "report.json"
    before = path.read_bytes()
    path.unlink()
    result = report(scans.output)
    assert (result.exit_code, result.output) == (0, f"{path}\n")
    assert path.read_bytes() == before


def test_elsewhere_it_names_the_same_archives(scans, tmp_path):
    there = tmp_path / "far" / "away"
    assert report(scans.output, "--output", there).exit_code == 0
    captures = [c for page in pages_of(json.loads((there / "report.json").read_text())) for c in page["captures"]]
    assert {(there / c["warc"]).resolve() for c in captures} == {scans.warc.resolve()}


def test_a_page_whose_text_is_lost_is_drawn_without_it_and_said(scans):
    lost, broken, *_ = sorted((scans.output / "pages").iterdir())
    lost.unlink()
    broken.write_text('{"blocks": [{"index": 0, "tag": "p", "text": 1, "visible": "visible"}]}')
    result = report(scans.output, "--format", "html", "--lang", "es")
    assert result.exit_code == 0
    again = "restore the run's folder from a copy, or scan again"
    said = {f"{lost}: is not there; {again}", f"{broken}: is not what a scan wrote there; {again}"}
    assert {line.removeprefix("note: ") for line in result.stderr.splitlines()} == said
    for path in (lost, broken):
        view = LexborHTMLParser((scans.output / "html" / "pages" / f"{path.stem}.html").read_text("utf-8"))
        shown = " ".join(view.body.text().split())
        assert "no puede mostrarse junto al original" in shown
        assert any(line in shown for line in said)
        assert view.css_first(".comparison") is None


def test_of_many_lost_texts_the_first_are_named(scans, monkeypatch):
    monkeypatch.setattr("cccheck.cli.report._SAID", 2)
    for path in (scans.output / "pages").iterdir():
        path.unlink()
    said = report(scans.output, "--format", "html").stderr.splitlines()
    assert len(said) == 3
    assert said[-1] == "note: and so for 5 pages more"


def test_a_run_that_is_none_is_a_line_and_status_2(tmp_path):
    result = report(tmp_path / "nowhere")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize("command", ["scan", "report"])
def test_every_format_is_offered(command):
    shown = " ".join(CliRunner().invoke(cccheck, [command, "--help"]).output.split())
    assert all(f"{name}: {known.purpose}" in shown for name, known in FORMATS.items())
