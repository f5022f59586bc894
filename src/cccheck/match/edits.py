"""What was done to the text: differences → edits, each of a kind, with both texts quoted and placed.

What republishers put around and between paragraphs (credits, captions, ads, related boxes, headings) is no edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cccheck.match.align import Alignment
from cccheck.match.corpus import IndexedText
from cccheck.match.differences import Words, compare
from cccheck.match.kinds.classify import Difference, Kind, Stretch, changed_matters, classify
from cccheck.match.kinds.source import Source, bare, source_of
from cccheck.match.kinds.times import is_dateline
from cccheck.match.kinds.vocabulary import Vocabulary, vocabulary_of
from cccheck.match.layout import Layout
from cccheck.match.prose import Prose
from cccheck.match.stream import Stream
from cccheck.match.typography import in_runs
from cccheck.model import GRAVE_KINDS, Edit, EditKind, Place

_QUOTE = 300  # characters quoted of each side
_CONTEXT = 2  # words quoted on each side of a grave edit of which one side is empty
_ANEW = 0.5  # share of a sentence's words that differ for it to be written anew
_MANY = 3  # differences in one sentence that are one rewriting, if half of them are plain
_ISLAND = 2  # equal words between two differences that may be one ("on Tuesday" for "today in" …)
_EDGE = 2  # words
_MOVED = 12  # words in a row at another place: fewer are a phrase that comes twice
_NUMBERED = re.compile(r"^\(?[0-9]{1,3}[.)]\s+")
_MARKER = re.compile(r"\(?[0-9ivxlc]{1,4}[.)]?|[a-z][.)]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Changes:
    """All edits in the order of the original, and what they sum up to in words.

    `equal`: words between the runs that stand unchanged or only written otherwise.
    """

    edits: tuple[Edit, ...]
    cut: int
    added: int
    altered: int
    equal: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A difference with its kind."""

    words: Words
    kind: EditKind
    detail: str
    equal: int = 0  # words of the original's stretch that stand unchanged in it

    @property
    def sizes(self) -> tuple[int, int]:
        """Words of the original concerned, and words that stand there now."""
        return self.words.end - self.words.start - self.equal, len(self.words.here)


def find_changes(stream: Stream, text: IndexedText, alignment: Alignment, layout: Layout) -> Changes:
    """Compare what stands between the runs, and how the runs themselves are written."""
    prose = Prose(stream, text, layout, tuple((run.page, run.page + run.length) for run in alignment.moved))
    compared = compare(stream, text, alignment, prose)
    typography = in_runs(stream, text, alignment.runs)
    if not compared.differences and not typography and not alignment.moved:
        return Changes((), 0, 0, 0, compared.equal)
    return _Telling(stream, text, layout).changes(compared.differences, compared.equal, typography, alignment)


@dataclass(frozen=True)
class _Telling:
    """Tells differences as edits."""

    stream: Stream
    text: IndexedText
    layout: Layout

    def changes(
        self, differences: Sequence[Words], equal: int, typography: Sequence[Words], alignment: Alignment
    ) -> Changes:
        found: list[_Found] = []
        for words in self._joined(differences):
            kind = self._kind(words)
            if kind is None or kind[0] == "style":
                equal += words.end - words.start
            if kind is not None:
                found.append(_Found(words, *kind))
        found = list(self._by_sentence(found))
        found, left = self._without_edges(found, alignment)
        equal += left
        sizes = [_sums(*item.sizes) for item in found if item.kind != "style"]
        cut, added, altered = (sum(column) for column in zip(*sizes, strict=True)) if sizes else (0, 0, 0)
        found += [_Found(words, *self._kind_of_writing(words)) for words in typography]
        found += [_Found(words, "moved", "paragraph") for words in self._moved(alignment)]
        edits = sorted(map(self._edit, found), key=lambda edit: (edit.original_start, edit.original_end))
        return Changes(tuple(edits), cut, added, altered, equal)

    # ---------------------------------------------------------------- kinds

    @cached_property
    def _source(self) -> Source:
        return source_of(self.text.works[0].text)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        work = self.text.works[0]
        return vocabulary_of(work.language, work.text)

    @cached_property
    def _names(self) -> frozenset[str]:
        work = self.text.works[0]
        return frozenset(bare(word) for author in work.authors for word in author.name.split() if len(word) > 1)

    def _difference(self, words: Words) -> Difference:
        return Difference(self._original(words.start, words.end), self._copy(words), self._vocabulary, self._names)

    def _kind(self, words: Words) -> Kind:
        if words.paragraph:
            return "inserted", "paragraph"
        difference = self._difference(words)
        original, copy = difference.original, difference.copy
        if not words.here and _is_marker(original):
            return None
        if copy.text and original.text and _is_drawn(original.text, copy.text):
            return None
        kind = classify(difference)
        if kind is None:
            return None
        if kind[0] == "cut":
            return "cut", self._where(words)
        if kind[0] == "inserted":
            return self._kind_of_inserted(copy)
        return kind

    def _kind_of_writing(self, words: Words) -> tuple[EditKind, str]:
        """The same words: their typography differs, unless a sign makes another number of one."""
        kind = classify(self._difference(words))
        return ("number-altered", "") if kind is not None and kind[0] == "number-altered" else ("style", "typography")

    def _kind_of_inserted(self, copy: Stretch) -> Kind:
        source = copy.source
        opens = not source.text[: copy.start].strip(' \n“"(')
        if opens and is_dateline(copy.text, source.text[copy.end : copy.end + 4]):
            return "time-and-place", "place"
        start, end = source.sentence(copy.start)[0], source.sentence(max(copy.start, copy.end - 1))[1]
        whole = not any(map(str.isalnum, source.text[start : copy.start] + source.text[copy.end : end]))
        return "inserted", "sentence" if whole else "words"

    def _where(self, words: Words) -> str:
        if words.start == 0:
            return "beginning"
        return "end" if words.end == len(self.text.words) else "middle"

    def _without_edges(self, found: Sequence[_Found], alignment: Alignment) -> tuple[list[_Found], int]:
        """Without the word or two at the edge of a moved paragraph that happen to stand at its old place too."""
        if not alignment.moved:
            return list(found), 0
        edges = {at for run in alignment.moved for at in (run.work, run.work + run.length)}
        on_page = {at for run in alignment.moved for at in (run.page, run.page + run.length)}

        def is_edge(item: _Found) -> bool:
            words = item.words
            if words.size > _EDGE or (words.here and words.end > words.start):
                return False
            if words.here:
                return bool({words.here[0], words.here[-1] + 1} & on_page)
            return bool({words.start, words.end} & edges)

        kept = [item for item in found if not is_edge(item)]
        gone = [item for item in found if item not in kept]
        return kept, sum(item.words.end - item.words.start for item in gone)

    # ---------------------------------------------------------------- what belongs together

    def _joined(self, differences: Sequence[Words]) -> list[Words]:
        """Differences with next to nothing between them are one where that makes a plain adjustment of them."""
        joined: list[Words] = []
        for words in differences:
            if joined and self._near(joined[-1], words):
                both = self._union(joined[-1], words)
                kind = classify(self._difference(both))
                if kind is not None and kind[0] in ("time-and-place", "style") and self._kind(words) != kind:
                    joined[-1] = both
                    continue
            joined.append(words)
        return joined

    def _near(self, one: Words, other: Words) -> bool:
        if one.paragraph or other.paragraph or not 0 < other.start - one.end <= _ISLAND:
            return False
        last, first = self._last(one), (other.here[0] if other.here else other.before + 1)
        return first - last - 1 == other.start - one.end

    def _last(self, words: Words) -> int:
        return words.here[-1] if words.here else words.before

    def _union(self, one: Words, other: Words) -> Words:
        first = one.here[0] if one.here else one.before + 1
        last = other.here[-1] if other.here else other.before
        return Words(one.start, other.end, tuple(range(first, last + 1)), first - 1)

    def _by_sentence(self, found: Sequence[_Found]) -> Iterable[_Found]:
        """A sentence of which little is left was written anew, as a whole: one edit."""
        groups: list[list[_Found]] = []
        for item in found:
            if groups and self._same_sentence(groups[-1][-1], item):
                groups[-1].append(item)
            else:
                groups.append([item])
        for group in groups:
            yield from self._rewriting(group)

    def _same_sentence(self, one: _Found, other: _Found) -> bool:
        if one.words.paragraph or other.words.paragraph:
            return False
        spans = self.text.spans
        if not spans:
            return False
        last = spans[max(0, min(one.words.end, len(spans)) - 1)][0]
        first = spans[min(other.words.start, len(spans) - 1)][0]
        return self._source.sentence(last)[0] == self._source.sentence(first)[0]

    def _rewriting(self, group: Sequence[_Found]) -> Iterable[_Found]:
        counted = [item for item in group if item.kind != "style" and item.kind != "time-and-place"]
        plain = [item for item in counted if item.kind in ("rewritten", "cut", "inserted")]
        if len(counted) < 2 or not any(item.kind == "rewritten" or item.words.here for item in plain):
            return group
        quoted = [item for item in counted if item.kind == "quotation-altered"]
        start, end = counted[0].words.start, counted[-1].words.end
        low, high = self._source.sentence(self.text.spans[min(start, len(self.text.spans) - 1)][0])
        size = sum(low <= a < high for a, _ in self.text.spans[max(0, start - 80) : end + 80])
        differing = sum(item.words.size for item in counted)
        many = len(counted) >= _MANY and (2 * len(plain) >= len(counted) or (len(plain) > 1 and len(counted) > _MANY))
        if quoted or not (many or differing >= _ANEW * size):
            return group
        here = tuple(at for item in counted for at in item.words.here)
        merged = Words(start, end, here, counted[0].words.before)
        graver = next((item.kind.removesuffix("-altered") for item in counted if item.kind in GRAVE_KINDS), "")
        first, last = group.index(counted[0]), group.index(counted[-1])
        equal = end - start - sum(item.words.end - item.words.start for item in counted)
        return [*group[:first], _Found(merged, "rewritten", graver, equal), *group[last + 1 :]]

    def _moved(self, alignment: Alignment) -> list[Words]:
        moved: list[Words] = []
        for run in sorted(alignment.moved, key=lambda run: run.page):
            here = tuple(range(run.page, run.page + run.length))
            if moved and moved[-1].end == run.work and self._follows(moved[-1].here[-1], run.page):
                moved[-1] = Words(moved[-1].start, run.work + run.length, moved[-1].here + here, moved[-1].before)
            else:
                moved.append(Words(run.work, run.work + run.length, here, run.page - 1))
        return [words for words in moved if words.size >= _MOVED]

    def _follows(self, one: int, other: int) -> bool:
        return self.stream.block_at(other) - self.stream.block_at(one) <= 1

    # ---------------------------------------------------------------- places

    def _original(self, start: int, end: int) -> Stretch:
        spans, source = self.text.spans, self._source
        if start < end:
            return Stretch(source, spans[start][0], spans[end - 1][1])
        low = spans[start - 1][1] if start else 0
        return Stretch(source, low, spans[start][0] if start < len(spans) else len(source.text), empty=True)

    def _copy(self, words: Words) -> Stretch:
        """The stretch of the copy, in its first block; an empty one lies after the word before it."""
        stream = self.stream
        if words.here:
            block = stream.block_at(words.here[0])
            inside = [at for at in words.here if at < stream.starts[block + 1]]
            start, end = self._characters(block, inside[0], inside[-1] + 1)
            return Stretch(source_of(stream.page.blocks[block].text), start, end)
        if words.before < 0:
            return Stretch(_NOTHING, 0, 0, empty=True)
        block = stream.block_at(words.before)
        text = stream.page.blocks[block].text
        start = self._characters(block, words.before, words.before + 1)[1]
        last = words.before + 1 >= stream.starts[block + 1]
        end = len(text) if last else self._characters(block, words.before + 1, words.before + 2)[0]
        return Stretch(source_of(text), start, end, empty=True)

    def _characters(self, block: int, first: int, last: int) -> tuple[int, int]:
        text = self.stream.page.blocks[block].text
        spans = _spans(text)
        start = self.stream.starts[block]
        return spans[first - start][0], spans[last - start - 1][1]

    def _edit(self, found: _Found) -> Edit:
        words = found.words
        if found.kind not in ("cut", "inserted") and not (words.here and words.end > words.start):
            shown = self._with_context(words)
        else:
            shown = words
        original = self._original(shown.start, shown.end)
        low, high = (original.start, original.end) if not original.empty else (original.start, original.start)
        detail = found.detail
        if found.kind == "rewritten" and not detail and words.here and words.end > words.start:
            detail = changed_matters(original, self._copy(shown), self._vocabulary)
        return Edit(
            kind=found.kind,
            words_original=found.sizes[0],
            words_copy=found.sizes[1],
            original_start=low,
            original_end=high,
            original_quote=_shorten(original.text),
            copy=self._place(shown),
            detail=detail,
        )

    def _with_context(self, words: Words) -> Words:
        """A few equal words on both sides, so that both quotes show what was put in or taken out."""
        before = (words.here[0] - 1) if words.here else words.before
        if before < 0:
            return words
        block = self.stream.block_at(before)
        low, high = self.stream.starts[block], self.stream.starts[block + 1]
        after = (words.here[-1] + 1) if words.here else before + 1
        left = min(_CONTEXT, before - low + 1, words.start)
        right = min(_CONTEXT, high - after, len(self.text.words) - words.end)
        if right < 0:
            return words
        here = tuple(range(before - left + 1, after + right))
        return Words(words.start - left, words.end + right, here, before - left)

    def _place(self, words: Words) -> Place | None:
        if not words.here:
            return None
        stream = self.stream
        block = stream.block_at(words.here[0])
        inside = [at for at in words.here if at < stream.starts[block + 1]]
        start, end = self._characters(block, inside[0], inside[-1] + 1)
        quoted = [stream.page.blocks[block].text[start:end]]
        others = dict.fromkeys(stream.block_at(at) for at in words.here[len(inside) :])
        quoted += [stream.page.blocks[other].text for other in others]
        return Place(block, start, end, _shorten(" ".join(quoted)))


_NOTHING = Source("")


def _sums(there: int, here: int) -> tuple[int, int, int]:
    """Words cut, added and altered by an edit: of two sides of unequal length, the rest was cut or added."""
    both = min(here, there)
    return there - both, here - both, both


def _is_marker(original: Stretch) -> bool:
    """The number of an item in a list, at the beginning of a line: pages draw it, and do not write it."""
    if original.empty or not _MARKER.fullmatch(original.text):
        return False
    text = original.source.text
    starts = text[: original.start].rstrip(" \t(")[-1:] in ("", "\n")
    return starts and (original.text.isdigit() or text[original.end : original.end + 1] in (".", ")"))


def _is_drawn(original: str, copy: str) -> bool:
    """A word to which something is glued: a card that opens on a name (`NoemKristi Noem …`), a footnote (`it4No …`);
    or an item of a list without its number."""
    if _NUMBERED.sub("", original) == copy:
        return True
    if not copy.startswith(original) or len(copy) == len(original):
        return False
    last, following = copy[len(original) - 1], copy[len(original)]
    return last.isalpha() and (following.isdigit() or (last.islower() and following.isupper()))


@lru_cache(maxsize=512)
def _spans(text: str) -> list[tuple[int, int]]:
    from cccheck.match.normalize import word_spans

    return word_spans(text)


def _shorten(text: str) -> str:
    return text if len(text) <= _QUOTE else text[: _QUOTE // 2] + " … " + text[-_QUOTE // 2 :]
