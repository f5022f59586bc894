"""Finds licences by name in running text, in any language, short or long; and clues that are no name.

Called on every page's text, so cheap tests come first: only around a place where a name could stand is the text read
word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import AnyStr, Literal

from cccheck.licenses.model import License, same_license
from cccheck.licenses.phrases import Found, Parser
from cccheck.licenses.tokens import Reader
from cccheck.licenses.tools import data
from cccheck.licenses.urls import from_url
from cccheck.licenses.vocabulary import dense, local_brands, local_stems

_BEFORE, _AFTER = 120, 260  # characters read around a trigger
_MOST = 150_000  # characters read word by word in one text, and places looked at: more comes of no honest page
_TRIGGERS = ("ommons", "ttribution", "ublic domain mark")  # the House of Commons is told apart further on
_RAW_TRIGGERS = tuple(trigger.encode() for trigger in _TRIGGERS)
_VERSIONS = (".0", ".5")
_ELEMENTS = ("nc", "nd", "sa")
_HYPHENS = "-‐‑‒–"
_ADDRESS = re.compile(r"(?:creativecommons\.org|licensebuttons\.net)[^\s<>\"'«»()\[\]]{0,500}", re.I)
_IN_ADDRESS = re.compile(r"[\w.\-:/]")
_LONGEST_HEAD = 80  # characters of an address before its host: a scheme, an archive's address
_CC_CLUE = re.compile(r"(?<![0-9A-Za-z.@\-])\(?(?:CC|cc)\)?(?![0-9A-Za-z\-:]|\.\w)|🅭|🅮|🅯|Ⓒⓒ|ⓒⓒ")
_JOINS = re.compile(r"^[\s(),:|（）、「」/\-‐-―\"'“”«»]{0,4}$|^ (?:de|of|di|da|van|von|του|של) $")


@dataclass(frozen=True, slots=True)
class Named:
    """A licence named in a text, from `start` to `end`. Its version is None where none is said.

    A bare "Creative Commons license" gives the licence `UNSPECIFIED`, and `unit` is None.
    """

    license: License
    start: int
    end: int

    @property
    def bare(self) -> bool:
        """Creative Commons and no more: none of its licences in particular."""
        return self.license.kind == "unspecified"

    @property
    def unit(self) -> str | None:
        """The licence's unit, or None for a bare name."""
        return None if self.bare else self.license.unit


@dataclass(frozen=True, slots=True)
class Clue:
    """Something that hints at a licence and names none: `some-rights-reserved`, or `cc` standing alone."""

    kind: Literal["some-rights-reserved", "cc"]
    start: int
    end: int


def find_names(text: str) -> tuple[Named, ...]:
    """Every licence that the text names, in order: names in any language, short forms, addresses written out.

    Offsets are characters of `text`. "CC" alone, "some rights reserved" and "with attribution" are no names.
    """
    spots = _spots(text)
    if not spots:
        return ()
    found: list[Named] = []
    left = _MOST
    for start, end in _windows(sorted(spots), len(text)):
        found += _read(text, start, min(end, start + left))
        left -= end - start
        if left <= 0:
            break
    return tuple(_joined(text, found))


def find_clues(text: str) -> tuple[Clue, ...]:
    """Hints that a Creative Commons licence may be meant; of use where `find_names` finds nothing."""
    found = [Clue("cc", match.start(), match.end()) for match in _CC_CLUE.finditer(text)]
    lowered = text.lower()
    for phrase in data("names")["clues"]:
        at = lowered.find(phrase.lower())
        if at >= 0:
            found.append(Clue("some-rights-reserved", at, at + len(phrase)))
    return tuple(sorted(found, key=lambda clue: clue.start))


# ------------------------------------------------------------------ where to look


def _spots(text: str) -> list[int]:
    """Places around which a name may stand."""
    spots = list(_versions(text))
    for probe, brands in local_brands().items():
        if probe in text:
            spots += [at for brand in brands for at in _all(text, brand)]
    if not _worth_lowering(text):
        return spots
    lowered = text.lower() if text.isascii() else _lowered(text)
    spots += [at for trigger in _TRIGGERS for at in _all(lowered, trigger) if _may_be_trigger(lowered, at, trigger)]
    spots += [at for at in _all(lowered, "cc") if _may_be_cc(lowered, at)]
    spots += [at for hyphen in _HYPHENS for at in _all(lowered, "by" + hyphen) if lowered[at + 3 : at + 5] in _ELEMENTS]
    return spots


def _worth_lowering(text: str) -> bool:
    """Whether a Latin trigger stands in the text, in any case. Bytes are searched, for their speed."""
    raw = text.encode("utf-8", "surrogatepass").lower()
    return (
        any(trigger in raw for trigger in _RAW_TRIGGERS)
        or any(_may_be_cc_bytes(raw, at) for at in _all(raw, b"cc"))
        or any(raw[at + 3 : at + 5] in (b"nc", b"nd", b"sa") for at in _all(raw, b"by-"))
    )


def _lowered(text: str) -> str:
    """The text in lower case, with every offset kept."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _all(text: AnyStr, piece: AnyStr) -> Iterator[int]:
    at, left = text.find(piece), _MOST
    while at >= 0 and left:
        yield at
        at, left = text.find(piece, at + 1), left - 1


def _may_be_trigger(lowered: str, at: int, trigger: str) -> bool:
    return trigger != "ommons" or "reative" in lowered[max(0, at - 14) : at]


def _may_be_cc(text: str, at: int) -> bool:
    """Whether "cc" stands as a word of its own or at the head of `CC0`, `CCBY`."""
    before, after = text[at - 1 : at], text[at + 2 : at + 3]
    if before.isalnum() and not dense(before):
        return False
    return not after.isalnum() or after in "b0" or dense(after)


def _may_be_cc_bytes(raw: bytes, at: int) -> bool:
    """The same of bytes: what is not ASCII may be anything."""
    return not raw[at - 1 : at].isalnum() and (not raw[at + 2 : at + 3].isalnum() or raw[at + 2 : at + 3] in b"b0")


def _versions(text: str) -> Iterator[int]:
    """Version numbers with a word before them that is some language's "attribution"."""
    for ending in _VERSIONS:
        for at in _all(text, ending):
            if text[at - 1 : at] in ("1", "2", "3", "4") and not text[at - 2 : at - 1].isdigit():
                before = text[max(0, at - _BEFORE) : at]
                if any(stem in before for stem in local_stems()):
                    yield at


def _windows(spots: Iterable[int], length: int) -> Iterator[tuple[int, int]]:
    """Stretches of text to read, none overlapping another."""
    start, end = -1, -1
    for spot in spots:
        if start < 0 or spot - _BEFORE > end:
            if start >= 0:
                yield start, end
            start = max(0, spot - _BEFORE)
        end = min(length, spot + _AFTER)
    if start >= 0:
        yield start, end


# ------------------------------------------------------------------ reading


def _read(text: str, start: int, end: int) -> list[Named]:
    """The names in one stretch: addresses first, then what stands between them."""
    found, at = [], start
    for match in _ADDRESS.finditer(text, start, end):
        head = _head(text, max(at, match.start() - _LONGEST_HEAD), match.start())
        found += _names(text, at, head)
        license = from_url(text[head : match.end()]) or from_url(match[0])
        if license:
            found.append(Named(license, head, match.end()))
        at = match.end()
    return found + _names(text, at, end)


def _head(text: str, first: int, host: int) -> int:
    """Where an address begins whose host stands at `host`: no further back than `first`."""
    while host > first and _IN_ADDRESS.match(text, host - 1):
        host -= 1
    return host


def _names(text: str, start: int, end: int) -> list[Named]:
    parser = Parser(Reader(text[start:end]))
    return [_shifted(name, start) for name in parser.names()]


def _shifted(name: Found, by: int) -> Named:
    return Named(name.license, name.start + by, name.end + by)


def _joined(text: str, found: list[Named]) -> Iterator[Named]:
    """One name said twice in a row ("Creative Commons Attribution License (CC BY 4.0)") is one name."""
    held: Named | None = None
    for name in found:
        better = _better(text, held, name) if held else None
        if held and better is None:
            yield held
        held = Named(better, held.start, name.end) if held and better else name
    if held:
        yield held


def _better(text: str, first: Named, second: Named) -> License | None:
    """The more telling of two neighbours that say the same thing, or None."""
    if not _JOINS.match(text[first.end : second.start]):
        return None
    a, b = first.license, second.license
    if a == b or same_license(a, b) == "same":
        return a
    if first.bare != second.bare:
        return b if first.bare else a
    if same_license(a, b) == "version" and (a.version is None or b.version is None):
        return a if a.version else b
    return None
