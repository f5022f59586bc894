"""The arguments of a scan told apart: the list of URLs, and the archives of a replay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cccheck.errors import UsageError

_SUFFIXES = (".warc", ".warc.gz")


def list_and_archives(arguments: Sequence[Path], options: dict[str, Any]) -> Path | str:
    """The list; archives that the shell's `*` has left behind the first go to --replay. Folders stand for theirs."""
    more = [path for path in arguments if options["replay"] and path.name.endswith(_SUFFIXES)]
    lists = [path for path in arguments if path not in more]
    if len(lists) != 1:
        given = " ".join(map(str, lists))
        raise UsageError(f"{given or 'no list of URLs is given'}: give one list; WARC files stand behind --replay")
    named = [*options["replay"], *more]
    options["replay"] = [file for path in named for file in (_archives_in(path) if path.is_dir() else [path])]
    if options["replay"] and options["output"]:
        _refuse_to_overwrite(options["replay"], options["output"])
    return "-" if str(lists[0]) == "-" else lists[0]


def _archives_in(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.iterdir() if path.name.endswith(_SUFFIXES))
    if not found:
        raise UsageError(f"{folder}: no WARC files are there; name the files, or the folder that holds them")
    return found


def _refuse_to_overwrite(archives: Sequence[Path], output: Path) -> None:
    for path in archives:
        if output.resolve() in path.resolve().parents:
            raise UsageError(f"{output}: {path} lies in there and would be overwritten; give another --output")
