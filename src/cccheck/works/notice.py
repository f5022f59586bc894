"""Republishing notices: found in a paragraph, read for what they say and for what they ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cccheck.licenses import License, find_names
from cccheck.model import Asked
from cccheck.phrases import fold, says
from cccheck.works.names import split_names
from cccheck.works.record import DEFAULT_CREDIT
from cccheck.works.templates import FIELDS, Language, languages, level

_DOMAIN = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,24})/?", re.IGNORECASE)
_MAX_PARAGRAPH = 5000  # a notice is short; no article's paragraph is near as long


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice and what it says; what it does not say, or not clearly, is None or empty. Offsets are characters.

    `license` is a record's identifier; `unclear` is a licence named without its version, or several of them.
    """

    start: int
    end: int
    text: str
    language: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    license: str | None = None
    unclear: str | None = None
    credit: frozenset[Asked] = DEFAULT_CREDIT


def find_notices(paragraph: str) -> tuple[Notice, ...]:
    """The notices of a paragraph in order, none overlapping another: what says most wins."""
    if len(paragraph) > _MAX_PARAGRAPH:
        return ()
    chosen: list[Notice] = []
    for notice in sorted(_candidates(paragraph), key=_weight, reverse=True):
        if all(notice.end <= other.start or notice.start >= other.end for other in chosen):
            chosen.append(notice)
    return tuple(sorted(chosen, key=lambda notice: notice.start))


def domain_of(name: str) -> str | None:
    """The host where a publisher's name is written as one (`Site.example`), in lower case."""
    found = _DOMAIN.fullmatch(name.strip())
    return found[1].lower() if found else None


def license_id(license: License) -> str | None:
    """What a record calls the licence; None where its version is not known."""
    if license.kind == "unspecified":
        return "CC"
    return (license.spdx or license.url) if license.version else None


# ------------------------------------------------------------------ one match


def _candidates(paragraph: str) -> Iterator[Notice]:
    text = level(paragraph)
    for language in languages():
        for pattern in language.patterns:
            for match in pattern.finditer(text):
                notice = _read(match, paragraph, language)
                if notice:
                    yield notice


def _weight(notice: Notice) -> tuple[int, int, int]:
    said = (notice.title, notice.authors, notice.publisher, notice.license or notice.unclear)
    return sum(map(bool, said)), notice.end - notice.start, -notice.start


def _read(match: re.Match[str], paragraph: str, language: Language) -> Notice | None:
    """The notice at a match; None where it names no licence though it should, or speaks of a picture."""
    groups = {field: _group(match, paragraph, field) for field in FIELDS}
    licensed = _read_license(groups["license"]) if groups["license"] else (None, None)
    if licensed is None or _other_subject(match, paragraph, groups["title"], language):
        return None
    authors, publisher = _read_names(groups["authors"], groups["publisher"], language)
    return Notice(
        start=match.start(),
        end=match.end(),
        text=" ".join(paragraph[match.start() : match.end()].split()),
        language=language.code,
        title=groups["title"] or None,
        authors=authors,
        publisher=publisher,
        license=licensed[0],
        unclear=licensed[1],
        credit=_read_credit(paragraph[match.start() :], language),
    )


def _other_subject(match: re.Match[str], paragraph: str, title: str, language: Language) -> bool:
    """Whether the sentence is about a picture, or its "title" is no more than "This work"."""
    end = match.start("license") if match.groupdict().get("license") else match.end()
    words = title.lower().split()
    if title and match.start("title") > match.start() + 1:  # in brackets: it may be called what it likes
        return False
    return says("photo", fold(paragraph[match.start() : end])) or (
        len(words) <= 2 and not language.this.isdisjoint(words[:1])
    )


def _group(match: re.Match[str], paragraph: str, field: str) -> str:
    """What stands in a placeholder, in the paragraph's own characters."""
    if field not in match.re.groupindex or match[field] is None:
        return ""
    return " ".join(paragraph[match.start(field) : match.end(field)].split()).strip(' ,"“”„«»')


def _read_license(text: str) -> tuple[str | None, str | None] | None:
    """Identifier, or what is unclear; None where the words name no licence."""
    named = [found.license for found in find_names(text)]
    if not named:
        return None
    exact = {name for license in named if license.kind != "unspecified" and (name := license_id(license))}
    open_version = [license for license in named if license.kind != "unspecified" and not license.version]
    if len(exact) == 1 and not open_version:
        return exact.pop(), None
    if exact or open_version:
        return None, ", ".join(dict.fromkeys(license.short for license in named if license.kind != "unspecified"))
    return "CC", None


def _read_names(authors: str, publisher: str, language: Language) -> tuple[tuple[str, ...], str | None]:
    """Authors and publisher. Where it is open which of several `and` parts them, neither is read."""
    joined = "|".join(re.escape(word) for word in language.conjunctions)
    several = authors and re.search(rf"\s(?:{joined})\s", authors, re.IGNORECASE) is not None
    if several and publisher and not domain_of(publisher):
        return (), None
    name = re.sub(r"^the\s+(?=[A-Z])", "", publisher)
    named = bool(domain_of(name)) or any(_capital(word) for word in name.split()[:3])
    return (split_names(authors, language) if authors else ()), name if named else None


def _capital(word: str) -> bool:
    """A word that could begin a name: not in lower case, or of a script without case."""
    return word[:1].isalpha() and not word[:1].islower()


def _read_credit(text: str, language: Language) -> frozenset[Asked]:
    folded = fold(text)
    more: list[Asked] = ["title", "license"]
    return DEFAULT_CREDIT.union(key for key in more if any(fold(phrase) in folded for phrase in language.asks[key]))
