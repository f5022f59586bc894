"""The do-not-contact list: who gets no letter, and why. One entry a line; `#` begins a comment.

An entry is a site (`quayside.example`), which stands for its subdomains too, or a mail address; what follows it on the
line is the reason. However it is written (as a link, with a port, `*.`, in its own script), it is the same entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from cccheck.errors import DataError

_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9-]{2,63}")
_AROUND = "<>\"'“”„,;.…\u200b\ufeff"  # what stands around a name in a letter or a table
_SCHEME = re.compile(r"^[a-z]*:?/+")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody who is not to be written to, in small letters, and the reason, which may be empty."""

    who: str
    why: str


def read_refusals(text: str, source: object = "do-not-contact.txt") -> tuple[Refusal, ...]:
    """The entries of a list. Raises DataError, which calls the list `source`, for one that names nobody."""
    return tuple(_entries(text, source))


def _entries(text: str, source: object) -> Iterator[Refusal]:
    for number, line in enumerate(text.split("\n"), 1):
        parts = line.partition("#")[0].split(maxsplit=1)
        if not parts:
            continue
        who = _plain(parts[0])
        if not _is_host(who.rpartition("@")[2]) or who.count("@") > 1:
            mend = "write a site such as quayside.example or a mail address, then the reason"
            raise DataError(source, f"line {number}", f"`{parts[0][:60]}` is neither a site nor a mail address", mend)
        yield Refusal(who, parts[1].strip() if parts[1:] else "")


def refusal(refusals: Iterable[Refusal], *whom: str) -> Refusal | None:
    """The entry that holds for one of these sites, hosts or addresses; None if they may be written to."""
    names = {_plain(name) for name in whom if name}
    names |= {name.rpartition("@")[2] for name in names}
    return next((entry for entry in refusals if any(_within(name, entry.who) for name in names)), None)


def _within(name: str, who: str) -> bool:
    return name == who or ("@" not in who and name.endswith(f".{who}"))


def _plain(name: str) -> str:
    """A site or address however it is written: `https://www.Quayside.example:8080/` is `quayside.example`."""
    name = name.strip().lower().strip(_AROUND).removeprefix("mailto:")
    local, at, host = name.rpartition("@")
    if at and local and "/" not in local:
        return f"{local}@{_host(host.partition('?')[0])}"
    return _host(name)


def _host(name: str) -> str:
    """The host in ASCII (RFC 3490), without `www.`; what is no host comes back as it is."""
    name = "//" + _SCHEME.sub("", name).removeprefix("*").lstrip(".")
    try:
        host = (urlsplit(name).hostname or "").rstrip(".").encode("idna").decode("ascii")
    except ValueError:
        return name
    bare = host.removeprefix("www.")
    return bare if "." in bare else host


def _is_host(name: str) -> bool:
    try:
        return bool(_HOST.fullmatch(name) or ip_address(name))
    except ValueError:
        return False
