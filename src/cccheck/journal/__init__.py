"""A run's folder: `run.json` (what is being done), `audits.jsonl` (the journal, a line per finished audit), `pages/`;
at the end the works and rules it was judged by.

The journal is what a run resumes from and what every report is made of. Evidence is safe before the line that relies on
it is written. A killed program loses no line; a machine that stops loses at most the last ones, and they are made again
from the evidence. A line counts once it is whole. Two programs cannot work in one folder at a time.

folder    an open run
info      what a run is
rows      its journal, read
contents  what lies in its folder
"""

from cccheck.journal.contents import (
    DECISIONS,
    FOLLOW_UP,
    INFO,
    JOURNAL,
    MEND,
    ORIGINALS,
    RULES,
    InUse,
    removable,
    remove_run,
)
from cccheck.journal.folder import LATEST, SYNC_EVERY, RunFolder
from cccheck.journal.info import RunInfo, read_info
from cccheck.journal.rows import Row, decisions_of, iter_rows, whole_rows

__all__ = [
    "DECISIONS",
    "FOLLOW_UP",
    "INFO",
    "JOURNAL",
    "LATEST",
    "MEND",
    "ORIGINALS",
    "RULES",
    "SYNC_EVERY",
    "InUse",
    "Row",
    "RunFolder",
    "RunInfo",
    "decisions_of",
    "iter_rows",
    "read_info",
    "removable",
    "remove_run",
    "whole_rows",
]
