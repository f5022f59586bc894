"""Bytes → text: the charset a reader's browser would settle on, forgiving where the declaration is wrong."""

import codecs
import re

from cccheck.page.garbled import may_be_garbled, put_right

_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.\-]{2,40})""", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([a-zA-Z0-9_:.\-]{2,40})", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
# Soft hyphens, zero-width characters, byte-order marks: no reader sees them.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# WHATWG Encoding Standard, 4.2: what labels mean on the web, where Python's codecs of that name differ or are missing.
_WEB_CODECS = {
    "cp1252": "iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 latin1 latin-1 l1 cp819 ibm819 "
    "csisolatin1 us-ascii ascii ansi_x3.4-1968 x-cp1252",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji ms932 csshiftjis windows-31j",
    "euc_jp": "x-euc-jp cseucpkdfmtjapanese",
    "gb18030": "gb2312 gb_2312 gb_2312-80 gbk x-gbk chinese csgb2312 csiso58gb231280 iso-ir-58",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "cp949": "euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean cseuckr csksc56011987 windows-949",
    "cp1254": "iso-8859-9 iso8859-9 iso88599 iso_8859-9 latin5 l5 csisolatin5 x-cp1254",
    "cp874": "tis-620 iso-8859-11 iso8859-11 iso885911 dos-874",
    "iso8859-8": "iso-8859-8-i csiso88598i logical visual",
    "mac_roman": "macintosh x-mac-roman csmacintosh mac",
    **{f"cp{number}": f"x-cp{number}" for number in (1250, 1251, 1253, 1255, 1256, 1257, 1258)},
}
_WEB_LABELS = {label: codec for codec, labels in _WEB_CODECS.items() for label in labels.split()}
_STATEFUL = {"iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "utf-7"}
_STATEFUL_NAMES = [name.encode() for name in _STATEFUL]
_KANA, _BEYOND_ASCII = re.compile("[\u3041-\u30fc]"), re.compile("[^\x00-\x7f]")
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
    sample = body[:100_000]
    encoding = _japanese(sample) or UnicodeDammit(sample, is_html=True).original_encoding or "cp1252"
    try:
        return body.decode(encoding, "replace")
    except LookupError:
        return body.decode("cp1252", "replace")


def _japanese(sample: bytes) -> str:
    """The Japanese charset in which a good part of the sample is kana, if there is one: no other text gives that."""
    for encoding in ("cp932", "euc_jp"):
        text = sample.decode(encoding, "ignore")
        if len(_KANA.findall(text)) * 4 > len(_BEYOND_ASCII.findall(text)):
            return encoding
    return ""
