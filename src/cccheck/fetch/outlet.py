"""Where workers lay down what arrived and the caller takes it: bounded in number and in bytes."""

from collections import deque
from threading import Condition

from cccheck.fetch.engine import Arrival


class Outlet:
    """What arrived, on its way out; a worker that brings something waits while too much lies here."""

    MOST = 64
    MOST_BYTES = 64 << 20

    def __init__(self, workers: int) -> None:
        self._change = Condition()
        self._arrivals: deque[Arrival] = deque()
        self._bytes = 0
        self._workers = workers
        self._flooded = False

    def put(self, arrival: Arrival) -> None:
        """Lay something down, once there is room."""
        with self._change:
            while not self._flooded and (len(self._arrivals) >= self.MOST or self._bytes > self.MOST_BYTES):
                self._change.wait()
            self._arrivals.append(arrival)
            self._bytes += arrival.size
            self._change.notify_all()

    def get(self, timeout: float) -> Arrival | None:
        """The next, or None where none comes within `timeout` seconds."""
        with self._change:
            if not self._arrivals and self._workers:
                self._change.wait(timeout)
            if not self._arrivals:
                return None
            arrival = self._arrivals.popleft()
            self._bytes -= arrival.size
            self._change.notify_all()
            return arrival

    @property
    def ended(self) -> bool:
        """Whether nothing lies here and nothing more will come."""
        with self._change:
            return not self._arrivals and not self._workers

    def leave(self) -> None:
        """A worker brings nothing more."""
        with self._change:
            self._workers -= 1
            self._change.notify_all()

    def flood(self) -> None:
        """Let everyone in: nobody takes anything any more."""
        with self._change:
            self._flooded = True
            self._change.notify_all()
