"""What a check looks at: a matched page, the work, and what both say, worked out once for all checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from cccheck.addresses import Relation, host_of, may_relate, own_beginning, relation
from cccheck.licenses import License
from cccheck.match import Layout, layout_of
from cccheck.model import Asked, Block, Bundle, Capture, Evidence, Lead, Link, Match, Page, Work
from cccheck.page.decode import decode
from cccheck.phrases import fold, fold_each, of_languages, says

_NEAR = 1_000  # characters of a line on each side of a place: no credit is longer
_ASIDE = frozenset({"related", "promo", "ad"})
_TITLE_WORDS = 4  # a link of so many words to an article reads as its title
_CONTEXT = 60  # characters of prefix and suffix around a quotation


@dataclass(frozen=True, eq=False)
class Subject:
    """One page, one work, one licence of it. Equal to itself alone, so that what is worked out of it can be cached."""

    page: Page
    match: Match
    work: Work
    license: License
    bundle: Bundle
    blank: bool = True  # whether copied words are blanked out in `texts`

    @cached_property
    def unblanked(self) -> Subject:
        """The same with the copied words in: where the work's own text carries its credit, so does a copy of it."""
        return replace(self, blank=False)

    @cached_property
    def layout(self) -> Layout:
        """The page as it lies around the copied text."""
        return layout_of(self.page, self.match)

    def asked(self, element: Asked) -> bool:
        """Whether the licensor asks for it on the copy itself. A licence without BY leaves nothing to ask."""
        return element in self.work.credit and (self.license.kind != "cc" or self.license.has("by"))

    # ---------------------------------------------------------------- text that is not the article's

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Each block's text with the copied words blanked out: same length, same offsets."""
        texts = [block.text for block in self.page.blocks]
        for number, spans in self.match.copied.items() if self.blank else ():
            for start, end in spans:
                text = texts[number]
                texts[number] = text[:start] + " " * (end - start) + text[end:]
        return tuple(texts)

    @cached_property
    def folded_texts(self) -> tuple[str, ...]:
        """The same, case and accents aside. Lengths may differ."""
        return tuple(fold_each(self.texts))

    @cached_property
    def folded(self) -> str:
        """All of that in one, to see quickly whether a name stands anywhere."""
        return "\n".join(self.folded_texts)

    @property
    def folded_work(self) -> str:
        """The work's own text, case and accents aside."""
        return _folded(self.work.text)

    def says(self, meaning: str, block: int) -> bool:
        """Whether the block's own text holds a phrase of that meaning."""
        return _says(meaning, self.folded_texts[block])

    def line(self, block: int, start: int, end: int) -> tuple[str, str]:
        """What stands before and after a place in its line, copied words left out; of a long line, what is near."""
        text = self.texts[block]
        first, last = max(0, start - _NEAR), end + _NEAR
        low, high = text.rfind("\n", first, start) + 1, text.find("\n", end, last)
        return text[low or first : start], text[end : high if high >= 0 else last]

    # ---------------------------------------------------------------- links

    @cached_property
    def related(self) -> tuple[tuple[Link, Relation], ...]:
        """The links that have to do with the work, each with how. Most links of a page lead within its own site."""
        urls, homes = self.work.urls, self.work.homes
        hosts = tuple({host_of(url) for url in (*urls, *homes)} - {""})
        own = own_beginning(self.page.url)
        candidates = [link for link in self.page.links if may_relate(link.resolved, hosts, own)]
        kinds = ((link, relation(link.resolved, urls, *homes)) for link in candidates if link.href)
        return tuple((link, kind) for link, kind in kinds if kind != "other")

    def links(self, *kinds: Relation) -> list[Link]:
        """The links of these kinds that a reader could follow: an empty one is none."""
        followable = (link.text or link.image_alt is not None or link.label for link, _ in self.related)
        return [link for (link, kind), some in zip(self.related, followable, strict=True) if some and kind in kinds]

    def seen_links(self, *kinds: Relation) -> list[Link]:
        """Those of them that a reader sees beside the article."""
        return [link for link in self.links(*kinds) if self.layout.visible(link)[0] == "visible"]

    @cached_property
    def linked_blocks(self) -> frozenset[int]:
        """Blocks that link the original or its publisher's site."""
        links = self.links("original", "home", "identifier", "publisher", "short")
        return frozenset(link.block for link in links) - self.teasers

    @cached_property
    def teasers(self) -> frozenset[int]:
        """Blocks that link the publisher's site, but only another article there, by its title (in a box of further
        reading, whatever the link says): what they say is not said of this one."""
        others = {link.block for link in self.links("publisher") if self._is_another_title(link)}
        return frozenset(others - {link.block for link in self.links("original", "home", "identifier", "short")})

    def _is_another_title(self, link: Link) -> bool:
        if len(link.text.split()) < (1 if self.is_aside(self.layout.parts(link)) else _TITLE_WORDS):
            return False
        folded, work = fold(link.text), self.work
        names = (work.title, work.publisher.name, *(author.name for author in work.authors))
        points = _says("credit", folded) or _says("pointer", folded)  # "click here to read the original"
        return not points and not any(fold(name) in folded for name in names)

    @staticmethod
    def is_aside(parts: Iterable[str]) -> bool:
        """Whether these are parts of a page that lead away from the article."""
        return not _ASIDE.isdisjoint(parts)

    @cached_property
    def original_blocks(self) -> frozenset[int]:
        """Blocks that link the original itself."""
        return frozenset(link.block for link in self.seen_links("original"))

    def near(self, distance: int) -> list[Block]:
        """The blocks up to so many before and after the article, and those that link the original's site, anywhere."""
        first, last = max(0, self.match.first_block - distance), self.match.last_block + distance
        far = sorted(number for number in self.linked_blocks if not first <= number < last)
        blocks = self.page.blocks
        return [*blocks[first:last], *(blocks[number] for number in far if number < len(blocks))]

    def block_of(self, link: Link) -> Block | None:
        """The block a link stands in (a link without any text may stand after the last)."""
        return self.page.blocks[link.block] if link.block < len(self.page.blocks) else None

    # ---------------------------------------------------------------- evidence

    def evidence(self, block: Block, start: int, end: int, link: Link | None = None) -> Evidence:
        """A quotation from a block."""
        visible, hidden_by = self.layout.visible(block)
        return Evidence(
            quote=block.text[start:end],
            prefix=block.text[max(0, start - _CONTEXT) : start],
            suffix=block.text[end : end + _CONTEXT],
            where=self.layout.where(block),
            visible=visible,
            hidden_by=hidden_by,
            capture=block.capture,
            block=block.index,
            start=start,
            end=end,
            selector=block.selector,
            href=link.href if link else None,
            resolved=link.resolved if link else None,
        )

    def link_evidence(self, link: Link) -> Evidence:
        """A link as evidence: its text, or what stands for it."""
        block = self.block_of(link)
        if block is None or not link.text:
            quote = link.text or link.image_alt or link.label
            where = self.layout.where(block) if block else "after"
            visible, hidden_by = self.layout.visible(link)
            return Evidence(
                quote=quote, where=where, visible=visible, hidden_by=hidden_by, href=link.href, resolved=link.resolved
            )
        return self.evidence(block, link.start, link.end, link)

    # ---------------------------------------------------------------- what else was or was not fetched

    def failed_leads(self, roles: Iterable[str]) -> list[Lead]:
        """Leads of these roles that brought nothing: what they hold is unknown."""
        wanted = set(roles)
        return [
            lead
            for lead, capture in self.bundle.followed
            if lead.role in wanted and not (isinstance(capture, Capture) and capture.status == 200)
        ]

    @property
    def credit_pages(self) -> list[Lead]:
        """Fetched pages that name an author or the publisher whom this one does not name: a person sees for what."""
        names = [self.work.publisher.name, *(author.name for author in self.work.authors)]
        shown = zip(self.page.blocks, self.folded_texts, strict=True)
        here = "\n".join(text for block, text in shown if block.visible != "hidden")
        names = [name for name in names if fold(name) not in here]
        return [
            lead
            for lead, capture in self.bundle.followed
            if lead.role == "credits" and isinstance(capture, Capture) and _names_any(capture, names)
        ]

    def is_credit(self, block: int) -> bool:
        """Whether a block's free text reads as a credit: its phrases, or a link to the original's site."""
        return self.says("credit", block) or block in self.linked_blocks


def _names_any(capture: Capture, names: list[str]) -> bool:
    text = fold(decode(capture.body, capture.header("content-type")))
    return any(fold(name) in text for name in names)


@lru_cache(maxsize=1_000)
def _folded(text: str) -> str:
    return fold(text)


@of_languages
@lru_cache(maxsize=10_000)
def _says(meaning: str, folded: str) -> bool:
    return says(meaning, folded)
