"""Cookies within one walk along redirects and one site, for pages that set one and ask again; never kept beyond."""

from email.message import Message
from http.cookiejar import CookieJar
from urllib.request import Request

from cccheck.fetch.chain import Chain
from cccheck.fetch.site import site_of

MAX_COOKIES = 20
MAX_BYTES = 4096


class _Answer:
    """What a cookie jar wants to see of a response."""

    def __init__(self, message: Message) -> None:
        self._message = message

    def info(self) -> Message:
        return self._message


def carried(chain: Chain, headers: tuple[tuple[str, str], ...], onward: Chain) -> CookieJar | None:
    """The jar for the next step: what `chain`'s answer set is added; nothing goes to another site."""
    if site_of(chain.url) != site_of(onward.url):
        return None
    message = Message()
    found = [v for k, v in headers if k.lower() == "set-cookie" and len(v) <= MAX_BYTES]
    for value in found[:MAX_COOKIES]:
        message["Set-Cookie"] = value
    jar = chain.cookies if chain.cookies is not None else CookieJar()
    if found and len(jar) < MAX_COOKIES:
        jar.extract_cookies(_Answer(message), Request(chain.url))  # type: ignore[arg-type]  # noqa: S310 - http(s) only
    return jar


def cookie_header(chain: Chain) -> str:
    """The Cookie header for the address the walk stands at, or an empty string."""
    if not chain.cookies:
        return ""
    request = Request(chain.url)  # noqa: S310 - http(s) only
    chain.cookies.add_cookie_header(request)
    value = request.get_header("Cookie") or ""
    return value if len(value) <= 2 * MAX_BYTES and value.isascii() and value.isprintable() else ""
