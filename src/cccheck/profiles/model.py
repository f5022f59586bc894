"""A publisher's profile as a value, and which of several holds for an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from cccheck.addresses import boil
from cccheck.model import Asked


@dataclass(frozen=True, slots=True)
class Source:
    """Where the terms stand. `read` is the day or month; `full`: the page itself was read, not a report of it."""

    url: str
    read: str
    full: bool
    says: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A licence, or `permission`, and the articles it is for: dates of publication, a kind in words."""

    license: str
    says: str = ""
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `wish`: preferred, not demanded. `since` and `until`: days, both included, of the copy or article."""

    name: str
    values: Mapping[str, Any]
    says: str = ""
    wish: bool = False
    since: str | None = None
    until: str | None = None
    of: Literal["copy", "article"] = "copy"

    def stands(self, copy: str | None, article: str | None) -> bool:
        """Whether it stood on the date that counts. A date that is not known is held against nobody."""
        if self.since is None and self.until is None:
            return True
        day = (copy if self.of == "copy" else article) or ""
        known = len(day) >= 10 and day[:4].isdigit()
        return known and (self.since or "") <= day[:10] and (self.until is None or day[:10] <= self.until)


@dataclass(frozen=True, slots=True)
class Profile:
    """What one publisher asks. `sites` are hosts, some with a path; `snippet` has `head`, `before`, `after`."""

    id: str
    name: str
    sites: tuple[str, ...]
    grants: tuple[Grant, ...]
    sources: tuple[Source, ...]
    aliases: tuple[str, ...] = ()
    country: str | None = None
    language: str = "en"
    credit: tuple[Asked, ...] | None = None
    terms: Mapping[str, Term] = field(default_factory=dict)
    snippet: Mapping[str, str] = field(default_factory=dict)
    snippet_seen: bool = False  # the code itself was seen, and not put together from the terms
    file: Path = Path()

    @property
    def full(self) -> bool:
        """Whether its terms were read where they stand. What was read in part is a wish at most."""
        return self.sources[0].full

    @property
    def by_permission(self) -> bool:
        """Whether the articles stand under these terms alone, and under no licence."""
        return all(grant.license == "permission" for grant in self.grants)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that credits the publisher, its domains among them."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *(site for site in self.sites if "/" not in site))))

    def owns(self, url: str) -> bool:
        """Whether an address is one of the publisher's own sites, or of a host below it."""
        return any(_covers(site, url) for site in self.sites)


def profile_at(url: str, profiles: Iterable[Profile]) -> Profile | None:
    """The profile whose site an address is: the one that names most of the address."""
    found = [(len(site), profile) for profile in profiles for site in profile.sites if _covers(site, url)]
    return max(found, key=lambda item: item[0])[1] if found else None


def _covers(site: str, url: str) -> bool:
    if site.partition("/")[0] not in url.lower():
        return False
    address, own = boil(url), boil(f"https://{site}")
    if address is None or own is None:
        return False
    same_host = address.host == own.host or address.host.endswith(f".{own.host}")
    return same_host and f"{address.path}/".startswith(f"{own.path}/")
