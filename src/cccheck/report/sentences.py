"""A finding's sentence in a reader's language: written anew from its code and parameters where that language has it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from cccheck.data import rules_dir
from cccheck.messages import message, templates
from cccheck.model import CheckResult, Outcome

WRITTEN = "en"  # the language of the sentences in report.json


def told(finding: Mapping[str, Any], language: str) -> tuple[str, str]:
    """The sentence, and the language that it is in: as it was written, where the reader's has none for the code."""
    if language == WRITTEN or not _has(language, finding["check"], finding["code"]):
        return finding["message"], WRITTEN
    result = CheckResult(Outcome(finding["outcome"]), finding["code"], finding["params"])
    return message(finding["check"], result, language), language


@cache
def _has(language: str, check: str, code: str) -> bool:
    if not (rules_dir() / "messages" / f"{language}.toml").exists():
        return False
    known = templates(language)
    return code in known.get(check, {}) or code in known.get("any", {})
