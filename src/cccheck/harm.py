"""Which case first: how much a copy weighs, by signs that are each named. Pure; a page's record in, a score out.

A sign is a reason to look first, and is held against nobody. `rules/harm.toml` has the weights and the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cccheck.addresses import host_of
from cccheck.data import rule_table
from cccheck.model import GRAVE_KINDS

WHOLE = 0.9  # share of the work's 5-grams from which a copy stands for the whole text
SEVERAL = 3  # violations on one site from which it does so repeatedly

_CREDIT = ("author-credit", "publisher-credit", "source-link")


@dataclass(frozen=True, slots=True)
class Harm:
    """The sum of the weights, and the names of the signs, the heaviest first."""

    score: int
    signs: tuple[str, ...]

    @property
    def told(self) -> str:
        """The signs in words."""
        return "; ".join(_table()[sign]["told"] for sign in self.signs)


def harm(record: Mapping[str, Any], *, earlier: int = 0, on_site: int = 1, overdue: bool = False) -> Harm:
    """How much a copy weighs: its record as in report.json, how many cases it had before, how many violations its site
    has now, and whether a letter's date has passed."""
    found = set(_signs(record))
    if earlier or on_site >= SEVERAL:
        found.add("repeated")
    if overdue:
        found.add("overdue")
    signs = tuple(name for name in _table() if name in found)
    return Harm(sum(_table()[name]["weight"] for name in signs), signs)


def _signs(record: Mapping[str, Any]) -> Iterator[str]:
    """What the page itself shows."""
    outcomes = {finding["check"]: finding["outcome"] for finding in record["findings"]}
    asked = [outcomes[check] for check in _CREDIT if outcomes.get(check, "inapplicable") != "inapplicable"]
    if asked and all(outcome == "fail" for outcome in asked):
        yield "no-credit"
    match = record["match"] or {"containment": 0.0, "edits": ()}
    if outcomes.get("no-derivatives") == "fail" or any(edit["kind"] in GRAVE_KINDS for edit in match["edits"]):
        yield "meaning"
    if match["containment"] >= WHOLE:
        yield "whole"
        canonical = record["canonical"]
        if not canonical or host_of(canonical) in (host_of(record["url"]), host_of(record["final_url"])):
            yield "search"
    if outcomes.get("non-commercial") in ("fail", "review"):
        yield "money"


@cache
def _table() -> dict[str, dict[str, Any]]:
    """The signs by weight, the heaviest first."""
    table = rule_table("harm.toml")
    return dict(sorted(table.items(), key=lambda item: -item[1]["weight"]))
