"""The do-not-contact list: who gets no letter, and why. One entry a line; `#` begins a comment.

An entry is a site (`quayside.example`), which stands for its subdomains too, or a mail address; what follows it on the
line is the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody who is not to be written to, in small letters, and the reason, which may be empty."""

    who: str
    why: str


def read_refusals(text: str) -> tuple[Refusal, ...]:
    """The entries of a list."""
    lines = (line.partition("#")[0].split(maxsplit=1) for line in text.splitlines())
    return tuple(Refusal(_plain(parts[0]), parts[1].strip() if parts[1:] else "") for parts in lines if parts)


def refusal(refusals: Iterable[Refusal], *whom: str) -> Refusal | None:
    """The entry that holds for one of these sites, hosts or addresses; None if they may be written to."""
    names = {_plain(name) for name in whom if name}
    names |= {name.rpartition("@")[2] for name in names}
    return next((entry for entry in refusals if any(_within(name, entry.who) for name in names)), None)


def _within(name: str, who: str) -> bool:
    return name == who or ("@" not in who and name.endswith(f".{who}"))


def _plain(name: str) -> str:
    """A site or address however it is written: `https://www.Quayside.example/` is `quayside.example`."""
    name = name.strip().lower().removeprefix("mailto:")
    if "//" in name:
        name = name.split("//", 1)[1].split("/", 1)[0].rpartition("@")[2]
    return name.split("/", 1)[0].removeprefix("www.").rstrip(".")
