"""How copied words are written: quotation marks, dashes, dots, capitals; and numbers whose signs make them others.

Equal words may be written in two ways. Where the characters are equal too, which is the rule, one comparison says so.
A text on record is often plainer than the page it was taken from (straight quotation marks, hyphens for dashes), so a
richer sign in the place of a plain one tells nothing; a plainer or another one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cccheck.match.corpus import IndexedText
from cccheck.match.differences import Words
from cccheck.match.normalize import word_spans
from cccheck.match.stream import Stream
from cccheck.model import Run

_SPACE = re.compile(r"[\s\u00a0\u00ad\u200b-\u200f\u202f\u2060\ufeff]+")
_PLAIN = {'"', "'", "-", "..."}
_PLAINER = str.maketrans("“”„«»‹›‘’—–", "\"\"\"\"\"\"\"''--")  # each sign as a plain one
_PLAINEST = "\"'’-"  # in place of which any sign may stand
_SIGNS = re.compile("[“”„«»‹›‘’\"'—–-]|…|\\.\\.\\.")
_OPENING = "\"'“„«‘ \n"
_IN_NUMBER = re.compile(r"^[.,]$")
_CURRENCY = re.compile(r"[$€£¥₹]$")
_NEAR = 5  # words between two places that are told as one
_SHOUTED = ("h1", "h2", "h3", "h4", "h5", "h6")


def in_runs(stream: Stream, text: IndexedText, runs: Sequence[Run]) -> list[Words]:
    """Stretches of copied words that are written otherwise than in the original, block by block."""
    found: list[Words] = []
    for run in runs:
        for block, first, last in stream.pieces(run.page, run.page + run.length):
            start = run.work + stream.starts[block] + first - run.page
            found.extend(_in_piece(stream, text, block, first, last, start))
    return found


def _in_piece(stream: Stream, text: IndexedText, block: int, first: int, last: int, work: int) -> Iterator[Words]:
    source, spans, copy = text.works[0].text, text.spans, stream.page.blocks[block].text
    end = work + last - first
    there = source[spans[work][0] : spans[end - 1][1]]
    if there in copy:
        return
    if _only_richer(_SPACE.sub("", there), _SPACE.sub("", copy)):
        return
    here = word_spans(copy)
    offset = stream.starts[block] + first - work
    for low, high in _stretches(source, spans[work:end], copy, here[first:last], stream.page.blocks[block].tag):
        start, end = work + low, work + high
        yield Words(start, end, tuple(range(start + offset, end + offset)), start + offset - 1)


def _only_richer(there: str, copy: str) -> bool:
    """A quick look, without spaces: whether the copy has the very characters, or richer signs for plain ones."""
    if there in copy:
        return True
    there, copy = there.replace("...", "…"), copy.replace("...", "…")
    at = copy.translate(_PLAINER).find(there.translate(_PLAINER))
    if at < 0:
        return False
    pairs = zip(there, copy[at : at + len(there)], strict=True)
    return all(one == other or one in _PLAINEST for one, other in pairs)


def _stretches(
    source: str, there: Sequence[tuple[int, int]], copy: str, here: Sequence[tuple[int, int]], tag: str
) -> Iterator[tuple[int, int]]:
    """From which word to which the same words are written otherwise."""
    last = -2 * _NEAR
    start = None
    for number in range(len(there)):
        if _differs(source, there, copy, here, number, tag):
            if start is not None and number - last > _NEAR:
                yield start, last + 1
                start = None
            start = number if start is None else start
            last = min(number + 1, len(there) - 1)
    if start is not None:
        yield start, last + 1


def _differs(
    source: str, there: Sequence[tuple[int, int]], copy: str, here: Sequence[tuple[int, int]], at: int, tag: str
) -> bool:
    original, written = source[slice(*there[at])], copy[slice(*here[at])]
    if original != written and tag not in _SHOUTED and at and not written.isupper() and original[0] != written[0]:
        return original.isascii() or original.lower() == written.lower()
    if (
        at == 0
        and not copy[: here[0][0]].strip(_OPENING)
        and _signs_differ(_sign_before(source, there[0][0]), _sign_before(copy, here[0][0]))
    ):
        return True
    if at + 1 >= len(there):
        return _signs_differ(_sign_after(source, there[at][1]), _sign_after(copy, here[at][1]))
    one, other = source[there[at][1] : there[at + 1][0]], copy[here[at][1] : here[at + 1][0]]
    if one == other:
        return False
    if original[-1].isdigit() and source[there[at + 1][0]].isdigit() and _IN_NUMBER.match(one) and other != one:
        return True
    money = _CURRENCY.search(one), _CURRENCY.search(other)
    if (money[0] and money[0][0]) != (money[1] and money[1][0]) and all(money):
        return True
    return _signs_differ(one, other)


def _sign_before(text: str, at: int) -> str:
    return "" if at == 0 or text[at - 1].isspace() or text[at - 1].isalnum() else text[at - 1]


def _sign_after(text: str, at: int) -> str:
    """The signs that follow a word without a space."""
    end = at
    while end < len(text) and end < at + 4 and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return text[at:end]


def _signs_differ(one: str, other: str) -> bool:
    """Whether signs between two words are others, and not just richer."""
    before, after = _SIGNS.findall(one), _SIGNS.findall(other)
    if len(before) != len(after):
        return False
    return any(a != b and a not in _PLAIN and a != "’" for a, b in zip(before, after, strict=True))
