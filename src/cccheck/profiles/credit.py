"""The credit to paste where a publisher asks for its own sentence: that sentence, with what else has to stand there."""

from __future__ import annotations

import re
from html import escape

from cccheck.licenses import License
from cccheck.model import CreditLine, Work
from cccheck.profiles.model import Profile

_SLOT = re.compile(r"\{(\w+)\}")
_LICENCE = re.compile(r"licen[cs]|creative commons", re.I)


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
        "author": _listed(names),
        "date": work.published or "",
        "license": license.short,
        "home": work.publisher.url,
        "url": work.url,
    }
    if any(not known.get(slot) for slot in _SLOT.findall(template)):
        return None
    said = f"{_SLOT.sub(lambda slot: known[slot[1]], template).rstrip('.')}."
    by = f"By {_listed(names)}. " if names and "{author}" not in template else ""
    named = license.kind != "permission" and not _LICENCE.search(said)
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


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
