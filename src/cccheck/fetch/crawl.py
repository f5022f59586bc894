"""Many targets fetched politely: one request at a time per site, a delay between, as many sites at once as there are.

Every hop of a redirect, every lead and every robots.txt waits its turn at its own site. Memory does not grow with the
number of targets.
"""

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import suppress
from threading import Event, Thread

from cccheck.fetch import Fetcher
from cccheck.fetch.backlog import Backlog
from cccheck.fetch.engine import Engine, Follow, Notice, distinct
from cccheck.fetch.network import NetworkFetcher
from cccheck.fetch.outlet import Outlet
from cccheck.fetch.settings import FetchSettings
from cccheck.model import Bundle, Capture, Target

_ARENA_MAX = -8  # M_ARENA_MAX of <malloc.h>


def crawl(
    targets: Iterable[Target],
    fetcher: Fetcher,
    follow: Follow,
    *,
    settings: FetchSettings | None = None,
    stop: Event | None = None,
    notice: Notice | None = None,
) -> Iterator[Bundle]:
    """Bundles as they are complete: in any order from the network, in the order of the targets from anything else.

    `follow` names a capture's leads; it is pure, and called in the caller's thread. Where `stop` is set, what is in
    flight is finished and nothing more begun. `notice` is told once a host what keeps it from being asked. The number
    of workers comes from `settings`, or from the fetcher's own.
    """
    if not isinstance(fetcher, NetworkFetcher):
        yield from _inline(targets, fetcher, follow, stop)
        return
    _share_the_heap()
    backlog = Backlog(targets)
    count = min((settings or fetcher.settings).workers, len(backlog))
    outlet = Outlet(count)
    engine = Engine(fetcher, backlog, follow, outlet.put, notice or (lambda host, text: None))
    workers = [Thread(target=_work, args=(engine, outlet), daemon=True, name=f"fetch-{n}") for n in range(count)]
    try:
        for worker in workers:
            worker.start()
        yield from _finished(engine, outlet, stop)
    finally:
        engine.stop()
        outlet.flood()
        for worker in workers:
            worker.join()
        backlog.close()


def _share_the_heap() -> None:
    """One heap for all threads, where the C library is glibc: by default it makes up to eight for each processor, each
    grows to what its threads ever held at one time, and little of that can be used by the others. Threads of Python
    hardly ever ask for memory at the same time."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def _work(engine: Engine, outlet: Outlet) -> None:
    try:
        engine.work()
    finally:
        outlet.leave()


def _finished(engine: Engine, outlet: Outlet, stop: Event | None) -> Iterator[Bundle]:
    while not outlet.ended:
        arrival = outlet.get(0.2)
        if arrival is not None:
            yield from engine.bundles(arrival)
        if stop is not None and stop.is_set():
            engine.stop()
    engine.raise_error()


def _inline(targets: Iterable[Target], fetcher: Fetcher, follow: Follow, stop: Event | None) -> Iterator[Bundle]:
    for target in targets:
        if stop is not None and stop.is_set():
            return
        response = fetcher.fetch(target.url)
        leads = distinct(follow(response, target), target.url) if isinstance(response, Capture) else ()
        yield Bundle(target, response, tuple((lead, fetcher.fetch(lead.url, lead.role)) for lead in leads))
