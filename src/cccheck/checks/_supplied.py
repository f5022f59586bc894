"""Notices that were supplied with the article: found again on the page, whole, in part, over several blocks; and what
follows when they are not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

from cccheck.checks._subject import Subject
from cccheck.licenses import License, find_names
from cccheck.match.normalize import words
from cccheck.model import Block, CheckResult, Evidence, Outcome, Visible
from cccheck.phrases import fold

MOST = 0.8  # share of a notice's word pairs on the page for it to be reproduced
SOME = 0.4  # … for something to be left of it
_SHORT = 12  # a sentence of fewer word pairs must be there whole
_LEAST = 4  # word pairs from which a sentence says something
_REACH = 3  # blocks before and after over which a notice may spread
_MOST_BLOCKS = 60  # that are compared with a notice: no page has so many that speak like it
_KEYS = 3  # of its longest words, to look for it by
_ELSEWHERE = ("credits", "next", "rendering", "resolved")
_NOT_OURS = frozenset(("comments", "other", "nav", "related"))
_TAG = re.compile(r"<[^>]{1,2000}>")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»)]*\s+|\n+")

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Copy:
    """What stands on the page of a supplied text: the share of its word pairs, and the blocks that hold them."""

    share: float
    blocks: tuple[Block, ...]


_NOTHING = Copy(0.0, ())


def copy_of(subject: Subject, text: str, visible: Visible = "visible") -> Copy:
    """The best copy of a supplied text, in one block or over neighbouring ones, that is so visible."""
    pairs, keys = _pairs(text)
    best = _NOTHING
    for centre in _holding(subject, keys) if pairs else ():
        around = subject.page.blocks[max(0, centre - _REACH) : centre + _REACH + 1]
        for group in ((subject.page.blocks[centre],), around):
            blocks = [block for block in group if _counts(subject, block, visible)]
            said = words("\n".join(subject.texts[block.index] for block in blocks))
            share = len(pairs.intersection(pairwise(said))) / len(pairs)
            if share > best.share:
                best = Copy(share, tuple(block for block in blocks if _has_part(subject, block, pairs)))
            if best.share == 1:
                return best
    return best


def _has_part(subject: Subject, block: Block, pairs: Pairs) -> bool:
    return not pairs.isdisjoint(pairwise(words(subject.texts[block.index])))


def licence_notice(subject: Subject, visible: Visible = "visible") -> Copy | None:
    """The publisher's own notice on the page: the whole of it, or its sentences about the licence."""
    notice = subject.work.notice
    if not notice:
        return None
    found = _notice_on(subject, notice, visible)
    if found is None and _holds_notice(subject.work.text, notice):
        return _notice_on(subject.unblanked, notice, visible)
    return found


def _notice_on(subject: Subject, notice: str, visible: Visible) -> Copy | None:
    whole = copy_of(subject, notice, visible)
    if whole.share >= _enough(notice):
        return whole
    copies = [(copy_of(subject, sentence, visible), sentence) for sentence in _licence_sentences(notice)]
    return next((copy for copy, sentence in copies if copy.share >= _enough(sentence)), None)


@lru_cache(maxsize=1024)
def _holds_notice(text: str, notice: str) -> bool:
    """Whether a record's text carries the notice: then the copied words do."""
    return len(_pairs(notice)[0].intersection(pairwise(words(text)))) >= MOST * len(_pairs(notice)[0])


def evidence(subject: Subject, copy: Copy) -> tuple[Evidence, ...]:
    """The blocks of a copy as quotations."""
    return tuple(subject.evidence(block, 0, len(block.text)) for block in copy.blocks[:3])


def licenses_in(notice: str) -> tuple[License, ...]:
    """The licences that a notice names; "a Creative Commons license" is one."""
    return tuple(name.license for name in _names(notice))


def lost(subject: Subject, what: str, options: Mapping[str, Any], evidence: tuple[Evidence, ...] = ()) -> CheckResult:
    """The result for a supplied notice that is not on the page. `what` begins the code.

    It may stand on a page that could not be fetched, or at the original that the copy links: review. So it is where
    `options["severity"]` says that it may not be due.
    """
    open_leads = subject.failed_leads(_ELSEWHERE)
    if open_leads:
        return CheckResult(Outcome.REVIEW, f"{what}-may-stand-elsewhere", {"elsewhere": open_leads[0].url}, evidence)
    if subject.seen_links("original"):
        return CheckResult(Outcome.REVIEW, f"{what}-may-stand-at-original", {}, evidence)
    if options.get("severity") == "review":
        return CheckResult(Outcome.REVIEW, f"{what}-perhaps-due", {}, evidence)
    return CheckResult(Outcome.FAIL, f"{what}-absent", {}, evidence)


# ------------------------------------------------------------------ looking


def _holding(subject: Subject, keys: tuple[str, ...]) -> list[int]:
    """Blocks whose own text (the article's words apart) holds one of the longest words of the notice."""
    there = [key for key in keys if key in subject.folded]
    if 2 * len(there) <= len(keys):
        return []
    found = (n for n, folded in enumerate(subject.folded_texts) if any(key in folded for key in there))
    return list(islice(found, _MOST_BLOCKS))


def _counts(subject: Subject, block: Block, visible: Visible) -> bool:
    """Whether a block is in that sight, and not somebody else's text."""
    if subject.layout.visible(block)[0] != visible or subject.texts[block.index].isspace():
        return False
    return not _NOT_OURS.intersection(subject.layout.parts(block))


def _enough(text: str) -> float:
    """The share from which a text is reproduced; what says next to nothing never is."""
    count = len(_pairs(text)[0])
    return 2.0 if count < _LEAST else 1.0 if count < _SHORT else MOST


@lru_cache(maxsize=1024)
def _pairs(text: str) -> tuple[Pairs, tuple[str, ...]]:
    """A text's word pairs, and its longest words, folded."""
    found = words(_plain(text))
    longest = sorted({fold(word) for word in found}, key=lambda word: (-len(word), word))
    return frozenset(pairwise(found)), tuple(longest[:_KEYS])


@lru_cache(maxsize=1024)
def _licence_sentences(notice: str) -> tuple[str, ...]:
    parts = (part.strip() for part in _SENTENCE.split(_plain(notice)))
    return tuple(part for part in parts if part and _names(part))


@lru_cache(maxsize=1024)
def _names(notice: str) -> tuple[Any, ...]:
    return tuple(find_names(_plain(notice)))


def _plain(notice: str) -> str:
    """A notice without its mark-up: records hold what publishers give out, and that may be HTML."""
    return _TAG.sub(" ", notice) if "<" in notice else notice
