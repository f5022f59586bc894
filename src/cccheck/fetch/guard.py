"""Bounds of one request: time in all, bytes on the wire, size of the head; and a copy of what went over the wire."""

import io
import socket
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cccheck.model import Reason

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_HEAD = 60 << 10


class Stop(Exception):
    """A request ends here without a usable response. No kind of OSError, so that no library swallows it."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


@dataclass(slots=True)
class Guard:
    """`until` is on the monotonic clock, `most` bounds the body on the wire, `sent` and `received` are raw bytes."""

    until: float
    connect_timeout: float
    read_timeout: float
    most: int
    allow_private: bool = False
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)
    in_head: bool = True
    ip: str | None = None

    def left(self, wanted: float) -> float:
        """Seconds that an operation may take: those it wants, or those until the deadline. Raises Stop(timeout)."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise Stop(Reason.TIMEOUT, "the answer took too long in all")
        return min(left, wanted)

    def took(self, data: bytes | memoryview) -> None:
        """Keep what arrived. Raises Stop(too-large)."""
        self.received += data
        if self.in_head and len(self.received) > MAX_HEAD:
            raise Stop(Reason.TOO_LARGE, f"headers larger than {MAX_HEAD} bytes")
        if len(self.received) > self.most + MAX_HEAD:
            raise Stop(Reason.TOO_LARGE, f"larger than {self.most} bytes")


CURRENT: ContextVar[Guard] = ContextVar("guard")
"""The guard of the request this thread makes; connections are built deep inside the HTTP library."""


class Tap(io.RawIOBase):
    """What a socket gives, watched by a guard."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, guard: Guard) -> None:
        self._raw, self._sock, self._guard = raw, sock, guard

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._sock.settimeout(self._guard.left(self._guard.read_timeout))
        try:
            count = self._raw.readinto(buffer) or 0
        except TimeoutError:
            self._guard.left(1)
            raise Stop(Reason.TIMEOUT, f"nothing came for {self._guard.read_timeout:.0f} s") from None
        self._guard.took(memoryview(buffer)[:count])
        return int(count)

    def close(self) -> None:
        self._raw.close()
        super().close()
