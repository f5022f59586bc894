"""How pages give credit, say what was changed and point elsewhere: phrases of all languages, one pattern a meaning.

The phrases are data (`rules/phrases/<language>.toml`); adding a language is adding a file. A phrase whose source nobody
has named (`[unsourced]`) may help a page, and never speaks against one.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper, cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import normalize

from cccheck.data import read_toml, rules_dir
from cccheck.errors import DataError
from cccheck.finder import Finder

MEANINGS = (
    "byline",
    "by",
    "byline_after",
    "credit",
    "change",
    "no_change",
    "photo",
    "promo",
    "site",
    "comment",
    "article_link",
    "credits_page",
    "joiner",
    "pointer",
    "continue",
    "price",
    "reserved",
    "copyright",
    "ban",
    "this_text",
    "role",
    "tag",
    "staff",
    "reverse",
    "reverse_after",
    "negation",
    "comments_heading",
    "matter",
)
# What may help a page to a `pass` or put it before a person. All other phrases can lead to a `fail`, and need a source.
HELPING = frozenset(
    {
        "byline",
        "by",
        "byline_after",
        "credit",
        "change",
        "credits_page",
        "copyright",
        "joiner",
        "continue",
        "role",
        "tag",
        "staff",
        "reverse",
        "reverse_after",
        "negation",
        "comments_heading",
        "matter",
    }
)
FOLDER = "phrases"
_FORMS = ("name_suffixes", "name_prefixes", "honorifics", "degrees", "particles", "articles", "pet_names", "and_others")
# Combining marks: accents, Hebrew points, Arabic vowel signs, kana voicing.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u3099\u309a]+")
# Letters that Unicode does not take apart, though readers do (CLDR's Latin-ASCII transliteration).
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_SHORT = 24  # characters of a stretch beyond ASCII: a word or a sign, which comes again
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "‘": "'"}
    # Letters that Arabic and Persian keyboards mix up, Hebrew marks; joiners and direction marks, which nobody sees.
    | {"ي": "ی", "ى": "ی", "ك": "ک", "׳": "'", "״": '"'}
    | dict.fromkeys("\u0640\u200c\u200d\u200e\u200f", "")
)


_C = TypeVar("_C", bound="_lru_cache_wrapper[Any]")
_added: list[Path] = []
_caches: list[Callable[[], None]] = []


def of_languages(cached: _C) -> _C:
    """Marks a cache of what is made from the phrases: it is emptied when languages are added."""
    _caches.append(cached.cache_clear)
    return cached


def add_languages(*folders: Path) -> None:
    """From now on, in this process: the languages in `phrases/` of these folders too, instead of those added before.

    A language that is there already is replaced. Raises DataError.
    """
    if _added != list(folders):
        _added[:] = folders
        for clear in _caches:
            clear()
    languages()


def fold(text: str) -> str:
    """Case and accents aside: `É` and `e` are one. The length may change: use `fold_with_offsets` for offsets."""
    if text.isascii():
        return text.lower()
    # Mostly a few quotation marks and accents: only they go the long way. Nothing done to a stretch beyond ASCII
    # depends on the ASCII characters beside it.
    folded = _BEYOND_ASCII.sub(_fold_match, text)
    if folded.isascii():
        return folded.lower()
    return folded.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")  # lowers ASCII alone


def fold_each(texts: Sequence[str]) -> list[str]:
    """The same for many texts at once, at a fraction of the cost. The texts hold no U+0000: decoding drops it."""
    return fold("\x00".join(texts)).split("\x00") if texts else []


def _fold_match(match: re.Match[str]) -> str:
    stretch = match[0]
    return _fold_short(stretch) if len(stretch) < _SHORT else _fold_any(stretch)


def _fold_any(text: str) -> str:
    return _MARKS.sub("", normalize("NFKD", text).casefold()).translate(_LETTERS)


_fold_short = lru_cache(maxsize=4096)(_fold_any)


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Folded text, and for each of its characters the offset in the text (one more at the end)."""
    folded = fold(text)
    if len(folded) == len(text) and all(len(fold(char)) == 1 for char in set(text) if char > "\x7f"):
        return folded, range(len(text) + 1)
    pieces, offsets = [], []
    for at, char in enumerate(text):
        piece = fold(char)
        pieces.append(piece)
        offsets.extend([at] * len(piece))
    return "".join(pieces), [*offsets, len(text)]


@of_languages
@cache
def pattern(meaning: str, *, sourced: bool = False) -> Finder:
    """What finds all phrases of that meaning, in every language, in folded text. `sourced`: only those with a source,
    for what may be held against a page."""
    return Finder(
        fold(phrase)
        for language in languages().values()
        for phrase in language.phrases[meaning]
        if not (sourced and phrase in language.unsourced[meaning])
    )


@of_languages
@cache
def joiners() -> str:
    """Words that join names ("and", "with"), as alternatives of a pattern over folded text."""
    words = sorted({fold(word) for word in _all("joiner")}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, [*words, "&", "+"])) + ")"


@of_languages
@cache
def _company() -> frozenset[str]:
    return frozenset(map(fold, _all("joiner"))) | name_words("honorifics")


def without_company(folded: str) -> str:
    """Folded text without what joins names at its end ("and", "&", a comma) and titles before them ("Dr.")."""
    while True:
        stripped = folded.rstrip(" \t\n\xa0,;&+/、・")
        last = stripped.rsplit(None, 1)[-1] if stripped else ""
        if not last or last.replace(".", "") not in _company():
            return stripped
        folded = stripped[: -len(last)]


def says(meaning: str, folded: str, *, sourced: bool = False) -> bool:
    """Whether folded text holds a phrase of that meaning. `sourced`: see `pattern`."""
    return pattern(meaning, sourced=sourced).holds(folded)


@of_languages
@cache
def name_words(form: str) -> frozenset[str]:
    """Words that belong to names in any language, folded, without dots: `honorifics`, `degrees`, `particles`,
    `articles`."""
    return frozenset(fold(word).replace(".", "") for one in languages().values() for word in one.names.get(form, ()))


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Phrases → a pattern that finds any of them whole, the longest first. No phrases: a pattern that finds nothing."""
    folded = {fold(phrase) for phrase in phrases}
    spaced = {phrase for phrase in folded if _bounded(phrase[0]) and _bounded(phrase[-1])}
    bodies = [rf"(?<!\w)(?:{_trie(spaced)})(?!\w)"] if spaced else []
    bodies += [_loose(phrase) for phrase in sorted(folded - spaced, key=lambda p: (-len(p), p))]
    return re.compile("|".join(bodies) or r"(?!)")


def _trie(phrases: set[str]) -> str:
    """Alternatives with shared beginnings taken together: a search tries each beginning once, not each phrase.

    Longer ones come first, so that `was published` is preferred to `was`.
    """
    groups: dict[str, set[str]] = {}
    for phrase in phrases - {""}:
        groups.setdefault(phrase[0], set()).add(phrase[1:])
    parts = [_escape(first) + _grouped(rest) for first, rest in sorted(groups.items())]
    return "|".join(parts)


def _grouped(rest: set[str]) -> str:
    body = _trie(rest)
    if not body:
        return ""
    return f"(?:{body})?" if "" in rest else f"(?:{body})"


def _loose(phrase: str) -> str:
    """Scripts written without spaces have no word boundary to ask for."""
    before = r"(?<!\w)" if _bounded(phrase[0]) else ""
    after = r"(?!\w)" if _bounded(phrase[-1]) else ""
    return before + "".join(map(_escape, phrase)) + after


def _escape(char: str) -> str:
    return r"\s+" if char == " " else re.escape(char)


def _bounded(char: str) -> bool:
    return char.isalnum() and ord(char) < 0x0E00


@dataclass(frozen=True, slots=True)
class Language:
    """The phrases of one language, by meaning, and how it changes the names of people.

    `unsourced`: which of them have no source. `suffixes`: pairs of an ending and what takes its place; `prefixes`: what
    is written onto the front of a name; `names`: words that stand in names or beside them, by kind.
    """

    phrases: Mapping[str, tuple[str, ...]]
    unsourced: Mapping[str, frozenset[str]]
    suffixes: tuple[tuple[str, str], ...] = ()
    prefixes: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@of_languages
@cache
def languages() -> Mapping[str, Language]:
    """Every language there is a file for, by its code."""
    files = (path for folder in (rules_dir(), *_added) for path in sorted((folder / FOLDER).glob("*.toml")))
    return dict(map(read_language, files))


def _all(meaning: str) -> set[str]:
    return {phrase for language in languages().values() for phrase in language.phrases[meaning]}


def read_language(path: Path) -> tuple[str, Language]:
    """A phrase file: the language's code and what it says. Raises DataError that names the file and the key."""
    data = read_toml(path)
    code, unsourced = data.pop("language", path.stem), data.pop("unsourced", {})
    if not isinstance(unsourced, dict):
        raise DataError(path, "unsourced", "is no table", "write it as [unsourced], with lists of phrases below")
    if not data.get("sources"):
        data, unsourced = {}, {**unsourced, **data}
        unsourced.pop("sources", None)
    _check(path, "", data, (*MEANINGS, *_FORMS, "sources"))
    _check(path, "unsourced.", unsourced, (*MEANINGS, *_FORMS))
    for meaning in unsourced.keys() - HELPING - {*_FORMS}:
        why = "can be held against a page, and has no source"
        raise DataError(path, f"unsourced.{meaning}", why, "say in `sources` where the wording is from, and move it up")
    every = {key: (*data.get(key, ()), *unsourced.get(key, ())) for key in (*MEANINGS, *_FORMS)}
    every["byline"] += every["by"]
    without = {m: frozenset(unsourced.get(m, ())) - frozenset(data.get(m, ())) for m in MEANINGS}
    without["byline"] |= without["by"]
    pairs = tuple((old, new) for old, _, new in (form.partition(">") for form in every["name_suffixes"]))
    names = {form: every[form] for form in _FORMS[2:]}
    return code, Language({m: every[m] for m in MEANINGS}, without, pairs, every["name_prefixes"], names)


def _check(path: Path, where: str, data: Mapping[str, object], known: tuple[str, ...]) -> None:
    """Only kinds of phrases that there are, each a list of texts."""
    for key, value in data.items():
        if key not in known:
            raise DataError(path, where + key, "is no kind of phrase", f"use one of {', '.join(known)}")
        if not (isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)):
            raise DataError(path, where + key, "is no list of phrases", 'write it as ["first", "second"]')
