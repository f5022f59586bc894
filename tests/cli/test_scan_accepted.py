"""`cccheck scan` with `accepted.toml`: what it does to verdicts, statuses, the table, the report, and to verify."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from cccheck.scan import open_data
from cccheck.validation import problems
from scanning import Scans

GOOD, BAD, AGAIN = "https://good.example/ferries", "https://bad.example/ferries", "https://bad.example/again"


@pytest.fixture
def scans(tmp_path):
    return Scans(tmp_path)


def listed(scans: Scans, *urls: str) -> str:
    path = scans.folder / "some.txt"
    path.write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
    return str(path)


def entry(scans: Scans, scope: str = 'site = "bad.example"', more: str = "") -> str:
    path = scans.folder / "accepted.toml"
    text = f'[[accepted]]\nkind = "partner"\n{scope}\nreason = "contract of 2025"\nby = "R. Clerk"\n{more}\n'
    path.write_text(text, encoding="utf-8")
    return str(path)


def page(report: dict, url: str) -> dict:
    return next(page for site in report["sites"] for page in site["pages"] if page["url"] == url)


def test_accepted_pages_count_in_no_verdict_and_no_status(scans):
    assert scans.run(urls=listed(scans, GOOD, BAD)).exit_code == 1
    result = scans.run("--accepted", entry(scans), urls=listed(scans, GOOD, BAD))
    assert result.exit_code == 0, result.output
    report = scans.report()
    assert problems(report, "report", "report.json") == []
    assert report["summary"]["pages"] == 2
    assert report["summary"]["verdicts"]["violation"] == 0
    assert report["summary"]["verdicts"]["compliant"] == 1
    assert page(report, BAD)["accepted"] == "partner: contract of 2025 (R. Clerk)"
    assert page(report, BAD)["findings"] == []
    assert page(report, GOOD)["accepted"] is None


def test_an_unavailable_page_that_is_accepted_leaves_the_status_alone(scans):
    gone = "https://absent.example/"
    assert scans.run(urls=listed(scans, gone)).exit_code == 3
    assert scans.run("--accepted", entry(scans, 'site = "absent.example"'), urls=listed(scans, gone)).exit_code == 0
    assert page(scans.report(), gone)["verdict"] == "unavailable"


def test_the_rest_of_a_site_is_judged(scans):
    result = scans.run("--accepted", entry(scans, f'url = "{AGAIN}"'), urls=listed(scans, BAD, AGAIN))
    assert result.exit_code == 1
    (site,) = scans.report()["sites"]
    assert (site["verdict"], site["verdicts"]) == ("violation", {"violation": 1})


def test_the_table_lists_them_under_their_reason(scans):
    lines = scans.run("--accepted", entry(scans), urls=listed(scans, GOOD, BAD, AGAIN)).output.splitlines()
    assert "bad.example       2  accepted     partner: contract of 2025 (R. Clerk)" in lines
    at = lines.index("Accepted, and counted in no verdict")
    assert lines[at + 1] == "  2 pages: partner: contract of 2025 (R. Clerk)"
    assert "2 sites: 1 compliant, 1 accepted" in lines


def test_an_expired_entry_is_said_and_its_pages_are_judged(scans):
    accepted = entry(scans, more="until = 2026-10-15")
    result = scans.run("--accepted", accepted, "--quiet", urls=listed(scans, GOOD, BAD))
    assert result.exit_code == 1
    said = (
        "accepted.toml: entry 1 (bad.example) ended on 2026-10-15: its pages are judged; set a new date or take it out"
    )
    assert said in result.output
    report = scans.report()
    assert report["run"]["problems"] == [{"line": 0, "text": "", "message": said}]
    assert page(report, BAD)["verdict"] == "violation"
    assert scans.run("--accepted", accepted, urls=listed(scans, GOOD)).exit_code == 0, "no line of the list is wrong"


def test_the_file_beside_the_settings_is_taken(scans, monkeypatch, tmp_path):
    entry(scans)
    (tmp_path / "cccheck.toml").write_text('contact = "rights@lantern.example"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert scans.run(urls=listed(scans, BAD)).exit_code == 0


@pytest.mark.parametrize(
    ("scope", "line"),
    [
        ("", "accepted.toml: accepted[0].site: is missing; give a site, a url or a work"),
        ('sit = "x"', "did you mean `site`?"),
    ],
)
def test_a_mistake_is_one_line(scans, scope, line):
    result = scans.run("--accepted", entry(scans, scope), urls=listed(scans, BAD))
    assert result.exit_code == 2
    assert line in result.output
    assert len(result.output.splitlines()) == 1


def verify(folder: Path):
    return CliRunner().invoke(cccheck, ["verify", str(folder)])


def test_verify_judges_by_the_same_acceptances(scans):
    scans.run("--accepted", entry(scans), urls=listed(scans, GOOD, BAD))
    assert verify(scans.output).exit_code == 0, verify(scans.output).output
    entry(scans, more="until = 2026-10-15")
    open_data.cache_clear()  # another process would read the file anew
    assert "the rules have changed since" in verify(scans.output).output
