"""Writes pages.warc.gz from captures.toml and pages/, the same bytes every time and everywhere.

    python examples/build.py [--check]

Dates come from captures.toml, record ids from the addresses. The gzip members hold their data uncompressed: what a
compressor makes of the same bytes differs between versions of zlib. With --check nothing is written; the exit status
is 1 when the stored file is not what would be.
"""

from __future__ import annotations

import struct
import sys
import tomllib
import zlib
from base64 import b32encode
from hashlib import sha1
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

HERE = Path(__file__).resolve().parent
TARGET = HERE / "pages.warc.gz"
_STORED = 0xFFFF  # bytes in one uncompressed block of deflate (RFC 1951, 3.2.4)


def archive(folder: Path = HERE) -> bytes:
    """The whole file: a `warcinfo` record, then one response for each capture."""
    captures = tomllib.loads((folder / "captures.toml").read_text("utf-8"))["capture"]
    records = [_info(captures[0]["date"]), *(_response(capture, folder / "pages") for capture in captures)]
    return b"".join(map(_member, records))


def _info(date: str) -> bytes:
    about = b"software: examples/build.py\r\nformat: WARC File Format 1.1\r\ndescription: pages written as examples\r\n"
    return _record("warcinfo", "pages.warc.gz", date, "application/warc-fields", about)


def _response(capture: dict[str, Any], pages: Path) -> bytes:
    """A response record (WARC 1.1, 6.3) holding the HTTP message."""
    body = b""
    status, headers = capture.get("status", 200), ["Server: example"]
    if "location" in capture:
        status, headers = 301, [*headers, f"Location: {capture['location']}"]
    else:
        charset = capture.get("charset", "utf-8")
        body = (pages / capture["page"]).read_text("utf-8").encode(charset)
        headers.append(f"Content-Type: text/html; charset={charset}")
    headers.append(f"Content-Length: {len(body)}")
    head = "\r\n".join([f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *headers, "", ""])
    extra = (f"WARC-Target-URI: {capture['url']}", f"WARC-Payload-Digest: {_digest(body)}")
    kind = "application/http; msgtype=response"
    return _record("response", capture["url"], capture["date"], kind, head.encode() + body, *extra)


def _record(kind: str, name: str, date: str, content_type: str, block: bytes, *extra: str) -> bytes:
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, f'{kind} {name}')}>",
        f"WARC-Date: {date}",
        *extra,
        f"WARC-Block-Digest: {_digest(block)}",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def _digest(data: bytes) -> str:
    return "sha1:" + b32encode(sha1(data).digest()).decode()


def _member(data: bytes) -> bytes:
    """One gzip member (RFC 1952) without compression, file name or time."""
    pieces = [data[at : at + _STORED] for at in range(0, len(data), _STORED)]
    blocks = (
        struct.pack("<BHH", piece is pieces[-1], len(piece), len(piece) ^ 0xFFFF) + piece  # last block or not, size
        for piece in pieces
    )
    head = b"\x1f\x8b\x08\0" + b"\0\0\0\0" + b"\0\xff"
    return head + b"".join(blocks) + struct.pack("<II", zlib.crc32(data), len(data))


def main() -> int:
    """0 when the stored file is, or now is, what the pages give."""
    data = archive()
    if "--check" not in sys.argv[1:]:
        TARGET.write_bytes(data)
    elif not TARGET.is_file() or TARGET.read_bytes() != data:
        print(f"{TARGET} is out of date; run python examples/build.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
