"""What a run is: `run.json`, read and held against what a scan writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from cccheck.errors import DataError
from cccheck.journal.contents import INFO
from cccheck.journal.rows import Row

_PROBLEM = frozenset({"line", "text", "message"})


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
