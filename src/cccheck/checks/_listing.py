"""Places where a name is listed and not credited: a tag, a teaser of another article, a list of people, what stands
below a heading of its own after the article.
"""

from __future__ import annotations

import re

from cccheck.addresses import boil
from cccheck.checks._names import Mention
from cccheck.checks._subject import Subject
from cccheck.model import Block, Link
from cccheck.phrases import fold, says

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TAGGED = re.compile(r"/(?:tags?|topics?|keywords?|labels?|etiquetas?|etiqueta|schlagwort|mot-cle)/")
_TITLE_WORDS = 4  # a link of so many words reads as the title of another article
_HEADING_WORDS = 2  # of a heading that says of itself what stands below it
_BACK = 30  # blocks before a name in which its heading is looked for
_PERSON = re.compile(r"[^\W\d_a-zß-ÿ][\w'’.\-]*(?:\s[^\W\d_a-zß-ÿ][\w'’.\-]*){1,3}")


def is_listed_name(subject: Subject, mention: Mention, *, introduced: bool) -> bool:
    """Whether a name is only listed. `introduced`: a word of authorship stands right before it."""
    number = mention.block.index
    if not introduced and is_tag(subject, mention):
        return True
    if number <= subject.match.last_block:
        return False
    if _is_in_teaser(subject, mention):
        return True
    if introduced:
        return False
    listed = _is_in_title(subject, mention) or _is_among_people(subject, mention)
    return listed or is_under_heading(subject, mention)


def is_tag(subject: Subject, mention: Mention) -> bool:
    """Whether the name is the words of a link to a tag."""
    return any(
        link.start <= mention.start and mention.end <= link.end and ("tag" in link.rel or _TAGGED.search(link.resolved))
        for link in _links_in(subject, mention.block)
    )


def _links_in(subject: Subject, block: Block) -> list[Link]:
    return [link for link in subject.page.links if link.block == block.index and link.text]


def _is_in_teaser(subject: Subject, mention: Mention) -> bool:
    """Whether the name follows the linked title of another article: in its line, or in the heading right before it."""
    links = [link for link in _links_in(subject, mention.block) if link.end <= mention.start]
    least = _TITLE_WORDS - (mention.block.tag == "li")
    if any(_is_title(subject, link, least) for link in links):
        return True
    before = subject.page.blocks[mention.block.index - 1]
    if before.tag not in _HEADINGS or before.index <= subject.match.last_block:
        return False
    return any(_is_title(subject, link, 1) for link in _links_in(subject, before))


def _is_in_title(subject: Subject, mention: Mention) -> bool:
    """Whether the name is part of the linked title of another article: `NAME: the night I was lost`."""
    links = [x for x in _links_in(subject, mention.block) if x.start <= mention.start and mention.end <= x.end]
    words = len(mention.block.text[mention.start : mention.end].split())
    return any(_is_title(subject, link, words + _TITLE_WORDS) for link in links)


def _is_title(subject: Subject, link: Link, least: int) -> bool:
    if len(link.text.split()) < least or link.block in subject.linked_blocks:
        return False
    address = boil(link.resolved)
    own = address is None or address == boil(subject.page.url)
    return not own and fold(subject.work.title) not in fold(link.text) and not says("credit", fold(link.text))


def _is_among_people(subject: Subject, mention: Mention) -> bool:
    """Whether the name is an entry of a list whose other entries are names of other people."""
    block = mention.block
    if block.tag != "li" and not _PERSON.fullmatch(block.text.strip()):
        return False
    known = {fold(name) for author in subject.work.authors for name in (author.name, *author.aliases)}
    near = subject.page.blocks[max(0, block.index - 3) : block.index + 4]
    others = [b for b in near if b.tag == "li" == block.tag and _PERSON.fullmatch(b.text.strip())]
    return any(fold(other.text.strip()) not in known for other in others)


def _is_in_list(subject: Subject, block: Block) -> bool:
    """Whether a line right before or after, marked up alike, is a name too."""
    number, blocks = block.index, subject.page.blocks
    lines = (*blocks[max(0, number - 1) : number], *blocks[number + 1 : number + 2])
    return any(line.tag == block.tag and _PERSON.fullmatch(line.text.strip()) for line in lines)


def is_under_heading(subject: Subject, mention: Mention) -> bool:
    """Whether the last heading before the name stands after the article, and speaks of something else than its
    author."""
    number = mention.block.index
    if mention.block.tag in _HEADINGS or "author" in subject.layout.parts(mention.block):
        return False
    low = max(subject.match.last_block + 1, number - _BACK)
    heading = next((b for b in reversed(subject.page.blocks[low:number]) if b.tag in _HEADINGS), None)
    if heading is None:
        return False
    text = subject.folded_texts[heading.index]
    if len(text.split()) < _HEADING_WORDS and not _is_in_list(subject, mention.block):
        return False  # "Credits"
    about = any(says(meaning, text) for meaning in ("byline", "byline_after", "credit", "this_text", "staff"))
    return not about and fold(mention.block.text[mention.start : mention.end]) not in text
