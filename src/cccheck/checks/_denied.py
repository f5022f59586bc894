"""Whether what a sentence says is denied: "was not published by", "steht nicht unter", "no ha sido editado".

A denial takes from a credit, a licence or a note what it would be worth; what is left a person decides. The words are
data (`negation`), of every language.
"""

from __future__ import annotations

import re

from cccheck.phrases import pattern, says

_REACH = 60  # characters around a place in which a word of negation is looked for
_WORDS = 4  # so many may stand between it and what it denies
_CLAUSE = re.compile(r"[,;:()\[\]|•·–—\n]|[.!?…]\s|[。！？।、，]")


def denied_before(lead: str) -> bool:
    """Whether a word of negation stands close to the end of folded text, in its last clause."""
    lead = _CLAUSE.split(lead[-_REACH:])[-1]
    if not says("negation", lead):
        return False
    return any(len(lead[found.end() :].split()) <= _WORDS for found in pattern("negation").finditer(lead))


def denied_around(folded: str, start: int, end: int) -> bool:
    """Whether one stands close before a place of folded text, or behind it, as many languages have it."""
    if denied_before(folded[:start]):
        return True
    rest = _CLAUSE.split(folded[end : end + _REACH])[0]
    return any(len(rest[: found.start()].split()) <= _WORDS for found in pattern("negation").finditer(rest))
