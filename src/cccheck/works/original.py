"""An original's page → a draft: text by trafilatura, facts from its notice and from what it states by machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from cccheck.errors import UsageError
from cccheck.licenses import License, from_url
from cccheck.model import Block, Bundle, Capture, Link, Page, Target, Unreadable
from cccheck.page import build_page
from cccheck.page.decode import decode
from cccheck.phrases import fold
from cccheck.works.cut import part
from cccheck.works.derive import Draft, combine, read_notices
from cccheck.works.extract import extract
from cccheck.works.facts import Fact, Facts
from cccheck.works.metadata import page_licenses, read_facts
from cccheck.works.notice import Notice, find_notices, license_id, split_names
from cccheck.works.templates import languages, level

_ELSEWHERE = frozenset({"comments", "nav", "related"})


def draft_from_page(capture: Capture, given: Facts, *, fetched: bool) -> Draft:
    """A draft from a page. `fetched`: the capture's address is where the page stands, not just a file's name."""
    page = build_page(Bundle(Target(capture.url), capture))
    if isinstance(page, Unreadable):
        raise UsageError(f"{capture.url}: {page.detail}; give an HTML or text file")
    extracted = extract(decode(capture.body, capture.header("content-type")), capture.final_url)
    parted = part(extracted.text)
    placed = _placed_notices(page)
    said, unclear = read_notices([notice for notice, _ in placed])
    linked = _linked(page, placed)
    licensed, open_licenses = _page_license(page, said)
    guesses = _library_facts(extracted.title, extracted.authors)
    address = {"url": Fact(capture.final_url, "its address")} if fetched else {}
    sources = [given, licensed, linked, said, *read_facts(page), address, guesses]
    hints = {key: hint for key, hint in (unclear | open_licenses).items() if not (key == "license" and licensed)}
    draft = combine(sources, hints, parted, _article_parts(page, parted.body))
    return _with_alternates(draft, [capture.url, capture.final_url] if fetched else [])


def _placed_notices(page: Page) -> list[tuple[Notice, Block]]:
    return [(notice, block) for block in page.blocks if _counts(page, block) for notice in find_notices(block.text)]


def _counts(page: Page, block: Block) -> bool:
    kinds = {page.containers[number].kind for number in block.containers}
    return block.visible != "hidden" and not kinds & _ELSEWHERE


def _linked(page: Page, placed: list[tuple[Notice, Block]]) -> Facts:
    """The article's address and the licence, where a notice links them."""
    facts: dict[str, Fact] = {}
    for notice, block in placed:
        links = [link for link in page.links if link.block == block.index and link.start >= notice.start]
        licenses = {name for link in links if (found := from_url(link.resolved)) and (name := license_id(found))}
        if len(licenses) == 1 and notice.license in (None, "CC", *licenses):
            facts.setdefault("license", Fact(tuple(licenses), "a link in the notice"))
        original = next((link for link in links if _leads_to_original(link, notice)), None)
        if original:
            facts.setdefault("url", Fact(original.resolved.partition("#")[0], "a link in the notice"))
    return facts


def _leads_to_original(link: Link, notice: Notice) -> bool:
    text = fold(level(" ".join(link.text.split())))
    if not link.resolved.startswith(("http://", "https://")) or from_url(link.resolved):
        return False
    if notice.title and text.strip(" \"'") == fold(level(notice.title)).strip(" \"'"):
        return True
    return any(fold(phrase) in text for language in languages() for phrase in language.original_link)


def _page_license(page: Page, said: Facts) -> tuple[Facts, dict[str, str]]:
    """The licence that the page states by machine, unless the notice names one; several different ones are unclear."""
    if "license" in said and said["license"].value != ("CC",):
        return {}, {}
    stated = page_licenses(page)
    names: dict[str, str] = {}
    for origin, licenses in stated.items():
        for license in licenses:
            if license.kind != "unspecified":
                names.setdefault(license_id(license) or license.short, origin)
    if len(names) == 1 and all(license_id(one) for found in stated.values() for one in found):
        name, origin = names.popitem()
        return {"license": Fact((name,), origin)}, {}
    if names:
        return {}, {"license": f"the page names {', '.join(names)}"}
    bare = next((origin for origin, found in stated.items() if any(_bare(one) for one in found)), None)
    return ({"license": Fact(("CC",), bare)} if bare else {}), {}


def _bare(license: License) -> bool:
    return license.kind == "unspecified"


def _library_facts(title: str | None, authors: Sequence[str]) -> Facts:
    """trafilatura's reading of headline and byline, believed last; authors only where they look like persons."""
    facts: dict[str, Fact] = {}
    if title:
        facts["title"] = Fact(title, "the page's headline")
    if authors and all(len(split_names(name, languages()[0])) == 1 for name in authors):
        facts["authors"] = Fact(tuple(authors), "the page's byline")
    return facts


def _article_parts(page: Page, body: str) -> Facts:
    """The links and images that belong to the article: those of, and between, the blocks whose text is in the body."""
    plain = fold(" ".join(body.split()))
    inside = [b.index for b in page.blocks if len(b.text) > 40 and fold(" ".join(b.text.split())) in plain]
    if not inside:
        return {}
    blocks, first, last = set(inside), inside[0], inside[-1]
    links = [(link.text, link.resolved) for link in page.links if link.block in blocks and _is_web(link.resolved)]
    images = [(img.src, img.caption) for img in page.images if first <= img.block <= last and _is_web(img.src)]
    facts = {"links": tuple(dict.fromkeys(links)), "images": tuple(dict.fromkeys(images))}
    return {key: Fact(value, "the page") for key, value in facts.items() if value}


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _with_alternates(draft: Draft, addresses: Sequence[str]) -> Draft:
    """The page's other addresses on the site where the article stands; another site's is no address of the original."""
    url = draft.facts.get("url")
    if not url or "alternate_urls" in draft.facts:
        return draft
    host = urlsplit(url.value).hostname
    others = tuple(dict.fromkeys(a for a in addresses if a != url.value and urlsplit(a).hostname == host))
    facts = {**draft.facts, "alternate_urls": Fact(others, "its address")} if others else draft.facts
    return replace(draft, facts=facts)
