"""A site's pages → one letter: what is alleged, which variant, the values of its template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cccheck.errors import UsageError
from cccheck.letters.model import Copy, Letter, Record, Sender, Variant
from cccheck.letters.templates import render
from cccheck.letters.words import Words, words
from cccheck.licenses import cure_of
from cccheck.model import HARMLESS_KINDS, CreditLine
from cccheck.plain import clean

REPLY_DAYS = 30
"""Within how many days an answer is hoped for, where no licence gives a time."""

MOST_PAGES = 25
"""So many pages a letter lists; of more it says how many."""

_CREDIT = ("author-credit", "publisher-credit", "source-link", "title-credit", "license-notice")
_SOURCE = _CREDIT[:3]  # a copy that gives one of these gives credit
_FEW = 2  # a credit that lacks no more than that is almost right
_ALTERED, _NOTE = "no-derivatives", "changes-indicated"
_FRIENDLY = ("thanks", "apology")  # these allege nothing
_DIFFERENCES = 3  # examples of changed words
_QUOTE = 200  # characters of each


def alleged(record: Record) -> list[Mapping[str, Any]]:
    """The findings that may be held against a page: required, failed, and the republisher's own shortfall."""
    return [
        finding
        for finding in record["findings"]
        if finding["outcome"] == "fail" and finding["level"] == "required" and finding["origin"] == "republisher"
    ]


def choose_variant(copies: Sequence[Copy], today: date) -> Variant:
    """The variant that fits: by what became of earlier letters, else by what is missing."""
    told = [copy.notified for copy in copies if copy.notified]
    if copies and all(copy.cured for copy in copies):
        return "thanks"
    if copies and all(copy.withdrawn for copy in copies):
        return "apology"
    if told:
        return "reminder" if today <= _asked_by(copies, min(told)) else "overdue"
    if any(finding["check"] == _ALTERED for copy in copies for finding in alleged(copy.record)):
        return "altered"
    return "almost" if all(_nearly(copy.record) for copy in copies) else "uncredited"


def write_letter(
    site: str,
    copies: Sequence[Copy],
    sender: Sender,
    *,
    language: str,
    today: date,
    variant: Variant | None = None,
    own: Path | None = None,
) -> Letter:
    """The letter to a site about these pages, dated `today`. `own` is a team's folder of templates.

    Pages against which nothing is held are left out of a letter that alleges something. Raises UsageError where no page
    is left, DataError for a template that cannot be used.
    """
    chosen = variant or choose_variant(copies, today)
    if chosen not in _FRIENDLY:
        copies = [copy for copy in copies if alleged(copy.record)]
    if not copies:
        raise UsageError(f"{site}: there is nothing to write about: no required rule fails on its pages")
    said = words(language)
    values, addresses = _values(site, copies, sender, said, today)
    subject, text = render(chosen, language, values, own)
    pages = tuple(copy.record["url"] for copy in copies)
    return Letter(chosen, language, site, subject, text, pages, addresses)


def _values(
    site: str, copies: Sequence[Copy], sender: Sender, said: Words, today: date
) -> tuple[dict[str, Any], dict[str, str]]:
    """What a template may use (docs/letters.md has the list), and the addresses of the clauses."""
    addresses: dict[str, str] = {}
    shown = copies[:MOST_PAGES]
    told = [copy.notified for copy in copies if copy.notified]
    cured = [copy.cured for copy in copies if copy.cured]
    learned = min(told) if told else today
    by = _asked_by(copies, learned)
    publishers = list(dict.fromkeys(copy.work.publisher.name for copy in copies))
    values: dict[str, Any] = {
        "site": clean(site),
        "articles": _articles(shown, said, addresses),
        "one": len(copies) == 1,
        "more": len(copies) - len(shown),
        "licensed": all(copy.license is not None and copy.license.kind != "permission" for copy in copies),
        "none_credited": not any(_credits(copy.record) for copy in copies),
        "found": said.listed(_found(copies, said)),
        "seen": said.day(max(map(_seen, copies))),
        "notified": said.day(learned) if told else "",
        "cured": said.day(max(cured)) if cured else "",
        "in_time": bool(cured) and max(cured) <= by,
        "others": any(cure_of(copy.license) is None for copy in copies),
        "mending": _mending(copies, learned, said, addresses),
        "by": said.day(by),
        "today": said.day(today),
        "contact": clean(sender.contact),
        "publisher": said.listed(publishers),
        "signature": _lines(sender.signature) or "\n".join([said.listed(publishers), clean(sender.contact)]),
    }
    return values, addresses


def _articles(copies: Sequence[Copy], said: Words, addresses: dict[str, str]) -> list[dict[str, Any]]:
    """The works in the order of their first pages, each with its pages."""
    found = []
    for work in dict.fromkeys(copy.work.id for copy in copies):
        of_work = [copy for copy in copies if copy.work.id == work]
        first = of_work[0]
        lacking = {finding["check"] for copy in of_work for finding in alleged(copy.record)}
        named = first.license is not None and first.license.kind in ("cc", "other")
        found.append(
            {
                "title": clean(first.work.title),
                "quoted": said.quoted(clean(first.work.title)),
                "url": clean(first.work.url),
                "licence": first.license.short if first.license is not None and named else "",
                "pages": [_page(copy, said, addresses) for copy in of_work],
                "credit": _credit(first, said) if lacking & set(_CREDIT) else None,
            }
        )
    return found


def _page(copy: Copy, said: Words, addresses: dict[str, str]) -> dict[str, Any]:
    findings = alleged(copy.record)
    altered = any(finding["check"] == _ALTERED for finding in findings)
    if altered:  # with our own wording back there is nothing to be noted
        findings = [finding for finding in findings if finding["check"] != _NOTE]
    addresses.update({said.clause(f["clause"]): f["clause_url"] for f in findings if f["clause"] and f["clause_url"]})
    return {
        "url": clean(copy.record["url"]),
        "seen": said.day(_seen(copy)),
        "missing": [{"text": _missing(f, copy, said), "clause": said.clause(f["clause"])} for f in findings],
        "differences": _differences(copy.record) if altered else [],
    }


def _missing(finding: Mapping[str, Any], copy: Copy, said: Words) -> str:
    """What is missing, in the letter's language; whatever comes from the page is made harmless."""
    work = copy.work
    notices = {"copyright": work.supplied_copyright or "", "disclaimer": work.supplied_disclaimer or ""}
    params = {key: _harmless(value) for key, value in {**notices, **finding["params"]}.items()}
    return clean(said.missing(finding["check"], finding["code"], params))


def _harmless(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [clean(str(item))[:_QUOTE] for item in value]
    return clean(value) if isinstance(value, str) else value


def _credit(copy: Copy, said: Words) -> dict[str, str] | None:
    reported = copy.record["credit_line"]
    line = said.credit(copy.work, copy.license, CreditLine(**reported) if reported else None)
    return {"text": clean(line.text), "html": clean(line.html)} if line else None


def _differences(record: Record) -> list[dict[str, str]]:
    """Some of the places where words were changed: what stands on the copy, and what was written."""
    edits = [e for e in (record["match"] or {}).get("edits", ()) if e["kind"] not in HARMLESS_KINDS]
    both = ((_quote(e["copy"]["quote"]), _quote(e["original"]["quote"])) for e in edits if e["copy"])
    return [{"theirs": theirs, "ours": ours} for theirs, ours in both if theirs and ours][:_DIFFERENCES]


def _quote(text: str) -> str:
    text = " ".join(clean(text).split())
    return text if len(text) <= _QUOTE else text[:_QUOTE].rsplit(" ", 1)[0] + " …"


def _credits(record: Record) -> bool:
    """Whether a page names the author or the publication, or links the original."""
    return any(f["outcome"] == "pass" and f["check"] in _SOURCE for f in record["findings"])


def _nearly(record: Record) -> bool:
    """Whether a page gives credit, and most of what is asked."""
    return _credits(record) and len([f for f in alleged(record) if f["check"] in _CREDIT]) <= _FEW


def _found(copies: Iterable[Copy], said: Words) -> list[str]:
    """What every one of the pages gives already."""
    passed = [{f["check"] for f in copy.record["findings"] if f["outcome"] == "pass"} for copy in copies]
    return [name for check in _CREDIT if all(check in p for p in passed) and (name := said.found(check))]


def _seen(copy: Copy) -> date:
    """The day of the page's last capture."""
    return copy.seen or date.fromisoformat(copy.record["captures"][0]["fetched_at"][:10])


def _asked_by(copies: Iterable[Copy], learned: date) -> date:
    """The day until which a letter asks for things to be put right: the licence's, where there is one."""
    days = [cure.days for copy in copies if (cure := cure_of(copy.license))]
    return _after(learned, min(days, default=REPLY_DAYS))


def _after(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise UsageError(f"{days} days after {day} there is no date; give an earlier one") from None


def _mending(
    copies: Iterable[Copy], learned: date, said: Words, addresses: dict[str, str]
) -> list[dict[str, str | int]]:
    """The rules by which rights come back, each once."""
    cures = ((cure, copy.license) for copy in copies if (cure := cure_of(copy.license)))
    rules = {said.clause(cure.clause): (cure, license) for cure, license in cures}
    addresses.update({clause: f"{license.url}legalcode" for clause, (_, license) in rules.items() if license})
    until = {clause: said.day(_after(learned, cure.days)) for clause, (cure, _) in rules.items()}
    return [{"days": cure.days, "clause": clause, "by": until[clause]} for clause, (cure, _) in rules.items()]


def _lines(text: str) -> str:
    return "\n".join(clean(line).strip() for line in text.strip().splitlines())
