"""The log of a scan as JSON lines: what was begun, each page, what changed, how it ended. For machines that watch."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from cccheck.files import explained


class Log:
    """A file that is appended to, `-` for standard error, or nothing. `clock` gives each line its time."""

    def __init__(self, path: Path | None, clock: Callable[[], str]) -> None:
        self._path, self._clock = path, clock
        self._file: IO[str] | None = None

    def __enter__(self) -> Log:
        if self._path is not None and str(self._path) != "-":
            with explained(self._path):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("a", encoding="utf-8", errors="replace")
        elif self._path is not None:
            self._file = sys.stderr
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is not None and not isinstance(error, SystemExit):
            self.write("failed", error=" ".join(str(error).split()) or type(error).__name__)
        if self._file is not None and self._file is not sys.stderr:
            self._file.close()

    @property
    def wanted(self) -> bool:
        """Whether anything is written."""
        return self._path is not None

    def write(self, event: str, **values: Any) -> None:
        """A line: when, what, and these values. Raises UsageError where it cannot be written."""
        if self._file is None or self._path is None:
            return
        line = json.dumps({"time": self._clock(), "event": event, **values}, ensure_ascii=False)
        with explained(self._path):
            self._file.write(line + "\n")
            self._file.flush()
