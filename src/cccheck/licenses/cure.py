"""Under which licences the rights come back by themselves when a breach is mended in time: `rules/cc/cure.json`."""

from __future__ import annotations

from dataclasses import dataclass

from cccheck.licenses.model import License
from cccheck.licenses.tools import data


@dataclass(frozen=True, slots=True)
class Cure:
    """So many days from the republisher's discovery of the breach, by that clause (`CC BY 4.0 §6(b)(1)`)."""

    days: int
    clause: str


def cure_of(license: License | None) -> Cure | None:
    """The cure that a licence grants; None for licences that end on a breach and say nothing of their return."""
    if license is None or license.kind != "cc":
        return None
    for version, jurisdiction, days, clause in data("cure")["cures"]:
        if (license.version, license.jurisdiction) == (version, jurisdiction):
            return Cure(days, f"{license.short} §{clause}")
    return None
