"""no-additional-restrictions: is something forbidden of the article itself that its licence allows?

What passes: a copyright line, terms of use, a login of the site: they do not become part of the licence; and what the
publisher's own notice says. What a person decides: "all rights reserved" or a ban on copying that is attached to the
article: it stands between its paragraphs, in the page's `<article>`, or beside it and speaks of it. Nothing fails.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cccheck.checks._subject import Subject
from cccheck.checks._terms import Phrase, evidence, in_article, phrases_on_article
from cccheck.model import CheckResult, Outcome
from cccheck.phrases import fold, says

_COMMERCE = re.compile(r"com+erc|kommerz")
_COPYRIGHT = re.compile(r"©|\(c\)|(?<!\w)copyright(?!\w)")


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """Bans and reservations on the article, each weighed by its sentence."""
    if options.get("due") == "no":
        return CheckResult(Outcome.INAPPLICABLE, "terms-not-asked", {"reason": options.get("reason", "")})
    found = [*phrases_on_article(subject, "ban"), *phrases_on_article(subject, "reserved")]
    attached = [phrase for phrase in found if _is_attached(subject, phrase)]
    if attached:
        return CheckResult(Outcome.REVIEW, "terms-on-article", {}, evidence(subject, attached))
    if found:
        return CheckResult(Outcome.PASS, "terms-of-site", {}, evidence(subject, found))
    return CheckResult(Outcome.PASS, "terms-none")


def _is_attached(subject: Subject, phrase: Phrase) -> bool:
    """Whether the sentence is about the article: not about the site, a picture, nor the publisher's own words."""
    if says("photo", phrase.sentence) or phrase.sentence in _publishers_words(subject):
        return False
    sentence = phrase.sentence
    if subject.license.has("nc") and _COMMERCE.search(fold(phrase.block.text[phrase.start : phrase.end])):
        return False  # the licence says so itself
    if _COPYRIGHT.search(phrase.lead):  # "This article is © the Digest. All rights reserved."
        sentence = f"{phrase.lead} {sentence}"
    if says("this_text", sentence) or _names_article(subject, sentence):
        return True
    line = subject.folded_texts[phrase.block.index]
    on_it = phrase.inside(subject) or in_article(subject, phrase.block)
    return on_it and not says("site", _without_reservation(phrase)) and not says("photo", line)


def _without_reservation(phrase: Phrase) -> str:
    """The sentence without "all rights reserved", which alone does not make it the site's."""
    return phrase.sentence.replace(fold(phrase.block.text[phrase.start : phrase.end]), " ")


def _names_article(subject: Subject, sentence: str) -> bool:
    work = subject.work
    return any(fold(name) in sentence for name in (work.title, *(author.name for author in work.authors)))


def _publishers_words(subject: Subject) -> str:
    work = subject.work
    return fold("\n".join(filter(None, (work.notice, work.supplied_copyright, work.supplied_disclaimer))))
