"""`cccheck completion`: the script that makes a shell complete commands, options, runs, works and rules."""

from __future__ import annotations

import click

from cccheck.cli._examples import examples

_VARIABLE = "_CCCHECK_COMPLETE"


@click.command(
    "completion",
    short_help="Print the script for completion in a shell.",
    epilog=examples(
        ("bash, in ~/.bashrc", 'eval "$(cccheck completion bash)"'),
        ("zsh, in ~/.zshrc, after compinit", 'eval "$(cccheck completion zsh)"'),
        ("fish, once", "cccheck completion fish > ~/.config/fish/completions/cccheck.fish"),
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that lets SHELL complete what you type: commands, options, runs, works, rules."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click has all three
    click.echo(kind(ctx.find_root().command, {}, "cccheck", _VARIABLE).source())
