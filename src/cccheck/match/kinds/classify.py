"""One difference between two texts → its kind. The code knows no words: those of a language are in its vocabulary.

The graver kinds are told only where little else differs: in a passage written anew, other numbers and names are part of
the rewriting, and its detail names them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cccheck.match.kinds.numbers import Amounts, amounts
from cccheck.match.kinds.sameness import letters, sameness, tokens
from cccheck.match.kinds.source import TOKEN, Source, bare
from cccheck.match.kinds.times import adjusted
from cccheck.match.kinds.vocabulary import Vocabulary
from cccheck.model import SLIP, EditKind
from cccheck.page.garbled import stretch_put_right

_REST = 2  # other words a side may have beside the number, the name or the negation that was altered
_REST_OF_PERSON = 6  # where both sides begin with a name: what somebody is
_MOST = 40  # words
_SLIP_LETTERS = 5  # of a name: in a shorter one another letter makes another name
_REST_OF_NEGATION = 2  # of both sides
_QUOTATION = 4  # words between quotation marks: fewer are a title or a word held at a distance
_INSIDE_WORD = "'’ʼ.,:-‐‑"  # between letters or digits: one word
_BEFORE_NUMBER = "$€£¥₹+-−#"
_AFTER_NUMBER = "%°"
_GARBLED_SIGN = re.compile("Â(?=[\u0080-\u00bf])")
Kind = tuple[EditKind, str] | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of a text. An empty one lies between the ends of two words."""

    source: Source
    start: int
    end: int
    empty: bool = False

    @property
    def text(self) -> str:
        """The stretch as written."""
        return "" if self.empty else self.source.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of the original and what stands for it on the copy, both in their texts."""

    original: Stretch
    copy: Stretch
    words: Vocabulary
    names: frozenset[str] = frozenset()  # words of names that are known: the authors'


def classify(difference: Difference) -> Kind:
    """The kind of a difference and its detail; None where nothing differs but spacing."""
    words = difference.words
    original, copy = _whole_words(difference.original, difference.copy, words)
    if _is_garbled(original, copy):
        return None
    same = sameness(original.text, copy.text, words)
    quoted = _in_quotation(difference)
    if same == "spacing":
        return None
    if same is not None and not (quoted and same == "honorific"):
        return "style", same
    here, there = tokens(original.text), tokens(copy.text)
    if not quoted:
        detail = adjusted(here, there, original.text, copy.text, words)
        if detail is not None:
            return "time-and-place", detail
    grave = _grave(original, copy, here, there, difference)
    if quoted:
        return "quotation-altered", grave.removesuffix("-altered") if grave else ""
    if grave:
        return grave, SLIP if grave == "name-altered" and _is_slip(original.text, copy.text) else ""
    if difference.copy.empty:
        return "cut", ""
    if difference.original.empty:
        return "inserted", ""
    return "rewritten", ""


def _is_garbled(original: Stretch, copy: Stretch) -> bool:
    """Whether the copy has the same letters, encoded twice (`JosÃ©`)."""
    if copy.text.isascii():
        return False
    text = copy.text + copy.source.text[copy.end : copy.end + 1]
    right = _GARBLED_SIGN.sub("", stretch_put_right(text))
    return right != text and letters(right) == letters(original.text)


def changed_matters(original: Stretch, copy: Stretch, words: Vocabulary) -> str:
    """Which graver things differ between two passages, one of which is the other written anew: a detail."""
    here, there = tokens(original.text), tokens(copy.text)
    if any(_quotation_lost(original, copy, *span) for span in original.source.quotes):
        return "quotation"
    if _negations(here, words) != _negations(there, words):
        return "negation"
    numbers = [set(amounts(side, words, one=False).values) for side in (here, there)]
    return "number" if numbers[0] != numbers[1] and all(numbers) else ""


def _quotation_lost(original: Stretch, copy: Stretch, start: int, end: int) -> bool:
    """Whether a quotation in the original's stretch does not stand in the copy's, word by word."""
    if start < original.start or end > original.end:
        return False
    said = original.source.text[start:end]
    return len(said.split()) >= _QUOTATION and letters(said) not in letters(copy.text)


def _grave(
    original: Stretch, copy: Stretch, here: tuple[str, ...], there: tuple[str, ...], difference: Difference
) -> EditKind | None:
    words = difference.words
    if max(len(here), len(there)) > _MOST:  # so much is never a number, a name or a negation, and little else
        return None
    if _number_altered(here, there, difference):
        return "number-altered"
    if _name_altered(original, copy, difference):
        return "name-altered"
    if _negation_altered(here, there, words):
        return "negation-altered"
    return None


# ------------------------------------------------------------------ quotations


def _in_quotation(difference: Difference) -> bool:
    """Whether words between quotation marks were altered. A quotation that is cut or put in as a whole, or by whole
    sentences, is none; nor is one in which dots mark the cut."""
    original, copy = difference.original, difference.copy
    if original.empty:
        return _inside(copy) and not _whole_sentences(copy)
    if copy.empty:
        return _inside(original) and not _whole_sentences(original) and not _dots(copy)
    return _mostly_quoted(original)


def _mostly_quoted(stretch: Stretch) -> bool:
    """Whether most of a stretch stands between quotation marks: a sentence with a quoted word in it is no quotation."""
    found = stretch.source.quoted(stretch.start, stretch.end)
    if found is None:
        return False
    return 2 * (min(found[1], stretch.end) - max(found[0], stretch.start)) >= stretch.end - stretch.start


def _inside(stretch: Stretch) -> bool:
    """Whether a stretch lies in a quotation with other words of it on at least one side."""
    found = stretch.source.quoted(stretch.start, stretch.end)
    if found is None or not (found[0] <= stretch.start and stretch.end <= found[1]):
        return False
    text = stretch.source.text
    return bool(letters(text[found[0] : stretch.start] + text[stretch.end : found[1]]))


def _whole_sentences(stretch: Stretch) -> bool:
    source = stretch.source
    first, last = source.sentence(stretch.start), source.sentence(max(stretch.start, stretch.end - 1))
    before, after = source.text[first[0] : stretch.start], source.text[stretch.end : last[1]]
    return not letters(before) and not letters(after)


def _dots(gap: Stretch) -> bool:
    text = gap.source.text[max(0, gap.start - 1) : gap.end + 1]
    return "…" in text or "..." in text or ". . ." in text


# ------------------------------------------------------------------ numbers


def _number_altered(here: tuple[str, ...], there: tuple[str, ...], difference: Difference) -> bool:
    words = difference.words
    if not here or not there:
        return False
    one, other = amounts(here, words, one=False), amounts(there, words, one=False)
    if bool(one.values) != bool(other.values):  # `one` is a number beside a number
        one, other = amounts(here, words), amounts(there, words)
    if not one.values or not other.values:
        return _unit_altered(one, other)
    return not one.same(other) and _little_else(one.rest, other.rest, _REST)


def _unit_altered(one: Amounts, other: Amounts) -> bool:
    """Words for units alone, with the number beside them: `5 dollars` → `5 euros`."""
    return bool(one.units and other.units) and one.units != other.units and not one.rest and not other.rest


def _little_else(one: tuple[str, ...], other: tuple[str, ...], most: int) -> bool:
    return one == other or max(len(one), len(other)) <= most


# ------------------------------------------------------------------ names


def _name_altered(original: Stretch, copy: Stretch, difference: Difference) -> bool:
    here, rest = _names(original, difference)
    if not here:
        return False
    there, other_rest = _names(copy, difference)
    if not there or set(here) <= set(there) or set(there) <= set(here):
        return False
    # `Ann Reed, the harbour master` → `Jo Brand, the mayor`: another person, with what is told of them.
    another = set(here).isdisjoint(there) and _begins_with(original, here) and _begins_with(copy, there)
    return _little_else(rest, other_rest, _REST_OF_PERSON if another else _REST)


def _begins_with(stretch: Stretch, names: tuple[str, ...]) -> bool:
    first = TOKEN.search(stretch.text)
    return first is not None and bare(first[0]) == names[0]


def _names(stretch: Stretch, difference: Difference) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of names in a stretch, and the others."""
    names: list[str] = []
    rest: list[str] = []
    found = [(stretch.start + match.start(), match[0]) for match in TOKEN.finditer(stretch.text)]
    capitals = [word[0].isupper() for _, word in found]
    for number, (at, word) in enumerate(found):
        beside = any(capitals[max(0, number - 1) : number] + capitals[number + 1 : number + 2])
        (names if _is_name(word, at, stretch, difference, beside=beside) else rest).append(bare(word))
    return tuple(names), tuple(rest)


def _is_name(word: str, at: int, stretch: Stretch, difference: Difference, *, beside: bool) -> bool:
    folded, words = bare(word), difference.words
    if not word[0].isupper() or folded in words.common or folded in words.honorifics:
        return False
    if folded in words.days or folded in words.months or folded in words.numbers or folded in words.ordinals:
        return False
    if folded in difference.names:
        return True
    work = difference.original.source
    if not words.capitals_are_names:
        return _is_name_among_nouns(word, at, stretch, beside=beside)
    if stretch.source.in_title(at):
        return folded not in work.lower
    if not stretch.source.starts_sentence(at):
        return True
    return folded in work.names or (len(word) > 1 and word.isupper()) or (folded not in work.lower and beside)


def _is_name_among_nouns(word: str, at: int, stretch: Stretch, *, beside: bool) -> bool:
    """Where all nouns have capitals, a name is known by a capital beside it, as of first and last name."""
    text = stretch.source.text
    if beside or (len(word) > 1 and word.isupper()):
        return True
    before = TOKEN.findall(text[max(0, at - 40) : at])[-1:]
    after = TOKEN.findall(text[at + len(word) : at + len(word) + 40])[:1]
    gap = text[at + len(word) : at + len(word) + 1] == " "
    if text[at - 1 : at] != " " or stretch.source.starts_sentence(at - 1 - sum(map(len, before))):
        before = []
    return any(found[0].isupper() for found in (*before, *(after if gap else ())))


def _is_slip(original: str, copy: str) -> bool:
    """One letter more, less or another in a word of some length: a slip of the hand rather than another name."""
    from rapidfuzz.distance import DamerauLevenshtein

    here, there = letters(original), letters(copy)
    return min(len(here), len(there)) >= _SLIP_LETTERS and DamerauLevenshtein.distance(here, there) == 1


# ------------------------------------------------------------------ negations


def _negation_altered(here: tuple[str, ...], there: tuple[str, ...], words: Vocabulary) -> bool:
    one, other = _negations(here, words), _negations(there, words)
    if bool(one) != bool(other):
        rest = [tuple(t for t in side if not _negates(t, words)) for side in (here, there)]
        return rest[0] == rest[1] or len(rest[0]) + len(rest[1]) <= _REST_OF_NEGATION
    return len(here) == len(there) == 1 and _opposite(here[0], there[0], words)


def _negations(found: tuple[str, ...], words: Vocabulary) -> int:
    return sum(_negates(token, words) for token in found)


def _negates(token: str, words: Vocabulary) -> bool:
    if token in words.negations:
        return True
    if token in words.contractions:
        return any(part in words.negations for part in words.contractions[token].split())
    if not token.endswith(words.any_contracted):
        return False
    return any(meant in words.negations and token.endswith(ending) for ending, meant in words.contracted_endings)


def _opposite(one: str, other: str, words: Vocabulary) -> bool:
    """`legal` and `illegal`, `full` and `empty`."""
    if frozenset((one, other)) in words.opposites:
        return True
    return any(prefix + one == other or prefix + other == one for prefix in words.negative_prefixes)


# ------------------------------------------------------------------ whole words


def _whole_words(original: Stretch, copy: Stretch, words: Vocabulary) -> tuple[Stretch, Stretch]:
    """Both stretches widened to whole words, by the same words: `3` → `4` in `1.3` is `1.3` → `1.4`; a unit that one
    side lacks is seen with its number."""
    left = _joined_left(original) or _joined_left(copy)
    if original.empty != copy.empty:
        left = left or all(token in words.units for token in tokens((original if copy.empty else copy).text))
    right = _joined_right(original) or _joined_right(copy)
    return _widen(original, left=left, right=right), _widen(copy, left=left, right=right)


def _joined_left(stretch: Stretch) -> bool:
    text, at = stretch.source.text, stretch.start
    return not stretch.empty and at > 1 and text[at - 1] in _INSIDE_WORD and text[at - 2].isalnum()


def _joined_right(stretch: Stretch) -> bool:
    text, at = stretch.source.text, stretch.end
    if stretch.empty or at + 1 >= len(text):
        return False
    return text[at] in _INSIDE_WORD and text[at + 1].isalnum()


def _widen(stretch: Stretch, *, left: bool, right: bool) -> Stretch:
    text, start, end = stretch.source.text, stretch.start, stretch.end
    if stretch.empty and not (left or right):
        return stretch
    if stretch.empty:
        start, end = (start, start) if left else (end, end)
    if left:
        while start > 0 and text[start - 1].isspace():
            start -= 1
        while start > 0 and (text[start - 1].isalnum() or text[start - 1] in _INSIDE_WORD):
            start -= 1
    if right:
        while end < len(text) and text[end].isspace():
            end += 1
        while end < len(text) and (text[end].isalnum() or text[end] in _INSIDE_WORD):
            end += 1
    if start > 0 and text[start - 1] in _BEFORE_NUMBER and text[start : start + 1].isdigit():
        start -= 1
    if text[end - 1 : end].isdigit() and text[end : end + 2].strip()[:1] in tuple(_AFTER_NUMBER):
        end += 2 if text[end].isspace() else 1
    return Stretch(stretch.source, start, end)
