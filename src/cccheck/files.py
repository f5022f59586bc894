"""Files written so that a crash leaves the old one or the new one, never a half, and a full disk one clear line."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import IO

from cccheck.errors import UsageError

_MEND = "make room or check the folder, and give the same command again"
_MISPLACED = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP}  # there can be no such folder
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def explained(path: Path, *, resumed: bool = False) -> Iterator[None]:
    """What the system refuses while `path` is written becomes a UsageError that names the file and the mend.

    `resumed`: the same command goes on where it stopped.
    """
    try:
        yield
    except OSError as error:
        place = error.filename or path
        raise UsageError(f"{place}: cannot be written ({error.strerror}); {_mend(error, resumed)}") from None


def _mend(error: OSError, resumed: bool) -> str:
    if error.errno in _MISPLACED:
        return "name another place"
    if error.errno in _CLOSED:
        return "see who may write there, or name another place"
    return f"{_MEND}: it goes on where this one stopped" if resumed else _MEND


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """A file whose text takes the place of `path` once all of it is on the disk. Raises UsageError."""
    temporary = path.with_name(path.name + ".tmp")
    try:
        with explained(path):
            with temporary.open("w", encoding="utf-8", newline="\n") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)  # a full disk needs the room
        raise


OURS = ".cccheck"  # lies in every folder that may be replaced as a whole


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """A new folder that takes the place of `path` when all is written. Raises UsageError, or if `path` is not ours."""
    refuse_foreign(path)
    temporary = path.with_name(path.name + ".tmp")
    try:
        with explained(path):
            shutil.rmtree(temporary, ignore_errors=True)
            temporary.mkdir(parents=True)
            (temporary / OURS).touch()
            yield temporary
            shutil.rmtree(path, ignore_errors=True)
            temporary.replace(path)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def refuse_foreign(path: Path) -> None:
    """Raises UsageError if `path` is there and may not be replaced."""
    if path.is_symlink() or (path.exists() and not is_ours(path)):
        raise UsageError(f"{path}: is there already, and cccheck did not write it; move it, or give another --output")


def is_ours(folder: Path) -> bool:
    """Whether `replacing_folder` wrote it; a link to such a folder is somebody's own."""
    return not folder.is_symlink() and (folder / OURS).is_file()


def write_atomically(path: Path, text: str) -> None:
    """All of the file or none of it, even when the machine stops half-way. Raises UsageError."""
    with replacing(path) as file:
        file.write(text)


def write_whole(file: FileIO, data: bytes) -> None:
    """All the bytes at the file's place, or none: what a full disk took of them is cut off again. Raises OSError."""
    start, rest = file.tell(), memoryview(data)
    try:
        while rest:
            rest = rest[file.write(rest) or 0 :]
    except BaseException:
        file.truncate(start)
        file.seek(start)
        raise


def sync_file(path: Path) -> None:
    """Wait until a file's content is on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk: without that a new file may be gone after a power cut."""
    with suppress(OSError):  # not every system can
        sync_file(path)


def count_lines(path: Path) -> int:
    """How many lines a file has; none where there is no file. Raises OSError."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        return sum(1 for _ in file)
    return 0
