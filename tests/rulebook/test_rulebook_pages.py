"""The reference pages are what the packs say, and nothing in them is empty."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cccheck.rulebook import load_rules
from cccheck.rulebook.describe import sections
from cccheck.rulebook.pages import pages

DOCS = Path(__file__).parents[2] / "docs"
BOOK = load_rules()
PAGES = pages(BOOK)


def test_the_pages_in_docs_are_up_to_date() -> None:
    old = [name for name, text in PAGES.items() if (DOCS / name).read_text("utf-8") != text]
    assert old == [], "run python docs/generate.py"


@pytest.mark.parametrize("name", PAGES)
def test_no_cell_is_empty(name: str) -> None:
    rows = [line for line in PAGES[name].splitlines() if line.startswith("|")]
    assert rows
    assert all(cell.strip() for row in rows for cell in row.strip("|").split(" | "))


@pytest.mark.parametrize("name", PAGES)
def test_links_between_the_pages_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(((?!https?:)[^)#]+)", PAGES[name]):
        path = (DOCS / name).parent / target
        assert path.resolve().is_file(), target


def test_every_row_of_the_coverage_table_has_a_rule_or_is_not_asked() -> None:
    rows = [line.strip("| ").split(" | ") for line in PAGES["coverage.md"].splitlines() if line.startswith("| ")]
    conditions = [row for row in rows if len(row) == 6 and row[0] not in ("condition", "---")]
    assert len(conditions) > 300
    for name, _, due, rule, decided, _ in conditions:
        assert rule.startswith("[") or (due == "not asked" and decided == "nothing: not asked"), name


def test_what_is_said_of_a_rule() -> None:
    entry = BOOK.entry("cc-by-nd-4.0/changes")
    assert entry
    said = dict(sections(entry, BOOK.packs["cc-by-nd-4.0"].license))
    assert list(said) == [
        "What it asks",
        "Why",
        "What passes",
        "What fails",
        "How to mend it",
        "When it is due",
        "Cuts",
        "Decided by",
        "Clause",
        "In the licence's words",
    ]
    assert said["Decided by"] == "the check changes-indicated"
    assert said["Clause"].endswith("#s3a1B")


@pytest.mark.parametrize("pack", BOOK.packs.values(), ids=lambda pack: pack.id)
def test_every_rule_can_be_described(pack) -> None:  # type: ignore[no-untyped-def]
    for entry in pack.entries:
        said = dict(sections(entry, pack.license))
        assert all(text.strip() for text in said.values())
        assert "{" not in "".join(said.values())
        if entry.decided:
            assert {"What it asks", "Why", "What passes", "What fails", "How to mend it"} <= said.keys()
