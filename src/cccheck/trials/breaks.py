"""Pages that break one term of a profile: a way for each check that terms are decided by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

from cccheck.profiles import Profile, kinds
from cccheck.trials.page import Paste, article, home_of, paragraphs, part_of, paste, work_of

_OTHER_HEADLINE = "Green Shoots Among the Shelves"


def broken(profile: Profile, name: str) -> Paste:
    """The page that pastes the snippet, but for one term."""
    return _BREAKS[kinds()[name].check](profile, name, paste(profile))


def _credit_in_other_words(profile: Profile, name: str, page: Paste) -> Paste:
    """Everything is credited, in nobody's form: other words, another byline, no institution, a link on other words."""
    work = work_of(profile)
    author, link = f"<p>Text: {escape(work.authors[0].name)}.</p>", f'<a href="{work.url}">Here</a>'
    source = f"<p>Taken from {escape(profile.name)}. {link} it stands.</p>"
    return replace(page, before="", after=author + source, head="")


def _credit_moved(profile: Profile, name: str, page: Paste) -> Paste:
    at = profile.terms[name].values["at"]
    together = page.before + page.after
    above, below = ("", together) if at in ("top", "both") else (together, "")
    return replace(page, before=above, after=below)


def _links_dropped(profile: Profile, name: str, page: Paste) -> Paste:
    return replace(page, paragraphs=part_of(profile, paragraphs(linked=False)))


def _other_headline(profile: Profile, name: str, page: Paste) -> Paste:
    title = escape(article()["title"])
    parts = {key: getattr(page, key).replace(title, "this article") for key in ("before", "after")}
    return replace(page, headline=_OTHER_HEADLINE, **parts)


def _with_picture(profile: Profile, name: str, page: Paste) -> Paste:
    picture = f'<img src="{home_of(profile)}{article()["image"]}" alt="">'
    return replace(page, paragraphs=(page.paragraphs[0], picture, *page.paragraphs[1:]))


def _without_head(profile: Profile, name: str, page: Paste) -> Paste:
    return replace(page, head="", before=_without_links(page.before), after=_without_links(page.after))


def _without_links(html: str) -> str:
    """Without `<link>` elements: some publishers put theirs into the body."""
    return "".join(part.partition(">")[2] if number else part for number, part in enumerate(html.split("<link")))


def _without_counter(profile: Profile, name: str, page: Paste) -> Paste:
    addresses = profile.terms[name].values["addresses"]
    parts = {}
    for key in ("head", "before", "after"):
        parts[key] = getattr(page, key)
        for address in addresses:
            parts[key] = parts[key].replace(address, "elsewhere.example")
    return replace(page, **parts)


def _too_much(profile: Profile, name: str, page: Paste) -> Paste:
    whole = paragraphs(linked=True)
    return replace(page, paragraphs=whole[:5] if profile.terms[name].values["most"] == "whole" else whole)


_BREAKS: dict[str, Callable[[Profile, str, Paste], Paste]] = {
    "credit-wording": _credit_in_other_words,
    "credit-placement": _credit_moved,
    "links-retained": _links_dropped,
    "title-unchanged": _other_headline,
    "images-excluded": _with_picture,
    "canonical-link": _without_head,
    "noindex": _without_head,
    "tracking-pixel": _without_counter,
    "excerpt-limit": _too_much,
}
