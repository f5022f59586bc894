"""Names of authors that name nobody: a desk, a team, an account, an agency, the publication itself, an address."""

from __future__ import annotations

import re
from functools import lru_cache

from cccheck.data import listed
from cccheck.model import Publisher
from cccheck.phrases import fold, name_words, of_languages, pattern, without_company

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}|https?://\S+|www\.\S+", re.I)
_WORD = re.compile(r"[^\W\d_]+")


@of_languages
@lru_cache(maxsize=4096)
def is_nobody(name: str, publisher: Publisher) -> bool:
    """Whether a record's author is no person and no organisation to be named: `Staff`, `Tidewater Courier Newsroom`,
    `Data Team`, `admin`, `news@courier.example`. Such an author is credited where the publication is."""
    left, names = fold(name), [fold(known) for known in (publisher.name, *publisher.aliases)]
    words = _WORD.findall(left)
    if not words or _ADDRESS.fullmatch(name.strip()):
        return True
    forms = (*names, *map(_without_article, names))
    nobody = {fold(word) for word in listed("names.nobody")}
    if "".join(words) in {*("".join(_WORD.findall(form)) for form in forms), *nobody}:
        return True
    own = {word for known in names for word in _WORD.findall(known)}
    for known in names:
        left = left.replace(known, " ").replace(_without_article(known), " ")
    staff = list(pattern("staff").finditer(left))
    if staff and not re.search(r"\w", without_company(left[: staff[0].start()] + left[staff[-1].end() :])):
        return True
    known_words = nobody | own | name_words("articles") | name_words("joiners")
    return set(words) <= known_words and not nobody.isdisjoint(words)


def is_agency(name: str) -> bool:
    """Whether a record's author is a news agency, whose name says whose the text is, but not who wrote it."""
    return name.casefold() in _agencies()


@lru_cache(maxsize=1)
def _agencies() -> frozenset[str]:
    return frozenset(name.casefold() for name in listed("names.agencies"))


def _without_article(folded: str) -> str:
    words = folded.split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in name_words("articles") else words)
