"""Where workers lay finished bundles down and the caller takes them: bounded in number and in bytes."""

from collections import deque
from threading import Condition

from cccheck.model import Bundle, Capture


class Outlet:
    """Finished bundles on their way out; a worker that brings one waits while too much lies here."""

    MOST = 64
    MOST_BYTES = 64 << 20

    def __init__(self, workers: int) -> None:
        self._change = Condition()
        self._bundles: deque[Bundle] = deque()
        self._bytes = 0
        self._workers = workers
        self._flooded = False

    def put(self, bundle: Bundle) -> None:
        """Lay a bundle down, once there is room."""
        with self._change:
            while not self._flooded and (len(self._bundles) >= self.MOST or self._bytes > self.MOST_BYTES):
                self._change.wait()
            self._bundles.append(bundle)
            self._bytes += _size(bundle)
            self._change.notify_all()

    def get(self, timeout: float) -> Bundle | None:
        """The next bundle, or None where none comes within `timeout` seconds."""
        with self._change:
            if not self._bundles and self._workers:
                self._change.wait(timeout)
            if not self._bundles:
                return None
            bundle = self._bundles.popleft()
            self._bytes -= _size(bundle)
            self._change.notify_all()
            return bundle

    @property
    def ended(self) -> bool:
        """Whether nothing lies here and nothing more will come."""
        with self._change:
            return not self._bundles and not self._workers

    def leave(self) -> None:
        """A worker brings nothing more."""
        with self._change:
            self._workers -= 1
            self._change.notify_all()

    def flood(self) -> None:
        """Let everyone in: nobody takes bundles any more."""
        with self._change:
            self._flooded = True
            self._change.notify_all()


def _size(bundle: Bundle) -> int:
    captures = [bundle.response, *(c for _, c in bundle.followed)]
    return sum(len(c.body) for c in captures if isinstance(c, Capture))
