"""The command line: every module of this package whose name has no leading underscore is a command.

Such a module exposes `command`, a click command. Modules are imported when they are asked for; they import slow
libraries inside their functions, so that `cccheck --help` is instant.
"""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from cccheck import __version__
from cccheck.cli._exit import status_of
from cccheck.cli._sections import sections
from cccheck.errors import UsageError
from cccheck.plain import whole

__all__ = ["cccheck", "main"]


class _Commands(click.Group):
    """A group that finds its commands in this package and turns errors into exit statuses."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (module.name for module in pkgutil.iter_modules(__path__))
        return sorted({*super().list_commands(ctx), *(n.replace("_", "-") for n in names if not n.startswith("_"))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.commands or cmd_name not in self.list_commands(ctx):
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module(f"{__name__}.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """By what one wants to do; the names of all sections in one column."""
        found = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        shown = {name: command for name, command in found.items() if command is not None and not command.hidden}
        width = max(map(len, shown))
        for title, names in sections(shown).items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), shown[name].get_short_help_str(limit=100)) for name in names])

    def make_context(self, info_name: str | None, args: list[str], *others: Any, **more: Any) -> click.Context:
        for word in args:
            if whole(word) != word:  # no text that is written, and no database, can hold it
                wrong = UsageError(f"`{whole(word)[:60]}` is not UTF-8; write it in UTF-8, or rename the file")
                raise click.exceptions.Exit(status_of(wrong))
        try:
            return super().make_context(info_name, args, *others, **more)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise click.exceptions.Exit(status_of(error)) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (click.exceptions.Exit, click.exceptions.NoArgsIsHelpError):
            raise
        except (click.Abort, EOFError):
            ctx.exit(status_of(KeyboardInterrupt()))
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the boundary: no traceback reaches a user
            ctx.exit(status_of(error))


@click.group(
    cls=_Commands,
    short_help="check the republications of Creative Commons articles",
    epilog="Every command has --help, with examples. The whole manual: cccheck man",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="cccheck")
def cccheck() -> None:
    """Do the sites that republish a Creative Commons article keep to its licence?"""


def main() -> None:
    """The program's entry point."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started the program: nobody is there to read, or to write
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - until the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a character shows an escape, not a traceback
            stream.reconfigure(errors="backslashreplace")
    cccheck.main(prog_name="cccheck")
