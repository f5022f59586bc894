"""Exit statuses, the same for every command, and the one place where errors become a line on standard error."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from contextlib import suppress
from enum import IntEnum
from io import UnsupportedOperation

import click

from cccheck.cli._terminal import clean
from cccheck.cli._usage import told
from cccheck.errors import CccheckError


class Exit(IntEnum):
    """What the status of a command says."""

    OK = 0  # nothing failed
    VIOLATION = 1  # at least one violation
    USAGE = 2  # wrong usage, configuration or data file
    INCOMPLETE = 3  # no violation, but something could not be checked
    INTERNAL = 4
    INTERRUPTED = 130


MEANINGS = {
    Exit.OK: "nothing failed",
    Exit.VIOLATION: "at least one violation",
    Exit.USAGE: "wrong usage, configuration or data file; one line says what and how to mend it",
    Exit.INCOMPLETE: "no violation, but something could not be checked: a page, or a line of the list",
    Exit.INTERNAL: "internal error",
    Exit.INTERRUPTED: "interrupted",
}
"""The statuses in words, for the manual; README has the same table."""


_MENDS = {
    errno.ENOENT: "check the name",
    errno.EACCES: "check who may read and write there",
    errno.EPERM: "check who may read and write there",
    errno.EISDIR: "name a file",
    errno.ENOTDIR: "name a folder",
    errno.ENOSPC: "make room and give the same command again",
    errno.EROFS: "choose a folder that can be written to",
}


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
_LONGEST = 2_000  # characters of an error: what was typed may be of any length


def status_of(error: BaseException) -> Exit:
    """Tells the user of an error, in one line on standard error, and gives the exit status for it."""
    if isinstance(error, CccheckError):
        return _say(str(error), Exit.USAGE)
    if isinstance(error, click.UsageError):
        return _say(told(error), Exit.USAGE)
    if isinstance(error, click.ClickException):
        return _say(error.format_message(), Exit.USAGE)
    if isinstance(error, BrokenPipeError):
        return _quiet_stdout()
    if isinstance(error, KeyboardInterrupt):
        return _say("interrupted", Exit.INTERRUPTED)
    if isinstance(error, OSError) and error.filename is not None:
        mend = _MENDS.get(error.errno or 0, "check the path and the disk")
        return _say(f"{os.fsdecode(error.filename)}: {error.strerror}; {mend}", Exit.USAGE)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        _quiet_stdout()
        return _say(f"there is no room to write ({error.strerror}); make some, and give the command again", Exit.USAGE)
    if isinstance(error, FileNotFoundError) and error.filename is None:  # what the module tempfile raises
        return _say(f"{error.strerror}; make room there, or name another folder in TMPDIR", Exit.USAGE)
    kind = f"{type(error).__name__}: {error}".removesuffix(": ")
    return _say(f"internal error ({clean(kind)[:200]}); the details are in {_write_trace(error)}", Exit.INTERNAL)


def _say(message: str, status: Exit) -> Exit:
    said = " ".join(clean(message[:_LONGEST]).split())
    click.echo(f"cccheck: {said}{' …' if len(message) > _LONGEST else ''}", err=True)
    return status


def _write_trace(error: BaseException) -> str:
    try:
        handle, name = tempfile.mkstemp(prefix="cccheck-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write("".join(traceback.format_exception(error)))
    except OSError as unwritable:
        return f"no file, for none could be written ({unwritable.strerror})"
    return name


def _quiet_stdout() -> Exit:
    """The reader of our output went away: say nothing more, not even when the interpreter flushes at its end."""
    with suppress(UnsupportedOperation):  # no file of the system: nothing is flushed to it at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.INTERRUPTED
