"""One HTTP request and its response as raw bytes, by requests over connections that are bounded and checked.

The name is looked up once, the address checked, and that address connected to; TLS still verifies the name. Proxies of
the environment are used; behind one, the proxy finds the address, and only addresses written out can be checked here.
"""

import http.client
import io
import os
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import DecodeError, HTTPError

from cccheck.errors import UsageError
from cccheck.fetch.addresses import Place, lookup, permitted
from cccheck.fetch.guard import CURRENT, Guard, Stop, Tap
from cccheck.fetch.settings import FetchSettings
from cccheck.fetch.urls import split
from cccheck.model import Reason

_LIBRARY_ERRORS = (requests.RequestException, HTTPError, http.client.HTTPException, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What went over the wire for one address: `stop` says why no whole response came, where none did."""

    url: str
    request: bytes
    response: bytes
    ip: str | None
    date: str
    seconds: float
    stop: Stop | None = None


def utc_now() -> str:
    """The time as ISO 8601 in UTC, in whole seconds."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


class Transport:
    """Makes requests; safe for threads. Raises UsageError where the CA file or the proxy cannot be used."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._adapter = _Adapter(_tls(settings))

    def exchange(self, url: str, headers: Mapping[str, str], most: int, seconds: float) -> Exchange:
        """GET the address within `seconds`; `most` bounds the body on the wire, in bytes.

        What fails is in the exchange, not raised.
        """
        date, started = utc_now(), time.monotonic()
        s = self._settings
        guard = Guard(started + seconds, s.connect_timeout, s.read_timeout, most, s.allow_private)
        stop: Stop | None = None
        token = CURRENT.set(guard)
        try:
            self._send(url, headers, guard)
        except Stop as error:
            stop = error
        except requests.exceptions.InvalidSchema as error:
            raise UsageError(f"the proxy set in the environment cannot be used: {error}") from None
        except _LIBRARY_ERRORS as error:
            stop = _explain(error, guard)
        finally:
            CURRENT.reset(token)
        took = time.monotonic() - started
        return Exchange(url, bytes(guard.sent), bytes(guard.received), guard.ip, date, took, stop)

    def close(self) -> None:
        """Close what connections are left."""
        self._adapter.close()

    def _send(self, url: str, headers: Mapping[str, str], guard: Guard) -> None:
        prepared = requests.Request("GET", url, headers=dict(headers)).prepare()
        address = prepared.url or url
        proxies = get_environ_proxies(address)
        if select_proxy(address, proxies):
            _check_written_address(address, guard)
        wait = (guard.connect_timeout, guard.read_timeout)
        response = self._adapter.send(prepared, stream=True, timeout=wait, proxies=proxies)
        try:
            length = response.headers.get("Content-Length", "")
            if length.isdigit() and int(length[:15]) > guard.most:
                raise Stop(Reason.TOO_LARGE, f"larger than {guard.most} bytes")
            for _ in response.raw.stream(1 << 16, decode_content=False):
                pass
        finally:
            response.close()


def _check_written_address(url: str, guard: Guard) -> None:
    """Behind a proxy: refuse private addresses that are written out, and names that mean this machine."""
    parts = split(url)
    host = (parts.hostname or "") if parts else ""
    last = host.rpartition(".")[2]
    if not guard.allow_private and (":" in host or last[:1].isdigit() or last == "localhost"):
        permitted(lookup(host, 0, guard.connect_timeout), False)


def _tls(settings: FetchSettings) -> ssl.SSLContext:
    """One context for all connections: reading the certificates for each would cost more than the requests."""
    import certifi

    named = (os.environ.get(n) for n in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"))
    bundle = settings.ca_bundle or next((n for n in named if n), None) or certifi.where()
    try:
        return ssl.create_default_context(cafile=bundle)
    except (OSError, ssl.SSLError):
        raise UsageError(f"{bundle}: no certificates can be read from this file; give a PEM bundle") from None


class _Response(http.client.HTTPResponse):
    """Reads through a tap; interim responses of every kind are passed over (the library knows 100 only).

    No connection is used twice: what a server sends behind one response must not be taken for the next.
    """

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        guard = CURRENT.get()
        guard.received, guard.in_head = bytearray(), True
        self.fp: Any = io.BufferedReader(Tap(self.fp.detach(), sock, guard))

    def begin(self) -> None:
        super().begin()
        self.will_close = True
        CURRENT.get().in_head = False

    def _read_status(self) -> tuple[str, int, str]:
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 100 < status < 200:
                return version, status, reason
            while self.fp.readline(1 << 16).strip():
                pass


class _Guarded:
    """What both kinds of connection do alike: connect to a checked address, keep what is sent, read through a tap."""

    def _new_conn(self) -> socket.socket:
        guard = CURRENT.get()
        host, port, proxied = self._dns_host, self.port, getattr(self, "proxy", None)  # type: ignore[attr-defined]
        places = lookup(host, port, guard.left(guard.connect_timeout))
        for place in _each_once(permitted(places, guard.allow_private or bool(proxied))):
            try:
                sock = _connect(place, guard)
            except OSError as error:
                failure = error
                continue
            guard.ip = None if proxied else place.ip
            return sock
        raise failure

    def send(self, data: Any) -> None:
        CURRENT.get().sent += bytes(data)
        super().send(data)  # type: ignore[misc]

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        CURRENT.get().sent.clear()
        super().putrequest(*args, **kwargs)  # type: ignore[misc]


def _each_once(places: list[Place]) -> Iterator[Place]:
    yield from dict.fromkeys(places)


def _connect(place: Place, guard: Guard) -> socket.socket:
    sock = socket.socket(place.family, socket.SOCK_STREAM)
    try:
        sock.settimeout(guard.left(guard.connect_timeout))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect(place.address)
        sock.settimeout(guard.left(guard.connect_timeout))
    except BaseException:
        sock.close()
        raise
    return sock


class _HTTP(_Guarded, HTTPConnection):
    response_class = _Response


class _HTTPS(_Guarded, HTTPSConnection):
    response_class = _Response


class _Pool(HTTPConnectionPool):
    ConnectionCls = _HTTP


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPS


class _Adapter(HTTPAdapter):
    """requests over guarded connections; certificates are verified by one shared context."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(pool_connections=4, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TLSPool}

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs, ssl_context=self._context)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = {"http": _Pool, "https": _TLSPool}
        return manager

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """The context has the certificates already."""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and all that it wraps, innermost last."""
    seen: set[int] = set()
    queue: list[Any] = [error]
    while queue:
        one = queue.pop(0)
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            queue += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


def _explain(error: BaseException, guard: Guard) -> Stop:
    """The reason behind a library's error."""
    errors = list(_chain(error))
    if any(isinstance(e, DecodeError) for e in errors):
        return Stop(Reason.UNSUPPORTED, "the answer is coded in too many ways")
    if guard.received and not guard.in_head:
        return Stop(Reason.REFUSED, "the connection broke off in the middle of the answer")
    if any("got more than" in str(e) for e in errors):
        return Stop(Reason.TOO_LARGE, "more than 100 headers")
    for kind, reason, detail in _KINDS:
        found = next((e for e in reversed(errors) if isinstance(e, kind)), None)
        if found is not None:
            return Stop(reason, detail.format(why=_why(found)))
    return Stop(Reason.REFUSED, "the connection was closed before an answer came")


def _why(error: BaseException) -> str:
    return (
        str(getattr(error, "verify_message", "") or getattr(error, "strerror", "") or "").strip() or "no more is known"
    )


_KINDS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Reason, str], ...] = (
    (ssl.SSLCertVerificationError, Reason.TLS, "the certificate does not hold: {why}"),
    (ssl.SSLError, Reason.TLS, "no secure connection: {why}"),
    (requests.exceptions.InvalidURL, Reason.UNSUPPORTED, "the address cannot be asked for"),
    (http.client.InvalidURL, Reason.UNSUPPORTED, "the address cannot be asked for"),
    (UnicodeError, Reason.UNSUPPORTED, "the address cannot be asked for"),
    (http.client.LineTooLong, Reason.TOO_LARGE, "a header line is too long"),
    (TimeoutError, Reason.TIMEOUT, "no connection within the time allowed"),
    (http.client.RemoteDisconnected, Reason.REFUSED, "the connection was closed before an answer came"),
    (http.client.BadStatusLine, Reason.UNSUPPORTED, "the answer is not HTTP/1"),
    (ConnectionRefusedError, Reason.REFUSED, "the connection was refused"),
    (OSError, Reason.REFUSED, "no connection: {why}"),
)
