"""What a part of a page is: navigation, comments, a related box, out of sight …, told from its tag, role, class, style.

The words are data (`rules/page/containers.toml`); the answers are cached, for a page repeats its class names.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from cccheck.data import rules_dir

_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\.0+)?(?:px|em|rem|pt|%)?\s*(?:;|!|$)"
    r"|(?<![-\w])opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}|(?:left|top|right)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
    r"|(?<![-\w])(?:height|width|max-height)\s*:\s*0(?:px)?\s*(?:;|!|$)[^\"]*overflow\s*:\s*hidden",
    re.I,
)
_SIMPLE = re.compile(r"^(?:[a-z][a-z0-9]*)?([.#][\w-]+)$", re.I)
_MAX_HIDING_RULES = 100
_HIDING_CSS = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(frozen=True, slots=True)
class Parts:
    """The vocabulary of parts: tags and roles to kinds, words in class names to kinds, classes that hide."""

    tags: dict[str, str]
    roles: dict[str, str]
    words: dict[str, str]
    hiding: frozenset[str]


@cache
def parts() -> Parts:
    """The vocabulary, read once."""
    data = tomllib.loads((rules_dir() / "page" / "containers.toml").read_text("utf-8"))
    words = {word: kind for kind, listed in data["words"].items() for word in listed}
    return Parts(data["tags"], data["roles"], words, frozenset(data["hiding"]["classes"]))


@lru_cache(maxsize=20_000)
def kinds_of_names(names: str) -> tuple[tuple[str, str], ...]:
    """Class and id, joined by spaces → (kind, the word it was known by), without repeats; `unknown` is out of sight."""
    known, found = parts(), {}
    for name in names.lower().split():
        kind = known.words.get(name) or known.words.get(_core(name))
        if kind:
            found.setdefault(kind, name)
        if name in known.hiding:
            found.setdefault("unknown", name)
    return tuple(found.items())


def _core(name: str) -> str:
    """`td-related-posts` → `related-posts`, `article__comments--open` → `comments`: themes put their mark around words."""
    name = name.replace("__", "-").replace("--", "-").replace("_", "-").strip("-")
    words, steps = parts().words, name.split("-")
    for size in (3, 2):
        for at in range(len(steps) - size + 1):
            core = "-".join(steps[at : at + size])
            if core in words:
                return core
    return ""


def hidden_by_style(style: str) -> bool:
    """Whether an inline style takes the element out of sight."""
    return _HIDDEN_STYLE.search(style) is not None


def hiding_selectors(css: str) -> frozenset[str]:
    """`.class` and `#id` selectors that a stylesheet in the page hides, outside of media queries.

    Another rule, another sheet or a script may show them again, so what they hold is unknown, not hidden.
    """
    found: set[str] = set()
    for number, match in enumerate(_HIDING_CSS.finditer(css)):
        brace = css.rfind("{", max(0, match.start() - 2000), match.start())
        if brace < 0 or number > _MAX_HIDING_RULES:
            continue
        start = max(css.rfind("}", 0, brace), css.rfind("{", 0, brace), css.rfind(";", 0, brace)) + 1
        if css.count("{", 0, start) > css.count("}", 0, start):
            continue  # inside @media or the like
        for selector in css[start:brace].split(","):
            simple = _SIMPLE.match(selector.strip())
            if simple:
                found.add(simple[1].lower())
    return frozenset(found)
