"""Profiles tried out: does a page pass that pastes what the publisher gives out, and does one fail that breaks a term?

The article is made up (`rules/trial.toml`); page, match and checks are the real ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cccheck.match import Corpus
from cccheck.model import Bundle, Capture, Finding, Outcome, PageAudit, Target, Verdict
from cccheck.pipeline import audit_page
from cccheck.profiles import Profile, kinds
from cccheck.rulebook import Rulebook
from cccheck.trials.breaks import broken
from cccheck.trials.page import COPY, Paste, paste, work_of

__all__ = ["audit_of", "broken", "decided", "finding_of", "paste", "try_profile", "work_of"]


def try_profile(profile: Profile, rules: Rulebook) -> Iterator[str]:
    """What does not come out as it should, a line each; nothing where the profile holds."""
    book = replace(rules, profiles={**rules.profiles, profile.id: profile})
    if not profile.snippet:
        yield "snippet: is missing, and without it no term can be tried; write what the publisher gives out"
        return
    audit = audit_of(profile, book, paste(profile))
    if not audit.findings:
        yield f"snippet: the page is {audit.verdict.value} {audit.detail}, so no term was tried"
        return
    for finding in audit.findings:
        own = finding.rule.startswith(f"{profile.id}/")
        if finding.outcome is Outcome.FAIL or (finding.outcome is Outcome.REVIEW and own):
            yield f"snippet: {finding.rule} comes to {finding.outcome.value}: {finding.message}"
    bare = audit_of(profile, book, replace(paste(profile), head="", before="", after=""))
    if bare.verdict is Verdict.COMPLIANT:
        yield "credit: a page without any credit comes to compliant"
    due = {finding.rule for finding in audit.findings}
    for name in decided(profile):  # those not due on the article's date left out
        if f"{profile.id}/{name}" in due:
            yield from _try_broken(profile, book, name)


def _try_broken(profile: Profile, book: Rulebook, name: str) -> Iterator[str]:
    found = finding_of(audit_of(profile, book, broken(profile, name)), f"{profile.id}/{name}")
    if found is None or found.outcome not in (Outcome.FAIL, Outcome.REVIEW):
        yield f"terms.{name}: a page that breaks it comes to {found.outcome.value if found else 'nothing'}"


def decided(profile: Profile) -> list[str]:
    """The terms of a profile that a check decides, in the catalogue's order."""
    return [name for name, kind in kinds().items() if name in profile.terms and kind.decides(profile.terms[name])]


def finding_of(audit: PageAudit, rule: str) -> Finding | None:
    """The finding of one rule."""
    return next((finding for finding in audit.findings if finding.rule == rule), None)


def audit_of(profile: Profile, book: Rulebook, page: Paste) -> PageAudit:
    """The audit of a page that copies the article."""
    headers = (("content-type", "text/html; charset=utf-8"),)
    capture = Capture(COPY, COPY, 200, headers, page.html.encode(), "2026-11-01T06:00:00Z")
    return audit_page(Bundle(Target(COPY, "trial"), capture), Corpus((work_of(profile),)), book)
