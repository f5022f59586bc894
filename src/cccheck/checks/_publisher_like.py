"""The publisher's name in a line of credit, not as it is written: pulled apart or together, misspelt, garbled, in part,
as an acronym, in another script. Whether it is the publisher, a person must say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cccheck.checks._akin import GOES_ON, are_akin
from cccheck.checks._garbled import garbled
from cccheck.checks._names import Mention, has_neighbours
from cccheck.checks._subject import Subject
from cccheck.phrases import fold, name_words, pattern, says
from cccheck.scripts import script_of, sound_alike

_NEAR = 30  # blocks before and after the article
_BLOCKS = 200  # looked at: no page needs so many
_LONG = 600  # characters; a longer block is no line of credit
_AWAY = frozenset({"comments", "nav", "related", "other", "ad"})
_OF = re.compile(r"[\s\u00a0][^\W\d_A-Z]{1,4}[\s\u00a0][A-Z]")  # `Voices of Africa`
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 7
_LETTERS = 6  # of a name that may be pulled apart, misspelt or given in part
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_AFTER = 30  # characters between a word of credit and an acronym or a part of the name


def find_publisher_like(subject: Subject) -> list[Mention]:
    """What may be the publisher in lines of credit near the article."""
    publisher = subject.work.publisher
    names = [name for name in (publisher.name, *publisher.aliases) if "." not in name.strip(".")]
    found = []
    for block in subject.near(_NEAR)[:_BLOCKS]:
        text = subject.texts[block.index]
        if len(text) > _LONG or text.isspace() or not subject.says("credit", block.index):
            continue
        away = not _AWAY.isdisjoint(subject.layout.parts(block)) or block.index in subject.teasers
        if away or subject.layout.visible(block)[0] != "visible":
            continue
        for name in names:
            found += [Mention(block, start, end, "similar") for start, end in _places(text, name)]
    return found


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    wanted = garbled(name)
    for match in wanted.finditer(text) if wanted is not None else ():
        yield match.span()
    known = _words(name)
    joined = {"".join(known), "".join(_WORD.findall(fold(name.casefold().translate(_UMLAUTS))))}
    words = [(match.start(), match.end(), fold(match[0])) for match in _WORD.finditer(text)]
    for number, (start, _, _) in enumerate(words):
        run = ""
        for at in range(number, min(number + _MOST_WORDS, len(words))):
            run += words[at][2]
            end, shown = words[at][1], tuple(word for *_, word in words[number : at + 1])
            part = _is_part(text, start, shown, known) and not _OF.match(text, end)
            close = part or _is_like(run, shown, joined, known)
            other = script_of(text[start]) not in ("", script_of(name[0])) and sound_alike(name, text[start:end])
            if other or (close and not (has_neighbours(text, start, end) or GOES_ON.match(text, end))):
                yield start, end


@lru_cache(maxsize=512)
def _words(name: str) -> tuple[str, ...]:
    words = tuple(map(fold, _WORD.findall(name)))
    return words[1:] if len(words) > 1 and words[0] in name_words("articles") else words


def _is_like(run: str, shown: tuple[str, ...], joined: set[str], known: tuple[str, ...]) -> bool:
    """The same letters with other gaps, or a letter or two off in all."""
    from rapidfuzz.distance import OSA

    size = min(map(len, joined))
    if len(run) < _LETTERS or size < _LETTERS or abs(len(run) - size) > size // 2:
        return False
    off = 0 if size < 2 * _LETTERS - 4 else 1 if size < 2 * _LETTERS else 2
    if any(OSA.distance(run, one, score_cutoff=off) <= off for one in joined):
        return True
    return len(shown) == len(known) > 1 and are_akin(shown, known)


def _is_part(text: str, start: int, shown: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """After a word of credit: the acronym, or one or more long words of the name and no others."""
    if not text[start].isupper() or len(known) < 2:
        return False
    lead = fold(text[max(0, start - _AFTER) : start])
    said = list(pattern("credit").finditer(lead))
    if not said or len(_WORD.findall(lead[said[-1].end() :])) > 2:
        return False
    whole = [word for word in shown if word not in name_words("articles")]
    acronyms = {"".join(word[0] for word in known), "t" + "".join(word[0] for word in known)}
    if len(whole) == 1 and whole[0] in acronyms and text[start : start + len(whole[0])].isupper():
        return True
    return bool(whole) and set(whole) <= set(known) and max(map(len, whole)) >= _LETTERS and not says("photo", lead)
