"""The latest audit of every page over several runs, written in the formats of a report."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cccheck.errors import UsageError
from cccheck.files import explained
from cccheck.journal import JOURNAL, RunInfo, read_info, whole_rows
from cccheck.report.formats import Order, write_reports
from cccheck.runs import known

FORMATS = ("csv", "jsonl", "junit", "json")
"""Those that follow from the journal alone."""


def runs_since(base: Path, since: str) -> list[tuple[Path, RunInfo]]:
    """The finished runs in a folder of runs that ended on that day or later (ISO 8601), oldest first."""
    found = [(folder, info) for folder, info in known(base) if info.finished and info.finished >= since]
    if not found:
        if not base.is_dir():
            raise UsageError(f"{base}: no such folder; name the one in which the runs lie with --runs")
        if read_info(base):
            raise UsageError(f"{base}: is a run itself; name the folder in which the runs lie with --runs")
        when = f" was finished since {since}; give an earlier day, or --runs" if since else " is finished; give --runs"
        raise UsageError(f"{base}: no run there{when}")
    return found[::-1]


def export(runs: Iterable[tuple[Path, RunInfo]], output: Path, formats: Iterable[str], name: str) -> dict[str, Path]:
    """Write these formats into `output`; for each the file to open. `name` stands for the run. Raises UsageError."""
    ordered = list(runs)
    with explained(output):
        output.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".export-", dir=output) as made:
            _merge(ordered, Path(made))
            info = replace(ordered[-1][1], id=name, started=ordered[0][1].started, problems=())
            return write_reports(formats, Order(Path(made), info, output))


def _merge(runs: list[tuple[Path, RunInfo]], folder: Path) -> None:
    """One journal out of several: of each page the line of the newest run that has it."""
    newest: dict[int, int] = {}
    for number, (run, _) in enumerate(runs):
        for _, _, row in whole_rows(run / JOURNAL):
            newest[int(row["id"], 16)] = number
    with ExitStack() as stack:
        out = stack.enter_context((folder / JOURNAL).open("w", encoding="utf-8", newline="\n"))
        for number, (run, _) in enumerate(runs):
            for _, line, row in whole_rows(run / JOURNAL):
                if newest[int(row["id"], 16)] == number:
                    out.write(line.decode() if not _archived(row) else _placed(row, run, folder))


def _archived(row: Mapping[str, Any]) -> bool:
    return any(capture.get("warc") for capture in row["captures"])


def _placed(row: Mapping[str, Any], run: Path, folder: Path) -> str:
    """The line with its archives named from `folder`."""
    captures = [
        {**capture, "warc": os.path.relpath(run / capture["warc"], folder)} if capture.get("warc") else capture
        for capture in row["captures"]
    ]
    text = json.dumps({**row, "captures": captures}, ensure_ascii=False)
    return '{"site":' + text.removeprefix('{"site":') + "\n"
