"""What a part of a page is: navigation, comments, a related box, out of sight …, told from its tag, role, class, style.

The words are data (`rules/page/containers.toml`); the answers are cached, for a page repeats its class names.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Literal

from cccheck.data import rules_dir

_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\.0+)?(?:px|em|rem|pt|%)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top|right)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)",
    re.I,
)
# What scripts fade in or open: out of sight for now, perhaps.
_DRIVEN_STYLE = re.compile(
    r"(?<![-\w])(?:opacity|height|max-height|width)\s*:\s*0(?:\.0+)?(?:px|em|rem|%)?\s*(?:;|!|$)", re.I
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


@cache
def parts() -> Parts:
    """The vocabulary, read once."""
    data = tomllib.loads((rules_dir() / "page" / "containers.toml").read_text("utf-8"))
    words = {word: kind for kind, listed in data["words"].items() for word in listed}
    beginnings = frozenset(word.split("-")[0] for word in words if "-" in word)
    return Parts(data["tags"], data["roles"], words, frozenset(data["hiding"]["classes"]), beginnings)


@lru_cache(maxsize=20_000)
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
def hidden_by_style(style: str) -> Literal["", "hidden", "unknown"]:
    """Whether an inline style takes the element out of sight, surely or as long as no script shows it."""
    if _HIDDEN_STYLE.search(style):
        return "hidden"
    return "unknown" if _DRIVEN_STYLE.search(style) else ""


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
