"""The commands in the order in which a newcomer meets them. A command that is in no section stands in the last."""

from __future__ import annotations

from collections.abc import Iterable

_SECTIONS = {
    "Begin": ("init", "work", "profile"),
    "Scan and look": ("scan", "show", "report", "export", "verify"),
    "Follow up": ("letter", "diff", "case", "decide", "history", "prune"),
    "Before you republish": ("lint",),
    "Look up": ("rule", "license", "schema", "man", "completion"),
}
_REST = "Further"


def sections(commands: Iterable[str]) -> dict[str, list[str]]:
    """The commands that there are, by section; within the last by name."""
    there = list(commands)
    found = {title: [name for name in names if name in there] for title, names in _SECTIONS.items()}
    placed = {name for names in found.values() for name in names}
    return {title: names for title, names in {**found, _REST: sorted({*there} - placed)}.items() if names}
