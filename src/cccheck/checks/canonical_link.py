"""canonical-link: does the copy tell search engines which page is the original?

Due only where the publisher's profile asks for it.
What passes: a canonical link to any address of the original; also where the publisher's code, pasted into the page,
puts one there beside the site's own.
What fails: a canonical link elsewhere, or none.
What a person decides: the same at a service whose users cannot set it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from cccheck.addresses import is_at_any, relation
from cccheck.checks._subject import Subject
from cccheck.data import listed
from cccheck.model import Capture, CheckResult, Outcome

_HEADER_LINK = re.compile(r"<([^<>\s]++)>\s*+;([^,<]*+)")  # an address and its parameters
_REL = re.compile(r"\brel\s*+=\s*+\"?+([\w -]*+)", re.I)


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """Where the canonical link leads."""
    url = subject.page.metadata.canonical or _in_header(subject)
    params = {"url": subject.work.url, "found": url or ""}
    if url is not None and _is_original(subject, url):
        return CheckResult(Outcome.PASS, "canonical-original", params)
    if any(_is_original(subject, other) for other in subject.page.metadata.other_canonicals):
        return CheckResult(Outcome.PASS, "canonical-among-others", params)
    if is_at_any(subject.page.url, listed("services.without_canonical")):
        return CheckResult(Outcome.REVIEW, "canonical-not-settable", params)
    if url is None:
        return CheckResult(Outcome.FAIL, "canonical-absent", params)
    return CheckResult(Outcome.FAIL, "canonical-elsewhere", params)


def _in_header(subject: Subject) -> str | None:
    """The canonical link of a `Link` header (RFC 6596, RFC 8288)."""
    response = subject.bundle.response
    headers = response.headers if isinstance(response, Capture) else ()
    found = (link for name, value in headers if name.lower() == "link" for link in _HEADER_LINK.finditer(value))
    return next((urljoin(subject.page.url, link[1]) for link in found if _says_canonical(link[2])), None)


def _says_canonical(parameters: str) -> bool:
    return any("canonical" in relations.lower().split() for relations in _REL.findall(parameters))


def _is_original(subject: Subject, url: str) -> bool:
    work = subject.work
    return relation(url, work.urls, *work.homes) in ("original", "identifier")
