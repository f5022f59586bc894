"""The formats that a run's reports come in. A new one is a module with a function `write`, and a line in `FORMATS`.

`write(order: Order) -> Path` reads the run's folder, writes into `order.output` and gives the file that a reader opens
first. What it writes follows from the folder alone: no catalogue, no pack of rules and no network is asked.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cccheck.files import refuse_foreign

if TYPE_CHECKING:
    from cccheck.journal import RunInfo


class Format(NamedTuple):
    """A format: the module that writes it, and what it is for, in a few words for `--help`."""

    module: str
    purpose: str


FORMATS = {
    "json": Format("cccheck.report.json_report", "report.json, for programs"),
    "html": Format("cccheck.report.html", "a folder of pages, for people"),
    "csv": Format("cccheck.report.csv_report", "pages.csv and findings.csv, for a spreadsheet"),
    "jsonl": Format("cccheck.report.jsonl_report", "report.jsonl, a line a page"),
    "junit": Format("cccheck.report.junit_report", "report.junit.xml, for build servers"),
}

DEFAULT = "json"
HTML_FOLDER = "html"  # the one report that is a folder


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: of the run in `folder`, into `output` (the same folder, or another), in a `language`.

    `step` is called for each page that is drawn, by formats that take their time; `remark` is told what could not be
    shown, a line each.
    """

    folder: Path
    info: RunInfo
    output: Path
    language: str = "en"
    step: Callable[[object], None] = lambda _: None
    remark: Callable[[str], None] = lambda _: None

    @property
    def moved(self) -> str:
        """The way from `output` to the run's folder, where it is another: archives are named relative to the report."""
        same = self.output.resolve() == self.folder.resolve()
        return "" if same else os.path.relpath(self.folder, self.output)


def write_reports(names: Iterable[str], order: Order) -> dict[str, Path]:
    """Write these formats, each once; for each the file to open. Raises UsageError where one cannot be written."""
    return {name: _writer(name)(order) for name in dict.fromkeys(names)}


def check_places(names: Iterable[str], output: Path) -> None:
    """Raises UsageError where something of somebody's own lies in the place of a report: asked before work begins."""
    if "html" in names:
        refuse_foreign(output / HTML_FOLDER)


def _writer(name: str) -> Callable[[Order], Path]:
    write: Callable[[Order], Path] = import_module(FORMATS[name].module).write
    return write


def purposes() -> str:
    """All formats in one line."""
    return "; ".join(f"{name}: {known.purpose}" for name, known in FORMATS.items())
