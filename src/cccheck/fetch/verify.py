"""Evidence checked, offline: the digests of WARC records, and the manifest of a folder's files."""

import hashlib
from base64 import b32encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cccheck.fetch.replay import head_of
from cccheck.fetch.warc import Damaged, read_record, scan_raw
from cccheck.fetch.wire import dechunk

MANIFEST = "manifest-sha256.txt"
_NO_LIMIT = 1 << 40
_KNOWN = frozenset({"md5", "sha1", "sha256", "sha512"})


@dataclass(frozen=True, slots=True)
class Flaw:
    """What does not hold: in which file, where in it (may be empty), and what."""

    file: str
    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.problem}" if self.place else f"{self.file}: {self.problem}"


def write_manifest(folder: Path, files: Iterable[Path]) -> Path:
    """Write the SHA-256 of the files, as `sha256sum --check` reads it; paths are relative to the folder."""
    lines = [f"{_sha256(f)}  {f.relative_to(folder).as_posix()}\n" for f in sorted(files)]
    fresh = folder / (MANIFEST + ".new")
    fresh.write_text("".join(lines), encoding="utf-8")
    return fresh.replace(folder / MANIFEST)


def check_manifest(folder: Path) -> Iterator[Flaw]:
    """Files that the manifest names and that are missing or changed."""
    manifest = folder / MANIFEST
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        yield Flaw(str(manifest), "", "is missing or cannot be read")
        return
    for number, line in enumerate(lines, 1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name or ".." in Path(name).parts or Path(name).is_absolute():
            yield Flaw(str(manifest), f"line {number}", "is no line of a manifest")
        elif not (folder / name).is_file():
            yield Flaw(str(folder / name), "", "is missing")
        elif _sha256(folder / name) != digest:
            yield Flaw(str(folder / name), "", "is not the file that was written: its SHA-256 differs")


def check_warc(path: Path) -> Iterator[Flaw]:
    """Records whose block or payload is not what their digest says, and damage to the file."""
    try:
        for record in scan_raw(path):
            fields, block = read_record(path, record.offset, _NO_LIMIT)
            for problem in _wrong(fields, block or b""):
                yield Flaw(str(path), f"record at byte {record.offset}", problem)
    except Damaged as error:
        yield Flaw(str(path), f"byte {error.offset}", error.problem)
    except OSError as error:
        yield Flaw(str(path), "", f"cannot be read ({error.strerror})")


def _wrong(fields: Mapping[str, str], block: bytes) -> Iterator[str]:
    if not _agrees(fields.get("warc-block-digest", ""), [block]):
        yield "its block is not what its digest says"
    if not _agrees(fields.get("warc-payload-digest", ""), _payloads(fields, block)):
        yield "its payload is not what its digest says"


def _payloads(fields: Mapping[str, str], block: bytes) -> list[bytes]:
    """What the payload digest may be of (writers differ); nothing where it is of what is not in the record."""
    if fields.get("warc-type") == "revisit" or fields.get("warc-segment-number"):
        return []
    if "application/http" not in fields.get("content-type", ""):
        return [block]
    head = head_of(block)
    return [block[head.body :], dechunk(block, head.body)[0]] if head else []


def _agrees(digest: str, candidates: list[bytes]) -> bool:
    """Whether a digest (`algorithm:value` in base 16 or 32) is that of a candidate; unknown ones are not judged."""
    algorithm, _, value = digest.partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in _KNOWN or not candidates:
        return True
    hashes = [hashlib.new(algorithm, c, usedforsecurity=False).digest() for c in candidates]
    return any(
        value.lower() == h.hex() or value.upper().rstrip("=") == b32encode(h).decode().rstrip("=") for h in hashes
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
