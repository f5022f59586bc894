"""The made-up article as a publisher's work, and the page that pastes the publisher's snippet with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from cccheck.data import rule_table
from cccheck.licenses import parse_license
from cccheck.model import Author, Publisher, Work
from cccheck.profiles import Profile

COPY = "https://a-copy.example/news/the-library-that-lends-out-seeds"


@dataclass(frozen=True, slots=True)
class Paste:
    """A page about to be made: what stands in its head, above and below the text, and the text's paragraphs as HTML."""

    head: str
    before: str
    after: str
    headline: str
    paragraphs: tuple[str, ...]

    @property
    def html(self) -> str:
        """The page."""
        body = "\n".join(self.paragraphs)
        head = f'<meta charset="utf-8"><title>{self.headline}</title>{self.head}'
        text = f"<h1>{self.headline}</h1>\n{self.before}\n{body}\n{self.after}"
        frame = f'<header><a href="/">A Copy</a></header><article>{text}</article><footer>© A Copy</footer>'
        return f'<!doctype html><html lang="en"><head>{head}</head><body>{frame}</body></html>'


@cache
def article() -> Mapping[str, Any]:
    """The article, as the file has it."""
    return rule_table("trial.toml")


def work_of(profile: Profile) -> Work:
    """The article, as if the profile's publisher had published it."""
    made_up = article()
    home = home_of(profile)
    license = profile.grants[0].license
    return Work(
        id="trial",
        title=made_up["title"],
        authors=(Author(made_up["author"], (), made_up["affiliation"]),),
        publisher=Publisher(profile.name, home),
        url=f"{home}2026/10/lends-out-seeds",
        licenses=(license,),
        text="\n\n".join(made_up["text"]),
        credit=frozenset(profile.credit or ("author", "publisher", "link")),
        published=made_up["date"],
        language=profile.language,
        profile=profile.id,
        links=tuple((link["text"], link["href"]) for link in made_up["links"]),
        images=((f"{home}{made_up['image']}", made_up["caption"]),),
    )


def home_of(profile: Profile) -> str:
    """The publisher's home page."""
    return f"https://{profile.sites[0] if profile.sites else 'publisher.example'}/"


def paste(profile: Profile) -> Paste:
    """The page that pastes the publisher's snippet with the article."""
    made_up, work = article(), work_of(profile)
    license = parse_license(work.licenses[0])
    values = {
        "title": work.title,
        "author": made_up["author"],
        "affiliation": made_up["affiliation"],
        "publisher": profile.name,
        "home": work.publisher.url,
        "url": work.url,
        "date": "5 October 2026",
        "license_url": (license.url if license else None) or "https://creativecommons.org/licenses/",
    }
    parts = {key: _filled(profile.snippet.get(key, ""), values) for key in ("head", "before", "after")}
    return Paste(headline=escape(work.title), paragraphs=part_of(profile, paragraphs(linked=True)), **parts)


def _filled(text: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", escape(value))
    return text


def paragraphs(*, linked: bool) -> tuple[str, ...]:
    """The text as HTML, with or without its links."""
    found = []
    for text in map(escape, article()["text"]):
        for link in article()["links"] if linked else ():
            words = escape(link["text"])
            text = text.replace(words, f'<a href="{link["href"]}">{words}</a>')
        found.append(f"<p>{text}</p>")
    return tuple(found)


def part_of(profile: Profile, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """As much of the text as the publisher gives to be republished."""
    extent = profile.terms.get("extent")
    if extent is None or extent.values["most"] == "whole":
        return paragraphs
    if extent.values["most"] == "paragraphs":
        return paragraphs[: extent.values["paragraphs"]]
    return paragraphs[: max(1, int(len(paragraphs) * extent.values["share"]))]
