"""Phrases that the page sets on the article itself: in its midst, right above or right below, in sight, and no part of
the site's frame. Cheap where there are none, as on nearly every page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice

from cccheck.checks._subject import Subject
from cccheck.finder import Found
from cccheck.model import Block, Evidence
from cccheck.phrases import fold, fold_with_offsets, pattern

_ABOVE, _BELOW = 4, 6  # blocks around the article that may belong to it
_FRAME = frozenset(
    ("comments", "nav", "related", "promo", "ad", "other", "footer", "header", "aside", "form", "figure", "caption")
)
_OWN = frozenset(("footer", "header"))  # an `<article>` may have its own
_MOST = 50  # phrases looked at
_LONGEST = 1_000  # characters before and after a phrase within which its sentence is looked for
_SENTENCE_END = re.compile(r"[.!?…]\s|\n|\s[|•·]\s")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found at `start` to `end` of a block's text; `sentence` is the folded sentence around it."""

    block: Block
    start: int
    end: int
    sentence: str

    def inside(self, subject: Subject) -> bool:
        """Whether it stands between words of the article."""
        return subject.match.first_block < self.block.index < subject.match.last_block

    @property
    def lead(self) -> str:
        """What stands before it in its block, folded."""
        return fold(self.block.text[max(0, self.start - _LONGEST) : self.start])


def phrases_on_article(subject: Subject, meaning: str) -> list[Phrase]:
    """Each phrase of that meaning in the page's own words on the article."""
    numbers, ends, joined = _own_words(subject)
    said = {bisect_right(ends, place.first) for place in pattern(meaning).places(joined) if _within(ends, place)}
    blocks = [subject.page.blocks[numbers[at]] for at in sorted(said)]
    found = (phrase for block in blocks if _of_article(subject, block) for phrase in _phrases(subject, block, meaning))
    return list(islice(found, _MOST))


@lru_cache(maxsize=2)
def _own_words(subject: Subject) -> tuple[list[int], list[int], str]:
    """The page's own folded texts on the article in one; the numbers of their blocks, and where each ends in it."""
    low, high = max(0, subject.match.first_block - _ABOVE), subject.match.last_block + _BELOW + 1
    texts = {low + at: text for at, text in enumerate(subject.folded_texts[low:high]) if not text.isspace()}
    ends = list(accumulate(len(text) + 1 for text in texts.values()))
    return list(texts), ends, "\n".join(texts.values())


def _within(ends: list[int], place: Found) -> bool:
    """Whether a phrase stands in one text, not across the end of one."""
    return bisect_right(ends, place.first) == bisect_right(ends, place.last)


def evidence(subject: Subject, phrases: list[Phrase]) -> tuple[Evidence, ...]:
    """The first three as quotations."""
    return tuple(subject.evidence(phrase.block, phrase.start, phrase.end) for phrase in phrases[:3])


def _of_article(subject: Subject, block: Block) -> bool:
    frame = _FRAME - _OWN if in_article(subject, block) else _FRAME
    return not frame.intersection(subject.layout.parts(block)) and subject.layout.visible(block)[0] == "visible"


def in_article(subject: Subject, block: Block) -> bool:
    """Whether a block stands in the `<article>` that holds the text."""
    holding, containers = subject.layout.holding, subject.page.containers
    return any(number in holding and containers[number].kind == "article" for number in block.containers)


def _phrases(subject: Subject, block: Block, meaning: str) -> Iterator[Phrase]:
    folded, offsets = fold_with_offsets(subject.texts[block.index])
    for match in pattern(meaning).finditer(folded):
        start, end = offsets[match.start()], offsets[match.end() - 1] + 1
        yield Phrase(block, start, end, _sentence(folded, match.start(), match.end()))


def _sentence(folded: str, start: int, end: int) -> str:
    first, last = max(0, start - _LONGEST), end + _LONGEST
    low = max((found.end() for found in _SENTENCE_END.finditer(folded, first, start)), default=first)
    after = _SENTENCE_END.search(folded, end, last)
    return folded[low : after.start() if after else last].strip()
