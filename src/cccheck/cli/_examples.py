"""Examples at the end of a command's help. They go into the man page and the reference, and a test reads their options.

@click.command("scan", epilog=examples(("Check the list", "cccheck scan urls.txt")))
"""

from __future__ import annotations

_HEAD = "Examples:"


def examples(*pairs: tuple[str, str]) -> str:
    """An epilog out of what each example does and the command that does it."""
    return "\n\n".join(["\b\n" + _HEAD, *(f"\b\n  # {text}\n  {command}" for text, command in pairs)])


def read_examples(epilog: str | None) -> list[tuple[str, str]]:
    """The pairs back from an epilog; of one that was written freely, its lines that begin with `cccheck`."""
    found, text = [], ""
    for line in (epilog or "").replace("\b", "").splitlines():
        said = line.strip().removeprefix("Example: ")
        if said.startswith("# "):
            text = said.removeprefix("# ")
        elif text or said.startswith("cccheck "):
            found.append((text, said))
            text = ""
    return found
