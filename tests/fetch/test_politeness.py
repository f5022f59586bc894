"""When a site may be asked again, and what robots.txt asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cccheck.fetch.politeness import (
    GIVE_UP,
    MOST_DELAY,
    PATIENCE,
    Pace,
    Paces,
    answered,
    asks_for,
    failed,
    retry_seconds,
)
from cccheck.fetch.robots import RobotsBook, Rules, parse, read_rules
from cccheck.model import Capture, FetchFailure, Reason

NOON = 1793534400.0  # 2026-11-01T12:00:00Z


def ok(pace, now, seconds=0.1, least=2.0):
    answered(pace, now, least, 200, seconds, "", NOON)
    return pace.ready_at - now


def test_the_delay_counts_from_the_end_of_a_response():
    assert ok(Pace(), 100.0) == 2.0


def test_crawl_delay_is_kept_where_it_is_longer():
    pace = Pace()
    asks_for(pace, 7.0)
    assert ok(pace, 0.0) == 7.0
    asks_for(pace, 1.0)
    assert ok(pace, 0.0) == 7.0
    assert pace.closed is None


def test_a_crawl_delay_beyond_patience_closes_the_site():
    pace = Pace()
    asks_for(pace, PATIENCE + 1)
    assert pace.closed.reason is Reason.RATE_LIMITED


@pytest.mark.parametrize("usual", [0.005, 0.5, 3.0])
def test_a_steady_site_is_not_slowed_down(usual):
    pace = Pace()
    assert {ok(pace, 0.0, usual * (0.8 + 0.1 * (n % 5))) for n in range(100)} == {2.0}


def test_a_site_that_slows_is_asked_more_slowly_and_recovers():
    pace = Pace()
    for _ in range(20):
        ok(pace, 0.0, 0.5)
    slow = [ok(pace, 0.0, 5.0) for _ in range(4)]
    assert slow[-1] > 6.0
    assert max(slow) <= MOST_DELAY
    assert [ok(pace, 0.0, 0.5) for _ in range(6)][-1] == 2.0


@pytest.mark.parametrize("status", [429, 503])
def test_refusals_back_off(status):
    pace, waits = Pace(), []
    for _ in range(6):
        answered(pace, 0.0, 2.0, status, 0.1, "", NOON)
        waits.append(pace.ready_at)
    assert waits[:4] == [5.0, 10.0, 20.0, 40.0]
    assert max(waits) <= 80.0
    assert ok(pace, 0.0) > 2.0  # careful for a while
    assert [ok(pace, 0.0) for _ in range(6)][-1] == 2.0


def test_retry_after_is_kept():
    pace = Pace()
    answered(pace, 10.0, 2.0, 429, 0.1, "120", NOON)
    assert pace.ready_at == 130.0
    assert pace.closed is None
    answered(pace, 10.0, 2.0, 503, 0.1, "86400", NOON)
    assert pace.closed.reason is Reason.RATE_LIMITED
    assert "86400" in pace.closed.detail


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 30 ", 30.0),
        ("Sun, 01 Nov 2026 12:01:00 GMT", 60.0),
        ("Sun, 01 Nov 2020 12:00:00 GMT", 0.0),
        ("soon", 0.0),
        ("-5", 0.0),
        ("", 0.0),
        ("9" * 400, 999999999.0),
        ("Sun, 01 Nov 99999 12:01:00 GMT", 0.0),
    ],
)
def test_retry_seconds(value, seconds):
    assert retry_seconds(value, NOON) == seconds


@given(st.text(max_size=40))
def test_retry_seconds_never_raises(value):
    assert retry_seconds(value, NOON) >= 0


def test_a_site_where_nothing_comes_is_left_alone():
    pace = Pace()
    for _ in range(GIVE_UP - 1):
        failed(pace, 0.0, 2.0, Reason.TIMEOUT, "silence")
    assert pace.closed is None
    ok(pace, 0.0)
    for _ in range(GIVE_UP):
        failed(pace, 0.0, 2.0, Reason.TIMEOUT, "silence")
    assert pace.closed.reason is Reason.TIMEOUT


def test_pages_that_are_too_large_do_not_close_a_site():
    pace = Pace()
    for _ in range(GIVE_UP * 2):
        failed(pace, 0.0, 2.0, Reason.TOO_LARGE, "large")
    assert pace.closed is None


def test_only_what_is_unremarkable_is_forgotten(monkeypatch):
    monkeypatch.setattr("cccheck.fetch.politeness.MANY", 10)
    now = [0.0]
    paces = Paces(lambda: now[0])
    slow, used = paces.of("slow.example"), paces.of("used.example")
    asks_for(slow, 9.0)
    for n in range(10):
        ok(paces.of(f"{n}.example"), 0.0)
    now[0] = 100.0
    paces.of("new.example", in_use={"used.example"})
    assert paces.of("slow.example") is slow
    assert paces.of("used.example") is used
    assert paces.of("1.example").ready_at == 0.0


# ------------------------------------------------------------------- robots


def verdict(text, path="/a"):
    return parse(text).verdict(f"https://a.example{path}")


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        (b"User-agent: *\nDisallow: /", "/a", False),
        (b"User-agent: *\nDisallow:", "/a", True),
        (b"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", True),
        (b"User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        (b"User-agent: *\nDisallow: /*.pdf$", "/x.pdf?y", True),
        (b"user-agent:CCCHECK\ndisallow:/a", "/a", False),
        (b"User-agent: other\nUser-agent: cccheck\nDisallow: /a", "/a", False),
        (b"User-agent: other\nDisallow: /\nUser-agent: *\nDisallow: /x", "/a", True),
        (b"User-agent: *\nDisallow: /b\nUser-agent: other\nDisallow: /a", "/a", True),
        (b"User-agent: cccheckers\nDisallow: /", "/a", True),
        (b"Disallow: /", "/a", True),
        (b"\xff\xfe\x00garbage\x00", "/a", True),
        (b"User-agent: *\nDisallow: /%C3%A9", "/\xe9", False),
    ],
)
def test_rules(text, path, allowed):
    assert (verdict(text, path) is None) is allowed


def test_rules_behind_500_kib_do_not_count():
    filler = b"# " + b"x" * 98 + b"\n"
    assert verdict(b"User-agent: *\n" + filler * 5100 + b"Disallow: /\n") is None
    assert verdict(b"User-agent: *\n" + filler * 5000 + b"Disallow: /\n") is not None


def test_a_rule_cut_in_two_is_not_read():
    text = b"User-agent: *\n" + b"#" * (500 * 1024 - 14 - 11) + b"\nDisallow: /private\n"
    assert text[: 500 * 1024].endswith(b"Disallow: ") or b"Disallow" in text[: 500 * 1024]
    assert verdict(text) is None


@given(st.binary(max_size=300))
def test_any_robots_file(body):
    rules = parse(body)
    rules.verdict("https://a.example/x")
    assert rules.crawl_delay >= 0


def capture(status, body=b""):
    return Capture("u", "u", status, (), body, "2026-11-01T00:00:00Z")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (capture(404), None),
        (capture(401), None),
        (capture(204), None),
        (capture(304), None),
        (capture(500), Reason.ROBOTS),
        (capture(503), Reason.ROBOTS),
        (capture(429), Reason.RATE_LIMITED),
        (FetchFailure("u", Reason.DNS, "x", ""), Reason.DNS),
        (FetchFailure("u", Reason.TIMEOUT, "x", ""), Reason.TIMEOUT),
        (FetchFailure("u", Reason.PRIVATE_ADDRESS, "x", ""), Reason.PRIVATE_ADDRESS),
        (FetchFailure("u", Reason.REDIRECTS, "x", ""), None),
    ],
)
def test_what_an_answer_means(answer, reason):
    refused = read_rules(answer).verdict("https://a.example/x")
    assert (refused.reason if refused else None) is reason


def test_the_book_is_bounded(monkeypatch):
    monkeypatch.setattr("cccheck.fetch.robots._ENOUGH", 5000)
    book = RobotsBook()
    for n in range(50):
        book.put(f"https://{n}.example", Rules(size=500))
    known = [n for n in range(50) if book.get(f"https://{n}.example/x")]
    assert known == [45, 46, 47, 48, 49]
