"""The one walk over a parsed page: text blocks in reading order, links, images and marked parts.

A block ends where a browser would start a new line of layout: at block elements and at a double `<br>`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cccheck.model import Block, Container, Image, Link, Visible
from cccheck.page.parts import hidden_by_style, kinds_of_names, parts

_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary "
    "table tbody td tfoot th thead tr ul video audio".split()
)
_SKIP = frozenset("script style template head svg math object canvas noembed noframes datalist select textarea".split())
_MARKED_TAGS = frozenset({*parts().tags, "noscript"})
MAX_BLOCKS = 200_000


class _Frame:
    """One open element that matters: a block, a link, or a marked part; and what holds inside it."""

    __slots__ = ("block", "hidden_by", "link", "marked", "node", "number", "opened", "outer", "tag", "visible")

    def __init__(self, node: Any, tag: str, block: bool, number: int, outer: _Frame | None) -> None:
        self.node = node
        self.tag = tag
        self.block = block
        self.number = number
        self.outer = outer
        self.opened = 0  # how many of `marked`, at the end, are its own
        self.link = False
        self.marked: tuple[int, ...] = outer.marked if outer else ()
        self.visible: Visible = outer.visible if outer else "visible"
        self.hidden_by: str | None = outer.hidden_by if outer else None


@dataclass(slots=True)
class _OpenLink:
    """A link being read. `block` is -1 until some of its text or image has a place."""

    href: str
    rel: tuple[str, ...]
    label: str
    visible: Visible
    hidden_by: str | None
    start: int
    containers: tuple[int, ...]
    block: int = -1
    at: tuple[int, int] = (0, 0)
    text: str = ""
    image_alt: str | None = None


@dataclass(slots=True)
class _OpenContainer:
    kind: str
    first: int
    last: int
    label: str


class TreeReader:
    """Collects what one parsed tree holds. Blocks of further captures continue the numbering of the first."""

    def __init__(self, resolve: Callable[[str], str], hiding: frozenset[str], capture: int = 0) -> None:
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self._images: list[tuple[str, str, int, int]] = []  # src, alt, block, figure container
        self._containers: list[_OpenContainer] = []
        self._resolve, self._hiding, self._capture = resolve, hiding, capture
        self._pieces: list[str] = []
        self._length = 0
        self._space = False
        self._link: _OpenLink | None = None
        self._frames = 0
        self._parts = parts()
        self._names: dict[str, tuple[tuple[str, str], ...]] = {}

    def read(self, root: Any) -> TreeReader:
        """Walk the tree below `root` (a selectolax lexbor node) once, without recursion."""
        frame = _Frame(root, root.tag or "html", True, 0, None)
        self._mark(frame, root.attributes)
        # Open elements: those that matter have a frame, the others (None) are only passed through.
        stack: list[tuple[Any, _Frame | None]] = [(root, frame)]
        pieces, node = self._pieces, root.child
        while stack:
            if node is None:
                node, closed = stack.pop()
                if closed is not None:
                    if closed.block and pieces or closed.link or closed.opened:
                        self._leave(closed)
                    elif closed.block:
                        self._space = False
                    frame = closed.outer or closed
                node = node.next if stack else None
                continue
            tag = node.tag
            if tag == "-text":
                text = node.text_content or " "
                if text.isspace():
                    self._space = True
                else:
                    self._add_text(text)
            elif tag in _BLOCK:
                if pieces:
                    self._flush(frame)
                frame = self._enter(node, tag, True, frame)
                stack.append((node, frame))
                node = node.child
                continue
            elif tag is None or tag in _SKIP or tag[0] in "_!-":
                pass
            elif tag == "br":
                self._break(frame)
            elif tag == "img":
                self._image(node.attributes, frame)
            else:
                entered = self._enter_inline(node, tag, frame)
                stack.append((node, entered))
                frame = entered or frame
                node = node.child
                continue
            if len(self.blocks) > MAX_BLOCKS:
                break
            node = node.next
        return self

    @property
    def containers(self) -> list[Container]:
        """The marked parts; one without any block has last < first."""
        return [Container(c.kind, c.first, c.last, c.label) for c in self._containers]

    @property
    def images(self) -> list[Image]:
        """The images, each with the caption of the figure it stands in."""
        captions = {index: self._caption(index) for index in {figure for *_, figure in self._images if figure >= 0}}
        return [Image(src, alt, captions.get(figure, ""), block) for src, alt, block, figure in self._images]

    def _caption(self, container: int) -> str:
        figure = self._containers[container]
        return " ".join(block.text for block in self.blocks[figure.first : min(figure.last + 1, figure.first + 20)])

    # ---------------------------------------------------------------- elements

    def _enter(self, node: Any, tag: str, block: bool, outer: _Frame) -> _Frame:
        self._frames += 1
        frame = _Frame(node, tag, block, self._frames, outer)
        attributes = node.attributes
        if attributes or tag in _MARKED_TAGS:
            self._mark(frame, attributes)
        return frame

    def _enter_inline(self, node: Any, tag: str, outer: _Frame) -> _Frame | None:
        """The element's frame, or None where it changes nothing for what it holds."""
        attributes = node.attributes
        if not attributes and tag not in _MARKED_TAGS:
            return None
        frame = self._enter(node, tag, False, outer)
        if tag == "a" and attributes.get("href") is not None:
            self._open_link(attributes, frame)
        return frame if frame.opened or frame.link else None

    def _leave(self, frame: _Frame) -> None:
        if frame.link:
            self._close_link()
        if frame.block:
            if self._pieces:
                self._flush(frame)
            else:
                self._space = False
        if frame.opened:
            last = len(self.blocks) - 1
            for index in frame.marked[-frame.opened :]:
                self._containers[index].last = last

    def _mark(self, frame: _Frame, attributes: dict[str, str | None]) -> None:
        """Note what the element is, and whether it takes its content out of sight."""
        kind = self._parts.tags.get(frame.tag)
        if kind:
            self._open(frame, kind, f"<{frame.tag}>")
        elif frame.tag == "noscript":
            self._hide(frame, "unknown", "<noscript>")
        if not attributes:
            return
        for name, value in attributes.items():
            if name == "class" or name == "id":
                if value and frame.tag not in ("body", "html"):
                    self._mark_names(frame, value)
            elif name == "style":
                if value and hidden_by_style(value):
                    self._hide(frame, "hidden", f"style: {value[:80]}")
            elif name == "role":
                if value in self._parts.roles:
                    self._open(frame, self._parts.roles[value or ""], f"role={value}")
            elif name == "hidden":
                self._hide(frame, "unknown" if value == "until-found" else "hidden", "the hidden attribute")

    def _mark_names(self, frame: _Frame, names: str) -> None:
        found = self._names.get(names)
        if found is None:
            found = self._names[names] = (*kinds_of_names(names), *self._hidden_names(names))
        for kind, why in found:
            if kind == "unknown":
                self._hide(frame, "unknown", why)
            else:
                self._open(frame, kind, why)

    def _hidden_names(self, names: str) -> list[tuple[str, str]]:
        """Those of the names that a stylesheet in the page takes out of sight."""
        split = names.lower().split() if self._hiding else []
        hidden = [name for name in split if "." + name in self._hiding or "#" + name in self._hiding]
        return [("unknown", f"a stylesheet rule for {name}") for name in hidden]

    def _open(self, frame: _Frame, kind: str, label: str) -> None:
        frame.marked = (*frame.marked, len(self._containers))
        frame.opened += 1
        self._containers.append(_OpenContainer(kind, len(self.blocks), -1, label))

    def _hide(self, frame: _Frame, visible: Visible, why: str) -> None:
        if frame.visible != "hidden":
            frame.visible, frame.hidden_by = visible, why
        self._open(frame, visible, why)

    # ---------------------------------------------------------------- text

    def _add_text(self, raw: str) -> None:
        text = " ".join(raw.split())
        if self._pieces and (self._space or raw[0].isspace()) and self._pieces[-1] != "\n":
            text = " " + text
        self._pieces.append(text)
        self._length += len(text)
        self._space = raw[-1].isspace()

    def _break(self, frame: _Frame) -> None:
        if self._pieces and self._pieces[-1] == "\n":
            self._flush(frame)
        elif self._pieces:
            self._pieces.append("\n")
            self._length += 1
        self._space = False

    def _flush(self, frame: _Frame) -> None:
        """End the block being read, which is not empty: it belongs to `frame`."""
        if self._link is not None:
            self._place_link(self._link)
            self._link.start = 0
        text = "".join(self._pieces).rstrip()
        self._pieces.clear()
        self._length, self._space = 0, False
        parent = frame.outer.number if frame.outer else 0
        self.blocks.append(
            Block(
                len(self.blocks),
                text,
                frame.tag,
                parent,
                frame.marked,
                frame.visible,
                frame.hidden_by,
                self._capture,
                frame.node,
            )
        )

    # ---------------------------------------------------------------- links and images

    def _open_link(self, attributes: dict[str, str | None], frame: _Frame) -> None:
        if self._link is not None:
            self._close_link()
        label = attributes.get("title") or attributes.get("aria-label") or ""
        rel = tuple((attributes.get("rel") or "").lower().split())
        href = (attributes.get("href") or "").strip()
        self._link = _OpenLink(href, rel, label, frame.visible, frame.hidden_by, self._length, frame.marked)
        frame.link = True

    def _place_link(self, link: _OpenLink) -> None:
        """Take the part of the current block that lies in the link."""
        text = "".join(self._pieces)[link.start :]
        words = text.strip()
        if words:
            start = link.start + len(text) - len(text.lstrip())
            if link.block < 0:
                link.block, link.at = len(self.blocks), (start, start + len(words))
            link.text = f"{link.text} {words}".strip()

    def _close_link(self) -> None:
        link = self._link
        if link is None:
            return
        self._place_link(link)
        block, (start, end) = link.block, link.at
        if block < 0:
            block, start, end = len(self.blocks), self._length, self._length
        self.links.append(
            Link(
                href=link.href,
                resolved=self._resolve(link.href),
                text=link.text,
                block=block,
                start=start,
                end=end,
                rel=link.rel,
                image_alt=link.image_alt,
                label=link.label,
                visible=link.visible,
                hidden_by=link.hidden_by,
                containers=link.containers,
            )
        )
        self._link = None

    def _image(self, attributes: dict[str, str | None], frame: _Frame) -> None:
        alt = " ".join((attributes.get("alt") or "").split())
        if self._link is not None:
            self._link.image_alt = f"{self._link.image_alt or ''} {alt}".strip()
        figure = next((i for i in reversed(frame.marked) if self._containers[i].kind in ("figure", "caption")), -1)
        src = attributes.get("src") or ""
        self._images.append(("" if src.startswith("data:") else self._resolve(src), alt, len(self.blocks), figure))
