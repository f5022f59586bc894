"""Codes → sentences. The sentences are templates in `rules/messages/<language>.toml`, one per check and code."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from cccheck.creditline import join_names
from cccheck.data import rule_table, rules_dir
from cccheck.model import CheckResult

_LIST = "list"  # the tables that are of no check: how the language writes a list, and what it calls kinds of edits
_KINDS = "kinds"


def languages() -> tuple[str, ...]:
    """The languages that there are sentences in."""
    return tuple(sorted(path.stem for path in (rules_dir() / "messages").glob("*.toml")))


def templates(language: str = "en") -> dict[str, dict[str, str]]:
    """All templates of a language: check → code → sentence with `{parameters}`."""
    return {check: codes for check, codes in _tables(language).items() if check not in (_LIST, _KINDS)}


@cache
def _tables(language: str) -> dict[str, dict[str, str]]:
    return rule_table(f"messages/{language}.toml")


def message(check: str, result: CheckResult, language: str = "en") -> str:
    """The sentence for a result; the bare code where no template is written."""
    return told(check, result.code, result.params, language)


def told(check: str, code: str, params: Mapping[str, Any], language: str = "en") -> str:
    """The same for the code and parameters that a report holds; in English where the language has no such sentence."""
    found = (_template(check, code, spoken) for spoken in dict.fromkeys((language, "en")))
    if "kind" in params:
        kinds = _tables("en").get(_KINDS, {}) | _tables(language).get(_KINDS, {})
        params = {**params, "kind": kinds.get(str(params["kind"]), params["kind"])}
    of = params.get("of")
    if isinstance(of, Mapping):  # a sentence about another finding's sentence
        params = {**params, "message": told(check, of["code"], of["params"], language)}
    return sentence(next(filter(None, found), code), params, language)


def _template(check: str, code: str, language: str) -> str:
    known = _tables(language)
    return known.get(check, {}).get(code) or known.get("any", {}).get(code, "")


def sentence(template: str, params: Mapping[str, Any], language: str = "en") -> str:
    """A template with its parameters put in: lists joined as the language does, the unknown left out."""
    return template.format_map(_Values({key: _shown(value, language) for key, value in params.items()}))


def _shown(value: object, language: str) -> str:
    return join(value, language) if isinstance(value, list | tuple) else str(value)


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def join(parts: Sequence[object], language: str = "en") -> str:
    """`A`, `A and B`, `A, B and C`, with the language's own word for "and" (in Spanish `y`, and `e` before an i)."""
    names, write = [str(part) for part in parts], _tables(language)[_LIST]
    other = names and "before" in write and re.match(write["before"], names[-1], re.I)
    return join_names(names, write["other" if other else "and"])
