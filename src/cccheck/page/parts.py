"""What a part of a page is: navigation, comments, a related box, out of sight …, told from its tag, role, class, style.

The words are data (`rules/page/containers.toml`); the answers are cached, for a page repeats its class names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Literal

from cccheck.data import rule_table

# Out of sight for good: no script undoes these.
_HIDDEN_STYLE = re.compile(
    r"font-size\s*:\s*0(?:\.0+)?(?:px|em|rem|pt|%)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top|right)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)",
    re.I,
)
# Out of sight until a script opens it, if one does.
_SHUT_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.I)
# What scripts fade in or open, and what is too small or too faint to read: out of sight for now, perhaps.
_DRIVEN_STYLE = re.compile(
    r"(?<![-\w])(?:(?:opacity|height|max-height|width)\s*:\s*0(?:\.0+)?(?:px|em|rem|%)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*(?:0?\.0\d|[0-5](?:\.\d+)?%)|font-size\s*:\s*(?:0?\.\d+|1(?:\.\d+)?)p[xt]"
    r"|transform\s*:[^;]{0,80}scale\(\s*0(?:\.0+)?\s*[,)])",
    re.I,
)
# Not where the background shines through the letters.
_NO_COLOR = re.compile(r"(?<![-\w])color\s*:\s*(?:transparent|rgba\([^)]{0,40},\s*0(?:\.0+)?\s*\))", re.I)
_COLORS = re.compile(r"(?<![-\w])(color|background(?:-color)?):([^;!]{1,40})")
_COLOR_NAMES = {"#ffffff": "#fff", "white": "#fff", "rgb(255,255,255)": "#fff", "#000000": "#000", "black": "#000"}
_DOT_STYLE = tuple(
    re.compile(rf"(?<![-\w])(?:{declared})", re.I)
    for declared in (r"width\s*:\s*1px", r"height\s*:\s*1px", r"overflow\s*:\s*hidden")
)
_SIMPLE = re.compile(r"^(?:[a-z][a-z0-9]*)?([.#][\w-]+)$", re.I)
_MAX_HIDING_RULES = 2_000
_HIDING_CSS = (b"display:none", b"display: none", b"visibility:hidden", b"visibility: hidden")
_RULE_ENDS = (b"}", b"{", b";")


@dataclass(frozen=True, slots=True)
class Parts:
    """The vocabulary of parts: tags and roles to kinds, words in class names to kinds, classes that hide."""

    tags: dict[str, str]
    roles: dict[str, str]
    words: dict[str, str]
    hiding: frozenset[str]
    beginnings: frozenset[str]  # first steps of the words that have several
    driven: Driven


@dataclass(frozen=True, slots=True)
class Driven:
    """What tells that scripts open and shut an element: words in its class, its role, its attributes."""

    words: frozenset[str]
    roles: frozenset[str]
    attributes: frozenset[str]  # of the element or of one around it
    own_attributes: frozenset[str]  # of the element itself
    prefixes: tuple[str, ...]


@cache
def parts() -> Parts:
    """The vocabulary, read once."""
    data = rule_table("page/containers.toml")
    words = {word: kind for kind, names in data["words"].items() for word in names}
    beginnings = frozenset(word.split("-")[0] for word in words if "-" in word)
    listed = {name: frozenset(values) for name, values in data["driven"].items()}
    prefixes = tuple(data["driven"]["attribute_prefixes"])
    driven = Driven(listed["words"], listed["roles"], listed["attributes"], listed["own_attributes"], prefixes)
    return Parts(data["tags"], data["roles"], words, frozenset(data["hiding"]["classes"]), beginnings, driven)


@lru_cache(maxsize=5_000)
def is_driven_name(names: str) -> bool:
    """Whether a class says that scripts open and shut its elements: `tab-pane`, `faq__accordion`."""
    words, listed = parts().driven.words, names[:2000].lower().split()
    return any(name in words or not words.isdisjoint(name.replace("_", "-").split("-")) for name in listed)


def is_driven(attributes: Mapping[str, str | None], *, own: bool) -> bool:
    """Whether scripts seem to open and shut an element with these attributes; `own`: it is the shut one itself, not
    one around it."""
    driven = parts().driven
    return (
        is_driven_name(attributes.get("class") or "")
        or (attributes.get("role") or "").lower() in driven.roles
        or any(name in driven.attributes or name.startswith(driven.prefixes) for name in attributes)
        or (own and not driven.own_attributes.isdisjoint(attributes))
    )


@lru_cache(maxsize=4096)
def kinds_of_names(names: str) -> tuple[tuple[str, str], ...]:
    """Class and id, joined by spaces → (kind, the word it was known by), without repeats; `unknown` is out of sight."""
    known = parts()
    found: dict[str, str] = {}
    for name in names[:2000].lower().split():
        kind = known.words.get(name) or known.words.get(_core(name))
        if kind:
            found.setdefault(kind, name)
        if name in known.hiding:
            found.setdefault("unknown", f"class {name}")
    return tuple(found.items())


def _core(name: str) -> str:
    """`td-related-posts` → `related-posts`, `article__comments--open` → `comments`: themes put marks around words."""
    steps = name.replace("__", "-").replace("--", "-").replace("_", "-").strip("-").split("-")
    words, beginnings = parts().words, parts().beginnings
    if beginnings.isdisjoint(steps):  # nearly always
        return ""
    for size in (3, 2):
        for at in range(len(steps) - size + 1):
            core = "-".join(steps[at : at + size])
            if core in words:
                return core
    return ""


@lru_cache(maxsize=5_000)
def hidden_by_style(style: str) -> Literal["", "hidden", "shut", "unknown"]:
    """Whether an inline style takes the element out of sight: surely, `shut` unless a script opens it, or perhaps."""
    if _HIDDEN_STYLE.search(style):
        return "hidden"
    if _SHUT_STYLE.search(style):
        return "shut"
    if _DRIVEN_STYLE.search(style) or all(part.search(style) for part in _DOT_STYLE):
        return "unknown"
    if _NO_COLOR.search(style) and "background-clip" not in style.lower():
        return "unknown"
    return "unknown" if "background" in style and _letters_as_ground(style.lower()) else ""


def _letters_as_ground(style: str) -> bool:
    """Whether letters have the colour of what they stand on."""
    colors = {name[:1]: _COLOR_NAMES.get(value, value) for name, value in _COLORS.findall(style.replace(" ", ""))}
    return len(colors) == 2 and len(set(colors.values())) == 1


def hiding_selectors(css: str) -> frozenset[str]:
    """`.class` and `#id` selectors that a stylesheet in the page hides, outside of media queries.

    Another rule, another sheet or a script may show them again, so what they hold is unknown, not hidden.
    """
    found: set[str] = set()
    counted = depth = 0
    # Bytes are searched and lowered many times faster; a byte for a character, so that places are the same.
    plain = css.encode("ascii", "replace").lower()
    places = (at for text in _HIDING_CSS for at in _all(plain, text))
    for at in sorted(islice(places, _MAX_HIDING_RULES)):
        brace = plain.rfind(b"{", max(0, at - 2000), at)
        if brace < counted:
            continue
        start = max(plain.rfind(mark, max(0, brace - 2000), brace) for mark in _RULE_ENDS) + 1
        depth += plain.count(b"{", counted, start) - plain.count(b"}", counted, start)
        counted = start
        if depth > 0:
            continue  # inside @media or the like
        for selector in css[start:brace].lower().split(","):
            simple = _SIMPLE.match(selector.strip())
            if simple:
                found.add(simple[1])
    return frozenset(found)


def _all(text: bytes, part: bytes) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
