"""What letters are made from, and what they come out as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from cccheck.licenses import License
from cccheck.model import Work

Variant = Literal["almost", "uncredited", "altered", "reminder", "overdue", "thanks", "apology"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)

Record = Mapping[str, Any]
"""One page as `report.json` has it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A page to write about: its record, the work that it copies, the licence that it was judged by.

    `notified` is the day of the first letter about it, `cured` the day on which it was seen mended, `seen` the last on
    which it was as its record says, if that is not the record's own. `withdrawn`: what was alleged was wrong.
    """

    record: Record
    work: Work
    license: License | None
    notified: date | None = None
    cured: date | None = None
    seen: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: where to answer (an address or a web address), and the lines at the end; without them the publisher's
    name."""

    contact: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished draft. `text` is the body; `addresses` gives each clause that it cites its address."""

    variant: Variant
    language: str
    site: str
    subject: str
    text: str
    pages: tuple[str, ...]
    addresses: Mapping[str, str] = field(default_factory=dict)
