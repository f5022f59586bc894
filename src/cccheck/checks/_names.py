"""Known names found in running text: other case, accents, order, initials, spacing, glued to a neighbour; and whole.

The names are known from the work: nothing is guessed from the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from cccheck.checks._subject import Subject
from cccheck.model import Block
from cccheck.phrases import fold, fold_with_offsets
from cccheck.scripts import script_of

Likeness = Literal["full", "initial", "similar"]
_SEP = r"[\W_]{1,3}"
_INNER = r"[\W_]{0,2}"
_MIDDLE = rf"(?:[^\W\d_]\.?{_SEP}){{0,2}}"  # middle initials that the copy puts in
_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa"))
# Up to the next script: a name in Latin letters has Japanese or Korean written right onto it.
_FAR_EAST = r"\u0e00-\u1dff\u2e80-\uffff"
_NAME_WORD = re.compile(rf"[^\W\d_{_FAR_EAST}](?:[^\W{_FAR_EAST}]|['’\-])*|[^\W\d_][\w'’\-]*")
_MAX_OFF = 4  # letters by which a misspelt name, as written, may be longer or shorter
_NEAR = 30  # blocks before and after the article in which a misspelt name is looked for


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at `start` to `end` of a block's text. `initial`: the first names shortened; `similar`: misspelt."""

    block: Block
    start: int
    end: int
    likeness: Likeness = "full"


def find_person(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """Every mention of a person under any of their names, outside the article's own text."""
    found: list[Mention] = []
    for name in _perhaps_there(subject, names):
        full, initial = _person_patterns(name)
        found.extend(_find(subject, full, _key(name), "full"))
        if initial is not None:
            found.extend(_find(subject, initial, _key(name), "initial"))
    return found or _split_over_blocks(subject, names)


def find_name(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """Every mention of an organisation under any of its names; a name spelt with a capital must have one."""
    found: list[Mention] = []
    for name in _perhaps_there(subject, names):
        for mention in _find(subject, _organisation_pattern(name), _key(name), "full"):
            text = mention.block.text[mention.start : mention.end]
            if _is_written_as_name(text, name):
                found.append(mention)
    return found


def _perhaps_there(subject: Subject, names: tuple[str, ...]) -> list[str]:
    """Those names that are worth a pattern, which takes longer to compile than many pages take to search."""
    return [name for name in names if _key(name) in subject.folded]


def _is_written_as_name(text: str, name: str) -> bool:
    """`Time` is a magazine where it has a capital, else a word."""
    cased = [c for c in text if c.isupper() or c.islower()]
    return not cased or not any(c.isupper() for c in name) or any(c.isupper() for c in text) or "." in name


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """The longest word of a name: what to look for first."""
    words: list[str] = re.findall(r"[^\W_]+", fold(name))
    return max(words or [fold(name)], key=len)


def _find(subject: Subject, pattern: re.Pattern[str], key: str, likeness: Likeness) -> Iterator[Mention]:
    for block, text, short in zip(subject.page.blocks, subject.texts, subject.folded_texts, strict=True):
        if key not in short:
            continue
        folded, offsets = fold_with_offsets(text)
        for match in pattern.finditer(folded):
            start, end = offsets[match.start()], offsets[match.end() - 1] + 1
            if stands_alone(text, start, end):
                yield Mention(block, start, end, likeness)


def stands_alone(text: str, start: int, end: int) -> bool:
    """At word boundaries, or glued to a neighbour as careless mark-up does (`ByJames HolbrooksStaff`)."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (
        (_joins(before, text[start]) and not (before.islower() and text[start].isupper()))
        or (_joins(after, text[end - 1]) and not (text[end - 1].islower() and after.isupper()))
    )


def _joins(neighbour: str, char: str) -> bool:
    """Whether two characters make one word: of one script that puts spaces between words (`Eklund가` is two)."""
    if not (neighbour.isalnum() and _spaced(neighbour) and _spaced(char)):
        return False
    return (script_of(neighbour) or "LATIN") == (script_of(char) or "LATIN")


def _spaced(char: str) -> bool:
    """Whether the character's script puts spaces between words."""
    return ord(char) < 0x0E00 or 0xAC00 <= ord(char) <= 0xD7FF or 0x1E00 <= ord(char) <= 0x1FFF


@lru_cache(maxsize=4096)
def _person_patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """The name in full (given names first or last), and with initials for the given names."""
    parts = [_part(part) for part in re.split(r"[\s\u00a0]+", name.strip()) if re.search(r"\w", part)]
    parts = [part for part in parts if part]
    if not parts:
        return re.compile(r"(?!)"), None
    if len(parts) == 1:
        return re.compile(parts[0]), None
    given, last = parts[:-1], parts[-1]
    middle = "".join(f"(?:{part}{_SEP})?" if _droppable(part) else f"{part}{_SEP}" for part in given[1:])
    straight = f"{given[0]}{_SEP}{_MIDDLE}{middle}{last}"
    reverse = f"{last}{_SEP}{_SEP.join(given)}"
    words = re.split(r"[\s\u00a0]+", fold(name.strip()))
    initials = _SEP.join(re.escape(word[0]) + r"\.?" for word in words[:-1] if word)
    short = rf"(?<!\w){re.escape(words[0][0])}\.?{_SEP}{_MIDDLE}{last}|(?<!\w){initials}{_SEP}{last}"
    return re.compile(f"{straight}|{reverse}"), re.compile(short)


def _part(part: str) -> str:
    """One word of a name, its hyphens and apostrophes optional, its umlauts spelt out or not."""
    variants = {fold(part)}
    lowered = part.casefold()
    for letter, spelt in _UMLAUTS:
        lowered = lowered.replace(letter, spelt)
    variants.add(fold(lowered))
    return "(?:" + "|".join(sorted(_INNER.join(map(re.escape, re.findall(r"[^\W_]+", v))) for v in variants)) + ")"


def _droppable(part: str) -> bool:
    """A middle initial of the original, which copies leave out."""
    return re.fullmatch(r"\(\?:\w\)", part) is not None


@lru_cache(maxsize=4096)
def _organisation_pattern(name: str) -> re.Pattern[str]:
    """The name with or without its article, spaced or not, with `&` or "and"."""
    words = re.findall(r"[^\W_]+|&", fold(name))
    if len(words) > 1 and words[0] in ("the", "el", "la", "le", "los", "les", "die", "der", "das", "il", "o", "a"):
        words = words[1:] if len("".join(words[1:])) > 4 else words
    body = r"[\W_]{0,3}".join(r"(?:&|and)" if word == "&" else re.escape(word) for word in words)
    return re.compile(body or r"(?!)")


def _split_over_blocks(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """A name whose words stand in neighbouring short blocks."""
    found = []
    blocks = subject.page.blocks
    for name in names:
        parts = fold(name).split()
        if len(parts) != 2 or parts[0] not in subject.folded or parts[1] not in subject.folded:
            continue
        for first, second in pairwise(blocks):
            if fold(first.text).strip() == parts[0] and fold(second.text).strip() == parts[1]:
                found.append(Mention(second, 0, len(second.text)))
    return found


def find_misspelt(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """In blocks that give credit: a name one or two letters off. Whether it is the same person, a reader must say."""
    from rapidfuzz.distance import Levenshtein

    found = []
    folded = [(fold(name), len(name.split())) for name in names]
    first, last = subject.match.first_block, subject.match.last_block
    for block in subject.page.blocks[max(0, first - _NEAR) : last + _NEAR]:
        text = subject.texts[block.index]
        if len(text) > 600 or text.isspace() or (len(text) > 80 and not subject.is_credit(block.index)):
            continue
        words = [match.span() for match in _NAME_WORD.finditer(text)]
        for name, size in folded:
            for (start, _), (_, end) in zip(words, words[size - 1 :], strict=False):
                # Lengths first: few stretches of a text are as long as the name.
                if abs(end - start - len(name)) > _MAX_OFF or not text[start].isupper():
                    continue
                if _near(name, fold(text[start:end]), Levenshtein.distance):
                    found.append(Mention(block, start, end, "similar"))
    return found


def _near(name: str, text: str, distance: Callable[..., int]) -> bool:
    """At most two letters off in all, and no word more than a third of itself."""
    if distance(name, text, score_cutoff=2) > 2:
        return False
    pairs = zip(name.split(), text.split(), strict=False)
    return all(distance(a, b) <= max(1, len(a) // 3) for a, b in pairs)
