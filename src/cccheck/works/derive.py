"""A new work from an article's text and what the user gives: what is known, from where, and what is missing.

Nothing is guessed: what no source says is missing, and what a source says unclearly is missing with a hint.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cccheck.errors import UsageError
from cccheck.model import Author, Publisher, Work
from cccheck.phrases import fold
from cccheck.works.cut import Parted, part, without_heading
from cccheck.works.facts import Fact, Facts
from cccheck.works.notice import Notice, domain_of
from cccheck.works.record import DEFAULT_CREDIT, in_order, record_of, record_problems

_FROM_ADDRESS = "the article's address"
_OPTIONS = {
    "title": "--title",
    "authors": "--author",
    "publisher": "--publisher",
    "url": "--url",
    "license": "--license",
    "id": "--id",
}
_OTHER_OPTIONS = {"authors.name": "--author", "publisher.url": "--publisher-url", "alternate_urls": "--alternate-url"}
_MAX_SLUG = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a new work. `unclear` are hints to keys that a source names without deciding them."""

    facts: Facts
    unclear: Mapping[str, str]
    left_out: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys without which there is no record."""
        anonymous = "anonymous" in self.facts
        without = {"authors" if anonymous else "", "id" if "title" not in self.facts else ""}
        return tuple(key for key in _OPTIONS if key not in self.facts and key not in without)


def draft_from_text(text: str, given: Facts) -> Draft:
    """A draft from an article's plain text; `given` wins over what its notice says."""
    parted = part(text)
    said, unclear = read_notices(parted.notices)
    return combine([given, said], unclear, parted, {})


def with_settings(draft: Draft, known: Mapping[str, Any]) -> Draft:
    """The draft with what the settings say of every work, where its own source does not say it."""
    facts = dict(draft.facts)
    for key, value in known.items():
        if key not in facts or facts[key].origin == _FROM_ADDRESS:
            facts[key] = Fact(value, "cccheck.toml")
    return replace(draft, facts=facts, unclear={key: hint for key, hint in draft.unclear.items() if key not in facts})


def with_answers(draft: Draft, said: Mapping[str, Any]) -> Draft:
    """The draft with what somebody answered, and what follows from that."""
    facts = {**draft.facts, **{key: Fact(value, "your answer") for key, value in said.items()}}
    _add_derived(facts)
    title, authors = facts.get("title"), facts.get("authors")
    if text := facts.get("text"):
        body = without_heading(text.value, title.value if title else "", authors.value if authors else ())
        facts["text"] = replace(text, value=body)
    return replace(draft, facts=facts, unclear={key: hint for key, hint in draft.unclear.items() if key not in facts})


def work_of(draft: Draft) -> Work:
    """The work of a draft. Raises UsageError that names every missing option at once, or the option that is wrong."""
    if draft.missing or "text" not in draft.facts:
        raise UsageError(_what_is_missing(draft))
    work = _work(draft)
    for wrong in record_problems(record_of(work), Path()):
        raise UsageError(f"{_option(wrong.place)}: {wrong.problem}; {wrong.mend}")
    return work


def _work(draft: Draft) -> Work:
    value = {key: fact.value for key, fact in draft.facts.items()}
    return Work(
        id=value["id"],
        title=value["title"],
        authors=tuple(Author(name) for name in value.get("authors", ())),
        publisher=Publisher(value["publisher"], value["publisher_url"]),
        url=value["url"],
        licenses=tuple(value["license"]),
        text=value["text"],
        alternate_urls=tuple(value.get("alternate_urls", ())),
        credit=frozenset(value["credit"]),
        anonymous="anonymous" in value,
        published=value.get("published"),
        language=value.get("language"),
        notice=value.get("notice"),
        profile=value.get("profile"),
        links=tuple(value.get("links", ())),
        images=tuple(value.get("images", ())),
        extracted=value.get("extracted", False),
    )


def slug(text: str) -> str:
    """An id out of a title: lower-case ASCII letters, digits and hyphens; empty where the title has none."""
    words = re.findall(r"[a-z0-9]+", fold(text).replace("'", ""))
    found = ""
    for word in words:
        if found and len(found) + len(word) >= _MAX_SLUG:
            break
        found = f"{found}-{word}" if found else word[:_MAX_SLUG]
    return found


# ------------------------------------------------------------------ putting sources together


def combine(sources: Sequence[Facts], unclear: Mapping[str, str], parted: Parted, parts: Facts) -> Draft:
    """One draft of several sources, the first that says a thing believed; `parts` are the text's links and images."""
    facts: dict[str, Fact] = dict(ChainMap(*(dict(source) for source in sources)))
    _add_derived(facts)
    title, authors = facts.get("title"), facts.get("authors")
    body = without_heading(parted.body, title.value if title else "", authors.value if authors else ())
    if body.strip():
        facts["text"] = Fact(body, "the text")
    facts.setdefault("credit", Fact(in_order(DEFAULT_CREDIT), "the default"))
    return Draft(
        {**parts, **facts}, {key: hint for key, hint in unclear.items() if hint and key not in facts}, parted.left_out
    )


def _add_derived(facts: dict[str, Fact]) -> None:
    """What follows from the rest: the publisher's home from its name or the article's address, the id."""
    publisher, url, title = facts.get("publisher"), facts.get("url"), facts.get("title")
    host = domain_of(publisher.value) if publisher else None
    if host and publisher and publisher.origin != "given":
        facts.setdefault("publisher_url", Fact(f"https://{host}/", "the publisher's name"))
    elif url and "publisher_url" not in facts:
        parts = urlsplit(url.value)
        home = f"https://{host}/" if host else f"{parts.scheme}://{parts.netloc}/"
        facts["publisher_url"] = Fact(home, "the publisher's name" if host else _FROM_ADDRESS)
    if title and "id" not in facts and (name := slug(title.value)):
        facts["id"] = Fact(name, "the title")


def _what_is_missing(draft: Draft) -> str:
    if "text" not in draft.facts:
        return "no text of an article was found; save the article as a text file and add that"
    words = [f"{_asked(key)} ({draft.unclear[key]})" if key in draft.unclear else _asked(key) for key in draft.missing]
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"the source does not say everything a record needs; give {listed}"


def _asked(key: str) -> str:
    return "--author or --anonymous" if key == "authors" else _OPTIONS[key]


def _option(place: str) -> str:
    """The option that sets what stands at a place of the record."""
    key = re.sub(r"\[\d+\]", "", place)
    return _OPTIONS.get(key) or _OTHER_OPTIONS.get(key) or "--" + key.split(".")[0]


def read_notices(notices: Iterable[Notice]) -> tuple[dict[str, Fact], dict[str, str]]:
    """What notices say together, and hints to what they leave open. A licence by name is believed before plain `CC`."""
    facts: dict[str, Fact] = {}
    unclear: dict[str, str] = {}
    for notice in sorted(notices, key=lambda n: n.license == "CC"):
        found = {
            "title": notice.title,
            "authors": notice.authors,
            "publisher": notice.publisher,
            "license": (notice.license,) if notice.license else None,
            "credit": in_order(notice.credit) if notice.credit != DEFAULT_CREDIT else None,
        }
        for key, value in found.items():
            if value:
                facts.setdefault(key, Fact(value, "the notice"))
        if notice.unclear:
            unclear["license"] = f"the notice says {notice.unclear}"
    texts = list(dict.fromkeys(notice.text for notice in sorted(notices, key=lambda n: n.start)))
    if texts:
        facts["notice"] = Fact("\n".join(texts), "the source")
    if "license" in unclear and facts.get("license", Fact((), "")).value == ("CC",):
        del facts["license"]
    return facts, unclear
