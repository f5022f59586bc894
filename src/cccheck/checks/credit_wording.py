"""credit-wording: does the credit have the form that the publisher asks for?

Due only where the publisher's profile asks: its own sentence, a form of the byline, the authors' institutions, a
closing line about itself, its name as the link, links to more than the article.
What passes: the words asked for, punctuation, case and line breaks aside, anywhere beside the article.
What fails: other words, or none. Whether there is any credit at all is for other checks.
What a person decides: words that are close to those asked for, or perhaps hidden from readers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cccheck.checks._edits import extent
from cccheck.checks._names import find_name
from cccheck.checks._subject import Subject
from cccheck.checks._wording import find_sentence, quote, said
from cccheck.match.normalize import words
from cccheck.model import CheckResult, Link, Outcome

MAY_STAND_ELSEWHERE = True
OF_FORM = True
_BYLINES = ("{author}, {publisher}",)


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """The question that the publisher's term puts."""
    return _PARTS[options.get("part", "sentence")](subject, options)


# ------------------------------------------------------------------ sentences


def _sentence(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """The sentence of credit; another for an edited copy, where the publisher has one."""
    usual, edited = options["sentences"], options.get("edited", ())
    size = extent(subject) if edited else None
    altered = {size.altered, size.cut} if size else set()
    if "material" in altered and find_sentence(subject, edited) is None and find_sentence(subject, usual) is not None:
        found = quote(subject, find_sentence(subject, usual))
        return CheckResult(Outcome.FAIL, "wording-of-unedited", {"sentence": edited[0]}, found)
    if options.get("or_byline") and find_sentence(subject, _BYLINES) is not None:
        return CheckResult(Outcome.PASS, "wording-in-byline", {}, quote(subject, find_sentence(subject, _BYLINES)))
    return said(subject, [*usual, *edited], "wording")


def _tagline(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    return said(subject, options["sentences"], "tagline")


def _byline(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    if not subject.work.authors:
        return CheckResult(Outcome.INAPPLICABLE, "byline-anonymous")
    return said(subject, [options["form"]], "byline")


# ------------------------------------------------------------------ names


def _affiliation(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    known = [author.affiliation for author in subject.work.authors if author.affiliation]
    if not known:
        return CheckResult(Outcome.INAPPLICABLE, "affiliation-not-known")
    missing = [name for name in known if not _is_named(subject, name)]
    if missing:
        return CheckResult(Outcome.FAIL, "affiliation-absent", {"names": missing})
    return CheckResult(Outcome.PASS, "affiliation-named", {"names": known})


def _is_named(subject: Subject, name: str) -> bool:
    seen = (mention.block for mention in find_name(subject, (name,)))
    return any(subject.layout.visible(block)[0] != "hidden" for block in seen)


# ------------------------------------------------------------------ links


def _anchor(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    links = subject.seen_links("original")
    params = {"publisher": subject.work.publisher.name}
    if not links:
        return CheckResult(Outcome.INAPPLICABLE, "anchor-no-link")
    named = [link for link in links if _names_publisher(subject, link)]
    found = tuple(map(subject.link_evidence, (named or links)[:3]))
    if named:
        return CheckResult(Outcome.PASS, "anchor-is-name", params, found)
    return CheckResult(Outcome.FAIL, "anchor-other-words", params, found)


def _names_publisher(subject: Subject, link: Link) -> bool:
    publisher = subject.work.publisher
    text = f" {' '.join(words(' '.join((link.text, link.image_alt or ''))))} "
    names = (" ".join(words(name)).removeprefix("the ") for name in (publisher.name, *publisher.aliases))
    return any(f" {name} " in text for name in names if name)


def _links(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """The home page, besides the article where both are asked for."""
    params = {"home": subject.work.publisher.url}
    homes, others = subject.seen_links("home"), subject.seen_links("original", "identifier", "publisher", "short")
    if homes:
        return CheckResult(Outcome.PASS, "links-as-asked", params, tuple(map(subject.link_evidence, homes[:3])))
    if not others:
        return CheckResult(Outcome.INAPPLICABLE, "links-none")
    found = tuple(map(subject.link_evidence, others[:3]))
    return CheckResult(Outcome.FAIL, "links-home-absent", params, found)


_PARTS: dict[str, Callable[[Subject, Mapping[str, Any]], CheckResult]] = {
    "sentence": _sentence,
    "tagline": _tagline,
    "byline": _byline,
    "affiliation": _affiliation,
    "anchor": _anchor,
    "links": _links,
}
