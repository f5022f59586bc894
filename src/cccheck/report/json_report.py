"""report.json: the run, its sums, and every site with its pages, streamed from the journal in order of site and URL."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cccheck import __version__
from cccheck.files import replacing
from cccheck.journal import RunInfo
from cccheck.report.formats import Order
from cccheck.report.ordered import OrderedPages, ordered, site_verdict

SCHEMA_VERSION = "1.0"
NAME = "report.json"


def write(order: Order) -> Path:
    """Write `report.json`; see `formats`."""
    write_json(order.folder, order.info, order.output)
    return order.output / NAME


def write_json(folder: Path, info: RunInfo, output: Path | None = None) -> dict[str, Any]:
    """Write `report.json` from the journal; its summary. Raises UsageError where it cannot be written.

    Without `output` it goes into the run's folder; elsewhere, archives are named from there.
    """
    moved = os.path.relpath(folder, output) if output and output.resolve() != folder.resolve() else ""
    with ordered(folder, moved) as pages, replacing((output or folder) / NAME) as out:
        for piece in _pieces(info, pages):
            out.write(piece)
        return pages.summary()


def report_pieces(folder: Path, info: RunInfo) -> Iterator[str]:
    """The text of the report that the journal gives, piece by piece."""
    with ordered(folder) as pages:
        yield from _pieces(info, pages)


def _pieces(info: RunInfo, pages: OrderedPages) -> Iterator[str]:
    """The head, then a line a page, between the lines of its site."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "cccheck", "version": info.version or __version__},
        "run": {
            "id": info.id,
            "started": info.started,
            "finished": info.finished,
            "rules_digest": info.rules_digest,
            "corpus_digest": info.corpus_digest,
            "inputs_digest": info.inputs_digest,
            "problems": list(info.problems),
        },
        "summary": pages.summary(),
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "sites": ['
    for number, (site, _, verdicts) in enumerate(pages.sites()):
        yield (",\n" if number else "\n") + _site_head(site, verdicts)
        for place, row in enumerate(pages.pages(site)):
            del row["site"]
            yield (",\n" if place else "") + "    " + json.dumps(row, ensure_ascii=False)
        yield "\n  ]}"
    yield "\n ]}\n"


def _site_head(site: str, verdicts: Counter[str]) -> str:
    head = {"site": site, "verdict": site_verdict(verdicts), "verdicts": dict(sorted(verdicts.items()))}
    return "  " + json.dumps(head, ensure_ascii=False)[:-1] + ', "pages": [\n'
