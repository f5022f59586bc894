"""Scans as a user starts them: a process of their own, over a real connection, to a web that a test makes up.

The web is one server on loopback that a scan is told to use as its proxy: so pages may have any host, and a short link
may be one. It counts what is asked for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from cccheck.cli import cccheck as program
from fetch.server import Connection, Server
from making import WORKS, with_text, work

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-c", "from cccheck.cli import main; main()"]
CONTACT = "tests@checks.example"
ORIGINAL = "https://tidewatercourier.example/2024/03/night-ferries"

Answer = str | bytes | tuple[str, Mapping[str, str], str] | Callable[[Connection], None]
"""A page's HTML; or status, headers, body; or what is to be done with the connection."""


def credited(link: str = ORIGINAL) -> str:
    """A copy of a work that gives every credit, its link leading wherever it is told to."""
    credit = f'<p>By Maren Oakhollow. First published by <a href="{link}">The Tidewater Courier</a>, CC BY 4.0.</p>'
    return page(f"{credit}<!--text-->")


def page(body: str) -> str:
    """A page; `<!--text-->` becomes the work's text."""
    return with_text(f"<!DOCTYPE html><html><title>Page</title><body>{body}</body></html>", work())


class Web:
    """Pages by address; everything else is 404, so every robots.txt allows all."""

    def __init__(self, pages: Mapping[str, Answer]) -> None:
        self.pages = dict(pages)
        self._server = Server(self._handle)
        self.proxy = self._server.url

    @property
    def asked(self) -> Counter[str]:
        """How often each address was asked for."""
        return Counter(self._server.paths())

    def times(self, url: str) -> int:
        return self.asked[url]

    def close(self) -> None:
        self._server.close()

    def _handle(self, connection: Connection) -> None:
        answer = self.pages.get(connection.path, ("404 Not Found", {}, "nothing here"))
        if callable(answer):
            answer(connection)
        elif isinstance(answer, tuple):
            status, headers, body = answer
            connection.reply(body.encode(), status, **headers)
        else:
            connection.reply(answer.encode() if isinstance(answer, str) else answer)


@contextmanager
def web(pages: Mapping[str, Answer]) -> Iterator[Web]:
    made = Web(pages)
    try:
        yield made
    finally:
        made.close()


class Desk:
    """A folder in which the command is given: lists, runs, works."""

    def __init__(self, folder: Path, net: Web | None = None) -> None:
        self.folder, self.net = folder, net
        folder.mkdir(exist_ok=True)

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """`cccheck` with these arguments."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen([*COMMAND, *arguments], cwd=self.folder, env=self._environment(), **(pipes | options))

    def here(self, *arguments: str) -> Result:
        """The same in this process, which is faster."""
        with chdir(self.folder):
            result = CliRunner().invoke(program, arguments, env=self._proxies())
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    def scan_here(self, urls: Iterable[str], *more: str) -> Result:
        return self.here(*self.scan_arguments(urls, *more))

    def run(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=60)
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def list(self, urls: Iterable[str], name: str = "urls.txt") -> str:
        (self.folder / name).write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
        return name

    def scan_arguments(self, urls: Iterable[str], *more: str) -> list[str]:
        return ["scan", self.list(urls), "--works", str(WORKS), "--contact", CONTACT, "--delay", "0", *more]

    def scan(self, urls: Iterable[str], *more: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return self.run(*self.scan_arguments(urls, *more), **options)

    def begin(self, urls: Iterable[str], *more: str, **options: Any) -> subprocess.Popen[str]:
        return self.start(*self.scan_arguments(urls, *more), **options)

    def report(self, run: str = "run") -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / run / "report.json").read_text("utf-8"))
        return found

    def pages(self, run: str = "run") -> dict[str, dict[str, Any]]:
        return {page["url"]: page for site in self.report(run)["sites"] for page in site["pages"]}

    def _environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))
        return {**kept, **self._proxies(), "PYTHONPATH": path}

    def _proxies(self) -> dict[str, str]:
        """The web as proxy for everything but names that do not exist and addresses written out."""
        return {"http_proxy": self.net.proxy, "no_proxy": "invalid,127.0.0.0/8"} if self.net else {}
