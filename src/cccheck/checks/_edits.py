"""How large the changes to the text are, and whether the copy says that there are any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cccheck.checks._denied import denied_around
from cccheck.checks._subject import Subject
from cccheck.licenses import find_names
from cccheck.model import GRAVE_KINDS, HARMLESS_KINDS, KIND_ORDER, SLIP, Block, Edit, Evidence
from cccheck.phrases import fold, pattern, says
from cccheck.scripts import count_words

Size = Literal["none", "doubtful", "material"]
Limits = tuple[tuple[int, float], ...]  # words and share of the work: any pair that is reached counts

# Words, and share of the work. Calibrated on the benchmark's untouched pages, whose extraction leaves at most 13 words
# altered and 65 cut (1.4 %), against silent rewrites of a fifth or more; see docs/accuracy.md.
ALTERED_MATERIAL, ALTERED_DOUBTFUL = ((40, 0.04), (20, 0.12)), ((16, 0.01),)
CUT_MATERIAL, CUT_DOUBTFUL = ((80, 0.12),), ((60, 0.04), (30, 0.08))
ADDED_DOUBTFUL = ((20, 0.0),)  # whole paragraphs put in: whose they are a person sees, no program
_BREAKS_OFF = 0.9  # of the words that are cut: so many at the end
_NOTE_REACH = 15  # blocks before and after the article in which a note of changes is looked for
_NOTE_ABOVE, _NOTE_BELOW = 4, 6  # blocks: a note further off that names neither text nor source may be of another
_OPENING_WORDS = 4  # before a word of change that opens a note: "The text was slightly"
_NOTE_WORDS = 40  # a longer sentence that holds such a word is not a note
_OMISSION = re.compile(r"[\[(]\s?(?:…|\.\s?\.\s?\.)\s?[\])]")
_DOTS, _WORD = re.compile(r"…|\.\s?\.\s?\.|\*\s?\*\s?\*"), re.compile(r"\w")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？।۔])\s*|\n|$")


@dataclass(frozen=True, slots=True)
class Extent:
    """What was done to the text, by kind and size in words. Harmless kinds, and those that are tolerated, do not count.

    `altered`: passages written anew and words put into paragraphs; `cut`: never material as long as nobody has looked
    through the work's text, which may hold what is not the article's; `added`: whole paragraphs put in (never material:
    an editor's own cannot be told from the page's with certainty); `grave`: quotations, numbers, names and negations
    that were altered, whatever their size.
    """

    altered: Size
    cut: Size
    added: Size
    grave: tuple[Edit, ...]
    words_altered: int
    words_cut: int
    words_added: int

    @property
    def nothing(self) -> bool:
        """Whether nothing was done beyond trifles."""
        return not self.grave and self.altered == self.cut == self.added == "none"


def extent(subject: Subject, tolerated: Iterable[str] = ()) -> Extent:
    """Judge the edits by kind and by the thresholds. `tolerated`: kinds that the licensor does not mind."""
    match = subject.match
    size = max(1, match.words_work)
    ignored = HARMLESS_KINDS | frozenset(tolerated)
    edits = [edit for edit in match.edits if edit.kind not in ignored]
    paragraphs = [edit for edit in edits if edit.kind == "inserted" and edit.detail == "paragraph"]
    within = [edit for edit in edits if edit.kind != "cut" and edit not in paragraphs]
    altered = sum(map(_altered, within))
    cut = sum(max(0, edit.words_original - edit.words_copy) for edit in edits)
    added = sum(edit.words_copy for edit in paragraphs)
    return Extent(
        altered=_size(altered, size, ALTERED_MATERIAL, ALTERED_DOUBTFUL),
        cut=_size(cut, size, CUT_MATERIAL if not subject.work.extracted else (), CUT_DOUBTFUL),
        added=_size(added, size, (), ADDED_DOUBTFUL),
        grave=tuple(edit for edit in edits if edit.kind in GRAVE_KINDS and edit.detail != SLIP),
        words_altered=altered,
        words_cut=cut,
        words_added=added,
    )


def unread_text(subject: Subject, found: Extent) -> bool:
    """Whether all that may count is a cut of a text that nobody has looked through."""
    return subject.work.extracted and found.cut != "none" and found.altered == found.added == "none"


def breaks_off(subject: Subject, found: Extent) -> bool:
    """Whether the copy is the article's beginning and links the original: the rest is there, which may be said enough
    ("any reasonable manner", CC 4.0 §3(a)(2)); and it may go on behind a button or on a next page."""
    if found.altered == "material" or not subject.original_blocks:
        return False
    cuts = [edit for edit in subject.match.edits if edit.kind == "cut"]
    return sum(e.words for e in cuts if e.detail == "end") >= _BREAKS_OFF * sum(e.words for e in cuts)


def _altered(edit: Edit) -> int:
    """Words that stand in the place of others; where many stand for few, those that are more."""
    return max(min(edit.words_original, edit.words_copy), edit.words_copy - edit.words_original)


def _size(count: int, total: int, material: Limits, doubtful: Limits) -> Size:
    if any(count >= words and count >= share * total for words, share in material):
        return "material"
    return "doubtful" if any(count >= words and count >= share * total for words, share in doubtful) else "none"


def weightiest(subject: Subject, tolerated: Iterable[str] = (), only: str = "") -> list[Edit]:
    """The three edits that weigh most: the gravest kinds first, then by size. `only`: of one kind."""
    ignored = HARMLESS_KINDS | frozenset(tolerated)
    counted = (e for e in subject.match.edits if e.kind not in ignored and only in ("", e.kind))
    return sorted(counted, key=lambda e: (e.kind not in GRAVE_KINDS, -e.words))[:3]


def quotes(subject: Subject, edits: Iterable[Edit]) -> tuple[Evidence, ...]:
    """What stands on the copy; for a cut, the words of the original that are not there."""
    found = []
    for edit in edits:
        if edit.copy is not None:
            block = subject.page.blocks[edit.copy.block]
            found.append(subject.evidence(block, edit.copy.start, edit.copy.end))
        else:
            found.append(Evidence(quote=edit.original_quote, where="inside"))
    return tuple(found)


def params_of(found: Extent, subject: Subject) -> dict[str, object]:
    """What messages about an extent are made of; of the gravest edit also its kind and both texts."""
    params: dict[str, object] = {
        "altered": found.words_altered,
        "cut": found.words_cut,
        "added": found.words_added,
        "words": subject.match.words_work,
    }
    if found.grave:
        edit = min(found.grave, key=lambda e: KIND_ORDER.index(e.kind))
        params["kind"], params["count"] = edit.kind, len(found.grave)
        params["original"], params["copy"] = edit.original_quote, edit.copy.quote if edit.copy else ""
    return params


def change_notes(subject: Subject) -> tuple[list[Evidence], list[Evidence]]:
    """Where the page says, in its own words beside the article, that the text was changed: what surely says so; what is
    denied, or may be said of something else."""
    sure: list[Evidence] = []
    doubtful: list[Evidence] = []
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
        notes = [_note(subject, block, start, end) for start, end in _sentences(text)]
        if any(notes):
            found = sure if "sure" in notes else doubtful
            found.append(subject.evidence(block, 0, len(block.text)))
    return sure, doubtful


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()


def _note(subject: Subject, block: Block, start: int, end: int) -> Literal["", "sure", "doubtful"]:
    """A short sentence with a word of change, not of a licence's name, a date or a recommendation, nor all of links."""
    sentence = subject.texts[block.index][start:end]
    if not says("change", fold(sentence)) or count_words(sentence) > _NOTE_WORDS:
        return ""
    for name in reversed(find_names(sentence)):
        sentence = sentence[: name.start] + " " + sentence[name.end :]
    folded = _without("no_change", fold(sentence))
    if not says("change", folded) or _is_menu(subject, block, start, end):
        return ""
    return "sure" if _is_of_text(subject, block, folded) else "doubtful"


def _is_of_text(subject: Subject, block: Block, folded: str) -> bool:
    """Whether a sentence with a word of change surely speaks of this text: not of a video or a book, nor of what was
    not done."""
    changes = [place for place in pattern("change").finditer(folded) if not denied_around(folded, *place)]
    if not changes:
        return False
    if says("this_text", folded) or _names_source(subject, block, folded):
        return True
    match = subject.match
    beside = match.first_block - _NOTE_ABOVE <= block.index <= match.last_block + _NOTE_BELOW
    opens = count_words(folded[: changes[0].first]) <= _OPENING_WORDS
    elsewhere = says("site", folded) or says("matter", _without("change", folded))
    return beside and opens and not elsewhere


def _names_source(subject: Subject, block: Block, folded: str) -> bool:
    """Whether the sentence names the work, its publisher or an author, or its block links the original's site."""
    work = subject.work
    names = (work.title, work.publisher.name, *work.publisher.aliases, *(author.name for author in work.authors))
    return block.index in subject.linked_blocks or any(fold(name) in folded for name in names)


def _without(meaning: str, folded: str) -> str:
    """Folded text with the phrases of a meaning blanked out."""
    for found in reversed(list(pattern(meaning).finditer(folded))):
        folded = folded[: found.start()] + " " + folded[found.end() :]
    return folded


def _is_menu(subject: Subject, block: Block, start: int, end: int) -> bool:
    """Whether a sentence is made of links alone that lead elsewhere than to the original."""
    links = [link for link in subject.page.links if link.block == block.index]
    if not links or block.index in subject.linked_blocks:
        return False
    text = subject.texts[block.index]
    return not any(text[at].isalpha() and not any(x.start <= at < x.end for x in links) for at in range(start, end))


def cut_marks(subject: Subject) -> list[Evidence]:
    """Where the page shows that something was left out: dots in brackets, dots alone, a pointer to the rest at the
    original."""
    found = []
    first, last = subject.match.first_block, subject.match.last_block
    for block in subject.page.blocks[first : last + _NOTE_REACH + 1]:
        if subject.layout.visible(block)[0] != "visible" or {"comments", "other", "related"} & set(
            subject.layout.parts(block)
        ):
            continue
        text = subject.texts[block.index]
        inside = block.index <= last + 1  # the line below the last paragraph, too
        alone = _DOTS.search(block.text) and not _WORD.search(block.text)
        dots = inside and (alone or _OMISSION.search(text))
        pointer = block.index in subject.original_blocks and says("continue", fold(text))
        if dots or pointer:
            found.append(subject.evidence(block, 0, len(block.text)))
    return found
