"""title-credit: does the copy carry the title of the original?

What passes: the title as the page's headline or in its credit. Licences from 4.0 on do not ask for it.
What a person decides: a title only in the page's metadata, or perhaps out of sight; one that is close to it; a part of
it alone, up to a colon, a stroke or a dash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from cccheck.checks._due import absent
from cccheck.checks._subject import Subject
from cccheck.match.normalize import words
from cccheck.model import CheckResult, Evidence, Outcome

ELEMENT: Literal["title"] = "title"
_PARTED = re.compile(r"[:：|–—]\s|\s-\s|[?!.]\s")
_SHORT = 6  # characters of a part that names the article
_CLOSE = 0.75  # share of the title's words, in order, for a headline to be an edited form of it


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """The title's words, in order, in one block."""
    title = subject.work.title
    params = {"title": title}
    if options.get("due") == "no" and not subject.asked(ELEMENT):
        return CheckResult(Outcome.INAPPLICABLE, "title-not-due", params | {"reason": options.get("reason", "")})
    wanted, parts = words(title), _parts_of(title)
    close: list[Evidence] = []
    unknown: list[Evidence] = []
    for block in subject.page.blocks:
        if len(block.text) < len(title) // 2:
            is_part = parts and len(block.text) >= _SHORT and words(block.text) in parts
            if is_part and subject.layout.visible(block)[0] == "visible":
                close.append(subject.evidence(block, 0, len(block.text)))
            continue
        share = share_of(wanted, words(block.text[:2000]))
        visible, _ = subject.layout.visible(block)
        if share >= 1 and visible != "hidden":
            evidence = subject.evidence(block, 0, min(200, len(block.text)))
            if visible == "visible":
                return CheckResult(Outcome.PASS, "title-present", params, (evidence,))
            unknown.append(evidence)
        elif visible == "visible" and share >= _CLOSE and len(block.text) < 3 * len(title):
            close.append(subject.evidence(block, 0, len(block.text)))
    if close:
        return CheckResult(Outcome.REVIEW, "title-changed", params, tuple(close[:2]))
    if share_of(wanted, words(subject.page.metadata.title)) >= 1:
        return CheckResult(Outcome.REVIEW, "title-in-metadata-only", params)
    if unknown:
        return CheckResult(Outcome.REVIEW, "title-visibility-unknown", params, tuple(unknown[:2]))
    return absent(subject, ELEMENT, options, (), params)


def _parts_of(title: str) -> list[list[str]]:
    """The words of each part of a title that has several; none of an only one, and none of a word alone."""
    parts = [words(part) for part in _PARTED.split(title)]
    return [part for part in parts if len(part) > 1] if len(parts) > 1 else []


def share_of(wanted: list[str], text: list[str]) -> float:
    """The share of the title's words that stand together in a text, in order."""
    size = len(wanted)
    if not size or (wanted[0] not in text and wanted[-1] not in text):
        return 0.0
    if any(text[at : at + size] == wanted for at in range(len(text) - size + 1)):
        return 1.0
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(wanted, text[: 3 * size]) / size * 0.99
