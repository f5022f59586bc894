"""Markdown as the generated pages need it: tables, escapes, the line that says what a page is made from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

MADE = "<!-- Made from {} by docs/generate.py: change that, not this page. -->\n"


def table(head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(map(cell, row))} |"
    yield ""


def cell(text: str) -> str:
    """A cell: its bars part no columns, in code as little as in text, on a forge as little as in the site."""
    if "|" not in text:
        return text
    code = re.sub(r"`([^`]*)`", lambda found: f"<code>{html.escape(found[1])}</code>", text)
    return code.replace("|", "&#124;")


def escaped(text: str) -> str:
    """Text that Markdown leaves alone, outside of code."""
    parts = text.split("`")
    for place in range(0, len(parts), 2):
        for sign in "<*_[":
            parts[place] = parts[place].replace(sign, f"\\{sign}")
    return "`".join(parts)


def joined(lines: Sequence[str] | Iterator[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
