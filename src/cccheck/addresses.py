"""Which addresses mean the same article: spelling variants, tracking, AMP, redirectors and archives seen through.

RFC 3986 section 6 gives the safe normalisations; the rest is how sites and services write links to news articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from cccheck.data import any_listed, listed, rule_table

Relation = Literal["original", "home", "identifier", "publisher", "short", "other"]
_SLASHES = re.compile(r"/{2,}")
_LANGUAGE_HOME = re.compile(r"^/[a-z]{2}(?:-[a-z]{2})?$", re.I)
_SLUG = 8  # letters from which the last part of a path names one article


@dataclass(frozen=True, slots=True)
class Address:
    """An address boiled down to what names the article. `host` is without `www.` and port, `path` without its end."""

    host: str
    path: str
    query: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Wrapper:
    hosts: tuple[str, ...]
    path: str
    params: tuple[str, ...]
    query: bool
    prefix: re.Pattern[str] | None
    end: str
    in_host: bool


@dataclass(frozen=True, slots=True)
class _Data:
    wrappers: tuple[_Wrapper, ...]
    in_host: tuple[str, ...]  # ends of hosts that hold another host
    short: frozenset[str]
    shared: frozenset[str]
    outward: frozenset[str]
    tracking: frozenset[str]
    tracking_prefixes: tuple[str, ...]
    view: re.Pattern[str]  # the end of another view's path
    view_host: re.Pattern[str]  # the beginning of another view's host
    number: re.Pattern[str]  # a path that is an article's number
    number_params: frozenset[str]


@cache
def _data() -> _Data:
    data = rule_table("page/wrappers.toml")
    wrappers = tuple(
        _Wrapper(
            tuple(row["hosts"]),
            row.get("path", ""),
            tuple(row.get("params", ())),
            row.get("query", False),
            re.compile(row["prefix"]) if "prefix" in row else None,
            row.get("end", ""),
            row.get("in_host", False),
        )
        for row in data["wrapper"]
    )
    tracking = data["tracking"]
    short = frozenset(f"{www}{host}" for host in data["short"]["hosts"] for www in ("", "www."))
    return _Data(
        wrappers,
        tuple(host[1:] for wrapper in wrappers if wrapper.in_host for host in wrapper.hosts),
        short,
        frozenset(data["shared"]["hosts"]),
        frozenset(data["outward"]["names"]),
        frozenset(tracking["names"]),
        tuple(tracking["prefixes"]),
        re.compile(any_listed("views.endings") + "$", re.I),
        re.compile(rf"^(?:www\d?|{any_listed('views.hosts')})\."),
        re.compile(rf"^(?:/{any_listed('numbers.folders')}?/?\d+(?:\.html?)?)$", re.I),
        frozenset(listed("numbers.params")),
    )


@lru_cache(maxsize=4096)
def unwrap(url: str) -> str:
    """The address that a redirector or archive link stands for, as far as it stands in the address itself."""
    for _ in range(4):
        inner = _unwrap_once(url)
        if not inner or inner == url:
            return url
        url = inner
    return url


def _unwrap_once(url: str) -> str:
    parts = _split(url)
    if parts is None or not parts.hostname:
        return ""
    for wrapper in _wrappers_of(parts.hostname.lower()):
        inner = _inner(wrapper, parts)
        if inner:
            return inner
    return ""


@lru_cache(maxsize=4096)
def _wrappers_of(host: str) -> tuple[_Wrapper, ...]:
    return tuple(w for w in _data().wrappers if any(_host_matches(host, pattern) for pattern in w.hosts))


def may_relate(url: str, hosts: Iterable[str], own: str = "") -> bool:
    """A cheap test: whether the address can be at one of these hosts, wrapped or not, or is a short link.

    `own` is how addresses begin that are no short links for sure: see `own_beginning`.
    """
    for host in hosts:  # no `any`: a generator costs more than all else that is done here
        if host in url:
            return True
    if own and url.startswith(own):
        return False
    parts = url.split("/", 3)
    return len(parts) > 2 and _may_be_short(parts[2])


def own_beginning(url: str) -> str:
    """How the addresses of a page's own site begin, or nothing where they may be short links."""
    parts = url.split("/", 3)
    return "/".join((*parts[:3], "")) if len(parts) > 3 and not _may_be_short(parts[2]) else ""


def _may_be_short(host: str) -> bool:
    data = _data()
    return host in data.short or not host.islower() or host.endswith(data.in_host)


def _inner(wrapper: _Wrapper, parts: SplitResult) -> str:
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    if wrapper.in_host:
        return f"https://{_host_within(parts.hostname or '', wrapper)}{rest}"
    if wrapper.prefix is not None:
        match = wrapper.prefix.match(rest)
        rest = rest.partition(wrapper.end)[0] if wrapper.end else rest
        return _as_url(rest[match.end() :]) if match and match.end() < len(rest) else ""
    if wrapper.query:
        return _as_url(parts.query)
    if wrapper.path and not parts.path.startswith(wrapper.path):
        return ""
    params = dict(parse_qsl(parts.query))
    return next((_as_url(params[name]) for name in wrapper.params if _as_url(params.get(name, ""))), "")


def _host_within(host: str, wrapper: _Wrapper) -> str:
    """`www-example-org.translate.goog` → `www.example.org`: a dot became a hyphen, and a hyphen two."""
    name = next(host.removesuffix(end[1:]) for end in wrapper.hosts if host.endswith(end[1:]))
    return name.replace("--", "\0").replace("-", ".").replace("\0", "-")


def _as_url(text: str) -> str:
    text = unquote(text) if text[:12].lower().startswith(("http%3a", "https%3a")) else text
    text = re.sub(r"^(https?):/+", r"\1://", text, flags=re.I)
    if text.lower().startswith(("http://", "https://")):
        return text
    return f"https://{text}" if re.match(r"^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)", text) else ""


def _host_matches(host: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    if pattern.endswith(".*"):
        return host.startswith(pattern[:-1])
    return host == pattern


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts


@lru_cache(maxsize=4096)
def boil(url: str) -> Address | None:
    """What the address names, redirectors and archives seen through, or None where it is no web address."""
    return boil_plain(unwrap(url))


def boil_plain(url: str) -> Address | None:
    """The same for an address that leads nowhere else, such as a page's own."""
    parts = _split(url)
    if parts is None or parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    data = _data()
    host = data.view_host.sub("", parts.hostname.lower().rstrip("."))
    path = _SLASHES.sub("/", unquote(parts.path)).rstrip("/")
    path = data.view.sub("", path).rstrip("/").casefold()
    if path.startswith("/amp/"):
        path = path[4:]
    query = tuple(
        sorted(
            (key.casefold(), value)
            for key, value in parse_qsl(parts.query)
            if key.lower() not in data.tracking and not key.lower().startswith(data.tracking_prefixes)
        )
    )
    return Address(host, path, query)


def relation(url: str, originals: tuple[str, ...], *homes: str) -> Relation:
    """How an address stands to a work: the original itself, its publisher's home page, an address there that is only
    a number (and may be the original), another page of the publisher, a short link, or none of these.

    `homes`: the publisher's home page, and after it its further sites; the same path on one of them is the original.
    """
    address = boil(url)
    if address is None:
        return "other"
    known = [known for known in map(boil, originals) if known is not None]
    if any(_same(address, original) for original in known):
        return "original"
    sites = [site for site in map(boil, homes) if site is not None]
    if any(site.host == address.host and _at_same_path(address, original) for site in sites for original in known):
        return "original"
    hosts = {original.host for original in known[:1]} | {site.host for site in sites[:1]}
    hosts |= {original.host for original in known[1:]} - _data().shared
    if _is_at(address.host, hosts) or any(_covers(site, address) for site in sites[1:]):
        return _at_publisher(address, sites)
    return "short" if address.host in _data().short else "other"


def _is_at(host: str, hosts: Iterable[str]) -> bool:
    """Whether a host is one of these or one below it."""
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def _covers(site: Address, address: Address) -> bool:
    """Whether an address stands on a site; on a shared host, below the site's path."""
    return _is_at(address.host, (site.host,)) and f"{address.path}/".startswith(f"{site.path}/")


def _at_same_path(address: Address, original: Address) -> bool:
    """Whether the path is the original's, and names one article: a site that has moved keeps its paths."""
    named = len(original.path.rpartition("/")[2]) >= _SLUG
    return named and _same(Address(original.host, address.path, address.query), original)


def is_publishers_own(url: str, originals: tuple[str, ...], home: str) -> bool:
    """Whether a page is the original, or stands on the publisher's own site or beside the original; on a shared host,
    below its path."""
    address, site = boil(url), boil(home)
    if address is None:
        return False
    known = [known for known in map(boil, originals) if known is not None]
    if any(_same(address, original) for original in known):
        return True
    shared = _data().shared if site is None or not site.path else {*_data().shared, site.host}
    if address.host in {original.host for original in known} - shared:
        return True
    if site is None:
        return False
    if not site.path and address.host.removesuffix("." + site.host) != address.host:
        return True  # `es.`, `news.`: where the whole host is the publisher's, so are the hosts below it
    return address.host == site.host and f"{address.path}/".startswith(f"{site.path}/")


def _same(address: Address, original: Address) -> bool:
    """Equal, or equal but for query parameters that the original has none of and that name no article."""
    if address == original:
        return True
    if (address.host, address.path) != (original.host, original.path) or not original.path:
        return False
    return not original.query and not any(key in _data().number_params for key, _ in address.query)


def _at_publisher(address: Address, sites: list[Address]) -> Relation:
    if any(key in _data().number_params for key, _ in address.query) or _data().number.match(address.path):
        return "identifier"
    at_home = not address.path or _LANGUAGE_HOME.match(address.path)
    if at_home or any((site.host, site.path) == (address.host, address.path) for site in sites):
        return "home"
    return "publisher"


def is_at_any(url: str, hosts: Iterable[str]) -> bool:
    """Whether an address is at one of these hosts or below one."""
    return _is_at(host_of(url), hosts)


def is_shared(host: str) -> bool:
    """Whether many publishers share a host."""
    return host in _data().shared


def leads_out(url: str) -> bool:
    """Whether a path reads as one that a site sends its readers away by: `/go/…`, `/out.php`."""
    parts = _split(url)
    steps = re.findall(r"[a-z]+", parts.path.lower())[:3] if parts else []
    return not _data().outward.isdisjoint(steps)


def host_of(url: str) -> str:
    """The host, lower case, without `www.`; empty where there is none."""
    parts = _split(url)
    return _data().view_host.sub("", (parts.hostname or "").lower()) if parts else ""
