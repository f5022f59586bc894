"""Fan-out over any `concurrent.futures.Executor`: serial, processes, or a cluster that implements the interface."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from typing import Any, TypeVar

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
    """`jobs` processes, or none of its own for one."""
    return SerialExecutor() if jobs <= 1 else ProcessPoolExecutor(jobs)


def fan_out(executor: Executor, fn: Callable[[T], R], items: Iterable[T], *, window: int) -> Iterator[R]:
    """Results as they come, never more than `window` items ahead: memory does not grow with the input.

    `submit` and not `map`: `map` reads all its input before it gives a result, and clusters refuse iterators.
    """
    pending: set[Future[R]] = set()
    for item in items:
        pending.add(executor.submit(fn, item))
        if len(pending) >= window:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()
