"""What is said of a profile and of its terms, for `cccheck profile show`, `cccheck rule show` and the reference."""

from __future__ import annotations

from collections.abc import Iterator

from cccheck.profiles.catalogue import kinds
from cccheck.profiles.model import Profile, Term


def terms_of(profile: Profile) -> Iterator[tuple[Term, str, str]]:
    """Each term in the catalogue's order: what it asks, and what decides it (a check, or empty)."""
    for name, kind in kinds().items():
        term = profile.terms.get(name)
        if term is not None:
            yield term, kind.words(profile, term), kind.check if kind.decides(term) else ""


def level_of(profile: Profile, term: Term) -> str:
    """How far the term goes, in a few words."""
    if profile.by_permission and profile.full and not term.wish:
        return "required"
    return "wish" if term.wish else "guideline"


def dates_of(term: Term) -> str:
    """From when to when it stands; empty for a term without dates."""
    said = _between(term.since, term.until)
    return f"{said}, by the date of the {term.of}" if said else ""


def _between(since: str | None, until: str | None) -> str:
    return " ".join(filter(None, (f"from {since}" if since else "", f"until {until}" if until else "")))


def sections(profile: Profile, term: Term) -> Iterator[tuple[str, str]]:
    """Headings and paragraphs about one term."""
    kind = kinds()[term.name]
    decided = kind.decides(term)
    yield "What it asks", kind.words(profile, term)
    if decided:
        yield "How to mend it", kind.mend(profile, term)
    yield "How far it goes", _LEVELS[level_of(profile, term)]
    if dates_of(term):
        yield "When it stands", f"{dates_of(term).capitalize()}."
    yield "Decided by", f"the check {kind.check}" if decided else f"no program. {kind.reason}"
    yield "Where it is asked", "\n".join(source_of(profile))


_LEVELS = {
    "required": "Required: the publisher's permission on these terms stands in the place of a licence.",
    "guideline": "A guideline: it moves no verdict.",
    "wish": "A wish of the publisher: it moves no verdict.",
}


def source_of(profile: Profile) -> Iterator[str]:
    """Each source: its address, when and how far it was read."""
    for source in profile.sources:
        extent = "read in full" if source.full else "read in part"
        yield f"{source.url} ({extent}, {source.read}){f'. {source.says}' if source.says else ''}"


def licences_of(profile: Profile) -> Iterator[str]:
    """Each licence, with the articles it is for."""
    for grant in profile.grants:
        said = ". ".join(filter(None, (_between(grant.since, grant.until), grant.says)))
        yield f"{grant.license}{f': {said}' if said else ''}"
