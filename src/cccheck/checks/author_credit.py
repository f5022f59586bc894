"""author-credit: is every author of the work named as its author, where a reader sees it?

What passes: the known name in a byline or a credit beside the article, in any usual spelling.
What fails: the name nowhere, or only where nobody takes it for credit: a comment, another article, out of sight.
What a person decides: initials, the family name alone, a handle, "and others", the text of a picture, a misspelling,
another script, a name without any word of credit, a credit for the picture, the editing or the translation, metadata
alone, a mention below somebody else's byline.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from cccheck.checks._akin import find_akin
from cccheck.checks._byline import Kind, classify, is_byline
from cccheck.checks._due import absent, hidden_or_unknown
from cccheck.checks._forms import find_declined, find_in_other_script
from cccheck.checks._in_code import evidence_of, name_in_code
from cccheck.checks._instead import only_mentioned
from cccheck.checks._names import Mention, find_garbled, find_misspelt, find_name, find_person, find_shortened
from cccheck.checks._nobody import is_agency, is_nobody
from cccheck.checks._partial import find_partial, in_images_only
from cccheck.checks._subject import Subject
from cccheck.model import Author, CheckResult, Evidence, Outcome
from cccheck.phrases import fold

ELEMENT: Literal["author"] = "author"

_MOST = 400  # mentions looked at: no page needs so many
_AUTHOR_ALONE = ("1.0", "2.0", "2.1")  # licences that know nobody to be credited but the author
_ORDER = {Outcome.INAPPLICABLE: 0, Outcome.PASS: 1, Outcome.REVIEW: 2, Outcome.FAIL: 3}


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """Each author on their own; the worst answer is the check's, and names them."""
    if not subject.work.authors:
        return CheckResult(Outcome.INAPPLICABLE, "author-anonymous")
    results = [(author, _judged(subject, author, options)) for author in subject.work.authors]
    worst = max((result for _, result in results), key=lambda result: _ORDER[result.outcome])
    names = [author.name for author, result in results if result.code == worst.code]
    evidence = worst.evidence if worst.outcome is not Outcome.PASS else _all_evidence(results)
    return CheckResult(worst.outcome, worst.code, {**worst.params, "authors": names}, evidence, worst.origin)


def _all_evidence(results: list[tuple[Author, CheckResult]]) -> tuple[Evidence, ...]:
    return tuple(evidence for _, result in results for evidence in result.evidence[:1])


def _judged(subject: Subject, author: Author, options: Mapping[str, Any]) -> CheckResult:
    """An agency that is not named is credited where the publication is: it wrote nothing itself."""
    result = _judge(subject, author, options)
    return _collective(subject, options) if result.outcome is Outcome.FAIL and is_agency(author.name) else result


def _judge(subject: Subject, author: Author, options: Mapping[str, Any]) -> CheckResult:
    names = (author.name, *author.aliases)
    if is_nobody(author.name, subject.work.publisher):
        return _collective(subject, options)
    kinds = [(mention, classify(subject, mention)) for mention in find_person(subject, names)[:_MOST]]
    if not _credited(kinds):
        others = [*find_declined(subject, names), *find_shortened(subject, names)]
        kinds += [(mention, classify(subject, mention)) for mention in others[:_MOST]]
    seen = _credited(kinds)
    if seen and only_mentioned(subject, seen):
        return CheckResult(Outcome.REVIEW, "author-without-credit-words", {}, _evidence(subject, seen))
    if seen:
        return CheckResult(Outcome.PASS, "author-credited", {}, _evidence(subject, seen))
    repeated = _in_own_text(subject, names)
    if repeated is not None and repeated.outcome is Outcome.PASS:
        return repeated
    for code, wanted in (
        ("author-abbreviated", [m for m, kind in kinds if kind == "credit"]),
        ("author-without-credit-words", [m for m, kind in kinds if kind == "doubtful"]),
        ("author-credited-for-photo", [m for m, kind in kinds if kind == "photo"]),
        ("author-in-another-role", [m for m, kind in kinds if kind == "role"]),
    ):
        if wanted:
            return CheckResult(Outcome.REVIEW, code, {}, _evidence(subject, wanted))
    if repeated is not None:
        return repeated
    unseen = [m for m, kind in kinds if kind in ("hidden", "unknown")]
    found = hidden_or_unknown(subject, ELEMENT, options, list(_evidence(subject, unseen)), {})
    if found is not None and found.outcome is not Outcome.FAIL:
        return found
    perhaps = _perhaps(subject, names)
    if perhaps is None and found is not None and (place := name_in_code(subject, names)) is not None:
        return CheckResult(Outcome.REVIEW, "author-in-metadata-only", {}, (*found.evidence[:2], evidence_of(place)))
    return perhaps or found or _nowhere(subject, names, [m for m, kind in kinds if kind == "elsewhere"], options)


def _collective(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """An author without a name is credited where the publication is."""
    publisher = subject.work.publisher
    found = find_name(subject, (publisher.name, *publisher.aliases))[:_MOST]
    kinds = [(mention, classify(subject, mention)) for mention in found]
    credited = [mention for mention, kind in kinds if kind == "credit"]
    if credited:
        return CheckResult(Outcome.PASS, "author-credited", {}, _evidence(subject, credited))
    named = [mention for mention, kind in kinds if kind in ("doubtful", "photo", "role")]
    if named:
        return CheckResult(Outcome.REVIEW, "author-without-credit-words", {}, _evidence(subject, named))
    return absent(subject, ELEMENT, options, (), {})


def _credited(kinds: list[tuple[Mention, Kind]]) -> list[Mention]:
    return [mention for mention, kind in kinds if kind == "credit" and mention.likeness == "full"]


def _in_own_text(subject: Subject, names: tuple[str, ...]) -> CheckResult | None:
    """The work's own text may name its author (a byline, a note at the end): a copy that repeats it gives credit."""
    text = subject.folded_work
    if not any(fold(name) in text for name in names):
        return None
    whole = subject.unblanked
    mentions = [m for m in find_person(whole, names) if whole.layout.visible(m.block)[0] == "visible"]
    bylines = [m for m in mentions if is_byline(*_around(whole, m))]
    if bylines:
        return CheckResult(Outcome.PASS, "author-credited", {}, _evidence(subject, bylines))
    return CheckResult(Outcome.REVIEW, "author-named-in-text", {}, _evidence(subject, mentions)) if mentions else None


def _around(subject: Subject, mention: Mention) -> tuple[str, str]:
    before, after = subject.line(mention.block.index, mention.start, mention.end)
    return fold(before), after


def _perhaps(subject: Subject, names: tuple[str, ...]) -> CheckResult | None:
    """A byline that may mean the author: misspelt, in another script, in part."""
    for code, found in (
        ("author-misspelt", find_garbled),
        ("author-misspelt", find_misspelt),
        ("author-other-script", find_in_other_script),
        ("author-abbreviated", find_akin),
    ):
        similar = [m for m in found(subject, names) if classify(subject, m) == "credit"]
        if similar:
            return CheckResult(Outcome.REVIEW, code, {}, _evidence(subject, similar))
    partial = [mention for name in names for mention in find_partial(subject, name)]
    return CheckResult(Outcome.REVIEW, "author-abbreviated", {}, _evidence(subject, partial)) if partial else None


def _nowhere(
    subject: Subject, names: tuple[str, ...], elsewhere: list[Mention], options: Mapping[str, Any]
) -> CheckResult:
    result = absent(subject, ELEMENT, options, _evidence(subject, elsewhere), {})
    if result.outcome is Outcome.INAPPLICABLE:
        return result
    pictured = in_images_only(subject, names) if result.outcome is Outcome.FAIL else None
    if pictured is not None:
        return CheckResult(Outcome.REVIEW, "author-in-image-only", {}, pictured)
    place = name_in_code(subject, names)
    if place is not None:
        return CheckResult(Outcome.REVIEW, "author-in-metadata-only", {}, (evidence_of(place),))
    if result.outcome is not Outcome.FAIL:
        return result
    instead = _others_designated(subject)
    if instead:
        return CheckResult(Outcome.REVIEW, "author-others-designated", {}, _evidence(subject, instead))
    return result


def _others_designated(subject: Subject) -> list[Mention]:
    """Where the publisher stands, if the licensor asks for it and not for the author: from 2.5 on that may do."""
    publisher = subject.work.publisher
    if subject.asked(ELEMENT) or not subject.asked("publisher") or subject.license.version in _AUTHOR_ALONE:
        return []
    mentions = find_name(subject, (publisher.name, *publisher.aliases))
    return [mention for mention in mentions if subject.layout.visible(mention.block)[0] == "visible"]


def _evidence(subject: Subject, mentions: list[Mention]) -> tuple[Evidence, ...]:
    return tuple(subject.evidence(m.block, m.start, m.end) for m in mentions[:3])
