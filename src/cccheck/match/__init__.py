"""Page + Corpus → Match | NoMatch: which work the page copies, how much of it, and what was done to it."""

from __future__ import annotations

from cccheck.match.align import Alignment, align
from cccheck.match.body import mark_blocks
from cccheck.match.corpus import Corpus, Found, grams
from cccheck.match.edits import find_changes
from cccheck.match.layout import Layout
from cccheck.match.stream import Stream
from cccheck.model import Candidate, Match, NoMatch, Page

# The thresholds, and how they were set (benchmarks/accuracy.py repeats the measurement; docs/accuracy.md):
COPY_SHARE = 0.30  # share of the work's words from which a page is a copy: rewrites of a third leave 0.6 and more
LONG_EXCERPT = 300  # so many words of a longer work are no short quotation: a person must say what they are
EXCERPT_RUN = 12  # words in a row: fewer are a phrase, not a quotation
EXCERPT_WORDS = 50  # fewer in all are a quotation that both texts may have from a third
EXCERPT_SHARE = 0.25  # unless they are so much of a short work
TRACE = 0.02  # containment below which a work is not named as a candidate
TIE = 0.02  # works whose containment differs by less than this are not told apart by it

__all__ = ["Corpus", "Layout", "match_page"]


def match_page(page: Page, corpus: Corpus, hint: str | None = None) -> Match | NoMatch:
    """Find the work. A hint wins among the works whose text stands on the page."""
    stream = Stream.of(page)
    page_grams = grams(stream.words)
    found = corpus.look_up(page_grams, hint)
    candidates = tuple(
        Candidate(hint if hint and corpus.text_of(hint) is row.text else row.text.works[0].id, round(row.share, 4))
        for row in found[:5]
        if row.share >= TRACE
    )
    hinted = corpus.text_of(hint) if hint else None
    for row in sorted(found, key=lambda row: row.text is not hinted)[:3]:
        alignment = align(stream, page_grams, row)
        if _stands(alignment, len(row.text.words)):
            return _match(stream, row, alignment, hint, candidates)
    return NoMatch(candidates, _beginning(page))


def _stands(alignment: Alignment, size: int) -> bool:
    """Whether so much of the work is here that it was taken from it."""
    longest = max((run.length for run in alignment.runs), default=0)
    return longest >= EXCERPT_RUN and (alignment.words >= EXCERPT_WORDS or alignment.words >= EXCERPT_SHARE * size)


def _match(
    stream: Stream, found: Found, alignment: Alignment, hint: str | None, candidates: tuple[Candidate, ...]
) -> Match:
    weights: dict[int, int] = {}
    copied: dict[int, list[tuple[int, int]]] = {}
    for run in alignment.runs:
        for block, first, last in stream.pieces(run.page, run.page + run.length):
            weights[block] = weights.get(block, 0) + last - first
            copied.setdefault(block, []).append(stream.characters(block, first, last))
    layout = Layout(stream.page, weights, min(weights), max(weights))
    changes = find_changes(stream, found.text, alignment, layout)
    words_copied = alignment.words + changes.equal
    work, tied = _which(found, hint, candidates)
    size = len(found.text.words)
    return Match(
        work=work,
        containment=round(found.share, 4),
        page_share=round(sum(weights.values()) / max(1, len(stream.words)), 4),
        words_work=size,
        words_copied=words_copied,
        words_added=changes.added,
        words_cut=changes.cut,
        words_altered=changes.altered,
        longest_run=max(run.length for run in alignment.runs),
        candidates=candidates,
        tied=tied,
        hint_missed=bool(hint) and work != hint,
        excerpt=words_copied < COPY_SHARE * size,
        edits=changes.edits,
        copied={block: tuple(spans) for block, spans in copied.items()},
        body=mark_blocks(stream, size, alignment, layout, changes.edits),
        first_block=layout.first,
        last_block=layout.last,
    )


def _which(found: Found, hint: str | None, candidates: tuple[Candidate, ...]) -> tuple[str, tuple[str, ...]]:
    """The work meant, and the others it cannot be told apart from."""
    ids = [work.id for work in found.text.works]
    if hint in ids:
        return hint, ()
    near = [c.work for c in candidates if found.share - c.containment < TIE and c.work not in ids]
    return ids[0], tuple(ids[1:] + near)


def layout_of(page: Page, match: Match) -> Layout:
    """The layout of a matched page, from the match alone."""
    weights = {block: sum(end - start for start, end in spans) for block, spans in match.copied.items()}
    return Layout(page, weights, match.first_block, match.last_block)


def _beginning(page: Page, characters: int = 300) -> str | None:
    """The first visible running text of a page without a match: what stands there instead."""
    for block in page.blocks:
        if block.visible == "visible" and len(block.text) > 80:
            return block.text[:characters]
    return page.metadata.title[:characters] or None
