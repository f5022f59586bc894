"""credit-placement: does the credit stand where the publisher wants it?

Due only where the publisher's profile asks: above the text, below it, or both.
What passes: the publisher credited there, in a byline, a line of credit or a note.
What fails: credited elsewhere only. Whether it is credited at all is for publisher-credit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from cccheck.checks._names import Mention
from cccheck.checks._subject import Subject
from cccheck.checks.publisher_credit import credits_of
from cccheck.model import Block, CheckResult, Outcome

MAY_STAND_ELSEWHERE = True
OF_FORM = True
_EDGE = 0.15  # share of the copied text that may stand above a credit at the top, or below one at the end


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """Every credit by its place."""
    wanted = {"top", "end"} if options["at"] == "both" else {options["at"]}
    credits = credits_of(subject)
    if not credits:
        return CheckResult(Outcome.INAPPLICABLE, "placement-no-credit")
    places = [(mention, _place(subject, mention.block)) for mention in credits]
    lacking = wanted - {place for _, place in places}
    if lacking:
        code = "placement-not-top" if "top" in lacking else "placement-not-end"
        return CheckResult(Outcome.FAIL, code, {}, _quoted(subject, credits))
    right = [mention for mention, place in places if place in wanted]
    return CheckResult(Outcome.PASS, "placement-as-asked", {}, _quoted(subject, right))


def _place(subject: Subject, block: Block) -> Literal["top", "end", "middle"]:
    """Above the text, below it, or between; a credit right after the first lines stands above."""
    weights = subject.layout.weights
    total = sum(weights.values())
    above = sum(weight for number, weight in weights.items() if number < block.index)
    if above <= _EDGE * total:
        return "top"
    below = sum(weight for number, weight in weights.items() if number > block.index)
    return "end" if below <= _EDGE * total else "middle"


def _quoted(subject: Subject, mentions: list[Mention]) -> tuple[Any, ...]:
    return tuple(subject.evidence(m.block, m.start, m.end) for m in mentions[:3])
