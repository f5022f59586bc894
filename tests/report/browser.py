"""Real Chromium for tests, where it is there: every request is noted, every error and dialog too."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--disable-quic"),
]


def chromium() -> str:
    """The browser's path, or the test is skipped."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium is installed: views were not looked at in a browser")
    return found


@contextmanager
def browser() -> Iterator[Any]:
    """A browser that this process drives, or the test is skipped."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = chromium()
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield opened
        finally:
            opened.close()


class View:
    """A tab on a folder of files, and what happened in it."""

    def __init__(self, tab: Any, folder: Path) -> None:
        self.tab, self._folder = tab, folder
        self.requests: list[str] = []
        self.errors: list[str] = []
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        tab.on("dialog", self._dialog)

    def open(self, name: str) -> Any:
        self.tab.goto((self._folder / name).as_uri())
        return self.tab

    def foreign(self) -> list[str]:
        """Requests for anything that is not a file of the folder."""
        own = (self._folder.as_uri() + "/", "data:")
        return [url for url in self.requests if not url.startswith(own)]

    def overflow(self) -> int:
        """By how many pixels the view is wider than its window."""
        return int(self.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def _dialog(self, dialog: Any) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@contextmanager
def viewing(opened: Any, folder: Path, width: int = 1280, scheme: str = "light", **options: Any) -> Iterator[View]:
    """A tab of its own, `width` pixels wide."""
    context = opened.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
    try:
        yield View(context.new_page(), folder)
    finally:
        context.close()


def violations(view: View) -> list[str]:
    """What axe-core objects to in the open view."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    source = Path(package.__file__).with_name("axe.min.js").read_text("utf-8")
    view.tab.evaluate(source)
    found = view.tab.evaluate("axe.run(document, {preload: false, resultTypes: ['violations']})")
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]} ({len(v['nodes'])})" for v in found["violations"]]
