"""Bylines that may mean the author and do not give the name: the family name alone, initials, a handle, an acronym,
"and others", or the name in a picture only. None is credit for sure, and none surely names somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from cccheck.checks._names import Mention
from cccheck.checks._person import name_parts
from cccheck.checks._subject import Subject
from cccheck.model import Block, Evidence
from cccheck.phrases import fold, fold_with_offsets, joiners, name_words, of_languages, pattern, says
from cccheck.scripts import count_words

_NEAR = 12  # blocks before and after the article in which a byline or a picture reads as the article's
_LINE_WORDS = 20  # a longer line is no byline
_BARE_WORDS = 2  # a line of so many words may be a byline without any word of credit
_SHORT_WORDS = 8  # a line of so many may end in its author's initials in brackets, or be one of names alone
_REACH = 120  # characters after a word of credit in which a name is looked for
_LISTED = re.compile(r"[,;|/•·–—()\[\]\n]")
_HANDLE = re.compile(r"@?[^\W_](?:[\w.]*\w)?")
_MOST = 50  # places in a line at which a name may begin
_OPENING = re.compile(r"[\s:@\-–—|.]*")
# What may stand behind the name in its place of a list: nothing, a number, words in small letters, a month and a day.
_AFTER = re.compile(r"\.?(?:\s*(?:$|\d)|[\s\u00a0]+(?:[^\W\d_A-ZÀ-Þ]|[^\W\d_]+\.?[\s\u00a0]+\d))")
_PARTS_AWAY = frozenset({"comments", "nav", "other"})
_LABELS = ("title", "aria-label")
_LABELLED = "[title], [aria-label]"


def find_partial(subject: Subject, name: str) -> list[Mention]:
    """Bylines beside the article that may name this author in part."""
    found = []
    for block in subject.near(_NEAR):
        text = subject.texts[block.index]
        if text.isspace() or not _is_beside(subject, block) or subject.layout.visible(block)[0] != "visible":
            continue
        for start, line in _lines(text):
            if count_words(line) <= _LINE_WORDS:
                found += [
                    Mention(block, start + a, start + b, "initial") for a, b in _in_line(subject, block, line, name)
                ]
    return found


def _is_beside(subject: Subject, block: Block) -> bool:
    parts = subject.layout.parts(block)
    away = not _PARTS_AWAY.isdisjoint(parts) or "caption" in parts or "figure" in parts
    return not away and not subject.is_aside(parts) and block.index not in subject.teasers


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _in_line(subject: Subject, block: Block, line: str, name: str) -> Iterator[tuple[int, int]]:
    """Places in a line where, after a word of credit, the author may be meant."""
    folded, offsets = fold_with_offsets(line)
    if says("photo", folded) or says("role", folded) or says("promo", folded):
        return
    words = [match.end() for meaning in ("byline", "credit") for match in pattern(meaning).finditer(folded)]
    openings = {offsets[end] for end in words}
    size = count_words(line)
    if "author" in subject.layout.parts(block) or size <= _BARE_WORDS:
        openings.add(0)
    if size <= _SHORT_WORDS:
        openings.update(match.end() for match in re.finditer(r"[(\[]", line))
        openings.update([0] if _and_others().search(folded) else [])
    others = tuple(author.name for author in subject.work.authors if author.name != name)
    for at in sorted(openings)[:_MOST]:
        opening = _OPENING.match(line, at)
        start = opening.end() if opening else at
        start -= line[start - 1 : start] == "@"
        place = _meant(line[start : start + _REACH], name, others)
        if place is not None:
            yield start + place[0], start + place[1]
            return


def _meant(text: str, name: str, others: tuple[str, ...]) -> tuple[int, int] | None:
    """Where in the names that follow a word of credit the author may be meant."""
    folded, offsets = fold_with_offsets(text)
    others_meant = _and_others().search(folded)
    start, end = 0, offsets[others_meant.start()] if others_meant else len(text)
    for piece in _LISTED.split(text[:end]):
        items = _items(piece)
        known = [any(_is_known(item, other) for other in others) for _, item in items]
        for number, (at, item) in enumerate(items):
            company = [told for other, told in enumerate(known) if other != number]
            size = _size(item, name)
            if size and all(company):
                return start + at, start + at + size
        start += len(piece) + 1
    if others_meant is not None and any(_is_known(text, other) for other in others):
        return 0, len(text)
    return None


def _items(piece: str) -> list[tuple[int, str]]:
    """The names of a list, each with its offset."""
    items, start = [], 0
    for match in re.finditer(rf"[\s\u00a0]+{joiners()}[\s\u00a0]+|\s*[&+]\s*", piece, re.I):
        items.append((start, piece[start : match.start()]))
        start = match.end()
    items.append((start, piece[start:]))
    return [(at + len(item) - len(item.lstrip()), item.strip()) for at, item in items if item.strip()]


def _is_known(item: str, name: str) -> bool:
    """Whether another author of the work is named, by the family name at least."""
    words = name_parts(name)
    return bool(words) and re.search(rf"(?<!\w){re.escape(fold(words[-1]))}(?!\w)", fold(item)) is not None


def _size(item: str, name: str) -> int:
    """How much of an item is a short form of the name; 0: it is none."""
    match = _short_forms(name).match(item)
    if match is not None and _AFTER.match(item, match.end()):
        return match.end()
    handle = _HANDLE.match(item)
    if handle is not None and _AFTER.match(item, handle.end()):
        plain = re.sub(r"[\W\d_]", "", fold(handle[0]))
        if plain in _handles(name) and (handle[0][0] == "@" or handle[0].islower()):
            return handle.end()
    return 0


@of_languages
@lru_cache(maxsize=4096)
def _short_forms(name: str) -> re.Pattern[str]:
    """`Oakhollow`, `Ms. Oakhollow`, `M. O.`, `MO`, `Maren O.`, and of an organisation its acronym; capitals count."""
    words = name_parts(name)
    if len(words) < 2 or not words[-1][0].isalpha() or len(words[-1]) < 2:
        return re.compile(r"(?!)")
    titles = "|".join(sorted(map(re.escape, name_words("honorifics")), key=len, reverse=True))
    title = rf"(?:(?i:{titles})\.?[\s\u00a0]+){{0,2}}"
    at = len(words) - 1
    while at > 1 and fold(words[at - 1]) in name_words("particles"):
        at -= 1
    particles = "".join(rf"(?:(?i:{re.escape(word)})[\s\u00a0]+)?" for word in words[at:-1])
    family = {words[-1], fold(words[-1]).capitalize(), words[-1].upper()}
    last = "|".join(map(re.escape, sorted(family)))
    letters = [re.escape(part[0].upper()) for part in re.split(r"[\W_]+", " ".join(_weighty(words))) if part]
    few = [letters[0], letters[-1]]
    initials = "|".join(r"\.?[\s\u00a0]?".join(some) for some in (letters, few) if len(some) > 1)
    given = rf"(?:{re.escape(words[0])}|{re.escape(words[0].upper())})[\s\u00a0]+{re.escape(words[-1][0].upper())}"
    return re.compile(rf"{title}(?:{given}|{particles}(?:{last})|{initials})(?![\w'’\-])")


def _weighty(words: tuple[str, ...]) -> list[str]:
    """The words of a name that its acronym stands for."""
    return [word for word in words if not word.islower() and fold(word) not in name_words("articles")] or list(words)


@lru_cache(maxsize=4096)
def _handles(name: str) -> frozenset[str]:
    """`marenoakhollow`, `moakhollow`, `oakhollowm` …: letters alone."""
    words = [re.sub(r"[\W\d_]", "", fold(word)) for word in name_parts(name)]
    if len(words) < 2 or not all(words):
        return frozenset()
    first, last = words[0], words[-1]
    made = {first + last, last + first, first[0] + last, last + first[0], first + last[0], "".join(words), last}
    return frozenset(handle for handle in made if len(handle) > 3)


@of_languages
@cache
def _and_others() -> re.Pattern[str]:
    phrases = sorted(name_words("and_others"), key=len, reverse=True)
    words = "|".join(re.escape(phrase).replace(r"\ ", r"[\s\u00a0]+(?:\d{1,2}[\s\u00a0]+)?") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else re.compile(r"(?!)")


def in_images_only(subject: Subject, names: tuple[str, ...]) -> tuple[Evidence, ...] | None:
    """The name in what stands for a picture, or in a label, beside the article: what shows it, None if nothing does."""
    low, high = subject.match.first_block - _NEAR, subject.match.last_block + _NEAR
    blocks = subject.page.blocks
    wanted = [re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)") for name in names]

    def names_author(label: str) -> bool:
        text = fold(label)
        return any(name.search(text) for name in wanted) and not (says("photo", text) or says("promo", text))

    for image in subject.page.images:
        named = low <= image.block <= high and names_author(image.alt)
        if named and (image.block >= len(blocks) or _is_beside(subject, blocks[image.block])):
            return (Evidence(quote=image.alt),)
    for block in blocks[max(0, low) : high]:
        if _is_beside(subject, block) and subject.layout.visible(block)[0] == "visible":
            for label in _labels(block):
                if names_author(label):
                    return (Evidence(quote=label, where=subject.layout.where(block)),)
    return None


def _labels(block: Block) -> Iterator[str]:
    """The labels of a block's element, and of what stands in it."""
    element = block.element
    if element is None or block.text.count(" ") > _REACH:
        return
    for node in (element, *element.css(_LABELLED)):
        for name in _LABELS:
            label = node.attributes.get(name)
            if label and len(label) < _REACH:
                yield label
