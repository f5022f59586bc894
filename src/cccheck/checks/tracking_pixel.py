"""tracking-pixel: is the publisher's counter still in the page?

Due only where the publisher's profile asks for it and knows the counter's address.
What passes: that address anywhere in the page's code, as a picture or a script: readers are not meant to see it.
What fails: no such address. Many editing systems take the code out without anybody's doing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cccheck.checks._subject import Subject
from cccheck.model import Capture, CheckResult, Outcome
from cccheck.page.decode import decode

MAY_STAND_ELSEWHERE = True
_PAGES = frozenset({"rendering", "next"})  # of what was followed, the parts of the copy itself


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """One of the counter's addresses in the code."""
    addresses = tuple(options["addresses"])
    if any(_holds(capture, addresses) for capture in _captures(subject)):
        return CheckResult(Outcome.PASS, "pixel-kept", {"address": addresses[0]})
    return CheckResult(Outcome.FAIL, "pixel-absent", {"address": addresses[0]})


def _captures(subject: Subject) -> Iterator[Capture]:
    response = subject.bundle.response
    if isinstance(response, Capture):
        yield response
    yield from (
        capture for lead, capture in subject.bundle.followed if lead.role in _PAGES and isinstance(capture, Capture)
    )


def _holds(capture: Capture, addresses: tuple[str, ...]) -> bool:
    if any(address.encode() in capture.body for address in addresses):
        return True
    if b"\0" not in capture.body[:200]:
        return False
    text = decode(capture.body, capture.header("content-type"))  # two bytes a character
    return any(address in text for address in addresses)
