"""Rules applied to a matched page: findings, and the verdict that follows from them.

Any required `fail` → violation; else any required `review` → review; else compliant. A work under several licences
is judged under each: meeting one is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cccheck.checks import Subject, all_checks, element_of, is_of_form, may_stand_elsewhere
from cccheck.creditline import join_names
from cccheck.doubts import find_doubt
from cccheck.licenses import License
from cccheck.messages import message
from cccheck.model import Basis, Bundle, CheckResult, Finding, Match, Outcome, Page, Rule, Verdict, Work
from cccheck.rulebook import Rulebook

_PARTS = ("next", "rendering", "credits")  # of a copy, besides the page itself
_SUBSTANCE = ("author-credit", "publisher-credit", "source-link")
_SEVERITY = {Verdict.COMPLIANT: 0, Verdict.REVIEW: 1, Verdict.VIOLATION: 2}


def judge(
    page: Page,
    match: Match,
    work: Work,
    licenses: Iterable[License],
    bundle: Bundle,
    rules: Rulebook,
    published: str | None = None,
) -> tuple[License, tuple[Finding, ...], Verdict]:
    """The findings under the licence that the page meets best, and the verdict. `published`: the page's own date."""
    judged = []
    for license in licenses:
        subject = Subject(page, match, work, license, bundle)
        due = rules.rules_on(license, work, published)
        findings = tuple(apply(rule, subject) for rule in due if rule.check in all_checks())
        if not any(finding.outcome is Outcome.FAIL for finding in findings if finding.check in _SUBSTANCE):
            findings = tuple(map(_of_form, findings))
        unread = subject.failed_leads(_PARTS)
        if unread:
            findings = tuple(_elsewhere(finding, unread[0].url) for finding in findings)
        findings = _doubted(findings, page, match, work, published)
        judged.append((license, findings, verdict(findings)))
    return min(judged, key=lambda item: _SEVERITY[item[2]])


def _doubted(
    findings: tuple[Finding, ...], page: Page, match: Match, work: Work, published: str | None
) -> tuple[Finding, ...]:
    """The findings, as far as it is open which work is meant, which text came first, and whose page it is."""
    if not any(finding.outcome is Outcome.FAIL for finding in findings):
        return findings
    if match.tied:
        works = join_names([match.work, *match.tied[:4]])
        return tuple(_undecided(finding, "work-tied", {"works": works}) for finding in findings)
    doubt = find_doubt(page, match, work, published)
    if doubt is None:
        return findings
    return tuple(_undecided(f, doubt.code, doubt.params) if doubt.concerns(f.check) else f for f in findings)


def apply(rule: Rule, subject: Subject) -> Finding:
    """One rule's finding. An error in a check is never an accusation: it is a review that says so."""
    try:
        result = all_checks()[rule.check](subject, rule.options)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the page goes on to a person
        result = CheckResult(Outcome.REVIEW, "check-error", {"error": f"{type(error).__name__}: {error}"[:200]})
    return Finding(
        rule=rule.id,
        check=rule.check,
        level=rule.level,
        basis=_basis(rule, subject),
        outcome=result.outcome,
        code=result.code,
        params=dict(result.params),
        title=rule.title,
        message=message(rule.check, result),
        clause=rule.clause,
        clause_url=rule.clause_url,
        origin=result.origin,
        remedy=rule.remedy if result.outcome in (Outcome.FAIL, Outcome.REVIEW) else "",
        evidence=result.evidence,
    )


def _basis(rule: Rule, subject: Subject) -> Basis:
    """What the licensor's notice asks for by name is asked by the notice, whatever the licence says besides."""
    element = element_of(rule.check)
    if rule.basis == "licence" and element is not None and subject.asked(element):
        return "notice"
    return rule.basis


def _of_form(finding: Finding) -> Finding:
    """Where author, publisher and link are there, a credit in another form than the terms ask for may be enough."""
    if finding.basis != "terms" or not is_of_form(finding.check):
        return finding
    return _undecided(finding, "credit-in-another-form", {})


def _elsewhere(finding: Finding, url: str) -> Finding:
    """What may stand on a part of the copy that could not be read is not held against it."""
    if not may_stand_elsewhere(finding.check):
        return finding
    return _undecided(finding, "part-not-read", {"elsewhere": url})


def _undecided(finding: Finding, code: str, params: Mapping[str, str]) -> Finding:
    """Without knowing which work is meant, or which text came first, nothing can be held against a page."""
    if finding.outcome is not Outcome.FAIL:
        return finding
    instead = {"code": finding.code, "params": finding.params}
    result = CheckResult(Outcome.REVIEW, code, {**params, "message": finding.message, "of": instead})
    told = message(finding.check, result)
    return replace(finding, outcome=Outcome.REVIEW, code=code, params=result.params, message=told)


def verdict(findings: Iterable[Finding]) -> Verdict:
    """What the required findings come to."""
    outcomes = {finding.outcome for finding in findings if finding.level == "required"}
    if Outcome.FAIL in outcomes:
        return Verdict.VIOLATION
    return Verdict.REVIEW if Outcome.REVIEW in outcomes else Verdict.COMPLIANT
