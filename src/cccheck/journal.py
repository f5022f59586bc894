"""A run's folder: `run.json` (what is being done), `audits.jsonl` (the journal, a line per finished audit), `pages/`;
at the end the works and rules it was judged by.

The journal is what a run resumes from and what every report is made of. Evidence is safe before the line that relies on
it is written. A killed program loses no line; a machine that stops loses at most the last ones, and they are made again
from the evidence. A line counts once it is whole. Two programs cannot work in one folder at a time.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from io import FileIO
from pathlib import Path
from typing import IO, Any

from cccheck import decisions, files
from cccheck.decisions import Decision, decided, load
from cccheck.errors import DataError, UsageError
from cccheck.files import is_ours, sync_file, sync_folder, write_atomically, write_whole
from cccheck.ids import Ids

SYNC_EVERY = 50  # lines: what a lost machine may lose, and a resumed run makes again from the evidence
LATEST = 500  # lines looked at when a run is continued: more than can rely on what was written last
DECISIONS = decisions.FILE_NAME
JOURNAL, INFO = "audits.jsonl", "run.json"
ORIGINALS, RULES = "originals.jsonl", "rules.jsonl"  # what was judged by: kept when a run ends
FOLLOW_UP = "follow-up.jsonl"  # what changed, cases, letters: as they stood when the run ended

MEND = "restore the run's folder from a copy, or scan again"  # of what a run wrote and is lost or damaged

Row = dict[str, Any]
explained = partial(files.explained, resumed=True)


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a run is: its id, when it began, and digests of all that it judges by. Times are ISO 8601 in UTC.

    `inputs_digest` is of what is fetched and how. `works`, `rules` (further folders), `accepted` (a file, which the
    rules' digest covers) and `replay` (archives that stand in for the network) are paths, so that the run can be judged
    again; `version` is the program's.
    """

    id: str
    started: str
    rules_digest: str
    corpus_digest: str
    inputs_digest: str
    finished: str | None = None
    problems: tuple[Mapping[str, Any], ...] = field(default=())
    version: str = ""
    works: str = ""
    rules: tuple[str, ...] = ()
    replay: tuple[str, ...] = ()
    accepted: str = ""

    def same_inputs(self, other: RunInfo) -> bool:
        """Whether both fetch the same targets in the same way."""
        return self.inputs_digest == other.inputs_digest

    def same_measure(self, other: RunInfo) -> bool:
        """Whether both judge by the same works and rules, with the same program."""
        mine = (self.corpus_digest, self.rules_digest, self.version)
        return mine == (other.corpus_digest, other.rules_digest, other.version)


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
            _refuse_foreign(self.path)
            self._lock = _locked(self.path)
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
        kept = (INFO, _ARCHIVES) if keep_evidence else ()
        with explained(self.path):
            for path in _written(self.path, kept):
                path.unlink(missing_ok=True)
                if path.name == INFO:
                    sync_folder(self.path)
            for place in _drawn(self.path):
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


_PROBLEM = frozenset({"line", "text", "message"})
_MEMBERS = frozenset({"site", "id", "url", "hint", "work", "verdict", "reason", "detail", "accepted", "findings"})
"""What every line of a journal has."""

_REPORTS = ("report.json", "report.jsonl", "report.junit.xml", "pages.csv", "findings.csv")
_DRAWN = ("html", "html.tmp")  # folders that are written as a whole
_KEPT = (JOURNAL, DECISIONS, ORIGINALS, RULES, FOLLOW_UP, "manifest-sha256.txt")
_TEXTS = f"pages/{'[0-9a-f]' * 16}.json"
_ARCHIVES = f"warc/cccheck-{'[0-9]' * 5}.warc.gz"
_HALVES = tuple(f"{name}.tmp" for name in (INFO, *_KEPT, *_REPORTS))  # of a program that was killed
_WRITTEN = (INFO, *_KEPT, *_REPORTS, *_HALVES, _TEXTS, _ARCHIVES)
"""What a run writes, by its exact names: beside it people keep files of their own."""


def _written(folder: Path, kept: tuple[str, ...] = ()) -> list[Path]:
    """The files of a run, but for those `kept`, `run.json` first."""
    return [path for name in _WRITTEN if name not in kept for path in sorted(folder.glob(name))]


def _drawn(folder: Path) -> list[Path]:
    """The folders of reports in it."""
    return [folder / name for name in _DRAWN if is_ours(folder / name)]


def removable(folder: Path) -> list[Path]:
    """The files that `remove_run` removes, `run.json` first: what a scan wrote, but what is behind links."""
    drawn = (path for place in _drawn(folder) for path in place.rglob("*") if not path.is_dir())
    return [*(path for path in _written(folder) if path.parent == folder or not path.parent.is_symlink()), *drawn]


def remove_run(folder: Path) -> int:
    """Remove what a scan wrote into a folder, and the folder if nothing else is in it; the bytes that are free now.

    Raises InUse, UsageError, OSError.
    """
    freed = 0
    with _locked(folder):
        for path in removable(folder):
            freed += path.lstat().st_size
            path.unlink()
        for place in _drawn(folder):
            shutil.rmtree(place)
        (folder / ".lock").unlink(missing_ok=True)
    for place in (folder / "pages", folder / "warc", folder):
        with suppress(OSError):  # not empty: somebody keeps something there
            place.rmdir()
    return freed


class InUse(UsageError):
    """Another program is writing into the run's folder."""


def _refuse_foreign(folder: Path) -> None:
    """A folder that no scan wrote to is not to lose files that happen to be called like a run's."""
    if not (folder / INFO).exists() and not (folder / ".lock").exists() and (found := _written(folder)):
        raise UsageError(f"{found[0]}: is there already, and no scan wrote it; give another --output")


def _locked(folder: Path) -> IO[str]:
    """The folder's lock; it goes with the process, however that ends."""
    file = (folder / ".lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise InUse(f"{folder}: another scan is writing there; wait for it or give another --output") from None
    return file


def _is_whole(path: Path) -> bool:
    """Whether a file of texts is there and readable."""
    try:
        return isinstance(json.loads(path.read_bytes()), dict)
    except (OSError, ValueError):
        return False


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


def read_info(folder: Path) -> RunInfo | None:
    """What `run.json` says, or None where there is none. Raises DataError for one that cannot be read."""
    path = folder / INFO
    try:
        data: Row = json.loads(path.read_text("utf-8"))
        known = {f.name: data[f.name] for f in fields(RunInfo) if f.name in data}
        values: Row = {key: tuple(value) if isinstance(value, list) else value for key, value in known.items()}
        return _checked(RunInfo(**values))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise DataError(path, "", f"cannot be read ({error.strerror})", "see who may read it") from None
    except (ValueError, TypeError, AttributeError, RecursionError):
        mend = "restore it from a copy; a scan into this folder wants --fresh then, or another --output"
        raise DataError(path, "", "is not what a scan wrote there", mend) from None


def _checked(info: RunInfo) -> RunInfo:
    """Raises TypeError where a member is of another kind than a scan writes."""
    texts = (info.id, info.started, info.rules_digest, info.corpus_digest, info.inputs_digest, info.version, info.works)
    lists = (info.rules, info.replay)
    good = (
        all(isinstance(text, str) for text in (*texts, info.accepted))
        and isinstance(info.finished, str | None)
        and all(isinstance(part, tuple) and all(isinstance(text, str) for text in part) for part in lists)
        and isinstance(info.problems, tuple)
        and all(problem.keys() >= _PROBLEM and isinstance(problem["line"], int) for problem in info.problems)
    )
    if not good:
        raise TypeError
    return info
