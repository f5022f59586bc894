"""Bytes → text: the charset a reader's browser would settle on, forgiving where the declaration is wrong."""

import codecs
import re
from contextlib import suppress

from cccheck.page.garbled import may_be_garbled, put_right

_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.\-]{2,40})""", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([a-zA-Z0-9_:.\-]{2,40})", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
# Soft hyphens, zero-width characters, byte-order marks: no reader sees them.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Encodings of the WHATWG Encoding Standard that mean more than Python's codec of that name.
_CODECS = {
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso-8859-8-i": "iso8859-8",
    "windows-874": "cp874",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
}
# What ISO 8859 has for controls that nobody writes, read as Windows writes it: quotation marks, dashes.
_C1 = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xA0)}
_ANY_C1 = re.compile("[\x80-\x9f]")
# Encodings of Japanese that detectors take for others on short pages. Kana give them away: text of other languages,
# read in these, has next to none.
_JAPANESE = ("cp932", "euc_jp")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_KANA = re.compile("[\u3041-\u30fa]")
_KANA_SHARE = 0.2  # of the characters beyond ASCII
_BROKEN = 10  # so many good characters beyond ASCII for one that is broken: text in another encoding has hardly any
# Encodings whose bytes may be valid UTF-8 and mean something else.
_STATEFUL = {"iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "utf-7"}
_WIDE = {"utf-16", "utf-16le", "utf-16be", "utf-16-le", "utf-16-be"}
_OTHER_NAMES = [name.encode() for name in _STATEFUL | {"utf-16"}]
_SAMPLE = 100_000  # bytes or characters that a guess looks at
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
    if exact and not text.isascii() and may_be_garbled(body):
        right = put_right(text)
        text, exact = right, right is text or right == text
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
    if _may_be_no_utf_8(body, content_type):
        declared = _declared(body, content_type)
        if declared in _WIDE and b"\x00" in body[:_HEAD]:
            return body.decode(declared, "replace"), False
        if declared in _STATEFUL:
            return body.decode(declared if declared != "utf-7" else "ascii", "replace"), False
    try:
        return body.decode("utf-8"), True
    except UnicodeDecodeError:
        return _decode_legacy(body, _declared(body, content_type)), False


def _may_be_no_utf_8(body: bytes, content_type: str) -> bool:
    """Whether an encoding that uses bytes of UTF-8 for other characters may be declared: a look for the names only."""
    head = body[:_HEAD].lower() + content_type.lower().encode("utf-8", "replace")
    return any(name in head for name in _OTHER_NAMES)


def _declared(body: bytes, content_type: str) -> str:
    header = _HEADER.search(content_type)
    if header:
        return header[1].lower()
    meta = _META.search(body, 0, _HEAD)
    return meta[1].decode("ascii").lower() if meta else ""


def _decode_legacy(body: bytes, declared: str) -> str:
    """Not valid UTF-8. With a few bad bytes among many good ones it is still that; else the declaration, or a guess."""
    text = body.decode("utf-8", "replace")
    if _BROKEN * text.count("\ufffd") < len(_BEYOND_ASCII.findall(text[:_SAMPLE])):
        return text
    encoding = _codec(declared)
    if encoding not in ("", "utf-8", "utf8"):
        with suppress(LookupError, UnicodeDecodeError, ValueError):
            return _without_c1(body.decode(encoding))
    return _guess(body)


def _codec(label: str) -> str:
    """Python's codec for what a label means on the web (WHATWG Encoding Standard, 4.2)."""
    from webencodings import LABELS

    name: str = LABELS.get(label, label)
    return _CODECS.get(name, name)


def _without_c1(text: str) -> str:
    return text.translate(_C1) if _ANY_C1.search(text) else text


def _guess(body: bytes) -> str:
    """Japanese by its kana, else what a detector says of a sample: it is slow on megabytes, and pages do not change
    their charset half-way."""
    from bs4.dammit import EncodingDetector

    for codec in _JAPANESE:
        with suppress(UnicodeDecodeError):
            text = body.decode(codec)
            sample = text[:_SAMPLE]
            if len(_KANA.findall(sample)) >= _KANA_SHARE * len(_BEYOND_ASCII.findall(sample)):
                return text
    for encoding in EncodingDetector(body[:_SAMPLE], is_html=True).encodings:
        with suppress(LookupError, UnicodeDecodeError, ValueError):
            return body.decode(_codec(encoding.lower()))
    return body.decode("cp1252", "replace")
