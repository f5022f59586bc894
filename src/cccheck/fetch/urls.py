"""Addresses: the form they are looked up in, their origin, and what must not be shown of them."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_BREAK = re.compile(r"[\t\r\n]")
_AROUND = "".join(map(chr, range(33)))
_NO_HOST = re.compile(r"[\x00-\x20\x7f<>^|\"`{}%]")


def clean(url: str) -> str:
    """The address as browsers read it: nothing around it, no line breaks or tabs inside."""
    return _BREAK.sub("", url.strip(_AROUND))


def written(url: str) -> str:
    """The address in ASCII without white space, as it may stand in a header."""
    return quote(clean(url), safe="%/:=&?~#+!$,;'@()*[]|")


def split(url: str) -> SplitResult | None:
    """The parts of an http or https address with a host, or None where it is none."""
    try:
        parts = urlsplit(clean(url))
        host, port = parts.hostname, parts.port
        # A backslash ends the host for browsers but not for every library; nobody should go where the other would.
        if parts.scheme.lower() in DEFAULT_PORTS and host and port != 0 and "\\" not in parts.netloc:
            return None if _NO_HOST.search(host) or not host.strip(".") else parts
    except ValueError:
        pass
    return None


@lru_cache(maxsize=4096)
def host_key(host: str) -> str:
    """A host in lower case and ASCII (IDNA), without a trailing dot."""
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _netloc(parts: SplitResult) -> str:
    host = host_key(parts.hostname or "")
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    return host if port in (None, DEFAULT_PORTS[parts.scheme.lower()]) else f"{host}:{port}"


def _same_escapes(text: str) -> str:
    """Percent escapes as RFC 3986 §6.2.2 wants them: upper case, none for unreserved characters."""

    def one(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else match[0].upper()

    return quote(_ESCAPE.sub(one, text), safe="%/:=&?~#+!$,;'@()*[]|")


def key(url: str) -> str:
    """The form addresses are compared in: no fragment or credentials, `/` for no path, host case and port normal.

    An address that is no http(s) URL is its own key.
    """
    parts = split(url)
    if parts is None:
        return written(url)
    return urlunsplit(
        (parts.scheme.lower(), _netloc(parts), _same_escapes(parts.path) or "/", _same_escapes(parts.query), "")
    )


def origin(url: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    parts = split(url)
    return f"{parts.scheme.lower()}://{_netloc(parts)}" if parts else ""


def without_credentials(url: str) -> str:
    """The address without the `user:password@` that some carry: it is never sent, logged or reported."""
    head, slashes, rest = url.partition("//")
    netloc = re.match(r"[^/?#\\]*", rest)
    if not slashes or not netloc or "@" not in netloc[0]:
        return url
    return head + slashes + netloc[0].rpartition("@")[2] + rest[netloc.end() :]


def resolve(base: str, location: str) -> str:
    """Where a Location header points, absolute and without credentials; its fragment stays (RFC 9110 §10.2.2)."""
    try:
        return without_credentials(urljoin(base, clean(location)))
    except ValueError:
        return clean(location)
