"""Text for people: what comes from files and pages is shown without anything that could steer what shows it."""

from __future__ import annotations

import unicodedata

_SPACES = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
# Direction marks, and characters that show nothing and can hide text in text. Joiners stay: some scripts need them.
_STEERING = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\ufff9\ufffa\ufffb"
)
_UNSEEN = (range(0x2061, 0x2070), range(0xE0000, 0xE1000))  # operators without a shape, isolates; tags


def clean(text: str) -> str:
    """One line fit for a terminal: breaks and tabs become a space; controls, direction marks, unseen signs go."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char in _SPACES:
        return " "
    if char in _STEERING or any(ord(char) in block for block in _UNSEEN):
        return ""
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    return "" if category == "Cc" else char
