"""Times of day in words and in figures: the same, or not."""

import pytest

from cccheck.match.kinds.sameness import sameness
from cccheck.match.kinds.vocabulary import EMPTY, vocabulary_of

ENGLISH = vocabulary_of("en", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("half past nine", "9:30 pm"),
        ("half past nine", "9.30pm"),
        ("quarter to ten", "9:45"),
        ("a quarter past three", "3.15"),
        ("ten minutes past five", "5:10 p.m."),
        ("nine o'clock", "9 a.m."),
        ("noon", "12 pm"),
        ("midnight", "00:00"),
        ("21:30", "9:30 p.m."),
        ("16:00", "4 p.m."),
        ("9:30 p.m.", "9:30pm"),
    ],
)
def test_one_time_written_in_two_ways(one, other):
    assert sameness(one, other, ENGLISH) is not None
    assert sameness(other, one, ENGLISH) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("9:30", "10:30"),
        ("9 am", "9 pm"),
        ("half past nine", "9:31 pm"),
        ("half past nine", "half past ten"),
        ("25", "5 p.m."),
        ("9:75", "10:15"),
        ("noon", "midnight"),
        ("half past", "9:30"),
    ],
)
def test_two_times(one, other):
    assert sameness(one, other, ENGLISH) is None


def test_without_words_figures_are_still_times():
    assert sameness("21:30", "half past nine", EMPTY) is None
