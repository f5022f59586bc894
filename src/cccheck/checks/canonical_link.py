"""canonical-link: does the copy tell search engines which page is the original?

Due only where the publisher's profile asks for it.
What passes: a canonical link to any address of the original; also where the publisher's code, pasted into the page,
puts one there beside the site's own.
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
    url = subject.page.metadata.canonical
    params = {"url": subject.work.url, "found": url or ""}
    if url is None:
        return CheckResult(Outcome.FAIL, "canonical-absent", params)
    if _is_original(subject, url):
        return CheckResult(Outcome.PASS, "canonical-original", params)
    if any(_is_original(subject, other) for other in subject.page.metadata.other_canonicals):
        return CheckResult(Outcome.PASS, "canonical-among-others", params)
    return CheckResult(Outcome.FAIL, "canonical-elsewhere", params)


def _is_original(subject: Subject, url: str) -> bool:
    work = subject.work
    return relation(url, work.urls, work.publisher.url) in ("original", "identifier")
