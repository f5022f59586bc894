"""Every command as data: what `--help` shows, for the man page and the reference, which are made from it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

import click

from cccheck.cli._examples import read_examples


@dataclass(frozen=True, slots=True)
class Entry:
    """One command. `paragraphs` of which a first character `\\b` keeps its lines as they are."""

    path: str
    short: str
    usage: str
    paragraphs: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    examples: tuple[tuple[str, str], ...]
    commands: tuple[tuple[str, str], ...]
    leaf: bool


def entries(program: click.Command, name: str = "cccheck") -> Iterator[Entry]:
    """The program, and every command below it, in the order in which they are listed."""
    yield from _entries(program, click.Context(program, info_name=name, **program.context_settings))


def _entries(command: click.Command, ctx: click.Context) -> Iterator[Entry]:
    children = list(_children(command, ctx))
    yield Entry(
        path=ctx.command_path,
        short=_one_line(command),
        usage=" ".join([ctx.command_path, *command.collect_usage_pieces(ctx)]),
        paragraphs=_paragraphs(command.help or ""),
        options=tuple(_record(param, ctx) for param in command.params if isinstance(param, click.Option)),
        examples=tuple(read_examples(command.epilog)),
        commands=tuple((name, _one_line(child)) for name, child in children),
        leaf=not isinstance(command, click.Group),
    )
    for name, child in children:
        yield from _entries(child, click.Context(child, info_name=name, parent=ctx))


def _children(command: click.Command, ctx: click.Context) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        return
    for name in command.list_commands(ctx):
        child = command.get_command(ctx, name)
        if child is not None and not child.hidden:
            yield name, child


def _record(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    """What `--help` says of an option: its names and value, what it does. `--help` itself needs no words."""
    names, text = option.get_help_record(ctx) or ("", "")
    return names, " ".join(text.split())


def _one_line(command: click.Command) -> str:
    """What a list of commands says of this one, in full: click cuts it to the terminal's width."""
    return command.short_help or command.get_short_help_str(limit=400)


def _paragraphs(text: str) -> tuple[str, ...]:
    parts = inspect.cleandoc(text.partition("\f")[0]).split("\n\n")
    return tuple(part if part.startswith("\b") else " ".join(part.split()) for part in parts if part.strip())
