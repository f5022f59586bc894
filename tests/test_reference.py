"""The reference is made from the code: what the generator writes, and that it mends what is old."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from generating.markdown import cell, escaped

DOCS = Path(__file__).parents[1] / "docs"
SCRIPT = runpy.run_path(str(DOCS / "generate.py"))


@pytest.fixture(scope="module")
def pages():
    return SCRIPT["wanted"]()


def test_stale_pages_are_named_and_mended(tmp_path, pages):
    (tmp_path / "reference" / "commands").mkdir(parents=True)
    gone = tmp_path / "reference" / "commands" / "gone.md"
    gone.write_text("old", encoding="utf-8")
    assert "reference/commands/gone.md" in SCRIPT["stale"](tmp_path, pages)
    SCRIPT["write"](tmp_path, pages)
    assert SCRIPT["stale"](tmp_path, pages) == []
    assert not gone.exists()


def test_every_option_key_and_member_has_its_row(pages):
    assert "`--replay WARC...`" in pages["reference/commands/scan.md"]
    assert "`CCCHECK_CONTACT`" in pages["reference/settings.md"]
    report = pages["reference/report.md"]
    assert "| `quote` | " in report.partition("## `sites[].pages[].findings[].evidence[]`")[2].partition("##")[0]
    assert "| `block` | " in report.partition("## `sites[].pages[].match.edits[].copy`")[2].partition("##")[0]
    assert "`violation`, `review`" in report
    assert "## `authors[]`" in pages["reference/work.md"]


def test_cells_hold_what_would_part_columns():
    assert cell("`[a|b]` or <c") == "<code>[a&#124;b]</code> or <c"
    assert escaped("a_b `c_d` <e>") == "a\\_b `c_d` \\<e>"


@pytest.mark.parametrize("page", ["commands/scan", "commands/work", "settings", "report", "work", "rules"])
def test_tables_are_even(pages, page):
    """Every row has as many cells as its head."""
    width = 0
    for line in pages[f"reference/{page}.md"].splitlines():
        width = width or line.count("|") if line.startswith("|") else 0
        assert not line.startswith("|") or line.count("|") == width, line
