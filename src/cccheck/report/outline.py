"""A page's record as lines for a person at a terminal: what is wrong, in the page's own words, and what to do.

Pure: a row of the journal in, lines out. The text is as the page has it: whoever prints it cleans it.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cccheck.model import GRAVE_KINDS, HARMLESS_KINDS
from cccheck.report.table import shortfalls

Role = Literal["page", "verdict", "finding", "text", "quote", "faint", "command"]
Row = Mapping[str, Any]

_QUOTES = 3  # evidence shown of one finding, and changes of one page; the report has them all
_LONG = 400  # characters of a quotation
_BESIDE = 60  # characters beside it
_PLACES = {
    "head": "in the page's head, which no reader sees",
    "before": "before the article",
    "inside": "in the article",
    "after": "after the article",
    "outside": "elsewhere on the page",
}
_ABOUT_TEXT = frozenset({"changes-indicated", "no-derivatives", "share-alike"})
_SUMS = {"cut": "left out", "added": "put in", "altered": "changed"}
_EDITS = {
    "quotation-altered": "A quotation is changed",
    "number-altered": "A number is changed",
    "name-altered": "A name is changed",
    "negation-altered": "A “not” is put in or taken out",
    "rewritten": "Rewritten",
    "inserted": "Put in",
    "cut": "Left out",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, what it is, how far it is set in. An empty one parts what belongs apart."""

    text: str = ""
    role: Role = "text"
    indent: int = 0
    verdict: str = ""  # of the page, where the line tells it


def page_lines(row: Row, *, whole: bool = False, own: bool = False, decidable: bool = False) -> Iterator[Line]:
    """The page: verdict, what was copied, each finding that fails or is to be looked at, the credit line.

    With `whole`, also what passes and what is not asked, with the evidence, and where the page was archived. `own`: the
    reader is who republishes. Where a history keeps decisions (`decidable`), what is left to a person comes with the
    command that settles it.
    """
    yield Line(row["url"], "page")
    yield Line(_verdict(row), "verdict", verdict=row["verdict"])
    yield from (Line(text, indent=2) for text in _facts(row, whole=whole))
    shown = [finding for finding in row["findings"] if whole or finding["outcome"] in ("fail", "review")]
    changes = _changes(row)
    for finding in sorted(shown, key=_urgency):
        yield Line()
        about_text = finding["check"] in _ABOUT_TEXT and finding["outcome"] in ("fail", "review")
        yield from _finding(finding, changes if about_text else ())
        changes = () if about_text else changes  # two findings may rest on the same changes: shown once
        if decidable and finding["outcome"] == "review":
            call = f"cccheck decide {shlex.quote(row['url'])} pass --rule {finding['check']} --why 'your reason'"
            yield from (
                Line("To decide it, for as long as the page stays so (or fail):", indent=4),
                Line(call, "command", 6),
            )
    if not whole:
        yield from _passed(row["findings"])
    if shown and row["credit_line"]:
        yield from _credit(row["credit_line"])
    if row["verdict"] == "violation" and not own:
        yield Line()
        yield Line("Look at the page yourself before you write to anyone.", indent=2)


def site_lines(rows: Sequence[Row], *, whole: bool = False, decidable: bool = False) -> Iterator[Line]:
    """The pages of a site, in their order; one that needs no attention is a line, unless the `whole` is wanted."""
    for number, row in enumerate(rows):
        brief = len(rows) > 1 and not whole and not _needs_a_person(row)
        if number and not (brief and not _needs_a_person(rows[number - 1])):
            yield Line()
        if brief:
            yield Line(f"{_verdict(row)}  {row['url']}", "faint")
        else:
            yield from page_lines(row, whole=whole, decidable=decidable)


def _needs_a_person(row: Row) -> bool:
    return row["verdict"] in ("violation", "review") and not row["accepted"]


def _urgency(finding: Row) -> tuple[int, bool]:
    return ("fail", "review", "pass", "inapplicable").index(finding["outcome"]), finding["level"] != "required"


def _verdict(row: Row) -> str:
    if row["accepted"]:
        return f"accepted, and counted in no verdict: {row['accepted']}"
    said = ", ".join(shortfalls(row))
    return f"{row['verdict']}{': ' if said else ''}{said}"


# ------------------------------------------------------------------ facts about the page


def _facts(row: Row, *, whole: bool) -> Iterator[str]:
    if row["detail"] and row["verdict"] == "unavailable":
        yield f"Why: {row['detail']}."
    if row["final_url"] and row["final_url"] != row["url"]:
        yield f"Leads to: {row['final_url']}"
    if row["match"] and row["work"]:
        yield _copied(row["match"], row["work"])
    elif row["work"] or row["hint"]:
        yield f"Work: {row['work'] or row['hint']}"
    if row["found"]:
        yield f"What stands there: {_shortened(' '.join(row['found'].split()))}"
    for capture in row["captures"] if whole else row["captures"][:1]:
        yield f"Fetched: {_when(capture['fetched_at'])}" + (f", {capture['url']}" if whole else "")
        if whole and capture.get("record_id"):
            yield f"Archived: {capture['warc']}, record {capture['record_id']}, SHA-256 {capture['sha256']}"


def _copied(match: Row, work: str) -> str:
    changed = [f"{match[f'words_{kind}']} {word}" for kind, word in _SUMS.items() if match[f"words_{kind}"]]
    whole = f"{match['words_copied']} of {match['words_work']} words"
    return f"Copied: {whole} of {work}" + (f"; {', '.join(changed)}" if changed else ", unchanged")


def _when(time: str | None) -> str:
    return f"{time[:10]} {time[11:16]} UTC" if time else "at a time that is not known"


# ------------------------------------------------------------------ findings


def _finding(finding: Row, changes: Iterable[Line]) -> Iterator[Line]:
    decided = finding["outcome"] not in ("fail", "review")
    wish = "" if finding["level"] == "required" else " (a wish of the publisher's, not a duty)"
    yield Line(f"{finding['outcome']}: {finding['title']}{wish}", "finding", 2)
    yield Line(finding["message"], indent=4)
    yield from changes if finding["check"] in _ABOUT_TEXT else _evidence(finding["evidence"])
    if finding["clause"]:
        yield Line(f"Clause: {finding['clause']}", indent=4)
        if finding["clause_url"]:
            yield Line(finding["clause_url"], "faint", 6)
    if finding["remedy"] and not decided:
        yield Line(f"To mend it: {finding['remedy']}", indent=4)
    if finding["origin"] == "publisher" and not decided:
        yield Line("The publisher's own republishing text lacks this too: no fault of the site.", indent=4)


def _evidence(items: Sequence[Row]) -> Iterator[Line]:
    """Quotations, each place once."""
    places = {(item["capture"], item["block"], item["start"], item["quote"]): item for item in items}
    for item in list(places.values())[:_QUOTES]:
        yield from _quoted(item)
    if len(places) > _QUOTES:
        yield Line(f"and {len(places) - _QUOTES} more in the report", "faint", 4)


def _quoted(item: Row) -> Iterator[Line]:
    seen = {"visible": "", "unknown": "; whether readers see it is not certain"}.get(
        item["visible"], "; hidden from readers" + (f" ({item['hidden_by']})" if item["hidden_by"] else "")
    )
    yield Line(f"The page says, {_PLACES[item['where']]}{seen}:", indent=4)
    before, after = _cut(item["prefix"][::-1])[::-1], _cut(item["suffix"])
    yield Line(f"“{before}[{_shortened(item['quote'])}]{after}”", "quote", 6)
    if item["resolved"] or item["href"]:
        yield Line(f"link to {item['resolved'] or item['href']}", "faint", 6)


def _changes(row: Row) -> Sequence[Line]:
    """What changes the text most: the gravest kinds first, then by length. Harmless changes are in the report."""
    edits = [edit for edit in (row["match"] or {}).get("edits", ()) if edit["kind"] not in HARMLESS_KINDS]
    edits.sort(key=lambda edit: (edit["kind"] not in GRAVE_KINDS, -int(edit["words"])))
    lines = []
    for edit in edits[:_QUOTES]:
        words = "1 word" if edit["words"] == 1 else f"{edit['words']} words"
        lines.append(Line(f"{_EDITS.get(edit['kind'], edit['kind'])} ({words}):", indent=4))
        if edit["original"]["quote"]:
            lines.append(Line(f"article: “{_shortened(edit['original']['quote'])}”", "quote", 6))
        if edit["copy"] and edit["copy"]["quote"]:
            lines.append(Line(f"copy:    “{_shortened(edit['copy']['quote'])}”", "quote", 6))
    if len(edits) > _QUOTES:
        lines.append(Line(f"and {len(edits) - _QUOTES} more changes in the report", "faint", 4))
    return lines


def _cut(context: str) -> str:
    """What stands beside a quotation, cut off after a whole word where it is long."""
    words, space, _ = context[:_BESIDE].rpartition(" ")
    return words + space + "…" if space and len(context) >= _BESIDE else context


def _shortened(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 2] + " …"


def _passed(findings: Iterable[Row]) -> Iterator[Line]:
    """What passes, in one line; the evidence for it is shown when all is asked for."""
    passed = [finding["title"] for finding in findings if finding["outcome"] == "pass"]
    if passed:
        yield Line()
        yield Line(f"pass: {'; '.join(passed)}", "faint", 2)


def _credit(credit: Row) -> Iterator[Line]:
    yield Line()
    yield Line("The credit line to paste:", "finding", 2)
    yield Line(credit["text"], "command", 4)
    yield Line("The same as HTML:", indent=2)
    yield Line(credit["html"], "command", 4)
