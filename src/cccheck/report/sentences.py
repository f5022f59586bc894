"""A finding's sentence in a reader's language: written anew from its code and parameters where that language has it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from cccheck.messages import languages, templates
from cccheck.messages import told as written

WRITTEN = "en"  # the language of the sentences in report.json


def told(finding: Mapping[str, Any], language: str) -> tuple[str, str]:
    """The sentence, and the language that it is in: as it was written, where the reader's has none for the code."""
    if language == WRITTEN or not _has(language, finding["check"], finding["code"]):
        return finding["message"], WRITTEN
    return written(finding["check"], finding["code"], finding["params"], language), language


@cache
def _has(language: str, check: str, code: str) -> bool:
    if language not in languages():
        return False
    known = templates(language)
    return code in known.get(check, {}) or code in known.get("any", {})
