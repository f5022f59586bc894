"""Addresses: one form to compare, nothing secret shown, nothing that is no web address let through."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cccheck.fetch.site import owner_site, site_of
from cccheck.fetch.urls import clean, key, origin, resolve, split, without_credentials, written


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://A.Example", "http://a.example/"),
        ("http://a.example:80/x#y", "http://a.example/x"),
        ("https://a.example:443?q", "https://a.example/?q"),
        ("https://a.example:8443/", "https://a.example:8443/"),
        ("https://user:p@ss@a.example/", "https://a.example/"),
        ("https://a.example./", "https://a.example/"),
        ("https://BÜCHER.example/ä?ö", "https://xn--bcher-kva.example/%C3%A4?%C3%B6"),
        ("https://a.example/%7euser/%2f%e4", "https://a.example/~user/%2F%E4"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"),
        ("  https://a.example/\n ", "https://a.example/"),
        ("https://a.example/a\tb\r\nc", "https://a.example/abc"),
    ],
)
def test_key(url, expected):
    assert key(url) == expected


@pytest.mark.parametrize(
    "url",
    ["", "a.example", "//a.example/", "ftp://a.example/", "http://", "http://:80/", "http://a.example:0/", "http://a.example:x/",
     "http://a b.example/", "http://[::1/", "mailto:a@b.example", "http:///path", "https://a.example\\@b.example/"],
)  # fmt: skip
def test_no_web_addresses(url):
    assert split(url) is None


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://u:p@a.example/x@y", "https://a.example/x@y"),
        ("https://u@a.example?a=b@c", "https://a.example?a=b@c"),
        ("https://u:p/q@a.example/", "https://u:p/q@a.example/"),
        ("https://a@b@c.example/", "https://c.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_credentials(url, bare):
    assert without_credentials(url) == bare


@pytest.mark.parametrize(
    ("location", "goal"),
    [
        ("/x", "https://a.example/x"),
        ("y", "https://a.example/d/y"),
        ("//b.example", "https://b.example"),
        ("?q", "https://a.example/d/e?q"),
        (" https://u:p@b.example/\n", "https://b.example/"),
    ],
)
def test_resolve(location, goal):
    assert resolve("https://a.example/d/e", location) == goal


def test_origin():
    assert origin("HTTPS://a.example:443/x?y") == "https://a.example"
    assert origin("http://a.example:8080/") == "http://a.example:8080"
    assert origin("x") == ""


@pytest.mark.parametrize(
    ("url", "site", "owner"),
    [
        ("https://www.news.example.co.uk/x", "example.co.uk", "example.co.uk"),
        ("https://blog.blogspot.com/", "blogspot.com", "blog.blogspot.com"),
        ("https://someone.github.io:8080/", "github.io", "someone.github.io"),
        ("https://EXAMPLE.org./", "example.org", "example.org"),
        ("http://127.0.0.1:8000/", "127.0.0.1", "127.0.0.1"),
        ("http://[2001:db8::1]/", "2001:db8::1", "2001:db8::1"),
        ("http://localhost/", "localhost", "localhost"),
        ("http://co.uk/", "co.uk", "co.uk"),
        ("https://bücher.example.de/", "example.de", "example.de"),
        ("no url", "", ""),
    ],
)
def test_sites(url, site, owner):
    assert (site_of(url), owner_site(url)) == (site, owner)


texts = st.one_of(
    st.text(max_size=60), st.from_regex(r"https?://[a-zé.:@\[\]%0-9 ]{0,20}[/?#\\].{0,20}", fullmatch=True)
)


@given(texts)
@example("http://[::1")
@example("http://\u2100.example/")
def test_never_raises_and_key_is_stable(text):
    if split(text):
        assert key(key(text)) == key(text)
        assert site_of(text)
    assert "\n" not in written(text)
    assert written(text).isascii()
    assert clean(clean(text)) == clean(text)
    resolve("https://a.example/", text)
    owner_site(text)
