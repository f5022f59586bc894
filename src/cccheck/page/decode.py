"""Bytes → text: the charset a reader's browser would settle on, forgiving where the declaration is wrong."""

import codecs
import re

_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.\-]{2,40})""", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([a-zA-Z0-9_:.\-]{2,40})", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
# Soft hyphens, zero-width characters, byte-order marks: no reader sees them.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# WHATWG Encoding Standard, 4.2: these labels mean windows-1252 on the web.
_WEB_LABELS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_STATEFUL = {"iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "utf-7"}
_STATEFUL_NAMES = [name.encode() for name in _STATEFUL]
_HEAD = 8192  # bytes in which a declaration is looked for


def decode(body: bytes, content_type: str = "") -> str:
    """The text of an HTML response, never an exception.

    Valid UTF-8 is UTF-8 whatever the declaration says: other encodings almost never produce it by chance.
    Then the declared charset (HTTP header, then `<meta>`), then a guess.
    """
    return decode_markup(body, content_type)[0]


def decode_markup(body: bytes, content_type: str = "") -> tuple[str, bool]:
    """The text as of `decode`, and whether it is just what the body is in UTF-8: then a parser can have the bytes."""
    text, exact = _decode(body, content_type)
    if len(body.translate(None, _CONTROL_BYTES)) != len(body):
        text, exact = _CONTROL.sub(" ", text), False
    for char in _INVISIBLE:
        if char in text:
            text, exact = text.replace(char, ""), False
    return text, exact


def _decode(body: bytes, content_type: str) -> tuple[str, bool]:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace"), False
    if _may_be_stateful(body, content_type):
        declared = _declared(body, content_type)
        if declared in _STATEFUL:
            return body.decode(declared if declared != "utf-7" else "ascii", "replace"), False
    try:
        return body.decode("utf-8"), True
    except UnicodeDecodeError:
        return _decode_legacy(body, _declared(body, content_type)), False


def _may_be_stateful(body: bytes, content_type: str) -> bool:
    """Whether an encoding that uses ASCII bytes for other characters may be declared: a look for the names only."""
    head = body[:_HEAD].lower() + content_type.lower().encode("utf-8", "replace")
    return any(name in head for name in _STATEFUL_NAMES)


def _declared(body: bytes, content_type: str) -> str:
    header = _HEADER.search(content_type)
    if header:
        return header[1].lower()
    meta = _META.search(body, 0, _HEAD)
    return meta[1].decode("ascii").lower() if meta else ""


def _decode_legacy(body: bytes, declared: str) -> str:
    """Not valid UTF-8. A declared UTF-8 page with a few bad bytes stays UTF-8; otherwise declaration, then guess."""
    encoding = _WEB_LABELS.get(declared, declared)
    if encoding.startswith("utf-8") or encoding == "utf8":
        text = body.decode("utf-8", "replace")
        if text.count("\ufffd") * 200 < sum(1 for b in body[:200_000] if b > 127) + 200:
            return text
    elif encoding:
        try:
            return body.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return _guess(body)


def _guess(body: bytes) -> str:
    from bs4.dammit import UnicodeDammit

    # The guess looks at a sample: detectors are slow on megabytes, and pages do not change charset half-way.
    encoding = UnicodeDammit(body[:100_000], is_html=True).original_encoding or "cp1252"
    try:
        return body.decode(encoding, "replace")
    except LookupError:
        return body.decode("cp1252", "replace")
