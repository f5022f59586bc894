"""WARC files read (ISO 28500, 1.0 and 1.1): one gzip member a record, or plain. Strict: damage is found, not skipped.

`scan` goes through a file record by record without keeping the blocks; `read_record` fetches one.
"""

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cccheck.errors import DataError

_PIECE = 1 << 16
_MAX_HEAD = 1 << 16
_GZIP = b"\x1f\x8b"
_MEMBER = b"\x1f\x8b\x08"
_MEND = "fetch or copy the file again"


class Damaged(Exception):
    """The file is broken at `offset`, where its last whole record ends."""

    def __init__(self, offset: int, problem: str, mend: str = _MEND) -> None:
        super().__init__(problem)
        self.offset, self.problem, self.mend = offset, problem, mend


@dataclass(frozen=True, slots=True)
class Record:
    """A record's place in its file, and its header fields (names in lower case). `size` is that of its block."""

    offset: int
    end: int
    fields: Mapping[str, str]
    size: int

    def get(self, name: str) -> str:
        """A header field, or an empty string."""
        return self.fields.get(name, "")

    @property
    def target(self) -> str:
        """WARC-Target-URI, free of the angle brackets that some writers put around it."""
        return self.get("warc-target-uri").strip("<>")


def scan(path: Path) -> Iterator[Record]:
    """Every record in the order of the file. Raises DataError where the file cannot be read or is broken."""
    try:
        yield from scan_raw(path)
    except Damaged as error:
        raise DataError(path, f"byte {error.offset}", error.problem, error.mend) from None
    except OSError as error:
        raise DataError(path, "", f"cannot be read ({error.strerror})", "check the path") from None


def scan_raw(path: Path) -> Iterator[Record]:
    """As `scan`, but damage is `Damaged`, so that a writer can cut its own file back to the last whole record."""
    with path.open("rb") as file:
        start = file.read(5)
        file.seek(0)
        if not start:
            return
        if start.startswith(_GZIP):
            yield from _scan_gzip(file)
        elif start == b"WARC/":
            yield from _scan_plain(file)
        elif b"WARC/".startswith(start) or _GZIP.startswith(start):
            raise Damaged(0, "the file ends in the middle of its first record")
        else:
            raise Damaged(0, "this is no WARC file", "give a .warc or .warc.gz file")


def read_record(path: Path, offset: int, limit: int) -> tuple[Mapping[str, str], bytes | None]:
    """Header fields and block of the record at `offset`; None for a block larger than `limit`. Raises DataError."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            packed = file.read(2) == _GZIP
            file.seek(offset)
            source = _Member(file, offset) if packed else _Plain(file)
            fields, size = _parse_head(source.head(), offset)
            return fields, source.take(size) if size <= limit else None
    except Damaged as error:
        raise DataError(path, f"byte {error.offset}", error.problem, error.mend) from None
    except OSError as error:
        raise DataError(path, "", f"cannot be read ({error.strerror})", "check the path") from None


def whole_record_in(data: bytes) -> bool:
    """Whether a whole compressed record stands somewhere in `data`: then damage before it is no torn end."""
    at = data.find(_MEMBER)
    while at >= 0:
        file = io.BytesIO(data)
        file.seek(at)
        try:
            member = _Member(file, at)
            _, size = _parse_head(member.head(), at)
            if member.rest() >= size:
                return True
        except Damaged:
            pass
        at = data.find(_MEMBER, at + 1)
    return False


class _Plain:
    """A record in an uncompressed file, the file standing at its beginning."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def head(self) -> bytes:
        lines: list[bytes] = []
        room = _MAX_HEAD
        while line := self._file.readline(room):
            lines.append(line)
            room -= len(line)
            if not line.strip() or room <= 0:
                break
        return b"".join(lines)

    def take(self, size: int) -> bytes:
        return self._file.read(size)


class _Member:
    """A record in a gzip member of its own, the file standing at its beginning; decompressed piece by piece."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file, self._offset = file, offset
        self._inflate = zlib.decompressobj(31)
        self._read = 0
        self._raw = b""
        self._ready = b""

    def head(self) -> bytes:
        found = b""
        while len(found) <= _MAX_HEAD:
            found += self._piece()
            if match := _HEAD_END.search(found):
                self._ready = found[match.end() :]
                return found[: match.end()]
            if self.eof:
                break
        return found

    def take(self, size: int) -> bytes:
        parts, have = [self._ready], len(self._ready)
        while have < size and not self.eof:
            parts.append(self._piece())
            have += len(parts[-1])
        return b"".join(parts)[:size]

    def rest(self) -> int:
        """How many bytes follow the head, counted and thrown away."""
        count = len(self._ready)
        while not self.eof:
            count += len(self._piece())
        return count

    @property
    def eof(self) -> bool:
        return self._inflate.eof

    @property
    def end(self) -> int:
        """Where the member ends in the file, once it was read to its end."""
        return self._offset + self._read - len(self._inflate.unused_data)

    def _piece(self) -> bytes:
        """The next decompressed bytes, at most a mebibyte. Raises Damaged at the file's end or on bad data."""
        data = self._inflate.unconsumed_tail
        if not data:
            data = self._file.read(_PIECE)
            self._read += len(data)
            if not data:
                raise Damaged(self._offset, "the file ends in the middle of a record")
        try:
            return self._inflate.decompress(data, 1 << 20)
        except zlib.error:
            raise Damaged(self._offset, "the compressed data are damaged") from None


_HEAD_END = re.compile(rb"\r?\n\r?\n")


def _scan_gzip(file: BinaryIO) -> Iterator[Record]:
    offset = 0
    while True:
        file.seek(offset)
        start = file.read(2)
        if not start:
            return
        if start != _GZIP:
            raise Damaged(offset, _cut_or_foreign(start, file))
        file.seek(offset)
        member = _Member(file, offset)
        fields, size = _parse_head(member.head(), offset)
        rest = member.rest()
        if rest < size:
            raise Damaged(offset, "a record is shorter than it says")
        if rest > size + 4:
            raise Damaged(offset, "its records are compressed together", "gunzip it: plain WARC files are read too")
        yield Record(offset, member.end, fields, size)
        offset = member.end


def _cut_or_foreign(start: bytes, file: BinaryIO) -> str:
    if start == _GZIP[:1] and not file.read(1):
        return "the file ends in the middle of a record"
    return "something else than a record follows"


def _scan_plain(file: BinaryIO) -> Iterator[Record]:
    offset, length = 0, file.seek(0, 2)
    while offset < length:
        file.seek(offset)
        head = _Plain(file).head()
        fields, size = _parse_head(head, offset)
        body = offset + len(head)
        if body + size + 4 > length:
            raise Damaged(offset, "the file ends in the middle of a record")
        file.seek(body + size)
        if file.read(4) != b"\r\n\r\n":
            raise Damaged(offset, "a record's length is wrong")
        yield Record(offset, body + size + 4, fields, size)
        offset = body + size + 4


def _parse_head(head: bytes, offset: int) -> tuple[dict[str, str], int]:
    """Version line and named fields. Raises Damaged."""
    if not head.endswith((b"\n\n", b"\n\r\n")):
        problem = (
            "a record's header does not end" if len(head) >= _MAX_HEAD else "the file ends in the middle of a record"
        )
        raise Damaged(offset, problem)
    first, *lines = head.decode("utf-8", "replace").rstrip().split("\n")
    if not first.startswith("WARC/"):
        raise Damaged(offset, "something else than a record follows")
    fields: dict[str, str] = {}
    last = ""
    for line in lines:
        if line[:1] in (" ", "\t") and last:
            fields[last] += " " + line.strip()
        elif ":" in line:
            last, _, value = line.partition(":")
            last = last.strip().lower()
            fields.setdefault(last, value.strip())
    size = fields.get("content-length", "")
    if not (size.isascii() and size.isdigit()):
        raise Damaged(offset, "a record says no length")
    return fields, int(size)
