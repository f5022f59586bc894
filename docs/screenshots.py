"""Pictures of the HTML report for the papers, from the examples: `docs/pictures/*.png`.

    python docs/screenshots.py

Needs Chromium and `pip install -e '.[dev]'`. Times are fixed, so that a picture changes only when the report does.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
PICTURES = ROOT / "docs" / "pictures"
SCAN = "scan urls.txt --works works --replay pages.warc.gz --now 2026-03-16T10:00:00Z --format html --quiet"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WIDTH, HEIGHT = 1040, 640


def run(folder: Path) -> Path:
    """The report of the examples."""
    code = "from cccheck.cli import main; main()"
    contact = ["--contact", "rights@tarnmoor-post.example"]
    command = [sys.executable, "-c", code, *SCAN.split(), *contact, "--output", str(folder)]
    subprocess.run(command, cwd=EXAMPLES, check=False)  # noqa: S603 - ourselves; there are violations among them
    return folder / "html"


def page_of(report: Path, site: str) -> str:
    """The view of a site's first page."""
    found = json.loads((report.parent / "report.json").read_text("utf-8"))
    pages = next(each["pages"] for each in found["sites"] if each["site"] == site)
    return f"pages/{pages[0]['id']}.html"


def take(tab: Any, file: Path, name: str, scroll_to: str = "") -> None:
    """One picture of a view, from the top or from an element on."""
    tab.goto(file.as_uri())
    if scroll_to:
        tab.evaluate("selector => document.querySelector(selector).scrollIntoView()", scroll_to)
    tab.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png: {(PICTURES / f'{name}.png').stat().st_size // 1000} kB")


def main() -> None:
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = run(Path(folder) / "run")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        take(tab, report / "index.html", "overview")
        take(tab, report / page_of(report, "coastal-wire.example"), "comparison", "section.comparison")
        browser.close()


if __name__ == "__main__":
    main()
