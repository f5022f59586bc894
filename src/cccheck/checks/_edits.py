"""How large the changes to the text are, and whether the copy says that there are any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cccheck.checks._subject import Subject
from cccheck.licenses import find_names
from cccheck.model import Block, Edit, Evidence
from cccheck.phrases import fold, pattern, says
from cccheck.scripts import count_words

Size = Literal["none", "doubtful", "material"]
Limits = tuple[tuple[int, float], ...]  # words and share of the work: any pair that is reached counts

# Words, and share of the work. Calibrated on the benchmark's untouched pages, whose extraction leaves at most 13 words
# altered and 65 cut (1.4 %), against silent rewrites of a fifth or more; see docs/accuracy.md.
ALTERED_MATERIAL, ALTERED_DOUBTFUL = ((40, 0.04), (20, 0.12)), ((16, 0.01),)
CUT_MATERIAL, CUT_DOUBTFUL = ((80, 0.12),), ((60, 0.04),)
_NOTE_REACH = 15  # blocks before and after the article in which a note of changes is looked for
_NOTE_WORDS = 40  # a longer sentence that holds such a word is not a note
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？।۔])\s*|\n|$")


@dataclass(frozen=True, slots=True)
class Extent:
    """The size of what was altered and of what was cut, in words."""

    altered: Size
    cut: Size
    words_altered: int
    words_cut: int


def extent(subject: Subject) -> Extent:
    """Judge the match's sums by the thresholds."""
    match = subject.match
    size = max(1, match.words_work)
    return Extent(
        altered=_size(match.words_altered, size, ALTERED_MATERIAL, ALTERED_DOUBTFUL),
        cut=_size(match.words_cut, size, CUT_MATERIAL, CUT_DOUBTFUL),
        words_altered=match.words_altered,
        words_cut=match.words_cut,
    )


def _size(count: int, total: int, material: Limits, doubtful: Limits) -> Size:
    if any(count >= words and count >= share * total for words, share in material):
        return "material"
    return "doubtful" if any(count >= words and count >= share * total for words, share in doubtful) else "none"


def largest(subject: Subject, *kinds: str) -> list[Edit]:
    """The three largest edits of these kinds."""
    return sorted((e for e in subject.match.edits if e.kind in kinds), key=lambda e: -e.words)[:3]


def quotes(subject: Subject, edits: list[Edit]) -> tuple[Evidence, ...]:
    """What stands on the copy; for a cut, the words of the original that are not there."""
    found = []
    for edit in edits:
        if edit.copy is not None:
            block = subject.page.blocks[edit.copy.block]
            found.append(subject.evidence(block, edit.copy.start, edit.copy.end))
        else:
            found.append(Evidence(quote=edit.original_quote, where="inside"))
    return tuple(found)


def change_notes(subject: Subject) -> list[Evidence]:
    """Where the page says, in its own words beside the article, that the text was changed."""
    found = []
    first, last = subject.match.first_block - _NOTE_REACH, subject.match.last_block + _NOTE_REACH
    for block in subject.page.blocks:
        text = subject.texts[block.index]
        near = first <= block.index <= last or block.index in subject.linked_blocks
        if not near or not text.strip():
            continue
        parts = subject.layout.parts(block)
        hidden = subject.layout.visible(block)[0] == "hidden"
        if hidden or {"comments", "other", "nav", "related", "promo"} & set(parts):
            continue
        if any(_is_note(subject, block, start, end) for start, end in _sentences(text)):
            found.append(subject.evidence(block, 0, len(block.text)))
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()


def _is_note(subject: Subject, block: Block, start: int, end: int) -> bool:
    """A short sentence with a word of change, not of a licence's name, a date or a recommendation, nor all of links."""
    sentence = subject.texts[block.index][start:end]
    if not says("change", fold(sentence)) or count_words(sentence) > _NOTE_WORDS:
        return False
    for name in reversed(find_names(sentence)):
        sentence = sentence[: name.start] + " " + sentence[name.end :]
    folded = fold(sentence)
    for found in reversed(list(pattern("no_change").finditer(folded))):
        folded = folded[: found.start()] + " " + folded[found.end() :]
    return says("change", folded) and not _is_menu(subject, block, start, end)


def _is_menu(subject: Subject, block: Block, start: int, end: int) -> bool:
    """Whether a sentence is made of links alone that lead elsewhere than to the original."""
    links = [link for link in subject.page.links if link.block == block.index]
    if not links or block.index in subject.linked_blocks:
        return False
    text = subject.texts[block.index]
    return not any(text[at].isalpha() and not any(x.start <= at < x.end for x in links) for at in range(start, end))
