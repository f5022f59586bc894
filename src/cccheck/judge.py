"""Rules applied to a matched page: findings, and the verdict that follows from them.

Any required `fail` → violation; else any required `review` → review; else compliant. A work under several licences
is judged under each: meeting one is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cccheck.checks import Subject, all_checks, element_of
from cccheck.creditline import join_names
from cccheck.licenses import License
from cccheck.messages import message
from cccheck.model import Basis, Bundle, CheckResult, Finding, Match, Outcome, Page, Rule, Verdict, Work
from cccheck.rulebook import Rulebook

_SEVERITY = {Verdict.COMPLIANT: 0, Verdict.REVIEW: 1, Verdict.VIOLATION: 2}


def judge(
    page: Page, match: Match, work: Work, licenses: Iterable[License], bundle: Bundle, rules: Rulebook
) -> tuple[License, tuple[Finding, ...], Verdict]:
    """The findings under the licence that the page meets best, and the verdict."""
    judged = []
    for license in licenses:
        subject = Subject(page, match, work, license, bundle)
        findings = tuple(apply(rule, subject) for rule in rules.rules_for(license) if rule.check in all_checks())
        if match.tied:
            findings = tuple(_undecided_by_tie(finding, match) for finding in findings)
        judged.append((license, findings, verdict(findings)))
    return min(judged, key=lambda item: _SEVERITY[item[2]])


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


def _undecided_by_tie(finding: Finding, match: Match) -> Finding:
    """Without knowing which work is meant, nothing can be held against a page."""
    if finding.outcome is not Outcome.FAIL:
        return finding
    works = join_names([match.work, *match.tied[:4]])
    result = CheckResult(Outcome.REVIEW, "work-tied", {"works": works, "message": finding.message})
    return replace(finding, outcome=Outcome.REVIEW, code=result.code, message=message("any", result))


def verdict(findings: Iterable[Finding]) -> Verdict:
    """What the required findings come to."""
    outcomes = {finding.outcome for finding in findings if finding.level == "required"}
    if Outcome.FAIL in outcomes:
        return Verdict.VIOLATION
    return Verdict.REVIEW if Outcome.REVIEW in outcomes else Verdict.COMPLIANT
