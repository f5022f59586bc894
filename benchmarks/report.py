"""How fast the HTML report of a large run is written, from the run's folder alone, and how large its files are.

    python benchmarks/report.py                     # 10,000 pages, made from the examples
    python benchmarks/report.py --sizes 1000 10000  # other sizes
    python benchmarks/report.py --run FOLDER        # made from the pages of a run of yours

The pages of a small run are laid out again and again under other sites and addresses, three to a site, ten to an
article. Those of the examples are filled up with menus and teasers to the size of a real news page (154 blocks, 10,000
characters: the median of 549). Each report is written in a process of its own. Printed are pages a second by the clock
and by CPU time, the peak resident size, the size of the report and of its largest file; and, where Chromium is there,
how long the overview takes from opening to being drawn. Beside it, in the same run: how many files of the size of a
page view the system itself makes a second, which no report can outrun.

Exit status: 0, or 1 when fewer than `--bound` pages a second are written, or a file passes 2 MB.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
LARGEST = 2_000_000
BLOCKS, BLOCK = 154, "Read more about the weather, the harbour and the council."
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"


def small_run(folder: Path) -> Path:
    """The examples, scanned."""
    command = [sys.executable, "-c", "from cccheck.cli import main; main()", "scan", str(EXAMPLES / "urls.txt")]
    more = ["--works", str(EXAMPLES / "works"), "--replay", str(EXAMPLES / "pages.warc.gz"), "--quiet"]
    subprocess.run([*command, *more, "--output", str(folder)], check=False)
    return folder


def large_run(small: Path, folder: Path, pages: int) -> None:
    """A run of so many pages."""
    from cccheck.journal import read_info, write_atomically

    (folder / "pages").mkdir(parents=True)
    shutil.copy(small / "rules.jsonl", folder)
    info = read_info(small)
    assert info is not None
    from dataclasses import asdict

    write_atomically(folder / "run.json", json.dumps(asdict(replace(info, problems=()))))
    records = {}
    with (folder / "audits.jsonl").open("w", encoding="utf-8") as journal:
        for row, texts, record in laid_out(small, pages):
            journal.write(json.dumps(row, ensure_ascii=False) + "\n")
            (folder / "pages" / f"{row['id']}.json").write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
            if record:
                records[record["id"]] = record
    with (folder / "originals.jsonl").open("w", encoding="utf-8") as originals:
        originals.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records.values())


def laid_out(small: Path, pages: int) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None]]:
    """Journal row, texts and record of each page."""
    rows = [json.loads(line) for line in (small / "audits.jsonl").read_text("utf-8").splitlines()]
    kept = [json.loads(line) for line in (small / "originals.jsonl").read_text("utf-8").splitlines()]
    records = {record["id"]: record for record in kept}
    texts = {row["id"]: json.loads((small / "pages" / f"{row['id']}.json").read_bytes()) for row in rows}
    for number in range(pages):
        row = dict(rows[number % len(rows)])
        found = filled(texts[row["id"]])
        site = f"site-{number // 3}.example"
        row |= {"site": site, "url": f"https://{site}/{number}", "final_url": f"https://{site}/{number}"}
        row["id"] = sha256(row["url"].encode()).hexdigest()[:16]
        record = records.get(row["work"] or "")
        if record:
            record = record | {"id": f"{record['id']}-{number // 10}", "title": f"{record['title']} ({number // 10})"}
            row |= {"work": record["id"], "hint": record["id"]}
        yield row, found | {"id": row["id"]}, record


def filled(texts: dict[str, Any]) -> dict[str, Any]:
    """The texts with what real pages have around an article."""
    blocks = texts["blocks"]
    first = max((block["index"] for block in blocks), default=0) + 1
    missing = max(0, BLOCKS - len(blocks))
    around = [{"index": first + n, "tag": "li", "text": BLOCK, "visible": "visible"} for n in range(missing)]
    return texts | {"blocks": [*around[: missing // 2], *blocks, *around[missing // 2 :]]}


def measured(folder: Path) -> dict[str, float]:
    """The report of a run, written in this process."""
    from cccheck.journal import read_info
    from cccheck.report.formats import Order, write_reports

    info = read_info(folder)
    assert info is not None
    started = time.perf_counter()
    write_reports(["html"], Order(folder, info, folder))
    seconds = time.perf_counter() - started
    own, helpers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = sum(used.ru_utime + used.ru_stime for used in (own, helpers))
    return {"seconds": seconds, "cpu": cpu, "peak": own.ru_maxrss / 1024, "helper": helpers.ru_maxrss / 1024}


def drawn_in(overview: Path) -> float | None:
    """Seconds from starting Chromium to the overview drawn; None where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        return None
    with tempfile.TemporaryDirectory() as profile:
        shot = [f"--user-data-dir={profile}", f"--screenshot={profile}/overview.png", overview.as_uri()]
        started = time.perf_counter()
        subprocess.run([chromium, *CHROMIUM.split(), *shot], check=True, capture_output=True)
        return time.perf_counter() - started


def files_alone(base: Path, count: int = 1000) -> float:
    """How many files of 20 kB this system makes a second."""
    folder = base / "files"
    folder.mkdir()
    started = time.perf_counter()
    for number in range(count):
        (folder / f"{number}.html").write_bytes(b"x" * 20_000)
    seconds = time.perf_counter() - started
    shutil.rmtree(folder)
    return count / seconds


def report(size: int, small: Path, base: Path, bound: float) -> bool:
    folder = base / str(size)
    large_run(small, folder, size)
    code = f"import json, sys; sys.path[:0] = {sys.path!r}; from report import measured; from pathlib import Path\n"
    code += f"print(json.dumps(measured(Path({str(folder)!r}))))"
    folder_of_ours = ROOT / "benchmarks"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder_of_ours, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    files = [path for path in (folder / "html").rglob("*") if path.is_file()]
    sizes = {path: path.stat().st_size for path in files}
    largest = max(files, key=sizes.__getitem__)
    speed = size / found["seconds"]
    print(f"{size:,} pages: {speed:.0f} a second ({size / found['cpu']:.0f} a second of CPU time)")
    print(f"  peak {found['peak']:.0f} MiB, of the largest helper {found['helper']:.0f} MiB")
    print(f"  {len(files):,} files, {sum(sizes.values()) / 1e6:.0f} MB")
    print(f"  the largest file: {largest.name}, {sizes[largest] / 1e6:.2f} MB")
    print(f"  files alone: {files_alone(base):.0f} a second")
    seconds = drawn_in(folder / "html" / "index.html")
    if seconds is not None:
        print(f"  Chromium started, overview drawn and photographed in {seconds:.2f} s")
    shutil.rmtree(folder)
    return speed >= bound and sizes[largest] <= LARGEST


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--run", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--bound", type=float, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as base:
        small = options.run or small_run(Path(base) / "small")
        good = [report(size, small, Path(base), options.bound) for size in options.sizes]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
