"""The manual page as roff with the macros of man(7): commands, settings, exit statuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cccheck.cli._exit import MEANINGS
from cccheck.cli._manual import Entry
from cccheck.config import FILE_NAME, PREFIX, described_keys


def manual(entries: Sequence[Entry], version: str) -> str:
    """The page. The first entry is the program itself."""
    return "".join(line + "\n" for line in _lines(entries, version))


def _lines(entries: Sequence[Entry], version: str) -> Iterator[str]:
    program, commands = entries[0], entries[1:]
    yield f'.TH CCCHECK 1 "" "cccheck {_text(version)}" "User Commands"'
    yield from [".SH NAME", rf"cccheck \- {_text(program.short)}"]
    yield from [".SH SYNOPSIS", rf"\fB{_text(program.usage)}\fR"]
    yield from [".SH DESCRIPTION", *list(_body(program))[1:]]
    yield ".SH COMMANDS"
    for entry in commands:
        yield from [f'.SS "{_text(entry.path)}"', rf"\fB{_text(entry.usage)}\fR", *_body(entry)]
    yield from [".SH SETTINGS", _text(f"In {FILE_NAME}, in the working folder or one above it.")]
    for key, kind, text in described_keys():
        yield from _item(f"{key} ({kind})", f"{text} In the environment: {PREFIX}{key.upper()}.")
    yield ".SH EXIT STATUS"
    for status, text in MEANINGS.items():
        yield from _item(str(int(status)), text)


def _body(entry: Entry) -> Iterator[str]:
    for paragraph in entry.paragraphs:
        if paragraph.startswith("\b"):
            yield from [".PP", ".nf", *(_text(line) for line in paragraph.splitlines()[1:]), ".fi"]
        else:
            yield from [".PP", _text(paragraph)]
    for names, text in entry.options:
        yield from _item(names, text)
    if entry.examples:
        yield from [".PP", "Examples:"]
        for text, command in entry.examples:
            yield from [".PP", *([_text(text + ":")] if text else []), ".RS 4", ".nf", _text(command), ".fi", ".RE"]


def _item(term: str, text: str) -> Iterator[str]:
    yield from [".TP", rf"\fB{_text(term)}\fR", _text(text)]


def _text(text: str) -> str:
    r"""Text that roff prints as it is: back-slashes and hyphens escaped, no request by a dot in front."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    return r"\&" + escaped if escaped.startswith((".", "'")) else escaped
