"""Plants edits of known kinds and places in the articles of real pages, for benchmarks/edits.py.

The page's HTML is changed as text, and nothing else of it: what stands around the article stays as it was found. Where
an article has nothing that a kind needs (a "today", a "Dr."), a sentence that has it is put into the original and into
the page, and then changed on the page.
"""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[“\"‘(]?[A-ZÀ-Þ0-9])|\n+")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SCRIPTS = re.compile(r"<(script|style|noscript|template|svg|head)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.S | re.I)
_PARAGRAPH = re.compile(r"<p\b[^>]*>((?:(?!</?(?:p|div|ul|table|section|figure|iframe)\b).)*)</p>", re.S | re.I)
_ANY = {
    "'": "(?:'|’|‘|&#8217;|&rsquo;|&#0?39;|&#x27;|&apos;|&lsquo;|&#8216;)",
    "’": "(?:'|’|&#8217;|&rsquo;|&#0?39;|&#x27;|&apos;)",
    "‘": "(?:'|‘|&#8216;|&lsquo;|&#0?39;)",
    '"': '(?:"|“|”|&quot;|&#34;|&ldquo;|&rdquo;|&#8220;|&#8221;)',
    "“": '(?:"|“|&quot;|&#34;|&ldquo;|&#8220;)',
    "”": '(?:"|”|&quot;|&#34;|&rdquo;|&#8221;)',
    "—": "(?:—|&mdash;|&#8212;)",
    "–": "(?:–|&ndash;|&#8211;)",
    "…": "(?:…|&hellip;|&#8230;)",
    "&": "(?:&amp;|&)",
}
_SINGLE = re.compile(r"(?<!\w)'(?=\w)")
QUOTED = re.compile('“[^“”\n]{25,}?”|"[^"\n]{25,}?"')


@dataclass(frozen=True, slots=True)
class Plant:
    """A planted edit: its kind, and the pieces and offsets of the original that it is about."""

    kind: str
    first: int  # piece
    start: int  # character in it
    last: int
    end: int
    what: str = ""


@dataclass
class Article:
    """A page and its article's text, both of which can be changed; `pieces` are sentences and what parts them."""

    id: str
    html: str
    pieces: list[str]
    chance: random.Random
    others: Sequence[str] = ()  # sentences of other articles
    paragraphs: Sequence[str] = ()  # paragraphs of other articles
    plants: list[Plant] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The original's text."""
        return "".join(self.pieces)

    def span(self, plant: Plant) -> tuple[int, int]:
        """The characters of the original that a planted edit is about."""
        before = sum(map(len, self.pieces[: plant.first]))
        upto = sum(map(len, self.pieces[: plant.last]))
        return before + plant.start, upto + plant.end

    # ---------------------------------------------------------------- finding places

    def free(self) -> list[int]:
        """Sentences, in a random order, that no edit is near to."""
        found = [n for n, piece in enumerate(self.pieces) if len(piece.split()) >= 8 and not self._near(n)]
        self.chance.shuffle(found)
        return found

    def _near(self, number: int) -> bool:
        return any(abs(number - other) <= 3 for other in self.used)

    def where(self, sentence: str) -> tuple[int, int] | None:
        """Where a sentence stands in the page's HTML, if it stands there once, in one piece of text."""
        pattern = re.compile("".join(r"\s+" if c.isspace() else _ANY.get(c) or re.escape(c) for c in sentence.strip()))
        hidden = _hidden(self.html)
        found = [m.span() for m in pattern.finditer(self.html) if not _inside(m.start(), hidden)]
        return found[0] if len(found) == 1 else None

    def paragraph(self, number: int) -> tuple[int, int, int, int] | None:
        """The `<p>` that holds exactly the paragraph of a piece: its span in the HTML, and its first and last piece."""
        first = last = number
        while first > 0 and "\n" not in self.pieces[first - 1]:
            first -= 1
        while last + 1 < len(self.pieces) and "\n" not in self.pieces[last + 1]:
            last += 1
        if self.used & set(range(first - 2, last + 3)):
            return None
        wanted = _plain("".join(self.pieces[first : last + 1]))
        hidden = _hidden(self.html)
        found = [
            m.span()
            for m in _PARAGRAPH.finditer(self.html)
            if _plain(html.unescape(re.sub("<[^>]*>", "", m[1]))) == wanted
            and not _inside(m.start() + 2, _scripts(hidden))
        ]
        if len(found) != 1 or len(wanted) <= 60:
            return None
        once = _plain(html.unescape(re.sub("<[^>]*>", "", self.html))).count(wanted[:60]) == 1
        return (*found[0], first, last) if once else None

    # ---------------------------------------------------------------- changing

    def write(self, at: tuple[int, int], text: str) -> None:
        """Put a text in the place of a stretch of the page."""
        self.html = self.html[: at[0]] + html.escape(text, quote=False) + self.html[at[1] :]

    def plant(self, kind: str, number: int, start: int, end: int, what: str, last: int | None = None) -> None:
        """Set down that an edit was planted."""
        last = number if last is None else last
        self.plants.append(Plant(kind, number, start, last, end, what))
        self.used.update(range(number - 2, last + 3))

    def swap(self, kind: str, number: int, old: str, new: str) -> bool:
        """Change one occurrence of a stretch of a sentence on the page."""
        sentence = self.pieces[number]
        at = sentence.find(old)
        place = self.where(sentence)
        if at < 0 or place is None:
            return False
        self.write(place, sentence[:at] + new + sentence[at + len(old) :])
        self.plant(kind, number, at, at + len(old), f"{old} → {new}")
        return True

    def carry(self, kind: str, sentence: str, old: str, new: str) -> bool:
        """Put a sentence into the original and the page, and change it on the page."""
        if sentence[:20] in self.text:
            return False
        for number in self.free()[:8]:
            place = self.where(self.pieces[number])
            if (
                place is None
                or in_quotation(self, number)
                or not self.pieces[number].rstrip().endswith((".", "!", "?"))
            ):
                continue
            own = self.pieces[number].rstrip()
            tail = self.pieces[number][len(own) :]
            self.pieces[number] = own + " " + sentence + tail
            self.write(place, own + " " + sentence.replace(old, new, 1) + tail)
            at = len(own) + 1 + sentence.index(old)
            self.plant(kind, number, at, at + len(old), f"{old} → {new}")
            return True
        return False


def pieces_of(text: str) -> list[str]:
    """Sentences and what parts them; joined they are the text."""
    pieces, start = [], 0
    for found in _SENTENCE.finditer(text):
        closing = len(found[0]) - len(found[0].lstrip("\"'”’»)]"))
        pieces += [text[start : found.start() + closing], text[found.start() + closing : found.end()]]
        start = found.end()
    return [*pieces, text[start:]]


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _hidden(page: str) -> list[tuple[int, int]]:
    """Scripts, styles, comments, the head, and all tags."""
    return [m.span() for m in _SCRIPTS.finditer(page)]


def _scripts(hidden: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [span for span in hidden if span[1] - span[0] > 200]


def _inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in spans)


def _unquoted(sentence: str) -> str:
    """A sentence without what stands between quotation marks, in the same length."""
    return QUOTED.sub(lambda m: " " * len(m[0]), sentence)


def in_quotation(article: Article, number: int) -> bool:
    """Whether a sentence may lie in a quotation that began before it."""
    sentence = article.pieces[number]
    start = number
    while start > 0 and "\n" not in article.pieces[start - 1]:
        start -= 1
    before = "".join(article.pieces[start:number])
    marks = sum(sentence.count(sign) for sign in '“”"«»‘') + len(_SINGLE.findall(before + sentence))
    return before.count("“") != before.count("”") or before.count('"') % 2 == 1 or marks > 0


def opens(article: Article, number: int, at: int) -> bool:
    """Whether a mark in a sentence opens a quotation: before a straight one stands an even number of them."""
    start = number
    while start > 0 and "\n" not in article.pieces[start - 1]:
        start -= 1
    before = "".join(article.pieces[start:number]) + article.pieces[number][:at]
    return before.count('"') % 2 == 0 and before.count("“") == before.count("”")


# ------------------------------------------------------------------ what every page puts in: no edits

PUT_IN = (Path(__file__).parent / "boxes.html").read_text("utf-8").splitlines()


def put_in(article: Article, count: int) -> Iterator[str]:
    """Put what pages are full of between paragraphs, and repeat a passage as a pull quote."""
    chance = article.chance
    for _ in range(count):
        for number in article.free()[:10]:
            place = article.paragraph(number)
            if place is None:
                continue
            if chance.random() < 0.2:
                quoted = " ".join(article.pieces[number].split()[:20])
                new = f"<blockquote class='pullquote'><p>{html.escape(quoted, quote=False)}</p></blockquote>"
            else:
                new = chance.choice(PUT_IN)
            article.html = article.html[: place[1]] + new + article.html[place[1] :]
            yield new
            break
