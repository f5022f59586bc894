"""Times and places that an editor adjusts for other readers: "today" → "on Tuesday", "here" → "in Melbourne"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cccheck.match.kinds.sameness import unabbreviated
from cccheck.match.kinds.source import TOKEN, bare
from cccheck.match.kinds.vocabulary import Vocabulary

_YEAR = re.compile(r"(1[89]|20)\d\ds?")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_AFTER_DATELINE = re.compile(r"[\s).,]*[–—―|-]")
_MAX_WORDS = 9  # of a side: longer stretches are sentences
_DATELINE_WORDS = 8


def adjusted(here: Sequence[str], there: Sequence[str], original: str, copy: str, words: Vocabulary) -> str | None:
    """`time`, `place` or None. Folded tokens of both sides, and both as written."""
    if max(len(here), len(there)) > _MAX_WORDS:
        return None
    if _time_adjusted(_expanded(here, words), _expanded(there, words), words):
        return "time"
    if _place_adjusted(here, copy, words) or _place_adjusted(there, original, words):
        return "place"
    if (not here and _names_region(copy, words)) or (not there and _names_region(original, words)):
        return "place"
    return None


def _expanded(tokens: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    return tuple(token.removesuffix("'s") for token in unabbreviated(tuple(t.replace(".", "") for t in tokens), words))


def _time_adjusted(one: Sequence[str], other: Sequence[str], words: Vocabulary) -> bool:
    kinds = [_time_kinds(side, words) for side in (one, other)]
    if not one or not other:
        side = one or other
        return bool(kinds[0] or kinds[1]) and not _ambiguous(side, words)
    here, there = kinds
    if not here or not there:
        return False
    if "relative" in here | there:
        return True
    absolute = [kind - {"unit", "number"} for kind in (here, there)]
    return bool(absolute[0] and absolute[1]) and not absolute[0] & absolute[1]


def _ambiguous(tokens: Sequence[str], words: Vocabulary) -> bool:
    """`may` alone is as a rule no month."""
    return len(tokens) == 1 and tokens[0] in words.common


def _time_kinds(tokens: Sequence[str], words: Vocabulary) -> frozenset[str] | None:
    """What kinds of words of time a stretch is made of (`relative`, `day`, `month`, `year`, `clock`, `date`, `unit`,
    `number`), or None: of other words too, or of nothing that tells a time."""
    kinds: set[str] = set()
    for token in tokens:
        kind = _time_kind(token, words)
        if kind is None:
            return None
        kinds.add(kind)
    if "determiner" in kinds and kinds & {"unit", "day", "month"}:
        kinds.add("relative")
    found = frozenset(kinds - {"glue", "determiner"})
    return found if found - {"number", "unit"} else None


def _time_kind(token: str, words: Vocabulary) -> str | None:
    if token in words.days:
        return "day"
    if token in words.months:
        return "month"
    if token in words.time_relative:
        return "relative"
    if token in words.time_determiners:
        return "determiner"
    if token in words.time_units or token.rstrip("s") in words.time_units:
        return "unit"
    if token in words.time_glue:
        return "glue"
    if _YEAR.fullmatch(token):
        return "year"
    if _CLOCK.match(token):
        return "clock"
    if _DATE.fullmatch(token):
        return "date"
    if token.isdigit() or token in words.numbers or token in words.ordinals:
        return "number"
    return "number" if token[:1].isdigit() and token.lstrip("0123456789") in words.ordinal_endings else None


def _place_adjusted(relative: Sequence[str], named: str, words: Vocabulary) -> bool:
    """ "here", "this country" on one side; on the other a name, with a preposition at most."""
    left = " ".join(token.removesuffix("'s") for token in relative)
    if not left or not named:
        return False
    stripped = " ".join(token for token in left.split() if token not in words.place_glue)
    if left not in words.place_relative and stripped not in words.place_relative:
        return False
    return _only_names(named, words)


def _only_names(text: str, words: Vocabulary) -> bool:
    found = [match[0] for match in TOKEN.finditer(text)]
    names = [word for word in found if word[0].isupper() and bare(word) not in words.common]
    return bool(names) and all(word in names or bare(word) in words.place_glue for word in found)


def _names_region(text: str, words: Vocabulary) -> bool:
    """ ", Oregon", "in Australia", "Australia's": nothing but the name of a region."""
    found = [bare(match[0]) for match in TOKEN.finditer(text)]
    while found and found[0] in words.place_glue:
        del found[0]
    while found and found[-1] in words.place_glue:
        del found[-1]
    line = " ".join(found)
    return line in words.regions or (
        unabbreviated((line,), words) != (line,) and " ".join(unabbreviated((line,), words)) in words.regions
    )


def is_dateline(text: str, following: str) -> bool:
    """A place, perhaps with a date, before an article's first words: `LONDON, 3 May —`, `PARIS (AP) -`."""
    found = TOKEN.findall(text)
    if not found or len(found) > _DATELINE_WORDS or not any(word[0].isupper() for word in found):
        return False
    return _AFTER_DATELINE.match(following) is not None
