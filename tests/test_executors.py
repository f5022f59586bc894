"""Fan-out: everything comes back once, no more is in hand than the window allows, dying workers cost nothing else."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures.process import BrokenProcessPool
from functools import partial

import pytest

from cccheck.executors import SerialExecutor, fan_out, open_executor


def double(number: int) -> int:
    return number * 2


def deadly(number: int) -> int:
    """Takes its process down at 7 and at 11."""
    if number in (7, 11):
        os._exit(1)
    return number * 2


def deadly_once(task: tuple[int, str]) -> int:
    number, mark = task
    if number == 7 and not os.path.exists(mark):  # noqa: PTH110
        with open(mark, "w"):  # noqa: PTH123
            os._exit(1)
    return number * 2


def lost(item: object) -> int:
    return -1


@pytest.mark.parametrize("jobs", [1, 2])
def test_everything_comes_back_once(jobs):
    found = fan_out(partial(open_executor, jobs), double, range(20), window=4, lost=lost)
    assert sorted(found) == [number * 2 for number in range(20)]


def test_no_more_is_taken_than_the_window_allows():
    taken: list[int] = []
    items = (taken.append(number) or number for number in range(20))
    found = fan_out(SerialExecutor, double, items, window=3, lost=lost)
    for count in range(1, 21):
        next(found)
        assert len(taken) <= count + 3


def test_an_item_that_takes_its_worker_down_is_lost_alone():
    found = sorted(fan_out(partial(open_executor, 2), deadly, range(14), window=4, lost=lost))
    assert found == [-1, -1, *(number * 2 for number in range(14) if number not in (7, 11))]


def test_a_worker_that_dies_by_itself_loses_nothing(tmp_path):
    items = [(number, str(tmp_path / "died")) for number in range(14)]
    found = sorted(fan_out(partial(open_executor, 2), deadly_once, items, window=4, lost=lost))
    assert found == [number * 2 for number in range(14)]


@pytest.mark.parametrize("victim", [0, 1])
def test_a_worker_that_is_killed_while_it_waits_leaves_no_other_waiting_for_ever(victim):
    """One of the two holds the lock of the queue: killed, it never gives it back, and the other heeds no SIGTERM."""
    found: list[int] = []

    def items():
        yield from range(8)
        time.sleep(0.3)  # both wait for work
        os.kill(multiprocessing.active_children()[victim].pid, signal.SIGKILL)
        time.sleep(0.1)
        yield from range(8, 16)

    run = partial(fan_out, partial(open_executor, 2), double, window=4, lost=lost)
    thread = threading.Thread(target=lambda: found.extend(run(items())), daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert sorted(found) == [number * 2 for number in range(16)]


def broken() -> None:
    os._exit(1)


def hopeless():
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(1, get_context("spawn"), initializer=broken)


def test_where_no_worker_can_be_had_no_item_is_to_blame():
    with pytest.raises(BrokenProcessPool):
        list(fan_out(hopeless, double, range(3), window=2, lost=lost))


def test_errors_of_the_call_are_raised():
    with pytest.raises(TypeError):
        list(fan_out(partial(open_executor, 1), double, [None], window=2, lost=lost))
