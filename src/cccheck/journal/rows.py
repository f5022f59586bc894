"""The journal's lines, read: as far as they are whole, or all of them; and what people decided of their pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from cccheck.decisions import Decision, load
from cccheck.errors import DataError
from cccheck.journal.contents import DECISIONS, MEND

Row = dict[str, Any]
_MEMBERS = frozenset({"site", "id", "url", "hint", "work", "verdict", "reason", "detail", "accepted", "findings"})
"""What every line of a journal has."""


def iter_rows(path: Path, start: int = 0) -> Iterator[tuple[int, bytes, Row]]:
    """Offset, bytes and content of each whole line of a journal from `start` on; none behind a broken one counts."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        file.seek(start)
        for line in file:
            row = _row(line)
            if row is None:
                return
            yield start, line, row
            start += len(line)


def whole_rows(path: Path) -> Iterator[tuple[int, bytes, Row]]:
    """The same for the journal of a finished run, in which every line is whole. Raises DataError for any other."""
    number, end = 0, 0
    for offset, line, row in iter_rows(path):
        number, end = number + 1, offset + len(line)
        if not row.keys() >= _MEMBERS:
            raise DataError(path, f"line {number}", "is not what a scan wrote there", MEND)
        yield offset, line, row
    if not path.is_file():
        raise DataError(path, "", "is not there", MEND)
    if end < path.stat().st_size:
        raise DataError(path, f"line {number + 1}", "is no whole line of a journal", MEND)


def _row(line: bytes) -> Row | None:
    if not line.startswith(b'{"site"') or not line.endswith(b"}\n"):
        return None
    with suppress(ValueError, KeyError, TypeError):
        row: Row = json.loads(line)
        int(row["id"], 16)
        return row
    return None


def decisions_of(folder: Path) -> dict[str, list[Decision]]:
    """What people had decided when the run began, by page. Raises DataError for a file that cannot be read."""
    found: dict[str, list[Decision]] = {}
    with suppress(FileNotFoundError):
        try:
            for decision in load((folder / DECISIONS).read_text("utf-8")):
                found.setdefault(decision.page, []).append(decision)
        except (ValueError, KeyError, TypeError):
            mend = "restore it, or begin anew with --fresh"
            raise DataError(folder / DECISIONS, "", "cannot be read", mend) from None
    return found
