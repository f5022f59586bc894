"""publisher-credit: is the publication that the article comes from named as its source?

What passes: its name (declined too), another name of it or its domain, in a credit beside the article.
What fails: the name nowhere, or only in "follow us", "more from" and the like.
What a person decides: the name without any word of credit, in another form (misspelt, garbled, in part, an acronym), in
the page's code alone, or only a link to its site or its logo.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from cccheck.addresses import host_of
from cccheck.checks._byline import is_last_said
from cccheck.checks._denied import denied_before
from cccheck.checks._discussion import discussion
from cccheck.checks._due import absent, hidden_or_unknown
from cccheck.checks._forms import find_declined
from cccheck.checks._in_code import evidence_of, name_in_code
from cccheck.checks._licences import NEAR
from cccheck.checks._listing import is_tag, is_under_heading
from cccheck.checks._names import Mention, find_name, find_person
from cccheck.checks._partial import in_images_only
from cccheck.checks._publisher_like import find_publisher_like
from cccheck.checks._subject import Subject
from cccheck.licenses import from_url
from cccheck.model import CheckResult, Evidence, Link, Outcome
from cccheck.phrases import fold, pattern, says
from cccheck.scripts import count_words

ELEMENT: Literal["publisher"] = "publisher"
Kind = Literal["credit", "doubtful", "promo", "elsewhere", "hidden", "unknown"]
_MOST = 400  # mentions looked at: no page needs so many
_OWN_LINE = 40  # a longer paragraph of the work that names its publisher tells a story, not its source
_SENTENCE = re.compile(r"[.!?。！？।]\s|[|•·\n]")
_LEAD = 40  # characters before a name in which an advertisement says so
_POSSESSIVE = re.compile(r"^(?:'s)?[\s\"”»)]*")
_SHORT = 6  # a line of so many words that names the publisher beside a byline is its credit


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """Every mention of the publisher, judged by its place and the words around it."""
    names = _names_of(subject)
    kinds = _mentions(subject)
    params = {"publisher": subject.work.publisher.name}

    def of(*wanted: Kind) -> list[Mention]:
        return [mention for mention, kind in kinds if kind in wanted]

    if of("credit"):
        return CheckResult(Outcome.PASS, "publisher-credited", params, _evidence(subject, of("credit")))
    if of("doubtful"):
        return CheckResult(Outcome.REVIEW, "publisher-without-credit-words", params, _evidence(subject, of("doubtful")))
    repeated = _in_own_text(subject, names)
    if repeated:
        return CheckResult(Outcome.PASS, "publisher-credited", params, _evidence(subject, repeated))
    unseen = hidden_or_unknown(subject, ELEMENT, options, list(_evidence(subject, of("hidden", "unknown"))), params)
    if unseen is not None and unseen.outcome is Outcome.REVIEW:
        return unseen
    links = [link for link in subject.seen_links("original", "home", "identifier") if _beside(subject, link)]
    if links and subject.asked(ELEMENT):
        return CheckResult(
            Outcome.REVIEW, "publisher-linked-not-named", params, tuple(map(subject.link_evidence, links[:3]))
        )
    if subject.asked(ELEMENT) and _logo(subject, names):
        return CheckResult(Outcome.REVIEW, "publisher-logo-only", params)
    if unseen is not None:
        return unseen
    found = absent(subject, ELEMENT, options, _evidence(subject, of("promo", "elsewhere")), params)
    return _doubtful(subject, names, params) or found if found.outcome is Outcome.FAIL else found


def _doubtful(subject: Subject, names: tuple[str, ...], params: dict[str, str]) -> CheckResult | None:
    """What is no credit for sure, and may be one: the name in another form, a label, metadata, what a script draws."""
    like = find_publisher_like(subject)
    if like:
        return CheckResult(Outcome.REVIEW, "publisher-in-another-form", params, _evidence(subject, like))
    labelled = in_images_only(subject, names)
    if labelled is not None:
        return CheckResult(Outcome.REVIEW, "publisher-logo-only", params, labelled)
    place = name_in_code(subject, names)
    if place is None:
        return None
    return CheckResult(Outcome.REVIEW, "publisher-in-metadata-only", params, (evidence_of(place),))


def credits_of(subject: Subject) -> list[Mention]:
    """Where the publisher is credited in sight of a reader, in the page's order; for checks that ask how."""
    found = [mention for mention, kind in _mentions(subject) if kind == "credit"]
    found = found or _in_own_text(subject, _names_of(subject))
    return sorted(found, key=lambda mention: (mention.block.index, mention.start))


@lru_cache(maxsize=2)
def _mentions(subject: Subject) -> tuple[tuple[Mention, Kind], ...]:
    """Every mention of the publisher, with what it is; several checks ask."""
    names = _names_of(subject)
    found = find_name(subject, names) or find_declined(subject, names, person=False)
    return tuple((mention, _classify(subject, mention)) for mention in found[:_MOST])


def _names_of(subject: Subject) -> tuple[str, ...]:
    publisher = subject.work.publisher
    return tuple(n for n in (publisher.name, *publisher.aliases, host_of(publisher.url)) if n)


def _in_own_text(subject: Subject, names: tuple[str, ...]) -> list[Mention]:
    """Credits to the publisher that stand in the work's own text, and so in the copy."""
    text = subject.folded_work
    if not any(fold(name) in text for name in names):
        return []
    whole, found = subject.unblanked, []
    for mention in find_name(whole, names):
        before, after = whole.line(mention.block.index, mention.start, mention.end)
        seen = whole.layout.visible(mention.block)[0] == "visible"
        if seen and says("credit", fold(before)[-80:]) and count_words(before + after) <= _OWN_LINE:
            found.append(mention)
    return found


def _beside(subject: Subject, link: Link) -> bool:
    block = subject.block_of(link)
    return block is None or subject.layout.where(block) != "outside"


def _logo(subject: Subject, names: tuple[str, ...]) -> bool:
    """Whether a picture beside the article bears the publisher's name in its alternative text."""
    low, high = subject.match.first_block - NEAR, subject.match.last_block + NEAR
    wanted = [fold(name) for name in names]
    texts = [fold(image.alt) for image in subject.page.images if image.alt and low <= image.block <= high]
    return any(name in text and not says("photo", text) for text in texts for name in wanted)


def _evidence(subject: Subject, mentions: list[Mention]) -> tuple[Evidence, ...]:
    return tuple(subject.evidence(m.block, m.start, m.end) for m in mentions[:3])


def _classify(subject: Subject, mention: Mention) -> Kind:
    parts = subject.layout.parts(mention.block)
    visible, _ = subject.layout.visible(mention.block)
    before, after = subject.line(mention.block.index, mention.start, mention.end)
    if "comments" in parts or "nav" in parts or "other" in parts:
        return "elsewhere"
    if mention.block.index in subject.teasers:
        return "elsewhere" if subject.is_aside(parts) else "doubtful"
    promo = _is_promo(fold(before))
    if promo:
        return promo
    if mention.block.index in discussion(subject):
        return "doubtful"
    if _is_word(subject, mention, before, after):
        return "elsewhere"
    kind = _by_words(subject, mention, before, after, parts)
    return visible if kind == "credit" and visible != "visible" else kind


def _is_promo(lead: str) -> Literal["", "promo", "doubtful"]:
    """The name follows "more from", "follow" and the like at once; in a long sentence that may mean something else."""
    near = lead[-_LEAD:]
    found = list(pattern("promo").finditer(near))
    between = near[found[-1].end() :] if found else ""
    if not found or says("credit", between) or count_words(between) > 2:
        return ""
    opening = _SENTENCE.split(lead[: len(lead) - len(near) + found[-1].start()])[-1]
    return "promo" if count_words(opening) <= _SHORT else "doubtful"


def _is_of_else(lead: str) -> bool:
    """Whether the line is of a picture (`Photo: A/NAME`) or a list of tags."""
    tag = pattern("tag").match(lead.lstrip())
    return is_last_said("photo", lead) or (tag is not None and ":" in lead)


def _is_everyday(mention: Mention) -> bool:
    """Whether the name as written is one plain word: `Time`, `The Ridge`; `OpenField` is not."""
    text = mention.block.text[mention.start : mention.end]
    return len(re.findall(r"[^\W_]+", text)) == 1 and text[1:].islower()


def _is_word(subject: Subject, mention: Mention, before: str, after: str) -> bool:
    """An everyday word that has its capital from its place: it opens a sentence, which goes on in small letters, with
    digits or a colon, and says nothing of a source."""
    if not _is_everyday(mention) or _links_home(subject, mention):
        return False
    opens = not re.search(r"\w", _SENTENCE.split(before)[-1])
    rest = _SENTENCE.split(after)[0]
    goes_on = re.match(r"\s*(?::|\s[^\W_])", rest) and not rest.lstrip(" :")[:1].isupper()
    return bool(opens and goes_on) and not says("credit", fold(rest))


def _says_near(subject: Subject, mention: Mention, before: str, after: str) -> bool:
    """Whether a word of credit is said of the name: in its block, for an everyday word in its sentence."""
    if not _is_everyday(mention):
        return subject.says("credit", mention.block.index)
    return says("credit", fold(_SENTENCE.split(before)[-1] + " _ " + _SENTENCE.split(after)[0]))


def _is_reversed(lead: str, rest: str) -> bool:
    """`This article was reprinted in NAME`, `NAME declined to comment`, `not published by NAME`: the publication took
    it, too, or had no part in it."""
    near = lead[-60:]
    found = list(pattern("reverse").finditer(near))
    if found and count_words(near[found[-1].end() :].lstrip(' :"“«')) <= 1:
        return True
    opening = _POSSESSIVE.sub("", rest[:_LEAD])
    return pattern("reverse_after").match(opening) is not None or denied_before(lead)


def _by_words(subject: Subject, mention: Mention, before: str, after: str, parts: list[str]) -> Kind:
    number = mention.block.index
    if _is_reversed(fold(before), fold(after)) or _is_of_else(fold(before)):
        return "doubtful"
    credited = _says_near(subject, mention, before, after) or _links_home(subject, mention)
    credited = credited or _has_company(subject, number)
    if subject.is_aside(parts):
        return "credit" if says("credit", fold(before)) and credited else "doubtful"
    if credited:
        return "credit"
    short = count_words(before) + count_words(after) <= _SHORT and not says("promo", fold(after))
    short = short and (not _is_everyday(mention) or any(_has_company(subject, number + step) for step in (-1, 1)))
    short = short and not is_tag(subject, mention) and not is_under_heading(subject, mention)
    in_line = not parts or "author" in parts  # the article's own lines, and its byline
    return "credit" if short and in_line and subject.layout.where(mention.block) != "outside" else "doubtful"


def _links_home(subject: Subject, mention: Mention) -> bool:
    """Whether the name itself links the publisher's site."""
    return any(
        link.block == mention.block.index and link.start <= mention.start and mention.end <= link.end
        for link in subject.links("original", "home", "identifier", "publisher")
    )


def _has_company(subject: Subject, block: int) -> bool:
    """Whether an author, a licence or the original's address stands in that block."""
    if not 0 <= block < len(subject.texts):
        return False
    text = subject.texts[block].lower()
    if any(url.split("://", 1)[-1].rstrip("/").lower() in text for url in subject.work.urls):
        return True
    return block in _company(subject)


@lru_cache(maxsize=2)
def _company(subject: Subject) -> frozenset[int]:
    """The blocks that name an author or link a licence."""
    licensed = (link.block for link in subject.page.links if from_url(link.resolved) is not None)
    people = (m for author in subject.work.authors for m in find_person(subject, (author.name, *author.aliases)))
    return frozenset((*licensed, *(mention.block.index for mention in people)))
