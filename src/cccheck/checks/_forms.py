"""The author's name as other languages write it: declined, with words written onto it, or in another script.

How a language changes names is data (`name_suffixes`, `name_prefixes` in its file of phrases). A changed name is the
author only where that language speaks: "Paula" is another person in English, and the genitive of "Paul" in Polish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from cccheck.checks._names import Mention, stands_alone
from cccheck.checks._person import name_parts
from cccheck.checks._subject import Subject
from cccheck.finder import Finder
from cccheck.model import Block
from cccheck.phrases import Language, fold, fold_with_offsets, languages, of_languages, pattern
from cccheck.scripts import script_of, scripts_of, sound_alike

_SEP = r"[\W_]{1,3}"
_SPEAKS = ("byline", "byline_after", "credit", "this_text")
_NEAR = 30  # blocks before and after the article in which a name in another script is looked for
_LONG = 600  # characters; a longer block is no credit line
_SHORT = 80  # characters; a line so short may be a byline
_MOST_WORDS = 5  # of a name
_PARTICLE = 3  # letters of a word of a name that may be small: `van`, `de`
# A letter with its marks, apostrophes, hyphens and middle dots: a word of a name in any script.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e]|['’׳・·\-](?!\s))*")
_SPACE = re.compile(r"[\s\u00a0.＝=]{1,2}")
_INNER = re.compile(r"[\s・·＝=]")  # what stands between the words of a name
_ONE_WORD = ("HAN", "KANA", "HANGUL")  # scripts in which a whole name may be one word
_AFTER_BYLINE = re.compile(r"[名명]?\s*(?:[:：/／=＝|｜丨—–-]\s*)?")
_LISTED = re.compile(r"\s*[,，、،;؛|｜/／(（—–]")
_SENTENCE_END = re.compile(r"[.!?。！？।]")
_HIRAGANA = re.compile("[\u3041-\u309f]")
_WORDS = (*_SPEAKS, "staff", "role", "joiner")
_CLOSE = 8  # blocks before and after the article in which a line that is nothing but a name may be its byline
_TO_VERB = 40  # characters between a name and what says that they wrote
_REACH = 40  # characters before a name: an opening mark and blanks
_OPENS = re.compile(r"(?:^|[.!?。！？।|/／\n(（«“„\"])\s*$")


def find_declined(subject: Subject, names: tuple[str, ...], *, person: bool = True) -> list[Mention]:
    """Mentions of a name with the endings or prefixes of a language, in lines in which that language speaks."""
    found: list[Mention] = []
    for name in names:
        words = tuple(map(fold, name_parts(name))) if person else tuple(fold(name).split())
        stem = words[-1][: max(2 if len(words[-1]) < 4 else 3, len(words[-1]) - 3)] if words else ""
        if not stem or stem not in subject.folded:
            continue
        for block, short in zip(subject.page.blocks, subject.folded_texts, strict=True):
            if stem in short:
                found.extend(_declined_in(subject, block, words, person=person))
    return found


def _declined_in(subject: Subject, block: Block, words: tuple[str, ...], *, person: bool) -> Iterator[Mention]:
    text = subject.texts[block.index]
    folded, offsets = fold_with_offsets(text)
    for code, speaker in _speakers().items():
        prefixes = tuple(fold(prefix) for prefix in languages()[code].prefixes)
        # First: a pattern takes longer to compile than a page to search.
        if not speaker.holds(folded) and not any(prefix in folded for prefix in prefixes):
            continue
        for match in _declined(code, words, person=person).finditer(folded):
            start, end = offsets[match.start()], offsets[match.end() - 1] + 1
            if stands_alone(text, start, end) and (match[0].startswith(prefixes) or speaker.holds(folded)):
                yield Mention(block, start, end)


@of_languages
@cache
def _speakers() -> dict[str, Finder]:
    """What shows that a language speaks, of those languages that change names."""
    return {
        code: Finder(
            fold(p) for m in _SPEAKS for p in language.phrases[m] if len(p) > 2 or script_of(p[0]) in _ONE_WORD
        )
        for code, language in languages().items()
        if language.suffixes or language.prefixes
    }


@of_languages
@lru_cache(maxsize=4096)
def _declined(code: str, words: tuple[str, ...], *, person: bool = True) -> re.Pattern[str]:
    """The name with its last word changed; or with a given name changed before a family name that stays, as far as the
    change takes something away (`Ελένη` → `Ελένης`; `Paul` → `Paula` may be somebody else)."""
    language = languages()[code]
    *given, last = words
    any_given = [_any([word, *_changed(word, language)]) for word in given]
    orders = [[*any_given, _any(_changed(last, language))], [_any(_changed(last, language)), *any_given]]
    if given:
        endings = 0 if not person else 1
        orders.append([_any(_changed(given[0], language, endings)), *any_given[1:], re.escape(last)])
    if language.prefixes:
        orders.append([*any_given, re.escape(last)])
    prefix = f"{_any(list(map(fold, language.prefixes)))}?" if language.prefixes else ""
    return re.compile(prefix + "(?:" + "|".join(_SEP.join(order) for order in orders) + ")")


def _changed(word: str, language: Language, shortest: int = 0) -> list[str]:
    """The forms that a language makes of one word of a name. `shortest`: so many letters the change takes away."""
    endings = [(fold(old), fold(new)) for old, new in language.suffixes if len(old) >= shortest]
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
    found: list[Mention] = []
    for block in subject.near(_NEAR):
        text = subject.texts[block.index]
        if text.isspace() or len(text) > _LONG or (text.isascii() and own == {"LATIN"}):
            continue
        if not scripts_of(text) <= own:
            found.extend(_strangers(subject, block, names, own))
    return found


def _strangers(subject: Subject, block: Block, names: tuple[str, ...], own: set[str]) -> Iterator[Mention]:
    text, credit = subject.texts[block.index], subject.is_credit(block.index)
    if not credit and len(text) > _SHORT:
        return
    left = _without_words(text)
    labelled = _labels(text, own) if block.index in subject.linked_blocks else None
    for start, end in _names_in(left, own):
        several = _INNER.search(text, start, end) is not None
        named = labelled and (several or script_of(text[start]) in _ONE_WORD) and labelled.point_to(text, start, end)
        byline = credit or _is_all(subject, block, left, start, end)
        if named or (byline and any(_may_be(name, text[start:end], several) for name in names)):
            yield Mention(block, start, end, "similar")


def _may_be(name: str, text: str, several: bool) -> bool:
    """Whether a name sounds like the author's, perhaps without middle names. One word is no name of two, but in scripts
    that write them as one."""
    words = name.split()
    one_word = len(words) == 1 and script_of(name[0]) not in _ONE_WORD
    if not (several or one_word or script_of(text[0]) in _ONE_WORD):
        return False
    return sound_alike(name, text) or (len(words) > 2 and sound_alike(f"{words[0]} {words[-1]}", text))


def _is_all(subject: Subject, block: Block, left: str, start: int, end: int) -> bool:
    """Whether a line without words of credit is a byline: close to the article, and no other words in it."""
    first, last = subject.match.first_block, subject.match.last_block
    close = first - _CLOSE <= block.index <= last + _CLOSE
    return close and not _WORD.search(left, 0, start) and not _WORD.search(left, end)


def _without_words(text: str) -> str:
    """The text with the words of credit blanked out, which are nobody's name, and hiragana, which joins words."""
    folded, offsets = fold_with_offsets(text)
    left = list(text)
    for meaning in _WORDS:
        for phrase in pattern(meaning).finditer(folded):
            first, last = offsets[phrase.start()], offsets[phrase.end() - 1] + 1
            left[first:last] = " " * (last - first)
    return _HIRAGANA.sub(" ", "".join(left))


@dataclass(frozen=True)
class _Labels:
    """Where a credit names somebody: after a word such as "author", before one such as "wrote", first in a list."""

    after: frozenset[int]
    before: tuple[int, ...]

    def point_to(self, text: str, start: int, end: int) -> bool:
        verbs = [at for at in self.before if 0 <= at - end <= _TO_VERB]
        if start in self.after or any(_SENTENCE_END.search(text, end, at) is None for at in verbs):
            return True
        return _opens(text, start) and _LISTED.match(text, end) is not None


def _opens(text: str, at: int) -> bool:
    """Whether a line, a sentence or a bracket begins there."""
    return _OPENS.search(text, max(0, at - _REACH), at) is not None


def _labels(text: str, own: set[str]) -> _Labels | None:
    """Where names are to be looked for; nowhere, if somebody is named in the author's own script."""
    folded, offsets = fold_with_offsets(text)
    found = set()
    for byline in pattern("byline").finditer(folded):
        if folded[: byline.start()].endswith(("cc ", "cc-")):
            continue  # the "BY" of a licence
        start, end = offsets[byline.start()], offsets[byline.end() - 1] + 1
        sign = _AFTER_BYLINE.match(text, end)
        at = sign.end() if sign else end
        if at < len(text) and text[at].isupper() and script_of(text[at]) in own:
            return None
        if (sign and sign[0].strip()) or script_of(text[end - 1]) in _ONE_WORD or _opens(text, start):
            found.add(at)
    verbs = tuple(offsets[verb.start()] for verb in pattern("byline_after").finditer(folded))
    return _Labels(frozenset(found), verbs)


def _names_in(text: str, own: set[str]) -> Iterator[tuple[int, int]]:
    """Runs of one to five words in another script than the author's, of two letters or more, the last no small one."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    for number, (start, _) in enumerate(words):
        if script_of(text[start]) in own or text[start].islower():
            continue
        for at, (begin, end) in enumerate(words[number : number + _MOST_WORDS], number):
            if at > number and not _SPACE.fullmatch(text, words[at - 1][1], begin):
                break
            small = not any(map(str.isupper, text[begin:end])) and text[begin].islower()  # `al-Sharif` is none
            if script_of(text[begin]) in own or (small and end - begin > _PARTICLE):
                break
            if not small and end - start > 1:
                yield start, end
