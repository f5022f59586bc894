"""Until when mending brings the rights back by itself: CC 4.0 §6(b)(1) and CC 3.0 IGO §7(b), and no other licence."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from cccheck.data import rules_dir
from cccheck.licenses import License

REPLY_DAYS = 30
"""Within how many days an answer is hoped for, where no licence gives a time."""


@dataclass(frozen=True, slots=True)
class Mending:
    """A licence's rule: within how many days of the republisher's own discovery, by which clause, at which address."""

    days: int
    clause: str
    address: str

    def until(self, learned: date) -> date:
        """The last day, where the republisher learned of the shortfall on that day."""
        return learned + timedelta(days=self.days)


def mending(license: License | None) -> Mending | None:
    """The rule of a licence, or None where nothing comes back by itself."""
    if license is None or license.kind != "cc":
        return None
    for row in _rows():
        if (row["version"], row.get("jurisdiction")) == (license.version, license.jurisdiction):
            return Mending(row["days"], f"{license.short} §{row['clause']}", row["address"].format(unit=license.unit))
    return None


@cache
def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((rules_dir() / "letters" / "mending.toml").read_text("utf-8"))["mending"]
    return rows
