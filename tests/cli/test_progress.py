"""Progress: rates and time left in words, a bar only for a terminal, lines seldom enough for a log."""

from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from cccheck.cli import _progress, cccheck
from cccheck.cli._progress import Pace, progress, told_left, told_rate
from scanning import PAGES, Scans


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        (None, "no rate yet"),
        (250.0, "250 a second"),
        (3.24, "3.2 a second"),
        (0.2, "12 a minute"),
        (0.01, "36 an hour"),
    ],
)
def test_rates_read_well(rate, told):
    assert told_rate(rate) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, "time left not known yet"),
        (20, "less than a minute left"),
        (130, "about 2 min left"),
        (7800, "about 2 h 10 min left"),
    ],
)
def test_time_left_reads_well(seconds, told):
    assert told_left(seconds) == told


def test_pace_counts_what_is_done_now_not_what_was_done_before():
    clock = Clock()
    pace = Pace(100, 40, clock)
    assert pace.rate is None and pace.left is None
    for _ in range(10):
        clock.now += 2
        pace.step()
    assert (pace.rate, pace.left) == (0.5, 100.0)
    assert str(pace) == "50 of 100, 30 a minute, about 2 min left"


def test_the_rate_is_that_of_late():
    clock = Clock()
    pace = Pace(1000, 0, clock)
    for number in range(600):
        clock.now += 1 if number < 300 else 0.1
        pace.step()
    assert pace.rate == pytest.approx(10, rel=0.01)


def test_no_terminal_gets_a_line_a_minute_and_a_tenth_at_most(monkeypatch, capsys):
    clock = Clock()
    monkeypatch.setattr(_progress.time, "monotonic", clock)
    with progress(100, doing="Checking", quiet=False) as step:
        for _ in range(100):
            clock.now += 3
            step(None)
    lines = capsys.readouterr().err.splitlines()
    assert 3 <= len(lines) <= 9
    assert all(line.startswith("checking: ") and " of 100, " in line and line.endswith(" left") for line in lines)


def test_short_or_quiet_work_says_nothing(capsys):
    for quiet in (True, False):
        with progress(50, doing="Checking", quiet=quiet) as step:
            for _ in range(50):
                step(None)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("words", [("verify",), ("report", "--format", "html")])
def test_what_takes_long_tells_how_far_it_has_come(tmp_path, monkeypatch, words):
    """Every page is a step, of as many as the run has."""
    made, steps = Scans(tmp_path), []

    @contextmanager
    def counting(total, done=0, *, doing, quiet):
        steps.append((total, doing))
        yield steps.append

    made.run("-q")
    monkeypatch.setattr(_progress, "progress", counting)
    result = CliRunner().invoke(cccheck, [words[0], str(made.output), *words[1:]])
    assert result.exit_code == 0, result.output
    assert steps[0][0] == len(PAGES) == len(steps) - 1
