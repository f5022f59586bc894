"""links-retained: are the links still there that the original has in its text?

Due only where the publisher's profile asks for it and the work's record lists the links.
What passes: each of them whose words stand on the copy, in any spelling of its address, through any redirector.
What fails: words that were a link in the original and are none here.
What a person decides: words that link something else now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.addresses import boil
from cccheck.checks._subject import Subject
from cccheck.match.normalize import words
from cccheck.model import Block, CheckResult, Evidence, Outcome

_MOST = 200  # links of a work that are looked at


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """Every recorded link whose words were copied."""
    recorded = [(text, href) for text, href in subject.work.links[:_MOST] if _leads_out(subject, href)]
    if not recorded:
        return CheckResult(Outcome.INAPPLICABLE, "links-none-recorded")
    there = {boil(link.resolved) for link in subject.page.links}
    gone = [(text, href) for text, href in recorded if boil(href) not in there]
    placed = [(text, block) for text, _ in gone if (block := _where(subject, text)) is not None]
    params: dict[str, Any] = {"links": len(recorded), "gone": len(placed), "words": [text for text, _ in placed[:3]]}
    if not placed:
        return CheckResult(Outcome.PASS, "links-kept", params)
    dropped = [(text, block) for text, block in placed if not _links_otherwise(subject, text)]
    if dropped:
        params |= {"gone": len(dropped), "words": [text for text, _ in dropped[:3]]}
        return CheckResult(Outcome.FAIL, "links-dropped", params, _quoted(subject, dropped))
    return CheckResult(Outcome.REVIEW, "links-lead-elsewhere", params, _quoted(subject, placed))


def _leads_out(subject: Subject, href: str) -> bool:
    """A web address, and not one within the original itself."""
    address = boil(href)
    return address is not None and address not in {boil(url) for url in subject.work.urls}


def _where(subject: Subject, text: str) -> Block | None:
    """The block with copied words in which the link's words stand; None where they were cut."""
    wanted = words(text)
    if not wanted:
        return None
    phrase = f" {' '.join(wanted)} "
    for number in subject.match.copied:
        block = subject.page.blocks[number]
        if wanted[0] in block.text.lower() and phrase in f" {' '.join(words(block.text))} ":
            return block
    return None


def _links_otherwise(subject: Subject, text: str) -> bool:
    wanted = words(text)
    return any(words(link.text) == wanted for link in subject.page.links if link.block in subject.match.copied)


def _quoted(subject: Subject, found: list[tuple[str, Block]]) -> tuple[Evidence, ...]:
    evidence = []
    for text, block in found[:3]:
        start = block.text.find(text)
        place = (start, start + len(text)) if start >= 0 else (0, min(200, len(block.text)))
        evidence.append(subject.evidence(block, *place))
    return tuple(evidence)
