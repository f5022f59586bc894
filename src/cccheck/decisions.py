"""What people decided on findings, as plain data, and how a page's record reads with it. Pure.

A decision holds for one rule on one page as long as the page shows what it showed when it was made. It is applied after
judging, to the record that goes into the journal; the finding then says what was decided, why, and what it was before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from cccheck.model import Outcome, Verdict

FILE_NAME = "decisions.json"  # in a run's folder: those that held for it
JUDGED = (Verdict.COMPLIANT, Verdict.VIOLATION, Verdict.REVIEW)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a rule of a page. `page` is the page's id; `shown` and `captured` are the digests of what the
    page showed and of its captures' bytes: it holds while either is the same."""

    page: str
    url: str
    rule: str
    outcome: Literal["pass", "fail"]
    why: str
    at: str
    shown: str
    captured: str


def captured(row: Mapping[str, Any]) -> str:
    """Names the bytes that a page was judged by: the digests of its captures, in their order."""
    return " ".join(str(c.get("sha256") or c.get("failure") or "") for c in row["captures"])


def holding(decisions: Iterable[Decision], row: Mapping[str, Any]) -> list[Decision]:
    """The decisions that hold for this record: the page shows what it showed then."""
    bytes_now, shown_now = captured(row), row.get("shown")
    return [
        decision
        for decision in decisions
        if decision.page == row["id"]
        and (decision.captured == bytes_now or (shown_now and decision.shown == shown_now))
    ]


def decided(row: Row, decisions: Iterable[Decision]) -> Row:
    """The record with these decisions, and the verdict that follows; the record itself where none holds."""
    by_rule = {decision.rule: decision for decision in holding(decisions, row)}
    if not by_rule or row["verdict"] not in JUDGED or not row["findings"]:
        return row
    findings = [_finding(finding, by_rule.get(finding["rule"])) for finding in row["findings"]]
    return {**row, "findings": findings, "verdict": verdict(findings)}


def _finding(finding: Row, decision: Decision | None) -> Row:
    if decision is None or finding["outcome"] not in (Outcome.FAIL, Outcome.REVIEW, Outcome.PASS):
        return finding
    if finding["outcome"] == decision.outcome:
        return finding
    note = {"was": finding["outcome"], "why": decision.why, "at": decision.at}
    return {**finding, "outcome": decision.outcome, "decided": note}


def verdict(findings: Iterable[Mapping[str, Any]]) -> str:
    """What the required findings of a record come to."""
    outcomes = {finding["outcome"] for finding in findings if finding["level"] == "required"}
    if Outcome.FAIL in outcomes:
        return Verdict.VIOLATION.value
    return Verdict.REVIEW.value if Outcome.REVIEW in outcomes else Verdict.COMPLIANT.value


def dump(decisions: Iterable[Decision]) -> str:
    """As a JSON document, the same for the same decisions."""
    rows = sorted((asdict(decision) for decision in decisions), key=lambda row: (row["page"], row["rule"]))
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def load(text: str) -> tuple[Decision, ...]:
    """What `dump` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    return tuple(Decision(**row) for row in json.loads(text))
