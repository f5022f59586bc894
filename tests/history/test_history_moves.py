"""A case's way: opened, notified, cured, overdue, accepted, withdrawn; and when a letter may be written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cccheck.errors import UsageError
from cccheck.history import Copy, State, may_write
from cccheck.history.moves import JUDGED_ANEW, TAKEN_DOWN, Seen, accept, advance, notify, overdue, withdraw

COPY = Copy(1, "harbourdigest.example", "night-ferries", "https://harbourdigest.example/ferries")
AUTHOR, LINK = ("cc-by-4.0/creator", "author-credit"), ("cc-by-4.0/source", "source-link")


def on(day: int, hour: int = 6) -> str:
    return f"2026-11-{day:02}T{hour:02}:00:00Z"


def seen(day: int, *missing: tuple[str, str], label: str = "violation", **more: object) -> Seen:
    return Seen(label, missing, on(day), license="CC-BY-4.0", **more)


def fine(day: int, **more: object) -> Seen:
    return seen(day, label="compliant", **more)


def after(*sightings: Seen, case=None):
    """The case after these sightings."""
    for sighting in sightings:
        moved = advance(case, COPY, sighting)
        case = replace(moved[0], id=7) if moved else case
    return case


def opened(*days: int):
    return after(*(seen(day, AUTHOR) for day in days or (1,)))


# ------------------------------------------------------------------ what scans see


def test_only_a_violation_opens_a_case():
    assert after(fine(1), seen(2, label="review"), seen(3, label="gone"), seen(4, label="excerpt")) is None
    case = opened(5)
    assert (case.state, case.opened, case.checks) == (State.OPEN, on(5), ("author-credit",))


def test_what_is_missing_is_known_since_when():
    case = after(seen(1, AUTHOR), seen(3, AUTHOR, LINK))
    assert [(lack.check, lack.since) for lack in case.missing] == [("author-credit", on(1)), ("source-link", on(3))]


def test_mended_is_cured():
    case = after(seen(1, AUTHOR), fine(4))
    assert (case.state, case.closed) == (State.CURED, on(4))


def test_a_new_violation_after_the_cure_is_a_new_case_that_knows_of_the_first():
    case = after(seen(1, AUTHOR), fine(4), seen(9, AUTHOR))
    assert (case.state, case.opened, case.earlier) == (State.OPEN, on(9), 1)


def test_gone_once_is_no_cure_and_twice_a_day_apart_is_one():
    case = after(seen(1, AUTHOR), seen(2, label="gone"))
    assert (case.state, case.pending) == (State.OPEN, "gone")
    assert after(seen(3, AUTHOR), case=case).pending == ""
    assert after(seen(2, label="gone"), case=case).state is State.OPEN
    assert (after(seen(3, label="gone"), case=case).state, after(seen(3, label="gone"), case=case).why) == (
        State.CURED,
        TAKEN_DOWN,
    )


def test_a_copy_that_was_gone_and_is_there_again_is_a_new_case_with_a_new_clock():
    told = notify(opened(1, 2), on(2))[0]
    case = after(seen(3, label="gone"), seen(5, label="gone"), seen(9, AUTHOR), case=told)
    assert (case.state, case.notified, case.earlier, case.first_seen) == (State.OPEN, None, 1, on(9))


def test_other_rules_or_a_decision_withdraw_and_do_not_cure():
    assert after(seen(1, AUTHOR), fine(2, anew=True)).why == JUDGED_ANEW
    case = after(seen(1, AUTHOR), fine(2, decided="the credit is in the picture"))
    assert (case.state, case.why) == (State.WITHDRAWN, "the credit is in the picture")


@pytest.mark.parametrize("close", [accept, withdraw])
def test_what_was_closed_by_hand_stays_so_while_the_same_is_missing(close):
    case = close(after(seen(1, AUTHOR, LINK)), on(2), "agreed by telephone")[0]
    assert after(seen(3, AUTHOR), seen(4, AUTHOR, LINK), case=case).state is case.state
    assert after(seen(3, ("cc-by-4.0/license-notice", "license-notice")), case=case).state is State.OPEN
    assert after(fine(3), seen(4, AUTHOR), case=case).state is State.OPEN


def test_an_acceptance_in_the_settings_closes():
    case = after(seen(1, AUTHOR), seen(2, label="accepted", accepted="partner since 2024"))
    assert (case.state, case.why) == (State.ACCEPTED, "partner since 2024")
    assert after(seen(3, AUTHOR), case=case).state is State.OPEN, "the acceptance has ended"


# ------------------------------------------------------------------ the clock


@pytest.mark.parametrize(
    ("license", "until", "clause"),
    [
        ("CC-BY-4.0", "2026-12-02T06:00:00Z", "CC BY 4.0 §6(b)(1)"),
        ("CC-BY-NC-ND-4.0", "2026-12-02T06:00:00Z", "CC BY-NC-ND 4.0 §6(b)(1)"),
        ("CC-BY-3.0-IGO", "2026-12-02T06:00:00Z", "CC BY 3.0 IGO §7(b)"),
        ("CC-BY-3.0", None, None),
        ("CC-BY-3.0-FR", None, None),
        ("CC-BY-ND-2.5", None, None),
        ("permission", None, None),
        (None, None, None),
    ],
)
def test_the_cure_is_counted_only_where_the_licence_grants_it(license, until, clause):
    case = notify(replace(opened(1), license=license), on(2))[0]
    assert (case.state, case.cure_until, case.cure_clause) == (State.NOTIFIED, until, clause)
    assert case.answer_by == "2026-12-02T06:00:00Z"


def test_a_reminder_does_not_start_the_clock_again():
    case = notify(opened(1), on(2))[0]
    again, events = notify(case, on(20))
    assert again == case and events[0].text == "reminded"


def test_overdue_once_the_time_has_passed():
    case = notify(opened(1), on(2))[0]
    assert overdue(case, "2026-12-02T06:00:00Z") is None
    late = overdue(case, "2026-12-02T06:00:01Z")
    assert late and late[0].state is State.OVERDUE
    assert overdue(late[0], "2027-01-01T00:00:00Z") is None
    assert after(fine(30), case=late[0]).state is State.CURED


def test_a_closed_case_cannot_be_moved():
    with pytest.raises(UsageError, match="is cured since 2026-11-04"):
        notify(after(seen(1, AUTHOR), fine(4)), on(5))


# ------------------------------------------------------------------ letters


@pytest.mark.parametrize(
    ("days", "now", "allowed", "reason"),
    [
        ((1,), on(1), False, "seen once, on 2026-11-01"),
        ((1,), on(3), False, "seen once"),
        ((1, 2), on(2), True, "seen on 2026-11-01 and again on 2026-11-02"),
        ((1, 2), on(9), True, "and again"),
        ((1, 2), on(9, 7), False, "more than a week ago"),
        ((1, 5, 9), on(10), True, "and again on 2026-11-09"),
    ],
)
def test_a_letter_needs_a_second_sighting(days, now, allowed, reason):
    leave = may_write(opened(*days), now)
    assert leave.allowed is allowed and reason in leave.reason


def test_a_letter_speaks_of_what_was_seen_twice():
    case = after(seen(1, AUTHOR), seen(2, AUTHOR, LINK))
    assert [lack.check for lack in may_write(case, on(2)).lacks] == ["author-credit"]
    assert [lack.check for lack in may_write(case, on(2), confirmed=True).lacks] == ["author-credit", "source-link"]


def test_somebody_who_has_just_looked_need_not_wait():
    assert may_write(opened(1), on(20), confirmed=True).allowed


def test_no_letter_where_the_copy_was_gone_in_doubt_or_the_case_is_closed():
    assert "was not there" in may_write(after(seen(2, label="gone"), case=opened(1, 2)), on(3)).reason
    assert "must look" in may_write(after(seen(3, label="review"), case=opened(1, 2)), on(3)).reason
    assert not may_write(after(fine(3), case=opened(1, 2)), on(3), confirmed=True).allowed
