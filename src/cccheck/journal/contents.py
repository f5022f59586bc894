"""What lies in a run's folder, by its exact names; who may write there; how it is removed."""

from __future__ import annotations

import fcntl
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO

from cccheck import decisions
from cccheck.errors import UsageError
from cccheck.files import is_ours

DECISIONS = decisions.FILE_NAME
JOURNAL, INFO = "audits.jsonl", "run.json"
ORIGINALS, RULES = "originals.jsonl", "rules.jsonl"  # what was judged by: kept when a run ends
FOLLOW_UP = "follow-up.jsonl"  # what changed, cases, letters: as they stood when the run ended

MEND = "restore the run's folder from a copy, or scan again"  # of what a run wrote and is lost or damaged

_REPORTS = ("report.json", "report.jsonl", "report.junit.xml", "pages.csv", "findings.csv")
_DRAWN = ("html", "html.tmp")  # folders that are written as a whole
_KEPT = (JOURNAL, DECISIONS, ORIGINALS, RULES, FOLLOW_UP, "manifest-sha256.txt")
_TEXTS = f"pages/{'[0-9a-f]' * 16}.json"
ARCHIVES = f"warc/cccheck-{'[0-9]' * 5}.warc.gz"
_HALVES = tuple(f"{name}.tmp" for name in (INFO, *_KEPT, *_REPORTS))  # of a program that was killed
_WRITTEN = (INFO, *_KEPT, *_REPORTS, *_HALVES, _TEXTS, ARCHIVES)
"""What a run writes, by its exact names: beside it people keep files of their own."""


def written(folder: Path, kept: tuple[str, ...] = ()) -> list[Path]:
    """The files of a run, but for those `kept`, `run.json` first."""
    return [path for name in _WRITTEN if name not in kept for path in sorted(folder.glob(name))]


def drawn(folder: Path) -> list[Path]:
    """The folders of reports in it."""
    return [folder / name for name in _DRAWN if is_ours(folder / name)]


def removable(folder: Path) -> list[Path]:
    """The files that `remove_run` removes, `run.json` first: what a scan wrote, but what is behind links."""
    below = (path for place in drawn(folder) for path in place.rglob("*") if not path.is_dir())
    return [*(path for path in written(folder) if path.parent == folder or not path.parent.is_symlink()), *below]


def remove_run(folder: Path) -> int:
    """Remove what a scan wrote into a folder, and the folder if nothing else is in it; the bytes that are free now.

    Raises InUse, UsageError, OSError.
    """
    freed = 0
    with locked(folder):
        for path in removable(folder):
            freed += path.lstat().st_size
            path.unlink()
        for place in drawn(folder):
            shutil.rmtree(place)
        (folder / ".lock").unlink(missing_ok=True)
    for place in (folder / "pages", folder / "warc", folder):
        with suppress(OSError):  # not empty: somebody keeps something there
            place.rmdir()
    return freed


class InUse(UsageError):
    """Another program is writing into the run's folder."""


def refuse_foreign(folder: Path) -> None:
    """A folder that no scan wrote to is not to lose files that happen to be called like a run's."""
    if not (folder / INFO).exists() and not (folder / ".lock").exists() and (found := written(folder)):
        raise UsageError(f"{found[0]}: is there already, and no scan wrote it; give another --output")


def locked(folder: Path) -> IO[str]:
    """The folder's lock; it goes with the process, however that ends."""
    file = (folder / ".lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise InUse(f"{folder}: another scan is writing there; wait for it or give another --output") from None
    return file
