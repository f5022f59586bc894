"""Known names found in a page's text: in any form a copy may give them (`_person.py`), glued to a neighbour, misspelt.

The names are known from the work: nothing is guessed from the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from cccheck.checks._garbled import garbled
from cccheck.checks._person import Form, Likeness, compiled, forms
from cccheck.checks._subject import Subject
from cccheck.model import Block
from cccheck.phrases import fold, fold_with_offsets, name_words, of_languages, pattern, says
from cccheck.scripts import script_of

_OPENING_ARTICLE = re.compile(r"\s[^\W\d_]{1,4}$")
_REACH = 60  # characters before a name in which a word is looked for
_WORD_BEFORE = re.compile(r"([^\W\d_][\w’'\-]+)[ \u00a0]$")
_WORD_AFTER = re.compile(r"[ \u00a0]([^\W\d_][\w’'\-]+)")
_FAR = 6  # characters between a word of credit and a name in small letters: a colon, an article
# Up to the next script: a name in Latin letters has Japanese or Korean written right onto it.
FAR_EAST = r"\u0e00-\u1dff\u2e80-\uffff"
_NAME_WORD = re.compile(rf"[^\W\d_{FAR_EAST}](?:[^\W{FAR_EAST}]|['’\-])*|[^\W\d_][\w'’\-]*")
_MAX_OFF = 4  # letters by which a misspelt name, as written, may be longer or shorter
_LONG = 600  # characters; a longer block is no credit line
_BLOCKS = 200  # looked at for garbled names: no page needs so many
_NEAR = 30  # blocks before and after the article in which a misspelt name is looked for


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at `start` to `end` of a block's text. `initial`: the first names shortened; `similar`: misspelt."""

    block: Block
    start: int
    end: int
    likeness: Likeness = "full"


def find_person(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """Every mention of a person under any of their names, whole, outside the article's own text."""
    return _find_forms(subject, names, "full") or _split_over_blocks(subject, names)


def find_shortened(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """The same for shorter forms: initials, a name of several left out."""
    return _find_forms(subject, names, "initial")


def _find_forms(subject: Subject, names: tuple[str, ...], likeness: Likeness) -> list[Mention]:
    family = tuple(author.name for author in subject.work.authors if author.name not in names)
    wanted = [form for name in names for form in forms(name, family) if form.likeness == likeness]
    return [m for form in wanted if form.key in subject.folded for m in _find_form(subject, form)]


def _find_form(subject: Subject, form: Form) -> Iterator[Mention]:
    return _find(subject, compiled(form.pattern), form.key, form.likeness, alone=form.alone)


def find_name(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """Every mention of an organisation under any of its names; a name spelt with a capital must have one, unless a word
    of credit stands right before it."""
    found: list[Mention] = []
    for name in names:
        if _key(name) not in subject.folded:
            continue  # a pattern takes longer to compile than many pages take to search
        for mention in _find(subject, _organisation_pattern(name), _key(name), "full"):
            text = mention.block.text[mention.start : mention.end]
            if _is_written_as_name(text, name) or _is_credited_in_small_letters(subject, mention, name):
                found.append(mention)
    return found


def _is_written_as_name(text: str, name: str) -> bool:
    """`Time` is a magazine where it has a capital, else a word."""
    cased = [c for c in text if c.isupper() or c.islower()]
    return not cased or not any(c.isupper() for c in name) or any(c.isupper() for c in text) or "." in name


def _is_credited_in_small_letters(subject: Subject, mention: Mention, name: str) -> bool:
    """`source: the tidewater courier`: a name of several words right after a word of credit."""
    words = [word for word in re.findall(r"[^\W_]+", fold(name)) if word not in name_words("articles")]
    if len(words) < 2:
        return False
    before, _ = subject.line(mention.block.index, mention.start, mention.end)
    lead = _OPENING_ARTICLE.sub("", fold(before).rstrip(" \"'“”«»„"))
    last = max((credit.end() for credit in pattern("credit").finditer(lead)), default=-_FAR)
    return len(lead) - last <= _FAR and re.search(r"\w", lead[last:]) is None


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """The longest word of a name: what to look for first."""
    words: list[str] = re.findall(r"[^\W_]+", fold(name))
    return max(words or [fold(name)], key=len)


def _find(
    subject: Subject, pattern: re.Pattern[str], key: str, likeness: Likeness, *, alone: bool = False
) -> Iterator[Mention]:
    for number, short in enumerate(subject.folded_texts):
        if key not in short:
            continue
        if pattern.search(short) is None:  # only where there is one are offsets needed
            continue
        text = subject.texts[number]
        folded, offsets = fold_with_offsets(text)
        for match in pattern.finditer(folded):
            start, end = offsets[match.start()], offsets[match.end() - 1] + 1
            if not stands_alone(text, start, end) or (alone and has_neighbours(text, start, end)):
                continue
            put = match["put"] if "put" in pattern.groupindex else None
            if put is None or _is_put_as_name(text[offsets[match.start("put")]], put):
                yield Mention(subject.page.blocks[number], start, end, likeness)


def _is_put_as_name(first: str, word: str) -> bool:
    """Whether a word put into a name is one of a name: `Maren Louise Oakhollow`, not `Maren and Oakhollow`."""
    return not first.islower() and not says("joiner", word)


def has_neighbours(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital stands right before or after: then a shortened name is part of another one."""
    before, after = _WORD_BEFORE.search(text, max(0, start - _REACH), start), _WORD_AFTER.match(text, end)
    if before is not None and before[1][0].isupper() and not says("byline", fold(before[1])):
        return True
    return after is not None and after[1][0].isupper()


def stands_alone(text: str, start: int, end: int) -> bool:
    """At word boundaries, or glued to a neighbour as careless mark-up does (`ByJames HolbrooksStaff`, `ByJAMES
    HOLBROOKSMarch 3`, `James Holbrooks3 March`)."""
    before, after, next_one = text[start - 1 : start], text[end : end + 1], text[end + 1 : end + 2]
    new_word = after.isupper() and (text[end - 1].islower() or next_one.islower())
    return not (
        (_joins(before, text[start]) and not (before.isdigit() or (before.islower() and text[start].isupper())))
        or (_joins(after, text[end - 1]) and not (after.isdigit() or new_word))
    )


def _joins(neighbour: str, char: str) -> bool:
    """Whether two characters make one word: of one script that puts spaces between words (`Eklund가` is two)."""
    if not (neighbour.isalnum() and _spaced(neighbour) and _spaced(char)):
        return False
    return (script_of(neighbour) or "LATIN") == (script_of(char) or "LATIN")


def _spaced(char: str) -> bool:
    """Whether the character's script puts spaces between words."""
    return ord(char) < 0x0E00 or 0xAC00 <= ord(char) <= 0xD7FF or 0x1E00 <= ord(char) <= 0x1FFF


@of_languages
@lru_cache(maxsize=4096)
def _organisation_pattern(name: str) -> re.Pattern[str]:
    """The name with or without its article, spaced or not, with `&` or "and"."""
    words = re.findall(r"[^\W_]+|&", fold(name))
    if len(words) > 1 and words[0] in name_words("articles"):
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


def find_garbled(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """A name whose letters were read in another code (`JosÃ©` for `José`), were lost (`Jos?`) or are written out
    (`Jos&eacute;`)."""
    return [
        Mention(block, match.start(), match.end(), "similar")
        for wanted in filter(None, map(garbled, names))
        for block in subject.near(_NEAR)[:_BLOCKS]
        if len(subject.texts[block.index]) <= _LONG
        for match in wanted.finditer(subject.texts[block.index])
    ]


def find_misspelt(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """In blocks that give credit: a name one or two letters off, or with two swapped. A reader must say whose it is."""
    from rapidfuzz.distance import OSA

    found = []
    folded = [(fold(name), len(name.split())) for name in names]
    for block in subject.near(_NEAR):
        text = subject.texts[block.index]
        if len(text) > _LONG or text.isspace() or (len(text) > 80 and not subject.is_credit(block.index)):
            continue
        words = [match.span() for match in _NAME_WORD.finditer(text)]
        for name, size in folded:
            for (start, _), (_, end) in zip(words, words[size - 1 :], strict=False):
                # Lengths first: few stretches of a text are as long as the name.
                if abs(end - start - len(name)) > _MAX_OFF or not text[start].isupper():
                    continue
                if _near(name, fold(text[start:end]), OSA.distance):
                    found.append(Mention(block, start, end, "similar"))
    return found


def _near(name: str, text: str, distance: Callable[..., int]) -> bool:
    """At most two letters off in all, and no word more than a third of itself."""
    if distance(name, text, score_cutoff=2) > 2:
        return False
    pairs = zip(name.split(), text.split(), strict=False)
    return all(distance(a, b) <= max(1, len(a) // 3) for a, b in pairs)
