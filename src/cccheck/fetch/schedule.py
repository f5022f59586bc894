"""Which job may run now: one at a time per site, sites whose delay is over, those with most left to do first.

A worker takes a job, runs it, and gives its site back. One idle worker watches the clock; the others wait for it.
"""

import heapq
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from threading import Condition
from typing import Generic, TypeVar

from cccheck.fetch.politeness import Pace, Paces

J = TypeVar("J")

ACTIVE_SITES = 1000


@dataclass(slots=True)
class _Site(Generic[J]):
    name: str
    pace: Pace
    left: int = 0  # jobs that `more` still has for it, as far as known
    first: deque[J] = field(default_factory=deque)  # jobs to run before those
    busy: bool = False
    queued: bool = False
    held: bool = False


class Schedule(Generic[J]):
    """`next_site` names sites with the number of their jobs, `more` gives a site's next job or None.

    While `full` says so, no job of `more` is given out, only those that were pushed.
    """

    def __init__(
        self,
        paces: Paces,
        next_site: Callable[[], tuple[str, int] | None] = lambda: None,
        more: Callable[[str], J | None] = lambda _: None,
        full: Callable[[], bool] = lambda: False,
    ) -> None:
        self._paces, self._next_site, self._more, self._full = paces, next_site, more, full
        self._change = Condition()
        self._sites: dict[str, _Site[J]] = {}
        self._waiting: list[tuple[float, int, str]] = []  # by the time they may be asked again
        self._ready: list[tuple[int, int, str]] = []  # by how much is left to do, most first
        self._held: list[tuple[int, int, str]] = []  # ready, but only with jobs that would start something new
        self._count = 0
        self._watched = inf  # when the worker that watches the clock wakes up
        self._stopped = self._all_named = False
        self._expected = 0

    def take(self) -> tuple[str, Pace, J] | None:
        """A job that may run now, its site, and the site's pace; waits for one. None when there will be no more."""
        with self._change:
            while not self._stopped:
                self._fill()
                if (found := self._pop()) is not None:
                    self._change.notify()
                    return found
                if not self._sites and not self._expected:
                    break
                self._wait()
            self._change.notify_all()
            return None

    def done(self, site: str) -> None:
        """The job taken last for this site has run; its pace says when the next may."""
        with self._change:
            one = self._sites[site]
            one.busy = False
            self._enqueue(one)
            self._change.notify()

    def push(self, site: str, job: J) -> None:
        """Another job for a site, to run before those it has."""
        with self._change:
            one = self._sites.get(site) or self._enter(site)
            one.first.append(job)
            if one.held:
                one.held = False
                self._held.remove(next(h for h in self._held if h[2] == site))
                one.queued = False
            self._enqueue(one)
            self._change.notify()

    def expect(self) -> None:
        """Something may lead to further jobs, until it is settled: nobody is sent home before."""
        with self._change:
            self._expected += 1

    def settle(self) -> None:
        """One thing less may lead to further jobs: what it led to was pushed."""
        with self._change:
            self._expected -= 1
            self._change.notify()

    def stop(self) -> None:
        """Give out no more jobs."""
        with self._change:
            self._stopped = True
            self._change.notify_all()

    def _enter(self, name: str) -> _Site[J]:
        one = self._sites[name] = _Site(name, self._paces.of(name, self._sites))
        return one

    def _fill(self) -> None:
        """Take up sites until enough are active."""
        while not self._all_named and len(self._sites) < ACTIVE_SITES:
            named = self._next_site()
            if named is None:
                self._all_named = True
                return
            one = self._sites.get(named[0]) or self._enter(named[0])
            one.left += named[1]
            self._enqueue(one)

    def _enqueue(self, one: _Site[J]) -> None:
        if one.busy or one.queued:
            return
        if not one.first and not one.left:
            del self._sites[one.name]
            return
        one.queued = True
        self._count += 1
        heapq.heappush(self._waiting, (one.pace.ready_at, self._count, one.name))

    def _pop(self) -> tuple[str, Pace, J] | None:
        self._sort_ready()
        while self._ready:
            entry = heapq.heappop(self._ready)
            one = self._sites[entry[2]]
            if not one.first and self._full():
                one.held = True
                self._held.append(entry)
                continue
            one.queued = False
            job = self._job(one)
            if job is not None:
                one.busy = True
                return one.name, one.pace, job
            self._enqueue(one)
        return None

    def _sort_ready(self) -> None:
        now = time.monotonic()
        while self._waiting and self._waiting[0][0] <= now:
            _, order, name = heapq.heappop(self._waiting)
            one = self._sites[name]
            heapq.heappush(self._ready, (-one.left - len(one.first), order, name))
        if self._held and not self._full():
            for entry in self._held:
                self._sites[entry[2]].held = False
                heapq.heappush(self._ready, entry)
            self._held.clear()

    def _job(self, one: _Site[J]) -> J | None:
        if one.first:
            return one.first.popleft()
        job = self._more(one.name)
        one.left = one.left - 1 if job is not None else 0
        return job

    def _wait(self) -> None:
        """Until something changes, or until the next site's delay is over where nobody else watches for that."""
        due = self._waiting[0][0] if self._waiting else inf
        if due >= self._watched:
            self._change.wait()
            return
        self._watched = due
        try:
            self._change.wait(max(0.0, due - time.monotonic()))
        finally:
            if self._watched == due:
                self._watched = inf
