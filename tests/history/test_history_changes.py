"""What changed between two runs: new, cured, come back, gone, not reached, judged anew; and which pages are one copy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cccheck.history import Kind, cases, changes, records, runs, telling
from cccheck.history.diff import diff
from cccheck.history.model import Copy, CopyState, Sighting
from cccheck.history.read import sightings, watched
from cccheck.model import Verdict
from history.taking import SITE, URL, Past, at, down, record

AUTHOR, LINK = "author-credit", "source-link"


@pytest.fixture
def past(tmp_path):
    return Past(tmp_path)


def kinds(past: Past, first: int = -2, last: int = -1) -> list[str]:
    """The changes between two runs of those taken so far, by their place."""
    with past.open() as store:
        found = runs(store)
        before = found[first] if len(found) > 1 else None
        return [change.kind for change in changes(store, before, found[last])]


def fine(day: int, **more: object):
    return record(day=day, **more)


def bad(day: int, *missing: str, **more: object):
    return record(URL, "violation", *(missing or (AUTHOR,)), day=day, **more)


# ------------------------------------------------------------------ one page, two runs

STEPS = {
    "the same": (fine(1), fine(2), []),
    "bytes alone": (bad(1), bad(2, sha="other"), []),
    "credit removed": (fine(1), bad(2), ["new-violation"]),
    "more is missing": (bad(1), bad(2, AUTHOR, LINK), ["new-violation"]),
    "some is mended": (bad(1, AUTHOR, LINK), bad(2), ["partly-cured"]),
    "mended": (bad(1), fine(2), ["cured"]),
    "mended to an excerpt": (bad(1), record(URL, "excerpt", day=2), ["cured"]),
    "in question": (fine(1), record(URL, "review", AUTHOR, day=2), ["review"]),
    "no more in question": (record(URL, "review", AUTHOR, day=1), fine(2), ["cleared"]),
    "from violation to doubt": (bad(1), record(URL, "review", AUTHOR, day=2), ["review"]),
    "gone": (bad(1), down(day=2, reason="http-404"), ["gone"]),
    "taken down": (bad(1), record(URL, "not-a-copy", day=2), ["gone"]),
    "never was one": (record(URL, "not-a-copy", day=1), record(URL, "not-a-copy", day=2), []),
    "not reached once": (bad(1), down(day=2), []),
    "accepted": (bad(1), bad(2, accepted="a partner since 2024"), ["accepted"]),
    "a quotation grows": (record(URL, "excerpt", day=1), fine(2), []),
}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.replace(" ", "-"))
def test_from_one_run_to_the_next(past, step):
    first, second, expected = STEPS[step]
    past.run(1, first)
    past.run(2, second)
    assert kinds(past) == expected


def test_the_first_run_finds_new_copies(past):
    past.run(1, fine(1), record(f"{URL}/2", "violation", AUTHOR, match=None), record(f"{URL}/3", "not-a-copy"))
    assert kinds(past) == ["new-copy", "new-copy"]


def test_a_violation_that_was_cured_comes_back(past):
    for day, row in enumerate([bad(1), fine(2), bad(3)], 1):
        past.run(day, row)
    assert kinds(past) == ["come-back"]
    with past.open() as store:
        assert [(case.state, case.earlier) for case in cases(store)] == [("cured", 0), ("open", 1)]


def test_gone_and_back(past):
    for day, row in enumerate([fine(1), down(day=2, reason="http-410"), fine(3)], 1):
        past.run(day, row)
    assert kinds(past) == ["come-back"] and kinds(past, 0) == []


# ------------------------------------------------------------------ pages that cannot be reached


def test_three_failures_in_a_row_are_mentioned_once_whatever_they_are(past):
    past.run(1, bad(1))
    told = []
    for day, reason in enumerate(["timeout", "dns", "http-5xx", "tls", "robots"], 2):
        past.run(day, down(day=day, reason=reason))
        told.append(kinds(past))
    assert told == [[], [], ["unreachable"], [], []]
    with past.open() as store:
        (known, failing) = sightings(store, url=URL)[URL]
        assert (known.verdict, known.last_seen, failing.times, failing.reason) == ("violation", at(1), 5, "robots")
        (change,) = changes(store, runs(store)[0], runs(store)[3])
        assert (change.before, change.since, change.reason) == ("violation", at(1), "robots")
        assert [case.state for case in cases(store)] == ["open"]


def test_a_success_in_between_begins_the_count_anew(past):
    rows = [fine(1), down(day=2), down(day=3), fine(4), down(day=5), down(day=6)]
    for day, row in enumerate(rows, 1):
        past.run(day, row)
        assert kinds(past) in ([], ["new-copy"])


def test_a_page_that_never_was_seen_is_mentioned_too(past):
    for day in range(1, 5):
        past.run(day, down(day=day))
        assert kinds(past) == (["unreachable"] if day == 3 else [])


# ------------------------------------------------------------------ judged anew, decided


@pytest.mark.parametrize(("first", "second"), [(fine, bad), (bad, fine)])
def test_other_rules_on_the_same_page_judge_anew(past, first, second):
    past.run(1, first(1, shown="the same"))
    past.run(2, second(2, shown="the same"), rules="others")
    assert kinds(past) == ["judged-anew"]


def test_other_works_on_a_page_that_was_changed_do_not(past):
    past.run(1, fine(1, shown="before"))
    past.run(2, bad(2, shown="after"), works="others")
    assert kinds(past) == ["new-violation"]


def test_the_same_rules_never_judge_anew(past):
    past.run(1, fine(1, shown="the same"))
    past.run(2, bad(2, shown="the same"))
    assert kinds(past) == ["new-violation"]


def test_a_case_that_other_rules_end_is_withdrawn_not_cured(past):
    past.run(1, bad(1, shown="the same"))
    past.run(2, fine(2, shown="the same"), rules="others")
    with past.open() as store:
        assert [case.state for case in cases(store)] == ["withdrawn"]


# ------------------------------------------------------------------ copies


def copies(past: Past) -> set[tuple[str, ...]]:
    with past.open() as store:
        found: dict[int, list[str]] = {}
        for copy, url in store.ask("SELECT copy, url FROM page WHERE copy IS NOT NULL ORDER BY url"):
            found.setdefault(copy, []).append(url)
        return {tuple(urls) for urls in found.values()}


EDITED = {"edits": [{"kind": "cut", "original": {"start": 5, "end": 90}, "copy": None}]}
OTHER = {"edits": [{"kind": "cut", "original": {"start": 8, "end": 70}, "copy": None}]}


@pytest.mark.parametrize("variant", ["/amp", "?utm_source=x", "/print", "/page/2"])
def test_variants_of_an_address_are_one_copy(past, variant):
    past.run(1, bad(1, match=EDITED), record(URL + variant, "violation", AUTHOR, match=OTHER))
    assert copies(past) == {tuple(sorted((URL, URL + variant)))}
    with past.open() as store:
        (case,) = cases(store)
        assert case.copy.url == URL and len(records(store, case.copy.id)) == 2


def test_what_names_the_same_canonical_address_is_one_copy(past):
    past.run(1, record(f"{URL}?view=1", match=EDITED, canonical=URL), record(f"{URL}-x", match=OTHER, canonical=URL))
    assert len(copies(past)) == 1


def test_a_canonical_address_elsewhere_joins_nothing(past):
    other = "https://tidewatercourier.example/2024/03/night-ferries"
    past.run(1, record(f"{URL}/a", match=EDITED, canonical=other), record(f"{URL}/b", match=OTHER, canonical=other))
    assert len(copies(past)) == 2


def test_the_same_text_on_the_same_site_is_one_copy(past):
    past.run(1, bad(1, match=EDITED), record(f"https://{SITE}/tag/boats", "violation", AUTHOR, match=EDITED))
    assert len(copies(past)) == 1
    past.run(2, record("https://elsewhere.example/x", match=EDITED))
    assert len(copies(past)) == 2


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 1, 0), (1, 2, 0), (2, 0, 1), (1, 0, 2)])
def test_the_order_in_which_pages_come_does_not_matter(past, order):
    rows = [
        record(f"{URL}/a", "violation", AUTHOR, match=EDITED),
        record(f"{URL}/bb", "violation", AUTHOR, match=EDITED, canonical=f"{URL}/ccc"),
        record(f"{URL}/ccc", "violation", AUTHOR, match=OTHER),
    ]
    past.run(1, *(rows[number] for number in order))
    assert copies(past) == {(f"{URL}/a", f"{URL}/bb", f"{URL}/ccc")}
    with past.open() as store:
        assert [case.copy.url for case in cases(store)] == [f"{URL}/a"]


def test_one_bad_page_is_enough_and_a_further_page_is_no_new_copy(past):
    past.run(1, fine(1))
    past.run(2, fine(2), record(f"{URL}/amp", "violation", AUTHOR, day=2))
    assert kinds(past) == ["new-violation"]
    past.run(3, fine(3), record(f"{URL}/amp", day=3))
    assert kinds(past) == ["cured"]


def test_a_page_that_takes_another_work_is_gone_for_the_first(past):
    past.run(1, bad(1))
    past.run(2, bad(2, work="quiet-looms"))
    assert kinds(past) == ["new-copy", "gone"]


# ------------------------------------------------------------------ properties


def sighting(page: int, verdict: Verdict, reason: str | None, missing: tuple[str, ...]) -> Sighting:
    pairs = tuple((f"cc-by-4.0/{check}", check) for check in missing) if verdict is Verdict.VIOLATION else ()
    return Sighting(page, URL, verdict, reason, pairs, (), None, (), at(1), at(2), 1, 1, 1, "m", f"{verdict}{missing}")


states = st.builds(
    sighting,
    st.integers(1, 3),
    st.sampled_from(list(Verdict)),
    st.sampled_from(["http-404", "timeout"]),
    st.sets(st.sampled_from([AUTHOR, LINK]), min_size=1).map(lambda found: tuple(sorted(found))),
).map(lambda s: s if s.verdict is Verdict.UNAVAILABLE else Sighting(*[*_values(s)[:3], None, *_values(s)[4:]]))


def _values(seen: Sighting) -> list[object]:
    return [getattr(seen, name) for name in Sighting.__slots__]


pasts = st.lists(states, min_size=1, max_size=3, unique_by=lambda s: s.page).map(
    lambda pages: CopyState(Copy(1, SITE, "night-ferries", URL), tuple(pages))
)


@given(pasts)
def test_nothing_is_told_where_nothing_changed(state):
    assert diff({1: state}, {1: state}) == ()


@given(pasts, pasts)
def test_a_change_is_one_of_a_copy_and_can_be_told(before, after):
    found = diff({1: before}, {1: after})
    assert len(found) <= 1
    for change in found:
        assert telling.told(change)
        assert change.accuses == (
            change.after == "violation" and change.kind in (Kind.NEW_VIOLATION, Kind.COME_BACK, Kind.NEW_COPY)
        )


@given(pasts, pasts)
def test_no_new_accusation_without_something_missing(before, after):
    for change in diff({1: before}, {1: after}):
        if change.accuses:
            assert change.missing


@given(st.text(max_size=60))
def test_a_digest_cannot_be_broken_out_of(text):
    from cccheck.history.model import Change

    url = f"https://x.example/{text}"
    change = Change(Kind.GONE, Copy(1, SITE, text, url), "compliant", "gone", reason="http-404", since=at(1))
    lines = list(telling.as_markdown("title", [change]))
    (item,) = [line for line in lines if line.startswith("- ")]
    inside = item[3 : item.index(">")]
    assert not set(inside) & set("<>\n\r \t")


# ------------------------------------------------------------------ due


def test_what_is_due(past):
    from cccheck.history.due import is_due

    past.run(1, bad(1), fine(1) | {"url": "https://b.example/", "id": "00000000000000b0", "site": "b.example"})
    past.run(2, down("https://c.example/", day=2))
    with past.open() as store:
        pages = watched(store)
    due = {
        day: [p.url.split("/")[2] for p in pages if is_due(p, f"2026-11-{day:02}T05:00:00Z")] for day in (2, 3, 8, 30)
    }
    assert due[2] == [SITE]
    assert due[3] == ["c.example", SITE]
    assert due[8] == ["b.example", "c.example", SITE]
