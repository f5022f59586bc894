"""What comes from pages is hostile: what may be shown of it, and which addresses may become links.

Escaping is the templates' (autoescape); this is about what escaping leaves: controls that turn text around, addresses
that run scripts, names that are no file names, and length.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any
from urllib.parse import quote

# Controls have no place in HTML; embeddings, overrides and isolates reorder what stands around them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_WEB = re.compile(r"https?://[^\s/\\?#]+[^\s\x00-\x20\x7f]*\Z", re.IGNORECASE)
_LONGEST_LINK = 2_000  # characters: longer addresses are shown, not linked
_SLUG = re.compile(r"[^a-z0-9.-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)")  # no file may be called so on Windows
_FRAGMENT = 60  # characters of a quotation that a text fragment holds whole
_WORDS = re.compile(r"\S+")


def clean(value: Any) -> Any:
    """A text without controls: each is shown as its number. Whatever is no text stays as it is."""
    if type(value) is str and _CONTROLS.search(value):
        return _CONTROLS.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", value)
    return value


def cut(text: str, length: int) -> str:
    """The beginning of a text, with `…` where something is left out."""
    return text if len(text) <= length else text[:length].rstrip() + " …"


def begun(text: str) -> str:
    """A text with its first letter as a sentence begins."""
    return text[:1].upper() + text[1:]


def web_link(url: str | None) -> str | None:
    """The address if it may become a link: http or https, and of a sane length."""
    return url if url and len(url) <= _LONGEST_LINK and _WEB.match(url) else None


def to_passage(url: str | None, passage: str) -> str | None:
    """An address that scrolls to a passage of the live page (WICG, "Text fragments"), or None."""
    link, words = web_link(url), _WORDS.findall(passage.strip().partition("\n")[0])
    if link is None or not words:
        return None
    text = " ".join(words)
    parts = [text] if len(text) <= _FRAGMENT or len(words) < 8 else [" ".join(words[:4]), " ".join(words[-4:])]
    said = ",".join(_encoded(part[: 2 * _FRAGMENT]) for part in parts)
    return f"{link}{':~:' if '#' in link else '#:~:'}text={said}"


def _encoded(text: str) -> str:
    return quote(text.encode("utf-8", "replace"), safe="").replace("-", "%2D")


def slug(name: str) -> str:
    """A file name for a site or a work: the name itself where it is one on every system, else with a digest."""
    plain = _SLUG.sub("_", name.lower()).strip(".")[:80]
    if plain == name and plain and not _RESERVED.match(plain):
        return plain
    return f"_{plain}-{sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"
