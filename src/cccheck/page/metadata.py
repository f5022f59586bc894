"""What a page says of itself in its head: base and canonical address, licence links, next page, meta data, JSON-LD.

One search of the tree finds all of it: each search costs as much as a tenth of the walk over the page.
"""

from collections.abc import Callable
from typing import Any

from cccheck.model import Metadata

_ALL = 'base[href], html, link[rel], meta[content], script[type*="ld+json"], style, title'
_MAX_META = 400
_MAX_CANONICALS = 5
_MAX_JSON_LD = 20
_MAX_ADDRESS = 2_000  # characters; what is longer was made to be long
_LINKS = {"license", "canonical", "next"}

Said = dict[str, list[Any]]


def find_metadata(tree: Any) -> Said:
    """The elements of a selectolax lexbor tree that say something of the page: by tag, in the order of the page."""
    found: Said = {"base": [], "html": [], "link": [], "meta": [], "script": [], "style": [], "title": []}
    for node in tree.css(_ALL):
        found[node.tag].append(node)
    return found


def base_addresses(said: Said) -> tuple[str, ...]:
    """What the page's `<base>` elements give, as written, but for those that give nothing."""
    return tuple(filter(None, ((node.attributes.get("href") or "")[:_MAX_ADDRESS] for node in said["base"])))


def read_metadata(said: Said, resolve: Callable[[str], str]) -> Metadata:
    """The metadata of a page from what `find_metadata` gives; addresses are resolved by `resolve`."""
    canonicals: list[str] = []
    next_url = ""
    licenses: list[str] = []
    for node in said["link"]:
        attributes = node.attributes
        rels, href = (attributes.get("rel") or "").lower().split(), attributes.get("href") or ""
        if not href or not _LINKS.intersection(rels):
            continue
        address = resolve(href[:_MAX_ADDRESS])[:_MAX_ADDRESS]
        if "license" in rels:
            licenses.append(address)
        if "canonical" in rels:
            canonicals.append(address)
        if "next" in rels:
            next_url = next_url or address
    return Metadata(
        title=" ".join(said["title"][0].text().split())[:500] if said["title"] else "",
        language=(said["html"][0].attributes.get("lang") or "")[:20] if said["html"] else "",
        canonical=canonicals[0] if canonicals else None,
        other_canonicals=tuple(canonicals[1:_MAX_CANONICALS]),
        licenses=tuple(licenses),
        next_url=next_url or None,
        other_bases=base_addresses(said)[1:4],
        meta=_meta(said["meta"][:_MAX_META]),
        json_ld=tuple(node.text() for node in said["script"][:_MAX_JSON_LD]),
    )


def _meta(nodes: list[Any]) -> tuple[tuple[str, str], ...]:
    found = []
    for node in nodes:
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        if name:
            found.append((name.lower(), (attributes.get("content") or "")[:2000]))
    return tuple(found)
