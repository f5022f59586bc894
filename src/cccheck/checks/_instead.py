"""A byline that names somebody else, while the author is only mentioned: as next week's columnist, as who was asked, as
who contributed. Then a mention is credit only where a byline or a credit would stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cccheck.addresses import host_of
from cccheck.checks._byline import is_credit_line, is_listed, words_without_others
from cccheck.checks._names import Mention
from cccheck.checks._subject import Subject
from cccheck.model import Block
from cccheck.phrases import fold, fold_with_offsets, pattern, says
from cccheck.scripts import count_words, without_signs

_BEFORE, _AFTER = 12, 4  # blocks before and after the beginning of the article in which its byline stands
_LINE_WORDS = 14  # a longer line is no byline
_OPENING_WORDS = 3  # so many words may stand before a word of credit that opens a line: `Opinion by`
_TITLE_WORDS = 2  # words of a title before a name: `Guest Columnist`
_NAME = re.compile(
    r"[\s:]*([^\W\d_a-z][\w'’\-]+(?:[\s\u00a0]+(?:[a-z]{1,3}[\s\u00a0]+)?[^\W\d_a-z][\w'’\-]*\.?){1,3})"
    r"\s*(?:$|[|•·,–—(\d])"
)
_SEPARATOR = re.compile(r"[|•·–—;.!?\n]\s")
_PARTS_AWAY = frozenset({"comments", "nav", "other", "caption", "figure"})


def only_mentioned(subject: Subject, mentions: list[Mention]) -> bool:
    """Whether somebody else stands in the byline, and none of these mentions where a byline or a credit would."""
    return not any(_in_position(subject, mention) for mention in mentions) and any(_strangers(subject))


def _in_position(subject: Subject, mention: Mention) -> bool:
    before, after = subject.line(mention.block.index, mention.start, mention.end)
    if is_credit_line(subject, mention.block.index, before, after) or is_listed(before):
        return True
    lead = without_signs(words_without_others(subject, fold(before)))
    if not lead:
        goes_on = re.match(r"[\s\u00a0]+([^\W\d_])", after)
        return count_words(after) <= _LINE_WORDS and (goes_on is None or goes_on[1].isupper())
    said = _SEPARATOR.split(before + " ")[-1].strip()
    if count_words(said) <= _TITLE_WORDS and not said.endswith(":") and all(map(_is_title_word, said.split())):
        return True
    ends = [match for match in pattern("byline").finditer(lead) if match.end() >= len(lead)]
    if ends and says("this_text", lead):
        return True
    return any(_opens(lead[: match.start()]) for match in ends)


def _is_title_word(word: str) -> bool:
    """A word of a title such as `Guest Columnist`, or none at all: a sign, a number."""
    return not word[0].isalpha() or word[0].isupper()


def _opens(lead: str) -> bool:
    """Whether so little stands before a word of credit that it opens its line: a date, `Opinion`, `A guest column`."""
    words = [word for word in _SEPARATOR.split(lead + " ")[-1].split() if not word.strip(",.").isdigit()]
    return len(words) <= _OPENING_WORDS and ":" not in lead and not says("byline", " ".join(words))


def _strangers(subject: Subject) -> Iterator[str]:
    """Names of people in the byline who are no authors of the work."""
    first = subject.match.first_block
    for block in subject.page.blocks[max(0, first - _BEFORE) : first + _AFTER]:
        if not subject.texts[block.index].isspace() and _may_hold_byline(subject, block):
            for line in subject.texts[block.index].split("\n"):
                name = _named_in(line)
                if name and not _is_known(subject, fold(name)):
                    yield name


def _may_hold_byline(subject: Subject, block: Block) -> bool:
    parts = subject.layout.parts(block)
    away = not _PARTS_AWAY.isdisjoint(parts) or subject.is_aside(parts) or block.index in subject.teasers
    return not away and subject.layout.visible(block)[0] == "visible"


def _named_in(line: str) -> str:
    """The person whom a byline names: `By Ike Brand`."""
    folded, offsets = fold_with_offsets(line)
    opening = pattern("byline").match(folded)
    if opening is None or count_words(line) > _LINE_WORDS or says("photo", folded) or says("role", folded):
        return ""
    name = _NAME.match(line, offsets[opening.end()])
    # Scripts without capitals do not show where a name ends.
    return name[1] if name is not None and name[1][0].isupper() and not says("staff", fold(name[1])) else ""


def _is_known(subject: Subject, name: str) -> bool:
    """An author, the publication or the site itself, by any word or letters of its name."""
    work, words = subject.work, set(re.findall(r"\w+", name))
    known = (work.publisher.name, *work.publisher.aliases, *(n for a in work.authors for n in (a.name, *a.aliases)))
    site = re.sub(r"\W", "", host_of(subject.page.url))
    is_site = re.sub(r"\W", "", name) in site
    return is_site or any(not words.isdisjoint(re.findall(r"\w+", fold(one))) for one in known)
