"""noindex: does the copy ask search engines not to list it?

Due only where the publisher's profile asks for it.
What passes: `noindex` or `none` in a robots element of the page or in an X-Robots-Tag header.
What fails: neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cccheck.checks._subject import Subject
from cccheck.model import Capture, CheckResult, Outcome

_NAMES = frozenset({"robots", "googlebot", "bingbot"})
_WORD = re.compile(r"[a-z]+")


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """What the page tells robots."""
    said = [content for name, content in subject.page.metadata.meta if name in _NAMES]
    response = subject.bundle.response
    if isinstance(response, Capture):
        said += [value for name, value in response.headers if name.lower() == "x-robots-tag"]
    if any({"noindex", "none"}.intersection(_WORD.findall(text.lower())) for text in said):
        return CheckResult(Outcome.PASS, "noindex-set")
    return CheckResult(Outcome.FAIL, "noindex-absent")
