"""What speaks against accusing a page of anything: which text came first, whose page it is, who put the text there, how
little it is. Pure; asked only where something fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cccheck.addresses import boil, host_of, is_at_any, is_shared, may_relate, relation, unwrap
from cccheck.data import listed
from cccheck.match import LONG_EXCERPT, layout_of
from cccheck.model import Match, Page, Work
from cccheck.phrases import fold, name_words, says

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_NAME = 8  # letters of a name that no other name is likely to hold
_PAPER = 12  # letters of a publication's name that stands within a longer one: `health news` is in many
_QUOTED = 0.5  # share of the work below which a copy with a link to the original may be a quotation
_LAST = 15  # blocks at a page's end in which a site names itself
_TEXT = frozenset({"changes-indicated", "no-derivatives"})  # checks that compare the texts


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a person must decide: a code with its parameters, for these checks or for all."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    checks: frozenset[str] = frozenset()

    def concerns(self, check: str) -> bool:
        """Whether a failure of that check is in doubt."""
        return not self.checks or check in self.checks


def find_doubt(page: Page, match: Match, work: Work, published: str | None) -> Doubt | None:
    """The first doubt that there is. `published`: the page's own date."""
    return next(_doubts(page, match, work, published), None)


def _doubts(page: Page, match: Match, work: Work, published: str | None) -> Iterator[Doubt]:
    day = (published or "")[:10]
    if _is_older(published, work.published):
        yield Doubt("page-older-than-original", {"date": day, "original": (work.published or "")[:10]})
    if _says_it_is_publishers(page, work):
        yield Doubt("page-may-be-publishers", {"publisher": work.publisher.name})
    if _owned_by_publisher(page, match, work):
        yield Doubt("site-names-publisher", {"publisher": work.publisher.name})
    owner = _owner_by_address(page.url, work)
    if owner:
        yield Doubt("address-names-owner", {"owner": owner})
    if unwrap(page.url) != page.url or is_at_any(page.url, listed("services.archives")):
        yield Doubt("page-through-service", {"service": host_of(page.url)})
    if _in_comments(page, match):
        yield Doubt("text-in-comment")
    if (
        match.words_copied < LONG_EXCERPT
        and match.words_copied < _QUOTED * match.words_work
        and _links(page, match, work)
    ):
        yield Doubt("perhaps-quotation")
    if _may_be_earlier(published, work):
        yield Doubt("text-may-be-earlier", {"date": day}, _TEXT)


# ------------------------------------------------------------------ which text came first


def _is_older(page: str | None, work: str | None) -> bool:
    """Whether the page's date is a day or more before the original's: then it may be the source, or both have one."""
    here, there = _DAY.match(page or ""), _DAY.match(work or "")
    if here is None or there is None:
        return False
    days = [372 * int(m[1]) + 31 * int(m[2]) + int(m[3]) for m in (here, there)]  # enough to compare
    return days[0] < days[1] - 1  # a day apart may be the time zones


def _may_be_earlier(published: str | None, work: Work) -> bool:
    """Whether the page is of a day on which the original, which was changed, may have had a text that no record has."""
    days = [date[:10] for date, _ in work.versions if _DAY.match(date)]
    return bool(days) and _DAY.match(published or "") is not None and (published or "")[:10] <= max(days)


# ------------------------------------------------------------------ whose page it is


def _says_it_is_publishers(page: Page, work: Work) -> bool:
    """Whether the page's metadata give the publisher as its site and the original as its address: the publisher's own
    page, at an address that nobody has recorded or as a service shows it."""
    said = dict(reversed(page.metadata.meta))
    if fold(said.get("og:site_name", "").strip()) not in _publisher_names(work):
        return False
    addresses = (page.metadata.canonical or "", said.get("og:url", ""))
    return any(relation(url, work.urls, *work.homes) == "original" for url in addresses if url)


def _owned_by_publisher(page: Page, match: Match, work: Work) -> bool:
    """Whether the copyright line at the page's end, below the article, names the publisher."""
    layout, names = layout_of(page, match), _publisher_names(work)
    for block in page.blocks[max(match.last_block + 1, len(page.blocks) - _LAST) :]:
        if "footer" not in layout.parts(block) or any(
            page.containers[number].kind == "article" and number in layout.holding for number in block.containers
        ):
            continue
        folded = fold(block.text)
        if ("©" in block.text or says("copyright", folded)) and any(name in folded for name in names):
            return True
    return False


def _publisher_names(work: Work) -> set[str]:
    return {fold(name) for name in (work.publisher.name, *work.publisher.aliases)} - {""}


def _owner_by_address(url: str, work: Work) -> str:
    """The author or the publisher whose whole name the host bears, or of a shared host the path; nothing for none."""
    address = boil(url)
    if address is None:
        return ""
    parts = address.host.split(".")[:-1]
    first = address.path.strip("/").partition("/")[0]
    if first[:1] in ("@", "~") or is_shared(address.host):
        parts.append(first)
    plain = [re.sub(r"[\W_]", "", fold(part)) for part in parts]
    people = [name for author in work.authors for name in (author.name, *author.aliases)]
    papers = [work.publisher.name, *work.publisher.aliases]
    for names, least in ((people, _NAME), (papers, _PAPER)):
        for name in names:
            forms = _joined(name)
            if any(part in forms or any(len(form) >= least and form in part for form in forms) for part in plain):
                return name
    return ""


def _joined(name: str) -> set[str]:
    """A name of several words as one, in both orders, without its article."""
    words = re.findall(r"[^\W_]+", fold(name))
    if len(words) < 2 or "." in name.strip("."):
        return set()
    bare = words[1:] if words[0] in name_words("articles") and len(words) > 2 else words
    forms = {"".join(words), "".join(bare), "".join((*words[1:], words[0]))}
    return {form for form in forms if len(form) >= _NAME}


# ------------------------------------------------------------------ who put it there, and how much


def _in_comments(page: Page, match: Match) -> bool:
    """Whether the text stands among readers' comments: in such a part, and the page's headline above it."""
    layout = layout_of(page, match)
    held = (page.containers[number] for number in layout.holding)
    parts = [part for part in held if part.kind == "comments" and part.label.lower() != "comment"]  # a section, perhaps
    return any(block.tag == "h1" for part in parts for block in page.blocks[: part.first])


def _links(page: Page, match: Match, work: Work) -> bool:
    """Whether a link to the original is in sight."""
    hosts, layout = tuple({host_of(url) for url in (*work.urls, *work.homes)} - {""}), layout_of(page, match)
    links = (link for link in page.links if link.text and may_relate(link.resolved, hosts))
    return any(
        relation(link.resolved, work.urls, *work.homes) == "original" and layout.visible(link)[0] == "visible"
        for link in links
    )
