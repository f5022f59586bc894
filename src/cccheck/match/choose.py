"""Of the works whose text stands on a page: which is meant, which cannot be told from it, which stand there besides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress

from cccheck.addresses import boil
from cccheck.match.align import Alignment
from cccheck.match.corpus import Corpus, Found
from cccheck.match.grams import Gram
from cccheck.model import Page

TIE = 0.02  # so small a difference in containment tells two works apart no more
_FEW = 4  # grams: one word that only one of them has makes five
_CLEAR = 4  # so many times more of its own on the page
_WHOLE = 0.9  # of a work that stands here; below it, either of two works may have been cut to what both have
_MAX_LINKS = 2_000


def best_version(best: Found, found: Iterable[Found]) -> Found:
    """Of a family, the version of which the page has words that the best one lacks, and next to none the other way."""
    for row in found:
        if row is not best and row.text.family == best.text.family:
            ours, theirs = _alone(best, row)
            if _is_clear(theirs, ours) and row.count >= best.count // 2:
                best = row
    return best


def rivals(best: Found, found: Iterable[Found]) -> list[Found]:
    """Works that explain the page as well as the best one does: near twins, versions of which only common parts stand
    here, versions of which each has a part here that the other lacks."""
    return [row for row in found if row is not best and _is_rival(best, row)]


def _is_rival(best: Found, other: Found) -> bool:
    ours, theirs = _alone(best, other)
    if ours == best.hits.count(1) or _is_clear(ours, theirs):
        return False
    if theirs <= max(_FEW, TIE * best.count):
        return best.share - other.share < TIE or best.share < _WHOLE
    return best.text.family == other.text.family


def _alone(one: Found, other: Found) -> tuple[int, int]:
    """How many places of the page each work explains that the other does not."""
    first, second = (int.from_bytes(row.hits, "big") for row in (one, other))
    both = (first & second).bit_count()
    return first.bit_count() - both, second.bit_count() - both


def _is_clear(ours: int, theirs: int) -> bool:
    return ours > _FEW and theirs * _CLEAR <= ours


def linked(page: Page, corpus: Corpus, ids: Iterable[str]) -> str | None:
    """The only one of these works that the page links where a reader sees it."""
    wanted, seen = set(ids), set[str]()
    for link in page.links[:_MAX_LINKS]:
        if link.visible != "hidden" and "/" in link.resolved[8:]:
            seen.update(wanted.intersection(corpus.by_address.get(boil(link.resolved), ())))
    return seen.pop() if len(seen) == 1 else None


def besides(
    page: Sequence[Gram], best: Found, alignment: Alignment, found: Iterable[Found], share: float, words: int
) -> tuple[str, ...]:
    """Further works of which `share` stands elsewhere on the page than the best one, and no fewer than `words`."""
    free = bytearray(b"\x01" * len(page))
    for run in alignment.runs:
        free[run.page : run.page + run.length] = bytes(run.length)
    ids = []
    for row in found:
        if row is best:
            continue
        here = int.from_bytes(row.own, "big") & int.from_bytes(free[: len(row.own)], "big")
        elsewhere = here.to_bytes(len(row.own), "big")
        count = len(set(compress(page, elsewhere)))
        if count >= max(share * len(row.text.positions), words * row.text.tokens_a_word):
            ids.append(row.text.works[0].id)
            free = bytearray(a & ~b & 1 for a, b in zip(free, row.hits, strict=False))
    return tuple(ids)
