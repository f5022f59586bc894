"""Text for people: what comes from files and pages is shown without anything that could steer what shows it."""

from __future__ import annotations

import re

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
# Controls, direction marks, and characters that show nothing and can hide text in text (operators without a shape,
# isolates, tags). Joiners stay: some scripts need them.
_GONE = (
    "\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"
)
_LONE = "\ud800-\udfff"  # halves of characters: no encoding has them
_ODD = re.compile(f"[{_SPACES}{_GONE}{_LONE}]")


def whole(text: str) -> str:
    """The text with U+FFFD for halves of characters, which JSON may hold and no file can."""
    return text if text.isascii() else re.sub(f"[{_LONE}]", "\ufffd", text)


def clean(text: str) -> str:
    """One line fit for a terminal or a letter: breaks and tabs become a space; controls, marks and unseen signs go."""
    if text.isascii() and text.isprintable():
        return text
    return _ODD.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    char = found[0]
    return " " if char in _SPACES else "\ufffd" if "\ud800" <= char <= "\udfff" else ""
