"""Page + Corpus → Match | NoMatch: which work the page copies, how much of it, and what was done to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cccheck.match.align import Alignment, align
from cccheck.match.body import mark_blocks
from cccheck.match.choose import TIE, besides, best_version, linked, rivals
from cccheck.match.corpus import Corpus, Found, grams
from cccheck.match.facts import beside_text
from cccheck.match.grams import GRAM, Gram
from cccheck.match.layout import Layout
from cccheck.match.stream import Stream
from cccheck.match.versions import nearest, read
from cccheck.model import Candidate, Match, NoMatch, Page, Work
from cccheck.page.matter import beginning_of_matter

# The thresholds, and how they were set (benchmarks/accuracy.py repeats the measurement; docs/accuracy.md):
COPY_SHARE = 0.30  # share of the work's words from which a page is a copy: rewrites of a third leave 0.6 and more
LONG_EXCERPT = 300  # so many words of a longer work are no short quotation: a person must say what they are
EXCERPT_RUN = 12  # words in a row: fewer are a phrase, not a quotation
EXCERPT_WORDS = 50  # fewer in all are a quotation that both texts may have from a third
EXCERPT_SHARE = 0.25  # unless they are so much of a short work
TRACE = 0.02  # containment below which a work is not named as a candidate
_FOUND = 300  # characters of what stands there instead
_TRIED = 3  # works that are aligned, best first, until one's text stands there

__all__ = ["TIE", "Corpus", "Layout", "match_page"]


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which work is meant, which others it may be, and which stand on the page besides."""

    work: str
    tied: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def match_page(page: Page, corpus: Corpus, hint: str | None = None, *, beside: str | None = None) -> Match | NoMatch:
    """Find the work. A hint wins among the works whose text stands on the page.

    `beside`: one of the works that an earlier match of this page named as standing there besides; it is matched.
    """
    stream = Stream.of(page)
    page_grams = grams(stream.words, stream.unspaced)
    found = corpus.look_up(page_grams, hint or beside)
    candidates = _candidates(found, corpus, hint)
    wanted = corpus.text_of(hint or beside or "")
    for row in sorted((row for row in found if any(row.own)), key=lambda row: row.text is not wanted)[:_TRIED]:
        alignment = align(stream, page_grams, row)
        if _stands(alignment, row):
            break
    else:
        return NoMatch(candidates, beginning_of_matter(page, _FOUND))
    if hint and row.text is wanted:
        others = besides(page_grams, row, alignment, found, COPY_SHARE, EXCERPT_WORDS)
        choice = _Choice(hint, beside=others)
        return _match(stream, page_grams, corpus.works[hint], row, alignment, hint, candidates, choice)
    meant, choice = _told_apart(page, corpus, row, found)
    if meant is not row and (other := align(stream, page_grams, meant)).runs:
        row, alignment = meant, other
    elif meant is not row:
        choice = _Choice(row.text.works[0].id)
    if not beside:
        others = besides(page_grams, row, alignment, found, COPY_SHARE, EXCERPT_WORDS)
        choice = replace(choice, beside=others)
    return _match(stream, page_grams, corpus.works[choice.work], row, alignment, hint, candidates, choice)


def _candidates(found: list[Found], corpus: Corpus, hint: str | None) -> tuple[Candidate, ...]:
    """The works to name, best first; of those with one text the hinted one, or the first."""
    hinted = corpus.text_of(hint or "")
    rows = [row for row in found[:5] if row.share >= TRACE]
    ids = [hint if hint and row.text is hinted else row.text.works[0].id for row in rows]
    return tuple(Candidate(work, round(row.share, 4)) for work, row in zip(ids, rows, strict=True))


def _told_apart(page: Page, corpus: Corpus, best: Found, found: list[Found]) -> tuple[Found, _Choice]:
    """The text and the work meant, and the works that it may be as well. A link to just one of them tells."""
    best = best_version(best, found)
    of = {work.id: row for row in (best, *rivals(best, found)) for work in row.text.works}
    first, *others = of
    if others and (named := linked(page, corpus, of)):
        return of[named], _Choice(named)
    return best, _Choice(first, tuple(others))


def _stands(alignment: Alignment, found: Found) -> bool:
    """Whether so much of the work is here that it was taken from it. What is common property is no sign of that."""
    runs = [run.length for run in alignment.runs] if found.own is found.hits else _own_runs(alignment, found)
    a_word, words = found.text.tokens_a_word, sum(runs)
    if max(runs, default=0) < EXCERPT_RUN * a_word:
        return False
    return words >= EXCERPT_WORDS * a_word or words >= EXCERPT_SHARE * len(found.text.words)


def _own_runs(alignment: Alignment, found: Found) -> list[int]:
    """The lengths of the stretches of the runs that hold grams of no other family."""
    lengths = []
    for run in alignment.runs:
        for own, stretch in groupby(found.own[run.page : run.page + run.length - GRAM + 1]):
            if own:
                lengths.append(sum(1 for _ in stretch) + GRAM - 1)
    return lengths


def _match(
    stream: Stream,
    page: Sequence[Gram],
    work: Work,
    found: Found,
    alignment: Alignment,
    hint: str | None,
    candidates: tuple[Candidate, ...],
    choice: _Choice,
) -> Match:
    reading = nearest(read(stream, found, alignment), work, stream, page)
    changes, layout, alignment = reading.changes, reading.layout, reading.alignment
    words_copied = alignment.words + changes.equal
    size = len(reading.found.text.words)
    return Match(
        work=choice.work,
        containment=round(found.share, 4),
        page_share=round(sum(layout.weights.values()) / max(1, len(stream.words)), 4),
        words_work=size,
        words_copied=words_copied,
        words_added=changes.added,
        words_cut=changes.cut,
        words_altered=changes.altered,
        longest_run=max(run.length for run in alignment.runs),
        candidates=candidates,
        tied=choice.tied,
        beside=choice.beside,
        hint_missed=bool(hint) and choice.work != hint,
        excerpt=words_copied < COPY_SHARE * size,
        edits=(*beside_text(stream.page, layout, work), *changes.edits),
        version=reading.version,
        corrections=reading.corrections,
        copied=reading.copied,
        body=mark_blocks(stream, size, alignment, layout, changes.edits),
        first_block=layout.first,
        last_block=layout.last,
    )


def layout_of(page: Page, match: Match) -> Layout:
    """The layout of a matched page, from the match alone."""
    weights = {block: sum(end - start for start, end in spans) for block, spans in match.copied.items()}
    return Layout(page, weights, match.first_block, match.last_block)
