"""source-link: does the copy link the original article?

What passes: a link, or an address written out, that names the original: any spelling, redirector or archive of it; the
home page, where the publisher's profile says that it will do.
What fails: no link at all, a link to another article, an empty or hidden one; the home page where the publisher asks
for the article.
What a person decides: the home page alone, a short link not resolved, a link in a related box, a canonical tag alone,
a link in the credit to another site, a link on a dot or on nothing that shows, the address in a button, a script or
anywhere else in the page's code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, Literal
from urllib.parse import urljoin

from cccheck.addresses import Relation, host_of, relation
from cccheck.checks._discussion import discussion
from cccheck.checks._due import absent, hidden_or_unknown
from cccheck.checks._in_code import evidence_of, original_in_code
from cccheck.checks._same_article import is_section, led_away, perhaps_same, through_unknown
from cccheck.checks._subject import Subject
from cccheck.match.normalize import words
from cccheck.model import Block, Capture, CheckResult, Evidence, Link, Outcome
from cccheck.phrases import fold, says

ELEMENT: Literal["link"] = "link"
_SPECKS = frozenset(".,;:'\"`´’‘“”·•|_-‐‑–— \u00a0\u200b")
_MOST = 50  # addresses looked at in a line: no credit has so many
# A host is read from its beginning only: tried from each of its parts, a long run of them would take its square.
_URL = re.compile(r"(?:https?://|(?<![\w\-])(?<![\w\-]\.))[\w\-]++(?:\.[\w\-]++)++/[^\s<>\"'“”«»()\[\]]*", re.I)


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """The best link that there is, then what stands instead of one."""
    params = {"url": subject.work.url}
    originals = subject.links("original") + _resolved(subject)
    shown = [link for link in originals if _place(subject, link) == "credit"]
    seen = [link for link in shown if not _is_speck(link)]
    if seen:
        return CheckResult(Outcome.PASS, "link-present", params, _evidence(subject, seen))
    written = _written_out(subject, "original")
    plain = [item for item in written if item.visible == "visible"]
    if any(item.block not in discussion(subject) for item in plain):
        return CheckResult(Outcome.PASS, "link-written-out", params, tuple(written[:3]))
    if shown:
        return CheckResult(Outcome.REVIEW, "link-hardly-seen", params, _evidence(subject, shown))
    boxed = [link for link in originals if _place(subject, link) == "box"]
    if boxed or plain:
        evidence = _evidence(subject, boxed) or tuple(plain[:3])
        return CheckResult(Outcome.REVIEW, "link-outside-credit", params, evidence)
    hidden = [*map(subject.link_evidence, (link for link in originals if _place(subject, link) == "unseen")), *written]
    unseen = hidden_or_unknown(subject, ELEMENT, options, hidden, params)
    if unseen is not None and unseen.outcome is Outcome.REVIEW:
        return unseen
    if options.get("target") == "open" and not subject.asked(ELEMENT):
        reason = "The publisher says that a link is not required."
        return CheckResult(Outcome.INAPPLICABLE, "link-not-due", params | {"reason": reason})
    found = _instead(subject, options, params) or unseen or absent(subject, ELEMENT, options, (), params)
    return _doubtful(subject, params) or found if found.outcome is Outcome.FAIL else found


def _is_speck(link: Link) -> bool:
    """Whether a link shows a reader nothing but a dot or a comma, or nothing at all unless a style draws it."""
    return link.image_alt is None and all(char in _SPECKS for char in link.text)


def _doubtful(subject: Subject, params: dict[str, Any]) -> CheckResult | None:
    """What is no link to the original for sure and yet may lead a reader there."""
    away = [link for link in led_away(subject) if _place(subject, link) == "credit"]
    if away:
        return CheckResult(Outcome.REVIEW, "link-leads-elsewhere", params, _evidence(subject, away))
    places = original_in_code(subject)
    if not places:
        return None
    code = "link-in-code-only" if any(place.may_show for place in places) else "link-canonical-only"
    return CheckResult(Outcome.REVIEW, code, params, tuple(map(evidence_of, places[:3])))


def _instead(subject: Subject, options: Mapping[str, Any], params: dict[str, Any]) -> CheckResult | None:
    """What may stand for the link, or was meant to be one."""
    led = _led_to(subject)
    for kind, code in (("short", "link-short-unresolved"), ("identifier", "link-by-number")):
        links = [link for link in subject.links(kind) if _in_credit(subject, link)]  # type: ignore[arg-type]
        links = [link for link in links if link.resolved not in led]
        if links:
            return CheckResult(Outcome.REVIEW, code, params, _evidence(subject, links))
    short = _short_written_out(subject)
    if short:
        return CheckResult(Outcome.REVIEW, "link-short-unresolved", params, tuple(short[:3]))
    other = _under_other_base(subject)
    if other:
        return CheckResult(Outcome.REVIEW, "link-base-unclear", params, _evidence(subject, other))
    if _canonical_is_original(subject):
        return CheckResult(Outcome.REVIEW, "link-canonical-only", params)
    followed = [link for link in subject.page.links if link.resolved in led]
    others = subject.links("publisher") + [link for link in followed if led[link.resolved] == "publisher"]
    others = [link for link in others if _place(subject, link) == "credit"]
    for perhaps, code in (
        ([link for link in others if perhaps_same(subject, link)], "link-perhaps-same-article"),
        ([link for link in through_unknown(subject) if _place(subject, link) == "credit"], "link-through-other-site"),
    ):
        if perhaps:
            return CheckResult(Outcome.REVIEW, code, params, _evidence(subject, perhaps))
    meant = [link for link in others if _means_original(subject, link) and not is_section(link)]
    if meant:
        return _other_article(subject, options, meant, params)
    homes = subject.links("home") + [link for link in followed if led[link.resolved] == "home"]
    homes = [link for link in homes if _place(subject, link) == "credit"]
    homes = homes or [link for link in others if is_section(link)]
    shown = _evidence(subject, homes) or tuple((*_written_out(subject, "home"), *_hosts_written_out(subject))[:3])
    target = options.get("target")  # what the publisher takes, by its profile
    if shown and not _asks_for_article(subject) and target in ("home", "either"):
        return CheckResult(Outcome.PASS, "link-home-page-accepted", params, shown)
    if shown and not _asks_for_article(subject) and target != "article":
        return CheckResult(Outcome.REVIEW, "link-home-page-only", params, shown)
    if shown and subject.asked(ELEMENT):
        return CheckResult(Outcome.FAIL, "link-home-page-not-article", params, shown)
    return _other_article(subject, options, others, params) if others else None


def _other_article(
    subject: Subject, options: Mapping[str, Any], links: list[Link], params: dict[str, Any]
) -> CheckResult:
    result = absent(subject, ELEMENT, options, _evidence(subject, links), params)
    code = "link-to-other-article" if result.outcome is Outcome.FAIL else result.code
    return CheckResult(result.outcome, code, result.params, result.evidence)


def _means_original(subject: Subject, link: Link) -> bool:
    """Whether a link to another page of the publisher is given out as the original: by the title, or by saying so."""
    title, text = set(words(subject.work.title)), words(link.text)
    folded = fold(link.text)
    return (
        says("credit", folded, sourced=True)
        or (says("pointer", folded) and len(text) <= 3)
        or len(title & set(text)) >= max(2, 0.7 * len(title))
    )


def _place(subject: Subject, link: Link) -> Literal["credit", "box", "unseen", "elsewhere"]:
    """Whether a link stands as part of the article, in a box beside it, out of sight, or with somebody else's text."""
    if subject.layout.visible(link)[0] != "visible":
        return "unseen"
    block, parts = subject.block_of(link), subject.layout.parts(link)
    if block is None:
        return "credit"
    if "comments" in parts:
        return "elsewhere"
    if any(kind in parts for kind in ("nav", "related", "other", "promo")):
        return "credit" if subject.says("credit", block.index) else "box"
    return "box" if block.index in discussion(subject) else "credit"


def _in_credit(subject: Subject, link: Link) -> bool:
    block = subject.block_of(link)
    if block is None or _place(subject, link) != "credit":
        return False
    return subject.says("credit", block.index)


def _resolved(subject: Subject) -> list[Link]:
    """Short links that were followed and lead to the original."""
    led = _led_to(subject)
    return [link for link in subject.page.links if led.get(link.resolved) == "original"]


def _led_to(subject: Subject) -> dict[str, Relation]:
    """Where the short links led that were followed. One that stayed on its own host led nowhere yet."""
    work = subject.work
    return {
        lead.url: relation(capture.final_url, work.urls, *work.homes)
        for lead, capture in subject.bundle.followed
        if lead.role == "resolved"
        and isinstance(capture, Capture)
        and (capture.status == 200 or capture.redirects)
        and host_of(capture.final_url) != host_of(lead.url)
    }


def _written_out(subject: Subject, kind: Relation) -> list[Evidence]:
    """Addresses of the original, or of the publisher's home page, as plain text."""
    work = subject.work
    hosts = {host_of(url) for url in (*work.urls, *work.homes)} - {""}
    found = []
    for block, text in zip(subject.page.blocks, subject.texts, strict=True):
        lowered = text.lower()
        if not any(host in lowered for host in hosts):
            continue
        for match in _URL.finditer(text):
            url = match[0].rstrip(".,;:!?…")
            address = url if "://" in url else f"https://{url}"
            if relation(address, work.urls, *work.homes) == kind and not {"comments", "other"} & set(
                subject.layout.parts(block)
            ):
                found.append(subject.evidence(block, match.start(), match.start() + len(url)))
    return found


def _hosts_written_out(subject: Subject) -> list[Evidence]:
    """The publisher's host alone as plain text in a line of credit (`Source: courier.example`)."""
    hosts = "|".join(re.escape(host) for host in sorted({host_of(url) for url in subject.work.homes} - {""}))
    wanted = re.compile(rf"(?<![\w@.\-/])(?:www\.)?(?:{hosts})(?![\w\-/]|\.\w)", re.I)
    found = []
    for block, text in zip(subject.page.blocks, subject.texts, strict=True):
        match = wanted.search(text) if hosts and "." in text else None
        seen = match is not None and subject.layout.visible(block)[0] == "visible"
        if match is not None and seen and subject.says("credit", block.index) and _may_hold_credit(subject, block):
            found.append(subject.evidence(block, match.start(), match.end()))
    return found


def _may_hold_credit(subject: Subject, block: Block) -> bool:
    return not {"comments", "other", "nav", "related"} & set(subject.layout.parts(block))


def _short_written_out(subject: Subject) -> list[Evidence]:
    """Short addresses as plain text in a line that credits the publisher: nobody knows where they lead."""
    work, found = subject.work, []
    names = [fold(name) for name in (work.publisher.name, *work.publisher.aliases)]
    for block, text, folded in zip(subject.page.blocks, subject.texts, subject.folded_texts, strict=True):
        if "/" not in text or not any(name in folded for name in names) or not subject.is_credit(block.index):
            continue
        for match in islice(_URL.finditer(text), _MOST):
            url = match[0].rstrip(".,;:!?…")
            address = url if "://" in url else f"https://{url}"
            if relation(address, work.urls, *work.homes) == "short":
                found.append(subject.evidence(block, match.start(), match.start() + len(url)))
    return found


def _under_other_base(subject: Subject) -> list[Link]:
    """Relative links that lead to the original by a second `<base>`, which browsers ignore: a slip, not an omission."""
    work, bases = subject.work, subject.page.metadata.other_bases
    links = [link for link in subject.page.links if link.text and link.visible == "visible"] if bases else []
    return [
        link
        for link in links
        if any(relation(urljoin(base, link.href), work.urls, *work.homes) == "original" for base in bases)
    ]


def _canonical_is_original(subject: Subject) -> bool:
    canonical = subject.page.metadata.canonical
    work = subject.work
    sources = [canonical or "", *_metadata_urls(subject)]
    return any(relation(url, work.urls, *work.homes) == "original" for url in sources if url)


def _metadata_urls(subject: Subject) -> list[str]:
    """Addresses that the page's metadata gives as its source."""
    data = subject.page.metadata
    found = [content for name, content in data.meta if "source" in name or name in ("original-source", "dc.relation")]
    for script in data.json_ld:
        found.extend(
            re.findall(r"\"(?:isBasedOn|isBasedOnUrl|sameAs|mainEntityOfPage|url|@id)\"\s*:\s*\"([^\"]+)\"", script)
        )
    return [url.replace("\\/", "/") for url in found]


def _asks_for_article(subject: Subject) -> bool:
    notice = subject.work.notice
    return bool(notice) and says("article_link", fold(notice or ""))


def _evidence(subject: Subject, links: list[Link]) -> tuple[Evidence, ...]:
    return tuple(map(subject.link_evidence, links[:3]))
