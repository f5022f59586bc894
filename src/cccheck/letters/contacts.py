"""How a site may be reached, from what was captured of it: offered to a person, never assumed.

An address is taken from a mail link, a line outside the article, the page's own data on its organization, a contact
page or a security.txt. Never from the article's text: those addresses are the publisher's, or of people it is about.
What a page gives is hostile: only one plain address counts as one, and none is the publisher's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from urllib.parse import unquote

from cccheck.addresses import host_of
from cccheck.data import rule_table
from cccheck.letters.forms import mail_address
from cccheck.model import Page, Work
from cccheck.phrases import fold

Kind = Literal["mail", "page"]

MOST = 6
"""So many are offered for a site."""

_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_SECURITY = re.compile(r"^contact:\s*(\S+)\s*$", re.I | re.M)
_OWN_TEXT = 40  # characters from which a block that stands in the work is the article's
_FAR = 10_000  # characters of a block in which addresses are looked for
_ELSEWHERE = frozenset({"comments", "hidden"})
_ORGANIZATION = re.compile(r"Organization|ContactPoint|WebSite")


@dataclass(frozen=True, slots=True)
class Contact:
    """An address to write to, or a page that may have one; where it was found, and how.

    `own`: the address is at the site itself. The lower the `rank`, the likelier it is the right one.
    """

    kind: Kind
    value: str
    found_on: str
    how: str
    own: bool
    rank: int


def find_contacts(page: Page, work: Work, site: str) -> list[Contact]:
    """What one captured page gives, unsorted. `site` is the owner's site, `work` what the page copies."""
    own_text = _article(page, work)
    found = [
        *_mail_links(page, own_text),
        *_written_out(page, own_text),
        *_organization(page.metadata.json_ld),
    ]
    mails = (_mail(value, how, page.url, site) for value, how in found)
    return [contact for contact in mails if contact and _may_be_used(contact, work)] + list(_pages(page, site))


def from_security_txt(text: str, url: str, work: Work, site: str) -> list[Contact]:
    """What a security.txt names (RFC 9116 §2.5.3): a last resort, since it is meant for something else."""
    mails = (value[7:] for value in _SECURITY.findall(text[:_FAR]) if value.lower().startswith("mailto:"))
    found = (_mail(value, "security.txt", url, site, later=50) for value in mails)
    return [contact for contact in found if contact and _may_be_used(contact, work)]


def best(contacts: Iterable[Contact]) -> list[Contact]:
    """Each once, the likeliest first."""
    ranked = sorted(
        contacts, key=lambda contact: (contact.kind != "mail", not contact.own, contact.rank, contact.value)
    )
    return list({contact.value.lower(): contact for contact in reversed(ranked)}.values())[::-1][:MOST]


# ------------------------------------------------------------------ where they stand


def _article(page: Page, work: Work) -> range:
    """The blocks from the first to the last that stand in the work."""
    text = fold(work.text)
    own = [b.index for b in page.blocks if len(b.text) >= _OWN_TEXT and fold(b.text) in text]
    return range(own[0], own[-1] + 1) if own else range(0)


def _elsewhere(page: Page, block: int) -> bool:
    """Whether a block is somebody else's (a comment), or out of sight."""
    if not 0 <= block < len(page.blocks):
        return False
    found = page.blocks[block]
    return found.visible == "hidden" or any(page.containers[n].kind in _ELSEWHERE for n in found.containers)


def _mail_links(page: Page, article: range) -> Iterator[tuple[str, str]]:
    for link in page.links:
        shown = link.visible != "hidden" and link.block not in article and not _elsewhere(page, link.block)
        if shown and link.href[:7].lower() == "mailto:":
            yield unquote(link.href[7:].split("?", 1)[0]), "a mail link"


def _written_out(page: Page, article: range) -> Iterator[tuple[str, str]]:
    for block in page.blocks:
        if "@" in block.text and block.index not in article and not _elsewhere(page, block.index):
            yield from ((value, "written on the page") for value in _ADDRESS.findall(block.text[:_FAR]))


def _organization(scripts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Mail addresses of organizations in schema.org data."""
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for value in _emails(data, 0):
            yield value.removeprefix("mailto:"), "the page's data on its publisher"


def _emails(data: Any, depth: int) -> Iterator[str]:
    if depth > 8:
        return
    if isinstance(data, list):
        for item in data[:100]:
            yield from _emails(item, depth + 1)
    if isinstance(data, Mapping):
        if _ORGANIZATION.search(str(data.get("@type", ""))) and isinstance(data.get("email"), str):
            yield data["email"]
        for item in list(data.values())[:100]:
            yield from _emails(item, depth + 1)


def _pages(page: Page, site: str) -> Iterator[Contact]:
    """Links to pages of the same site that say how it is reached."""
    for link in page.links:
        host = host_of(link.resolved)
        if link.visible == "hidden" or _elsewhere(page, link.block) or not _at(host, site):
            continue
        kind = _kind_of_page(link.text or link.label, link.resolved)
        if kind is not None:
            number = list(_data()["pages"]).index(kind)
            yield Contact("page", link.resolved, page.url, f"a link to its {kind} page", True, number)


def _kind_of_page(text: str, url: str) -> str | None:
    said = " ".join(fold(text).split())
    tail = fold(unquote(url.split("?", 1)[0].split("#", 1)[0])).rstrip("/").rpartition("/")[2].removesuffix(".html")
    for kind, names in _data()["pages"].items():
        if said in names or tail in names:
            return str(kind)
    return None


# ------------------------------------------------------------------ which may be used


def _mail(value: str, how: str, url: str, site: str, later: int = 0) -> Contact | None:
    value = value.strip().rstrip(".")
    if not mail_address(value):
        return None
    box, _, host = value.lower().partition("@")
    first = _data()["mailboxes"]["first"]
    rank = first.index(box) if box in first else len(first)
    return Contact("mail", value, url, how, _at(host, site), rank + later)


def _may_be_used(contact: Contact, work: Work) -> bool:
    """Whether an address is nobody's who wrote or published the article, and one that somebody reads."""
    box, _, host = contact.value.lower().partition("@")
    names = _data()["mailboxes"]
    if box in names["never"] or host.rpartition(".")[2] in names["files"]:
        return False
    publishers = {host_of(work.url), host_of(work.publisher.url)}
    return contact.value.lower() not in work.text.lower() and not any(_at(host, own) for own in publishers if own)


def _at(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")


@cache
def _data() -> dict[str, Any]:
    return rule_table("letters/contacts.toml")
