"""HTTP responses as bytes: read as far as they can be, with what is missing said, whatever the bytes are."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cccheck.fetch.decode import TooLarge, Undecodable
from cccheck.fetch.wire import NotHttp, dechunk, framed, read_head, read_response

LIMIT = 1 << 20


def test_a_plain_response():
    block = b"HTTP/1.1 200 OK\r\nA: b\r\nA: c\r\n folded\r\n\r\nbody"
    found = read_response(block, LIMIT)
    assert (found.status, found.headers, found.body, found.flaw) == (200, (("A", "b"), ("A", "c folded")), b"body", "")


def test_bare_line_feeds_and_no_reason():
    assert read_response(b"HTTP/1.0 404\nA:b\n\nx", LIMIT).status == 404


def test_interim_responses_are_passed_over():
    block = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody"
    found = read_response(block, LIMIT)
    assert (found.status, found.headers, found.body) == (200, (), b"body")
    assert block[found.start :].startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"HTTP/1.1", b"HTTP/1.1 20", b"http/1.1 200 OK\r\n\r\n", b"\r\nHTTP/1.1 200 OK\r\n\r\n"]
)
def test_what_is_no_response(data):
    with pytest.raises(NotHttp):
        read_head(data)


@pytest.mark.parametrize(
    ("data", "body", "end", "whole"),
    [
        (b"3\r\nabc\r\n0\r\n\r\nmore", b"abc", 13, True),
        (b"3;x=y\r\nabc\r\n0\r\nT: x\r\n\r\n", b"abc", 23, True),
        (b"003\nabc\n0\n\n", b"abc", 11, True),
        (b"A \r\n0123456789\r\n0\r\n\r\n", b"0123456789", 21, True),
        (b"3\r\nab", b"ab", 5, False),
        (b"3\r\nabc\r\n", b"abc", 8, False),
        (b"3\r\nabc\r\nxyz", b"abc", 11, False),
        (b"<html>", b"<html>", 6, True),
        (b"", b"", 0, True),
    ],
)
def test_chunks(data, body, end, whole):
    assert dechunk(data, 0) == (body, end, whole)


def test_what_follows_the_response_is_not_part_of_it():
    assert framed(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabcd").endswith(b"\r\n\r\nab")
    assert framed(b"HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nabcd").endswith(b"abcd")


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"]),
)
def test_any_bytes(data, start):
    with contextlib.suppress(NotHttp, TooLarge, Undecodable):
        found = read_response(start + data, LIMIT)
        assert 0 <= found.start < found.end <= len(start + data)
        assert all(v.isprintable() or "\t" in v or not v.isascii() for _, v in found.headers)


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=6), st.binary(max_size=20))
def test_chunks_come_back(parts, rest):
    data = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"
    assert dechunk(data + rest, 0) == (b"".join(parts), len(data), True)
