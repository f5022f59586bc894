"""One work record: JSON file ↔ `Work`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cccheck.data import parse_json, read_bytes
from cccheck.errors import DataError
from cccheck.licenses import all_tools, parse_license
from cccheck.model import Asked, Author, Publisher, Work
from cccheck.validation import problems
from cccheck.works.names import apart

DEFAULT_CREDIT: frozenset[Asked] = frozenset({"author", "publisher", "link"})
_ASKED: tuple[Asked, ...] = ("author", "publisher", "link", "title", "license")


def load_work(path: Path) -> Work:
    """The work in a record file. Raises DataError: file, key, what is wrong, mend; the first of several."""
    document = parse_json(read_bytes(path), path)
    found = record_problems(document, path)
    if len(found) > 1:
        more = f"{found[0].mend} (and {len(found) - 1} more; `cccheck work check` lists them)".strip()
        raise DataError(path, found[0].place, found[0].problem, more)
    if found:
        raise found[0]
    return _work(document, _text(document, path))


def record_problems(document: Any, path: Path) -> list[DataError]:
    """All that is wrong with a record read from `path`; empty when `load_work` would take it."""
    found = problems(document, "work", path)
    if found:
        return found
    licenses = _licenses(document)
    found = [DataError(path, "license", *bad) for bad in map(_check_license, licenses) if bad]
    try:
        _text(document, path)
    except DataError as error:
        found.append(error)
    return found


def record_of(work: Work) -> dict[str, Any]:
    """The record of a work as JSON members, in the order of the design; what is empty is left out."""
    licenses = list(work.licenses)
    members: dict[str, Any] = {
        "id": work.id,
        "title": work.title,
        "authors": [_author_record(author) for author in work.authors],
        "anonymous": work.anonymous,
        "publisher": _publisher_record(work.publisher),
        "url": work.url,
        "alternate_urls": list(work.alternate_urls),
        "license": licenses[0] if len(licenses) == 1 else licenses,
        "credit": list(in_order(work.credit)),
        "published": work.published,
        "language": work.language,
        "notice": work.notice,
        "profile": work.profile,
        "supplied": _kept({"copyright": work.supplied_copyright, "disclaimer": work.supplied_disclaimer}),
        "links": [{"text": text, "href": href} for text, href in work.links],
        "images": [{"src": src, "caption": caption} for src, caption in work.images],
        "versions": [{"date": date, "text": text} for date, text in work.versions],
        "extracted": work.extracted,
        "text": work.text,
    }
    return {key: value for key, value in members.items() if key in ("authors", "credit") or value}


def in_order(credit: frozenset[Asked]) -> tuple[Asked, ...]:
    """What is asked of a copy, in the order in which records and messages list it."""
    return tuple(asked for asked in _ASKED if asked in credit)


def _author_record(author: Author) -> dict[str, Any]:
    return _kept({"name": author.name, "aliases": list(author.aliases), "affiliation": author.affiliation})


def _publisher_record(publisher: Publisher) -> dict[str, Any]:
    return _kept({"name": publisher.name, "url": publisher.url, "aliases": list(publisher.aliases)})


def _kept(members: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in members.items() if value}


def _licenses(document: Mapping[str, Any]) -> tuple[str, ...]:
    given = document["license"]
    return tuple(given) if isinstance(given, list) else (given,)


def _check_license(text: str) -> tuple[str, str] | None:
    """What is wrong with a licence identifier and how to mend it; None when it is known."""
    if parse_license(text):
        return None
    return f"`{text[:60]}` is no known licence", license_hint(text)


def license_hint(text: str) -> str:
    """The mend for an unknown licence: the nearest identifier, or the forms there are."""
    word = re.sub(r"[\s_]+", "-", text.strip().upper())
    known = {tool.spdx.upper(): tool.spdx for tool in all_tools() if tool.spdx} | {
        "PERMISSION": "permission",
        "CC": "CC",
    }
    close = get_close_matches(word, known, n=1, cutoff=0.75)
    if close:
        return f"did you mean `{known[close[0]]}`?"
    return "write an SPDX identifier such as CC-BY-4.0, a creativecommons.org address with version, CC, or permission"


def _text(document: Mapping[str, Any], path: Path) -> str:
    if "text" in document:
        return _line_feeds(document["text"])
    named = Path(document["text_file"])
    if named.is_absolute():
        raise DataError(path, "text_file", "is an absolute path", "name the file relative to the record")
    file = path.parent / named
    try:
        text = _line_feeds(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise DataError(path, "text_file", f"{file}: {error.strerror}", "name a text file beside the record") from None
    except UnicodeDecodeError as error:
        raise DataError(path, "text_file", f"{file}: byte {error.start} is not UTF-8", "save it as UTF-8") from None
    if not text.strip():
        raise DataError(path, "text_file", f"{file} holds no words", "put the article's text there")
    return text


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _author(document: Mapping[str, Any]) -> Author:
    return Author(document["name"], tuple(document.get("aliases", ())), document.get("affiliation"))


def _publisher(document: Mapping[str, Any]) -> Publisher:
    return Publisher(document["name"], document["url"], tuple(document.get("aliases", ())))


def work_from(record: Mapping[str, Any]) -> Work:
    """The work of a record that `record_of` made; it is not checked again."""
    return _work(record, record["text"])


def _work(document: Mapping[str, Any], text: str) -> Work:
    supplied, publisher = document.get("supplied", {}), _publisher(document["publisher"])
    authors = (apart(_author(author), publisher, document.get("language")) for author in document["authors"])
    return Work(
        id=document["id"],
        title=document["title"],
        authors=tuple(author for some in authors for author in some),
        publisher=publisher,
        url=document["url"],
        licenses=_licenses(document),
        text=text,
        alternate_urls=tuple(document.get("alternate_urls", ())),
        credit=frozenset(document.get("credit", DEFAULT_CREDIT)),
        anonymous=document.get("anonymous", False),
        published=document.get("published"),
        language=document.get("language"),
        extracted=document.get("extracted", False),
        notice=document.get("notice"),
        profile=document.get("profile"),
        supplied_copyright=supplied.get("copyright"),
        supplied_disclaimer=supplied.get("disclaimer"),
        links=tuple((link["text"], link["href"]) for link in document.get("links", ())),
        images=tuple((image["src"], image.get("caption", "")) for image in document.get("images", ())),
        versions=tuple((version["date"], _line_feeds(version["text"])) for version in document.get("versions", ())),
    )
