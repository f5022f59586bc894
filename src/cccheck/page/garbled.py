"""UTF-8 that somebody took for Latin-1 or windows-1252 and encoded once more (`JosÃ©` for `José`), put right.

A good page is never touched. Each step asks for more than chance gives: ten garbled letters on the page, and in a
stretch of text between two tags at least two of them and nothing beyond ASCII besides.
"""

from __future__ import annotations

import re

_CHAR_OF = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
_BYTE_OF = {char: byte for byte, char in _CHAR_OF.items()} | {chr(byte): byte for byte in range(0x80, 0x100)}
_TAIL = "[" + re.escape("".join({chr(b) for b in range(0x80, 0xC0)} | {_CHAR_OF[b] for b in range(0x80, 0xC0)})) + "]"
_SEQUENCE = re.compile(f"[\u00c2-\u00df]{_TAIL}|[\u00e0-\u00ef]{_TAIL}{{2}}|[\u00f0-\u00f4]{_TAIL}{{3}}")
# How they begin in UTF-8: a letter from Â to ô, then a control character, a sign, or what windows-1252 has for it.
_BEGINNING = re.compile(rb"\xc3[\x82-\xb4](?:[\xc2\xc5\xc6\xcb]|\xe2[\x80\x82\x84])")
_STRETCH = re.compile("[^<>\n]+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_MIN_ON_PAGE = 10
_MIN_IN_STRETCH = 2


def may_be_garbled(body: bytes) -> bool:
    """A quick look at valid UTF-8: whether there is any reason to look closer."""
    if body.count(b"\xc3") < _MIN_ON_PAGE:
        return False
    found = _BEGINNING.finditer(body)
    return all(next(found, None) for _ in range(_MIN_ON_PAGE))


def put_right(html: str) -> str:
    """The text of a page with its garbled stretches as they were before; the same text where they may be meant."""
    return _STRETCH.sub(lambda match: stretch_put_right(match[0], _MIN_IN_STRETCH), html)


def stretch_put_right(text: str, least: int = 1) -> str:
    """A stretch of text as it was, if all that it has beyond ASCII is garbled and it has so many garbled letters."""
    sequences = _SEQUENCE.findall(text)
    if len(sequences) < least or all(sequence[-1].isspace() for sequence in sequences):
        return text  # a letter before a no-break space may be just that
    if len(_BEYOND_ASCII.findall(text)) != sum(map(len, sequences)):
        return text
    try:
        right = {sequence: bytes(_BYTE_OF[char] for char in sequence).decode("utf-8") for sequence in set(sequences)}
    except UnicodeDecodeError:
        return text
    letters = sum(right[sequence].isalpha() for sequence in sequences)
    return _SEQUENCE.sub(lambda match: right[match[0]], text) if letters >= least else text
