"""Answers from the web: a single address, led through the same machine as a crawl."""

from threading import Lock

from cccheck.fetch.asking import Asker, Previous, Sink
from cccheck.fetch.backlog import Backlog
from cccheck.fetch.engine import Arrival, Engine
from cccheck.fetch.settings import FetchSettings
from cccheck.model import Bundle, Capture, FetchFailure, Role, Target


class NetworkFetcher(Asker):
    """Gives what stands on the web. `crawl` takes it apart and asks for many at once. Raises UsageError for bad
    settings."""

    def __init__(self, settings: FetchSettings, *, sink: Sink | None = None, previous: Previous | None = None) -> None:
        super().__init__(settings, sink=sink, previous=previous)
        self._one = Lock()

    def fetch(self, url: str, role: Role = "response") -> Capture | FetchFailure:
        """What stands at an address, fetched under the same politeness as a crawl; one call at a time."""
        with self._one:
            return self._walk(url, role)

    def _walk(self, url: str, role: Role) -> Capture | FetchFailure:
        """One address, led through the engine in this thread."""
        found: list[Bundle] = []
        backlog = Backlog([Target(url)])

        def emit(arrival: Arrival) -> None:
            found.extend(engine.bundles(arrival))

        engine = Engine(self, backlog, lambda capture, target: (), emit, lambda host, text: None, role)
        engine.work()
        backlog.close()
        engine.raise_error()
        return found[0].response
