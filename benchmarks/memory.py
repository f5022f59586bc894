"""How much memory a scan takes at 1,000, 10,000 and 100,000 URLs: `cccheck scan` as a user starts it, each in a process
of its own, against a site farm on loopback that answers with 404s, small pages and copies of an example work.

    python benchmarks/memory.py                       # over the network; the largest takes some minutes
    python benchmarks/memory.py --replay              # from a WARC file with the same answers
    python benchmarks/memory.py --sizes 1000 10000    # other sizes

Printed are the peak resident size as the system accounts it, the time, and how it compares to the smallest size.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKS = ROOT / "examples" / "works"
COMMAND = [sys.executable, "-c", "from cccheck.cli import main; main()", "scan"]
HOSTS = 2000
DATE = "2026-11-01T00:00:00Z"


def copied_page() -> bytes:
    """A copy of one of the example works, with nothing but its text."""
    record = json.loads(sorted(WORKS.glob("*.json"))[0].read_text("utf-8"))
    text = record.get("text") or (WORKS / record["text_file"]).read_text("utf-8")
    parts = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    return f"<!DOCTYPE html><html lang=en><title>A copy</title><body><h1>A copy</h1>{parts}</body></html>".encode()


COPY = copied_page()
SMALL = b"<!DOCTYPE html><html lang=en><title>Other</title><body><p>Nothing of interest stands here.</p></body></html>"
GONE = b"gone"


def answer(number: int) -> tuple[bytes, bytes]:
    """Status line and body for a page: of twenty, one is a copy, four are small pages, the others are gone."""
    if number % 20 == 0:
        return b"200 OK", COPY
    return (b"200 OK", SMALL) if number % 20 < 5 else (b"404 Not Found", GONE)


def response(path: str) -> bytes:
    """The whole response for a path such as `/17/some-words`."""
    first = path.split("/")[1]
    status, body = answer(int(first)) if first.isdigit() else (b"404 Not Found", GONE)
    head = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
    return head % (status, len(body)) + body


def urls(count: int, port: int) -> Iterator[str]:
    """Addresses of usual length, spread over the hosts."""
    for number in range(count):
        host = number % HOSTS
        name = f"127.{1 + host // 250}.{host % 250}.1:{port}"
        yield f"http://{name}/{number}/2026/11/an-article-with-a-headline-of-usual-length-{number:08d}.html"


# ------------------------------------------------------------------ the farm


def serve(pipe: Connection) -> None:
    """Answer on every address of 127.0.0.0/8 until the parent ends this process."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            writer.write(response(head.split(b" ", 2)[1].decode()))
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(one, "0.0.0.0", 0, backlog=1024)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def archive(path: Path, addresses: Iterator[str]) -> None:
    """A WARC file with the farm's answers."""
    with path.open("wb") as file:
        for number, url in enumerate(addresses):
            block = response("/" + url.split("/", 3)[3])
            name = sha256(url.encode()).hexdigest()
            fields = (
                "WARC/1.1",
                "WARC-Type: response",
                f"WARC-Record-ID: <urn:uuid:{name[:8]}-{name[8:12]}-4{name[13:16]}-8{name[17:20]}-{number:012d}>",
                f"WARC-Date: {DATE}",
                f"WARC-Target-URI: {url}",
                "Content-Type: application/http; msgtype=response",
                f"Content-Length: {len(block)}",
            )
            head = "\r\n".join(fields).encode() + b"\r\n\r\n"
            file.write(gzip.compress(head + block + b"\r\n\r\n", compresslevel=1, mtime=0))


# ------------------------------------------------------------------ measuring


def measure(folder: Path, count: int, port: int, replay: bool, jobs: int) -> tuple[float, float, dict[str, int]]:
    """Peak memory in MiB, seconds, and how many pages have each verdict."""
    (folder / "urls.txt").write_text("".join(f"{url}\n" for url in urls(count, port)), encoding="utf-8")
    sources = ["--contact", "benchmark@checks.example", "--delay", "0", "--allow-private"]
    if replay:
        archive(folder / "pages.warc.gz", urls(count, port))
        sources = ["--replay", str(folder / "pages.warc.gz")]
    run = [*COMMAND, str(folder / "urls.txt"), "--works", str(WORKS), "--output", str(folder / "run"), *sources]
    started = time.monotonic()
    process = subprocess.Popen([*run, "--quiet", "--jobs", str(jobs)], env=_environment(), cwd=folder)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.monotonic() - started
    if os.waitstatus_to_exitcode(status) not in (0, 1, 3):
        sys.exit(f"the scan of {count} URLs ended with status {os.waitstatus_to_exitcode(status)}")
    return usage.ru_maxrss / 1024, took, _verdicts(folder / "run" / "report.json")


def _verdicts(report: Path) -> dict[str, int]:
    """Read from the report's beginning: it may be larger than memory."""
    with report.open(encoding="utf-8") as file:
        head = "".join(line for line, _ in zip(file, range(60), strict=False))
    summary = json.loads(head[: head.index('"sites": [')].rstrip().rstrip(",") + "}")["summary"]
    return {verdict: count for verdict, count in summary["verdicts"].items() if count}


def _environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "NO_PROXY": "*", "PYTHONPATH": path}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000], metavar="N")
    parser.add_argument("--replay", action="store_true", help="answer from a WARC file, not from the farm")
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    ours, theirs = Pipe()
    farm = Process(target=serve, args=(theirs,), daemon=True)
    farm.start()
    port, first = ours.recv(), 0.0
    for count in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            peak, took, verdicts = measure(Path(folder), count, port, args.replay, args.jobs)
        first = first or peak
        print(f"{count:7} URLs: peak {peak:5.0f} MiB ({peak / first:.2f} times the first), {took:6.1f} s, {verdicts}")
    farm.terminate()


if __name__ == "__main__":
    main()
