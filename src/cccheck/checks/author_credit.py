"""author-credit: is every author of the work named as its author, where a reader sees it?

What passes: the known name in a byline or a credit beside the article, in any usual spelling.
What fails: the name nowhere, or only where nobody takes it for credit: a comment, another article, out of sight.
What a person decides: initials, a misspelling, another script, a name without any word of credit, a credit for the
picture, the editing or the translation, metadata alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from cccheck.checks._due import absent, hidden_or_unknown
from cccheck.checks._forms import find_declined, find_in_other_script
from cccheck.checks._names import Mention, find_misspelt, find_name, find_person
from cccheck.checks._subject import Subject
from cccheck.licenses import from_url
from cccheck.model import Author, CheckResult, Evidence, Outcome
from cccheck.phrases import fold, pattern, says, without_company
from cccheck.scripts import count_words, without_signs

ELEMENT: Literal["author"] = "author"
Kind = Literal["credit", "doubtful", "photo", "role", "elsewhere", "hidden", "unknown"]

_MOST = 400  # mentions looked at: no page needs so many
_BYLINE_WORDS = 14  # a line of at most so many words around a name at its start reads as a byline
_LEAD = 60  # characters before a name in which its role is said
_CLOSE = 30  # characters between a role and the name
_FAR = 40  # blocks after the article within which a bare name is still its byline
_AUTHOR_ALONE = ("1.0", "2.0", "2.1")  # licences that know nobody to be credited but the author
_ORDER = {Outcome.INAPPLICABLE: 0, Outcome.PASS: 1, Outcome.REVIEW: 2, Outcome.FAIL: 3}


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """Each author on their own; the worst answer is the check's, and names them."""
    if not subject.work.authors:
        return CheckResult(Outcome.INAPPLICABLE, "author-anonymous")
    results = [(author, _judge(subject, author, options)) for author in subject.work.authors]
    worst = max((result for _, result in results), key=lambda result: _ORDER[result.outcome])
    names = [author.name for author, result in results if result.code == worst.code]
    evidence = worst.evidence if worst.outcome is not Outcome.PASS else _all_evidence(results)
    return CheckResult(worst.outcome, worst.code, {**worst.params, "authors": names}, evidence, worst.origin)


def _all_evidence(results: list[tuple[Author, CheckResult]]) -> tuple[Evidence, ...]:
    return tuple(evidence for _, result in results for evidence in result.evidence[:1])


def _judge(subject: Subject, author: Author, options: Mapping[str, Any]) -> CheckResult:
    names = (author.name, *author.aliases)
    kinds = [(mention, _classify(subject, mention)) for mention in find_person(subject, names)[:_MOST]]
    if not _credited(kinds):
        kinds += [(mention, _classify(subject, mention)) for mention in find_declined(subject, names)[:_MOST]]
    seen = _credited(kinds)
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
    return found or _nowhere(subject, names, [m for m, kind in kinds if kind == "elsewhere"], options)


def _credited(kinds: list[tuple[Mention, Kind]]) -> list[Mention]:
    return [mention for mention, kind in kinds if kind == "credit" and mention.likeness == "full"]


def _in_own_text(subject: Subject, names: tuple[str, ...]) -> CheckResult | None:
    """The work's own text may name its author (a byline, a note at the end): a copy that repeats it gives credit."""
    text = subject.folded_work
    if not any(fold(name) in text for name in names):
        return None
    whole = subject.unblanked
    mentions = [m for m in find_person(whole, names) if whole.layout.visible(m.block)[0] == "visible"]
    bylines = [m for m in mentions if _is_byline(*_around(whole, m))]
    if bylines:
        return CheckResult(Outcome.PASS, "author-credited", {}, _evidence(subject, bylines))
    return CheckResult(Outcome.REVIEW, "author-named-in-text", {}, _evidence(subject, mentions)) if mentions else None


def _around(subject: Subject, mention: Mention) -> tuple[str, str]:
    before, after = subject.line(mention.block.index, mention.start, mention.end)
    return fold(before), after


def _nowhere(
    subject: Subject, names: tuple[str, ...], elsewhere: list[Mention], options: Mapping[str, Any]
) -> CheckResult:
    for code, found in (("author-misspelt", find_misspelt), ("author-other-script", find_in_other_script)):
        similar = [m for m in found(subject, names) if _classify(subject, m) == "credit"]
        if similar:
            return CheckResult(Outcome.REVIEW, code, {}, _evidence(subject, similar))
    if _in_metadata(subject, names):
        return CheckResult(Outcome.REVIEW, "author-in-metadata-only", {})
    result = absent(subject, ELEMENT, options, _evidence(subject, elsewhere), {})
    instead = _others_designated(subject) if result.outcome is Outcome.FAIL else []
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


def _classify(subject: Subject, mention: Mention) -> Kind:
    """What a mention of the author is, from its place and the words around it."""
    visible, _ = subject.layout.visible(mention.block)
    parts = subject.layout.parts(mention.block)
    before, after = subject.line(mention.block.index, mention.start, mention.end)
    number = mention.block.index
    comments = _comments(after) and number not in subject.linked_blocks and not _licensed(subject, number)
    if {"comments", "nav", "other"}.intersection(parts) or (comments and not subject.is_credit(number)):
        return "elsewhere"
    if comments:
        return "doubtful"  # "wrote:" is said of readers and of authors
    kind = _by_words(subject, mention, before, after, parts)
    if kind in ("credit", "doubtful") and visible != "visible":
        return visible
    return kind


def _comments(after: str) -> bool:
    """`NAME says:` is a commenter."""
    folded = fold(after).lstrip(" ,")
    match = pattern("comment").match(folded)
    return match is not None and ":" in folded[: match.end() + 4]


def _by_words(subject: Subject, mention: Mention, before: str, after: str, parts: list[str]) -> Kind:
    number, folded = mention.block.index, fold(before).replace(fold(subject.work.title), " ")
    leads = (_without_others(subject, folded), folded)
    if any(_is_last_said("photo", lead) for lead in leads):
        return "photo"
    if any(_is_last_said("role", lead) for lead in leads):
        return "role"
    aside = subject.is_aside(parts)
    if number in subject.teasers:
        return "elsewhere" if aside else "doubtful"
    if _is_pointer_to_person(mention, folded):
        return "doubtful"
    strong = subject.is_credit(number) or "©" in before or _licensed(subject, number)
    if aside:
        return "credit" if strong and number in subject.linked_blocks else "doubtful"
    if "caption" in parts or "figure" in parts:
        return "credit" if strong and not says("photo", fold(before + after)) else "photo"
    if strong or any(_is_byline(lead, after) for lead in leads):
        return "credit" if _is_near(subject, mention, strong) else "doubtful"
    return "doubtful"


def _without_others(subject: Subject, lead: str) -> str:
    """`By A, B and Dr.` → `By`: the author's co-authors, what joins their names and titles, left out."""
    for author in subject.work.authors:
        for name in (author.name, *author.aliases):
            lead = lead.replace(fold(name), " ")
    return without_company(lead)


def _is_last_said(meaning: Literal["photo", "role"], lead: str) -> bool:
    """The last thing said before the name is of a picture or of other work: `Photo by`, `Edited by`; not so in `Text
    and photos by`, where a word of authorship is joined on."""
    lead = lead[-_LEAD:]
    found = list(pattern(meaning).finditer(lead))
    if not found:
        return False
    between = lead[found[-1].end() :]
    if re.search(r"[.!?;|•·–—]\s|[。！？।]", between) or len(between) > _CLOSE:
        return False
    # "By" is said of pictures too, and "author of the picture" names no author.
    others = [*pattern("by").finditer(lead), *found]
    bylines = [
        byline
        for byline in pattern("byline").finditer(lead)
        if not any(other.start() <= byline.start() and byline.end() <= other.end() for other in others)
    ]
    return not any(
        byline.start() >= found[-1].end() or not _words_left(lead[byline.end() : found[-1].start()])
        for byline in bylines
    )


def _words_left(text: str) -> bool:
    """Whether a text says anything but "and"."""
    return re.search(r"\w", without_company(text)) is not None


def _is_pointer_to_person(mention: Mention, lead: str) -> bool:
    """A handle, a tag, or right after "follow", "more from": it leads to a person and says nothing of this text."""
    text = mention.block.text
    if "_" in text[mention.start : mention.end] or text[: mention.start].endswith("@"):
        return True
    tag = pattern("tag").match(lead.lstrip())
    if tag is not None and (":" in lead or " " in lead.lstrip()[: tag.end()]):
        return True
    near = lead[-_LEAD:]
    return any(re.search(r"\w", near[promo.end() :]) is None for promo in pattern("promo").finditer(near))


def _is_byline(lead: str, after: str) -> bool:
    """The name opens a short line, or follows a word such as "by"."""
    opening = without_signs(lead)
    if any(match.end() >= len(opening) for match in pattern("byline").finditer(lead)):
        return True
    follows = pattern("byline_after").search(fold(after)[:80])
    words = count_words(lead) + count_words(after)
    return (
        (not opening and (words <= _BYLINE_WORDS or follows is not None))
        or (follows is not None and words <= 40)
        or words <= 4
    )


def _licensed(subject: Subject, block: int) -> bool:
    return any(from_url(link.resolved) is not None for link in subject.page.links if link.block == block)


def _is_near(subject: Subject, mention: Mention, strong: bool) -> bool:
    """A bare name far below the article is another article's byline; a full credit is one wherever it stands."""
    return strong or mention.block.index <= subject.match.last_block + _FAR


def _in_metadata(subject: Subject, names: tuple[str, ...]) -> bool:
    data = subject.page.metadata
    stated = [content for name, content in data.meta if "author" in name or "creator" in name or "byl" in name]
    text = fold("\n".join([*stated, *data.json_ld]))
    return any(fold(name) in text or fold(json.dumps(name)[1:-1]) in text for name in names)
