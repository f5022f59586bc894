"""`pages.csv` and `findings.csv`: the run for a spreadsheet. A line a page, and a line a finding.

UTF-8 with a byte order mark, without which Excel takes UTF-8 for something else; CRLF and commas (RFC 4180), every cell
quoted. A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` or a tab for a formula, and what a page says ends
up in cells: such a cell gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from cccheck.files import replacing
from cccheck.journal import Row
from cccheck.messages import told
from cccheck.plain import clean
from cccheck.report.formats import Order
from cccheck.report.ordered import OrderedPages, ordered

PAGES, FINDINGS = "pages.csv", "findings.csv"
BOM = "\ufeff"

# Also behind what another locale takes for the end of a cell, and in the wide forms that spreadsheets know.
_FORMULA = re.compile(r"(^|;)(\s*+[\"']*+\s*+)(?=[=+\-@＝＋－＠].)")
_MOST = 32_000  # characters: a cell of Excel holds 32,767
_SHORT = 300

Cell = str | int | float | None
_Columns = Mapping[str, Callable[[Row], Cell]]


def write(order: Order) -> Path:
    """Write both files; see `formats`."""
    own: dict[str, None] = {}  # the input's further columns, which the first walk over the pages meets
    with ordered(order.folder) as run:
        _write(order.output / FINDINGS, _findings(run, order.language, own))
        _write(order.output / PAGES, _pages(run, list(own)))
    return order.output / PAGES


def _write(path: Path, rows: Iterable[Iterable[Cell]]) -> None:
    with replacing(path) as out:
        out.write(BOM)
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerows([safe(cell) for cell in row] for row in rows)


def safe(value: Cell) -> str:
    """One line that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return _often(value) if len(value) < _SHORT else _safe(value)


def _safe(text: str) -> str:
    return _FORMULA.sub(r"\1\2'", clean(text).strip())[:_MOST]


@lru_cache(maxsize=4096)
def _often(text: str) -> str:
    """Most cells are the same again and again: names of rules, clauses, remedies."""
    return _safe(text)


# ------------------------------------------------------------------ pages


def _checks(row: Row, outcome: str) -> str:
    """The checks of required rules with that outcome."""
    found = (f["check"] for f in row["findings"] if f["outcome"] == outcome and f["level"] == "required")
    return " ".join(dict.fromkeys(found))


def _of(member: str, name: str) -> Callable[[Row], Cell]:
    return lambda row: (row[member] or {}).get(name)


_PAGE: _Columns = {
    "site": lambda row: row["site"],
    "url": lambda row: row["url"],
    "verdict": lambda row: row["verdict"],
    "missing": lambda row: _checks(row, "fail"),
    "to_look_at": lambda row: _checks(row, "review"),
    "reason": lambda row: row["reason"],
    "detail": lambda row: row["detail"],
    "accepted": lambda row: row["accepted"],
    "work": lambda row: row["work"],
    "final_url": lambda row: row["final_url"],
    "canonical": lambda row: row["canonical"],
    "published": lambda row: row["published"],
    "captured": lambda row: _captured(row),
    "containment": _of("match", "containment"),
    "words_work": _of("match", "words_work"),
    "words_copied": _of("match", "words_copied"),
    "words_altered": _of("match", "words_altered"),
    "words_cut": _of("match", "words_cut"),
    "words_added": _of("match", "words_added"),
    "credit_line": _of("credit_line", "text"),
    "id": lambda row: row["id"],
    "line": lambda row: row["target"]["line"],
}


def _captured(row: Row) -> str:
    return str(row["captures"][0]["fetched_at"]) if row["captures"] else ""


def _pages(run: OrderedPages, own: list[str]) -> Iterator[list[Cell]]:
    """The team's own columns come back at the end; one that is called like one of these gets `input.` in front."""
    yield [*_PAGE, *(f"input.{name}" if name in _PAGE else name for name in own)]
    for row in run.rows():
        extra = row["target"]["extra"]
        yield [*(column(row) for column in _PAGE.values()), *(extra.get(name) for name in own)]


# ------------------------------------------------------------------ findings

_COPIED = ("rule", "check", "title", "level", "basis", "outcome", "origin", "code")
_THEN = ("clause", "clause_url", "remedy")
_EVIDENCE = ("quote", "where", "visible", "resolved")


def _findings(run: OrderedPages, language: str, own: dict[str, None]) -> Iterator[list[Cell]]:
    """A line a finding. `own` takes up the further columns of the list of URLs, in the order in which they are met."""
    yield ["site", "url", "work", *_COPIED, "message", *_THEN, *_EVIDENCE, "page_id"]
    for row in run.rows():
        own.update(dict.fromkeys(row["target"]["extra"]))
        for finding in row["findings"]:
            evidence: Mapping[str, Any] = finding["evidence"][0] if finding["evidence"] else {}
            yield [
                *(row[name] for name in ("site", "url", "work")),
                *(finding[name] for name in _COPIED),
                _message(finding, language),
                *(finding[name] for name in _THEN),
                *(evidence.get(name) for name in _EVIDENCE),
                row["id"],
            ]


def _message(finding: Row, language: str) -> str:
    if language == "en":
        return str(finding["message"])
    return told(finding["check"], finding["code"], finding["params"], language)
