"""What `cccheck work add` asks at a terminal: what a record needs and its source does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cccheck.cli._terminal import clean

if TYPE_CHECKING:
    from cccheck.works.derive import Draft

_NOBODY = "-"
_ASKED = {
    "title": "Its title?",
    "authors": f"Who wrote it (commas between names; {_NOBODY} if nobody is named)?",
    "publisher": "Who published it?",
    "url": "At which address does it stand?",
    "license": "Under which licence (such as CC-BY-4.0)?",
}


def answers(draft: Draft) -> dict[str, Any]:
    """The answers, under the keys of a draft; nothing for a question that gets none."""
    from cccheck.licenses import as_recorded

    found: dict[str, Any] = {}
    for key in draft.missing:
        if key not in _ASKED:
            continue
        hint = f" ({clean(draft.unclear[key])})" if key in draft.unclear else ""
        said: str = click.prompt(f"{_ASKED[key]}{hint}", default="", show_default=False, prompt_suffix=" ", err=True)
        said = said.strip()
        if said == _NOBODY and key == "authors":
            found["anonymous"] = True
        elif said:
            names = tuple(name.strip() for name in said.split(",") if name.strip())
            found[key] = {"authors": names, "license": (as_recorded(said),)}.get(key, said)
    return found
