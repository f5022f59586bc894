"""Who is to be written to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from cccheck.fetch.site import owner_site
from cccheck.letters import Copy


@dataclass(frozen=True, slots=True)
class Addressee:
    """A site, the copies to write about, the numbers of their cases; or `obstacle`: why it gets no letter."""

    site: str
    copies: tuple[Copy, ...] = ()
    cases: tuple[int, ...] = ()
    obstacle: str = ""


def is_page(name: str) -> bool:
    """Whether a name is the address of a page, and not that of a site."""
    return "://" in name and bool(urlsplit(name).path.strip("/") or urlsplit(name).query)


def site_named(name: str) -> str:
    """The site that a name or an address stands for."""
    return owner_site(name if "//" in name else f"https://{name}/") or name
