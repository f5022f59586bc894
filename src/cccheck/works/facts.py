"""What is known of a new work, and from where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """A value for a key of the record, and what said so."""

    value: Any
    origin: str


Facts = Mapping[str, Fact]
