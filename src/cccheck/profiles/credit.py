"""The credit to paste where a publisher asks for its own sentence: that sentence, with what else has to stand there."""

from __future__ import annotations

import re
from html import escape

from cccheck.data import listed
from cccheck.licenses import License
from cccheck.model import CreditLine, Work
from cccheck.phrases import languages
from cccheck.profiles.model import Profile

_SLOT = re.compile(r"\{(\w+)\}")


def credit_of(profile: Profile, work: Work, license: License) -> CreditLine | None:
    """The first sentence with the work's names put in: author before it, the original linked, the licence after it.

    None where the publisher has no sentence of its own, or one with a slot that the work does not fill.
    """
    wording = profile.terms.get("wording")
    if wording is None or wording.values["match"] != "exact":
        return None
    template = wording.values["sentences"][0]
    names = [author.name for author in work.authors]
    known = {
        "publisher": work.publisher.name,
        "title": work.title,
        "author": _listed(names, profile.language),
        "date": work.published or "",
        "license": license.short,
        "home": work.publisher.url,
        "url": work.url,
    }
    if any(not known.get(slot) for slot in _SLOT.findall(template)):
        return None
    said = f"{_SLOT.sub(lambda slot: known[slot[1]], template).rstrip('.')}."
    by = _byline(names, profile.language) if names and "{author}" not in template else ""
    named = license.kind != "permission" and not speaks_of_licence(said)
    under = license.short if named else ""
    return CreditLine(_html(by, said, work, license, under), f"{by}{said} {work.url}{f' ({under})' if under else ''}")


def _html(by: str, said: str, work: Work, license: License, under: str) -> str:
    """The same as HTML: the link on the publisher's name, or on the whole sentence where it is not named."""
    name, link = escape(work.publisher.name), f'<a href="{escape(work.url)}">'
    sentence = escape(said)
    at = sentence.rfind(name)
    linked = f"{sentence[:at]}{link}{name}</a>{sentence[at + len(name) :]}" if at >= 0 else f"{link}{sentence}</a>"
    licence = f' (<a href="{escape(license.url)}" rel="license">{escape(under)}</a>)' if under and license.url else ""
    return f"{escape(by)}{linked}{licence}"


def speaks_of_licence(credit: str) -> bool:
    """Whether a credit says under which licence."""
    folded = credit.casefold()
    return any(word in folded for word in listed("licences.said"))


def _byline(names: list[str], language: str) -> str:
    word = _first("by", language)
    return f"{word[:1].upper()}{word[1:]} {_listed(names, language)}. "


def _listed(names: list[str], language: str) -> str:
    last = f" {_first('joiner', language)} "
    return last.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _first(meaning: str, language: str) -> str:
    """The language's first word for it; English where there is none, or no such language."""
    known = languages()
    spoken = (known[code].phrases[meaning] for code in (language, "en") if code in known)
    return next(words[0] for words in spoken if words)
