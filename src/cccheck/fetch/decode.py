"""Content codings undone (RFC 9110 §8.4), never past a given size: a bomb of a kilobyte must not become a gigabyte."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol

MAX_LAYERS = 3
_ZSTD_WINDOW = 8 << 20
_IGNORED = frozenset({"", "identity", "none", "chunked"})
_ALIASES = {"x-gzip": "gzip"}
_UNDECODABLE = frozenset({"compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip"})


class TooLarge(Exception):
    """Decoded, the body is larger than allowed."""


class Undecodable(Exception):
    """The body is in a coding that cannot be read here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """`whole` is False where the coded data end in the middle."""

    body: bytes
    whole: bool


class _NotThis(Exception):
    """The data are not in the coding they are declared to be in."""


class _Decoder(Protocol):
    def __call__(self, data: bytes, limit: int) -> Decoded: ...


def decode(data: bytes, codings: Sequence[str], limit: int) -> Decoded:
    """Undo the codings, the last applied first. Data that are plainly not so coded, and unknown codings, stay as is.

    Raises TooLarge where more than `limit` bytes come out, Undecodable for a coding known by name only.
    """
    layers = [_ALIASES.get(c, c) for c in (c.strip().lower() for c in codings) if c not in _IGNORED]
    if len(layers) > MAX_LAYERS:
        raise Undecodable(f"{len(layers)} codings on top of each other")
    whole = True
    for coding in reversed(layers):
        decoder = _decoder(coding)
        if decoder is None:
            continue
        try:
            decoded = decoder(data, limit)
        except _NotThis:
            continue
        data, whole = decoded.body, whole and decoded.whole
    if len(data) > limit:
        raise TooLarge
    return Decoded(data, whole)


def accepted() -> str:
    """The Accept-Encoding header: what can be undone here."""
    return ", ".join(["gzip", "deflate", *(c for c in ("br", "zstd") if _optional(c))])


def _decoder(coding: str) -> _Decoder | None:
    if coding in ("gzip", "deflate"):
        return _gzip if coding == "gzip" else _deflate
    if coding in _UNDECODABLE:
        raise Undecodable(f"content coding {coding}")
    if coding not in ("br", "zstd"):
        return None
    decoder = _optional(coding)
    if decoder is None:
        raise Undecodable(f"content coding {coding}, which was not asked for")
    return decoder


@cache
def _optional(coding: str) -> _Decoder | None:
    """The decoder for br or zstd, where a library that can be bounded is installed."""
    names, build = _LIBRARIES[coding]
    for name in names:
        try:
            library = import_module(name)
        except ImportError:
            continue
        if (decoder := build(library)) is not None:
            return decoder
    return None


def _inflate(data: bytes, wbits: int, limit: int) -> Decoded:
    """One or more zlib streams after another (gzip members, RFC 1952 §2.2); anything else behind them is ignored."""
    parts: list[bytes] = []
    room = limit + 1
    while True:
        stream = zlib.decompressobj(wbits)
        try:
            parts.append(stream.decompress(data, room))
        except zlib.error as error:
            if not parts:
                return _salvage(data, wbits, limit, error)
            return Decoded(b"".join(parts), False)
        room -= len(parts[-1])
        if room <= 0:
            raise TooLarge
        data = stream.unused_data
        if not stream.eof or wbits != 31 or not data.startswith(b"\x1f\x8b"):
            return Decoded(b"".join(parts), stream.eof)


def _salvage(data: bytes, wbits: int, limit: int, error: zlib.error) -> Decoded:
    """What comes out before the damage; nothing at all means that the data were never in this coding."""
    stream = zlib.decompressobj(wbits)
    out = bytearray()
    try:
        for start in range(0, len(data), 1024):
            out += stream.decompress(data[start : start + 1024], limit + 1 - len(out))
            if len(out) > limit:
                raise TooLarge from error
    except zlib.error:
        pass
    if not out:
        raise _NotThis from error
    return Decoded(bytes(out), False)


def _gzip(data: bytes, limit: int) -> Decoded:
    if not data.startswith(b"\x1f\x8b"):
        if data:
            raise _NotThis
        return Decoded(b"", True)
    return _inflate(data, 31, limit)


def _deflate(data: bytes, limit: int) -> Decoded:
    """With the zlib wrapper as the standard says, or without it as some servers do."""
    if not data:
        return Decoded(b"", True)
    try:
        return _inflate(data, 15, limit)
    except _NotThis:
        if data.lstrip()[:1] == b"<":
            raise
        return _inflate(data, -15, limit)


def _brotli(library: Any) -> _Decoder | None:
    """Only libraries that can stop in the middle will do (`output_buffer_limit`, Brotli 1.2)."""
    try:
        library.Decompressor().process(b"", output_buffer_limit=1)
    except (TypeError, AttributeError):
        return None

    def run(data: bytes, limit: int) -> Decoded:
        stream = library.Decompressor()

        def pull(chunk: bytes, room: int) -> bytes:
            piece: bytes = stream.process(chunk, output_buffer_limit=room)
            return piece

        return _pull(pull, stream.is_finished, library.error, data, limit)

    return run


def _pull(
    pull: Callable[[bytes, int], bytes], finished: Callable[[], bool], error: type[Exception], data: bytes, limit: int
) -> Decoded:
    out = bytearray()
    chunk = data
    try:
        while not finished():
            piece = pull(chunk, limit + 1 - len(out))
            chunk = b""
            out += piece
            if len(out) > limit:
                raise TooLarge
            if not piece:
                break
    except error:
        if not out:
            raise _NotThis from None
        return Decoded(bytes(out), False)
    return Decoded(bytes(out), finished() or not data)


def _zstandard(library: Any) -> _Decoder | None:
    """The window is bounded as RFC 9659 bounds it: 8 MiB.

    Output has no bound of its own, so little is put in at a time: four bytes may stand for a block of 128 KiB.
    """

    def run(data: bytes, limit: int) -> Decoded:
        window = library.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        out, at, stream = bytearray(), 0, window.decompressobj()
        try:
            while at < len(data):
                out += stream.decompress(data[at : at + 256])
                at += 256
                if len(out) > limit:
                    raise TooLarge
                if stream.eof and (rest := len(stream.unused_data) + max(0, len(data) - at)):
                    at, stream = len(data) - rest, window.decompressobj()
        except library.ZstdError:
            if not out:
                raise _NotThis from None
            return Decoded(bytes(out), False)
        return Decoded(bytes(out), stream.eof or not data)

    return run


def _zstd_module(library: Any) -> _Decoder | None:
    """The standard library's own (`compression.zstd`, Python 3.14) and its backport."""

    def run(data: bytes, limit: int) -> Decoded:
        stream = library.ZstdDecompressor(
            options={library.DecompressionParameter.window_log_max: _ZSTD_WINDOW.bit_length() - 1}
        )
        return _pull(stream.decompress, lambda: bool(stream.eof), library.ZstdError, data, limit)

    return run


def _zstd(library: Any) -> _Decoder | None:
    return _zstandard(library) if hasattr(library, "ZstdCompressionDict") else _zstd_module(library)


_LIBRARIES: dict[str, tuple[tuple[str, ...], Callable[[Any], _Decoder | None]]] = {
    "br": (("brotli", "brotlicffi"), _brotli),
    "zstd": (("compression.zstd", "backports.zstd", "zstandard"), _zstd),
}
