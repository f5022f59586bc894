"""What is said of a rule, for `cccheck rule show` and for the pages of `docs/rules/`: the same words in both."""

from __future__ import annotations

from collections.abc import Iterator

from cccheck.licenses import License
from cccheck.rulebook.book import Entry
from cccheck.rulebook.conditions import quotation

DUE = {
    "yes": "always",
    "supplied": "if supplied with the article",
    "designated": "if the licensor asks for it",
    "specified": "if the licensor specifies an address for the article",
    "adaptation": "if the article was adapted",
    "relief": "a relief, not a duty",
    "no": "not asked",
}
CUTS = {
    "must-say": "A cut is a change to be marked.",
    "free": "A cut need not be marked.",
    "derivative": "A cut makes a derivative.",
    "review": "Whether a cut makes a derivative is for a person to say.",
    "allowed": "A cut makes no derivative; it is a change to be marked.",
}
_HEADINGS = (
    ("asks", "What it asks"),
    ("why", "Why"),
    ("passes", "What passes"),
    ("fails", "What fails"),
    ("remedy", "How to mend it"),
)


def sections(entry: Entry, license: License) -> Iterator[tuple[str, str]]:
    """Headings and paragraphs about one rule of one licence."""
    yield from words(entry)
    yield "When it is due", due(entry)
    if entry.rule.options.get("cuts"):
        yield "Cuts", CUTS[entry.rule.options["cuts"]]
    if entry.rule.options.get("severity") == "review":
        yield "How far it goes", "Never further than review: a person decides."
    yield "Decided by", _decided_by(entry)
    if entry.rule.clause:
        yield "Clause", f"{entry.rule.clause}\n{entry.rule.clause_url}".strip()
    quote = quotation(license, entry.covers) if entry.source.number else ""
    if quote:
        yield "In the licence's words", f"“{quote}”"


def words(entry: Entry) -> Iterator[tuple[str, str]]:
    """The plain words about a rule that its licence does not change, as a rule."""
    for key, heading in _HEADINGS:
        if entry.words.get(key):
            yield heading, entry.words[key]


def due(entry: Entry) -> str:
    """When the condition is due, and for what is not asked the reason."""
    said = when(entry).capitalize() + "."
    reason = entry.words.get("reason", "") if entry.decided else ""
    return f"{said} {reason}".strip()


def when(entry: Entry) -> str:
    """When the condition is due, in a few words."""
    if entry.due == "yes" and entry.rule.options.get("cuts") and entry.rule.check == "changes-indicated":
        return "if the article was changed"
    return DUE[entry.due]


def _decided_by(entry: Entry) -> str:
    if entry.decided:
        return f"the check {entry.rule.check}"
    return f"no program. {entry.words.get('reason', '')}".strip()
