"""Connections: proxies of the environment, certificates, settings that cannot work."""

import os
import select
import socket
import threading

import pytest

from cccheck.errors import UsageError
from cccheck.fetch.addresses import is_public
from cccheck.fetch.network import NetworkFetcher
from cccheck.fetch.settings import FetchSettings
from cccheck.model import Capture, Reason

from .server import pages, serving
from .test_hostile import CERTS, tls

PAGE = b"<html><p>The article.</p></html>"


def settings(**changes):
    defaults = {"contact": "tests@checks.example", "delay": 0.0, "allow_private": True, "ignore_robots": True}
    return FetchSettings(**(defaults | changes))


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in [n for n in os.environ if n.lower().endswith("_proxy") or n.endswith("CA_BUNDLE")]:
        monkeypatch.delenv(name)


def relay(connection, goal):
    """CONNECT: bytes to and fro until one side closes."""
    connection.send(b"HTTP/1.1 200 Connected\r\n\r\n")
    with socket.create_connection(goal) as other:
        while True:
            ready, _, _ = select.select([connection.sock, other], [], [], 5)
            for sock in ready:
                data = sock.recv(65536)
                if not data:
                    return
                (other if sock is connection.sock else connection.sock).sendall(data)


def test_a_proxy_of_the_environment_is_used_for_http(monkeypatch):
    def proxy(connection):
        connection.reply(PAGE if connection.path == "http://far.example/x" else b"no")

    with serving(proxy) as server:
        monkeypatch.setenv("http_proxy", server.url)
        found = NetworkFetcher(settings(allow_private=False)).fetch("http://far.example/x")
    assert isinstance(found, Capture)
    assert found.body == PAGE


def test_a_proxy_of_the_environment_is_used_for_https(monkeypatch):
    with serving(pages({"/": PAGE}), context=tls("other-name")) as far:

        def proxy(connection):
            assert connection.path == "other.example:443"
            relay(connection, (far.ip, far.port))

        with serving(proxy) as server:
            monkeypatch.setenv("https_proxy", server.url)
            found = NetworkFetcher(settings(allow_private=False, ca_bundle=str(CERTS / "authority.pem"))).fetch(
                "https://other.example/"
            )
    assert isinstance(found, Capture)
    assert found.body == PAGE


def test_hosts_may_be_spared_the_proxy(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(pages({"/": PAGE})) as server:
        assert NetworkFetcher(settings()).fetch(f"{server.url}/").body == PAGE


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/", "http://10.1/", "http://[::1]/", "http://0x7f000001/"]
)
def test_private_addresses_are_not_asked_of_a_proxy(monkeypatch, url):
    with serving(lambda c: c.reply(PAGE)) as server:
        monkeypatch.setenv("http_proxy", server.url)
        found = NetworkFetcher(settings(allow_private=False)).fetch(url)
    assert found.reason is Reason.PRIVATE_ADDRESS
    assert server.asked == []


def test_a_proxy_that_refuses(monkeypatch):
    with serving(lambda c: c.reply(b"no", "403 Forbidden")) as server:
        monkeypatch.setenv("https_proxy", server.url)
        assert NetworkFetcher(settings()).fetch("https://far.example/").reason is Reason.REFUSED


def test_a_proxy_nobody_answers_at(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert NetworkFetcher(settings()).fetch("http://far.example/").reason is Reason.REFUSED


def test_a_proxy_that_cannot_be_used(monkeypatch):
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:9")
    try:
        import socks  # noqa: F401
    except ImportError:
        with pytest.raises(UsageError, match="proxy"):
            NetworkFetcher(settings()).fetch("http://far.example/")


def test_certificates_of_the_environment(monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTS / "authority.pem"))
    with serving(pages({"/": PAGE}), context=tls("good")) as server:
        assert NetworkFetcher(settings()).fetch(f"{server.url}/").body == PAGE


def test_a_certificate_file_that_is_none(tmp_path):
    (tmp_path / "ca.pem").write_text("nonsense")
    for name in ("ca.pem", "missing.pem"):
        with pytest.raises(UsageError, match=name):
            NetworkFetcher(settings(ca_bundle=str(tmp_path / name))).fetch("http://127.0.0.1:9/")


@pytest.mark.parametrize(
    "changes",
    [
        {"contact": ""},
        {"contact": "a b"},
        {"contact": "a@b.example\r\nX: y"},
        {"delay": -1.0},
        {"workers": 0},
        {"max_body": 0},
    ],
)
def test_settings_that_cannot_work(changes):
    with pytest.raises(UsageError):
        settings(**changes)


def test_threads_may_share_a_fetcher():
    with serving(pages({"/": PAGE})) as server:
        fetcher, found = NetworkFetcher(settings()), []
        threads = [threading.Thread(target=lambda: found.append(fetcher.fetch(f"{server.url}/"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [f.body for f in found] == [PAGE] * 8
    assert server.most_open == 1


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses(ip):
    assert is_public(ip)


@pytest.mark.parametrize(
    "ip", ["", "x", "127.0.0.1", "::ffff:127.0.0.1", "fe80::1%eth0", "2002:7f00:1::", "192.0.0.8", "ff0e::1"]
)
def test_addresses_that_are_not_public(ip):
    assert not is_public(ip)
