"""An HTTP/1 response as bytes, read: head, transfer coding, content codings (RFC 9112). For wire and WARC alike."""

import re
from dataclasses import dataclass

from cccheck.fetch.decode import decode

_STATUS = re.compile(rb"HTTP/\d+(?:\.\d+)? +(\d{3})(?: |$)")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_BODILESS = frozenset({204, 304})


class NotHttp(Exception):
    """The bytes do not begin like an HTTP response."""


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers; the response begins at `start` (behind interim ones) and its body at `body`."""

    status: int
    headers: tuple[tuple[str, str], ...]
    start: int
    body: int

    def get(self, name: str) -> str:
        """The header's value, several joined by commas; empty where there is none."""
        return ", ".join(v for k, v in self.headers if k.lower() == name)


@dataclass(frozen=True, slots=True)
class Response:
    """A response read: `body` free of codings; `end` is where it ends in the block; `flaw` says what it lacks."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    start: int
    end: int
    flaw: str = ""


def read_head(block: bytes) -> Head:
    """The head of the final response; interim ones (1xx) before it are passed over. Raises NotHttp."""
    start = 0
    while True:
        line, at = _line(block, start)
        status = _STATUS.match(line)
        if not status:
            raise NotHttp
        headers, body = _headers(block, at)
        if 100 <= int(status[1]) < 200 and body < len(block):
            start = body
            continue
        return Head(int(status[1]), headers, start, body)


def _line(block: bytes, at: int) -> tuple[bytes, int]:
    """The line at `at` without its end, and where the next begins."""
    end = block.find(b"\n", at)
    return (block[at:], len(block)) if end < 0 else (block[at:end].rstrip(b"\r"), end + 1)


def _headers(block: bytes, at: int) -> tuple[tuple[tuple[str, str], ...], int]:
    """Header lines up to the empty one; folded lines joined, lines without a colon passed over."""
    found: list[tuple[str, str]] = []
    while at < len(block):
        line, at = _line(block, at)
        if not line:
            break
        if line[:1] in b" \t" and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {_text(line)}".strip())
        elif b":" in line:
            name, _, value = line.partition(b":")
            found.append((_text(name), _text(value)))
    return tuple(found), at


def _text(raw: bytes) -> str:
    """UTF-8 where it is that, Latin-1 otherwise, without control characters."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return _CONTROL.sub("", text).strip()


def dechunk(data: bytes, at: int) -> tuple[bytes, int, bool]:
    """The chunks from `at` on joined, where they end, and whether the last one was there.

    Data that do not begin with a chunk (some archives keep the header and drop the framing) are taken as they are.
    """
    parts: list[bytes] = []
    while size := _SIZE.match(data, at):
        length, start = int(size[1], 16), size.end()
        if length == 0:
            _, end = _headers(data, start)
            return b"".join(parts), end, True
        parts.append(data[start : start + length])
        at = start + length
        if at > len(data):
            return b"".join(parts), len(data), False
        at += 2 if data[at : at + 2] == b"\r\n" else data[at : at + 1] == b"\n"
    if not parts:
        return data[at:], len(data), not data[at:].strip() or not _looks_chunked(data[at : at + 64])
    return b"".join(parts), len(data), False


def _looks_chunked(start: bytes) -> bool:
    return re.match(rb"[0-9A-Fa-f]+\s*$", start) is not None


def _lengths(head: Head) -> set[int]:
    """The values of Content-Length that are numbers; more than one contradict each other."""
    values = (v.strip() for v in head.get("content-length").split(","))
    return {int(v) for v in values if v.isascii() and v.isdigit() and len(v) < 16}


def framed(block: bytes) -> bytes:
    """What came over the wire without what follows the response, where Content-Length says where that ends."""
    head = read_head(block)
    lengths = _lengths(head)
    if len(lengths) != 1 or "chunked" in head.get("transfer-encoding").lower():
        return block
    return block[: head.body + lengths.pop()]


def read_response(block: bytes, limit: int) -> Response:
    """The response in `block`. Raises NotHttp, and TooLarge or Undecodable for its content (decode).

    Content-Length only tells what is missing, never where to stop: archives may have undone a coding.
    """
    head = read_head(block)
    end, framed = len(block), True
    flaw = ""
    if head.status in _BODILESS:
        return Response(head.status, head.headers, b"", head.start, head.body)
    if head.get("transfer-encoding").lower().rpartition(",")[2].strip() == "chunked":
        raw, end, framed = dechunk(block, head.body)
        flaw = "" if framed else "the last chunk is missing"
    else:
        raw, lengths = block[head.body :], _lengths(head)
        if len(lengths) > 1:
            flaw = "it says two different lengths"
        elif lengths and max(lengths) > len(raw):
            flaw = f"{max(lengths) - len(raw)} of {max(lengths)} bytes are missing"
    decoded = decode(raw, head.get("content-encoding").split(","), limit)
    if not decoded.whole:
        flaw = flaw or "the compressed data end in the middle"
    if flaw and is_closed(decoded.body):
        flaw = ""
    return Response(head.status, head.headers, decoded.body, head.start, end, flaw)


def is_closed(body: bytes) -> bool:
    """Whether an HTML page reaches its end tag: then it is all there, whatever framing and connection say."""
    return b"</html>" in body[-4096:].lower()
