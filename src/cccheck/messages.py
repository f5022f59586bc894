"""Codes → sentences. The sentences are templates in `rules/messages/<language>.toml`, one per check and code."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from cccheck.creditline import join_names
from cccheck.data import rules_dir
from cccheck.model import CheckResult


@cache
def templates(language: str = "en") -> dict[str, dict[str, str]]:
    """All templates of a language: check → code → sentence with `{parameters}`."""
    data = tomllib.loads((rules_dir() / "messages" / f"{language}.toml").read_text("utf-8"))
    return {check: dict(codes) for check, codes in data.items()}


def message(check: str, result: CheckResult, language: str = "en") -> str:
    """The sentence for a result; the bare code where no template is written."""
    known = templates(language)
    template = known.get(check, {}).get(result.code) or known["any"].get(result.code) or result.code
    return template.format_map(_Values(result.params))


class _Values(dict[str, str]):
    """Parameters as a reader wants them: lists joined, the unknown left out."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__({key: _shown(value) for key, value in params.items()})

    def __missing__(self, key: str) -> str:
        return ""


def _shown(value: Any) -> str:
    return join_names([str(item) for item in value]) if isinstance(value, list | tuple) else str(value)
