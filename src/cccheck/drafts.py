"""A draft on the disk in the shape of a fetched page: HTML as it is, Markdown and plain text made into HTML.

A draft has no address and no page around it. It is read as if it stood at ADDRESS, a reserved name, and nothing else is
there: what only another page could show stays open.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from cccheck.errors import DataError, UsageError
from cccheck.model import Capture, FetchFailure, Reason, Role

ADDRESS = "https://draft.invalid/"
MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
HTML = (".html", ".htm", ".xhtml")

_MOST = 20 * 1024 * 1024  # bytes, as of a page that is fetched
_IS_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.I)
_PARAGRAPHS = re.compile(r"\n\s*\n")
_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")


class DraftFetcher:
    """Answers for one draft, and says of everything else that it was not fetched. See `cccheck.fetch.Fetcher`."""

    def __init__(self, path: Path, address: str = ADDRESS) -> None:
        self._capture = Capture(
            address, address, 200, (("content-type", "text/html"),), read_draft(path), "1970-01-01T00:00:00Z"
        )

    def fetch(self, url: str, role: Role = "response") -> Capture | FetchFailure:
        """The draft at its address; nothing elsewhere."""
        if url == self._capture.url:
            return self._capture
        return FetchFailure(url, Reason.NOT_CAPTURED, "a draft is judged alone", self._capture.fetched_at, role=role)

    def close(self) -> None:
        """Nothing is open."""


def read_draft(path: Path) -> bytes:
    """The draft as HTML. Raises UsageError for a file that cannot be read, DataError for one that is no text."""
    try:
        data = path.read_bytes()
    except OSError as error:
        mend = "name an HTML, Markdown or text file, or an address that begins with https://"
        raise UsageError(f"{path}: {error.strerror}; {mend}") from None
    if len(data) > _MOST:
        raise DataError(path, "", f"is larger than {_MOST // 1024 // 1024} MiB", "give the article alone")
    if not data.strip():
        raise DataError(path, "", "is empty", "put the draft there")
    if path.suffix.lower() in HTML:
        return data
    if path.suffix.lower() not in MARKDOWN and _IS_HTML.search(data[:4000]):
        return data
    text = _text(data, path)
    body = _from_markdown(text) if path.suffix.lower() in MARKDOWN else _from_text(text)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def _text(data: bytes, path: Path) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            path, f"byte {error.start}", "not a UTF-8 text", "save it as UTF-8, or as HTML"
        ) from None
    if "\x00" in text:
        raise DataError(path, "", "no text but binary data", "save the draft as HTML, Markdown or UTF-8 text")
    return text


def _from_markdown(text: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").render(text))


def _from_text(text: str) -> str:
    """Paragraphs at blank lines; addresses become links, as most systems make them."""
    parts = (_linked(part.strip()) for part in _PARAGRAPHS.split(text.replace("\r\n", "\n")))
    return "".join(f"<p>{part}</p>\n" for part in parts if part)


def _linked(text: str) -> str:
    parts, end = [], 0
    for found in _URL.finditer(text):
        parts += [escape(text[end : found.start()]), f'<a href="{escape(found[0])}">{escape(found[0])}</a>']
        end = found.end()
    return "".join([*parts, escape(text[end:])]).replace("\n", "<br>")
