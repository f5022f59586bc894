"""What `cccheck work add` is given: a text file, an HTML file or a URL → a draft of a work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cccheck.config import Config
from cccheck.errors import DataError, UsageError
from cccheck.works.derive import Draft, draft_from_text
from cccheck.works.facts import Fact

if TYPE_CHECKING:
    from cccheck.fetch.network import NetworkFetcher
    from cccheck.model import Capture

_URL = re.compile(r"https?://", re.IGNORECASE)
_HTML_NAMES = (".html", ".htm", ".xhtml", ".mhtml")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


def read_source(source: str, given: Mapping[str, Any], config: Config) -> Draft:
    """The draft of what stands at `source`; `given` are the user's own values, which win."""
    facts = {key: Fact(value, "given") for key, value in given.items()}
    if _URL.match(source):
        from cccheck.works.original import draft_from_page

        return draft_from_page(_fetch(source, config), facts, fetched=True)
    path = Path(source)
    data = _read(path)
    if path.suffix.lower() in _HTML_NAMES or _HTML.match(data[:4000].removeprefix(b"\xef\xbb\xbf")):
        from cccheck.works.original import draft_from_page

        return draft_from_page(_as_capture(data, given.get("url")), facts, fetched=False)
    return draft_from_text(_decode(data, path), facts)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        mend = "name a text file, an HTML file or a URL that begins with https://"
        raise UsageError(f"{path}: {error.strerror}; {mend}") from None


def _decode(data: bytes, path: Path) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(path, f"byte {error.start}", "not a UTF-8 text", "save the article as UTF-8 text") from None
    if "\x00" in text:
        raise DataError(path, "", "no text but binary data", "save the article as UTF-8 text")
    if not text.strip():
        raise DataError(path, "", "is empty", "put the article's text there")
    return text


def _as_capture(data: bytes, url: str | None) -> Capture:
    """A saved page in the shape of a fetched one. Without --url, addresses in it are relative to a reserved name."""
    from cccheck.model import Capture

    address = url or "https://file.invalid/"
    return Capture(address, address, 200, (("content-type", "text/html"),), data, "")


def network(url: str, config: Config) -> NetworkFetcher:
    """The network, for that address. Raises UsageError where it is none, or where nobody is named who asks."""
    from cccheck.fetch.network import NetworkFetcher
    from cccheck.fetch.settings import FetchSettings
    from cccheck.targets import url_problem, without_secrets

    wrong = url_problem(url)
    if wrong:
        raise UsageError(f"{without_secrets(url)}: {wrong}")
    if not config.contact:
        raise UsageError('say who asks: write contact = "you@site.example" into cccheck.toml, or set CCCHECK_CONTACT')
    return NetworkFetcher(
        FetchSettings(
            config.contact,
            delay=config.delay,
            allow_private=config.allow_private,
            ignore_robots=config.ignore_robots,
        )
    )


def _fetch(url: str, config: Config) -> Capture:
    from cccheck.model import FetchFailure

    fetcher = network(url, config)
    try:
        answer = fetcher.fetch(url)
    finally:
        fetcher.close()
    if isinstance(answer, FetchFailure):
        raise UsageError(f"{url}: {answer.reason}: {answer.detail}; save the page as a file and add that")
    if answer.status != 200:
        raise UsageError(f"{url}: the server answers {answer.status}; check the address, or save the page and add that")
    return answer
