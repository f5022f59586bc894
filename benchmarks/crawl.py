"""How close a crawl comes to what politeness alone dictates, and how much memory it takes.

    python benchmarks/crawl.py                              # 300 hosts on loopback, about two minutes
    python benchmarks/crawl.py --scrapy python3             # Scrapy beside it, by an interpreter that has it
    python benchmarks/crawl.py --memory 1000 10000 100000   # peak memory instead

The farm is one server that answers for as many addresses of 127.0.0.0/8 as there are hosts. Hosts differ in size and
in latency (5 ms to 3 s); sizes, latencies and the order of the URLs come from the seed. The bound is the largest, over
all hosts, of the sum of its latencies and a delay between its requests, robots.txt being one of them. The server keeps
the times, so politeness is measured where it counts: the shortest time from a response to the next request of a host.
Scrapy's delay counts from request to request, so it is held against a bound of that rule.
"""

import argparse
import asyncio
import itertools
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from multiprocessing import Pipe, Process
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))


@dataclass
class Host:
    ip: str
    latencies: list[float]  # of robots.txt, then of each page
    times: list[tuple[float, float]] = field(default_factory=list)
    open: int = 0
    most_open: int = 0


def plan(hosts: int, largest: int, seed: int) -> list[Host]:
    """Few large hosts, many small ones; the latency of a host varies by a fifth from page to page."""
    rng = random.Random(seed)
    found = []
    for n in range(hosts):
        size = max(1, round(largest * rng.paretovariate(1.2) / 12)) if n else largest
        usual = 0.005 * (3.0 / 0.005) ** rng.random()
        latencies = [min(3.0, max(0.005, usual * rng.uniform(0.8, 1.2))) for _ in range(min(size, largest) + 1)]
        found.append(Host(f"127.{1 + n // 250}.{n % 250}.1", latencies))
    return found


def bound(hosts: list[Host], delay: float) -> float:
    """With the delay from the end of a response to the next request."""
    return max(sum(h.latencies) + (len(h.latencies) - 1) * delay for h in hosts)


def bound_from_start(hosts: list[Host], delay: float) -> float:
    """With the delay from request to request, which is Scrapy's rule: slow hosts get no pause."""
    return max(sum(max(delay, latency) for latency in h.latencies[:-1]) + h.latencies[-1] for h in hosts)


# ------------------------------------------------------------------- the farm

BODY = b"<!DOCTYPE html><html><body>" + b"<p>A sentence of the article.</p>" * 150 + b"</body></html>"


async def answer(hosts: dict[str, Host], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        host = hosts[writer.get_extra_info("sockname")[0]]
        while head := await reader.readuntil(b"\r\n\r\n"):
            start = time.monotonic()
            host.open += 1
            host.most_open = max(host.most_open, host.open)
            path = head.split(b" ", 2)[1]
            if latency := host.latencies[
                0 if path == b"/robots.txt" else 1 + int(path[1:]) % (len(host.latencies) - 1)
            ]:
                await asyncio.sleep(latency)
            status, body = (b"404 Not Found", b"none") if path == b"/robots.txt" else (b"200 OK", BODY)
            closing = b"connection: close" in head.lower()
            extra = b"Connection: close\r\n" if closing else b""
            length = b"Content-Length: %d\r\n" % len(body)
            writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html\r\n" + extra + length + b"\r\n" + body)
            await writer.drain()
            host.open -= 1
            host.times.append((start, time.monotonic()))
            if closing:
                break
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def serve(hosts: list[Host], pipe) -> None:
    """Until the parent says a word; then what each host saw."""

    async def run() -> None:
        by_ip = {h.ip: h for h in hosts}
        server = await asyncio.start_server(lambda r, w: answer(by_ip, r, w), "0.0.0.0", 0, backlog=1024)
        pipe.send(server.sockets[0].getsockname()[1])
        await asyncio.get_running_loop().run_in_executor(None, pipe.recv)
        server.close()

    asyncio.run(run())
    pipe.send([(h.times, h.most_open) for h in hosts])


class Farm:
    def __init__(self, hosts: list[Host]) -> None:
        self.hosts = hosts
        self._pipe, theirs = Pipe()
        self._process = Process(target=serve, args=(hosts, theirs), daemon=True)
        self._process.start()
        self.port = self._pipe.recv()

    def urls(self, seed: int) -> list[str]:
        found = [f"http://{h.ip}:{self.port}/{n}" for h in self.hosts for n in range(len(h.latencies) - 1)]
        random.Random(seed).shuffle(found)
        return found

    def close(self) -> dict[str, float]:
        """What was seen: requests, the shortest gap between two of one host, the most at once at one host."""
        self._pipe.send("enough")
        seen = self._pipe.recv()
        self._process.join()
        gaps = [later[0] - earlier[1] for times, _ in seen for earlier, later in itertools.pairwise(times)]
        return {
            "requests": sum(len(times) for times, _ in seen),
            "shortest_gap": min(gaps, default=0.0),
            "most_at_once": max(most for _, most in seen),
        }


# ---------------------------------------------------------------- the crawlers


def crawl_ours(urls: list[str], delay: float) -> float:
    from cccheck.fetch.crawl import crawl
    from cccheck.fetch.network import NetworkFetcher
    from cccheck.fetch.settings import FetchSettings
    from cccheck.model import Capture, Target

    settings = FetchSettings(contact="benchmark@checks.example", delay=delay, allow_private=True)
    fetcher = NetworkFetcher(settings)
    start = time.monotonic()
    done = sum(isinstance(b.response, Capture) for b in crawl((Target(u) for u in urls), fetcher, lambda c, t: ()))
    took = time.monotonic() - start
    fetcher.close()
    if done != len(urls):
        sys.exit(f"only {done} of {len(urls)} pages came")
    return took


SCRAPY = """
import sys, json, time, scrapy
from scrapy.crawler import CrawlerProcess
urls = json.load(open(sys.argv[1])); delay = float(sys.argv[2]); done = []
class Pages(scrapy.Spider):
    name = "pages"
    async def start(self):
        for url in urls:
            yield scrapy.Request(url, dont_filter=True)
    def parse(self, response):
        done.append(response.status)
process = CrawlerProcess({
    "ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": delay, "RANDOMIZE_DOWNLOAD_DELAY": False,
    "CONCURRENT_REQUESTS": 1000, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "COOKIES_ENABLED": False, "LOG_LEVEL": "ERROR",
    "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.DownloaderAwarePriorityQueue", "TELNETCONSOLE_ENABLED": False,
})
process.crawl(Pages)
start = time.monotonic()
process.start()
print(json.dumps([time.monotonic() - start, len(done)]))
"""


def crawl_scrapy(python: str, urls: list[str], delay: float) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(urls, file)
        file.flush()
        run = [python, "-c", SCRAPY, file.name, str(delay)]
        took, done = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    if done != len(urls):
        print(f"scrapy: only {done} of {len(urls)} pages came")
    return float(took)


def makespan(args: argparse.Namespace) -> None:
    crawlers = {"cccheck": lambda urls: crawl_ours(urls, args.delay)}
    if args.scrapy:
        crawlers["scrapy"] = lambda urls: crawl_scrapy(args.scrapy, urls, args.delay)
    for name, run in crawlers.items():
        farm = Farm(plan(args.hosts, args.largest, args.seed))
        urls, least = farm.urls(args.seed), (bound if name == "cccheck" else bound_from_start)(farm.hosts, args.delay)
        cpu = time.process_time()
        took = run(urls)
        cpu = time.process_time() - cpu
        seen = farm.close()
        print(
            f"{name}: {len(urls)} pages of {args.hosts} hosts, {seen['requests']} requests in {took:.1f} s; "
            f"bound {least:.1f} s, ratio {took / least:.3f}; shortest gap {seen['shortest_gap']:.3f} s, "
            f"at most {seen['most_at_once']} at once per host" + (f"; cpu {cpu:.1f} s" if name == "cccheck" else "")
        )


# --------------------------------------------------------------------- memory


def measure(count: int, port: int, hosts: list[str], folder: str) -> None:
    """In a process of its own: crawl and record that many pages without delay, say the peak memory."""
    from cccheck.fetch.crawl import crawl
    from cccheck.fetch.record import recording_fetcher
    from cccheck.fetch.settings import FetchSettings
    from cccheck.model import Target

    settings = FetchSettings(contact="benchmark@checks.example", delay=0.0, allow_private=True, workers=16)
    fetcher, recorder = recording_fetcher(settings, Path(folder))
    start = time.monotonic()
    targets = (Target(f"http://{hosts[n % len(hosts)]}:{port}/{n}", line=n) for n in range(count))
    done = sum(1 for _ in crawl(targets, fetcher, lambda c, t: ()))
    took = time.monotonic() - start
    fetcher.close()
    recorder.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{done} pages: peak memory {peak:.0f} MiB, {done / took:.0f} pages a second, recorded", flush=True)


def memory(args: argparse.Namespace) -> None:
    hosts = [Host(h.ip, [0.0] * 2) for h in plan(args.hosts, 1, args.seed)]
    farm = Farm(hosts)
    for count in args.memory:
        with tempfile.TemporaryDirectory() as folder:
            child = Process(target=measure, args=(count, farm.port, [h.ip for h in hosts], folder))
            child.start()
            child.join()
    farm.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=300)
    parser.add_argument("--largest", type=int, default=30, help="pages of the largest host")
    parser.add_argument("--delay", type=float, default=2.0, help="seconds between requests of a host")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scrapy", metavar="PYTHON", help="an interpreter that has Scrapy")
    parser.add_argument("--memory", type=int, nargs="+", metavar="N", help="measure memory at so many pages")
    args = parser.parse_args()
    os.environ["NO_PROXY"] = "*"
    (memory if args.memory else makespan)(args)


if __name__ == "__main__":
    main()
