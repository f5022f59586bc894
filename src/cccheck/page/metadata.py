"""What a page says of itself in its head: canonical address, licence links, next page, meta data, JSON-LD."""

from collections.abc import Callable
from typing import Any

from cccheck.model import Metadata

_MAX_META = 400
_MAX_JSON_LD = 20


def read_metadata(tree: Any, resolve: Callable[[str], str]) -> Metadata:
    """The metadata of a parsed page (a selectolax lexbor tree); addresses are resolved by `resolve`."""
    links = {"canonical": "", "next": ""}
    licenses: list[str] = []
    for node in tree.css("link[rel]"):
        rels, href = (node.attributes.get("rel") or "").lower().split(), node.attributes.get("href") or ""
        if not href:
            continue
        if "license" in rels:
            licenses.append(resolve(href))
        for rel in ("canonical", "next"):
            if rel in rels:
                links[rel] = links[rel] or resolve(href)
    title = tree.css_first("title")
    root = tree.css_first("html")
    return Metadata(
        title=" ".join(title.text().split())[:500] if title else "",
        language=((root.attributes.get("lang") or "") if root else "")[:20],
        canonical=links["canonical"] or None,
        licenses=tuple(licenses),
        next_url=links["next"] or None,
        other_bases=_other_bases(tree),
        meta=_meta(tree),
        json_ld=tuple(node.text() for node in tree.css('script[type*="ld+json"]')[:_MAX_JSON_LD]),
    )


def _other_bases(tree: Any) -> tuple[str, ...]:
    hrefs = [node.attributes.get("href") or "" for node in tree.css("base[href]")]
    return tuple(filter(None, hrefs))[1:4]


def _meta(tree: Any) -> tuple[tuple[str, str], ...]:
    found = []
    for node in tree.css("meta[content]")[:_MAX_META]:
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        if name:
            found.append((name.lower(), (attributes.get("content") or "")[:2000]))
    return tuple(found)
