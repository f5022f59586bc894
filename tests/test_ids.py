"""The set of numbers that takes eight bytes each: it does what a set does."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from cccheck.ids import Ids
from cccheck.journal import JOURNAL, SYNC_EVERY, RunFolder, RunInfo
from cccheck.targets import parse_targets

NUMBERS = st.integers(0, 2**64 - 1) | st.integers(0, 600)  # the small ones meet, in the same part and in others


@given(st.lists(st.tuples(st.booleans(), NUMBERS)), st.lists(NUMBERS))
def test_it_is_a_set(steps, asked):
    ids, numbers = Ids(), set()
    for put_in, number in steps:
        (ids.add if put_in else ids.discard)(number)
        (numbers.add if put_in else numbers.discard)(number)
    assert len(ids) == len(numbers)
    assert all((number in ids) == (number in numbers) for number in {*asked, *(number for _, number in steps)})


def kept(make):
    """How many bytes what `make` gives holds."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        made = make()
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert made
    return after - before


def reopened(folder, lines):
    """A run that goes on where its journal has so many lines."""
    info = RunInfo("r", "2026-11-01T00:00:00Z", "rules", "works", "inputs")
    with RunFolder(folder, info):
        pass
    names = [f"{n * 0x9E3779B97F4A7C15 % 2**64:016x}" for n in range(lines)]
    (folder / JOURNAL).write_text("".join(f'{{"site":"a.example","id":"{name}"}}\n' for name in names), "utf-8")
    for name in names[-SYNC_EVERY:]:
        (folder / "pages" / f"{name}.json").write_text("{}", "utf-8")
    with RunFolder(folder, info) as run:
        assert run.done == lines
    return run


def test_a_finished_page_is_kept_in_a_few_bytes(tmp_path):
    few, many = (kept(lambda n=n: reopened(tmp_path / str(n), n)) for n in (1000, 5000))
    assert many - few < 4000 * 12


def test_a_list_is_read_without_keeping_it():
    def read(count):
        rows = parse_targets((f"https://a.example/{n}\n" for n in range(count)), "text", "list")
        for _ in range(count):
            next(rows)
        return rows

    few, many = (kept(lambda n=n: read(n)) for n in (1000, 5000))
    assert many - few < 4000 * 12
