"""`cccheck man`: the manual page, made from the same texts as `--help`."""

from __future__ import annotations

import click

from cccheck.cli._examples import examples


@click.command(
    "man",
    short_help="Print the manual page.",
    epilog=examples(
        ("Read it", "cccheck man | man -l -"),
        ("Install it for yourself", "cccheck man > ~/.local/share/man/man1/cccheck.1"),
    ),
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print the manual page: all commands, the settings, the files and the exit statuses.

    It is written in the form that man reads, and says what `--help` says.
    """
    from cccheck import __version__
    from cccheck.cli._manual import entries
    from cccheck.cli._roff import manual

    click.echo(manual(list(entries(ctx.find_root().command)), __version__), nl=False)
