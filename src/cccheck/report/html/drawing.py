"""The views of pages, drawn in batches: in this process, or in several beside what else is written."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from threading import Thread

from cccheck.errors import DataError
from cccheck.executors import fan_out, open_executor
from cccheck.journal import JOURNAL, Row, RunInfo
from cccheck.report.formats import Order
from cccheck.report.html.page_view import page_context
from cccheck.report.html.render import Renderer
from cccheck.report.html.works import Works
from cccheck.report.interface import interface
from cccheck.report.kept import Originals, read_blocks
from cccheck.report.ordered import row_at

_BATCH = 50  # pages
_PROCESSES = 4  # at most; more wait for the disk
_WORTH_IT = 1_000  # pages from which on processes of their own save time


@dataclass(frozen=True, slots=True)
class Desk:
    """Where pages are read from and drawn to, as plain data: each process opens it once."""

    folder: Path
    output: Path
    info: RunInfo = field(compare=False)
    language: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages by the places of their lines in the journal."""

    desk: Desk
    places: tuple[int, ...]


class Drawing:
    """Draws the pages at these places, beside whoever made it; a context manager that ends when all are drawn."""

    def __init__(self, desk: Desk, places: array[int], order: Order) -> None:
        self._desk, self._places, self._order = desk, places, order
        self._error: BaseException | None = None
        self._stopped = False
        self._thread = Thread(target=self._draw)

    def __enter__(self) -> Drawing:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._stopped = kind is not None
        self._thread.join()
        if kind is None and self._error is not None:
            raise self._error

    def _draw(self) -> None:
        jobs = min(_PROCESSES, os.cpu_count() or 1) if len(self._places) >= _WORTH_IT else 1
        try:
            drawn = fan_out(partial(open_executor, jobs), draw, self._batches(), window=2 * jobs, lost=draw)
            for count, flaws in drawn:
                for flaw in flaws:
                    self._order.remark(flaw)
                for _ in range(count):
                    self._order.step(None)
        except BaseException as error:  # noqa: BLE001 - it is raised where the drawing is waited for
            self._error = error

    def _batches(self) -> Iterator[Batch]:
        places = iter(self._places)
        while (some := tuple(islice(places, _BATCH))) and not self._stopped:
            yield Batch(self._desk, some)


def draw(batch: Batch) -> tuple[int, list[str]]:
    """Write the views of a batch; how many, and whose texts could not be read, a line each. Raises OSError."""
    desk = batch.desk
    renderer, works = _opened(desk)
    flaws = []
    with (desk.folder / JOURNAL).open("rb") as journal:
        for place in batch.places:
            row = row_at(journal, place)
            work, blocks, flaw = row["work"], *_blocks(desk.folder, row["id"])
            flaws += [flaw] if flaw else []
            text = works.text(work, row["match"].get("version")) if row["match"] else None
            context = page_context(row, blocks, works.record(work), text, renderer.words)
            renderer.write(f"pages/{row['id']}.html", "page.html", 1, **context, flaw=flaw)
    renderer.settle()
    return len(batch.places), flaws


@lru_cache(maxsize=1)
def _opened(desk: Desk) -> tuple[Renderer, Works]:
    """Templates and originals, once a process."""
    return Renderer(desk.output, desk.info, interface(desk.language)), Works(Originals(desk.folder))


def _blocks(folder: Path, page_id: str) -> tuple[list[Row], str]:
    """The page's text blocks as the run kept them, or none and why."""
    try:
        return read_blocks(folder, page_id), ""
    except DataError as error:
        return [], str(error)
