"""Mark-up made to be slow to parse, made harmless first.

HTML parsers are quadratic in the depth of the tree and in the number of attributes of one element (20,000 nested
elements took 0.5 s, 100,000 attributes 19 s). Real pages stay under 100 levels and 100 attributes.
"""

import re

MAX_DEPTH = 8_000
MAX_ATTRIBUTES = 2_000
MAX_OPTIONS = 5_000  # the parser is quadratic in them too, and nobody reads a list of choices for its text
_LONG_TAG = 20_000  # characters: shorter tags cannot hold enough attributes to hurt
_WINDOW = _LONG_TAG // 2
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})([^<>]*)>?")
_OPEN_LONG = re.compile(rf"<([a-zA-Z][a-zA-Z0-9:-]{{0,40}})(\s[^<>]{{{_LONG_TAG},}})")
_OPTION = re.compile(r"</?option[^<>]*>?", re.I)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th".split()
)


def defuse(html: str) -> str:
    """The same page, cut down only where no browser user would miss anything."""
    if _has_long_tag(html):
        html = _OPEN_LONG.sub(_fewer_attributes, html)
    tags = html.count("<")  # the quickest look: nearly no page has so many that the others are worth it
    if tags > MAX_OPTIONS and html.count("<option") > MAX_OPTIONS:
        html = _OPTION.sub(" ", html)
    if tags > 2 * MAX_DEPTH and tags - html.count("</") > MAX_DEPTH and _depth(html) > MAX_DEPTH:
        html = _flatten(html)
    return html


def _has_long_tag(html: str) -> bool:
    """Whether there is a harmful tag. It has neither `<` nor `>` in it and is twice as long as the window, so that it
    covers a whole window, and begins at the last `<` before that."""
    return any(
        html.find(">", at, at + _WINDOW) < 0
        and html.find("<", at, at + _WINDOW) < 0
        and _OPEN_LONG.match(html, max(0, html.rfind("<", 0, at)))
        for at in range(0, len(html) - _WINDOW, _WINDOW)
    )


def _fewer_attributes(match: re.Match[str]) -> str:
    """The tag as it is, or without attributes where it has more than any real one; long values do not count."""
    names = _QUOTED.sub("", match[2])
    return match[0] if len(names.split()) <= MAX_ATTRIBUTES and len(names) < _LONG_TAG else f"<{match[1]} "


def _depth(html: str) -> int:
    """An upper bound of how deep elements nest: unclosed ones count until the end."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match[2].lower() in _VOID:
            continue
        if match[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _flatten(html: str) -> str:
    """Drop the tags, not the text, beyond the allowed depth."""
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in _VOID:
            return match[0] if depth <= MAX_DEPTH else " "
        if match[1]:
            depth = max(0, depth - 1)
            return match[0] if depth < MAX_DEPTH else " "
        depth += 1
        return match[0] if depth <= MAX_DEPTH else " "

    return _TAG.sub(keep, html)
