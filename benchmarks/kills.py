"""A scan killed at random moments and started again, time after time: is anything lost, is anything fetched twice?

    python benchmarks/kills.py                         # 200 kills of a scan of 2,000 URLs, some minutes
    python benchmarks/kills.py --kills 20 --urls 300   # a shorter chain
    python benchmarks/kills.py --jobs 2                # with processes that audit

The sites are one server, a process of its own that answers on 50 addresses of 127.0.0.0/8 and notes every request.
SIGKILL strikes at random moments: while starting, resuming, fetching and auditing. At the end the report must be that
of an undisturbed scan of the same list, but for the run's id, times and record ids; `cccheck verify` must agree with
it; and an address may have been asked for again only where that request was in flight at a kill: the last one of its
site before it, for there is one at a time. Exit status 1 where that is not so.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WORKS = ROOT / "examples" / "works"
COMMAND = [sys.executable, "-c", "from cccheck.cli import main; main()"]
HOSTS = 50
_FAR_AHEAD = 0.02  # of all requests
_STARTING = 0.4  # seconds: about as long as a scan takes until it asks for something

Seen = tuple[str, str, float]
"""A request: host, path, when it came (seconds on the system's monotonic clock)."""


# ------------------------------------------------------------------ the sites


def copies() -> list[bytes]:
    """Copies of the example works, each with a little of a site around it."""
    found = []
    for path in sorted(WORKS.glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        text = record.get("text") or (WORKS / record["text_file"]).read_text("utf-8")
        parts = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
        found.append(
            f"<html><title>{escape(record['title'])}</title><body><nav>Home</nav>{parts}</body></html>".encode()
        )
    return found


class Sites:
    """What the server answers, by path: copies, small pages, 404s, redirects to another site, cut connections."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self._copies = copies()
        self.port = 0

    def answer(self, path: str, host: str) -> bytes:
        if path == "/robots.txt":
            return _response(b"200 OK", b"User-agent: *\nDisallow: /private/\n", b"Content-Type: text/plain\r\n")
        number = int(path.rpartition("/")[2])
        kind = number % 20
        if path.startswith("/moved/"):
            goal = f"Location: http://{host_of(number + 1)}:{self.port}/a/{number}\r\n".encode()
            return _response(b"302 Found", b"", goal)
        if kind < 3:
            return _response(b"200 OK", self._copies[number % len(self._copies)])
        if kind == 3:
            return b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<p>cut"
        return _response(b"404 Not Found", b"no") if kind < 12 else _response(b"200 OK", b"<p>Other</p></html>")

    async def one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1].decode()
            host = writer.get_extra_info("sockname")[0]
            self.seen.append((host, path, time.monotonic()))
            await asyncio.sleep(0.005 + (hash((host, path)) % 20) / 1000)
            writer.write(self.answer(path, host))
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _response(status: bytes, body: bytes, more: bytes = b"") -> bytes:
    head = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n"
    return head % (status, more, len(body)) + body


def host_of(number: int) -> str:
    return f"127.{1 + number % HOSTS}.0.1"


def addresses(count: int, port: int) -> list[str]:
    """Of 25 pages one is behind robots.txt, two are redirected; the rest is of every kind."""
    kinds = {5: "private", 7: "moved", 19: "moved"}
    return [f"http://{host_of(n)}:{port}/{kinds.get(n % 25, 'a')}/{n}" for n in range(count)]


def serve(pipe: Connection) -> None:
    """Answer, and give what was seen whenever the parent asks for it."""
    sites = Sites()

    async def run() -> None:
        server = await asyncio.start_server(sites.one, "0.0.0.0", 0, backlog=1024)
        sites.port = server.sockets[0].getsockname()[1]
        pipe.send(sites.port)
        while await asyncio.get_running_loop().run_in_executor(None, pipe.recv) == "seen":
            pipe.send(list(sites.seen))
            sites.seen.clear()

    asyncio.run(run())


class Farm:
    """The server as a process."""

    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        self._process = Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        self.port: int = self._pipe.recv()

    def seen(self) -> list[Seen]:
        """The requests since the last call."""
        self._pipe.send("seen")
        found: list[Seen] = self._pipe.recv()
        return found

    def close(self) -> None:
        self._process.terminate()
        self._process.join()


# ------------------------------------------------------------------ the chain


@dataclass
class Chain:
    """What was seen: kills and the requests between them, the time it took, what is wrong."""

    kills: int = 0
    lives: list[list[Seen]] = field(default_factory=list)
    seconds: float = 0.0
    flaws: list[str] = field(default_factory=list)

    @property
    def requests(self) -> Counter[tuple[str, str]]:
        return Counter((host, path) for life in self.lives for host, path, _ in life)

    def repeated(self) -> tuple[int, list[str]]:
        """How many requests were made again, and those of them that were not in flight at the kill before."""
        wrong, again = [], 0
        latest: dict[tuple[str, str], int] = {}
        ends: list[dict[str, str]] = [{host: path for host, path, _ in life} for life in self.lives]
        for number, life in enumerate(self.lives):
            for host, path, _ in life:
                before = latest.get((host, path))
                again += before is not None
                if before is not None and (before == number or ends[before][host] != path):
                    wrong.append(f"{host}{path} in life {number} and before in life {before}")
                latest[host, path] = number
        return again, wrong


def scan_command(folder: Path, output: Path, jobs: int) -> list[str]:
    options = ["--works", str(WORKS), "--output", str(output), "--contact", "benchmark@checks.example"]
    return [
        *COMMAND,
        "scan",
        str(folder / "urls.txt"),
        *options,
        "--delay",
        "0",
        "--allow-private",
        "--jobs",
        str(jobs),
    ]


def environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "NO_PROXY": "*", "PYTHONPATH": path}


def run_chain(farm: Farm, folder: Path, kills: int, count: int, seed: int, jobs: int = 1) -> Chain:
    """Kill and resume; then compare with an undisturbed scan."""
    (folder / "urls.txt").write_text("\n".join(addresses(count, farm.port)), encoding="utf-8")
    farm.seen()
    chain, started = Chain(), time.monotonic()
    command = scan_command(folder, folder / "killed", jobs)
    _kill_often(chain, farm, command, folder, kills, count, seed)
    chain.lives.append(farm.seen())
    chain.seconds = time.monotonic() - started
    _end(chain, command, folder)
    chain.lives[-1] += farm.seen()
    _end(chain, scan_command(folder, folder / "whole", jobs), folder)
    _judge(chain, folder, farm.seen())
    return chain


def _kill_often(chain: Chain, farm: Farm, command: list[str], folder: Path, kills: int, count: int, seed: int) -> None:
    """A third of the lives ends anywhere, mostly while starting; the others end soon after their first request.

    How soon: the time allowed grows while the chain is behind its plan, and shrinks when it is ahead. Far ahead, lives
    end while starting until it no longer is, so that the chain has all its kills before the scan comes to its end.
    """
    rng, longest, lead = random.Random(seed), 0.2, 0.0
    while chain.kills < kills:
        life = _Life(command, folder, farm)
        if lead > _FAR_AHEAD or rng.random() < 1 / 3:
            life.wait(rng.uniform(0.0, _STARTING if lead > _FAR_AHEAD else 1.0))
        else:
            life.wait(10.0, until_asked=True)
            life.wait(rng.uniform(0.0, longest))
        status = life.end()
        chain.lives.append(life.seen)
        if _finished(folder / "killed"):
            chain.flaws.append(f"it came to its end after {chain.kills} kills: give it more URLs")
            return
        if status != -signal.SIGKILL:
            chain.flaws.append(f"after {chain.kills} kills it ended with {status}: {life.said()}")
            return
        chain.kills += 1
        lead = len(chain.requests) / count - 0.95 * chain.kills / kills
        longest = min(5.0, max(0.02, longest * (0.8 if lead > 0 else 1.25)))


class _Life:
    """A scan from its start to its kill, and what it asked for."""

    def __init__(self, command: list[str], folder: Path, farm: Farm) -> None:
        self._farm = farm
        self.seen: list[Seen] = []
        self._errors = (folder / "errors.txt").open("w+b")
        self._process = subprocess.Popen(
            command, env=environment(), cwd=folder, stdout=subprocess.DEVNULL, stderr=self._errors
        )

    def wait(self, seconds: float, *, until_asked: bool = False) -> None:
        """Until the time is over, or the scan, or it has asked for something."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._process.poll() is None and not (until_asked and self.seen):
            time.sleep(0.002)
            if until_asked:
                self.seen += self._farm.seen()

    def end(self) -> int:
        self._process.kill()
        status = self._process.wait()
        self.seen += self._farm.seen()
        return status

    def said(self) -> str:
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")[-300:]


def _finished(run: Path) -> bool:
    try:
        return json.loads((run / "run.json").read_text("utf-8"))["finished"] is not None
    except FileNotFoundError:
        return False


def _end(chain: Chain, command: list[str], folder: Path) -> None:
    """Let a scan come to its end, and verify it."""
    if chain.flaws:
        return
    ended = subprocess.run(command, env=environment(), cwd=folder, capture_output=True, text=True, check=False)
    output = command[command.index("--output") + 1]
    if ended.returncode not in (0, 1, 3):
        chain.flaws.append(f"the scan ended with {ended.returncode}: {ended.stderr[-300:]}")
        return
    verified = subprocess.run(
        [*COMMAND, "verify", output], env=environment(), capture_output=True, text=True, check=False
    )
    if verified.returncode:
        chain.flaws.append(f"verify: {(verified.stdout + verified.stderr)[:500]}")


def _judge(chain: Chain, folder: Path, undisturbed: list[Seen]) -> None:
    if chain.flaws:
        return
    killed, whole = (
        lasting(json.loads((folder / run / "report.json").read_text("utf-8"))) for run in ("killed", "whole")
    )
    if killed != whole:
        chain.flaws.append("the report is not that of an undisturbed scan")
    asked = {(host, path) for host, path, _ in undisturbed}
    if set(chain.requests) != asked:
        chain.flaws.append(f"not the same was asked for: {sorted(set(chain.requests) ^ asked)[:5]}")
    chain.flaws += chain.repeated()[1][:5]


def lasting(value: Any) -> Any:
    """A report without what no two runs share: the run's id, times, record ids."""
    if isinstance(value, dict):
        passing = {"fetched_at", "record_id", "started", "finished"}
        return {
            k: lasting(v) for k, v in value.items() if k not in passing and not (k == "id" and "rules_digest" in value)
        }
    return [lasting(item) for item in value] if isinstance(value, list) else value


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--urls", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    farm = Farm()
    with tempfile.TemporaryDirectory() as folder:
        chain = run_chain(farm, Path(folder), args.kills, args.urls, args.seed, args.jobs)
    farm.close()
    again, wrong = chain.repeated()
    asked, active = chain.requests, sum(map(bool, chain.lives))
    print(f"{chain.kills} kills in {chain.seconds:.0f} s; {active} of {len(chain.lives)} lives fetched something")
    print(f"{args.urls} URLs, {len(asked)} addresses with robots.txt and goals of redirects, {asked.total()} requests")
    print(f"{again} requests made again, {again - len(wrong)} of them for what was in flight at a kill")
    for flaw in chain.flaws:
        print(flaw)
    return 1 if chain.flaws else 0


if __name__ == "__main__":
    sys.exit(main())
