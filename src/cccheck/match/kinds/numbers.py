"""Numbers and amounts, however they are written: `1,500`, `ten`, `2.5 million`, `5 per cent`, `the third`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from cccheck.match.kinds.vocabulary import Vocabulary

SIGNS = "%$€£¥₹°"
_DIGITS = re.compile(r"\d")
_NUMBER = re.compile(r"([+\-−]?)(\d[\d.,:'’\u00a0\u202f ]*\d|\d)(\D*)$")
_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667"}
_MAX_DIGITS = 40  # longer strings of digits are no amounts: they are compared as they are


@dataclass(frozen=True, slots=True)
class Amounts:
    """What numbers some words hold, in order, of which units; and the words that are left."""

    values: tuple[str, ...]
    units: tuple[str, ...]
    rest: tuple[str, ...]

    def same(self, other: Amounts) -> bool:
        """The same numbers; units only count where both name some."""
        if self.values != other.values:
            return False
        return not self.units or not other.units or self.units == other.units


def amounts(tokens: Sequence[str], words: Vocabulary, *, one: bool = True) -> Amounts:
    """Read folded tokens. `one`: whether `one` is a number here (it often is a pronoun)."""
    reader = _Reader(words, one)
    for number, token in enumerate(tokens):
        reader.read(token, last=number == len(tokens) - 1)
    reader.close()
    return Amounts(tuple(reader.values), tuple(sorted(reader.units)), tuple(reader.rest))


@dataclass
class _Reader:
    """Reads tokens one after the other; a number of several words is closed by what follows it."""

    words: Vocabulary
    one: bool
    values: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    current: Decimal | None = None

    def close(self) -> None:
        """The number that was being read is complete."""
        if self.current is not None:
            self.values.append(_plain(self.current))
            self.current = None

    def read(self, token: str, *, last: bool) -> None:
        """The next token."""
        words, current = self.words, self.current
        value, unit = _number_of(token, words, one=self.one)
        if value is None and token in words.multipliers:
            self.current = (Decimal(1) if current is None else current) * words.multipliers[token]
        elif isinstance(value, Decimal):
            if current is not None and _adds_up(current, value, token, words):
                self.current = current + value
            else:
                self.close()
                self.current = value
        elif value is not None:
            self.close()
            self.values.append(value)
        elif token in words.units or token in SIGNS:
            self.close()
            self.units.append(words.units.get(token, token))
        elif current is None or last or token not in words.number_joiners:
            self.close()
            self.rest.append(token)
        if unit:
            self.units.append(words.units.get(unit, unit))


def _adds_up(current: Decimal, value: Decimal, token: str, words: Vocabulary) -> bool:
    """`twenty` `five`, `two hundred` `six`: a smaller number in words goes on with a round one."""
    if token[:1].isdigit() or token not in words.numbers:
        return False
    return value < current and current % (10 if value < 10 else 100) == 0 and value >= 1


def _number_of(token: str, words: Vocabulary, *, one: bool) -> tuple[Decimal | str | None, str]:
    """The value of one token: a number, a string for what is no amount (`10:30`, `3rd`), or None; and its unit."""
    if token in words.numbers:
        value = words.numbers[token]
        return (None, "") if value == 1 and not one else (value, "")
    if token in words.ordinals:
        return f"{words.ordinals[token]}.", ""
    if "-" in token and not _DIGITS.search(token):
        parts = [words.numbers.get(part) for part in token.split("-")]
        if all(part is not None for part in parts):
            return sum((part for part in parts if part is not None), Decimal(0)), ""
        return None, ""
    if token in _FRACTIONS:
        return Decimal(_FRACTIONS[token]), ""
    if not _DIGITS.search(token):
        return None, ""
    found = _NUMBER.match(token) if len(token) <= _MAX_DIGITS else None
    if found is None:
        return token, ""
    sign, digits, ending = found.groups()
    if ending in words.ordinal_endings or ending == "º":
        return f"{digits}.", ""
    amount = _value(digits, words.decimal)
    if not isinstance(amount, Decimal):
        return amount, ""
    if ending in words.multipliers:
        return amount * words.multipliers[ending], ""
    return -amount if sign in ("-", "−") and sign else amount, ending.strip("-’' ")


def _value(digits: str, decimal: str) -> Decimal | str:
    """Digits with separators. A separator before groups of three parts thousands, unless it is the language's point."""
    if ":" in digits:
        return digits
    kept = re.sub(r"['’\u00a0\u202f ]", "", digits)
    if len(kept) > _MAX_DIGITS:
        return kept
    signs = [char for char in kept if char in ".,"]
    if not signs:
        return _decimal(kept)
    last = signs[-1]
    whole, _, part = kept.rpartition(last)
    grouped = len(part) == 3 and all(len(group) == 3 for group in re.split("[.,]", whole)[1:])
    if signs.count(last) > 1 or (grouped and last != decimal):
        return _decimal(re.sub("[.,]", "", kept)) if grouped or signs.count(last) == 1 else kept
    return _decimal(re.sub("[.,]", "", whole) + "." + part)


def _decimal(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
