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
        self._archive: ReplayFetcher | None = None

    def close(self) -> None:
        """Let go of the archives."""
        if self._archive is not None:
            self._archive.close()

    def of(self, addressee: Addressee) -> list[Contact]:
        """The contacts of a site, the likeliest first."""
        archive = self._opened()
        return best(_found(archive, addressee)) if archive else []

    def _opened(self) -> ReplayFetcher | None:
        if self._archive is None and self._folder is not None:
            folder, self._folder = self._folder, None
            try:
                info = read_info(folder)
                paths = [Path(path) for path in info.replay] if info and info.replay else archives(folder)
                self._archive = ReplayFetcher([path for path in paths if path.exists()])
            except DataError:  # a letter can be written without
                return None
        return self._archive


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
