"""The page beside the original: which paragraphs stand beside which blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cccheck.report.html.compare import Fold, Pair, compared, original
from cccheck.report.html.side_by_side import side_by_side
from cccheck.report.interface import interface
from making import paragraphs, work

TEXT = "\n\n".join(paragraphs(work()))
PARTS = paragraphs(work())


def block(index: int, text: str, *, copied: bool = True, **more) -> dict:
    row = {"index": index, "tag": "p", "text": text, "visible": "visible", **more}
    return row | {"copied": [[0, len(text)]], "mark": "copied"} if copied else row


def edit(kind: str, start: int, end: int, copy: tuple[int, int, int] | None = None) -> dict:
    there = {"start": start, "end": end, "quote": TEXT[start:end]}
    here = {"block": copy[0], "start": copy[1], "end": copy[2], "quote": ""} if copy else None
    return {"kind": kind, "detail": "", "words": 9, "original": there, "copy": here}


def shape(rows, text) -> list:
    """Each row as blocks and what of the original stands beside them."""
    return [
        (row.place, len(row.blocks))
        if isinstance(row, Fold)
        else ([b["index"] for b in row.blocks], [text.text[a:b] for a, b in text.stretches(row.paragraphs)])
        for row in rows
    ]


def test_paragraph_by_paragraph():
    text = original(TEXT)
    blocks = [block(0, "Home", copied=False), *(block(n, part) for n, part in enumerate(PARTS, 1))]
    blocks.append(block(99, "More from us", copied=False))
    rows = shape(compared(blocks, [], text, set()), text)
    assert rows == [("before", 1), *(([n], [part]) for n, part in enumerate(PARTS, 1)), ("after", 1)]


def test_what_was_left_out_stands_where_it_was():
    text = original(TEXT)
    blocks = [block(n, part) for n, part in enumerate(PARTS) if n not in (1, len(PARTS) - 1)]
    rows = shape(compared(blocks, [], text, set()), text)
    assert rows[1] == ([], [PARTS[1]])
    assert rows[-1] == ([], [PARTS[-1]])


def test_what_was_moved_stands_beside_its_original():
    text = original(TEXT)
    order = [0, 2, 1, *range(3, len(PARTS))]
    rows = shape(compared([block(n, PARTS[n]) for n in order], [], text, set()), text)
    assert rows == [([n], [PARTS[n]]) for n in order]


def test_paragraphs_run_together_and_paragraphs_cut_in_two():
    text = original(TEXT)
    half = PARTS[2].index(" ", len(PARTS[2]) // 2)
    blocks = [block(0, f"{PARTS[0]}\n{PARTS[1]}"), block(1, PARTS[2][:half]), block(2, PARTS[2][half + 1 :])]
    rows = shape(compared(blocks, [], text, set()), text)
    assert rows[0] == ([0], PARTS[:2])
    assert rows[1] == ([1, 2], [PARTS[2]])


def test_a_paragraph_that_a_copy_made_several_of_is_cut_at_sentences():
    sentences = [
        f"Sentence number {n} says of the ferries what no other sentence of this text says, {n * n}." for n in range(20)
    ]
    text = original(" ".join(sentences))
    blocks = [block(n, " ".join(sentences[n * 4 : n * 4 + 4])) for n in range(5)]
    rows = compared(blocks, [], text, set())
    assert [len(row.blocks) for row in rows] == [1] * 5
    assert all(row.blocks[0]["text"].startswith(text.text[text.parts[row.paragraphs[0]].start :][:30]) for row in rows)


def test_a_rewritten_paragraph_stands_beside_what_it_replaced():
    text = original(TEXT)
    start = TEXT.index(PARTS[1])
    told = "Quite other words stand here now."
    new = block(1, told, copied=False, mark="altered")
    change = edit("rewritten", start, start + len(PARTS[1]), (1, 0, len(told)))
    rows = shape(compared([block(0, PARTS[0]), new, block(2, PARTS[2])], [change], text, set()), text)
    assert rows[1] == ([1], [PARTS[1]])


def test_blocks_that_findings_quote_are_not_folded_away():
    rows = compared([block(0, "By Maren Oakhollow", copied=False), block(1, PARTS[0])], [], original(TEXT), {0})
    assert isinstance(rows[0], Pair) and rows[0].blocks[0]["index"] == 0


@given(st.permutations(range(len(PARTS))), st.sets(st.integers(0, len(PARTS) - 1)), st.sets(st.integers(0, 30)))
def test_every_block_and_every_paragraph_is_there_once(order, missing, others):
    text = original(TEXT)
    blocks = [block(n, PARTS[n]) for n in order if n not in missing]
    for at in sorted(others):
        blocks.insert(min(at, len(blocks)), block(100 + at, f"Something else {at}", copied=False))
    rows = compared(blocks, [], text, set())
    seen = [b["index"] for row in rows for b in row.blocks]
    assert seen == [b["index"] for b in blocks]
    if len(missing) < len(PARTS):
        there = sorted(number for row in rows if isinstance(row, Pair) for number in row.paragraphs)
        assert there == [part.number for part in text.parts]


@pytest.mark.parametrize("count", [3, 5_000])
def test_drawing_is_bounded_and_says_what_it_leaves_out(count):
    blocks = [block(n, f"{PARTS[n % len(PARTS)]} {'x' * 7_000}") for n in range(count)]
    drawn = side_by_side(blocks, {"edits": []}, [], original(TEXT), interface("en"))
    assert sum(len(row.left) + len(row.right) for row in drawn.rows) < 400_000
    assert (drawn.left_out > 0) == (count > 100)
    assert "further characters are not shown" in drawn.rows[0].left
