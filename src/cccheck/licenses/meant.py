"""Which licence a person means who writes it by hand: `cc by 4.0`, `Attribution 4.0 International`, an address."""

from __future__ import annotations

from cccheck.licenses.identifiers import parse_license
from cccheck.licenses.model import UNSPECIFIED, License
from cccheck.licenses.names import find_names
from cccheck.licenses.tools import tool
from cccheck.licenses.urls import from_url


def meant(text: str) -> License | None:
    """The licence, its version unknown where none is written; None where the text names none."""
    found = parse_license(text) or from_url(text) or tool(text.lower(), None)
    named = () if found else (*find_names(text), *find_names(f"Creative Commons {text}")[:1])
    plain = [name.license for name in named if not name.bare]
    if found or plain:
        return found or plain[0]
    return UNSPECIFIED if find_names(text) else None


def as_recorded(text: str) -> str:
    """How a record writes the licence that is meant: its SPDX identifier, else its address; else the text as it is."""
    if parse_license(text) is not None:
        return text
    found = meant(text)
    return (found and found.version and (found.spdx or found.url)) or text
