"""non-commercial: is the article, under an NC licence, offered for nothing?

What counts is the primary intention of the use, not who the user is: advertisements, calls for donations, a company's
address are noted and pass. What a person decides: a price or a paywall on the article itself. Nothing fails.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cccheck.checks._subject import Subject
from cccheck.checks._terms import evidence, phrases_on_article
from cccheck.data import listed
from cccheck.model import CheckResult, Outcome

_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.I)  # schema.org, of an article behind a paywall


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """A price, a paywall; else what stands around the article, as a note."""
    if options.get("due") == "no":
        return CheckResult(Outcome.INAPPLICABLE, "money-not-asked", {"reason": options.get("reason", "")})
    priced = phrases_on_article(subject, "price")
    if priced:
        return CheckResult(Outcome.REVIEW, "price-on-article", {}, evidence(subject, priced))
    price, wall = _price(subject), _paywall(subject)
    if price is not None:
        return CheckResult(Outcome.REVIEW, "price-in-metadata", {"price": price})
    if wall:
        return CheckResult(Outcome.REVIEW, "paywall-in-metadata", {})
    noted = _surroundings(subject)
    return CheckResult(Outcome.PASS, "money-around-only" if noted else "money-none", {"noted": noted})


def _price(subject: Subject) -> str | None:
    """What the page's metadata asks for it, unless that is nothing."""
    for name, content in subject.page.metadata.meta:
        if name in listed("money.prices") and re.search(r"[1-9]", content):
            return content[:40]
    return None


def _paywall(subject: Subject) -> bool:
    """Whether the metadata says that only payers read it. A meter lets everybody read a while: that is no paywall."""
    data = subject.page.metadata
    tiers = {content.strip().lower() for name, content in data.meta if name == "article:content_tier"}
    if tiers:
        return "locked" in tiers
    return any("isAccessibleForFree" in script and _NOT_FREE.search(script) is not None for script in data.json_ld)


def _surroundings(subject: Subject) -> tuple[str, ...]:
    """What people take for commerce, and what does not make the use commercial by itself."""
    page = subject.page
    links = " ".join([link.href for link in page.links])
    noted = {
        "advertisements": any(part.kind == "ad" for part in page.containers),
        "donations": any(word in links for word in listed("money.giving")),
        "commercial address": page.url.partition("://")[2].partition("/")[0].endswith(listed("money.hosts")),
    }
    return tuple(name for name, there in noted.items() if there)
