"""Many sites at once, each one politely: order, delays, robots, redirects, leads, stopping."""

import gc
import itertools
import time
import tracemalloc
from threading import Event

import pytest

from cccheck.fetch.backlog import Backlog
from cccheck.fetch.crawl import crawl
from cccheck.fetch.engine import Engine
from cccheck.fetch.network import NetworkFetcher
from cccheck.fetch.replay import ReplayFetcher
from cccheck.fetch.settings import FetchSettings
from cccheck.model import Capture, Lead, Reason, Target

from .server import pages, serving
from .warcs import Archive

PAGE = b"<html><p>The article.</p></html>"


def settings(**changes):
    return FetchSettings(
        **{"contact": "tests@checks.example", "delay": 0.0, "allow_private": True, "workers": 8} | changes
    )


def nothing(capture, target):
    return ()


def run(targets, follow=nothing, fetcher=None, **options):
    fetcher = fetcher or NetworkFetcher(settings(**options))
    found = list(crawl([t if isinstance(t, Target) else Target(t) for t in targets], fetcher, follow))
    fetcher.close()
    return found


def gaps(server):
    """Seconds between the end of a response and the start of the next request."""
    asked = sorted(server.asked, key=lambda a: a[1])
    return [later[1] - earlier[2] for earlier, later in itertools.pairwise(asked)]


def test_one_request_at_a_time_per_site_with_a_delay_between():
    def slow(connection):
        time.sleep(0.05)
        connection.reply(PAGE)

    with serving(slow) as one, serving(slow, "127.0.0.2") as two:
        start = time.monotonic()
        found = run([f"{s.url}/{n}" for n in range(4) for s in (one, two)], delay=0.2)
        took = time.monotonic() - start
    assert len(found) == 8
    for server in (one, two):
        assert server.most_open == 1
        assert len(server.asked) == 5  # robots.txt too
        assert min(gaps(server)) >= 0.19
    assert took < 2.0  # the sites side by side


def test_all_ports_of_a_host_are_one_site():
    with serving(pages({"/": PAGE})) as one, serving(pages({"/": PAGE})) as two:
        run([f"{one.url}/", f"{two.url}/"], delay=0.2)
    starts = sorted(start for server in (one, two) for _, start, _ in server.asked)
    assert len(starts) == 4
    assert min(b - a for a, b in itertools.pairwise(starts)) >= 0.19


def test_the_same_address_is_fetched_once_for_all_its_targets():
    with serving(pages({"/": PAGE})) as server:
        targets = [
            Target(f"{server.url}/", "a", 1),
            Target(f"{server.url}/#x", "b", 2, {"k": "v"}),
            Target(f"{server.url}/", None, 3),
        ]
        found = run(targets)
    assert server.paths().count("/") == 1
    assert sorted(b.target.line for b in found) == [1, 2, 3]
    assert {b.target.line: (b.target.hint, dict(b.target.extra)) for b in found}[2] == ("b", {"k": "v"})
    assert {b.response.url for b in found} == {f"{server.url}/", f"{server.url}/#x"}


def test_leads_are_fetched_in_the_same_bundle():
    with serving(pages({"/": PAGE, "/next": b"next</html>", "/credits": b"credits</html>"})) as server:

        def follow(capture, target):
            assert isinstance(capture, Capture)
            names = ["next", "credits", "missing", "next", "x1", "x2", "x3"]
            return [Lead(f"{server.url}/{n}", "next", "because") for n in names]

        (found,) = run([f"{server.url}/"], follow)
    assert [lead.url.rpartition("/")[2] for lead, _ in found.followed] == ["next", "credits", "missing", "x1", "x2"]
    assert [c.status for _, c in found.followed] == [200, 200, 404, 404, 404]
    assert found.followed[0][1].role == "next"


def test_redirects_wait_their_turn_at_the_other_site():
    with serving(pages({"/a": PAGE, "/b": PAGE}), "127.0.0.2") as goal:

        def away(connection):
            connection.reply(b"", "302 Found", Location=f"{goal.url}{connection.path}")

        with serving(away) as start:
            found = run([f"{start.url}/a", f"{goal.url}/b"], delay=0.2, ignore_robots=True)
    assert {b.response.final_url for b in found} == {f"{goal.url}/a", f"{goal.url}/b"}
    assert min(gaps(goal)) >= 0.19


def robots(text, status="200 OK"):
    def handle(connection):
        if connection.path == "/robots.txt":
            connection.reply(text, status)
        else:
            connection.reply(PAGE)

    return handle


def test_robots_is_asked_once_a_host_and_obeyed():
    told = []
    with serving(robots(b"User-agent: *\nDisallow: /private")) as server:
        fetcher = NetworkFetcher(settings())
        targets = [Target(f"{server.url}{path}") for path in ("/", "/private/1", "/private/2", "/b")]
        found = {b.target.url: b.response for b in crawl(targets, fetcher, nothing, notice=lambda *a: told.append(a))}
    assert server.paths().count("/robots.txt") == 1
    assert found[f"{server.url}/private/1"].reason is Reason.ROBOTS
    assert found[f"{server.url}/b"].status == 200
    assert "/private/1" not in server.paths()
    assert told == [(server.url, "robots.txt forbids it")]


def test_robots_met_on_redirects_is_not_asked_for_again():
    with serving(robots(b"User-agent: *\nDisallow: /private"), "127.0.0.2") as goal:

        def away(connection):
            connection.reply(b"", "301 Moved", Location=goal.url + connection.path)

        with serving(away) as start:
            found = run([f"{start.url}/a", f"{start.url}/b"])
    assert {b.response.status for b in found} == {200}
    assert goal.paths().count("/robots.txt") == 1
    assert start.paths().count("/robots.txt") == 1


def test_robots_may_be_ignored():
    with serving(robots(b"User-agent: *\nDisallow: /")) as server:
        (found,) = run([f"{server.url}/"], ignore_robots=True)
    assert found.response.status == 200
    assert server.paths() == ["/"]


@pytest.mark.parametrize(
    ("text", "status", "allowed"),
    [
        (b"User-agent: cccheck\nDisallow: /\n\nUser-agent: *\nAllow: /", "200 OK", False),
        (b"User-agent: cccheck\nAllow: /\n\nUser-agent: *\nDisallow: /", "200 OK", True),
        (b"User-agent: other\nDisallow: /", "200 OK", True),
        (b"gone", "404 Not Found", True),
        (b"no", "403 Forbidden", True),
        (b"broken", "500 Oops", False),
        (b"<!DOCTYPE html><html>Disallow: /</html>", "200 OK", True),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /", "200 OK", False),
    ],
)
def test_what_a_robots_answer_means(text, status, allowed):
    with serving(robots(text, status)) as server:
        (found,) = run([f"{server.url}/"])
    assert isinstance(found.response, Capture) is allowed
    assert allowed or found.response.reason is Reason.ROBOTS


def test_crawl_delay_is_kept():
    with serving(robots(b"User-agent: *\nCrawl-delay: 0.3")) as server:
        run([f"{server.url}/{n}" for n in range(3)])
    assert min(gaps(server)[1:]) >= 0.29


def test_not_now_is_asked_again_after_the_time_named():
    answers = ["429 Slow down", "200 OK"]
    with serving(lambda c: c.reply(PAGE, answers.pop(0), Retry_After="1")) as server:
        (found,) = run([f"{server.url}/"], ignore_robots=True)
    assert found.response.status == 200
    assert min(gaps(server)) >= 0.95


def test_not_now_for_a_day_closes_the_site():
    told = []
    with serving(lambda c: c.reply(b"", "429 Too Many", Retry_After="86400")) as server:
        fetcher = NetworkFetcher(settings(ignore_robots=True))
        targets = [Target(f"{server.url}/{n}") for n in range(5)]
        found = [b.response for b in crawl(targets, fetcher, nothing, notice=lambda *a: told.append(a))]
    assert len(server.asked) == 1
    assert sorted(f.status or 0 for f in found) == [0, 0, 0, 0, 429]
    assert {f.reason for f in found if not f.status} == {Reason.RATE_LIMITED}
    assert told == [("127.0.0.1", "the site asks not to be asked again for 86400 s")]


def test_a_site_that_never_answers_is_left_alone():
    with serving(lambda c: None) as server, serving(pages({"/": PAGE}), "127.0.0.2") as other:
        found = run([f"{server.url}/{n}" for n in range(20)] + [f"{other.url}/"], ignore_robots=True)
    assert len(server.asked) == 5
    assert sum(getattr(b.response, "reason", None) is Reason.REFUSED for b in found) == 20


def test_stopping_finishes_what_is_in_flight():
    stop = Event()

    def slow(connection):
        time.sleep(0.2)
        connection.reply(PAGE)

    with serving(slow) as server:
        fetcher = NetworkFetcher(settings(ignore_robots=True))
        found = []
        for bundle in crawl([Target(f"{server.url}/{n}") for n in range(50)], fetcher, nothing, stop=stop):
            found.append(bundle)
            stop.set()
        assert 1 <= len(found) <= 3
        assert len(server.asked) == len(found)


def test_leaving_the_loop_ends_the_workers():
    with serving(pages({f"/{n}": PAGE for n in range(50)})) as server:
        for _ in crawl([Target(f"{server.url}/{n}") for n in range(50)], NetworkFetcher(settings()), nothing):
            break
    assert len(server.asked) < 50


def test_an_error_of_ours_in_a_worker_is_raised():
    def broken(capture, target):
        raise RuntimeError("ours")

    with serving(pages({"/": PAGE})) as server, pytest.raises(RuntimeError, match="ours"):
        run([f"{server.url}/"], broken)


def test_a_finished_target_leaves_nothing_behind():
    """With one worker, this thread, so that nothing else is in flight when memory is measured."""
    fetcher = NetworkFetcher(settings(allow_private=False, ignore_robots=True))  # so that nobody is asked
    backlog = Backlog(Target(f"http://127.0.0.{n % 20}/{n}") for n in range(250))
    held = []

    def emit(arrival):
        assert [b.response.reason for b in engine.bundles(arrival)] == [Reason.PRIVATE_ADDRESS]
        if len(backlog) in (200, 0):
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])

    engine = Engine(fetcher, backlog, nothing, emit, lambda host, text: None)
    tracemalloc.start()
    try:
        engine.work()
    finally:
        tracemalloc.stop()
        fetcher.close()
        backlog.close()
    engine.raise_error()
    assert held[1] - held[0] < 200 * 150  # a target takes twice that; the library's cache of split addresses, half


def test_replay_needs_no_workers_and_keeps_the_order(tmp_path):
    archive = Archive(tmp_path / "a.warc.gz")
    for n in range(5):
        archive.response(f"https://a.example/{n}", PAGE)
    targets = [Target(f"https://a.example/{n}", line=n) for n in range(6)]
    follow = lambda capture, target: [Lead("https://a.example/0", "next", "x")]  # noqa: E731
    found = list(crawl(iter(targets), ReplayFetcher([archive.path]), follow))
    assert [b.target.line for b in found] == list(range(6))
    assert found[5].response.reason is Reason.NOT_CAPTURED
    assert [len(b.followed) for b in found] == [0, 1, 1, 1, 1, 0]


def test_a_single_fetch_is_polite_too():
    with serving(robots(b"User-agent: *\nDisallow: /private")) as server:
        fetcher = NetworkFetcher(settings(delay=0.2))
        assert fetcher.fetch(f"{server.url}/").status == 200
        assert fetcher.fetch(f"{server.url}/private").reason is Reason.ROBOTS
        assert fetcher.fetch(f"{server.url}/2", "credits").role == "credits"
    assert server.paths() == ["/robots.txt", "/", "/2"]
    assert min(gaps(server)) >= 0.19


def test_the_request_says_who_asks():
    seen = {}

    def look(connection):
        seen.update(agent=connection.header("user-agent"), cookie=connection.header("cookie"))
        connection.reply(PAGE)

    with serving(look) as server:
        run([server.url.replace("//", "//user:secret@")])
    assert "cccheck/" in seen["agent"]
    assert "tests@checks.example" in seen["agent"]
