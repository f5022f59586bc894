"""Which run is meant: the one to continue, the one before, one that is named on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cccheck.errors import DataError, UsageError
from cccheck.journal import RunInfo, read_info
from cccheck.validation import nearest


def known(base: Path) -> Iterator[tuple[Path, RunInfo]]:
    """The runs in a folder of runs, newest first; what is none, or cannot be read, is passed over."""
    found = []
    for folder in base.glob("*/"):
        with suppress(DataError):
            if (info := read_info(folder)) is not None:
                found.append((folder, info))
    return iter(sorted(found, key=lambda run: (run[1].started, run[0].name), reverse=True))


def place_for(base: Path, info: RunInfo, *, fresh: bool = False) -> Path:
    """Where a run without a folder of its own goes: the newest unfinished one with its inputs, else a new folder."""
    unfinished = (f for f, other in known(base) if not other.finished and other.same_inputs(info))
    found = None if fresh else next(unfinished, None)
    names = (base / (f"{info.id}-{number}" if number > 1 else info.id) for number in range(1, 1000))
    return found or next(path for path in names if not path.exists())


def finished(base: Path) -> Iterator[Path]:
    """The finished runs in a folder of runs, newest first."""
    return (folder for folder, info in known(base) if info.finished)


def named(name: str, base: Path) -> Path:
    """The finished run that is meant by a folder, a run id, or `latest`. Raises UsageError."""
    if name == "latest":
        found = next(finished(base), None)
        if found is None:
            raise UsageError(f"{base}: no finished run is there; scan first, or name the run's folder")
        return found
    for folder in (Path(name), base / name):
        info = read_info(folder)
        if info is not None and info.finished:
            return folder
        if info is not None:
            raise UsageError(f"{folder}: the run there is not finished; give its command again, it goes on")
    ids = [folder.name for folder, info in known(base) if info.finished]
    close = f"; {nearest(name, ids)}" if ids else ""
    raise UsageError(f"{name}: no run is there; name the folder of a finished one, its id, or `latest`{close}")
