"""What stands in a page's code and nowhere in its text: an address or a name in the metadata, in an attribute that a
script may follow, in a form, a picture map, a drawing, a frame, a stylesheet, or in the data that a script draws from.
Readers may see it or not; a person looks.

Asked only where the plain places held nothing. HTML comments and `<template>` show nothing and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import unquote

from cccheck.addresses import host_of, relation
from cccheck.checks._person import name_parts
from cccheck.checks._subject import Subject
from cccheck.licenses import License, from_url
from cccheck.model import Capture, Evidence
from cccheck.page.decode import decode
from cccheck.page.parts import hidden_by_style, kinds_of_names
from cccheck.phrases import fold, says

_TEXTS = frozenset({"script", "style", "textarea", "option", "text", "title", "canvas", "object"})
_HEAD = frozenset({"script", "style", "meta", "link"})  # what no reader sees, whatever a script makes of it
_LINKED = {"a": "href", "base": "href"}  # looked at as a link, or none
_PICTURES = frozenset({"alt", "src", "srcset", "data-src", "data-srcset"})  # say what a picture shows
_AWAY = frozenset({"comments", "nav"})
_LICENCE = re.compile(r"(?:https?:)?//creativecommons\.org/[\w./\-]+", re.I)
_SHORTEST = 8  # letters of a name that is no everyday word
_WINDOW = 60  # characters around a name in which a picture or an advertisement is spoken of
_ADDRESS_END = r"[^\s<>\"'“”«»()\[\]\\|]{0,2000}"
_BETWEEN = r"[\W_]{0,5}(?:(?:family|last)[\W_]?name[\W_]{1,5})?"  # `"givenName": "Maren", "familyName": "Oakhollow"`
_SCHEME = re.compile(r"^(?:[a-z]+:)?//|^[a-z]+:")
_ESCAPED = re.compile(r"\\u(?!d[89a-f])([0-9a-f]{4})", re.I)  # not the halves of a character
_MENTIONED = r"{}(?![\w\-])|[\"'\u0060]{}[\"'\u0060]"  # `#credits`, `.credits`, `'credits'`
_PLAIN_RUN = re.compile("[a-z0-9]+")
_HARMED = re.compile(r"[\\&%]")
_WIDE = 1_000  # bytes that tell how a page is written
_RUN = 3  # letters that are looked for first
_LONG = 2_000_000  # characters of a page or a script that are read
_MOST = 1_000  # addresses or names looked at in one place
_QUOTE = 120
_PLACES = 500  # places looked at: no page needs so many
_FEW = 20  # names in one place, or ids and classes of what shuts a part


@dataclass(frozen=True, slots=True)
class Place:
    """A value in the page's code: of an attribute, or the text of an element that shows none."""

    tag: str
    attribute: str
    value: str

    @property
    def where(self) -> str:
        """`<button formaction>`."""
        return f"<{self.tag} {self.attribute}>" if self.attribute else f"<{self.tag}>"

    @property
    def may_show(self) -> bool:
        """Whether a reader may come upon it: not in a page's head or its scripts' data."""
        return self.tag not in _HEAD


@lru_cache(maxsize=2)
def original_in_code(subject: Subject) -> tuple[Place, ...]:
    """Where the original's address stands in the page's code, other than as the target of a link; at most a few."""
    urls = subject.work.urls
    hosts = {host_of(url) for url in (*urls, *subject.work.homes)} - {""}
    known = "|".join(map(re.escape, sorted(hosts)))
    address = re.compile(rf"(?<![\w.\-])(?:www\d?\.|m\.|amp\.)?(?:{known})(?![\w.\-]){_ADDRESS_END}", re.I)
    places = (place for place in _places(subject, hosts) if _LINKED.get(place.tag) != place.attribute)
    found = (place for place in places if _holds_original(subject, place.value, address))
    return tuple(islice(found, 5))


def name_in_code(subject: Subject, names: tuple[str, ...]) -> Place | None:
    """The first place in the page's code that holds one of these names, its words in order or the last one first. A
    short one counts in metadata and scripts alone."""
    for name in names:
        parts = [fold(word) for word in name_parts(name)]
        runs = (max(_PLAIN_RUN.findall(word.casefold()), key=len, default="") for word in name_parts(name))
        if not parts or not all(_may_stand(subject, run) for run in runs):
            continue
        pattern = _name_pattern(tuple(parts))
        short = sum(map(len, parts)) < _SHORTEST
        for place in _places(subject, {max(parts, key=len)}, folded=True):
            if place.attribute in _PICTURES or (short and place.tag not in ("meta", "script")):
                continue
            if _names(place, pattern):
                return place
    return None


@lru_cache(maxsize=1024)
def _name_pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    either = (_BETWEEN.join(map(re.escape, words)) for words in (parts, (parts[-1], *parts[:-1])))
    whole = r"(?<![^\W_])(?:{})(?![^\W_])" if parts[0].isascii() else "(?:{})"
    return re.compile(whole.format("|".join(either)))


def _names(place: Place, pattern: re.Pattern[str]) -> bool:
    """Whether the name stands there, and not for a picture or an advertisement; in an address, as its last part."""
    text = fold(_plain(place.value))
    if place.attribute in ("href", "src", "action"):
        slug = _SCHEME.sub("", text).partition("?")[0].rstrip("/").partition("/")[2].rpartition("/")[2]
        return re.fullmatch(rf"@?(?:{pattern.pattern})[\W\d_]*(?:\.html?)?", slug) is not None
    for match in islice(pattern.finditer(text), _FEW):
        around = text[max(0, match.start() - _WINDOW) : match.end() + _WINDOW] if place.may_show else ""
        if not (says("photo", around) or says("promo", around)):
            return True
    return False


def licenses_in_code(subject: Subject) -> list[tuple[License, Place]]:
    """Licences whose address stands in the page's code."""
    found = []
    for place in _places(subject, {"creativecommons.org"}):
        if place.attribute == "href" or place.tag == "meta":
            continue  # a link, or what is looked at as metadata
        for match in islice(_LICENCE.finditer(_plain(place.value)), _MOST):
            license = from_url(f"https:{match[0].partition(':')[2] or match[0]}")
            found += [(license, place)] if license is not None else []
    return found


def evidence_of(place: Place) -> Evidence:
    """A place in the code, as evidence that nobody sees for sure."""
    text = " ".join(place.value.split())
    return Evidence(quote=f"{place.where}: {text[:_QUOTE]}", visible="unknown", hidden_by=place.where)


def _holds_original(subject: Subject, value: str, address: re.Pattern[str]) -> bool:
    work = subject.work
    found = (match[0].rstrip(".,;:!?…") for match in islice(address.finditer(_plain(value)), _MOST))
    return any(relation(f"https://{one}", work.urls, *work.homes) == "original" for one in found)


def _plain(value: str) -> str:
    """A value without the escapes of JSON, HTML and addresses."""
    if not _HARMED.search(value):
        return value[:_LONG]
    text = value[:_LONG].replace("\\/", "/")
    if "\\u" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return unquote(unescape(text)) if "&" in text or "%" in text else text


def _places(subject: Subject, words: set[str], *, folded: bool = False) -> Iterator[Place]:
    """Every value in the code that holds one of these words (in small letters; `folded`: accents aside)."""
    if not folded and not any(_may_stand(subject, word, links=True) for word in words):
        return
    values = zip(_values(subject), (_folded if folded else _lowered)(subject), strict=True)
    held = (value for value, text in values if any(word in text for word in words))
    for node, name, value in islice(held, _PLACES):
        if not _is_away(node):
            yield Place(node.tag, name, value)


@lru_cache(maxsize=2)
def _values(subject: Subject) -> list[tuple[Any, str, str]]:
    """Every value in the code, with its element and the name of its attribute: read once for all that is looked for."""
    nodes = (node for root in _roots(subject) for node in root.traverse(include_text=False))
    return [(node, name, value) for node in nodes for name, value in _of_node(node)]


@lru_cache(maxsize=2)
def _written(subject: Subject) -> list[str]:
    """Each of them as it is and, where that is something else, without its escapes."""
    raw = [value for _, _, value in _values(subject)]
    return [f"{value}\n{_plain(value)}" if _HARMED.search(value) else value for value in raw]


@lru_cache(maxsize=2)
def _lowered(subject: Subject) -> list[str]:
    return [text.lower() for text in _written(subject)]


@lru_cache(maxsize=2)
def _folded(subject: Subject) -> list[str]:
    return [fold(text) for text in _written(subject)]


def _may_stand(subject: Subject, run: str, *, links: bool = False) -> bool:
    """A quick test: whether the bytes hold a run of plain letters more often than what is read as text, and with
    `links` as the address of a link. Accents lost and escapes leave such letters alone."""
    if len(run) < _RUN:
        return True
    times = sum(body.count(run.encode()) for body in _bodies(subject))
    return times > 0 and times > _shown(subject).count(run) + (_addresses(subject).count(run) if links else 0)


@lru_cache(maxsize=2)
def _shown(subject: Subject) -> str:
    """The page's text in small letters."""
    return "\n".join([block.text for block in subject.page.blocks]).lower()


@lru_cache(maxsize=2)
def _addresses(subject: Subject) -> str:
    """The addresses of its links in small letters."""
    return "\n".join([link.href for link in subject.page.links]).lower()


def _of_node(node: Any) -> Iterator[tuple[str, str]]:
    """The text of an element that shows none, without a name, and its attributes."""
    if node.tag in _TEXTS:
        yield "", node.text()
    for name, value in node.attributes.items():
        if value:
            yield name, value


def may_be_opened(subject: Subject, block: int) -> bool:
    """Whether the element that shuts a block has an id or a class that a script or a button of the page names, or is
    marked as data for machines (`itemprop`): no readers' text that was taken away from them."""
    node, names = subject.page.blocks[block].element, set()
    while node is not None and node.tag not in ("body", "html"):
        attributes = node.attributes
        if "hidden" in attributes or hidden_by_style(attributes.get("style") or ""):
            if "itemprop" in attributes:
                return True
            names |= {f"#{attributes.get('id')}"} if attributes.get("id") else set()
            names |= {f".{name}" for name in (attributes.get("class") or "").split()[:_FEW]}
        node = node.parent
    said = _scripts(subject) if names else ""
    few = sorted(names)[:_FEW]
    return any(re.search(_MENTIONED.format(re.escape(name), re.escape(name[1:])), said) for name in few)


@lru_cache(maxsize=2)
def _scripts(subject: Subject) -> str:
    """The page's own scripts, and what its elements do on a click."""
    found = []
    for root in _roots(subject):
        for node in root.css("script:not([src]), [onclick], [onchange]"):
            attributes = node.attributes
            found.append(
                node.text() if node.tag == "script" else attributes.get("onclick") or attributes.get("onchange")
            )
    return "\n".join(filter(None, found))[:_LONG]


def _is_away(node: Any) -> bool:
    """Whether an element stands among readers' comments or in a menu."""
    around = node
    while around is not None and around.tag not in ("body", "html"):
        attributes = around.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if around.tag == "nav" or any(kind in _AWAY for kind, _ in kinds_of_names(names)):
            return True
        around = around.parent
    return False


@lru_cache(maxsize=2)
def _bodies(subject: Subject) -> tuple[bytes, ...]:
    """The bytes of all captures that the page was read from, in small letters."""
    captures = (subject.bundle.response, *(capture for _, capture in subject.bundle.followed))
    numbers = {block.capture for block in subject.page.blocks}
    read = (c for number, c in enumerate(captures) if number in numbers and isinstance(c, Capture))
    return tuple(_plain_bytes(c).lower() for c in read)


def _plain_bytes(capture: Capture) -> bytes:
    """The body; of one that is written with two bytes a letter, the same in UTF-8."""
    if b"\x00" not in capture.body[:_WIDE]:
        return capture.body
    return decode(capture.body, capture.header("content-type")).encode("utf-8", "replace")


def _roots(subject: Subject) -> list[Any]:
    """The trees of the page's captures, from the elements of their first blocks."""
    roots: dict[int, Any] = {}
    for block in subject.page.blocks:
        if block.capture not in roots and block.element is not None:
            node = block.element
            while node.parent is not None:
                node = node.parent
            roots[block.capture] = node
    return list(roots.values())
