"""Lists of URLs to check → `Target`: plain text, CSV, JSON Lines, from a file or standard input.

A line that cannot be used becomes a `Problem` with its number; the rest goes on. Nothing is read ahead, so a list may
be longer than memory. User names and passwords in addresses are refused and never repeated.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from cccheck.errors import DataError, UsageError
from cccheck.ids import Ids
from cccheck.model import Problem, Target
from cccheck.plain import whole

Row = Target | Problem

_COMMENT = re.compile(r"(?:^|\s)#.*", re.DOTALL)
_SECRET = re.compile(r"(//[^\s/@:]*:\S*@|//[^\s/]*@|(?<!\S)[^\s/@:]+:[^\s/]*@)")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)*[^\W_](?:[\w-]{0,61}[^\W_])?\.?|[0-9a-f:.]*:[0-9a-f:.]*")
_BARE = re.compile(r"(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?|localhost(?::\d+)?(?:/\S*)?")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\xad"
_MAX_SHOWN = 200
_BEGINNING = 4096  # bytes in which a zero says that a list is no text
_MAX_URL = 8192
_SUFFIXES = {".csv": "csv", ".tsv": "csv", ".jsonl": "json", ".ndjson": "json"}


def read_targets(source: Path | str) -> tuple[tuple[Target, ...], tuple[Problem, ...]]:
    """All targets and all unusable lines of a list. `source` is a file, or `-` for standard input (plain text)."""
    rows = list(iter_targets(source))
    return tuple(row for row in rows if isinstance(row, Target)), tuple(row for row in rows if isinstance(row, Problem))


def iter_targets(source: Path | str) -> Iterator[Row]:
    """The same one by one, in the order of the lines. Identical (URL, hint) pairs come once.

    Raises UsageError when the file cannot be opened or is no text, DataError when a CSV file names no `url` column.
    """
    if str(source) == "-":
        yield from parse_targets(_decoded(sys.stdin.buffer, "standard input"), "text", "standard input")
        return
    path = Path(source)
    try:
        file = path.open("rb")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; name a list of URLs, or - for standard input") from None
    with file:
        yield from parse_targets(_decoded(file, path), _SUFFIXES.get(path.suffix.lower(), "text"), path)


def parse_targets(lines: Iterable[str], form: str, name: object) -> Iterator[Row]:
    """Targets from lines of text; `form` is text, csv or json, `name` is what messages call the source."""
    rows = {"text": _from_text, "csv": _from_csv, "json": _from_json}[form](lines, name)
    seen = Ids()
    for row in rows:
        if isinstance(row, Target):
            digest = blake2b(f"{row.url}\n{row.hint or ''}".encode("utf-8", "replace"), digest_size=8).digest()
            key = int.from_bytes(digest)
            if key in seen:
                continue
            seen.add(key)
        yield row


def _decoded(file: IO[bytes], name: object) -> Iterator[str]:
    """Lines of a binary file: UTF-8, or UTF-16 with its mark; bytes that are neither become U+FFFD.

    Raises UsageError for what is no text: a spreadsheet, a picture.
    """
    stream: Any = file if hasattr(file, "peek") else io.BufferedReader(file)
    beginning = stream.peek(_BEGINNING)[:_BEGINNING]
    wide = beginning[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if b"\0" in beginning and not wide:
        raise UsageError(f"{name}: is no text; save the list as UTF-8: plain text, CSV or JSON Lines")
    text = io.TextIOWrapper(stream, encoding="utf-16" if wide else "utf-8-sig", errors="replace", newline="")
    try:
        yield from text
    finally:
        if not file.closed:  # standard input is not ours to close
            text.detach()
            if stream is not file:
                stream.detach()


# ------------------------------------------------------------------ the three forms


def _from_text(lines: Iterable[str], _name: object) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        parts = _COMMENT.sub("", line).split()
        if len(parts) > 2:
            yield _problem(number, line, "more than a URL and a work id stand here; write one URL a line")
        elif parts:
            yield _target(number, line, parts[0], parts[1] if len(parts) > 1 else "", {})


def _from_csv(lines: Iterable[str], name: object) -> Iterator[Row]:
    numbered = _Numbered(lines)
    columns, delimiter = _header(numbered, name)
    reader = csv.reader(numbered, delimiter=delimiter, strict=True)
    while True:
        number, numbered.row = numbered.number + 1, ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _problem(
                number, numbered.row, f"no valid CSV ({error}); look for a quotation mark that is not closed"
            )
            continue
        if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
            yield _from_members(number, delimiter.join(cells), dict(zip(columns, cells, strict=False)))


def _from_json(lines: Iterable[str], _name: object) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            members = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", type(error).__name__)
            yield _problem(number, line, f"no valid JSON ({reason}); write one object a line")
            continue
        if not isinstance(members, dict) or not isinstance(members.get("url"), str):
            yield _problem(number, line, 'no object with a `url`; write {"url": "https://…", "work": "…"}')
        else:
            yield _from_members(number, line, {whole(str(key)): _plain(value) for key, value in members.items()})


class _Numbered:
    """Lines with a count of those handed out, and the first since `row` was emptied: a CSV row may span several."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self.number, self.row = iter(lines), 0, ""

    def __iter__(self) -> _Numbered:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.row = self.row or line
        return line


def _header(lines: _Numbered, name: object) -> tuple[list[str], str]:
    """Column names and the delimiter: the one of comma, semicolon and tab that yields a `url` column."""
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    for delimiter in ",;\t":
        try:
            cells = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            continue
        columns = [_column(cell.strip()) for cell in cells]
        if "url" in columns:
            return columns, delimiter
    place = f"line {lines.number or 1}"
    raise DataError(name, place, "no column is called `url`", "begin with a line such as url,work")


def _column(name: str) -> str:
    return name.lower() if name.lower() in ("url", "work") else name


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return whole(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _from_members(number: int, line: str, members: Mapping[str, str]) -> Row:
    extra = {key: without_secrets(value) for key, value in members.items() if key not in ("url", "work")}
    url, hint = members.get("url", "").strip(), members.get("work", "").strip()
    if not url:
        return _problem(number, line, "no URL stands in this row")
    return _target(number, line, url, hint, extra)


# ------------------------------------------------------------------ one address


def _target(number: int, line: str, url: str, hint: str, extra: Mapping[str, str]) -> Row:
    url = url.strip(_INVISIBLE)
    wrong = url_problem(url)
    if wrong:
        return _problem(number, line, wrong)
    return Target(url, hint or None, number, extra)


def _problem(number: int, line: str, message: str) -> Problem:
    shown = " ".join(without_secrets(line).split())
    return Problem(number, shown[:_MAX_SHOWN], without_secrets(message))


def without_secrets(text: str) -> str:
    """The text with what may be a user name and a password in an address left out."""
    return _SECRET.sub(lambda found: ("//" if found[0].startswith("//") else "") + "…@", text)


def url_problem(url: str) -> str | None:
    """Why an address cannot be fetched, with the mend, in one sentence; None for a usable http(s) URL."""
    if not url.isprintable() or "\ufffd" in url or any(char.isspace() for char in url):
        return "the address holds white space, invisible or broken characters; save the list as UTF-8 and write it anew"
    if len(url) > _MAX_URL:
        return f"the address is longer than {_MAX_URL} characters"
    scheme, colon, rest = url.partition("://")
    if scheme.lower() not in ("http", "https") or not colon:
        return _no_http(url)
    return _authority_problem(url, rest)


def _no_http(url: str) -> str:
    if url.startswith("//") and _BARE.fullmatch(url[2:]):
        return f"the address has no scheme; write https:{url[:_MAX_SHOWN]}"
    if _BARE.fullmatch(url):
        return f"the address has no scheme; write https://{url[:_MAX_SHOWN]}"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url):
        return "only http and https addresses can be fetched; write one that begins with https://"
    return "this is no URL; write one that begins with https://"


def _authority_problem(url: str, rest: str) -> str | None:
    if "@" in re.split(r"[/?#\\]", rest, maxsplit=1)[0]:
        return "the address holds a user name or a password; take them out"
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return "the host or the port of the address is not valid; check what stands before the first /"
    if port == 0 or not _HOST.fullmatch(host) or len(host) > 253:
        return "the address has no valid host; check what stands before the first /"
    return None
