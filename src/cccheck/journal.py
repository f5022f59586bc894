"""A run's folder: `run.json` (what is being done), `audits.jsonl` (the journal, a line per finished audit), `pages/`.

The journal is what a run resumes from and what every report is made of. A line counts once it is whole: what a crash
left half-written is cut off when the run is continued. Two programs cannot work in one folder at the same time.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from cccheck.errors import UsageError

_SYNC_EVERY = 50  # lines: what a lost machine may lose, and a resumed run repeats


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a run is: its id, when it began, and digests of all that it judges by. Times are ISO 8601 in UTC."""

    id: str
    started: str
    rules_digest: str
    corpus_digest: str
    inputs_digest: str
    finished: str | None = None
    problems: tuple[Mapping[str, Any], ...] = field(default=())

    def same_inputs(self, other: RunInfo) -> bool:
        """Whether both judge the same targets by the same works and rules."""
        mine = (self.inputs_digest, self.corpus_digest, self.rules_digest)
        return mine == (other.inputs_digest, other.corpus_digest, other.rules_digest)


class RunFolder:
    """An open run: use it as a context manager."""

    def __init__(self, path: Path, info: RunInfo) -> None:
        self.path, self.info = path, info
        self.before_sync: Callable[[], None] = lambda: None  # evidence is made safe before the lines that rely on it
        self._lock: IO[str] | None = None
        self._journal: IO[bytes] | None = None
        self._unsynced = 0

    def __enter__(self) -> RunFolder:
        self.path.mkdir(parents=True, exist_ok=True)
        (self.path / "pages").mkdir(exist_ok=True)
        self._lock = (self.path / ".lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise UsageError(
                f"{self.path}: another scan is writing there; wait for it or give another --output"
            ) from None
        previous = read_info(self.path)
        if previous is not None and previous.same_inputs(self.info) and previous.finished is None:
            self.info = previous
        else:
            self._clear()
        self._write_info(self.info)
        self._open_journal()
        return self

    def __exit__(self, *_: object) -> None:
        if self._journal is not None:
            self._sync()
            self._journal.close()
        if self._lock is not None:
            self._lock.close()

    def done(self) -> set[tuple[str, str | None]]:
        """What the journal already holds, as (URL, hint)."""
        return {(row["url"], row["hint"]) for row in self.rows()}

    def rows(self) -> Iterator[dict[str, Any]]:
        """The journal's lines."""
        for _, line in iter_lines(self.path / "audits.jsonl"):
            yield json.loads(line)

    def add(self, page_id: str, line: str, texts: str) -> None:
        """Write one finished audit: first the page's texts, then the journal line that vouches for them."""
        if self._journal is None:
            raise ValueError("the run folder is not open")
        (self.path / "pages" / f"{page_id}.json").write_text(texts, encoding="utf-8")
        self._journal.write(line.encode("utf-8") + b"\n")
        self._unsynced += 1
        if self._unsynced >= _SYNC_EVERY:
            self._sync()

    def finish(self, when: str) -> RunInfo:
        """Mark the run as finished."""
        self._sync()
        self.info = RunInfo(**{**asdict(self.info), "finished": when, "problems": self.info.problems})
        self._write_info(self.info)
        return self.info

    def _clear(self) -> None:
        """Another run's files make way."""
        old = [*(self.path / "pages").glob("*.json"), *(self.path / "warc").glob("*")]
        for path in [*old, self.path / "audits.jsonl", self.path / "report.json"]:
            path.unlink(missing_ok=True)

    def _open_journal(self) -> None:
        path = self.path / "audits.jsonl"
        whole = sum(len(line) for _, line in iter_lines(path)) if path.exists() else 0
        self._journal = path.open("r+b" if path.exists() else "w+b")
        self._journal.truncate(whole)
        self._journal.seek(whole)

    def _sync(self) -> None:
        if self._journal is None:
            return
        self.before_sync()
        self._journal.flush()
        os.fsync(self._journal.fileno())
        self._unsynced = 0

    def _write_info(self, info: RunInfo) -> None:
        write_atomically(self.path / "run.json", json.dumps(asdict(info), ensure_ascii=False, indent=1) + "\n")


def iter_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Offset and bytes of each whole, readable line from the start on; what follows a broken one is not trusted."""
    if not path.exists():
        return
    offset = 0
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n") or not _is_row(line):
                return
            yield offset, line
            offset += len(line)


def _is_row(line: bytes) -> bool:
    if not line.startswith(b'{"site"'):
        return False
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def read_info(folder: Path) -> RunInfo | None:
    """What `run.json` says, or None where there is none to read."""
    try:
        data = json.loads((folder / "run.json").read_text("utf-8"))
        return RunInfo(**{**data, "problems": tuple(data.get("problems", ()))})
    except (OSError, ValueError, TypeError):
        return None


def unfinished(base: Path, info: RunInfo) -> Path | None:
    """The newest unfinished run under `base` with the same inputs."""
    found = [(folder, read_info(folder)) for folder in sorted(base.glob("*/"), reverse=True)]
    return next((f for f, known in found if known and known.finished is None and known.same_inputs(info)), None)


def write_atomically(path: Path, text: str) -> None:
    """All of the file or none of it, even when the machine stops half-way."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
