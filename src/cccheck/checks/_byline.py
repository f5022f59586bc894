"""What a mention of an author is, from its place on the page and the words around it: credit for the text, or for a
picture, an editing or a translation; a reader's comment, a tag; or nothing that can be told.
"""

from __future__ import annotations

import re
from typing import Literal

from cccheck.checks._denied import denied_before
from cccheck.checks._discussion import discussion
from cccheck.checks._listing import is_listed_name
from cccheck.checks._names import Mention
from cccheck.checks._subject import Subject
from cccheck.licenses import from_url
from cccheck.phrases import fold, fold_with_offsets, name_words, pattern, says, without_company
from cccheck.scripts import count_words, without_signs

Kind = Literal["credit", "doubtful", "photo", "role", "elsewhere", "hidden", "unknown"]

_BYLINE_WORDS = 14  # a line of at most so many words around a name at its start reads as a byline
_LEAD = 60  # characters before a name in which its role is said
_SENTENCE_WORDS = 4  # after a name; fewer are a byline all the same: `NAME reports.`
_CLOSE = 30  # characters between a role and the name
_BRACKET = re.compile(r"\s*[(\[]([^)\]]{1,40})[)\]]")
# Up to a dozen words with capitals, initials, what joins them.
_NAMES = re.compile(r"[\s:]*+(?:[^\W\d_a-z][\w'’\-]*+\.?+(?:\s*+[,/&]\s*+|\s++(?:[a-z]{1,3}\s++)?+)){1,12}")
_GOES_ON = re.compile(r"(?:,\s[a-zß-ÿа-яёα-ω][^,]*,)?[\s\u00a0]+[a-zß-ÿа-яёα-ω]")
_ENDS = re.compile(r"[^\W\d_][.!?…][\"'”’»]?\s*$")
_NEXT = re.compile(r"(?:(?<=[^\W\d_]{2}[.!?…])|(?<=[\d)][.!?…]))\s+|\n|\s[|•·]\s")
_FAR = 40  # blocks after the article within which a bare name is still its byline


def classify(subject: Subject, mention: Mention) -> Kind:
    """What a mention of the author is, from its place and the words around it."""
    visible, _ = subject.layout.visible(mention.block)
    parts = subject.layout.parts(mention.block)
    before, after = subject.line(mention.block.index, mention.start, mention.end)
    number = mention.block.index
    if {"comments", "nav", "other"}.intersection(parts):
        return "elsewhere"
    comments = _comments(after)
    if comments and number not in subject.linked_blocks and not _licensed(subject, number):
        # "NAME wrote:" is said of readers; but of authors too, and so it is with a date between.
        return "doubtful" if comments == "perhaps" or subject.is_credit(number) else "elsewhere"
    kind = _by_words(subject, mention, before, after, parts)
    if kind in ("credit", "doubtful") and visible != "visible":
        return visible
    return kind


def _comments(after: str) -> Literal["", "surely", "perhaps"]:
    """`NAME says:` is a commenter, `NAME wrote on 5 March:` perhaps."""
    folded = fold(after).lstrip(" ,")
    match = pattern("comment").match(folded)
    colon = folded.find(":", 0, match.end() + _CLOSE) if match else -1
    if match is None or colon < 0:
        return ""
    return "surely" if colon < match.end() + 4 else "perhaps"


def _by_words(subject: Subject, mention: Mention, before: str, after: str, parts: list[str]) -> Kind:
    number, folded = mention.block.index, fold(before).replace(fold(subject.work.title), " ")
    leads = (words_without_others(subject, folded), folded)
    if any(is_last_said("photo", lead) for lead in leads) or _is_called("photo", after):
        return "photo"
    if any(is_last_said("role", lead) for lead in leads):
        return "role"
    aside = subject.is_aside(parts)
    if number in subject.teasers:
        return "elsewhere" if aside else "doubtful"
    if _is_pointer_to_person(mention, folded) or denied_before(folded) or number in discussion(subject):
        return "doubtful"
    if pattern("reverse_after").match(fold(after[:_LEAD]).lstrip(" ,")) or _is_told_of(subject, before, after):
        return "doubtful"
    strong = is_credit_line(subject, number, before, after)
    if aside:
        return "credit" if strong and number in subject.linked_blocks else "doubtful"
    if "caption" in parts or "figure" in parts:
        return "credit" if strong and not says("photo", fold(before + after)) else "photo"
    if strong or any(is_byline(lead, after) for lead in leads) or is_listed(before):
        listed = not strong and is_listed_name(subject, mention, introduced=any(map(_introduces, leads)))
        return "credit" if _is_near(subject, mention, strong) and not listed else "doubtful"
    return "doubtful"


def is_credit_line(subject: Subject, block: int, before: str, after: str) -> bool:
    """Whether the line around a name is a credit whatever its wording: it says so, or names the source or licence."""
    strong = _says_source(subject, block) or "©" in before or _licensed(subject, block)
    return strong or _names_publisher(subject, before + " " + after)


def _says_source(subject: Subject, block: int) -> bool:
    """Whether the line links the original's site or has a word of credit; `this article` alone says nothing of who
    wrote it."""
    if block in subject.linked_blocks:
        return True
    text = subject.folded_texts[block]
    if not subject.says("credit", block) or not says("this_text", text):
        return subject.says("credit", block)
    if any(url.partition("://")[2].lower() in text for url in subject.work.urls):
        return True
    pointers = {text[place.first : place.last] for place in pattern("this_text").finditer(text)}
    return any(text[place.first : place.last] not in pointers for place in pattern("credit").finditer(text))


def _names_publisher(subject: Subject, line: str) -> bool:
    """Whether a short line names the publication too: `5 March - NAME/The Tidewater Courier`."""
    if count_words(line) > _BYLINE_WORDS:
        return False
    folded, publisher = fold(line), subject.work.publisher
    return any(without_article(name) in folded for name in (publisher.name, *publisher.aliases))


def words_without_others(subject: Subject, lead: str) -> str:
    """`By A, B and Dr.` → `By`: the author's co-authors, what joins their names and titles, left out."""
    for author in subject.work.authors:
        for name in (author.name, *author.aliases):
            lead = lead.replace(fold(name), " ")
    return without_company(lead)


def is_last_said(meaning: Literal["photo", "role"], lead: str) -> bool:
    """The last thing said before the name is of a picture or of other work: `Photo by`, `Edited by`; not so in `Text
    and photos by`, where a word of authorship is joined on."""
    lead = lead[-_LEAD:]
    found = list(pattern(meaning).finditer(lead))
    if not found:
        return False
    between = lead[found[-1].end() :]
    if re.search(r"[.!?;|•·–—]\s|[。！？।]", between) or len(between) > _CLOSE:
        return False
    # "By" is said of pictures too, and "author of the picture" names no author.
    others = [*pattern("by").finditer(lead), *found]
    bylines = [
        byline
        for byline in pattern("byline").finditer(lead)
        if not any(other.start() <= byline.start() and byline.end() <= other.end() for other in others)
    ]
    return not any(
        byline.start() >= found[-1].end() or not words_left(lead[byline.end() : found[-1].start()])
        for byline in bylines
    )


def _is_called(meaning: Literal["photo"], after: str) -> bool:
    """`NAME (photos)`: what somebody did stands behind the name in brackets."""
    found = _BRACKET.match(after)
    return found is not None and says(meaning, fold(found[1])) and not says("byline", fold(found[1]))


def is_listed(before: str) -> bool:
    """`By A, B and NAME`: between the word of authorship that opens the line and the name stand other names only."""
    folded, offsets = fold_with_offsets(before)
    opening = pattern("byline").match(folded)
    return opening is not None and _NAMES.fullmatch(before, offsets[opening.end()]) is not None


def words_left(text: str) -> bool:
    """Whether a text says anything but "and"."""
    return re.search(r"\w", without_company(text)) is not None


def _is_pointer_to_person(mention: Mention, lead: str) -> bool:
    """A handle, a tag, or right after "follow", "more from": it leads to a person and says nothing of this text."""
    text = mention.block.text
    if "_" in text[mention.start : mention.end] or text[: mention.start].endswith("@"):
        return True
    tag = pattern("tag").match(lead.lstrip())
    if tag is not None and (":" in lead or " " in lead.lstrip()[: tag.end()]):
        return True
    near = lead[-_LEAD:]
    return any(re.search(r"\w", near[promo.end() :]) is None for promo in pattern("promo").finditer(near))


def is_byline(lead: str, after: str) -> bool:
    """The name opens a short line, or follows a word such as "by"."""
    if _introduces(lead):
        return True
    opening = without_signs(lead)
    follows = pattern("byline_after").search(fold(after)[:80])
    if follows is None and ((not opening and _is_sentence(after)) or after[:1] in tuple("?!？！")):
        return False
    words = count_words(lead) + count_words(after)
    return (
        (not opening and (words <= _BYLINE_WORDS or follows is not None))
        or (follows is not None and words <= 40)
        or words <= 4
    )


def _introduces(lead: str) -> bool:
    """Whether a word of authorship stands right before the name."""
    opening = without_signs(lead)
    return any(match.end() >= len(opening) for match in pattern("byline").finditer(lead))


def _is_sentence(after: str) -> bool:
    """Whether what follows a name makes a sentence of it: `NAME says the boats are late.`, `NAME, who studies boats,
    was there.`"""
    goes_on = _GOES_ON.match(after)
    if goes_on is None or _ENDS.search(after) is None or count_words(after) < _SENTENCE_WORDS:
        return False
    return not says("joiner", fold(after[goes_on.end() - 1 :]).split(None, 1)[0])


def _is_told_of(subject: Subject, before: str, after: str) -> bool:
    """Whether the name opens a sentence of its own about its bearer, wherever the credit of its line stands."""
    said = _NEXT.search(after)
    rest = after[: said.end()].rstrip() if said else after
    if _NEXT.split(before)[-1].strip() or not _is_sentence(rest):
        return False
    folded = fold(rest)
    says_more = any(says(meaning, folded) for meaning in ("byline_after", "byline", "credit"))
    return not says_more and not _names_publisher(subject, rest)


def _licensed(subject: Subject, block: int) -> bool:
    return any(from_url(link.resolved) is not None for link in subject.page.links if link.block == block)


def _is_near(subject: Subject, mention: Mention, strong: bool) -> bool:
    """A bare name far below the article is another article's byline; a full credit is one wherever it stands."""
    return strong or mention.block.index <= subject.match.last_block + _FAR


def without_article(name: str) -> str:
    """A folded name without its article."""
    words = fold(name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in name_words("articles") else words)
