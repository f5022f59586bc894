"""Whatever happens to pages from run to run: cases and changes follow from it, and nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from cccheck.history import ACTIVE, Store, cases, changes, open_history, runs
from cccheck.history.diff import standing
from cccheck.history.read import sightings
from cccheck.history.take import take_run
from history.taking import URL, down, info, record

STATES = {
    "fine": lambda url, day: record(url, day=day),
    "no author": lambda url, day: record(url, "violation", "author-credit", day=day),
    "no link": lambda url, day: record(url, "violation", "source-link", day=day),
    "unsure": lambda url, day: record(url, "review", "author-credit", day=day),
    "quoted": lambda url, day: record(url, "excerpt", day=day),
    "replaced": lambda url, day: record(url, "not-a-copy", day=day),
    "gone": lambda url, day: down(url, day, "http-404"),
    "down": down,
    "not on the list": lambda url, day: None,
}
PAGES = (URL, f"{URL}/amp")
pasts = st.lists(st.tuples(*(st.sampled_from(list(STATES)) for _ in PAGES)), min_size=2, max_size=7)


@contextmanager
def taken(steps: list[tuple[str, ...]]) -> Iterator[Store]:
    with TemporaryDirectory() as folder, open_history(Path(folder) / "history.db", create=True) as store:
        for day, states in enumerate(steps, 1):
            rows = (STATES[state](url, day) for url, state in zip(PAGES, states, strict=True))
            take_run(store, info(day), "run", [row for row in rows if row is not None])
        yield store


@settings(max_examples=15)
@given(pasts)
def test_a_case_is_open_as_long_as_the_copy_is_in_violation(steps):
    with taken(steps) as store:
        found = cases(store)
        active = [case for case in found if case.state in ACTIVE]
        assert len(active) <= 1
        seen = [s for page in sightings(store, url=URL).values() for s in page if not s.unreachable]
        latest = {s.page: s for s in sorted(seen, key=lambda s: (s.first_run, s.last_run))}
        now = standing(latest.values())
        label = now.label if now else None
        assert bool(active) or label != "violation"
        if label in ("compliant", "excerpt"):
            assert not active
        if active and label == "violation":
            assert set(active[0].checks) == set(now.missing)
        assert [case.earlier for case in found] == list(range(len(found)))
        for case in found:
            assert case.opened <= case.last_seen and (case.closed or "9") >= case.last_seen


@settings(max_examples=15)
@given(pasts)
def test_changes_add_up(steps):
    """From the first run to the last, nothing is told that no step between told; a run against itself tells nothing."""
    with taken(steps) as store:
        found = runs(store)
        between = [changes(store, a, b) for a, b in zip([None, *found], found, strict=False)]
        whole = changes(store, None, found[-1])
        assert all(changes(store, run, run) == () for run in found)
        assert all(len({change.copy.id for change in step}) == len(step) for step in between)
        if whole:
            assert any(between)
        unreachable = [change.copy.url for step in between for change in step if change.kind == "unreachable"]
        failures = sum("down" in states for states in steps)
        assert len(unreachable) <= 2 * failures // 3 + 1


@settings(max_examples=15)
@given(pasts, st.integers(0, 5))
def test_a_run_that_repeats_the_one_before_changes_nothing(steps, at):
    steps = steps[: at + 1]
    steps = [states for states in steps if "not on the list" not in states] or [("fine", "fine")] * 2
    steps = [*steps, steps[-1]]
    with taken(steps) as store:
        *_, before, after = runs(store)
        assert {change.kind for change in changes(store, before, after)} <= {"unreachable"}
