"""A run's own archives give the run once more: findings byte for byte, captures, failures."""

from __future__ import annotations

import json
import socket
import time
from functools import partial

import pytest

from cccheck.fetch.record import recording_fetcher
from cccheck.fetch.replay import ReplayFetcher
from cccheck.fetch.settings import FetchSettings
from cccheck.model import Target
from cccheck.scan import Job, audits, open_data
from fetch.server import serving
from making import WORKS
from running import ORIGINAL, Desk, credited, page, web

PLAIN = ORIGINAL.replace("https", "http")
BAD = page("<!--text-->")
CUT = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000\r\n\r\n<p>The last bus"
ROBOTS = ("200 OK", {"Content-Type": "text/plain"}, "User-agent: *\nDisallow: /private\n")


def hop(goal: str) -> tuple:
    return ("302 Found", {"Location": goal}, "")


PAGES = {
    "http://short.example/a": credited("http://bit.ly/ferry"),
    "http://bit.ly/ferry": ("301 Moved Permanently", {"Location": PLAIN}, ""),
    PLAIN: BAD,
    "http://bad.example/a": BAD,
    "http://other.example/a": page("<p>There was a regatta in the bay on Sunday, and all came to see the boats.</p>"),
    "http://moved.example/a": hop("http://moved.example/b"),
    "http://moved.example/b": hop("http://goal.example/c"),
    "http://goal.example/c": BAD,
    "http://goal.example/d": hop("http://nowhere.invalid/d"),
    "http://circle.example/a": hop("http://circle.example/b"),
    "http://circle.example/b": hop("http://circle.example/a"),
    "http://gone.example/a": ("410 Gone", {}, "gone"),
    "http://closed.example/robots.txt": ROBOTS,
    "http://closed.example/private/a": BAD,
    "http://closed.example/open": hop("http://closed.example/private/a"),
    "http://unwell.example/robots.txt": ("500 Oh", {}, "no"),
    "http://cut.example/a": lambda connection: connection.send(CUT),
    "http://pdf.example/a": ("200 OK", {"Content-Type": "application/pdf"}, "%PDF-1.7"),
}
REASONS = {
    "http://nowhere.invalid/a": "dns",
    "http://goal.example/d": "dns",
    "http://missing.example/a": "http-404",
    "http://gone.example/a": "http-410",
    "http://circle.example/a": "redirects",
    "http://closed.example/private/a": "robots",
    "http://closed.example/open": "robots",
    "http://unwell.example/a": "robots",
    "http://cut.example/a": "refused",
    "http://pdf.example/a": "unsupported",
}


def urls() -> list[str]:
    """What is checked: twice with a hint, once with other writing of the address."""
    pages = [url for url in PAGES if url not in ("http://bit.ly/ferry", PLAIN) and not url.endswith("robots.txt")]
    more = [f"{url} night-ferries" for url in pages[:4]] + [
        "http://bad.example/a night-ferries",
        "HTTP://BAD.example:80/a#x",
    ]
    return [*dict.fromkeys([*pages, *REASONS, *more]), f"http://127.0.0.1:{dead_port()}/a"]


def dead_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def bare(report: dict) -> list:
    """Its pages, without where the archives lie: that is relative to the report."""
    for site in report["sites"]:
        for found in site["pages"]:
            for capture in found["captures"]:
                capture["warc"] = None
    return report["sites"]


@pytest.mark.parametrize(("more", "dead"), [((), "private-address"), (("--allow-private",), "refused")])
def test_a_replay_of_a_runs_own_archives_is_the_run(tmp_path, more, dead):
    checked = urls()
    with web(PAGES) as net:
        desk = Desk(tmp_path, net)
        scanned = desk.scan_here(checked, "--output", "run", *more)
        asked = net.asked
        archives = [str(path.relative_to(tmp_path)) for path in (tmp_path / "run" / "warc").iterdir()]
        again = desk.scan_here(checked, "--output", "again", "--replay", *archives)
        assert net.asked == asked
    assert (scanned.exit_code, again.exit_code) == (1, 1), again.output
    live, replayed = desk.report("run"), desk.report("again")
    assert json.dumps(bare(live)) == json.dumps(bare(replayed))
    assert live["summary"] == replayed["summary"]
    pages = desk.pages()
    assert {url: pages[url]["reason"] for url in REASONS} == REASONS
    assert pages[checked[-1]]["reason"] == dead
    assert [c["role"] for c in pages["http://short.example/a"]["captures"]] == ["response", "resolved"]
    for file in (tmp_path / "run" / "pages").iterdir():
        assert file.read_bytes() == (tmp_path / "again" / "pages" / file.name).read_bytes()
    for run in ("run", "again"):
        assert desk.here("verify", run).output == f"{run}: report and evidence agree\n"


def test_several_processes_give_the_same(tmp_path):
    with web(PAGES) as net:
        desk = Desk(tmp_path, net)
        desk.scan_here(urls()[:-1], "--output", "run")
    for jobs in ("1", "2"):
        replay = ("--replay", "run/warc", "--now", "2026-11-01T06:00:00Z", "--jobs", jobs)
        assert desk.scan_here(urls()[:-1], "--output", jobs, *replay).exit_code == 1
    assert (tmp_path / "1" / "report.json").read_bytes() == (tmp_path / "2" / "report.json").read_bytes()


def test_what_took_too_long_takes_no_time_in_a_replay(tmp_path):
    def late(connection):
        if connection.path == "/robots.txt":
            connection.reply(b"", "404 Not Found")
        else:
            connection.send(b"HTTP/1.1 200 OK\r\n")
            time.sleep(2)

    settings = FetchSettings(contact="tests@checks.example", delay=0.0, allow_private=True, read_timeout=0.3)
    job = Job(str(WORKS), str(tmp_path))
    open_data(job.works, ())
    with serving(late) as server:
        targets = [Target(f"{server.url}/a"), Target(f"{server.url}/b", "night-ferries", 2)]
        fetcher, recorder = recording_fetcher(settings, tmp_path / "warc")
        live = list(audits(targets, fetcher, job))
        fetcher.close()
        recorder.close()
    replay = ReplayFetcher(recorder.paths())
    started = time.monotonic()
    assert sorted(audits(targets, replay, job), key=id_of) == sorted(live, key=id_of)
    assert time.monotonic() - started < 0.3
    assert {json.loads(audited.line)["reason"] for audited in live} == {"timeout"}


def id_of(audited) -> str:
    return audited.id


# ------------------------------------------------------------------ which archives are meant


@pytest.fixture
def replay(tmp_path):
    """A finished run of one page, and what replays it into `again`."""
    with web({"http://other.example/a": BAD}) as net:
        desk = Desk(tmp_path, net)
        desk.scan_here(["http://other.example/a"], "--output", "run")
    return desk, partial(desk.scan_here, ["http://other.example/a"])


def test_archives_may_be_named_by_their_folder(replay):
    _, scan = replay
    assert scan("--output", "again", "--replay", "run/warc").exit_code == 1
    empty = scan("--output", "again", "--replay", "run/pages")
    assert (empty.exit_code, empty.stderr.count("\n")) == (2, 1)
    assert "no WARC files are there" in empty.stderr


def test_what_the_shell_makes_of_a_star_is_understood(replay):
    desk, scan = replay
    (archive,) = (desk.folder / "run" / "warc").iterdir()
    second = archive.with_name("cccheck-00002.warc.gz")
    second.write_bytes(archive.read_bytes())
    assert scan("--output", "again", "--replay", str(archive), str(second)).exit_code == 1
    assert scan("--output", "again", str(archive)).exit_code == 2  # not behind --replay: two lists


def test_a_replay_does_not_overwrite_what_it_reads(replay):
    desk, scan = replay
    result = scan("--output", "run", "--replay", "run/warc")
    assert result.exit_code == 2
    assert "would be overwritten; give another --output" in result.stderr
    assert desk.here("verify", "run").exit_code == 0
