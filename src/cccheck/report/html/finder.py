"""The rows that the overview's search looks through: files of a script's data, read only when somebody searches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Any

from cccheck.report.html.safe import clean, cut
from cccheck.report.html.site_view import SiteRow
from cccheck.report.html.works import Works
from cccheck.report.interface import Interface

_FILE = 1_000_000  # bytes, about


class FinderRows:
    """Writes `rows-1.js`, `rows-2.js`, …: each calls `cccheckRows` with a list of rows."""

    def __init__(self, folder: Path, works: Works, words: Interface) -> None:
        self._folder, self._works, self._words = folder, works, words
        self.chunks = 0
        self.licences: set[str] = set()
        self._out: IO[str] | None = None
        self._written = 0

    def __enter__(self) -> FinderRows:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def add(self, row: dict[str, Any], short: SiteRow) -> None:
        """Id, site, address, verdict, work, its title, licence, and what is missing."""
        licence = self._works.licence(row["work"])
        self.licences.update([licence] if licence else [])
        what = short.what or "; ".join(message for _, _, message in short.said)
        values = [row["id"], row["site"], cut(row["url"], 200), row["verdict"], row["work"] or "", short.work_title]
        text = json.dumps([clean(value) for value in (*values, licence, cut(what, 200))], ensure_ascii=False)
        if self._out is None:
            self._begin()
        elif self._written + len(text) > _FILE:
            self._end()
            self._begin()
        assert self._out is not None  # noqa: S101 - just begun
        self._written += self._out.write(text + ",\n")

    def _begin(self) -> None:
        self.chunks += 1
        self._out = (self._folder / f"rows-{self.chunks}.js").open("w", encoding="utf-8", newline="\n")
        self._written = self._out.write("cccheckRows([\n")

    def _end(self) -> None:
        if self._out is not None:
            self._out.write("]);\n")
            self._out.close()
            self._out = None
