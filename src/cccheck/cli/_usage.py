"""What is wrong with a command line, in one line: the word, what is nearest to it, where to read on."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

_COMMAND = re.compile(r"^No such command '(.*)'\.", re.DOTALL)
_NUMBER = re.compile(r" is not a valid (?:float|integer)(?: range)?\.$")
_PATH = re.compile(r"^\w+ '(.*)' (does not exist|is a file|is a directory|is not readable)\.$", re.DOTALL)
_NO_FILE = {
    "does not exist": "is not there; check the name",
    "is a file": "is a file; name a folder",
    "is a directory": "is a folder; name a file",
    "is not readable": "may not be read by you",
}


def told(error: click.UsageError) -> str:
    """The line for an error that click found, without its `Usage:` before it."""
    path = error.ctx.command_path if error.ctx else "cccheck"
    return f"{_wrong(error, path)} (see {path} --help)"


def _wrong(error: click.UsageError, path: str) -> str:
    command = error.ctx.command if error.ctx else None
    named = _COMMAND.match(error.message or "")
    if named and error.ctx and isinstance(command, click.Group):
        return f"`{named[1]}` is no command of {path}; {_nearest(named[1], command.list_commands(error.ctx))}"
    if isinstance(error, click.NoSuchOption):
        known = [name for param in (command.params if command else ()) for name in param.opts if name.startswith("--")]
        return f"there is no option {error.option_name}; {_nearest(error.option_name, known)}"
    if isinstance(error, click.MissingParameter) and error.ctx and command:
        usage = " ".join([path, *command.collect_usage_pieces(error.ctx)])
        return f"{_name(error)} is missing; write {usage}"
    if isinstance(error, click.BadParameter):
        return f"{_name(error)}: {_plain(error.message)}"
    return _plain(error.format_message())


def _name(error: click.BadParameter) -> str:
    """The parameter as its user writes it."""
    if isinstance(error.param, click.Argument):
        return (error.param.metavar or str(error.param.name).upper()).strip("[]")
    if error.param is not None:
        return max(error.param.opts, key=len)
    hint = error.param_hint or "a value"
    return hint if isinstance(hint, str) else " / ".join(hint)


def _plain(message: str) -> str:
    """Click's sentence as the rest of ours: no capital in front, no full stop, the mend where it lacks one."""
    if _NUMBER.search(message):
        return _NUMBER.sub(" is no number", message)
    if found := _PATH.search(message):
        return f"{found[1]} {_NO_FILE[found[2]]}"
    return (message[:1].lower() + message[1:]).rstrip(".")


def _nearest(word: str, known: Sequence[str]) -> str:
    from cccheck.validation import nearest

    return nearest(word, known)
