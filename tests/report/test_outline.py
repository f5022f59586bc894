"""A page in lines: every kind of edit that a finding can rest on, and every place, has its words; nothing is lost."""

import json
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from cccheck.model import HARMLESS_KINDS, EditKind, Where
from cccheck.report.outline import _EDITS, _PLACES, page_lines, site_lines

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """The journal of the examples, which has every verdict."""
    output = tmp_path_factory.mktemp("run") / "out"
    words = ["--works", str(EXAMPLES / "works"), "--replay", str(EXAMPLES / "pages.warc.gz"), "--output", str(output)]
    CliRunner().invoke(cccheck, ["scan", "-q", str(EXAMPLES / "urls.txt"), *words])
    return [json.loads(line) for line in (output / "audits.jsonl").read_text("utf-8").splitlines()]


def text(lines):
    return "\n".join(line.text for line in lines)


def test_every_kind_of_edit_has_its_words():
    assert set(get_args(EditKind)) - HARMLESS_KINDS == set(_EDITS)


def test_every_place_has_its_words():
    assert set(get_args(Where)) == set(_PLACES)


def test_whatever_is_to_be_done_is_told_with_its_clause_and_its_mend(rows):
    told = 0
    for row in rows:
        shown = text(page_lines(row))
        assert row["url"] in shown and row["verdict"] in shown
        for finding in row["findings"]:
            if finding["outcome"] in ("fail", "review"):
                assert all(finding[key] in shown for key in ("title", "message", "clause", "clause_url", "remedy"))
                told += 1
            assert finding["title"] in text(page_lines(row, whole=True))
    assert told >= 10


def test_all_evidence_is_there_when_all_is_wanted(rows):
    for row in rows:
        shown = text(page_lines(row, whole=True))
        for finding in row["findings"]:
            for item in finding["evidence"][:3]:
                assert item["quote"][:50] in shown
        for capture in row["captures"]:
            assert capture.get("sha256", "") in shown


def test_changes_are_shown_once_though_two_findings_rest_on_them(rows):
    row = next(row for row in rows if "coastal-wire" in row["url"])
    lines = [line.text for line in page_lines(row)]
    assert sum(line.startswith("Rewritten (") for line in lines) == len(
        {line for line in lines if line.startswith("article:")}
    )


def test_what_needs_nobody_is_a_line_among_others(rows):
    shown = text(site_lines(rows))
    for row in rows:
        assert (f"  {row['url']}" in shown) == (row["verdict"] not in ("violation", "review"))


def test_decisions_are_offered_where_they_are_kept(rows):
    row = next(row for row in rows if "stadtgespraech" in row["url"])
    call = "cccheck decide 'https://stadtgespraech.example/artikel.php?id=771' pass --rule license-notice"
    assert call in text(page_lines(row, decidable=True))
    assert "decide" not in text(page_lines(row))
