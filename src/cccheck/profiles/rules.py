"""What a profile means for a work: rules of its own, names that credit the publisher, what it takes for a link.

A term is a guideline, which moves no verdict. It is required only where the publisher's permission on these terms takes
the place of a licence, the terms were read in full, and this one is no mere wish; then its basis is the terms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cccheck.licenses import License
from cccheck.model import Rule, Work
from cccheck.profiles.catalogue import Kind, kinds
from cccheck.profiles.credit import speaks_of_licence
from cccheck.profiles.model import Profile, Term

_IN_WORDS = frozenset({"sentence", "tagline", "byline"})  # parts that are in the profile's language
_RELIEF = frozenset({"home", "either", "open"})  # targets of a link that are less than the article
_ROOM = 1.1  # times the publisher's limit: words are counted in more than one way


def rules_of(profile: Profile, license: License, work: Work, published: str | None) -> tuple[Rule, ...]:
    """The rules for what a check can see, in the catalogue's order. `published`: the copy's own date."""
    return tuple(
        _rule(profile, term, kind, license)
        for name, kind in kinds().items()
        if (term := profile.terms.get(name)) is not None
        and kind.decides(term)
        and term.stands(published, work.published)
        and (kind.part not in _IN_WORDS or speaks(profile, work))
    )


def allows_part(profile: Profile, work: Work, words: int) -> bool:
    """Whether the publisher itself lets so many words of the work be taken as a part of it."""
    extent, cuts = profile.terms.get("extent"), profile.terms.get("cuts")
    if cuts is not None and cuts.values["allowed"] == "any":
        return True
    most = extent.values["most"] if extent is not None else "whole"
    if extent is None or most == "whole":
        return False
    parts = [len(part.split()) for part in work.text.split("\n\n") if part.strip()]
    share = extent.values.get("share", 0) * sum(parts)
    return words <= _ROOM * (share if most == "share" else sum(parts[: extent.values["paragraphs"]]))


def speaks(profile: Profile, work: Work) -> bool:
    """Whether the profile's sentences are in the work's language, as far as that is known."""
    return not work.language or work.language[:2] == profile.language[:2]


def _rule(profile: Profile, term: Term, kind: Kind, license: License) -> Rule:
    required = license.kind == "permission" and profile.by_permission and profile.full and not term.wish
    return Rule(
        id=f"{profile.id}/{term.name}",
        check=kind.check,
        title=kind.title,
        level="required" if required else "guideline",
        basis="terms" if required else "guideline",
        clause=clause_of(profile),
        clause_url=profile.sources[0].url,
        remedy=kind.mend(profile, term),
        options={**term.values, "part": kind.part},
    )


def clause_of(profile: Profile) -> str:
    """How a term is cited."""
    return f"{profile.name}: terms of republication"


def adapted(rules: Iterable[Rule], profile: Profile, license: License) -> tuple[Rule, ...]:
    """The licence's rules with what the publisher itself takes or gives out, where that is known in full."""
    more = {"source-link": _target(profile, license), "license-notice": _supplied(profile)}
    return tuple(replace(r, options={**r.options, **more[r.check]}) if more.get(r.check) else r for r in rules)


def _target(profile: Profile, license: License) -> dict[str, str]:
    """The home page as a link that will do, or none. The article, where terms ask for it in the place of a licence."""
    term = profile.terms.get("link")
    target = term.values["target"] if term and profile.full else ""
    instead = license.kind == "permission" and profile.by_permission and term is not None and not term.wish
    return {"target": target} if target in _RELIEF or (target == "article" and instead) else {}


def _supplied(profile: Profile) -> dict[str, str]:
    """Whether the credit that the publisher gives out is without a licence."""
    given = "".join(profile.snippet.values())
    known = bool(given) and (profile.full or profile.snippet_seen)
    return {"supplied": "without"} if known and not speaks_of_licence(given) else {}


def with_names(work: Work, profile: Profile) -> Work:
    """The work with every name and site of its publisher that the profile knows."""
    publisher = work.publisher
    aliases = tuple(n for n in dict.fromkeys((*publisher.aliases, *profile.names)) if n != publisher.name)
    return replace(work, publisher=replace(publisher, aliases=aliases, sites=profile.sites))
