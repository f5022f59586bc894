"""Fan-out over any `concurrent.futures.Executor`: serial, processes, or a cluster that implements the interface."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from multiprocessing.connection import wait as wait_for
from threading import Thread
from typing import Any, Generic, TypeVar

_HUSH = "ignore:resource_tracker"

T = TypeVar("T")
R = TypeVar("R")


class SerialExecutor(Executor):
    """Runs each call at once, in this thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The finished future of `fn(*args, **kwargs)`."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future keeps whatever its call raised
            future.set_exception(error)
        return future


def open_executor(jobs: int) -> Executor:
    """`jobs` processes, or none of its own for one.

    They are spawned, not forked: a fork of a program with threads may hang, and would keep the run's lock.
    """
    if jobs <= 1:
        return SerialExecutor()
    if _HUSH not in sys.warnoptions:
        sys.warnoptions.append(_HUSH)  # or a program that is ended at once seems to have leaked something
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_attend)


def _attend() -> None:
    """A worker leaves signals to its parent, which ends the work in order, and ends when the parent is gone."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)


def fan_out(
    start: Callable[[], Executor],
    fn: Callable[[T], R],
    items: Iterable[T],
    *,
    window: int,
    lost: Callable[[T], R],
) -> Iterator[R]:
    """Results as they come, never more than `window` items ahead: memory does not grow with the input.

    `start` opens an executor; one whose workers die is replaced. What it had in hand is run again, one by one; for an
    item that takes its worker down once more, `lost` gives the result.

    `submit` and not `map`: `map` reads all its input before it gives a result, and clusters refuse iterators.
    """
    crew = _Crew(start, fn, lost)
    try:
        for item in items:
            crew.submit(item)
            yield from crew.results(window - 1)
        yield from crew.results(0)
    finally:
        crew.close()


class _Crew(Generic[T, R]):
    """An executor, what it has in hand, and what came to nothing because workers died."""

    def __init__(self, start: Callable[[], Executor], fn: Callable[[T], R], lost: Callable[[T], R]) -> None:
        self._start, self._fn, self._lost = start, fn, lost
        self._executor = start()
        self._pending: dict[Future[R], T] = {}
        self._suspects: list[T] = []

    def submit(self, item: T) -> None:
        try:
            self._pending[self._executor.submit(self._fn, item)] = item
        except BrokenExecutor:
            self._suspects.append(item)

    def results(self, most: int) -> Iterator[R]:
        """What is finished, until no more than `most` items are in hand."""
        while len(self._pending) > most or self._suspects:
            yield from self._finished()
            if self._suspects:
                while self._pending:
                    yield from self._finished()
                yield from self._one_by_one()

    def close(self) -> None:
        if getattr(self._executor, "_broken", False):
            _kill_workers(self._executor)
        self._executor.shutdown(cancel_futures=True)

    def _finished(self) -> Iterator[R]:
        done, _ = wait(self._pending, return_when=FIRST_COMPLETED)
        for future in done:
            item = self._pending.pop(future)
            try:
                result = future.result()
            except BrokenExecutor:
                self._suspects.append(item)
            else:
                yield result

    def _one_by_one(self) -> Iterator[R]:
        suspects, self._suspects = self._suspects, []
        self._renew()
        for item in suspects:
            try:
                result = self._executor.submit(self._fn, item).result()
            except BrokenExecutor:
                self._renew()
                result = self._lost(item)
            yield result

    def _renew(self) -> None:
        """Raises BrokenExecutor where no worker can be had at all: that is no item's fault."""
        _kill_workers(self._executor)
        self._executor.shutdown()
        self._executor = self._start()
        self._executor.submit(int).result()


def _kill_workers(executor: Executor) -> None:
    """End what is left of a pool that broke: a worker that died while it took a task leaves the others waiting for a
    lock for ever, and they do not heed the signal by which the pool would end them. (Python 3.14 has a method for it.)
    """
    processes: dict[int, Any] | None = getattr(executor, "_processes", None)
    for process in list((processes or {}).values()):
        process.kill()
