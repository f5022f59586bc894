"""canonical-link: does the copy tell search engines which page is the original?

Due only where the publisher's profile asks for it.
What passes: a canonical link to any address of the original.
What fails: a canonical link elsewhere, or none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.addresses import relation
from cccheck.checks._subject import Subject
from cccheck.model import CheckResult, Outcome


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """Where the canonical link leads."""
    url, work = subject.page.metadata.canonical, subject.work
    params = {"url": work.url, "found": url or ""}
    if url is None:
        return CheckResult(Outcome.FAIL, "canonical-absent", params)
    if relation(url, work.urls, work.publisher.url) in ("original", "identifier"):
        return CheckResult(Outcome.PASS, "canonical-original", params)
    return CheckResult(Outcome.FAIL, "canonical-elsewhere", params)
