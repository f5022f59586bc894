"""How pages give credit, say what was changed and point elsewhere: phrases of all languages, one pattern a meaning.

The phrases are data (`rules/phrases/<language>.toml`); adding a language is adding a file.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from unicodedata import normalize

from cccheck.data import rules_dir
from cccheck.errors import DataError

MEANINGS = (
    "byline",
    "byline_after",
    "credit",
    "change",
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
    "ban",
    "this_text",
)


_WORD = re.compile(r"[^\W_]+")
# Combining marks: accents, Hebrew points, Arabic vowel signs, kana voicing.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u3099\u309a]+")
# Letters that Unicode does not take apart, though readers do (CLDR's Latin-ASCII transliteration).
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "‘": "'"})


def fold(text: str) -> str:
    """Case and accents aside: `É` and `e` are one. The length may change: use `fold_with_offsets` for offsets."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", normalize("NFKD", text).casefold()).translate(_LETTERS)


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


@cache
def pattern(meaning: str) -> re.Pattern[str]:
    """One pattern, over folded text, of all phrases with that meaning in every language."""
    return compile_phrases(_phrases()[meaning])


@cache
def joiners_at_end() -> re.Pattern[str]:
    """Words and signs that join names ("and", "&", a comma), at the end of folded text."""
    words = "|".join(sorted(map(re.escape, map(fold, _phrases()["joiner"])), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:[\s,;&+/]|(?<!\w)(?:{words})(?!\w))+$" if words else r"[\s,;&+/]+$")


def says(meaning: str, folded: str) -> bool:
    """Whether folded text holds a phrase of that meaning."""
    return pattern(meaning).search(folded) is not None


def holds(meaning: str, folded: str, words: frozenset[str]) -> bool:
    """The same for a text whose words are at hand: no pattern is tried. White space in a phrase is one space."""
    table = _by_word(meaning)
    return any(_stands_in(phrase, folded) for word in table.keys() & words for phrase in table[word])


def words_of(folded: str) -> frozenset[str]:
    """The words of folded text, for `holds`."""
    return frozenset(_WORD.findall(folded))


def _stands_in(phrase: str, folded: str) -> bool:
    """Whether the phrase stands there whole."""
    at = folded.find(phrase)
    while at >= 0:
        before, after = folded[at - 1 : at], folded[at + len(phrase) : at + len(phrase) + 1]
        if not (_bounded(phrase[0]) and _in_word(before)) and not (_bounded(phrase[-1]) and _in_word(after)):
            return True
        at = folded.find(phrase, at + 1)
    return False


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


@cache
def _by_word(meaning: str) -> dict[str, tuple[str, ...]]:
    """The phrases by their longest word; by one that no credit is likely to hold, if there is any."""
    usual = words_of(" ".join(map(fold, (*_phrases()["credit"], *_phrases()["this_text"]))))
    table: dict[str, list[str]] = {}
    for phrase in sorted(map(fold, _phrases()[meaning])):
        words = sorted(words_of(phrase))
        table.setdefault(max(words, key=lambda word: (word not in usual, len(word))), []).append(phrase)
    return {word: tuple(phrases) for word, phrases in table.items()}


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


@cache
def _phrases() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {meaning: set() for meaning in MEANINGS}
    for path in sorted((rules_dir() / "phrases").glob("*.toml")):
        for meaning, phrases in _load(path).items():
            found[meaning].update(phrases)
    return found


def _load(path: Path) -> dict[str, list[str]]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(path, "", f"cannot be read: {error}", "mend or remove the file") from error
    unknown = [key for key in data if key not in (*MEANINGS, "language", "sources")]
    if unknown:
        raise DataError(path, unknown[0], "is no kind of phrase", f"use one of {', '.join(MEANINGS)}")
    return {meaning: data.get(meaning, []) for meaning in MEANINGS}
