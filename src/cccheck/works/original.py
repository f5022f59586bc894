"""An original's page → a draft: text by trafilatura, facts from its notice and from what it states by machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from cccheck.errors import UsageError
from cccheck.licenses import from_url
from cccheck.model import Block, Bundle, Capture, Link, Page, Target, Unreadable
from cccheck.page import build_page
from cccheck.page.decode import decode
from cccheck.phrases import fold, fold_with_offsets, name_words, pattern
from cccheck.works.cut import part, without_heading
from cccheck.works.derive import Draft, combine, read_notices
from cccheck.works.extract import extract
from cccheck.works.facts import Fact, Facts
from cccheck.works.metadata import compact, page_licenses, read_facts
from cccheck.works.names import split_names
from cccheck.works.notice import Notice, find_notices, license_id
from cccheck.works.templates import languages, level

_BARE = Fact(("CC",), "")  # a Creative Commons licence, not said which
_ELSEWHERE = frozenset({"comments", "nav", "related"})


def draft_from_page(capture: Capture, given: Facts, *, fetched: bool) -> Draft:
    """A draft from a page. `fetched`: the capture's address is where the page stands, not just a file's name."""
    page = build_page(Bundle(Target(capture.url), capture))
    if isinstance(page, Unreadable):
        raise UsageError(f"{capture.url}: {page.detail}; give an HTML or text file")
    extracted = extract(decode(capture.body, capture.header("content-type")), capture.final_url)
    parted = part(without_heading(extracted.text, extracted.title or "", extracted.authors))
    placed = _placed_notices(page)
    said, hints = read_notices([notice for notice, _ in placed])
    linked = _linked(page, placed)
    said |= linked | _canonical(page, linked)
    if not hints.get("license") and said.get("license", _BARE).value == _BARE.value:
        licensed, hints["license"] = _page_license(page)
        said = {key: fact for key, fact in said.items() if key != "license" or not hints["license"]} | licensed
    address = {"url": Fact(capture.final_url, "its address")} if fetched else {}
    guesses = _library_facts(extracted.title, extracted.authors)
    stated, unnamed = _single_names([*read_facts(page), address, guesses], page.metadata.language)
    parts = {**_article_parts(page, parted.body), "extracted": Fact(True, "the page")}
    draft = combine([given, said, *stated], hints | unnamed, parted, parts)
    return _with_alternates(draft, [capture.url, capture.final_url] if fetched else [])


def _placed_notices(page: Page) -> list[tuple[Notice, Block]]:
    return [(notice, block) for block in page.blocks if _counts(page, block) for notice in find_notices(block.text)]


def _counts(page: Page, block: Block) -> bool:
    kinds = {page.containers[number].kind for number in block.containers}
    return block.visible != "hidden" and not kinds & _ELSEWHERE


def _linked(page: Page, placed: list[tuple[Notice, Block]]) -> dict[str, Fact]:
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


def _canonical(page: Page, linked: Facts) -> dict[str, Fact]:
    """The canonical link, unless it is the home page or a notice links another article than that."""
    url = page.metadata.canonical or ""
    other = linked["url"].value if "url" in linked else url
    if not _is_web(url) or urlsplit(url).path in ("", "/") or url.partition("?")[0] != other.partition("?")[0]:
        return {}
    return {"url": Fact(url, "its canonical link")}


def _leads_to_original(link: Link, notice: Notice) -> bool:
    text = fold(level(" ".join(link.text.split())))
    if not link.resolved.startswith(("http://", "https://")) or from_url(link.resolved):
        return False
    if notice.title and text.strip(" \"'") == fold(level(notice.title)).strip(" \"'"):
        return True
    return any(fold(phrase) in text for language in languages() for phrase in language.original_link)


def _page_license(page: Page) -> tuple[dict[str, Fact], str]:
    """The licence that the page states by machine; where it states several, or one without version, a hint to that."""
    stated = [(origin, license) for origin, found in page_licenses(page).items() for license in found]
    named = {
        license_id(license) or license.short: origin for origin, license in stated if license.kind != "unspecified"
    }
    exact = all(license_id(license) for _, license in stated)
    if len(named) == 1 and exact:
        name, origin = named.popitem()
        return {"license": Fact((name,), origin)}, ""
    if named:
        return {}, f"the page names {', '.join(named)}"
    return ({"license": Fact(("CC",), stated[0][0])} if stated else {}), ""


def _library_facts(title: str | None, authors: Sequence[str]) -> Facts:
    """trafilatura's reading of headline and byline, believed last."""
    facts = {"title": Fact(title, "the page's headline"), "authors": Fact(tuple(authors), "the page's byline")}
    return {key: fact for key, fact in facts.items() if fact.value}


def _single_names(sources: Sequence[Facts], code: str) -> tuple[list[Facts], dict[str, str]]:
    """The sources with authors as single names; a hint instead, where the first to name any says more than names."""
    authors = next((facts["authors"] for facts in sources if "authors" in facts), None)
    if authors is None:
        return list(sources), {}
    language = next((one for one in languages() if code.startswith(one.code)), languages()[0])
    publishers = {compact(facts["publisher"].value) for facts in sources if "publisher" in facts}
    names = [split_names(_without_by(text), language) for text in authors.value]
    rest: list[Facts] = [{key: fact for key, fact in facts.items() if key != "authors"} for facts in sources]
    if not all(names) or publishers & set(map(compact, authors.value)):
        return rest, {"authors": f"the page says {', '.join(authors.value)[:100]}"}
    each = tuple(dict.fromkeys(name for some in names for name in some))
    return [{"authors": Fact(each, authors.origin)}, *rest], {}


def _without_by(text: str) -> str:
    """`By Jane Doe` → `Jane Doe`. A word that also opens names does so with a capital: `Van Doren` stays."""
    folded, offsets = fold_with_offsets(text)
    said = pattern("by").match(folded)
    if said is None or folded[said.end() : said.end() + 1] != " ":
        return text
    opens_names = folded[: said.end()] in name_words("particles")
    return text if opens_names and not text[0].islower() else text[offsets[said.end()] :].strip()


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
