"""The words of a language that tell kinds of edits apart, read from `rules/edits/<language>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from cccheck.data import rules_dir
from cccheck.errors import DataError
from cccheck.finder import Finder
from cccheck.phrases import fold

_LISTS = ("common", "negations", "negative_prefixes", "opposites", "honorifics", "number_joiners")
_TABLES = ("contractions", "endings", "spellings", "abbreviations", "numbers", "multipliers", "ordinals", "units")
_PARTS = {
    "time": ("ordinal_endings", "days", "months", "relative", "determiners", "units", "glue"),
    "place": ("relative", "glue", "regions"),
    "inserted": ("openers", "boxes"),
    "clock": ("am", "pm", "noon", "midnight", "half", "quarter", "past", "to", "hour", "minute"),
}
_SIMPLE = ("language", "sources", "decimal", "capitalised")
_GUESS_WORDS = 400  # words of a text by which its language is guessed
_GUESS_SHARE = 0.12  # of them that must be among the language's common ones


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """One language's words, all folded. An empty one knows nothing: digits are still numbers, letters still letters."""

    language: str = ""
    decimal: str = ""
    capitals_are_names: bool = True
    common: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    negative_prefixes: tuple[str, ...] = ()
    opposites: frozenset[frozenset[str]] = frozenset()  # pairs of words
    honorifics: frozenset[str] = frozenset()
    number_joiners: frozenset[str] = frozenset()  # "two hundred and six"
    contractions: Mapping[str, str] = field(default_factory=dict)
    contracted_endings: tuple[tuple[str, str], ...] = ()
    endings: tuple[tuple[str, str], ...] = ()  # longest first
    spellings: Mapping[str, str] = field(default_factory=dict)
    abbreviations: tuple[tuple[str, str], ...] = ()  # form → what it stands for, longest first, blanks around
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    multipliers: Mapping[str, Decimal] = field(default_factory=dict)
    ordinals: Mapping[str, Decimal] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    days: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    time_relative: frozenset[str] = frozenset()
    time_determiners: frozenset[str] = frozenset()  # `last`, `this`: with a unit or a day they are relative
    time_units: frozenset[str] = frozenset()
    time_glue: frozenset[str] = frozenset()
    ordinal_endings: tuple[str, ...] = ()
    place_relative: frozenset[str] = frozenset()  # of one word or several
    place_glue: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    clock: Mapping[str, frozenset[str]] = field(default_factory=lambda: _clock({}))  # words of the time of day

    @cached_property
    def any_ending(self) -> tuple[str, ...]:
        """The endings that are spelt in two ways: one test tells that a word has none of them, as most."""
        return tuple(ending for ending, _ in self.endings)

    @cached_property
    def any_contracted(self) -> tuple[str, ...]:
        """The same for contracted endings."""
        return tuple(ending for ending, _ in self.contracted_endings)


def _clock(table: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {part: frozenset(map(fold, table.get(part, ()))) for part in _PARTS["clock"]}


EMPTY = Vocabulary()


@lru_cache(maxsize=1_000)
def vocabulary_of(language: str | None, text: str) -> Vocabulary:
    """The words of the language that a record names, or that a text seems to be in. No such file: an empty one."""
    code = (language or "").replace("_", "-").split("-")[0].lower()
    known = files()
    if code:
        return _read(known[code]) if code in known else EMPTY
    words = fold(text[: 12 * _GUESS_WORDS]).split()[:_GUESS_WORDS]
    shares = {code: sum(map(_read(path).common.__contains__, words)) for code, path in sorted(known.items())}
    best = max(shares, key=lambda code: shares[code], default="")
    return _read(known[best]) if best and shares[best] >= _GUESS_SHARE * max(20, len(words)) else EMPTY


@cache
def files() -> Mapping[str, Path]:
    """Every language there is a file for."""
    return {path.stem: path for path in sorted((rules_dir() / "edits").glob("*.toml"))}


@cache
def _read(path: Path) -> Vocabulary:
    return read_vocabulary(path)


@cache
def all_phrases(key: str) -> Finder:
    """What pages put between an article's paragraphs, in every language: `boxes`, or `openers` of sentences."""
    phrases: set[str] = set()
    for path in files().values():
        phrases.update(map(fold, _load(path).get("inserted", {}).get(key, ())))
    return Finder(phrases)


def read_vocabulary(path: Path) -> Vocabulary:
    """A file of words. Raises DataError that names the file and the key."""
    data = _load(path)
    time, place = data.get("time", {}), data.get("place", {})
    contractions = {fold(k): fold(v) for k, v in data.get("contractions", {}).items()}
    return Vocabulary(
        language=data.get("language", path.stem),
        decimal=data.get("decimal", ""),
        capitals_are_names=data.get("capitalised", "names") == "names",
        common=_set(data.get("common", ())),
        negations=_set(data.get("negations", ())),
        negative_prefixes=tuple(map(fold, data.get("negative_prefixes", ()))),
        opposites=frozenset(frozenset(map(fold, pair.split(">"))) for pair in data.get("opposites", ())),
        honorifics=_set(data.get("honorifics", ())),
        number_joiners=_set(data.get("number_joiners", ())),
        contractions={k: v for k, v in contractions.items() if not k.startswith("-")},
        contracted_endings=tuple((k[1:], v) for k, v in contractions.items() if k.startswith("-")),
        endings=tuple(sorted(_pairs(data.get("endings", {})), key=lambda pair: (-len(pair[0]), pair))),
        spellings=dict(_pairs(data.get("spellings", {}))),
        abbreviations=_abbreviations(data.get("abbreviations", {})),
        numbers=_values(data.get("numbers", {})),
        multipliers=_values(data.get("multipliers", {})),
        ordinals=_values(data.get("ordinals", {})),
        units={fold(form): fold(unit) for unit, forms in data.get("units", {}).items() for form in [unit, *forms]},
        days=_set(time.get("days", ())),
        months=_set(time.get("months", ())),
        time_relative=_set(time.get("relative", ())),
        time_determiners=_set(time.get("determiners", ())),
        time_units=_set(time.get("units", ())),
        time_glue=_set(time.get("glue", ())),
        ordinal_endings=tuple(map(fold, time.get("ordinal_endings", ()))),
        place_relative=_set(place.get("relative", ())),
        place_glue=_set(place.get("glue", ())),
        regions=_set(place.get("regions", ())),
        clock=_clock(data.get("clock", {})),
    )


@cache
def _load(path: Path) -> Mapping[str, Any]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(path, "", f"cannot be read: {error}", "mend or remove the file") from error
    for key, value in data.items():
        if key in _LISTS:
            _check_list(path, key, value)
        elif key in _PARTS and isinstance(value, dict):
            for part, items in value.items():
                if part not in _PARTS[key]:
                    raise DataError(path, f"{key}.{part}", "is not known", f"use one of {', '.join(_PARTS[key])}")
                _check_list(path, f"{key}.{part}", items)
        elif key not in (*_TABLES, *_SIMPLE) or (key in _TABLES and not isinstance(value, dict)):
            known = ", ".join((*_SIMPLE, *_LISTS, *_TABLES, *_PARTS))
            raise DataError(path, key, "is not known", f"use one of {known}")
    return data


def _check_list(path: Path, key: str, value: object) -> None:
    if not (isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)):
        raise DataError(path, key, "is no list of words", 'write it as ["first", "second"]')


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _pairs(table: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return ((fold(key), fold(value)) for key, value in table.items())


def _values(table: Mapping[str, float]) -> dict[str, Decimal]:
    return {fold(key): Decimal(str(value)) for key, value in table.items()}


def _abbreviations(table: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
    pairs = ((f" {fold(form)} ", f" {fold(meant)} ") for meant, forms in table.items() for form in forms)
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
