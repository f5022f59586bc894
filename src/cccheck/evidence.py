"""Does a run's report follow from its evidence? Sealed when the run ends, checked at any time later, offline.

Checked are the files against the manifest, the records of the archives against their digests, the report against the
journal, and the journal against the archives: each page is judged again from them, and the same must come out.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cccheck import __version__
from cccheck.decisions import Decision, decided
from cccheck.errors import CccheckError, DataError
from cccheck.fetch import Fetcher
from cccheck.fetch.chain import Chain, Step, begin
from cccheck.fetch.replay import ReplayFetcher
from cccheck.fetch.verify import MANIFEST, check_manifest, check_warc, write_manifest
from cccheck.files import explained, sync_file
from cccheck.journal import (
    DECISIONS,
    FOLLOW_UP,
    JOURNAL,
    MEND,
    ORIGINALS,
    RULES,
    Row,
    RunInfo,
    decisions_of,
    iter_rows,
    whole_rows,
)
from cccheck.model import Capture, FetchFailure, Role, Target
from cccheck.report.json_report import NAME, report_pieces
from cccheck.report.kept import read_blocks
from cccheck.scan import Audited, Job, audits, open_data

Progress = Callable[[object], None]  # called for each page that is done


def seal(folder: Path) -> None:
    """Write the digests of what the run wrote, for `check` and for `sha256sum --check`. Raises UsageError."""
    with explained(folder / MANIFEST):
        names = (NAME, JOURNAL, DECISIONS, ORIGINALS, RULES, FOLLOW_UP)
        files = [*(folder / name for name in names), *archives(folder)]
        sync_file(write_manifest(folder, [path for path in files if path.exists()]))


def archives(folder: Path) -> list[Path]:
    """The WARC files of a run that fetched, oldest first."""
    return sorted((folder / "warc").glob("*.warc.gz"))


def holds(recall: Callable[[Chain], Step | None], row: Row) -> bool:
    """Whether a run has what a line of its journal relies on; `recall` gives what it has for a step of a walk."""
    return all(_gives(_walk(recall, capture["url"], capture["role"]), capture) for capture in row["captures"])


def _walk(recall: Callable[[Chain], Step | None], url: str, role: Role) -> Capture | FetchFailure | None:
    step: Step | None = begin(url, role)
    while isinstance(step, Chain):
        step = recall(step)
    return step


@dataclass(frozen=True, slots=True)
class Measure:
    """By which works and rules a run is judged again: those that `run.json` names, where nothing else is given."""

    works: Path | None = None
    rules: tuple[Path, ...] = ()


def check(
    folder: Path,
    info: RunInfo,
    measure: Measure,
    remark: Callable[[str], None],
    step: Progress = lambda _: None,
) -> Iterator[str]:
    """What does not hold, a line each. `remark` is told what could not be checked; `step` is called for each page."""
    unlike = list(check_manifest(folder))
    yield from map(str, unlike)
    yield from _unlisted(folder)
    used = [Path(path) for path in info.replay] or archives(folder)
    damage = [str(flaw) for path in used for flaw in check_warc(path)]
    yield from damage
    broken = list(_broken_lines(folder))
    yield from broken
    yield from _lost_texts(folder)
    yield from [] if broken else _report_flaws(folder, info)
    missing = _missing(folder, used)
    for path in missing:
        if str(path) not in {flaw.file for flaw in unlike}:
            yield f"{path}: the report rests on this archive, and it is not there"
    if damage or missing:
        remark("the archives are not whole: the pages were not judged again")
    else:
        yield from _disagreements(folder, info, used, measure, remark, step)


def _unlisted(folder: Path) -> Iterator[str]:
    """Archives that were added after the run was sealed."""
    try:
        listed = (folder / MANIFEST).read_text("utf-8")
    except (OSError, ValueError):
        return
    for path in archives(folder):
        if f"  {path.relative_to(folder).as_posix()}\n" not in listed:
            yield f"{path}: is not in the manifest"


def _lost_texts(folder: Path) -> Iterator[str]:
    """Pages whose text is not there any more, or is damaged."""
    for _, _, row in iter_rows(folder / JOURNAL):
        try:
            read_blocks(folder, row["id"])
        except DataError as error:
            yield str(error)


def _broken_lines(folder: Path) -> Iterator[str]:
    try:
        deque(whole_rows(folder / JOURNAL), maxlen=0)
    except DataError as error:
        yield str(error)


def _report_flaws(folder: Path, info: RunInfo) -> Iterator[str]:
    """The first place where the report is not what the journal gives."""
    if not (folder / NAME).exists():
        return
    line = 1
    with (folder / NAME).open(encoding="utf-8", errors="replace", newline="") as report:
        for piece in report_pieces(folder, info):
            found = report.read(len(piece))
            if found != piece:
                same = next((n for n, (a, b) in enumerate(zip(found, piece, strict=False)) if a != b), len(found))
                yield f"{folder / NAME}: line {line + piece[:same].count(chr(10))}: is not what the journal gives"
                return
            line += piece.count("\n")
        if report.read(1):
            yield f"{folder / NAME}: line {line}: goes on behind its end"


def _missing(folder: Path, used: list[Path]) -> list[Path]:
    """Archives that captures name and that are not among those used."""
    named = {str(c["warc"]) for _, _, row in iter_rows(folder / JOURNAL) for c in row["captures"] if c.get("warc")}
    there = {path.resolve() for path in used}
    return sorted(folder / name for name in named if (folder / name).resolve() not in there)


# ------------------------------------------------------------------ the journal against the archives


def _disagreements(
    folder: Path, info: RunInfo, paths: list[Path], measure: Measure, remark: Callable[[str], None], step: Progress
) -> Iterator[str]:
    fetcher = ReplayFetcher(paths)
    try:
        works = str(measure.works or info.works)
        rules = tuple(map(str, measure.rules)) or info.rules
        if why := _no_measure(info, works, rules):
            remark(f"{why}: captures were compared, findings were not")
            yield from _other_captures(folder, fetcher, step)
        else:
            yield from _other_audits(folder, fetcher, Job(works, str(folder), rules, info.accepted), step)
    finally:
        fetcher.close()


def _no_measure(info: RunInfo, works: str, rules: tuple[str, ...]) -> str:
    """Why the pages cannot be judged as they were, or nothing."""
    if info.version != __version__:
        return f"the run was made by version {info.version or 'unknown'}, this is {__version__}"
    try:
        corpus, book = open_data(works, rules, info.accepted)
    except (CccheckError, OSError) as error:
        return f"works or rules cannot be read ({error})"
    if corpus.digest != info.corpus_digest:
        return f"the works in {works} have changed since"
    return "the rules have changed since" if book.digest != info.rules_digest else ""


def _other_audits(folder: Path, fetcher: Fetcher, job: Job, step: Progress) -> Iterator[str]:
    """Pages whose audit, made again from the archives, is not that of the journal."""
    rows = (row for _, _, row in iter_rows(folder / JOURNAL) if "beside" not in row)
    further = {row["id"]: row for _, _, row in iter_rows(folder / JOURNAL) if "beside" in row}
    known = decisions_of(folder)
    with closing(audits(_targets(folder), fetcher, job)) as again:
        for row, audited in zip(rows, again, strict=True):
            for part in (audited, *audited.further):
                mine = row if part is audited else further.pop(part.id, None)
                if flaw := _other_audit(folder, row["url"], mine, part, known):
                    yield flaw
                if mine is not None:
                    step(mine)
    for row in further.values():
        yield f"{row['url']}: judged again from the archive, {row['work']} is not one of the works on it"


def _other_audit(
    folder: Path, url: str, row: Row | None, audited: Audited, known: Mapping[str, Sequence[Decision]]
) -> str:
    """What is not the same in one audit, or nothing."""
    found = decided(json.loads(audited.line), known.get(audited.id, ()))
    if row is None:
        return f"{url}: judged again from the archive, {found['work']} stands there too, and the report does not say so"
    if differing := _differing(_bare(row), _bare(found)):
        return f"{url}: judged again from the archive, this is different: {differing}"
    return _other_texts(folder, row["id"], audited.texts)


def _other_texts(folder: Path, page_id: str, texts: str) -> str:
    """That the page's texts are others, or nothing; where they cannot be read, that was said before."""
    path = folder / "pages" / f"{page_id}.json"
    with suppress(OSError, DataError):
        if path.read_bytes() != texts.encode() and read_blocks(folder, page_id) is not None:
            return f"{path}: is not the text of the page in the archive; {MEND}"
    return ""


def _targets(folder: Path) -> Iterator[Target]:
    for _, _, row in iter_rows(folder / JOURNAL):
        if "beside" not in row:
            yield Target(row["url"], row["hint"], row["target"]["line"], row["target"]["extra"])


def _bare(row: Row) -> Row:
    """A row without the places of its archives, which may have been moved."""
    return {**row, "captures": [{**capture, "warc": None} for capture in row["captures"]]}


def _differing(before: Row, after: Row) -> str:
    """The members that are not the same, each with both values where these are short."""
    names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
    return ", ".join(_change(name, before.get(name), after.get(name)) for name in names)


def _change(name: str, before: Any, after: Any) -> str:
    short = all(isinstance(value, str | int | None) and len(str(value)) < 40 for value in (before, after))
    return f"{name} ({before} in the report, {after} now)" if short else name


def _other_captures(folder: Path, fetcher: Fetcher, step: Progress) -> Iterator[str]:
    """Pages whose captures are not what the archives give."""
    for _, _, row in iter_rows(folder / JOURNAL):
        for capture in row["captures"]:
            if not _gives(fetcher.fetch(capture["url"], capture["role"]), capture):
                yield f"{row['url']}: the archive does not give the {capture['role']} that the report was made from"
        step(row)


def _gives(found: Capture | FetchFailure | None, capture: Row) -> bool:
    if isinstance(found, Capture):
        said: tuple[object, ...] = (found.sha256, found.status, found.record_id)
        return said == (capture.get("sha256"), capture.get("status"), capture.get("record_id"))
    said = (found.reason.value, found.detail) if found else ()
    return said == (capture.get("failure"), capture.get("detail"))
