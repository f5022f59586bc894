"""Ctrl-C: once to finish in order, twice to end."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from cccheck.cli._exit import Exit


@contextmanager
def stoppable() -> Iterator[Event]:
    """SIGINT and SIGTERM set the event: requests in flight are finished, the rest waits for the next start.

    The second one ends the program at once, as a crash would: nothing is lost by that.
    """
    stop = Event()

    def ask(number: int, frame: object) -> None:
        if stop.is_set():
            shown = b"\x1b[?25h" if sys.stderr.isatty() else b""  # a progress bar hides the cursor
            os.write(2, shown + b"cccheck: ended at once; the same command goes on where this one stopped\n")
            os._exit(Exit.INTERRUPTED)
        stop.set()
        os.write(2, b"cccheck: finishing what is in flight; once more to end at once\n")

    previous = {sign: signal.signal(sign, ask) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for sign, handler in previous.items():
            signal.signal(sign, handler)
