"""A server that plays every trick: what comes of it, how long it may take, and that the neighbours do not notice.

Each trick is run beside an innocent site, recorded, and replayed: the replay must say the same.
"""

import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from pathlib import Path

import pytest

from cccheck.fetch import addresses
from cccheck.fetch.crawl import crawl
from cccheck.fetch.record import recording_fetcher
from cccheck.fetch.replay import ReplayFetcher
from cccheck.fetch.settings import FetchSettings
from cccheck.fetch.verify import check_warc
from cccheck.model import Bundle, Capture, FetchFailure, Page, Reason, Target, Unreadable
from cccheck.page import build_page

from .server import serving

PAGE = b"<html><p>The article.</p></html>"
MEBIBYTE = 1 << 20
DEADLINE = 0.6
SOON = 2.5  # seconds; endless things end by then, on a busy machine too
CERTS = Path(__file__).parent / "certs"


class Attack:
    """What came of a trick: the answer, and how many seconds it took."""

    def __init__(self, folder, handler, *, path="/", context=None, **changes):
        defaults = {
            "contact": "tests@checks.example",
            "delay": 0.0,
            "connect_timeout": 0.4,
            "read_timeout": 0.3,
            "deadline": DEADLINE,
            "max_body": MEBIBYTE,
            "allow_private": True,
            "ignore_robots": True,
            "workers": 4,
        }
        settings = FetchSettings(**(defaults | changes))
        fetcher, recorder = recording_fetcher(settings, folder)
        with (
            serving(handler, context=context) as self.server,
            serving(lambda c: c.reply(PAGE), "127.0.0.2") as innocent,
        ):
            start = time.monotonic()
            finished = {}
            targets = [Target(self.server.url + path), *(Target(f"{innocent.url}/{n}") for n in range(3))]
            for bundle in crawl(targets, fetcher, lambda capture, target: ()):
                finished[bundle.target.url] = bundle.response, time.monotonic() - start
            self.innocent = innocent
        fetcher.close()
        recorder.close()
        self.result, self.seconds = finished.pop(self.server.url + path)
        assert [found.status for found, _ in finished.values()] == [200, 200, 200]
        assert max(seconds for _, seconds in finished.values()) < SOON
        self._replay(recorder.paths(), settings, targets[0])

    def _replay(self, paths, settings, target):
        assert [flaw for path in paths for flaw in check_warc(path)] == []
        replay = ReplayFetcher(paths, max_body=settings.max_body, max_redirects=settings.max_redirects)
        assert replay.fetch(target.url) == self.result


@pytest.fixture
def attack(tmp_path):
    return lambda handler, **options: Attack(tmp_path, handler, **options)


def head(*lines, status="200 OK"):
    return "\r\n".join([f"HTTP/1.1 {status}", "Content-Type: text/html", *lines, "", ""]).encode("latin-1")


def saying(*parts, then=None, pause=0.0):
    """A handler that sends the parts as they are, and then another part again and again."""

    def handle(connection):
        for part in parts:
            connection.send(part)
        while then:
            connection.send(then)
            time.sleep(pause)

    return handle


def silent(connection):
    connection.server.closing.wait(10)


def reset(connection):
    """Cut the connection hard."""
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


# --------------------------------------------------------------------- time


@pytest.mark.parametrize(
    "handler",
    [
        saying(head(), then=b"<p>", pause=0.1),
        saying(then=b"H", pause=0.1),
        saying(b"HTTP/1.1 200 OK\r\n", then=b"X-A: 1\r\n", pause=0.1),
        saying(then=b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.1),
        saying(head("Transfer-Encoding: chunked"), then=b"1\r\nx\r\n", pause=0.1),
    ],
    ids=["body", "status", "headers", "interim", "chunks"],
)
def test_drip(attack, handler):
    done = attack(handler)
    assert done.result.reason is Reason.TIMEOUT
    assert done.seconds < SOON


def test_silence(attack):
    done = attack(silent)
    assert done.result.reason is Reason.TIMEOUT
    assert done.seconds < SOON


def test_silence_after_the_end_of_the_page(attack):
    def handle(connection):
        connection.send(head() + PAGE)
        silent(connection)

    assert attack(handle).result.body == PAGE


def test_silence_in_the_tls_handshake(attack):
    def handle(connection):
        pass

    listener = socket.create_server(("127.0.0.1", 0))
    url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
    done = attack(lambda c: c.reply(b"", "302 Found", Location=url))
    assert done.result.reason is Reason.TIMEOUT
    assert done.seconds < SOON


def test_redirects_that_take_their_time(attack):
    def handle(connection):
        time.sleep(0.3)
        connection.reply(b"", "302 Found", Location=f"/{len(connection.server.asked)}")

    done = attack(handle)
    assert done.result.reason is Reason.TIMEOUT
    assert len(done.server.asked) <= 3


# --------------------------------------------------------------------- size


@pytest.mark.parametrize(
    "handler",
    [
        saying(b"HTTP/1.1 200 OK\r\n", then=b"X-A: " + b"a" * 1000 + b"\r\n"),
        saying(b"HTTP/1.1 200 OK\r\nX-A: ", then=b"a" * 65536),
        saying(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 3000 + b"\r\n", PAGE),
        saying(then=b"HTTP/1.1 100 Continue\r\n\r\n" * 9),
        saying(then=b"H" * 65536),
        saying(head(*[f"Set-Cookie: c{n}={'x' * 4000}" for n in range(50)]), PAGE),
    ],
    ids=["headers", "one-header", "many-headers", "interim", "status", "cookies"],
)
def test_endless_head(attack, handler):
    done = attack(handler)
    assert done.result.reason is Reason.TOO_LARGE
    assert done.seconds < SOON


@pytest.mark.parametrize(
    "handler",
    [
        saying(head(), then=b"x" * 65536),
        saying(head("Transfer-Encoding: chunked"), then=b"10000\r\n" + b"x" * 65536 + b"\r\n"),
        saying(head("Content-Length: 1073741824"), then=b"x" * 65536),
    ],
    ids=["until-close", "chunks", "gigabyte"],
)
def test_endless_body(attack, handler):
    done = attack(handler)
    assert done.result.reason is Reason.TOO_LARGE
    assert done.seconds < SOON


def test_endless_chunk_extension(attack):
    done = attack(saying(head("Transfer-Encoding: chunked"), b"5;", then=b"x" * 65536))
    assert done.result.reason in (Reason.TOO_LARGE, Reason.REFUSED)
    assert done.seconds < SOON


def bomb(coding):
    zeros = bytes(64 * MEBIBYTE)
    if coding == "br":
        return pytest.importorskip("brotli").compress(zeros, quality=5)
    if coding == "zstd":
        return pytest.importorskip("zstandard").compress(zeros)
    return {"gzip": gzip.compress, "deflate": zlib.compress, "gzip, gzip": lambda z: gzip.compress(gzip.compress(z))}[
        coding
    ](zeros)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip", "br", "zstd"])
def test_bombs(attack, coding):
    body = bomb(coding)
    assert len(body) < MEBIBYTE
    done = attack(lambda c: c.reply(body, Content_Encoding=coding))
    assert done.result.reason is Reason.TOO_LARGE
    assert done.seconds < SOON


def test_many_codings(attack):
    coding = ", ".join(["gzip"] * 50)
    assert attack(lambda c: c.reply(PAGE, Content_Encoding=coding)).result.reason is Reason.UNSUPPORTED


# ---------------------------------------------------------------- redirects


@pytest.mark.parametrize("goal", ["/", "/{n}", "/x", "//127.0.0.1:{port}/{n}"])
def test_redirects_without_end(attack, goal):
    def handle(connection):
        n = len(connection.server.asked)
        connection.reply(b"", "302 Found", Location=goal.format(n=n, port=connection.server.port))

    done = attack(handle)
    assert done.result.reason is Reason.REDIRECTS
    assert len(done.server.asked) <= 11
    assert done.result.redirects


@pytest.mark.parametrize(
    "goal",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://[::1",
        "http://a.example:99999999/",
    ],
)
def test_redirects_to_what_is_no_web_address(attack, goal):
    assert attack(lambda c: c.reply(b"", "302 Found", Location=goal)).result.reason is Reason.UNSUPPORTED


def test_a_redirect_cannot_smuggle_headers_or_credentials(attack):
    seen = []

    def handle(connection):
        seen.append(connection.head)
        if connection.path == "/":
            goal = f"http://user:secret@127.0.0.1:{connection.server.port}/a b\tc%0d%0aX-Evil:1"
            connection.reply(b"", "302 Found", Location=goal)
        else:
            connection.reply(PAGE)

    done = attack(handle)
    assert done.result.status == 200
    assert b"secret" not in seen[1]
    assert b"authorization" not in seen[1].lower()
    assert b"\nX-Evil" not in seen[1]
    assert "secret" not in repr(done.result)


# ------------------------------------------------------------------ private


@pytest.fixture
def internet(monkeypatch):
    """Make 127.0.0.1 and 127.0.0.2 pass for public addresses, and names resolve as given. Counts the look-ups."""
    names, looked_up, real = {}, [], socket.getaddrinfo
    is_global = addresses._global

    def resolve(host, port, *args, **kwargs):
        looked_up.append(host)
        found = names.get(host)
        if found is None:
            return real(host, port, *args, **kwargs)
        now = found.pop(0) if isinstance(found[0], list) and len(found) > 1 else found
        return [
            entry for ip in (now[0] if isinstance(now[0], list) else now) for entry in real(ip, port, *args, **kwargs)
        ]

    monkeypatch.setattr(addresses, "_global", lambda ip: str(ip) in ("127.0.0.1", "127.0.0.2") or is_global(ip))
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    names["looked up"] = looked_up
    return names


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.9", "10.0.0.1", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "198.18.0.1", "192.0.2.1", "2130706441", "0x7f.0.0.9", "0177.0.0.9", "127.9",
        "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[ff02::1]", "[::ffff:10.0.0.1]", "[::ffff:7f00:9]", "[::127.0.0.9]",
        "[2002:0a00:0001::1]", "[64:ff9b::10.0.0.1]", "[fec0::1]", "[2001:db8::1]",
    ],
)  # fmt: skip
def test_redirects_to_addresses_that_are_not_public(attack, internet, host):
    done = attack(lambda c: c.reply(b"", "302 Found", Location=f"http://{host}:9/x"), allow_private=False)
    assert done.result.reason is Reason.PRIVATE_ADDRESS
    assert done.seconds < SOON


@pytest.mark.parametrize("found", [["10.0.0.1"], ["::1"], ["127.0.0.9", "192.168.1.1"]])
def test_names_that_resolve_to_what_is_not_public(attack, internet, found):
    internet["inside.example"] = found
    done = attack(lambda c: c.reply(b"", "302 Found", Location="http://inside.example/"), allow_private=False)
    assert done.result.reason is Reason.PRIVATE_ADDRESS


def test_of_several_addresses_only_public_ones_are_connected_to(attack, internet):
    internet["mixed.example"] = ["10.0.0.1", "127.0.0.9", "127.0.0.1"]

    def handle(connection):
        if connection.path == "/":
            connection.reply(b"", "302 Found", Location=f"http://mixed.example:{connection.server.port}/x")
        else:
            connection.reply(PAGE)

    done = attack(handle, allow_private=False)
    assert done.result.body == PAGE


def test_rebinding(attack, internet):
    """A name that is public when first looked up and private from then on: looked up once a request, never between."""
    internet["rebind.example"] = [["127.0.0.1"], ["127.0.0.9"]]

    def handle(connection):
        where = f"http://rebind.example:{connection.server.port}"
        connection.reply(b"", "302 Found", Location=f"{where}/{len(connection.server.asked)}")

    done = attack(handle, allow_private=False)
    assert done.result.reason is Reason.PRIVATE_ADDRESS
    assert len(done.server.asked) == 2
    assert internet["looked up"].count("rebind.example") == 2


def test_names_that_do_not_exist(attack):
    done = attack(lambda c: c.reply(b"", "302 Found", Location="http://nowhere.invalid/"))
    assert done.result.reason is Reason.DNS


def test_a_name_server_that_does_not_answer(attack, monkeypatch):
    real = socket.getaddrinfo

    def slow(host, *args, **kwargs):
        if host == "slow.example":
            time.sleep(3)
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    done = attack(lambda c: c.reply(b"", "302 Found", Location="http://slow.example/"))
    assert done.result.reason is Reason.DNS
    assert done.seconds < SOON


# ----------------------------------------------------------------- framing


@pytest.mark.parametrize(
    "handler",
    [
        saying(head("Content-Length: 5000"), b"<p>The arti"),
        saying(head("Content-Length: 11", "Content-Length: 5000"), b"<p>The arti"),
        saying(head("Content-Length: 7, 8"), b"<p>The arti"),
        saying(head("Transfer-Encoding: chunked"), b"b\r\n<p>The arti\r\n"),
        saying(head("Transfer-Encoding: chunked"), b"b\r\n<p>The arti\r\nzz\r\n"),
        saying(head("Transfer-Encoding: chunked"), b"b\r\n<p>The arti\r\n-5\r\nabcde\r\n0\r\n\r\n"),
        saying(head("Transfer-Encoding: chunked"), b"b\r\n<p>The arti\r\nffffffffffffffff\r\nx\r\n0\r\n\r\n"),
        saying(head("Content-Encoding: gzip"), gzip.compress(b"<p>The article." * 99)[:-20]),
    ],
    ids=["cut", "two-lengths", "list-of-lengths", "no-last-chunk", "chunk-garbage", "negative", "huge-chunk", "gzip"],
)
def test_answers_that_break_off(attack, handler):
    done = attack(handler)
    assert done.result.reason is Reason.REFUSED
    assert done.seconds < SOON


def test_a_connection_cut_in_the_middle(attack):
    def handle(connection):
        connection.send(head() + b"<p>The arti")
        time.sleep(0.1)
        reset(connection)

    assert attack(handle).result.reason is Reason.REFUSED


def test_a_connection_cut_behind_the_page(attack):
    def handle(connection):
        connection.send(head("Content-Length: 999") + PAGE)
        time.sleep(0.1)
        reset(connection)

    assert attack(handle).result.body == PAGE


def test_a_length_too_small_is_what_a_browser_shows(attack):
    assert attack(saying(head("Content-Length: 9"), PAGE)).result.body == PAGE[:9]


@pytest.mark.parametrize("length", ["-1", "abc", "", "9999999999999999999999", "1e3", "0x20"])
def test_lengths_that_are_none(attack, length):
    done = attack(saying(head(f"Content-Length: {length}"), PAGE))
    if isinstance(done.result, FetchFailure):
        assert (done.result.reason, len(length)) == (Reason.TOO_LARGE, 22)
    else:
        assert done.result.body == PAGE


@pytest.mark.parametrize("handler", [lambda c: None, lambda c: reset(c)], ids=["closed", "reset"])
def test_early_close(attack, handler):
    assert attack(handler).result.reason is Reason.REFUSED


def test_nobody_listens(attack):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    done = attack(lambda c: c.reply(b"", "302 Found", Location=f"http://127.0.0.1:{port}/"))
    assert (done.result.reason, done.result.detail) == (Reason.REFUSED, "the connection was refused")


@pytest.mark.parametrize(
    "data",
    [PAGE, b"\x00\x01\x02" * 99, b"SSH-2.0-x\r\n", b"HTTP/1.1 abc\r\n\r\n", b"ICY 200 OK\r\n\r\n", b"\r\n\r\n"],
    ids=["http-0.9", "binary", "ssh", "no-status", "icy", "empty"],
)
def test_what_is_not_http(attack, data):
    done = attack(saying(data))
    assert done.result.reason is Reason.UNSUPPORTED


@pytest.mark.parametrize(
    "line",
    [b"X-\xff\xfe: \xff", b"X-Nul: a\x00b", b"no colon here", b" folded: start", b": nameless", b"X: a\rb", b"X : y"],
)
def test_header_bytes_that_are_not_allowed(attack, line):
    done = attack(saying(b"HTTP/1.1 200 OK\r\n" + line + b"\r\nX-Last: z\r\n\r\n" + PAGE))
    assert isinstance(done.result, Capture)
    assert done.result.body == PAGE
    assert done.result.header("x-last") == "z"
    assert "\x00" not in repr(done.result.headers)


def test_a_second_answer_behind_the_first(attack):
    """Keep-alive confusion: what follows a response must not become part of it, nor of the next one."""
    evil = head("Content-Length: 4") + b"evil"
    turns = []

    def handle(connection):
        turns.append(connection.path)
        if connection.path == "/":
            connection.reply(b"", "302 Found", Location="/next", Connection="keep-alive")
        else:
            connection.reply(PAGE, Connection="keep-alive")
        connection.send(evil)
        silent(connection)

    done = attack(handle)
    assert done.result.body == PAGE
    assert turns == ["/", "/next"]


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified", "999 Denied", "418 Teapot", "503 Busy"])
def test_any_status_is_kept(attack, status, monkeypatch):
    monkeypatch.setattr("cccheck.fetch.engine.TRIES", 1)
    done = attack(saying(head("Content-Length: 0", status=status)))
    assert done.result.status == int(status[:3])


# ------------------------------------------------------------------ content


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/html; charset=utf-16", PAGE),
        ("text/html; charset=no-such-thing", PAGE),
        ("image/png", PAGE),
        ("text/html", b"\x00" * 1000 + PAGE),
        ("text/html", b"<div>" * 200_000 + PAGE),
        ("text/html", b"<div " + b" ".join(b"a%d" % n for n in range(1_000_000)) + b">" + PAGE),
        ("text/html", b"%PDF-1.7\n" + bytes(range(256)) * 100),
        (", ".join(["text/html"] * 500), PAGE),
    ],
    ids=["charset", "no-charset", "type", "nuls", "nested", "attributes", "pdf", "types"],
)
def test_content_is_kept_as_it_is(attack, content_type, body):
    """And can be read, or is said to be unreadable, in the time it may take."""
    done = attack(lambda c: c.reply(body, Content_Type=content_type), max_body=10 * MEBIBYTE)
    assert done.result.body == body
    start = time.monotonic()
    assert isinstance(build_page(Bundle(Target(done.result.url), done.result)), Page | Unreadable)
    assert time.monotonic() - start < SOON


# ------------------------------------------------------------------- robots


def with_robots(send):
    def handle(connection):
        if connection.path == "/robots.txt":
            send(connection)
        else:
            connection.reply(PAGE)

    return handle


def test_endless_robots(attack):
    """What stands in the first 500 KiB counts."""
    rules = b"User-agent: *\nDisallow: /private\n"
    endless = with_robots(saying(head() + rules, *[b"Disallow: /x" + b"y" * 500 + b"\n"] * 4000))
    assert attack(endless, ignore_robots=False).result.status == 200
    assert attack(endless, path="/private", ignore_robots=False).result.reason is Reason.ROBOTS


def test_slow_robots(attack):
    done = attack(with_robots(saying(head(), then=b"#", pause=0.1)), ignore_robots=False)
    assert done.result.reason is Reason.TIMEOUT
    assert done.seconds < 3 * DEADLINE + SOON
    assert done.server.paths() == ["/robots.txt"] * 3


def test_robots_in_a_circle(attack):
    done = attack(with_robots(lambda c: c.reply(b"", "302 Found", Location="/robots.txt")), ignore_robots=False)
    assert done.result.status == 200


def test_robots_of_a_hundred_thousand_groups(attack):
    agents = b"".join(b"User-agent: a%d\n" % n for n in range(20_000))
    rules = b"".join(b"Disallow: /%d*a*b*c\n" % n for n in range(10_000))
    done = attack(with_robots(lambda c: c.reply(agents + rules)), ignore_robots=False)
    assert done.result.status == 200
    assert done.seconds < SOON


def test_robots_of_wildcards(attack):
    rules = b"User-agent: *\n" + b"Disallow: /" + b"*a" * 30 + b"b\n"
    done = attack(with_robots(lambda c: c.reply(rules)), path="/" + "a" * 2000, ignore_robots=False)
    assert done.result.status == 200
    assert done.seconds < SOON


def test_robots_bomb(attack):
    body = bomb("gzip")
    done = attack(with_robots(lambda c: c.reply(body, Content_Encoding="gzip")), ignore_robots=False)
    assert done.result.reason is Reason.TOO_LARGE


# ------------------------------------------------------------------ cookies


def test_cookies_are_bounded_and_stay_at_home(attack):
    seen = []

    def handle(connection):
        seen.append(connection.header("cookie"))
        n = len(seen)
        cookies = [f"Set-Cookie: c{n}x{i}={'v' * 100}; Domain=127.0.0.1" for i in range(40)]
        connection.send(head(f"Location: /{n}", "Content-Length: 0", *cookies, status="302 Found"))

    done = attack(handle)
    assert done.result.reason is Reason.REDIRECTS
    assert max(len(cookie) for cookie in seen) < 8192
    assert all("cookie" not in connection for connection in done.innocent.paths())


def test_a_page_that_sets_a_cookie_and_asks_again(attack):
    def handle(connection):
        if connection.header("cookie") == "seen=1":
            connection.reply(PAGE)
        else:
            connection.reply(b"", "302 Found", Location="/", Set_Cookie="seen=1")

    done = attack(handle)
    assert done.result.body == PAGE
    assert len(done.result.redirects) == 1


def test_cookies_do_not_cross_to_another_site(attack):
    seen = []

    with serving(lambda c: (seen.append(c.header("cookie")), c.reply(PAGE)), "127.0.0.3") as other:
        done = attack(lambda c: c.reply(b"", "302 Found", Location=f"{other.url}/", Set_Cookie="a=b"))
    assert done.result.body == PAGE
    assert seen == [""]


# ---------------------------------------------------------------------- TLS


def tls(name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTS / f"{name}.pem")
    return context


@pytest.mark.parametrize(
    ("name", "why"),
    [("expired", "expired"), ("self-signed", "self-signed"), ("other-name", "not valid for '127.0.0.1'")],
)
def test_certificates_that_do_not_hold(attack, name, why):
    done = attack(lambda c: c.reply(PAGE), context=tls(name), ca_bundle=str(CERTS / "authority.pem"))
    assert done.result.reason is Reason.TLS
    assert why in done.result.detail


def test_a_certificate_that_holds(attack):
    done = attack(lambda c: c.reply(PAGE), context=tls("good"), ca_bundle=str(CERTS / "authority.pem"))
    assert done.result.body == PAGE


def test_a_certificate_is_for_the_name_not_the_address(attack, internet):
    internet["other.example"] = ["127.0.0.1"]
    with serving(lambda c: c.reply(PAGE), context=tls("other-name")) as named:
        goal = f"https://other.example:{named.port}/"
        done = attack(
            lambda c: c.reply(b"", "302 Found", Location=goal),
            ca_bundle=str(CERTS / "authority.pem"),
            allow_private=False,
        )
    assert done.result.body == PAGE


def test_an_authority_nobody_trusts(attack):
    assert attack(lambda c: c.reply(PAGE), context=tls("good")).result.reason is Reason.TLS


def test_no_tls_where_tls_is_expected(attack):
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def answer():
            connection, _ = plain.accept()
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.close()

        threading.Thread(target=answer, daemon=True).start()
        url = f"https://127.0.0.1:{plain.getsockname()[1]}/"
        done = attack(lambda c: c.reply(b"", "302 Found", Location=url))
    assert done.result.reason in (Reason.TLS, Reason.REFUSED)
