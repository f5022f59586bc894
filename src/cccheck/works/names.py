"""Several persons in one text: taken apart, where nothing but names stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cccheck.data import listed
from cccheck.model import Author, Publisher
from cccheck.works.templates import Language, languages

_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_MAX_NAME_WORDS = 6
_PARTED = re.compile(r"\s*[;/|]\s*|\s+[–—]\s+")  # what parts persons, or a person and who employs them
_MAY_BE_SEVERAL = re.compile(r"[,;/|&–—]|\s\w{1,4}\s")  # most names hold neither a sign nor a short word


def split_names(text: str, language: Language) -> tuple[str, ...]:
    """The persons in a list such as "A. Writer, B. Author and C. Poet"; empty where it may be more than names."""
    joined = "|".join(re.escape(word) for word in language.conjunctions)
    parts = [part.strip() for part in re.split(r"\s*[,;]\s*", text.strip(" ,"))]
    last = re.split(rf"\s+(?:{joined})\s+", parts[-1], flags=re.IGNORECASE)
    if len(parts) > 1 or all(len(name.split()) > 1 for name in last):
        parts[-1:] = last
    names = tuple(re.sub(rf"^(?:{joined})\s+", "", part, flags=re.IGNORECASE) for part in parts if part)
    return names if names and all(_is_name(name, language) for name in names) else ()


def _is_name(text: str, language: Language) -> bool:
    words = text.split()
    if not 1 <= len(words) <= _MAX_NAME_WORDS or not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    if any(word.lower().strip(".") in language.not_names for word in words):
        return False
    return any(not word.islower() for word in words) and all(_fits(word) for word in words)


def _fits(word: str) -> bool:
    return not word.islower() or word[1:2] in ("'", "’") or word in listed("names.particles")


def apart(author: Author, publisher: Publisher, code: str | None) -> tuple[Author, ...]:
    """The authors whom a record names in one (`Jane Doe and John Roe`, `Jane Doe, John Roe / AP`): each with their own
    name, without the publication and agencies. As it is where it may be one name (`Doe, Jane`; `Ortega y Gasset`).

    `code`: the record's language; the words that join names are those of that language, else of English.
    """
    if author.aliases or not _MAY_BE_SEVERAL.search(author.name):
        return (author,)
    known = languages()
    language = next((one for one in known if (code or "").startswith(one.code)), known[0])
    names = list(dict.fromkeys(_names_in(author.name, publisher, language)))
    if not names or any(len(name.split()) < 2 for name in names):
        return (author,)
    return tuple(Author(name, (), author.affiliation) for name in names)


def _names_in(text: str, publisher: Publisher, language: Language) -> Iterator[str]:
    others = {name.casefold() for name in (publisher.name, *publisher.aliases, *listed("names.agencies"))}
    for piece in _PARTED.split(text):
        parts = [part.strip() for part in piece.split(",")]
        while len(parts) > 1 and parts[-1].casefold() in others:
            parts.pop()
        if parts[0] and ", ".join(parts).casefold() not in others:
            plain = ", ".join(parts).replace(" & ", f" {language.conjunctions[0]} ")
            some = tuple(name for name in split_names(plain, language) if name.casefold() not in others)
            yield from some if len(some) > 1 and all(len(name.split()) > 1 for name in some) else (", ".join(parts),)
