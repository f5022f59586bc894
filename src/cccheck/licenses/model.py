"""What a licence is: unit, version, jurisdiction; and how two of them compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["cc", "public-domain", "unspecified", "permission", "other"]
Likeness = Literal["same", "version", "other"]

ELEMENTS = ("by", "nc", "nd", "sa")
_PUBLIC_DOMAIN = {
    "zero": "CC0",
    "mark": "Public Domain Mark",
    "certification": "Public Domain Certification",
}
_SPECIAL = {"sampling": "CC Sampling", "sampling+": "CC Sampling+", "nc-sampling+": "CC NC-Sampling+"}
_SPECIAL["devnations"] = "CC DevNations"
_OUTSIDE = {"cc": "Creative Commons", "permission": "permission"}


@dataclass(frozen=True, slots=True)
class License:
    """One licence or public-domain tool. `version` and `jurisdiction` are None where they are not known or not there.

    `unit` is Creative Commons' word for the kind: `by-nc-nd`, `zero`, `sampling+`; `cc` where only "a Creative
    Commons license" is known, `permission` where there is none. `spdx` is the SPDX identifier, if the list has one.
    """

    unit: str
    version: str | None
    jurisdiction: str | None
    spdx: str | None
    title: str
    url: str | None

    def has(self, element: str) -> bool:
        """Whether the unit carries the element: `by`, `nc`, `nd` or `sa`. DevNations and the samplings carry `by`."""
        if element == "by" and self.unit in _SPECIAL:
            return True
        return element in self.elements

    @property
    def elements(self) -> frozenset[str]:
        """The elements that the unit's name spells out."""
        return frozenset(part for part in self.unit.split("-") if part in ELEMENTS)

    @property
    def kind(self) -> Kind:
        """What sort of terms these are; `other` for licences that only a folder of rules declares."""
        if self.unit in _PUBLIC_DOMAIN:
            return "public-domain"
        if self.unit == "cc":
            return "unspecified"
        if self.unit == "permission":
            return "permission"
        return "cc" if self.elements or self.unit in _SPECIAL else "other"

    @property
    def name(self) -> str:
        """The short name without version and jurisdiction: `CC BY-ND`."""
        for names in (_PUBLIC_DOMAIN, _SPECIAL, _OUTSIDE):
            if self.unit in names:
                return names[self.unit]
        return f"CC {self.unit.upper()}" if self.elements else self.title

    @property
    def short(self) -> str:
        """The short name as people write it: `CC BY-ND 4.0`, `CC BY 3.0 US`, `CC0 1.0`, `Creative Commons`."""
        if self.kind == "other":
            return self.title
        place = self.jurisdiction or ""
        place = place.upper() if len(place) < 4 else place.title()
        return " ".join(part for part in (self.name, self.version, place) if part)


UNSPECIFIED = License("cc", None, None, None, "Creative Commons", None)
PERMISSION = License("permission", None, None, None, "Permission of the publisher", None)


def _family(license: License) -> frozenset[str] | str:
    """What makes two units one licence: their elements, in whatever order (`by-nd-nc` is BY-NC-ND as of 1.0)."""
    return license.elements if license.elements and "sampling" not in license.unit else license.unit


def same_license(a: License, b: License) -> Likeness:
    """`same`: one licence (a port counts as its unported text); `version`: same unit, another or an unknown version.

    A plain "Creative Commons" may be any of them: against a CC licence it is `version` too, never `other`.
    """
    if "unspecified" in (a.kind, b.kind):
        both = {a.kind, b.kind}
        return "same" if both == {"unspecified"} else "version" if both <= {"unspecified", "cc"} else "other"
    if _family(a) != _family(b):
        return "other"
    return "same" if a.version == b.version and (a.version or a.kind == "permission") else "version"
