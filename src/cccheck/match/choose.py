"""Of the works whose text stands on a page: which is meant, which cannot be told from it, which stand there besides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress

from cccheck.addresses import boil
from cccheck.match.align import Alignment
from cccheck.match.corpus import Corpus, Found
from cccheck.match.grams import Gram
from cccheck.model import Page

TIE = 0.02  # so small a share of a work's grams tells it from no other
_FEW = 4  # grams: nor do so few, be the work as short as it may
_WHOLE = 0.9  # of a work that stands here; below it, either of two works may have been cut to what both have
_MAX_LINKS = 2_000


def rivals(best: Found, found: Iterable[Found]) -> list[Found]:
    """Works that explain the page as well as the best one does: near twins, versions of which only common parts stand
    here, versions of which each has a part here that the other lacks."""
    return [row for row in found if row is not best and _is_rival(best, row)]


def _is_rival(best: Found, other: Found) -> bool:
    ours, theirs = (int.from_bytes(row.hits, "big") for row in (best, other))
    both = (ours & theirs).bit_count()
    only_ours, only_theirs = ours.bit_count() - both, theirs.bit_count() - both
    margin = max(_FEW, TIE * best.count)
    if not both or (only_ours > margin >= only_theirs):
        return False
    if only_theirs <= margin:
        return best.share - other.share < TIE or best.share < _WHOLE
    return best.text.family == other.text.family


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
