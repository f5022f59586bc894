"""The author's name as other languages write it: declined, with words written onto it, or in another script.

How a language changes names is data (`name_suffixes`, `name_prefixes` in its file of phrases). A changed name is the
author only where that language speaks: "Paula" is another person in English, and the genitive of "Paul" in Polish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from cccheck.checks._names import Mention, stands_alone
from cccheck.checks._subject import Subject
from cccheck.finder import Finder
from cccheck.model import Block
from cccheck.phrases import Language, fold, fold_with_offsets, languages, pattern
from cccheck.scripts import script_of, scripts_of, sound_alike

_SEP = r"[\W_]{1,3}"
_SPEAKS = ("byline", "byline_after", "credit", "this_text")
_NEAR = 30  # blocks before and after the article in which a name in another script is looked for
_LONG = 600  # characters; a longer block is no credit line
_SHORT = 80  # characters; a line so short may be a byline
_MOST_WORDS = 5  # of a name
# A letter with its marks, apostrophes, hyphens and middle dots: a word of a name in any script.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e'’׳・·\-](?!\s))*")
_SPACE = re.compile(r"[\s\u00a0.＝=]{1,2}")
_INNER = re.compile(r"[\s・·＝=]")  # what stands between the words of a name
_ONE_WORD = ("HAN", "KANA", "HANGUL")  # scripts in which a whole name may be one word
_AFTER_BYLINE = re.compile(r"\s*(?:[:：/／=＝|｜丨—–-]\s*)?")
_OPENS = re.compile(r"(?:^|[.!?。！？।|/／\n(（«“„\"])\s*$")


def find_declined(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """Mentions of a person with the endings or prefixes of a language, in lines in which that language speaks."""
    found: list[Mention] = []
    for name in names:
        words = fold(name).split()
        stem = words[-1][: max(3, len(words[-1]) - 3)] if words else ""
        if not stem or stem not in subject.folded:
            continue
        for block, short in zip(subject.page.blocks, subject.folded_texts, strict=True):
            if stem in short:
                found.extend(_declined_in(subject, block, tuple(words)))
    return found


def _declined_in(subject: Subject, block: Block, words: tuple[str, ...]) -> Iterator[Mention]:
    text = subject.texts[block.index]
    folded, offsets = fold_with_offsets(text)
    for code, speaker in _speakers().items():
        if not speaker.holds(folded):  # first: a pattern takes longer to compile than a page to search
            continue
        for match in _declined(code, words).finditer(folded):
            start, end = offsets[match.start()], offsets[match.end() - 1] + 1
            if stands_alone(text, start, end):
                yield Mention(block, start, end)


@cache
def _speakers() -> dict[str, Finder]:
    """What shows that a language speaks, of those languages that change names."""
    return {
        code: Finder(fold(phrase) for meaning in _SPEAKS for phrase in language.phrases[meaning] if len(phrase) > 2)
        for code, language in languages().items()
        if language.suffixes or language.prefixes
    }


@lru_cache(maxsize=4096)
def _declined(code: str, words: tuple[str, ...]) -> re.Pattern[str]:
    """The name with its family name changed, or a given name in -a changed before a family name that stays."""
    language = languages()[code]
    *given, last = words
    any_given = [_any([word, *_changed(word, language)]) for word in given]
    orders = [[*any_given, _any(_changed(last, language))], [_any(_changed(last, language)), *any_given]]
    if given and given[0].endswith(("a", "а", "я")):
        orders.append([_any(_changed(given[0], language)), *any_given[1:], re.escape(last)])
    if language.prefixes:
        orders.append([*any_given, re.escape(last)])
    prefix = f"{_any(list(map(fold, language.prefixes)))}?" if language.prefixes else ""
    return re.compile(prefix + "(?:" + "|".join(_SEP.join(order) for order in orders) + ")")


def _changed(word: str, language: Language) -> list[str]:
    """The forms that a language makes of one word of a name."""
    endings = [(fold(old), fold(new)) for old, new in language.suffixes]
    return [word.removesuffix(old) + new for old, new in endings if word.endswith(old) and len(word) > len(old) + 1]


def _any(forms: list[str]) -> str:
    """Any of the forms, the longest first."""
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")" if ordered else "(?!)"


def find_in_other_script(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """What may be the author in another script: a name that sounds like theirs, or whoever a credit to this work names.

    A person must say whether it is.
    """
    own = scripts_of(names[0])
    first, last = subject.match.first_block, subject.match.last_block
    found: list[Mention] = []
    for block in subject.page.blocks[max(0, first - _NEAR) : last + _NEAR]:
        text = subject.texts[block.index]
        if text.isspace() or len(text) > _LONG or (text.isascii() and own == {"LATIN"}):
            continue
        if not scripts_of(text) <= own:
            found.extend(_strangers(subject, block, names, own))
    return found


def _strangers(subject: Subject, block: Block, names: tuple[str, ...], own: set[str]) -> Iterator[Mention]:
    text = subject.texts[block.index]
    if not subject.is_credit(block.index) and len(text) > _SHORT:
        return
    said = _said(text)
    credited = _credited_at(text, own) if block.index in subject.linked_blocks else frozenset()
    for start, end in _names_in(text, own):
        if any(start < last and first < end for first, last in said):
            continue
        named = start in credited and (_INNER.search(text, start, end) or script_of(text[start]) in _ONE_WORD)
        if named or any(sound_alike(name, text[start:end]) for name in names):
            yield Mention(block, start, end, "similar")


def _said(text: str) -> list[tuple[int, int]]:
    """Where the words of credit themselves stand: they are nobody's name."""
    folded, offsets = fold_with_offsets(text)
    found = [phrase for meaning in _SPEAKS for phrase in pattern(meaning).finditer(folded)]
    return [(offsets[phrase.start()], offsets[phrase.end() - 1] + 1) for phrase in found]


def _credited_at(text: str, own: set[str]) -> frozenset[int]:
    """Where somebody is named after a word such as "author" that opens a sentence or has a colon. Nowhere, if somebody
    is named in the author's own script."""
    folded, offsets = fold_with_offsets(text)
    found = set()
    for byline in pattern("byline").finditer(folded):
        start, end = offsets[byline.start()], offsets[byline.end() - 1] + 1
        sign = _AFTER_BYLINE.match(text, end)
        at = sign.end() if sign else end
        if at < len(text) and text[at].isupper() and script_of(text[at]) in own:
            return frozenset()
        if (sign and sign[0].strip()) or _OPENS.search(text, 0, start):
            found.add(at)
    return frozenset(found)


def _names_in(text: str, own: set[str]) -> Iterator[tuple[int, int]]:
    """Runs of one to five words in another script than the author's."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    for number, (start, _) in enumerate(words):
        if script_of(text[start]) in own or text[start].islower():
            continue
        for at, (begin, end) in enumerate(words[number : number + _MOST_WORDS], number):
            if at > number and not _SPACE.fullmatch(text, words[at - 1][1], begin):
                break
            if script_of(text[begin]) in own:
                break
            yield start, end
