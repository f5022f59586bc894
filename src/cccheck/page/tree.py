"""The one walk over a parsed page: text blocks in reading order, links, images and marked parts.

A block ends where a browser would start a new line of layout: at block elements and at a double `<br>`.

Of all that is done to a page, little takes longer than this walk. Hence its form: one loop over local names, plain
tuples that elements share as long as nothing changes, and calls only for what is rare.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal

from cccheck.model import Block, Container, Image, Link, Visible
from cccheck.page.parts import hidden_by_style, is_driven, kinds_of_names, parts

_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary "
    "table tbody td tfoot th thead tr ul video audio".split()
)
_SKIP = "script style template head svg math object canvas noembed noframes datalist select textarea -comment".split()
_CLOSED = frozenset({*_SKIP, "br", "img", None})  # what is not walked into
_RARE = frozenset({"style", "role", "hidden"})  # attributes that may mark a part, besides class and id
_KNOWN_NAMES = 50_000  # values of class and id kept for all pages
MAX_BLOCKS = 200_000
MAX_LINKS = 20_000
_AROUND = 5  # elements around a shut one that may tell that scripts open it
_CONTROLLING = "[aria-controls], [data-target], [data-bs-target], a[href^='#']"
# Decoding drops these characters; character references (`&shy;`) bring them back.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

Attributes = dict[str, str | None]
Marks = tuple[tuple[str, str], ...]  # kinds of parts, each with what it was known by
_Held = tuple[tuple[int, ...], Visible, str | None]  # containers, visible, hidden_by: as of the blocks inside
_Place = tuple[Any, str, int, int, _Held]  # an open element: node, tag, number of the one around, its own, what holds
_Ends = tuple[bool, bool, int, bool] | None  # what an element's end ends: a block, a link, so many containers, an aside
_ENDS_BLOCK = (True, False, 0, False)
_TAG_MARKS: dict[str, Marks] = {tag: ((kind, f"<{tag}>"),) for tag, kind in parts().tags.items()}
_TAG_MARKS |= {tag: (("unknown", f"<{tag}>"),) for tag in ("noscript", "del", "s", "strike")}


class _Kinds(dict[str, Marks]):
    """What values of class and id say. A dictionary that looks up what it has not: most of what is asked it has, for
    pages repeat their names, and each other's."""

    def __missing__(self, names: str) -> Marks:
        if len(self) >= _KNOWN_NAMES:
            self.clear()
        found = self[names] = kinds_of_names(names)
        return found


_KINDS = _Kinds()


class _KindsOrHidden(dict[str, Marks]):
    """The same, with those names that a stylesheet in the page takes out of sight."""

    def __init__(self, hiding: frozenset[str]) -> None:
        super().__init__()
        self._hidden = {selector[1:] for selector in hiding}
        self._hiding = hiding

    def __missing__(self, names: str) -> Marks:
        found, split = _KINDS[names], names.lower().split()
        if not self._hidden.isdisjoint(split):
            hidden = [name for name in split if "." + name in self._hiding or "#" + name in self._hiding]
            found = (*found, *(("unknown", f"a stylesheet rule for {name}") for name in hidden))
        self[names] = found
        return found


_PIXEL = ("0", "1", "0px", "1px")
_ONE_PIXEL = "a picture of one pixel"  # the label of a link that holds nothing else


class _OpenLink:
    """A link being read: it begins at `start`, with a `piece`, of the block being read; its first words have `size`
    characters `at` an offset of `block`, which is -1 as long as there are none."""

    block, at, size, text = -1, 0, 0, ""
    image_alt: str | None = None
    out_of_sight = ""  # words in it that only a screen reader finds

    def __init__(self, attributes: Attributes, held: _Held, start: int, piece: int) -> None:
        self.attributes, self.held, self.start, self.piece = attributes, held, start, piece


class _Line:
    """A line of text that waits while something out of sight inside it is read; `after` follows once it has ended."""

    def __init__(self, pieces: list[str], link: _OpenLink | None) -> None:
        self.pieces, self.link = pieces, link
        self.after: list[Block] = []


class TreeReader:
    """Collects what one parsed tree holds. Blocks of further captures continue the numbering of the first."""

    def __init__(self, resolve: Callable[[str], str], hiding: frozenset[str], capture: int = 0) -> None:
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self._images: list[tuple[str, str, int, int]] = []  # src, alt, block, figure container
        self._containers: list[tuple[str, int, str]] = []  # kind, first block, label
        self._ends: dict[int, int] = {}  # last blocks of the containers that are closed
        self._resolve, self._capture = resolve, capture
        self._pieces: list[str] = []  # of the block being read
        self._link: _OpenLink | None = None
        self._root: Any = None
        self._line: _Line | None = None  # the line around what is being read, where that is out of sight
        self._after: list[Block] = []  # what stood out of sight in the line being read
        self._roles = parts().roles
        self._known: dict[str, Marks] = _KindsOrHidden(hiding) if hiding else _KINDS

    def read(self, root: Any) -> TreeReader:  # noqa: C901, PLR0915 - one loop: see the head of this file
        """Walk the tree below `root` (a selectolax lexbor node) once, without recursion."""
        self._root = root
        pieces, known, number, space = self._pieces, self._known, 0, False  # space: white space came last
        marks = self._marks(root, root.tag, root.attributes)
        place: _Place = (root, root.tag or "html", 0, 0, self._mark(((), "visible", None), marks))
        stack: list[tuple[Any, _Place, _Ends]] = [(root, place, (True, False, len(marks), False))]
        node = root.first_child
        while stack:
            if node is None:
                node, outer, ends = stack.pop()
                if ends is _ENDS_BLOCK:
                    if pieces:
                        self._flush(place)
                        if len(self.blocks) > MAX_BLOCKS:
                            break
                    space, place = False, outer
                elif ends is not None:
                    self._leave(place, ends)
                    pieces = self._pieces
                    space, place = space and not ends[0], outer
                node = node.next if stack else None
                continue
            if node.is_empty_text_node:  # nearly half of all nodes
                space = True
                node = node.next
                continue
            if node.is_text_node:
                raw = node.text_content
                text = raw.strip()
                if "  " in text or not text.isprintable():  # all white space but a blank is not printable
                    raw = raw.translate(_INVISIBLE)
                    text = " ".join(raw.split())
                if text:
                    apart = pieces and pieces[-1] and pieces[-1] != "\n" and (space or raw[0] != text[0])
                    pieces.append(" " + text if apart else text)
                space = not text or raw[-1] != text[-1]
                node = node.next
                continue
            tag = node.tag
            if tag not in _CLOSED:
                attributes = node.attributes
                marks, ends = (), None
                if attributes or tag in _TAG_MARKS:
                    names, name = attributes.get("class"), attributes.get("id")
                    if (
                        tag in _TAG_MARKS
                        or (names and known[names])
                        or (name and known[name])
                        or not _RARE.isdisjoint(attributes)
                    ):
                        marks = self._marks(node, tag, attributes)
                if tag in _BLOCK:
                    if pieces:
                        self._flush(place)
                    ends = (True, False, len(marks), False) if marks else _ENDS_BLOCK
                elif marks or tag == "a":
                    is_link = tag == "a" and attributes.get("href") is not None
                    if marks and self._goes_out_of_sight(marks, place[4]):
                        pieces = self._step_aside()
                        ends = (False, is_link, len(marks), True)
                    elif marks or is_link:
                        ends = (False, is_link, len(marks), False)
                stack.append((node, place, ends))
                if ends is not None:
                    number += 1
                    place = (node, tag, place[3], number, self._mark(place[4], marks) if marks else place[4])
                    if ends[1]:
                        self._open_link(attributes, place[4])
                node = node.first_child
                continue
            if tag == "br":
                self._break(place)
                space = False
            elif tag == "img":
                self._image(node.attributes, place[4][0])
            elif tag == "svg" and self._link is not None:
                self._link.image_alt = self._link.image_alt or ""  # a drawing is a picture that one can click
            node = node.next
        return self

    # ---------------------------------------------------------------- what is out of sight inside a line

    def _goes_out_of_sight(self, marks: Marks, held: _Held) -> bool:
        return self._line is None and held[1] == "visible" and any(kind in ("hidden", "unknown") for kind, _ in marks)

    def _step_aside(self) -> list[str]:
        """A reader sees the line without what an inline element takes out of sight: that is a block of its own, and
        follows when the line has ended."""
        self._line = _Line(self._pieces, self._link)
        self._pieces, self._link = [], None
        return self._pieces

    def _step_back(self) -> None:
        """The end of what is out of sight: go on with the line."""
        line = self._line
        assert line is not None  # noqa: S101 - it was set when this element began
        words = " ".join(block.text for block in line.after)
        self._pieces, self._link, self._line = line.pieces, line.link, None
        if self._link is not None and words:
            self._link.out_of_sight = words
        if self._pieces:
            self._after += line.after
        else:
            self.blocks += line.after

    @property
    def _next(self) -> int:
        """The number of the block being read."""
        if self._line is None:
            return len(self.blocks)
        return len(self.blocks) + bool(self._line.pieces) + len(self._after) + len(self._line.after)

    def _leave(self, place: _Place, ends: tuple[bool, bool, int, bool]) -> None:
        """The end of an element that ends more than a block, or none."""
        is_block, is_link, opened, is_aside = ends
        if is_link:
            self._close_link()
        if (is_block or is_aside) and self._pieces:
            self._flush(place)
        for index in place[4][0][-opened:] if opened else ():
            self._ends[index] = self._next - 1
        if is_aside:
            self._step_back()

    @property
    def containers(self) -> list[Container]:
        """The marked parts; one without any block has last < first."""
        ends = self._ends
        opened = enumerate(self._containers)
        return [Container(kind, first, ends.get(number, -1), label) for number, (kind, first, label) in opened]

    @property
    def images(self) -> list[Image]:
        """The images, each with the caption of the figure it stands in."""
        captions = {index: self._caption(index) for index in {figure for *_, figure in self._images if figure >= 0}}
        return [Image(src, alt, captions.get(figure, ""), block) for src, alt, block, figure in self._images]

    def _caption(self, figure: int) -> str:
        first, last = self._containers[figure][1], self._ends.get(figure, -1)
        return " ".join(block.text for block in self.blocks[first : min(last + 1, first + 20)])

    # ---------------------------------------------------------------- marked parts

    def _marks(self, node: Any, tag: str, attributes: Attributes) -> Marks:
        """What an element is, and whether it takes its content out of sight, as its tag and then its attributes say."""
        marks = _TAG_MARKS.get(tag, ())
        for name, value in attributes.items():
            if name == "class" or name == "id":
                if value and tag not in ("body", "html"):
                    marks += self._known[value]
            elif name == "style":
                hidden = hidden_by_style(value) if value else ""
                if hidden == "shut":
                    hidden = self._shut(node, attributes)
                if hidden:
                    marks += ((hidden, f"style: {(value or '')[:80]}"),)
            elif name == "role":
                if value in self._roles:
                    marks += ((self._roles[value or ""], f"role={value}"),)
            elif name == "hidden":
                kind = "unknown" if value == "until-found" else self._shut(node, attributes)
                marks += ((kind, "the hidden attribute"),)
        return marks

    def _shut(self, node: Any, attributes: Attributes) -> Literal["hidden", "unknown"]:
        """What a shut element is: hidden, or unknown where something tells that scripts open it."""
        if is_driven(attributes, own=True) or (attributes.get("id") or "") in self._controlled:
            return "unknown"
        around = node.parent
        for _ in range(_AROUND):
            if around is None or around.tag in ("body", "html", None):
                break
            if is_driven(around.attributes, own=False):
                return "unknown"
            around = around.parent
        return "hidden"

    @cached_property
    def _controlled(self) -> frozenset[str]:
        """The ids of what a button or a link of the page opens, or leads to."""
        found: set[str] = set()
        for node in self._root.css(_CONTROLLING) if self._root is not None else ():
            attributes = node.attributes
            found.update((attributes.get("aria-controls") or "").split())
            for name in ("data-target", "data-bs-target", "href"):
                value = attributes.get(name) or ""
                if value.startswith("#"):
                    found.add(value[1:])
        return frozenset(found - {""})

    def _mark(self, held: _Held, marks: Marks) -> _Held:
        """Begin a container for each mark: what then holds."""
        containers, visible, hidden_by = held
        for kind, why in marks:
            if kind in ("hidden", "unknown") and visible != "hidden":
                visible, hidden_by = "hidden" if kind == "hidden" else "unknown", why
            containers = (*containers, len(self._containers))
            self._containers.append((kind, self._next, why))
        return containers, visible, hidden_by

    # ---------------------------------------------------------------- text

    def _break(self, place: _Place) -> None:
        if self._pieces and self._pieces[-1] == "\n":
            self._flush(place)
        elif self._pieces and self._pieces[-1]:
            self._pieces.append("\n")

    def _flush(self, place: _Place) -> None:
        """End the block being read, which is not empty: it belongs to the innermost open element."""
        if self._link is not None:
            self._place_link(self._link)
            self._link.start = self._link.piece = 0
        text = "".join(self._pieces).rstrip()
        number = len(self.blocks) if self._line is None else self._next
        self._pieces.clear()
        if number > MAX_BLOCKS:
            return
        node, tag, parent, _, held = place
        # A named tuple made without its own __new__, which takes three times as long.
        block = tuple.__new__(Block, (number, text, tag, parent, *held, self._capture, node))
        if self._line is not None:
            self._line.after.append(block)
            return
        self.blocks.append(block)
        if self._after:
            self.blocks += self._after
            self._after = []

    # ---------------------------------------------------------------- links and images

    def _open_link(self, attributes: Attributes, held: _Held) -> None:
        if self._link is not None:
            self._close_link()
        if len(self.links) >= MAX_LINKS:
            return
        pieces = self._pieces
        self._link = _OpenLink(attributes, held, sum(map(len, pieces)) if pieces else 0, len(pieces))

    def _place_link(self, link: _OpenLink) -> None:
        """Take the part of the current block that lies in the link."""
        text = "".join(self._pieces[link.piece :])
        words = text.strip()
        if words:
            if link.block < 0:
                link.block = len(self.blocks) if self._line is None else self._next
                link.at = link.start + len(text) - len(text.lstrip())
                link.text, link.size = words, len(words)
            else:
                link.text = f"{link.text} {words}"

    def _close_link(self) -> None:
        link = self._link
        if link is None:
            return
        self._link = None
        if self._pieces:
            self._place_link(link)
        block, start, end = link.block, link.at, link.at + link.size
        if block < 0:
            block = self._next
            start = end = sum(map(len, self._pieces))
            if not self._pieces:
                self._pieces.append("")  # a line of its own, even if nothing is written on it
        get, (containers, visible, hidden_by) = link.attributes.get, link.held
        href, rel = (get("href") or "").strip(), get("rel")
        rels = tuple(rel.lower().split()) if rel else ()
        label = get("title") or get("aria-label") or link.out_of_sight
        place = (link.text, block, start, end)
        row = (href, self._resolve(href), *place, rels, link.image_alt, label, visible, hidden_by, containers)
        self.links.append(tuple.__new__(Link, row))  # as in _flush

    def _image(self, attributes: Attributes, containers: tuple[int, ...]) -> None:
        alt = " ".join((attributes.get("alt") or "").split())
        if self._link is not None:
            if attributes.get("width") in _PIXEL and attributes.get("height") in _PIXEL:
                self._link.out_of_sight = self._link.out_of_sight or _ONE_PIXEL
            else:
                self._link.image_alt = f"{self._link.image_alt or ''} {alt}".strip()
        figure = next((i for i in reversed(containers) if self._containers[i][0] in ("figure", "caption")), -1)
        src = attributes.get("src") or ""
        self._images.append(("" if src.startswith("data:") else self._resolve(src), alt, self._next, figure))
