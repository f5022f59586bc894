"""What becomes of a name on its way through wrong encodings: its letters taken for others, lost, or written out.

Only letters that are no plain Latin ones, and apostrophes, come to harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html.entities import codepoint2name
from urllib.parse import quote

# The codes that texts are written in, and those that they are taken for.
_WRITTEN = ("utf-8", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1256", "koi8-r", "iso8859-2", "mac-roman")
_WRITTEN_EAST = ("gb18030", "big5", "shift-jis", "euc-jp", "euc-kr")
_TAKEN = ("cp1252", "latin-1", "mac-roman", "cp437", "cp1250", "cp1251")
_LOST = "[?\\ufffd\u00bf\u25a1]"
_REST = r"[^\sA-Za-z0-9]"  # what may be left of a letter
_FEW = 3  # letters of a name that came to no harm, from which what is left names it
_MANY = 6  # letters of a name all of which were lost


@lru_cache(maxsize=4096)
def garbled(name: str) -> re.Pattern[str] | None:
    """What finds a name that came to harm, in text as it is written; None for one that cannot."""
    if name.isascii() and "'" not in name:
        return None
    curled = name.replace("'", "’")
    forms = (*_misread(curled), *_written_out(name), *_written_out(curled))
    harmed = {form for form in forms if form != name and len(form) >= max(_FEW, len(name))}
    alternatives = set(map(re.escape, harmed))
    worn = _worn(name)
    ordered = [*sorted(alternatives, key=lambda form: (-len(form), form)), *([worn] if worn else [])]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)", re.I) if ordered else None


def _misread(name: str) -> Iterator[str]:
    """The name written in one code and read in another; in UTF-8, twice."""
    for written in (*_WRITTEN, *_WRITTEN_EAST):
        try:
            raw = name.encode(written)
        except UnicodeEncodeError:
            continue
        for taken in _TAKEN if written == "utf-8" else _TAKEN[:3]:
            once = raw.decode(taken, "ignore")
            yield once
            if written == "utf-8" and taken in _TAKEN[:2]:
                yield once.encode("utf-8").decode(taken, "ignore")


def _written_out(name: str) -> Iterator[str]:
    """Letters as references, percent signs or escapes that nothing has turned back."""
    ways = (
        lambda c: f"&{codepoint2name[ord(c)]};" if ord(c) in codepoint2name else f"&#{ord(c)};",
        lambda c: f"&#{ord(c)};",
        lambda c: f"&#x{ord(c):x};",
        quote,
        lambda c: f"\\u{ord(c):04x}",
        lambda c: f"u{ord(c):04x}",
    )
    for way in ways:
        yield "".join(c if c.isascii() and c != "'" else way(c) for c in name)


def _worn(name: str) -> str:
    """A pattern of what is left of the name: its plain letters, with signs or nothing in the place of the others."""
    from cccheck.phrases import fold

    kept = [c for c in name if c.isascii() and c.isalpha()]
    if len(kept) >= _FEW:
        return "".join(
            re.escape(c) if c.isascii() and c != "'" else rf"{_REST}{{0,4}}+(?:{re.escape(fold(c))})?+{_REST}{{0,2}}+"
            for c in name
        )
    words = name.split()
    if kept or sum(map(len, words)) < _MANY:
        return ""
    return r"\s".join(rf"(?:{_LOST}{{{len(word)}}}){{1,3}}" for word in words)
