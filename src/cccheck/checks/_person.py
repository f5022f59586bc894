"""A person's name as copies write it: from one known name, the patterns of its other spellings. Nothing of a page here.

Titles and degrees come and go, middle names are put in and left out, the family name stands first, given names shrink
to initials, umlauts are spelt out, authors of one family share its name. What such words are is data (`honorifics`,
`degrees`, `particles`, `articles` in the files of phrases).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from cccheck.phrases import fold, joiners, name_words, of_languages
from cccheck.scripts import script_of

Likeness = Literal["full", "initial", "similar"]
_SEP = r"[\W_]{1,3}"
_CLOSE = r"[\W_]{0,3}"  # after a particle: `Mc Donald`, `عبد الله`
_INNER = r"[\W_]{0,2}"  # where a hyphen or an apostrophe may stand
_ANY_INITIALS = rf"(?:[^\W\d_]\.?{_SEP}){{0,2}}"  # middle initials that the copy puts in
# A word put in between, to be looked at once more: a middle name with a capital, or a nickname in quotation marks.
_PUT_IN = r"(?:[\s\u00a0](?P<put>[^\W\d_][\w’'\-]{1,20})|[\s\u00a0][\"“”„«(‘'][^\W\d_][\w\- ]{0,20}[\"“”»)’'])?"
_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa"))
_DENSE = frozenset({"HAN", "KANA", "HANGUL"})  # scripts in which given and family name are written together
_SHORTEST = 3  # letters of a given name in short, or of half a family name
_BREAKABLE = 7  # letters from which a word may be written as two (`Mc Donaldson`)


class Form(NamedTuple):
    """One way to write a name. `key`: folded letters without which it does not stand in a text.

    A group `put` in the pattern is a word or letter that must be written as a name is. `alone`: no other word of a name
    may stand beside it, or it is somebody else's.
    """

    pattern: str
    key: str
    likeness: Likeness = "full"
    alone: bool = False


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, ready: few names of a catalogue ever stand on a page."""
    return re.compile(pattern)


@of_languages
@lru_cache(maxsize=4096)
def forms(name: str, family: tuple[str, ...] = ()) -> tuple[Form, ...]:
    """Every form of a name; `family`: the other authors of the work, for those who share the family name."""
    words = name_parts(name)
    if not words:
        return ()
    if len(words) == 1:
        return (Form(_spelt(words[0]), _key(words)),)
    return (*_whole(words), *_shared(words, family), *_shortened(words))


@of_languages
@lru_cache(maxsize=4096)
def name_parts(name: str) -> tuple[str, ...]:
    """The words of a name, given names first, without titles and degrees (as long as two words are left)."""
    pieces = [_split(piece) for piece in name.split(",")]
    rest = [piece for piece in pieces[1:] if not all(_is(word, "degrees") for word in piece)]
    words = [*rest[0], *pieces[0]] if len(rest) == 1 else [word for piece in (pieces[0], *rest) for word in piece]
    while len(words) > 2 and _is(words[0], "honorifics"):
        words = words[1:]
    while len(words) > 2 and _is(words[-1], "degrees"):
        words = words[:-1]
    return tuple(words)


def _split(text: str) -> list[str]:
    return [word for word in re.split(r"[\s\u00a0]+", text.strip()) if re.search(r"\w", word)]


def _is(word: str, form: str) -> bool:
    return fold(word).replace(".", "").strip(",;") in name_words(form)


def _particles(words: tuple[str, ...]) -> frozenset[str]:
    """The particles of a name. The first of two words is a given name (`Ben`, `Al`)."""
    return frozenset(word for word in words[len(words) == 2 :] if _is(word, "particles"))


def _whole(words: tuple[str, ...]) -> Iterator[Form]:
    """In full: in order, with what may be left out or put in; the family name first; without an opening article."""
    first, *middle, last = words
    particles = _particles(words)
    straight = _spelt(first) + (_CLOSE if first in particles or _dense(first) else _PUT_IN + _SEP + _ANY_INITIALS)
    for word in middle:
        straight += f"{_spelt(word)}{_CLOSE}" if word in particles else f"(?:{_spelt(word)}{_SEP})?"
    yield Form(straight + _spelt(last), _key([first, last]))
    yield Form(f"{_spelt(first)}(?P<put>{_joined(words[1:])})", _key(words))  # `MarenOakhollow`
    for at in range(1, len(words)):
        family, given = _joined(words[at:]), _joined(words[:at])
        yield Form(f"{family}{_CLOSE if _dense(words[0]) else _SEP}{given}", _key(words))
    if _is(first, "articles"):
        yield Form(_joined(words[1:]), _key(words[1:]))


def _shared(words: tuple[str, ...], others: tuple[str, ...]) -> Iterator[Form]:
    """`Maren and Tom Oakhollow`: authors who share their family name give it once."""
    given = [_joined(parts[:-1]) for parts in map(name_parts, others) if len(parts) > 1 and parts[-1] == words[-1]]
    if given:
        between = rf"(?:{_SEP}(?:{joiners()}{_SEP})?)"
        company = rf"(?:{between}(?:{'|'.join(given)}))+"
        yield Form(f"{_joined(words[:-1])}{company}{_SEP}{_spelt(words[-1])}", _key(words[:1]))


def _shortened(words: tuple[str, ...]) -> Iterator[Form]:
    """Given names as initials; without the second family name, the first given name or the particles."""
    first, *middle, last = words
    particles = _particles(words)
    initials = [_initial(word) for word in words[:-1] if word not in particles]
    between = "".join(
        f"{_SEP}{_spelt(word)}" if word in particles else f"(?:{_INNER}(?:{_spelt(word)}|{_initial(word)}))?"
        for word in middle
    )
    yield Form(rf"(?<!\w){_initial(first)}(?:{_SEP}[^\W\d_]\.?)?{between}{_SEP}{_spelt(last)}", _key([last]), "initial")
    after = "".join(f"(?:{_INNER}{initial})?" for initial in initials[1:])
    yield Form(
        rf"{_spelt(last)},?[\s\u00a0](?P<put>{initials[0] if initials else '(?!)'}){after}(?!\w)",
        _key([last]),
        "initial",
    )
    yield from _parts_of(first, last)
    if middle:
        yield Form(f"{_spelt(first)}{_SEP}{_spelt(last)}", _key([first, last]), "initial")
    names = [word for word in words if word not in particles]
    if 2 <= len(names) < len(words):
        yield Form(_joined(tuple(names)), _key(names), "initial")
    if len(names) > 2:
        for part in (words[:-1], words[1:]):
            if particles.isdisjoint((part[0], part[-1])):
                yield Form(_joined(part), _key(part), "initial", alone=True)


def _parts_of(first: str, last: str) -> Iterator[Form]:
    """`Chris` for `Christopher` and the other way round; one half of a family name with a hyphen."""
    given = re.sub(r"\W", "", fold(first))
    for pet in sorted(_pet_names().get(given, ())):
        yield Form(rf"(?<!\w){re.escape(pet)}{_SEP}{_spelt(last)}", _key([last]), "initial")
    if len(given) >= _SHORTEST:
        pet = (
            given[:_SHORTEST] + "".join(f"(?:{re.escape(c)}" for c in given[_SHORTEST:]) + ")?" * len(given[_SHORTEST:])
        )
        either = rf"(?:{pet}|{re.escape(given)}\w{{1,8}})"
        yield Form(rf"(?<!\w){either}{_SEP}{_spelt(last)}", _key([last]), "initial")
    halves = [half for half in last.split("-") if len(half) >= _SHORTEST]
    for half in halves if len(halves) > 1 else ():
        yield Form(f"{_spelt(first)}{_SEP}{_spelt(half)}", _key([first, half]), "initial", alone=True)


@of_languages
@cache
def _pet_names() -> dict[str, set[str]]:
    """Which given names stand for each other: `Bob` and `Robert`."""
    found: dict[str, set[str]] = {}
    for pair in name_words("pet_names"):
        long, _, short = pair.partition(">")
        found.setdefault(long, set()).add(short)
        found.setdefault(short, set()).add(long)
    return found


def _joined(words: tuple[str, ...]) -> str:
    """Words in order, all there; single letters in between may be missing."""
    text, particles = "", _particles(words)
    for number, word in enumerate(words):
        last = number == len(words) - 1
        after = "" if last else _CLOSE if word in particles or _dense(word) else _SEP
        single = number > 0 and not last and len(fold(word).strip(".")) == 1
        text += f"(?:{_spelt(word)}{after})?" if single else f"{_spelt(word)}{after}"
    return text


@lru_cache(maxsize=8192)
def _spelt(word: str) -> str:
    """One word of a name: its hyphens and apostrophes optional, its umlauts spelt out or not, a long one in two."""
    lowered = word.casefold()
    variants = {fold(word)}
    for letter, spelt in _UMLAUTS:
        lowered = lowered.replace(letter, spelt)
    variants.add(fold(lowered))
    return "(?:" + "|".join(sorted(_INNER.join(map(_letters, re.findall(r"[^\W_]+", v))) for v in variants)) + ")"


def _letters(word: str) -> str:
    if _dense(word):
        return r"[\s・·]?".join(map(re.escape, word))
    if len(word) < _BREAKABLE or not word.isascii():
        return re.escape(word)
    return rf"{re.escape(word[:2])}\s?{re.escape(word[2])}\s?{re.escape(word[3:])}"


def _dense(word: str) -> bool:
    return script_of(word[:1]) in _DENSE


def _initial(word: str) -> str:
    """The first letter, with a dot or without; of `Jean-Luc` perhaps both."""
    letters = [re.escape(part[0]) for part in re.split(r"\W+", fold(word)) if part]
    second = rf"(?:[\W_]?{letters[1]}\.?)?" if len(letters) > 1 else ""
    return rf"{letters[0]}\.?{second}" if letters else "(?!)"


def _key(words: tuple[str, ...] | list[str]) -> str:
    """The longest run of letters that every spelling of these words has: no umlaut, no place where a word may break."""
    runs = [run for word in words for run in _runs(word)]
    return max(runs, key=len, default="")


def _runs(word: str) -> Iterator[str]:
    for run in re.split(r"[\W_äöüøå]+", word.casefold()):
        folded = fold(run)
        if _dense(folded):
            yield folded[:1]
        elif len(folded) >= _BREAKABLE:
            yield folded[3:]
        else:
            yield folded
