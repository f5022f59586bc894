"""The comparison of one page as the page view draws it: rows of marked cells, bounded in number and size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from cccheck.report.html.compare import Fold, Original, Pair, compared
from cccheck.report.html.marks import Mark, marked
from cccheck.report.html.safe import cut
from cccheck.report.interface import Interface

ROWS = 400  # rows drawn; an article of 20,000 words has some 300 paragraphs
BLOCK = 6_000  # characters of one paragraph
TOTAL = 250_000  # characters of all
FOLDED, FOLDED_LENGTH = 12, 200  # blocks of a fold, and characters of each
PLAIN = 40  # blocks of a page on which no work was found
_MARKS = 300  # of one paragraph
_RANKS = {"pass": 3, "review": 4, "fail": 5}  # of quotations that overlap the last is drawn

Row = Mapping[str, Any]
_BASE = {"altered": "rewritten", "added": "inserted"}  # what words are of which no edit says more


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NOTHING = Markup("")


@dataclass(slots=True)
class Drawn:
    """A row: `state` is same, changed, cut, inserted, other or fold."""

    state: str
    left: Markup = _NOTHING
    right: Markup = _NOTHING
    place: str = ""
    count: int = 0
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Comparison:
    """All rows; how many more there are; the blocks that can be jumped to; the kinds that occur, for the legend."""

    rows: list[Drawn] = field(default_factory=list)
    left_out: int = 0
    shown: set[int] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)  # kind → element
    outcomes: dict[str, None] = field(default_factory=dict)  # of what is quoted


def side_by_side(
    blocks: Sequence[Row], match: Row | None, findings: Iterable[Row], text: Original | None, words: Interface
) -> Comparison:
    """The comparison of a page's blocks with the original."""
    edits = match["edits"] if match else []
    marks = _Marks(edits, findings, text, words)
    drawn = Comparison(kinds=marks.kinds, outcomes=marks.outcomes)
    if match is None:
        _plain(blocks, marks, drawn, words)
        return drawn
    room = TOTAL
    headlines = {block["index"] for block in blocks if block["tag"] == "h1"}
    rows = compared(blocks, edits, text, marks.quoted | headlines)
    for number, row in enumerate(rows):
        if len(drawn.rows) >= ROWS or room <= 0:
            drawn.left_out = len(rows) - number
            break
        if isinstance(row, Fold):
            lines = [cut(block["text"], FOLDED_LENGTH) for block in row.blocks[:FOLDED]]
            drawn.rows.append(Drawn("fold", place=row.place, count=len(row.blocks), lines=lines))
            continue
        pair = _pair(row, marks, text, words)
        drawn.rows.append(pair)
        drawn.shown.update(block["index"] for block in row.blocks)
        room -= len(pair.left) + len(pair.right)
    return drawn


def _plain(blocks: Sequence[Row], marks: _Marks, drawn: Comparison, words: Interface) -> None:
    """The beginning of a page on which no work's text was found, and what findings quote of it."""
    for number, block in enumerate(blocks):
        if number < PLAIN or block["index"] in marks.quoted:
            drawn.rows.append(Drawn("other", _joined([_block_cell(block, marks.of_block(block), words)])))
            drawn.shown.add(block["index"])
    drawn.left_out = len(blocks) - len(drawn.rows)


def _pair(row: Pair, marks: _Marks, text: Original | None, words: Interface) -> Drawn:
    left_marks = [marks.of_block(block) for block in row.blocks]
    stretches = text.stretches(row.paragraphs) if text else []
    right_marks = [marks.of_original(start, end) for start, end in stretches]
    left = _joined(_block_cell(block, found, words) for block, found in zip(row.blocks, left_marks, strict=True))
    right = _NOTHING
    if text:
        parts = zip(stretches, right_marks, strict=True)
        right = _joined(_cell("o", start, text.text[start:end], found, words) for (start, end), found in parts)
    if not row.blocks:
        return Drawn("cut", left, right)
    if not row.paragraphs:
        inserted = any(mark.kind == "k k-inserted" for found in left_marks for mark in found)
        return Drawn("inserted" if inserted else "other", left, right)
    changed = any(mark.tag != "mark" for found in left_marks + right_marks for mark in found)
    return Drawn("changed" if changed else "same", left, right)


def _joined(cells: Iterable[str]) -> Markup:
    return Markup("".join(cells))  # noqa: S704 - made by `_cell`, which escapes all that it is given


def _block_cell(block: Row, found: Sequence[Mark], words: Interface) -> str:
    hidden = "" if block["visible"] == "visible" else words.text(f"seen-as-{block['visible']}")
    return _cell("b", block["index"], block["text"], found, words, block["tag"] in _HEADINGS, hidden)


def _cell(
    side: str, number: int, text: str, found: Sequence[Mark], words: Interface, heading: bool = False, hidden: str = ""
) -> str:
    """A paragraph of either side as HTML; what is cut off is said."""
    named = ' class="heading"' if heading else ""
    said = f'<b class="label">{escape(hidden)}</b> ' if hidden else ""
    left_out = ""
    if len(text) > BLOCK:
        left_out = f' <b class="label">{escape(words.text("left-out-text", len(text) - BLOCK))}</b>'
    return f'<p id="{side}{number}" dir="auto"{named}>{said}{marked(text, found, BLOCK)}{left_out}</p>'


class _Marks:
    """The marks of every block and paragraph: what findings quote over edits, edits over what nothing explains."""

    def __init__(self, edits: Sequence[Row], findings: Iterable[Row], text: Original | None, words: Interface) -> None:
        self.kinds: dict[str, str] = {}
        self.quoted: set[int] = set()
        self.outcomes: dict[str, None] = {}
        self._words = words
        self._blocks: dict[int, list[Mark]] = defaultdict(list)
        self._original: list[Mark] = []
        for number, edit in enumerate(edits, 1):
            self._add_edit(str(number), edit, text)
        for finding in findings:
            self._add_evidence(finding)

    def of_block(self, block: Row) -> list[Mark]:
        """The marks of a block; words that are neither copied nor part of an edit are marked by what the block is."""
        marks = self._blocks.get(block["index"], [])
        base = _BASE.get(block.get("mark", ""), "other" if block.get("copied") else "")
        if base and len(block["text"]) <= BLOCK:
            marks = [*self._unexplained(block, marks, base), *marks]
        return marks[:_MARKS]

    def of_original(self, start: int, end: int) -> list[Mark]:
        """The marks of a stretch of the original, counted from its start."""
        touching = (mark for mark in self._original if mark.start < end and start < mark.end)
        return [mark._replace(start=mark.start - start, end=mark.end - start) for mark in touching][:_MARKS]

    def _add_edit(self, note: str, edit: Row, text: Original | None) -> None:
        kind, label = edit["kind"], self._words.label("kinds", edit["kind"])
        copy, there = edit["copy"], edit["original"]
        if copy and copy["end"] > copy["start"]:
            tag = "ins"
            if kind in ("moved", "headline-changed", "links-dropped"):
                tag = "span"
            self.kinds[kind] = tag
            self._blocks[copy["block"]].append(Mark(copy["start"], copy["end"], 2, tag, f"k k-{kind}", label, note))
            if kind == "headline-changed":
                self.quoted.add(copy["block"])
        if text and there["end"] > there["start"]:
            tag = "span" if kind in ("moved", "links-dropped", "images-dropped") else "del"
            self.kinds.setdefault(kind, tag)
            self._original.append(Mark(there["start"], there["end"], 2, tag, f"k k-{kind}", label, note))

    def _add_evidence(self, finding: Row) -> None:
        """What a finding quotes, but for passages that were changed: these have their own marks."""
        outcome = finding["outcome"]
        changed = finding["check"] in ("changes-indicated", "no-derivatives") and outcome != "pass"
        if outcome not in _RANKS or changed:
            return
        for item in finding["evidence"]:
            if item["block"] is not None and item["end"] is not None and item["end"] > item["start"]:
                self.quoted.add(item["block"])
                self.outcomes.setdefault(outcome)
                self._add_quotation(item, outcome, self._words.label("checks", finding["check"]))

    def _add_quotation(self, item: Row, outcome: str, label: str) -> None:
        """Two findings that quote the same passage, or overlapping ones, share a mark."""
        marks, kind = self._blocks[item["block"]], f"e e-{outcome}"
        start, end, labels = item["start"], item["end"], [label]
        for mark in [m for m in marks if m.kind == kind and m.start < end and start < m.end]:
            marks.remove(mark)
            start, end = min(start, mark.start), max(end, mark.end)
            labels = [*mark.label.split(", "), *labels]
        said = ", ".join(dict.fromkeys(labels))
        marks.append(Mark(start, end, _RANKS[outcome], "mark", kind, said))

    def _unexplained(self, block: Row, marks: Sequence[Mark], base: str) -> Iterable[Mark]:
        """Words between what is copied and what an edit names."""
        text, kind = block["text"], f"k k-{base}"
        explained = [(start, end) for start, end in block.get("copied") or ()] + [(m.start, m.end) for m in marks]
        at = 0
        for start, end in [*sorted(explained), (len(text), len(text))]:
            if start > at and any(map(str.isalnum, text[at:start])):
                self.kinds.setdefault(base, "ins")
                yield Mark(at, start, 1, "ins", kind, self._words.label("kinds", base))
            at = max(at, end)
