"""What a scan is given, read once: the targets on disk, so that memory stays flat with any number of them."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from types import TracebackType

from cccheck.files import explained
from cccheck.model import Problem, Target
from cccheck.targets import Row


class Inputs:
    """The targets of a list, in its order, as often as they are asked for; the lines that could not be used; a digest.

    Use it as a context manager: the targets lie in a temporary file.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._file = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by __exit__
        self._digest = sha256()
        self._count = 0
        problems: list[Problem] = []
        place = Path(gettempdir())
        for row in rows:
            if isinstance(row, Problem):
                problems.append(row)
                continue
            with explained(place):
                self._take_up(row)
        with explained(place):
            self._file.flush()
        self.problems = tuple(problems)

    def __enter__(self) -> Inputs:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Target]:
        """The targets; one pass at a time."""
        self._file.seek(0)
        for line in self._file:
            url, hint, number, extra = json.loads(line)
            yield Target(url, hint, number, extra)

    def name_unknown(self, works: Container[str]) -> None:
        """Note the targets whose hint names no work: such a page is compared with the whole catalogue all the same."""
        unknown = (target for target in self if target.hint is not None and target.hint not in works)
        self.problems += tuple(
            Problem(t.line, f"{t.url} {t.hint}", f"no work has the id {t.hint}; the page is compared with all works")
            for t in unknown
        )

    def digest(self, *more: object) -> str:
        """SHA-256 (hex) of the targets, but for where in the list they stand, and of what else is to count."""
        total = self._digest.copy()
        for item in more:
            total.update(f"\n{item}".encode())
        return total.hexdigest()

    def _take_up(self, target: Target) -> None:
        extra = dict(sorted(target.extra.items()))
        self._digest.update((json.dumps([target.url, target.hint, extra]) + "\n").encode())
        self._file.write(json.dumps([target.url, target.hint, target.line, extra]) + "\n")
        self._count += 1
