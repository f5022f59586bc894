"""report.json: the run, its sums, and every site with its pages, streamed from the journal in order of site and URL."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from cccheck import __version__
from cccheck.journal import RunInfo, iter_lines
from cccheck.model import SITE_ORDER, Verdict

SCHEMA_VERSION = "1.0"


@dataclass(frozen=True, slots=True, order=True)
class _Entry:
    """Where a page's line stands in the journal, and what orders and sums it."""

    site: str
    url: str
    work: str
    offset: int
    verdict: str
    accepted: bool


def write_json(folder: Path, info: RunInfo) -> Path:
    """Write `report.json` from the journal. Memory holds one short entry a page, never the pages."""
    entries = sorted(_entries(folder / "audits.jsonl"))
    path = folder / "report.json"
    temporary = path.with_name("report.json.tmp")
    with (folder / "audits.jsonl").open("rb") as journal, temporary.open("w", encoding="utf-8") as out:
        for piece in _pieces(info, entries, journal):
            out.write(piece)
    temporary.replace(path)
    return path


def _entries(journal: Path) -> Iterator[_Entry]:
    for offset, line in iter_lines(journal):
        row = json.loads(line)
        yield _Entry(row["site"], row["url"], row["work"] or "", offset, row["verdict"], bool(row["accepted"]))


def _pieces(info: RunInfo, entries: list[_Entry], journal: Any) -> Iterator[str]:
    head = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "cccheck", "version": __version__},
        "run": {
            "id": info.id,
            "started": info.started,
            "finished": info.finished,
            "rules_digest": info.rules_digest,
            "corpus_digest": info.corpus_digest,
            "inputs_digest": info.inputs_digest,
            "problems": list(info.problems),
        },
        "summary": summary(entries),
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "sites": ['
    for number, (site, group) in enumerate(groupby(entries, key=lambda entry: entry.site)):
        yield (",\n" if number else "\n") + _site(site, list(group), journal)
    yield "\n ]}\n"


def summary(entries: list[_Entry]) -> dict[str, Any]:
    """How many sites and pages, and how many pages have each verdict; accepted pages count in no verdict."""
    counts = Counter(entry.verdict for entry in entries if not entry.accepted)
    return {
        "sites": len({entry.site for entry in entries}),
        "pages": len(entries),
        "verdicts": {verdict.value: counts.get(verdict.value, 0) for verdict in Verdict},
    }


def site_verdict(verdicts: Counter[str]) -> str:
    """The first verdict, in the order of attention, that one of the pages has."""
    return next((verdict.value for verdict in SITE_ORDER if verdicts.get(verdict.value)), Verdict.COMPLIANT.value)


def _site(site: str, group: list[_Entry], journal: Any) -> str:
    verdicts = Counter(entry.verdict for entry in group if not entry.accepted)
    head = {"site": site, "verdict": site_verdict(verdicts), "verdicts": dict(sorted(verdicts.items()))}
    pages = ",\n".join("    " + _page(journal, entry.offset) for entry in group)
    return "  " + json.dumps(head, ensure_ascii=False)[:-1] + ', "pages": [\n' + pages + "\n  ]}"


def _page(journal: Any, offset: int) -> str:
    journal.seek(offset)
    row = json.loads(journal.readline())
    del row["site"]
    return json.dumps(row, ensure_ascii=False)
