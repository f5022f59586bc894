"""A byline whose words are the author's in another order, number or spelling: `Min Jun Kim` for `Minjun Kim`, `Minh
Nguyen` for `Nguyễn Văn Minh`, `Petrov I. I.`, `Mohamed Abdulrahman`. Whether it is the author, a person must say.

No word may be left over: whoever has another given name is somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cccheck.checks._names import FAR_EAST, Mention, has_neighbours, stands_alone
from cccheck.checks._person import name_parts
from cccheck.checks._subject import Subject
from cccheck.phrases import fold, name_words, of_languages

_NEAR = 30  # blocks before and after the article
_BLOCKS = 200  # looked at: no page needs so many
_LONG, _SHORT = 600, 80  # characters of a block that gives credit, and of one that may be a byline alone
_WORD = re.compile(rf"[^\W\d_{FAR_EAST}]+(?:['’ʼ‘][^\W\d_{FAR_EAST}]+)*|[^\W\d_]+")
_JOINT = re.compile(r"[.,]?[\s\u00a0]?|[\-‐‑]")  # between the words of one name
# `Ahmed al` of `Ahmed al-Masri`, `Ana G` of `Ana G. Pérez`
GOES_ON = re.compile(r"[\-‐‑'’]\w|(?<=\W\w)\.[\s\u00a0]?[^\W\d_a-z]")
_MOST_WORDS = 7
_TELLING = 4  # letters from which a word with one letter off may be the same
_ABBREVIATED = 3  # letters of a word that stands for a longer one


def find_akin(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """Names in lines of credit near the article, all of whose words are words of one of these names."""
    wanted = [words for words in map(_words, names) if len(words) > 1]
    beginnings = re.compile("|".join(rf"\b{re.escape(word[:2])}" for words in wanted for word in words))
    found = []
    for block in subject.near(_NEAR)[:_BLOCKS] if wanted else ():
        text = subject.texts[block.index]
        if not beginnings.search(subject.folded_texts[block.index]):
            continue  # most lines
        if len(text) > _LONG or text.isspace() or (len(text) > _SHORT and not subject.is_credit(block.index)):
            continue
        for known in wanted:
            for start, end, shown in _stretches(text, known):
                alone = stands_alone(text, start, end) and not has_neighbours(text, start, end)
                if alone and not GOES_ON.match(text, end) and are_akin(shown, known):
                    found.append(Mention(block, start, end, "similar"))
    return found


def _stretches(text: str, known: tuple[str, ...]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Every run of two to seven words that may each be one of the name's, the longer ones first."""
    words = [(match.start(), match.end(), _bare(fold(match[0]))) for match in _WORD.finditer(text)]
    for number, (start, _, _) in enumerate(words):
        last = number
        while last < len(words) and last - number < _MOST_WORDS and _may_be_one(words[last][2], known):
            if last > number and not _JOINT.fullmatch(text, words[last - 1][1], words[last][0]):
                break
            last += 1
        for at in range(last - 1, number, -1) if not text[start].islower() else ():
            yield start, words[at][1], tuple(word for *_, word in words[number : at + 1])


@lru_cache(maxsize=4096)
def _may_be_one(word: str, known: tuple[str, ...]) -> bool:
    """Whether a word can be one of the name's, or a part of one, or two of them."""
    return any(
        word in k or _is_near(word, k) or _is_short(k, word) for some in _merged(known) for k in some
    ) or word in name_words("particles")


@of_languages
@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(_bare(fold(word)) for part in name_parts(name) for word in _WORD.findall(part))


def _bare(word: str) -> str:
    """A word without the article that Arabic writes onto it."""
    if not "\u0600" <= word[:1] <= "\u06ff":
        return word
    return next((word.removeprefix(one) for one in name_words("articles") if _carries(word, one)), word)


def _carries(word: str, article: str) -> bool:
    return word.startswith(article) and len(word) - len(article) >= _ABBREVIATED


def are_akin(shown: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether every word shown is one of the name's, in any order: as it is, nearly, shortened, two in one or one in
    two; and at least two of them are, one of them in full."""
    single = frozenset((*shown, *known))  # words that were put together are no short forms
    return any(_fits(some, words, single) for words in _merged(known) for some in _merged(shown))


def _merged(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words, and these with two neighbours as one."""
    yield words
    for at in range(len(words) - 1):
        yield (*words[:at], words[at] + words[at + 1], *words[at + 2 :])


def _fits(shown: tuple[str, ...], known: tuple[str, ...], single: frozenset[str]) -> bool:
    left, full, part = list(known), 0, 0
    particles = name_words("particles")
    telling = len([word for word in known if word not in particles]) > 1  # else a particle is a name: `Li`
    for word in sorted(shown, key=len, reverse=True):
        match = next((k for k in left if k == word), None) or next((k for k in left if _is_near(word, k)), None)
        short = (k for k in left if {word, k} <= single and (_is_short(word, k) or _is_short(k, word)))
        shortened = next(short, None) if match is None else None
        if match is None and shortened is None:
            if word not in particles:
                return False
            continue
        left.remove(match or shortened or "")
        counts = word not in particles or not telling
        full += counts and match is not None and len(word) > 1
        part += counts and shortened is not None
    return full >= 1 and full + part >= 2


def _is_near(word: str, known: str) -> bool:
    """At most a third of the letters off, and no more than two."""
    from rapidfuzz.distance import OSA

    shorter = min(len(word), len(known))
    most = min(2, shorter // 3)
    return shorter >= _TELLING and OSA.distance(word, known, score_cutoff=most) <= most


def _is_short(word: str, long: str) -> bool:
    """An initial, or the beginning of a word."""
    return long.startswith(word) and len(word) < len(long) and (len(word) == 1 or len(word) >= _ABBREVIATED)
