"""An open run: its journal is continued, written a line an audit, and marked as finished."""

from __future__ import annotations

import json
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import partial
from io import FileIO
from pathlib import Path
from typing import IO

from cccheck import files
from cccheck.decisions import decided
from cccheck.errors import UsageError
from cccheck.files import sync_file, sync_folder, write_atomically, write_whole
from cccheck.ids import Ids
from cccheck.journal.contents import ARCHIVES, INFO, JOURNAL, drawn, locked, refuse_foreign, written
from cccheck.journal.info import RunInfo, read_info
from cccheck.journal.rows import Row, decisions_of, iter_rows

SYNC_EVERY = 50  # lines: what a lost machine may lose, and a resumed run makes again from the evidence
LATEST = 500  # lines looked at when a run is continued: more than can rely on what was written last

explained = partial(files.explained, resumed=True)


class RunFolder:
    """An open run: use it as a context manager. Raises UsageError where it cannot be written or is in use.

    An unfinished run with the same inputs is continued; where works or rules have changed, its evidence is kept and the
    pages are judged anew. Any other run, and with `fresh` every run, makes way.
    """

    def __init__(self, path: Path, info: RunInfo, *, fresh: bool = False) -> None:
        self.path, self.info, self._fresh = path, info, fresh
        self.amend: Callable[[str, str], str] = lambda page_id, line: line  # what people decided goes into the line
        self.before_line: Callable[[], None] = lambda: None  # makes the evidence safe that the next line relies on
        self._lock: IO[str] | None = None
        self._journal: FileIO | None = None
        self._done = Ids()
        self._unsynced: list[Path] = []
        self._latest: deque[int] = deque(maxlen=LATEST)  # where the last lines begin that were there

    def __enter__(self) -> RunFolder:
        with explained(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            refuse_foreign(self.path)
            self._lock = locked(self.path)
        try:
            self._take_over()
        except BaseException:
            self._lock.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self.sync()
        except UsageError:
            if kind is None:
                raise
        finally:
            for file in (self._journal, self._lock):
                if file is not None:
                    file.close()

    @property
    def done(self) -> int:
        """How many audits the journal holds."""
        return len(self._done)

    def holds(self, page_id: str) -> bool:
        """Whether the journal has the audit of that id."""
        return int(page_id, 16) in self._done

    def add(self, page_id: str, line: str, texts: str) -> None:
        """Write one finished audit: first the page's texts, then the journal line that vouches for them. One that the
        journal holds is not written again: of a target with several, some may have been there when a run broke off.
        """
        if self._journal is None:
            raise ValueError("the run folder is not open")
        if self.holds(page_id):
            return
        path = self._texts(page_id)
        with explained(path):
            path.write_text(texts, encoding="utf-8")
        self.before_line()
        line = self.amend(page_id, line)
        with explained(self.path / JOURNAL):
            write_whole(self._journal, line.encode("utf-8") + b"\n")
        self._done.add(int(page_id, 16))
        self._unsynced.append(path)
        if len(self._unsynced) >= SYNC_EVERY:
            self.sync()

    def apply_decisions(self) -> None:
        """From now on what people decided, as the folder has it, goes into the lines. Raises DataError."""
        known = decisions_of(self.path)

        def amend(page_id: str, line: str) -> str:
            if page_id not in known:
                return line
            return json.dumps(decided(json.loads(line), known[page_id]), ensure_ascii=False)

        self.amend = amend

    def sync(self) -> None:
        """Make sure that all that was added survives a power cut."""
        if self._journal is None or not self._unsynced:
            return
        with explained(self.path / JOURNAL):
            for path in self._unsynced:
                sync_file(path)
            sync_folder(self.path / "pages")
            os.fsync(self._journal.fileno())
        self._unsynced.clear()

    def finish(self, info: RunInfo) -> None:
        """Mark the run as finished: the last thing that is written, when all else is."""
        self.sync()
        self.info = info
        self._write_info()

    def _take_over(self) -> None:
        previous = None if self._fresh else read_info(self.path)
        goes_on = previous is not None and previous.finished is None and previous.same_inputs(self.info)
        if previous is None or not goes_on or not previous.same_measure(self.info):
            self._clear(keep_evidence=goes_on)
        if previous is not None and goes_on:
            self.info = replace(self.info, id=previous.id, started=previous.started)
        with explained(self.path):
            (self.path / "pages").mkdir(exist_ok=True)
        self._write_info()
        with explained(self.path / JOURNAL):
            self._open_journal()

    def _clear(self, *, keep_evidence: bool) -> None:
        """What another run left makes way, `run.json` first: without it, nothing that is left counts for anything."""
        kept = (INFO, ARCHIVES) if keep_evidence else ()
        with explained(self.path):
            for path in written(self.path, kept):
                path.unlink(missing_ok=True)
                if path.name == INFO:
                    sync_folder(self.path)
            for place in drawn(self.path):
                shutil.rmtree(place)

    def _open_journal(self) -> None:
        """Cut the journal back to what is whole, and remember what it holds."""
        path, end = self.path / JOURNAL, 0
        for offset, line, row in iter_rows(path):
            end = offset + len(line)
            self._latest.append(offset)
            self._done.add(int(row["id"], 16))
        self._journal = FileIO(path, "r+" if path.exists() else "x+")
        self._cut_to(end)
        self.keep_while(lambda row: _is_whole(self._texts(row["id"])), latest=SYNC_EVERY)
        self._unsynced = [self._texts(row["id"]) for _, _, row in self._latest_rows(SYNC_EVERY)]
        sync_folder(self.path)
        self.sync()

    def keep_while(self, good: Callable[[Row], bool], *, latest: int = LATEST) -> None:
        """Cut off the first of the latest lines for which `good` says no, and what follows it: they are made again."""
        cut: int | None = None
        for offset, _, row in self._latest_rows(latest):
            cut = offset if cut is None and not good(row) else cut
            if cut is not None:
                self._done.discard(int(row["id"], 16))
        if cut is not None:
            with explained(self.path / JOURNAL):
                self._cut_to(cut)

    def _latest_rows(self, most: int) -> Iterator[tuple[int, bytes, Row]]:
        start = list(self._latest)[-most:][:1]
        return iter_rows(self.path / JOURNAL, start[0]) if start else iter(())

    def _cut_to(self, end: int) -> None:
        assert self._journal is not None  # noqa: S101 - it is open
        self._journal.truncate(end)
        self._journal.seek(end)

    def _texts(self, page_id: str) -> Path:
        return self.path / "pages" / f"{page_id}.json"

    def _write_info(self) -> None:
        write_atomically(self.path / INFO, json.dumps(asdict(self.info), ensure_ascii=False, indent=1) + "\n")


def _is_whole(path: Path) -> bool:
    """Whether a file of texts is there and readable."""
    try:
        return isinstance(json.loads(path.read_bytes()), dict)
    except (OSError, ValueError):
        return False
