"""Profile files → profiles. A mistake in one is a line with file, key and mend."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cccheck.data import read_toml, rules_dir
from cccheck.errors import DataError
from cccheck.licenses import parse_license
from cccheck.profiles.model import Grant, Profile, Source, Term
from cccheck.validation import nearest, problems

FOLDER = "publishers"
_COMMON = ("says", "wish", "from", "until", "of")


def load_profiles(*folders: Path) -> dict[str, Profile]:
    """The built-in profiles and those in `publishers/` of further folders, which replace built-in ones of the same id.

    Raises DataError for the first mistake in a further folder, and for one that is not there.
    """
    found: dict[str, Profile] = {}
    for folder in (rules_dir(), *folders):
        if not folder.is_dir():
            raise DataError(folder, "", "is no folder", "name a folder of rules")
        here: dict[str, Profile] = {}
        for path in profile_files(folder):
            profile = read_profile(path, trusted=folder == rules_dir())
            if profile.id in here:
                problem = f"`{profile.id}` is the id of {here[profile.id].file} too"
                raise DataError(path, "id", problem, "give every profile an id of its own")
            here[profile.id] = profile
        found |= here
    return dict(sorted(found.items()))


def profile_files(folder: Path) -> list[Path]:
    """The profile files of a folder of rules, in the order of their names."""
    return sorted((folder / FOLDER).glob("*.toml"))


def read_profile(path: Path, *, trusted: bool = False) -> Profile:
    """The profile in a file. Raises DataError. A trusted one, of our own, is not validated: tests do that."""
    document = read_document(path)
    wrong = [] if trusted else profile_problems(document, path)
    if wrong:
        raise wrong[0]
    return profile_of(document, path)


def read_document(path: Path) -> Any:
    """A TOML file as plain data, its dates as texts. Raises DataError."""
    return json.loads(json.dumps(read_toml(path), default=str))


def profile_problems(document: Any, path: Path) -> list[DataError]:
    """All that is wrong with a profile; empty when it would be taken."""
    return problems(document, "profile", path) or list(_wrong(document, path))


def _wrong(document: Mapping[str, Any], path: Path) -> Iterator[DataError]:
    """What no schema can see: unknown licences, and terms that lack what they speak of."""
    for number, grant in enumerate(document["licenses"]):
        if parse_license(grant["id"]) is None:
            known = ("CC-BY-4.0", "CC-BY-ND-4.0", "CC-BY-NC-4.0", "CC-BY-NC-ND-4.0", "CC-BY-SA-4.0", "CC", "permission")
            problem = f"`{grant['id'][:60]}` is no known licence"
            yield DataError(path, f"licenses[{number}].id", problem, nearest(grant["id"], known))
    terms = document.get("terms", {})
    for name, key, value, needed in (
        ("wording", "match", "exact", "sentences"),
        ("extent", "most", "share", "share"),
        ("extent", "most", "paragraphs", "paragraphs"),
    ):
        term = terms.get(name, {})
        if term.get(key) == value and needed not in term:
            yield DataError(path, f"terms.{name}.{needed}", "is missing", f'{key} = "{value}" needs it')
    for name, term in terms.items():
        if term.get("from", "") > term.get("until", "9999"):
            yield DataError(path, f"terms.{name}.until", "is before `from`", "mend one of them")


def profile_of(document: Mapping[str, Any], path: Path) -> Profile:
    """A profile out of a document that has no problems."""
    return Profile(
        id=document["id"],
        name=document["name"],
        sites=tuple(document["sites"]),
        grants=tuple(
            Grant(row["id"], row.get("says", ""), row.get("from"), row.get("until")) for row in document["licenses"]
        ),
        sources=tuple(
            Source(row["url"], row["read"], row["extent"] == "full", row.get("says", "")) for row in document["source"]
        ),
        aliases=tuple(document.get("aliases", ())),
        country=document.get("country"),
        language=document.get("language", "en"),
        credit=tuple(document["credit"]) if "credit" in document else None,
        terms={name: _term(name, row) for name, row in document.get("terms", {}).items()},
        snippet={key: text for key, text in document.get("snippet", {}).items() if key != "seen"},
        snippet_seen=document.get("snippet", {}).get("seen", False),
        file=path,
    )


def _term(name: str, row: Mapping[str, Any]) -> Term:
    values = {key: value for key, value in row.items() if key not in _COMMON}
    return Term(
        name,
        values,
        says=row.get("says", ""),
        wish=row.get("wish", False),
        since=row.get("from"),
        until=row.get("until"),
        of=row.get("of", "copy"),
    )
