"""Capture → Page: decode, defuse, parse, walk. Never an exception for anything a server can send."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from cccheck.model import Block, Bundle, Capture, Container, Image, Link, Metadata, Page, Reason, Unreadable
from cccheck.page.decode import decode_markup
from cccheck.page.defuse import defuse
from cccheck.page.metadata import base_addresses, find_metadata, read_metadata
from cccheck.page.parts import hiding_selectors
from cccheck.page.tree import TreeReader

_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", "")
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "an archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
)
_CONTINUES = frozenset({"next", "rendering"})  # what a followed lead adds to the article's own page


def build_page(bundle: Bundle) -> Page | Unreadable:
    """One page out of a bundle: the response and, after it, the further pages that belong to the same copy."""
    response = bundle.response
    if not isinstance(response, Capture):
        return Unreadable(response.reason, response.detail)
    unsupported = _unsupported(response)
    if unsupported:
        return Unreadable(Reason.UNSUPPORTED, unsupported)
    page = _read(response, 0)
    for number, (lead, capture) in enumerate(bundle.followed, 1):
        if lead.role in _CONTINUES and isinstance(capture, Capture) and capture.status == 200:
            page = _append(page, _read(capture, number))
    return page


def _unsupported(capture: Capture) -> str:
    kind = capture.header("content-type").split(";")[0].strip().lower()
    for signature, name in _SIGNATURES:
        if capture.body.startswith(signature):
            return f"the address gives {name}, not a web page"
    looks_html = b"<html" in capture.body[:2000].lower() or b"<!doctype html" in capture.body[:2000].lower()
    return "" if kind in _HTML_TYPES or looks_html else f"the address gives {kind[:60]}, not a web page"


def _read(capture: Capture, number: int) -> Page:
    from selectolax.lexbor import LexborHTMLParser

    html, exact = decode_markup(capture.body, capture.header("content-type"))
    safe = defuse(html)
    tree = LexborHTMLParser(capture.body if exact and safe is html else safe)
    root, said = tree.root, find_metadata(tree)
    resolve = _resolver(_base(base_addresses(said), capture.final_url))
    metadata = read_metadata(said, resolve)
    if root is None:
        return Page(capture.final_url, (), (), (), (), metadata)
    hiding = frozenset[str]().union(*(hiding_selectors(node.text()) for node in said["style"]))
    reader = TreeReader(resolve, hiding, number).read(root)
    return Page(
        url=capture.final_url,
        blocks=tuple(reader.blocks),
        links=tuple(reader.links),
        images=tuple(reader.images),
        containers=tuple(reader.containers),
        metadata=metadata,
    )


def _base(addresses: tuple[str, ...], url: str) -> str:
    """The first `<base>` that says something. (By the standard an empty first one counts too, and the others not; a
    page that has both means the others.)"""
    return _join(url, addresses[0]) if addresses else url


def _resolver(base: str) -> Callable[[str], str]:
    """RFC 3986 section 5 for one base; the common forms without the general machinery, which costs 4 µs a link."""
    try:
        parts = urlsplit(base)
    except ValueError:  # a <base> that is no address
        return lambda href: href
    scheme, origin = f"{parts.scheme}:", f"{parts.scheme}://{parts.netloc}"

    def resolve(href: str) -> str:
        if href[:1] == "/" and "/." not in href:
            return scheme + href if href[:2] == "//" else origin + href
        return href if href[:8] in ("https://", "HTTPS://") else _join(base, href)

    return resolve


@lru_cache(maxsize=4096)
def _join(base: str, href: str) -> str:
    """`href` made absolute; as written where it is no address at all."""
    if href.startswith(("http://", "https://")):
        return href
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def _append(page: Page, more: Page) -> Page:
    """`more` after `page`, its numbers shifted."""
    blocks, containers = len(page.blocks), len(page.containers)

    def block(b: Block) -> Block:
        shifted = tuple(c + containers for c in b.containers)
        return b._replace(index=b.index + blocks, parent=-2 - b.parent, containers=shifted)

    def container(c: Container) -> Container:
        return replace(c, first=c.first + blocks, last=c.last + blocks)

    def link(x: Link) -> Link:
        return x._replace(block=x.block + blocks)

    def image(x: Image) -> Image:
        return replace(x, block=x.block + blocks)

    return Page(
        url=page.url,
        blocks=page.blocks + tuple(map(block, more.blocks)),
        links=page.links + tuple(map(link, more.links)),
        images=page.images + tuple(map(image, more.images)),
        containers=page.containers + tuple(map(container, more.containers)),
        metadata=_merge(page.metadata, more.metadata),
    )


def _merge(first: Metadata, more: Metadata) -> Metadata:
    return replace(first, licenses=first.licenses + more.licenses, json_ld=first.json_ld + more.json_ld)
