"""What an original's page says of itself by machine: JSON-LD, Dublin Core, Open Graph, `rel="license"`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import urljoin

from cccheck.licenses import License, find_names, from_url
from cccheck.model import Page
from cccheck.phrases import fold
from cccheck.works.facts import Fact, Facts

_ARTICLE = re.compile(r"(?:.*Article|.*Posting|Report|Review|Essay|CreativeWork)$")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.IGNORECASE)
_PICTURE = frozenset({"figure", "caption"})
_MAX_DEPTH = 6


def read_facts(page: Page) -> tuple[Facts, Facts, Facts]:
    """What JSON-LD, Dublin Core and the other meta data say of the article, in the order in which they are believed."""
    nodes = list(_nodes(page.metadata.json_ld))
    article = next((node for node in nodes if _is_article(node)), {})
    meta: dict[str, list[str]] = {}
    for name, content in page.metadata.meta:
        if content.strip():
            meta.setdefault(name, []).append(" ".join(content.split()))
    return _json_ld(article, nodes, page.url), _dublin_core(meta), _open_graph(meta, page)


def page_licenses(page: Page) -> dict[str, list[License]]:
    """Every licence that the page states for itself by machine, by where it is said; pictures' licences left out."""
    nodes = list(_nodes(page.metadata.json_ld))
    said = [text for node in nodes if _is_article(node) for text in _texts(node.get("license"), "@id", "url", "name")]
    rights = [value for name, value in page.metadata.meta if re.match(r"dc(?:terms)?\.(?:rights|license)", name)]
    return {
        "JSON-LD": _licenses(said),
        "Dublin Core": _licenses(rights),
        'rel="license"': _licenses([*page.metadata.licenses, *_license_links(page)]),
    }


def _license_links(page: Page) -> Iterator[str]:
    for link in page.links:
        block = page.blocks[link.block] if link.block < len(page.blocks) else None
        kinds = {page.containers[number].kind for number in block.containers} if block else set()
        if "license" in link.rel and link.visible != "hidden" and not kinds & _PICTURE:
            yield link.resolved


def _licenses(texts: Iterable[str]) -> list[License]:
    found: list[License] = []
    for text in texts:
        by_url = from_url(text.strip()) if "/" in text else None
        found += [by_url] if by_url else [named.license for named in find_names(text[:1000])]
    return list(dict.fromkeys(found))


# ------------------------------------------------------------------ JSON-LD


def _nodes(scripts: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    for script in scripts:
        try:
            yield from _flat(json.loads(script, strict=False), 0)
        except (ValueError, RecursionError):
            continue


def _flat(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flat(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _flat(value.get(key), depth + 1)


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.match(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _json_ld(article: Mapping[str, Any], nodes: list[Mapping[str, Any]], base: str) -> Facts:
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    people = [_full(person, by_id) for person in _listed(article.get("author") or article.get("creator"))]
    publisher = next(iter([_full(item, by_id) for item in _listed(article.get("publisher"))]), {})
    site = _first(_texts(publisher.get("name")))
    title = _first(_texts(article.get("headline"))) or _first(_texts(article.get("name")))
    address = _first(_texts(article.get("url"), "@id")) or _first(_texts(article.get("mainEntityOfPage"), "@id", "url"))
    facts = {
        "title": _without_site(title, site),
        "authors": tuple(
            dict.fromkeys(name for person in people if _is_person(person) for name in _texts(person["name"]))
        ),
        "publisher": site,
        "publisher_url": _http(_first(_texts(publisher.get("url"), "@id")), base),
        "url": _http(address, base),
        "published": _day(_first(_texts(article.get("datePublished")))),
        "language": _tag(_first(_texts(article.get("inLanguage"), "alternateName", "name"))),
    }
    return _facts(facts, "JSON-LD")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _full(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """A person or organisation as an object: a bare name gets one, a reference is looked up."""
    if isinstance(value, str):
        return {"name": value}
    if not isinstance(value, dict):
        return {}
    known = by_id.get(value["@id"]) if isinstance(value.get("@id"), str) else None
    return {**(known or {}), **value}


def _is_person(node: Mapping[str, Any]) -> bool:
    return bool(node.get("name")) and "Organization" not in str(node.get("@type", ""))


def _texts(value: Any, *keys: str) -> list[str]:
    """The strings in a value that may be a string, an object with one of the keys, or a list of these."""
    if isinstance(value, str):
        return [" ".join(unescape(value).split())] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item, *keys)]
    if isinstance(value, dict):
        return next((found for key in keys if (found := _texts(value.get(key)))), [])
    return []


# ------------------------------------------------------------------ meta elements


def _dublin_core(meta: Mapping[str, list[str]]) -> Facts:
    def get(name: str) -> list[str]:
        return [text for prefix in ("dc.", "dcterms.", "dc:", "dcterms:") for text in meta.get(prefix + name, [])]

    facts = {
        "title": _first(get("title")),
        "authors": tuple(get("creator")),
        "publisher": _first(get("publisher")),
        "published": _day(_first(get("date.issued") or get("issued") or get("date"))),
        "language": _tag(_first(get("language"))),
    }
    return _facts(facts, "Dublin Core")


def _open_graph(meta: Mapping[str, list[str]], page: Page) -> Facts:
    authors = [name for name in meta.get("author", []) + meta.get("article:author", []) if "://" not in name]
    site = _first(meta.get("og:site_name", []))
    facts = {
        "title": _without_site(_first(meta.get("og:title", [])), site),
        "authors": tuple(dict.fromkeys(authors)),
        "publisher": site,
        "url": _http(_first(meta.get("og:url", [])), page.url),
        "published": _day(_first(meta.get("article:published_time", []))),
        "language": _tag(page.metadata.language or _first(meta.get("og:locale", []))),
    }
    return _facts(facts, "meta data")


def _facts(values: Mapping[str, Any], origin: str) -> Facts:
    return {key: Fact(value, origin) for key, value in values.items() if value}


def _without_site(title: str | None, site: str | None) -> str | None:
    """The title without " | Site" at its end."""
    parts = re.split(r"\s+[|–—·-]\s+", title or "")
    if title and site and len(parts) > 1 and compact(parts[-1]) == compact(site):
        return title[: title.rindex(parts[-1])].rstrip(" |–—·-")
    return title


def compact(name: str) -> str:
    """A name's letters and digits alone, case and accents aside."""
    return "".join(re.findall(r"\w", fold(name)))


def _first(texts: list[str]) -> str | None:
    return texts[0] if texts else None


def _http(url: str | None, base: str) -> str | None:
    try:
        whole = urljoin(base, url or "")
    except ValueError:
        return None
    return whole if url and whole.lower().startswith(("http://", "https://")) and not re.search(r"\s", whole) else None


def _day(text: str | None) -> str | None:
    found = _DATE.match(text or "")
    return found[0] if found else None


def _tag(text: str | None) -> str | None:
    tag = (text or "").strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None
