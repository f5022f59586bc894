"""Sentences with slots, found in what the page says in its own words: case, punctuation and line breaks aside.

`{publisher}`, `{author}` and `{title}` stand for the work's own; any other slot for a few words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from cccheck.checks._subject import Subject
from cccheck.match.normalize import words, words_of_each
from cccheck.model import Block, CheckResult, Evidence, Outcome, Visible

_FRAME = frozenset({"comments", "nav", "related", "other", "ad"})
_SLOT = re.compile(r"\{(\w+)\}")
_MARK = "¶"  # before each block: a slot does not reach over it, a sentence may
_WORD = f"[^ {_MARK}]+"
_GAP = f"(?: {_MARK})? "
_FEW = rf"(?:{_WORD} ){{0,14}}?{_WORD}"  # what a slot holds: a name, a date, a licence
_MORE = rf"(?: {_WORD}){{0,6}}?"  # what stands beside an author: a second one, a title, an institution
_CLOSE = 0.6  # share of a sentence's own words, in order, for another wording to be a form of it
_LONGEST = 120  # words of a block that may be a form of the sentence
_QUOTE = 300
_LONG_PAGE = 300_000  # characters
_AROUND = 200  # blocks before and after the article


@dataclass(frozen=True, slots=True)
class Own:
    """The page's own words in one string, and where each block's begin."""

    text: str
    starts: tuple[int, ...]
    blocks: tuple[Block, ...]
    words: frozenset[str]

    def at(self, place: int) -> Block:
        """The block that a place of the string belongs to."""
        return self.blocks[bisect_right(self.starts, place) - 1]


def said(subject: Subject, sentences: Sequence[str], what: str) -> CheckResult:
    """Whether one of the sentences stands there: in sight, perhaps, nearly, or not."""
    params = {"sentence": _shown(subject, sentences[0])}
    seen = find_sentence(subject, sentences)
    if seen is not None:
        return CheckResult(Outcome.PASS, f"{what}-found", params, quote(subject, seen))
    perhaps = find_sentence(subject, sentences, "unknown")
    if perhaps is not None:
        return CheckResult(Outcome.REVIEW, f"{what}-visibility-unknown", params, quote(subject, perhaps))
    near = near_sentence(subject, sentences)
    if near is not None:
        return CheckResult(Outcome.REVIEW, f"{what}-close", params, quote(subject, near))
    return CheckResult(Outcome.FAIL, f"{what}-absent", params)


def _shown(subject: Subject, template: str) -> str:
    """A sentence as a reader should see it: the names that are known put in."""
    authors = " and ".join(author.name for author in subject.work.authors)
    filled = template.replace("{publisher}", subject.work.publisher.name).replace("{title}", subject.work.title)
    return filled.replace("{author}", authors or "…").replace("{any}", "…").replace("{", "[").replace("}", "]")


def find_sentence(subject: Subject, templates: Sequence[str], visible: Visible = "visible") -> Block | None:
    """The block in which one of the sentences begins; also where the work's own text carries it."""
    patterns = [_pattern(template, _names(subject)) for template in templates]
    carried = any(_holds(pattern, subject.work.text) for pattern in patterns)
    for view in (subject, subject.unblanked) if carried else (subject,):
        own = own_words(view, visible)
        for pattern in patterns:
            found = pattern.search(own.text)
            if found is not None:
                return own.at(found.start() + 1)
    return None


@lru_cache(maxsize=1_000)
def _holds(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a work's text carries a sentence."""
    return pattern.search(f" {' '.join(words(text))} ") is not None


def near_sentence(subject: Subject, templates: Sequence[str]) -> Block | None:
    """A block that holds most of a sentence's words in their order."""
    from rapidfuzz.distance import LCSseq

    own = own_words(subject, "visible")
    for template in templates:
        wanted = words(_SLOT.sub(" ", template))
        if sum(word in own.words for word in wanted) < _CLOSE * len(wanted):
            continue
        for number, block in enumerate(own.blocks):
            there = _slice(own, number).split()[1:]
            if len(there) <= _LONGEST and LCSseq.similarity(wanted, there) >= max(3, _CLOSE * len(wanted)):
                return block
    return None


def quote(subject: Subject, block: Block | None) -> tuple[Evidence, ...]:
    """A block as evidence; nothing for none."""
    return (subject.evidence(block, 0, min(_QUOTE, len(block.text))),) if block is not None else ()


@lru_cache(maxsize=8)
def own_words(subject: Subject, visible: Visible) -> Own:
    """The words of the blocks that are in that sight and belong to no frame; without copied words, unless unblanked."""
    layout = subject.layout
    blocks = tuple(
        block
        for block in _within_reach(subject)
        if not subject.texts[block.index].isspace()
        and layout.visible(block)[0] == visible
        and not _FRAME.intersection(layout.parts(block))
    )
    each = words_of_each([subject.texts[block.index].replace("\0", " ") for block in blocks])
    texts = [f" {_MARK} {' '.join(found)}" for found in each if found]
    starts = tuple(accumulate(map(len, texts), initial=0))[: len(texts)]
    kept = tuple(block for block, found in zip(blocks, each, strict=True) if found)
    return Own("".join(texts) + " ", starts, kept, frozenset(word for found in each for word in found))


def _within_reach(subject: Subject) -> Sequence[Block]:
    """The page's blocks; of a very long page, those around the article."""
    blocks = subject.page.blocks
    if sum(map(len, subject.texts)) <= _LONG_PAGE:
        return blocks
    around = blocks[max(0, subject.match.first_block - _AROUND) : subject.match.last_block + _AROUND]
    return [block for block in around if len(block.text) <= _LONG_PAGE]


def _slice(own: Own, number: int) -> str:
    end = own.starts[number + 1] if number + 1 < len(own.starts) else len(own.text)
    return own.text[own.starts[number] : end]


Names = tuple[tuple[str, ...], tuple[str, ...], str]


def _names(subject: Subject) -> Names:
    work = subject.work
    authors = tuple(name for author in work.authors for name in (author.name, *author.aliases))
    return (work.publisher.name, *work.publisher.aliases), authors, work.title


@lru_cache(maxsize=512)
def _pattern(template: str, names: Names) -> re.Pattern[str]:
    """A sentence as a pattern over words with single spaces."""
    publishers, authors, title = names
    slots = {
        "publisher": _any_of(publishers),
        "author": f"{_any_of(authors)}{_MORE}" if authors else _FEW,
        "title": _any_of((title,)),
        "any": rf"{_FEW}(?: {_WORD}){{0,26}}?",
    }
    parts = []
    for number, part in enumerate(_SLOT.split(template)):
        if number % 2:
            parts.append(slots.get(part, _FEW))
        else:
            parts.extend(map(re.escape, words(part)))
    return re.compile(f" {_GAP.join(parts)}(?= )")


def _any_of(names: Sequence[str]) -> str:
    """Any of the names, an article before it left out or put in."""
    plain = {" ".join(words(name)).removeprefix("the ") for name in names} - {""}
    if not plain:  # a name without a letter or digit
        return _FEW
    return f"(?:the )?(?:{'|'.join(sorted(map(re.escape, plain), key=lambda name: (-len(name), name)))})"
