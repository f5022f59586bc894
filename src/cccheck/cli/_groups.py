"""A command with many options, whose help shows them by what they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

_REST = "Further"


class Grouped(click.Command):
    """`groups`: titles, and the names of the options below each, in their order. What is in none stands in the last."""

    def __init__(self, *args: Any, groups: Mapping[str, Sequence[str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.groups = groups

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, a section a group."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = {max(option.opts, key=len): option.get_help_record(ctx) for option in options}
        placed = {name for names in self.groups.values() for name in names}
        for title, names in {**self.groups, _REST: [name for name in records if name not in placed]}.items():
            rows = [row for name in names if (row := records.get(name))]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
