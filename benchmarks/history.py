"""What a history costs: with a million findings in it, how long `history`, `diff` and `case list` take, how large the
file is; and how much of a scan's time goes into writing it.

    python benchmarks/history.py                     # both; a few minutes
    python benchmarks/history.py --pages 10000       # a smaller history
    python benchmarks/history.py --only share        # only the cost of a scan's writing

The records are those of the examples, scanned offline, each under many addresses; from run to run three pages in a
hundred change. Commands are timed as processes, from start to end, the best of three; processor time does not depend on
what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from cccheck.history import Store
from cccheck.history.take import take_run
from cccheck.journal import JOURNAL, RunInfo, iter_rows, read_info
from cccheck.report.record import page_id

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
COMMAND = [sys.executable, "-c", "from cccheck.cli import main; main()"]
SITES = 20_000
RUNS = 4
CHANGED = 3  # in a hundred pages, from run to run

Row = Mapping[str, Any]


def example_rows(folder: Path) -> list[Row]:
    """The records of the examples: first those that are copies, then the others."""
    urls, works, warc = EXAMPLES / "urls.txt", EXAMPLES / "works", EXAMPLES / "pages.warc.gz"
    words = ["scan", urls, "--works", works, "--replay", warc, "--output", folder, "--quiet"]
    subprocess.run([*COMMAND, *map(str, words)], env=environment(), check=False)
    rows = [row for _, _, row in iter_rows(folder / JOURNAL)]
    return sorted(rows, key=lambda row: (not row["findings"], row["url"]))


def environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": path}


def made_rows(models: list[Row], pages: int, run: int) -> Iterator[Row]:
    """The records of a run: page by page one of the models, another one where the page has changed since."""
    for number in range(pages):
        changes = sum((number * 7919 + past * 104729) % 100 < CHANGED for past in range(1, run + 1))
        model = models[(number + changes) % len(models)]
        site = f"site-{number % SITES}.example"
        url = f"https://{site}/2026/11/an-article-with-a-headline-of-usual-length-{number:07d}.html"
        captures = [
            {**model["captures"][0], "fetched_at": f"2026-11-{run + 1:02}T06:00:00Z", "sha256": f"{number}-{changes}"}
        ]
        new = {"site": site, "id": page_id(url, None), "url": url, "final_url": url, "canonical": url, "hint": None}
        yield {**model, **new, "captures": captures, "shown": f"{number}-{changes}"}


def timed(words: list[str], times: int = 3, *, check: bool = True) -> str:
    """How long a command takes from start to end, the best of some times, and its processor time."""
    best, least = 1e9, 1e9
    for _ in range(times):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([*COMMAND, *words], env=environment(), check=check, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - started)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return f"{best:6.2f} s, {least:.2f} s of processor time"


def million(pages: int, folder: Path) -> None:
    models = [row for row in example_rows(folder / "examples") if row["findings"]]
    path = folder / "history.db"
    for run in range(RUNS):
        day = f"2026-11-{run + 1:02}T06:00:00Z"
        info = RunInfo(f"202611{run + 1:02}T060000Z", day, "rules", "works", "list", finished=day)
        started, used = time.perf_counter(), time.process_time()
        with Store(path, create=True) as store:
            take_run(store, info, f"run-{run}", made_rows(models, pages, run))
        spent, used = time.perf_counter() - started, time.process_time() - used
        print(
            f"run {run + 1}: {pages} pages taken in {spent:.1f} s, {used / pages * 1e6:.0f} µs a page of processor time"
        )
    findings = sum(len(row["findings"]) for row in made_rows(models, pages, RUNS))
    size = path.stat().st_size
    print(f"{findings} findings, {SITES} sites: {size / 1e6:.0f} MB, {size / pages:.0f} bytes a page")
    where = ["--history", str(path)]
    print(f"cccheck {'--version':32} {timed(['--version'])}")
    for words in ("history", "history site-7.example", "diff", f"diff 1 {RUNS}", "case list", "case show 7"):
        print(f"cccheck {words:32} {timed([*words.split(), *where])}")


def share(pages: int, folder: Path) -> None:
    """A scan of the examples, again and again under other addresses, and what taking it into a history costs."""
    urls, archive = folder / "urls.txt", folder / "pages.warc.gz"
    multiply(pages, urls, archive)
    words = ["scan", urls, "--works", EXAMPLES / "works", "--replay", archive, "--output", folder / "run", "--quiet"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*COMMAND, *map(str, words)], env=environment(), check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    scan = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    info = read_info(folder / "run")
    assert info is not None
    for what in ("first", "second"):
        used = time.process_time()
        with Store(folder / "share.db", create=True) as store:
            take_run(store, info, what, (row for _, _, row in iter_rows(folder / "run" / JOURNAL)))
        used = time.process_time() - used
        print(
            f"{pages} pages replayed in {scan:.1f} s of processor time; taken for the {what} time in {used:.2f} s,"
            f" {used / pages * 1e6:.0f} µs a page: {used / scan:.1%}"
        )


def multiply(pages: int, urls: Path, archive: Path) -> None:
    """An archive with the examples' pages under so many addresses, and the list of these."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with (EXAMPLES / "pages.warc.gz").open("rb") as file:
        models = [
            (record.http_headers, record.content_stream().read())
            for record in ArchiveIterator(file)
            if record.rec_type == "response"
        ]
    with archive.open("wb") as out, urls.open("w", encoding="utf-8") as listed:
        writer = WARCWriter(out, gzip=True)
        for number in range(pages):
            headers, body = models[number % len(models)]
            url = f"https://site-{number % 500}.example/2026/11/an-article-{number:06d}.html"
            listed.write(f"{url}\n")
            head = StatusAndHeaders(headers.statusline, list(headers.headers), headers.protocol)
            dated = {"WARC-Date": "2026-11-01T06:00:00Z"}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=BytesIO(body), http_headers=head, warc_headers_dict=dated
                )
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000, help="pages of the large history")
    parser.add_argument("--scanned", type=int, default=2_000, help="pages of the scan")
    parser.add_argument("--only", choices=["million", "share"])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.only != "share":
            million(chosen.pages, folder)
        if chosen.only != "million":
            share(chosen.scanned, folder)


if __name__ == "__main__":
    main()
