"""The terms that there are (`rules/terms.toml`): which check decides each, and the words that are said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cccheck.data import rule_table
from cccheck.profiles.model import Profile, Term

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Kind:
    """One term of the catalogue. `check` is empty where no program decides it; `asks` goes by the value of `key`."""

    name: str
    title: str
    asks: Mapping[str, str]
    check: str = ""
    part: str = ""
    key: str = ""
    decided: frozenset[str] = frozenset()
    needs: str = ""
    reason: str = ""
    remedy: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    def decides(self, term: Term) -> bool:
        """Whether a check decides the term as the profile states it."""
        if not self.check or (self.needs and not term.values.get(self.needs)):
            return False
        return not self.decided or term.values.get(self.key) in self.decided

    def words(self, profile: Profile, term: Term) -> str:
        """What the term asks, in a sentence; the profile's own words go before."""
        said = self.asks.get(str(term.values.get(self.key, "")), "")
        return term.says or _filled(said, profile, term)

    def mend(self, profile: Profile, term: Term) -> str:
        """How to mend a copy."""
        return _filled(self.remedy, profile, term)


@cache
def kinds() -> Mapping[str, Kind]:
    """Every term by its name, in the catalogue's order."""
    tables = rule_table("terms.toml")
    return {name: _kind(name, table) for name, table in tables.items()}


def _kind(name: str, table: Mapping[str, Any]) -> Kind:
    asks = table.get("asks", "")
    return Kind(
        name=name,
        title=table["title"],
        asks=asks if isinstance(asks, dict) else {"": asks},
        check=table.get("check", ""),
        part=table.get("part", ""),
        key=table.get("value", ""),
        decided=frozenset(table.get("decided", ())),
        needs=table.get("needs", ""),
        reason=table.get("reason", ""),
        remedy=table.get("remedy", ""),
    )


def _filled(text: str, profile: Profile, term: Term) -> str:
    sentences = term.values.get("sentences") or [""]
    share = term.values.get("share")
    values = {**term.values, "sentence": f"“{sentences[0]}”", "share": f"{share:.0%}" if share else ""}
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", str(value))
    return _SLOT.sub(r"[\1]", text.replace("{publisher}", profile.name))
