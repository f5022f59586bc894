"""A run's pages in the order of the report, site by site: what the exports are made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cccheck.journal import JOURNAL, Row
from cccheck.report.json_report import _Pages


class BySite:
    """The pages of a run's journal, sorted by site, URL and hint."""

    def __init__(self, pages: _Pages) -> None:
        self._pages = pages

    def sites(self) -> Iterator[str]:
        """The sites, by name."""
        return (site for site, _ in self._pages.sites())

    def pages(self, site: str) -> Iterator[Row]:
        """A site's pages as the journal has them."""
        return self._pages.pages(site)

    def rows(self) -> Iterator[Row]:
        """All pages."""
        return (row for site in list(self.sites()) for row in self.pages(site))


@contextmanager
def by_site(folder: Path) -> Iterator[BySite]:
    """The pages of the run in `folder`."""
    with closing(_Pages(folder / JOURNAL)) as pages:
        yield BySite(pages)
