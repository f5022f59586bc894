"""Wordings of republishing notices (`rules/notices.toml`) → patterns.

A template is a sentence with `{placeholders}`, `<a|b>` for a choice and `[x]` for what may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cccheck.data import read_toml, rules_dir
from cccheck.errors import DataError

FIELDS = ("title", "authors", "publisher", "license", "date")

# A full stop inside a name (an initial, a title, a domain) does not end it.
_INSIDE = r"(?:[^\n.;]|\.(?=\S)|(?<=\b[A-Z])\.|(?<=\b(?:Dr|Jr|Sr|Mr|Ms|St))\.|(?<=\b(?:Mrs|Sra|Dra))\.|(?<=\bProf)\.)"
_PATTERNS = {
    "title": r'"?(?P<title>[^\n]{3,300}?)"?',
    "authors": rf"(?P<authors>{_INSIDE}{{2,300}})",
    "publisher": rf"(?P<publisher>{_INSIDE}{{2,120}}?)",
    "license": rf"(?P<license>{_INSIDE}{{2,240}}?)",
    "date": r"(?P<date>[^\n.]{4,40}?)",
    "any": rf"{_INSIDE}{{1,160}}?",
}
_END = r"(?:\.(?=[\s\")]|$)|(?=\s*$))"
_SENTENCE_START = r"(?:^|(?<=[.!?]\s)|(?<=[.!?]\"\s))"
_TOKEN = re.compile(r"\s*\[[^\]]*\]|\{\w+\}|<[^>]*>|\s+|\.(?=\s|$)|[^\s\[{<.]+|.")
_FOLDED = str.maketrans("\u00a0\u202f\n\t’‘‛“”„‟«»", '    \'\'\'""""""')


@dataclass(frozen=True, slots=True)
class Language:
    """One language's wordings. Phrases are in lower case."""

    code: str
    patterns: tuple[re.Pattern[str], ...]
    conjunctions: tuple[str, ...]
    original_link: tuple[str, ...]
    tail: tuple[str, ...]
    not_names: frozenset[str]
    this: frozenset[str]
    asks: Mapping[str, tuple[str, ...]]


def level(text: str) -> str:
    """The text with spaces, quotation marks and apostrophes of one shape; every offset is kept."""
    return text.translate(_FOLDED)


@cache
def languages() -> tuple[Language, ...]:
    """Every language of the wordings. Raises DataError where the file is broken."""
    path = rules_dir() / "notices.toml"
    try:
        return tuple(_language(table) for table in read_toml(path)["language"])
    except (KeyError, ValueError, re.error) as error:
        raise DataError(path, "", str(error), "mend the file, or reinstall cccheck") from error


def _language(table: Mapping[str, Any]) -> Language:
    return Language(
        code=table["code"],
        patterns=tuple(compile_template(template) for template in table["templates"]),
        conjunctions=tuple(table["conjunctions"]),
        original_link=tuple(level(phrase) for phrase in table["original_link"]),
        tail=tuple(level(phrase) for phrase in table["tail"]),
        not_names=frozenset(table["not_names"]),
        this=frozenset(table["this"]),
        asks={key: tuple(table["asks"][key]) for key in ("title", "license")},
    )


def compile_template(template: str) -> re.Pattern[str]:
    """A template as a pattern over `level` text, case aside."""
    anchored = template.startswith("^")
    body = _compile(level(template.removeprefix("^")))
    if anchored:  # a bare title, in no brackets, is one sentence
        body = body.replace(_PATTERNS["title"], rf'"?(?P<title>{_INSIDE}{{3,200}}?)"?')
    return re.compile((_SENTENCE_START if anchored else r"(?<!\w)") + body, re.IGNORECASE)


def _compile(template: str) -> str:
    tokens = _TOKEN.findall(template)
    return "".join(_token(token, first=number == 0) for number, token in enumerate(tokens))


def _token(token: str, *, first: bool) -> str:
    stripped = token.strip()
    if stripped.startswith("["):
        space = r"\s+" if token[0].isspace() else ""
        return f"(?:{space}{_compile(stripped[1:-1])})?"
    if not stripped:
        return r"\s+"
    if stripped[0] == "{" and stripped[1:-1] in _PATTERNS:
        return _PATTERNS[stripped[1:-1]]
    if stripped[0] == "<" and stripped[-1] == ">":
        return f"(?:{'|'.join(_compile(choice) for choice in stripped[1:-1].split('|'))})"
    return _END if stripped == "." else re.escape(stripped)
