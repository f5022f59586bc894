"""Times of day, however they are written: `half past nine`, `9.30pm`, `21:30`, `noon`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cccheck.match.kinds.numbers import amounts
from cccheck.match.kinds.vocabulary import Vocabulary

_DIGITS = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?(\D*)")
_HALF_DAY, _DAY = 12 * 60, 24 * 60
_MOST_WORDS = 6


def same_time(one: Sequence[str], other: Sequence[str], words: Vocabulary) -> bool:
    """Whether two stretches, as folded tokens, are nothing but times of day, and can be the same."""
    return not _minutes(one, words).isdisjoint(_minutes(other, words))


def _minutes(tokens: Sequence[str], words: Vocabulary) -> frozenset[int]:
    """The minutes after midnight that a time of day may mean: two, where nothing says which half of the day; none,
    where the tokens are no time of day."""
    if not 0 < len(tokens) <= _MOST_WORDS:
        return frozenset()
    half: str | None = None
    left: list[str] = []
    for token in tokens:
        found = _DIGITS.fullmatch(token)
        ending = _half_of_day(found[3] if found else token, words)
        half = ending or half
        if found and (ending or not found[3]):
            left.append(token[: len(token) - len(found[3])])
        elif not ending:
            left.append(token)
    at = _read(left, words)
    if at is None:
        return frozenset()
    if len(left) == 1 and left[0] in words.clock["noon"] | words.clock["midnight"]:
        return frozenset({at})
    if half is not None:
        return frozenset({at % _HALF_DAY + (_HALF_DAY if half == "pm" else 0)})
    return frozenset({at}) if at >= _HALF_DAY + 60 or at < 60 else frozenset({at % _DAY, (at + _HALF_DAY) % _DAY})


def _half_of_day(token: str, words: Vocabulary) -> str | None:
    plain = token.replace(".", "").strip()
    return next((half for half in ("am", "pm") if plain in words.clock[half]), None)


def _read(tokens: Sequence[str], words: Vocabulary) -> int | None:
    """Minutes after midnight by the tokens alone."""
    known = words.clock
    kept = [token for token in tokens if token not in known["hour"]]
    if len(kept) == 1:
        if kept[0] in known["noon"] or kept[0] in known["midnight"]:
            return _HALF_DAY if kept[0] in known["noon"] else 0
        found = _DIGITS.fullmatch(kept[0])
        if found and found[2]:
            return _valid(int(found[1]), int(found[2]))
        hour = _number(kept, words)
        return None if hour is None else _valid(hour, 0)
    for at, token in enumerate(kept):
        if token in known["past"] or token in known["to"]:
            minutes, hour = _part(kept[:at], words), _number(kept[at + 1 :], words)
            start = None if hour is None else _valid(hour, 0)
            if minutes is None or start is None:
                return None
            return (start + (minutes if token in known["past"] else -minutes)) % _DAY
    return None


def _part(tokens: Sequence[str], words: Vocabulary) -> int | None:
    """Minutes before or after the hour."""
    known = words.clock
    if len(tokens) == 1 and tokens[0] in known["half"]:
        return 30
    if tokens and tokens[-1] in known["quarter"] and len(tokens) <= 2:
        return 15
    return _number([token for token in tokens if token not in known["minute"]], words)


def _number(tokens: Sequence[str], words: Vocabulary) -> int | None:
    found = amounts(tokens, words)
    one = found.values[0] if len(found.values) == 1 and not found.rest and not found.units else ""
    return int(one) if one.isdigit() and len(one) <= 2 else None


def _valid(hours: int, minutes: int) -> int | None:
    return 60 * hours + minutes if hours < 24 and minutes < 60 else None
