"""How far long work has come, with rate and time left: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

_LATEST = 300  # steps that the rate is taken from: sites answer at different speeds, so old ones say little
_SILENT = 60.0  # seconds without a line where the output is no terminal; and at most one for each tenth of the work


class Pace:
    """Steps a second, lately, and what is left at that rate. `now` gives seconds."""

    def __init__(self, total: int, done: int = 0, now: Callable[[], float] = time.monotonic) -> None:
        self.total, self.done, self._now = total, done, now
        self._times = deque([now()], maxlen=_LATEST)

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        self._times.append(self._now())

    @property
    def rate(self) -> float | None:
        """Steps a second, or None while nothing can be said."""
        seconds = self._now() - self._times[0]
        return (len(self._times) - 1) / seconds if seconds > 0 and len(self._times) > 1 else None

    @property
    def left(self) -> float | None:
        """Seconds until all is done, or None while nothing can be said."""
        return (self.total - self.done) / self.rate if self.rate else None

    def __str__(self) -> str:
        return f"{self.done} of {self.total}, {told_rate(self.rate)}, {told_left(self.left)}"


@contextmanager
def progress(total: int, done: int = 0, *, doing: str, quiet: bool) -> Iterator[Callable[[object], None]]:
    """Gives a function to be called after each step. `doing` is a word for the work, such as Checking."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar(Pace(total, done), doing) as step:
            yield step
    else:
        yield _lines(Pace(total, done), doing)


def _lines(pace: Pace, doing: str) -> Callable[[object], None]:
    last = [time.monotonic(), pace.done]

    def step(_: object) -> None:
        pace.step()
        now = time.monotonic()
        if now - last[0] >= _SILENT and (pace.done - last[1]) * 10 >= pace.total and pace.done < pace.total:
            click.echo(f"{doing.lower()}: {pace}", err=True)
            last[:] = [now, pace.done]

    return step


@contextmanager
def _bar(pace: Pace, doing: str) -> Iterator[Callable[[object], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns: tuple[ProgressColumn, ...] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=pace.total, completed=pace.done, told="")

        def step(_: object) -> None:
            pace.step()
            told: Any = f"{told_rate(pace.rate)}, {told_left(pace.left)}"
            bar.update(task, completed=pace.done, told=told)

        yield step


def told_rate(rate: float | None) -> str:
    """`3.2 a second`, `12 a minute`: whichever reads better."""
    if rate is None:
        return "no rate yet"
    if rate >= 1:
        return f"{rate:.1f} a second" if rate < 10 else f"{rate:.0f} a second"
    return f"{rate * 60:.0f} a minute" if rate * 60 >= 1 else f"{rate * 3600:.0f} an hour"


def told_left(seconds: float | None) -> str:
    """`about 2 h 10 min left`."""
    if seconds is None:
        return "time left not known yet"
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute left"
    hours, minutes = divmod(minutes, 60)
    return f"about {f'{hours} h ' if hours else ''}{minutes} min left"
