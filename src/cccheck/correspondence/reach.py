"""The contacts that the captured pages of a site give: see `cccheck.letters.contacts`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cccheck.correspondence.model import Addressee
from cccheck.errors import DataError
from cccheck.evidence import archives
from cccheck.fetch.replay import ReplayFetcher
from cccheck.journal import read_info
from cccheck.letters.contacts import Contact, best, find_contacts, from_security_txt
from cccheck.model import Bundle, Capture, Page, Target, Work
from cccheck.page import build_page

_PAGES = 5  # pages of a site that are looked at
_SECURITY = "https://{site}/.well-known/security.txt"


class Contacts:
    """What a run's archives hold, looked into when it is asked for. Without archives nothing is offered."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._open: dict[frozenset[Path], ReplayFetcher] = {}

    def close(self) -> None:
        """Let go of the archives."""
        for archive in self._open.values():
            archive.close()

    def of(self, addressee: Addressee) -> list[Contact]:
        """The contacts of a site, the likeliest first."""
        if self._folder is None:
            return []
        try:
            return best(_found(self._archive(self._folder, addressee), addressee))
        except DataError:  # a broken archive; a letter can be written without
            return []

    def _archive(self, folder: Path, addressee: Addressee) -> ReplayFetcher:
        """The archives that the pages' records name, where they are all there; else all of the run."""
        captures = (capture for copy in addressee.copies for capture in copy.record["captures"])
        paths = frozenset(folder / capture["warc"] for capture in captures if capture.get("warc"))
        if not paths or not all(path.exists() for path in paths):
            info = read_info(folder)
            every = [Path(path) for path in info.replay] if info and info.replay else archives(folder)
            paths = frozenset(path for path in every if path.exists())
        if paths not in self._open:
            self._open[paths] = ReplayFetcher(sorted(paths))
        return self._open[paths]


def _found(archive: ReplayFetcher, addressee: Addressee) -> Iterator[Contact]:
    site = addressee.site
    for copy in addressee.copies[:_PAGES]:
        for contact in _on_page(archive, copy.record["url"], copy.work, site):
            yield contact
            if contact.kind == "page":
                yield from (c for c in _on_page(archive, contact.value, copy.work, site) if c.kind == "mail")
        answer = archive.capture(_SECURITY.format(site=site))
        if answer is not None and answer.status == 200:
            yield from from_security_txt(answer.body.decode("utf-8", "replace"), answer.url, copy.work, site)


def _on_page(archive: ReplayFetcher, url: str, work: Work, site: str) -> list[Contact]:
    answer = archive.fetch(url)
    if not isinstance(answer, Capture) or answer.status != 200:
        return []
    page = build_page(Bundle(Target(url), answer))
    return find_contacts(page, work, site) if isinstance(page, Page) else []
