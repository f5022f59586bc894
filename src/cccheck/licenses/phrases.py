"""Puts words together to licence names: "Creative Commons Attribution-ShareAlike 4.0 International", "CC BY-ND"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from cccheck.licenses.model import ELEMENTS, UNSPECIFIED, License
from cccheck.licenses.tokens import Reader, Token
from cccheck.licenses.tools import canonical_unit, jurisdictions, tool, versions

_NAMING = frozenset({"element", "code"})
_GLUE = re.compile(r"^[\-‐-―−_/]$")
_HYPHENED = re.compile(r"^ ?[\-‐-―−─_/]? ?$")
_LONGEST = 12  # parts of a name, and of a brand said several times: more is no name
_BETWEEN = 3  # words such as "license", "version" between a name and its version


@dataclass(frozen=True, slots=True)
class Found:
    """A licence named at that place, in offsets of the stretch."""

    license: License
    start: int
    end: int


@dataclass(slots=True)
class _Phrase:
    """What has been read so far: the brand, the elements, what stands between, the version."""

    brand: list[Token] = field(default_factory=list)
    between: list[Token] = field(default_factory=list)  # after the brand, before the elements
    names: list[Token] = field(default_factory=list)
    version: str | None = None
    place: str | None = None
    licence: bool = False
    end: int = 0

    @property
    def elements(self) -> frozenset[str]:
        return frozenset(token.value for token in self.names if token.kind in _NAMING)

    @property
    def spelled(self) -> int:
        """How many elements are written out."""
        return len({token.value for token in self.names if token.kind == "element"})

    @property
    def direct(self) -> bool:
        """The brand stands right before the elements, or with a version that makes up for a word between."""
        return bool(self.brand) and (not self.between or self.version is not None)


class Parser:
    """Reads all licence names out of one stretch of text."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.tokens = reader.tokens()

    def names(self) -> Iterator[Found]:
        """Every name, in order, none overlapping another."""
        at = 0
        while at < len(self.tokens):
            found, after = self._name(at) if self._may_begin(at) else (None, at + 1)
            if found:
                yield found
            at = max(after, at + 1)

    def _may_begin(self, at: int) -> bool:
        return self.tokens[at].kind in ("brand", "cc", "element", "code", "whole")

    def _next(self, at: int, *kinds: str) -> Token | None:
        """The token at `at`, if it is of one of those kinds and stands together with the one before."""
        if at >= len(self.tokens) or (at and not self.reader.near(self.tokens[at - 1], self.tokens[at])):
            return None
        return self.tokens[at] if self.tokens[at].kind in kinds else None

    def _name(self, at: int) -> tuple[Found | None, int]:
        first, phrase = at, _Phrase()
        at = self._brand(at, phrase)
        after_brand = at
        at = self._names(self._between(at, phrase) if phrase.brand else at, phrase)
        if not phrase.names:
            return self._bare(first, after_brand, phrase)
        after_names = at
        at = self._version(at, phrase)
        license = self._decide(phrase, first, after_names)
        if license is None:
            return self._bare(first, after_brand, phrase) if phrase.brand else (None, first + 1)
        return Found(license, self.tokens[first].start, phrase.end), at

    def _brand(self, at: int, phrase: _Phrase) -> int:
        while token := (self._next(at, "brand", "cc") if phrase.brand else self._here(at, "brand", "cc")):
            phrase.brand.append(token)
            phrase.end = token.end
            at += 1
            if len(phrase.brand) == _LONGEST:
                break
        return at

    def _here(self, at: int, *kinds: str) -> Token | None:
        return self.tokens[at] if at < len(self.tokens) and self.tokens[at].kind in kinds else None

    def _between(self, at: int, phrase: _Phrase) -> int:
        """Passes over "license", "version 4.0" between the brand and the elements, if elements follow."""
        start = at
        while len(phrase.between) < _BETWEEN and (token := self._next(at, "licence", "version")):
            phrase.between.append(token)
            at += 1
        if at > start and not self._next(at, "element", "code", "whole", "zero"):
            phrase.between.clear()
            return start
        version = next((token.value for token in phrase.between if token.kind == "version" and token.value), None)
        phrase.version = version
        return at

    def _names(self, at: int, phrase: _Phrase) -> int:
        kinds = ("element", "code", "whole", "zero")
        while token := (self._next(at, *kinds) if phrase.names or phrase.brand else self._here(at, *kinds)):
            if token.kind in ("whole", "zero") and phrase.names:
                break
            phrase.names.append(token)
            phrase.end = token.end
            at += 1
            if token.kind in ("whole", "zero") or len(phrase.names) == _LONGEST:
                break
            if self._next(at, "joining") and self._next(at + 1, "element", "code"):
                at += 1
        if not phrase.names and phrase.brand and self._zero_digit(at):
            phrase.names.append(Token("zero", "0", self.tokens[at].start, self.tokens[at].end))
            phrase.end = self.tokens[at].end
            at += 1
        return at

    def _zero_digit(self, at: int) -> bool:
        token = self._next(at, "digit")
        return token is not None and token.value == "0" and len(self.reader.gap(self.tokens[at - 1], token)) < 2

    def _version(self, at: int, phrase: _Phrase) -> int:
        """Reads what follows the elements: "License", "version", "4.0", "International", a country."""
        start, seen = at, 0
        while seen < _BETWEEN and self._next(at, "licence", "version", "place", "other"):
            token = self.tokens[at]
            if token.kind == "version" and token.value:
                return self._after_version(at, phrase)
            if token.kind == "other" and not self._code(token, phrase):
                break
            phrase.licence = phrase.licence or token.kind == "licence"
            at, seen = at + 1, seen + 1
        if self._next(at, "version") and self.tokens[at].value:
            return self._after_version(at, phrase)
        if phrase.version is None and self._single_digit(start, phrase):
            return start + 1
        if self._next(start, "licence"):
            phrase.end = self.tokens[start].end
            return start + 1
        return start

    def _after_version(self, at: int, phrase: _Phrase) -> int:
        phrase.version = self.tokens[at].value
        phrase.end = self.tokens[at].end
        at += 1
        while token := self._next(at, "suffix", "place", "licence", "other"):
            if token.kind == "other" and not self._code(token, phrase):
                break
            phrase.licence = True
            if token.kind == "place":
                phrase.place = token.value
            phrase.end = token.end
            at += 1
        return at

    def _code(self, token: Token, phrase: _Phrase) -> bool:
        """Whether a word is a port's code in capitals ("CC BY 3.0 US"); it is then noted."""
        word = self.reader.text[token.start : token.end]
        if word.isupper() and word.lower() in jurisdictions():
            phrase.place = word.lower()
            return True
        return False

    def _single_digit(self, at: int, phrase: _Phrase) -> bool:
        """A version without its ".0", as in "CC BY 4"."""
        token = self._next(at, "digit")
        if token and token.value in ("3", "4") and phrase.brand and not self._next(at + 1, "other", "element"):
            phrase.version, phrase.end = f"{token.value}.0", token.end
            return True
        return False

    def _bare(self, first: int, after: int, phrase: _Phrase) -> tuple[Found | None, int]:
        """A brand without elements names no unit; "CC" counts only beside a word for licence."""
        following = self._next(after, "licence")
        leading = first > 0 and self.tokens[first - 1].kind == "licence" and self._next(first, "brand", "cc")
        if not phrase.brand or not (any(t.kind == "brand" for t in phrase.brand) or following or leading):
            return None, max(after, first + 1)
        end = following.end if following else phrase.brand[-1].end
        return Found(UNSPECIFIED, phrase.brand[0].start, end), after

    def _decide(self, phrase: _Phrase, first: int, after: int) -> License | None:
        head = phrase.names[0]
        if head.kind == "zero":
            return tool("zero", "1.0") if phrase.direct else None
        if head.kind == "whole":
            return self._whole(phrase, head)
        if "by" in phrase.elements and self._certain(phrase, first, after):
            return self._tool(phrase)
        return self._without_by(phrase) if "by" not in phrase.elements else None

    def _whole(self, phrase: _Phrase, head: Token) -> License | None:
        if head.value == "mark":
            english = "mark" in self.reader.text[head.start : head.end].lower()
            return tool("mark", "1.0") if phrase.direct or phrase.version == "1.0" or english else None
        if phrase.direct or (phrase.version and set(head.value.split("-")) <= set(ELEMENTS)):
            version = phrase.version if phrase.version in versions(head.value) else None
            return tool(head.value, version or (versions(head.value)[-1] if len(versions(head.value)) == 1 else None))
        return None

    def _certain(self, phrase: _Phrase, first: int, after: int) -> bool:
        """Whether the words are surely a licence's name and not ordinary words that look like one."""
        if phrase.spelled >= 2:
            return bool(phrase.brand) or phrase.version is not None or self._hyphened(phrase.names)
        if phrase.spelled == 1:
            return phrase.direct or len(phrase.elements) > 1 or self._labelled(phrase, first)
        if not phrase.brand:
            return len(phrase.names) > 1 and self._hyphened(phrase.names, _GLUE)
        return (phrase.direct or len(phrase.names) > 1) and not self._preposition(phrase, after)

    def _labelled(self, phrase: _Phrase, first: int) -> bool:
        """A lone "Attribution" with a version: a word for licence, a suffix, a country must stand beside it."""
        before = first > 0 and self.tokens[first - 1].kind == "licence"
        return phrase.version is not None and (phrase.licence or phrase.place is not None or before)

    def _hyphened(self, names: list[Token], pattern: re.Pattern[str] = _HYPHENED) -> bool:
        """Whether nothing but hyphens, or nothing at all, stands between the parts: no ordinary prose."""
        return all(pattern.match(self.reader.gap(a, b)) for a, b in pairwise(names))

    def _preposition(self, phrase: _Phrase, after: int) -> bool:
        """Whether the word is a preposition and not the element, as in "CC by Jane Doe"."""
        by = phrase.names[0]
        if len(phrase.names) > 1 or phrase.version or self.reader.text[by.start : by.end] != "by":
            return False
        glued = self.reader.gap(phrase.brand[-1], by).strip(" \u00a0")
        return not glued and self._next(after, "other", "element", "place", "joining", "licence", "digit") is not None

    def _without_by(self, phrase: _Phrase) -> License | None:
        """The retired licences without attribution: only with the brand and a version they were published in."""
        name = "-".join(sorted(phrase.elements, key=ELEMENTS.index))
        unit = canonical_unit(name, phrase.version)
        known = phrase.direct and unit and phrase.version in versions(unit)
        return tool(unit, phrase.version, phrase.place) if known and unit else None

    def _tool(self, phrase: _Phrase) -> License | None:
        name = "-".join(sorted(phrase.elements, key=ELEMENTS.index))
        unit = canonical_unit(name, phrase.version)
        if unit is None:
            return None
        version = phrase.version if phrase.version in versions(unit) else None
        return tool(unit, version, phrase.place if version else None)
