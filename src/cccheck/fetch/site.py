"""Whose site an address belongs to, by the bundled public suffix list: to be polite to, and to report on."""

from functools import cache, lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cccheck.fetch.urls import host_key, split

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


@cache
def _suffixes(icann_only: bool) -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(only_icann=icann_only)


def _is_address(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


@lru_cache(maxsize=8192)
def _registrable(host: str, icann_only: bool) -> str:
    if _is_address(host):
        return host
    return _suffixes(icann_only).privatesuffix(host) or host


def _host(url: str) -> str:
    parts = split(url)
    return host_key(parts.hostname or "") if parts else ""


def site_of(url: str) -> str:
    """The registrable domain (ICANN section of the list): one operator to be polite to. IP addresses are their own."""
    return _registrable(_host(url), True)


def owner_site(url: str) -> str:
    """The owner's site (list with its private section): one blog of a blog farm is one site. For reports."""
    return _registrable(_host(url), False)
