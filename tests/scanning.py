"""Scans for tests: pages into an archive, the command run on it, the folder it wrote read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from cccheck.cli import cccheck
from fetch.warcs import Archive
from making import WORKS, with_text, work

NOW = "2026-11-02T09:00:00Z"
URL = work().url
CREDIT = (
    f'<p>“<a href="{URL}">The Night Ferries of Marrow Bay</a>” by Maren Oakhollow was first published by The Tidewater '
    'Courier under <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>.</p>'
)
PAGES = {
    "https://good.example/ferries": f"<h1>Ferries</h1><article><!--text-->{CREDIT}</article>",
    "https://bad.example/ferries": "<h1>Ferries</h1><article><!--text--></article>",
    "https://bad.example/again": f"<h1>Again</h1><article><!--text-->{CREDIT}</article>",
    "https://unsure.example/ferries": f"<article><!--text-->{CREDIT.replace('Maren', 'M.')}</article>",
    "https://quoting.example/ferries": "<p>They say:</p><blockquote><!--text 3-4--></blockquote><p>So be it.</p>",
    "https://other.example/regatta": "<p>There was a regatta in the bay on Sunday, and everybody came to see the boats.</p>",
    "https://gone.example/ferries": "<title>Page not found</title><p>Nothing here.</p>",
}
VERDICTS = ("compliant", "violation", "compliant", "review", "excerpt", "not-a-copy", "unavailable")


def archive(path: Path, pages: Mapping[str, str]) -> Path:
    """A WARC file with these pages."""
    made = Archive(path)
    for url, html in pages.items():
        made.response(url, with_text(html, work()).encode())
    return path


class Scans:
    """A folder with an archive, a list of addresses, and the command run on them."""

    def __init__(self, folder: Path, pages: Mapping[str, str] = PAGES) -> None:
        self.folder = folder
        self.warc = archive(folder / "pages.warc.gz", pages)
        self.urls = folder / "urls.txt"
        self.urls.write_text("".join(f"{url}\n" for url in pages), encoding="utf-8")
        self.output = folder / "out"

    def run(self, *more: str, urls: str | None = None, output: Path | None = None, **options: Any) -> Result:
        """`cccheck scan` in this process."""
        arguments = ["scan", urls or str(self.urls), "--works", str(WORKS), "--replay", str(self.warc)]
        arguments += ["--output", str(output or self.output), "--now", NOW, *more]
        return CliRunner().invoke(cccheck, arguments, **options)

    def report(self, output: Path | None = None) -> dict[str, Any]:
        """What the last scan wrote."""
        report: dict[str, Any] = json.loads(((output or self.output) / "report.json").read_text("utf-8"))
        return report


def pages_of(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The pages of all sites, in order."""
    return [page for site in report["sites"] for page in site["pages"]]
