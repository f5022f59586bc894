"""A scan that is cut off, by whatever, goes on: nothing lost, nothing fetched twice but what was in flight."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import resource
import signal
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

import cccheck.scan as scanning
from cccheck.errors import DataError, UsageError
from cccheck.journal import SYNC_EVERY, RunFolder, RunInfo, read_info
from making import WORKS
from running import Desk, Web, credited, page, web

INFO = RunInfo("20261101T060000Z", "2026-11-01T06:00:00Z", "rules", "corpus", "inputs", version="1")
OTHER = "<!DOCTYPE html><html><title>Regatta</title><p>There was a regatta in the bay on Sunday.</p></html>"


def site(count: int, host: str = "copy{}.example") -> dict[str, str]:
    """Pages on as many hosts: copies, bad copies, other pages."""
    bodies = (credited(), page("<!--text-->"), OTHER)
    return {f"http://{host.format(n)}/article-{n}": bodies[n % 3] for n in range(count)}


def lasting(report: dict) -> dict:
    """A report without what no two runs share."""
    return kills().lasting(report)


def kills():
    path = Path(__file__).parents[1] / "benchmarks" / "kills.py"
    if "kills" not in sys.modules:
        spec = importlib.util.spec_from_file_location("kills", path)
        module = importlib.util.module_from_spec(spec)
        sys.modules["kills"] = module  # its server is a process that looks its functions up
        spec.loader.exec_module(module)
    return sys.modules["kills"]


def until(condition, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)


# ------------------------------------------------------------------ killed


def test_a_chain_of_kills(tmp_path):
    farm = kills().Farm()
    try:
        chain = kills().run_chain(farm, tmp_path, 10, 150, seed=1)
    finally:
        farm.close()
    assert chain.flaws == []
    assert chain.kills == 10


# ------------------------------------------------------------------ the journal


def row(number: int) -> tuple[str, str, str]:
    page_id = f"{number:016x}"
    line = json.dumps({"site": f"s{number}.example", "id": page_id, "é": 1}, ensure_ascii=False)
    return page_id, line, json.dumps({"id": page_id, "blocks": []})


def filled(path: Path, count: int) -> bytes:
    with RunFolder(path, INFO) as folder:
        for number in range(count):
            folder.add(*row(number))
    return (path / "audits.jsonl").read_bytes()


def test_a_journal_cut_at_every_byte_of_its_last_line(tmp_path):
    whole = filled(tmp_path, 3)
    kept = whole[: whole.rindex(b"\n", 0, -1) + 1]
    for cut in range(len(kept), len(whole)):
        (tmp_path / "audits.jsonl").write_bytes(whole[:cut])
        with RunFolder(tmp_path, INFO) as folder:
            assert folder.done == 2
            assert not folder.holds(row(2)[0])
            assert (tmp_path / "audits.jsonl").read_bytes() == kept
            folder.add(*row(2))
        assert (tmp_path / "audits.jsonl").read_bytes() == whole


@pytest.mark.parametrize("tail", [b"\0" * 4096, b"{}\n", b'{"site": "x"}\n', b"\xff\n", b'{"site": "x", "id": "no"}\n'])
def test_what_is_no_line_of_a_journal_is_cut_off(tmp_path, tail):
    whole = filled(tmp_path, 2)
    (tmp_path / "audits.jsonl").write_bytes(whole + tail)
    with RunFolder(tmp_path, INFO) as folder:
        assert folder.done == 2
    assert (tmp_path / "audits.jsonl").read_bytes() == whole


@pytest.mark.parametrize("left", [None, b"", b'{"id": "', b"\0\0\0"])
def test_a_line_whose_texts_a_power_cut_took_is_made_again(tmp_path, left):
    filled(tmp_path, 5)
    texts = tmp_path / "pages" / f"{row(3)[0]}.json"
    texts.unlink() if left is None else texts.write_bytes(left)
    with RunFolder(tmp_path, INFO) as folder:
        assert [folder.holds(row(number)[0]) for number in range(5)] == [True, True, True, False, False]
        assert folder.done == 3


def test_only_as_many_texts_are_looked_at_as_may_be_lost(tmp_path):
    filled(tmp_path, SYNC_EVERY + 10)
    (tmp_path / "pages" / f"{row(0)[0]}.json").unlink()
    with RunFolder(tmp_path, INFO) as folder:
        assert folder.done == SYNC_EVERY + 10


def test_latest_lines_that_nothing_stands_behind_are_cut_off(tmp_path):
    count = 30
    filled(tmp_path, count)
    with RunFolder(tmp_path, INFO) as folder:
        seen = []
        folder.keep_while(lambda row: seen.append(row["id"]) or True, latest=20)
        assert seen == [row(number)[0] for number in range(10, count)]
        folder.keep_while(lambda found: found["id"] != row(count - 3)[0])
        assert folder.done == count - 3
        folder.add(*row(count - 3))
    with RunFolder(tmp_path, INFO) as folder:
        assert folder.done == count - 2


def test_evidence_is_safe_before_a_line(tmp_path):
    with RunFolder(tmp_path, INFO) as folder:
        sizes = []
        folder.before_line = lambda: sizes.append((tmp_path / "audits.jsonl").stat().st_size)
        folder.add(*row(0))
        folder.add(*row(1))
    assert sizes == [0, len(row(0)[1].encode()) + 1]


# ------------------------------------------------------------------ which run goes on


def state(path: Path) -> tuple[int, bool, str]:
    """Lines, whether there is evidence, the run's id."""
    archive = path / "warc" / "cccheck-00001.warc.gz"
    lines = (path / "audits.jsonl").read_bytes().count(b"\n")
    return lines, archive.exists(), read_info(path).id


@pytest.mark.parametrize(
    ("change", "fresh", "left"),
    [
        ({}, False, (2, True)),
        ({"problems": ({"line": 1, "text": "x", "message": "no URL"},)}, False, (2, True)),
        ({"corpus_digest": "new"}, False, (0, True)),
        ({"rules_digest": "new"}, False, (0, True)),
        ({"version": "2"}, False, (0, True)),
        ({"inputs_digest": "new"}, False, (0, False)),
        ({}, True, (0, False)),
    ],
)
def test_what_is_kept_of_an_unfinished_run(tmp_path, change, fresh, left):
    """All of it; where pages are to be judged anew, the evidence; of another run, nothing."""
    filled(tmp_path, 2)
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / "cccheck-00001.warc.gz").touch()
    (tmp_path / "report.json").touch()
    later = replace(INFO, id="later", started="2026-11-02T00:00:00Z", **change)
    with RunFolder(tmp_path, later, fresh=fresh):
        pass
    lines, evidence, name = state(tmp_path)
    assert (lines, evidence) == left
    assert name == (INFO.id if evidence else "later")


def test_a_finished_run_makes_way(tmp_path):
    with RunFolder(tmp_path, INFO) as folder:
        folder.add(*row(0))
        folder.finish(replace(INFO, finished="2026-11-01T07:00:00Z"))
    with RunFolder(tmp_path, replace(INFO, id="later")) as folder:
        assert folder.done == 0
    assert state(tmp_path) == (0, False, "later")


def test_files_that_no_scan_wrote_stay(tmp_path):
    (tmp_path / "pages").mkdir()
    mine = tmp_path / "pages" / f"{'0a' * 8}.json"
    mine.write_text("mine")
    for _ in range(2):
        with pytest.raises(UsageError, match=rf"{'0a' * 8}\.json: is there already, and no scan wrote it"):
            RunFolder(tmp_path, INFO).__enter__()
    assert mine.read_text() == "mine"


def test_a_name_that_no_scan_writes_is_in_nobodys_way(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "notes.json").write_text("mine")
    for _ in range(2):
        with RunFolder(tmp_path, INFO, fresh=True):
            pass
    assert (tmp_path / "pages" / "notes.json").read_text() == "mine"


def test_a_broken_run_json_is_said(tmp_path):
    filled(tmp_path, 2)
    (tmp_path / "run.json").write_text("{")
    with pytest.raises(DataError, match=r"run\.json: is not what a scan wrote there.*--fresh"):
        RunFolder(tmp_path, INFO).__enter__()
    assert (tmp_path / "audits.jsonl").read_bytes().count(b"\n") == 2
    with RunFolder(tmp_path, INFO, fresh=True) as folder:
        assert folder.done == 0


def test_a_run_of_an_older_or_newer_program_can_be_read(tmp_path):
    data = {"id": "a", "started": "b", "rules_digest": "r", "corpus_digest": "c", "inputs_digest": "i", "later": 1}
    (tmp_path / "run.json").write_text(json.dumps(data))
    assert read_info(tmp_path) == RunInfo("a", "b", "r", "c", "i")


# ------------------------------------------------------------------ one at a time


def test_two_scans_exclude_each_other(tmp_path):
    go = threading.Event()

    def wait(connection):
        go.wait(20)
        connection.reply(b"late")

    with web({"http://slow.example/a": wait}) as net:
        desk = Desk(tmp_path, net)
        first = desk.begin(net.pages, "--output", "run")
        until(lambda: net.times("http://slow.example/a"))
        second = desk.scan(net.pages, "--output", "run")
        go.set()
        assert first.wait(20) == 0
        first.communicate()
    assert second.returncode == 2
    assert second.stderr == "cccheck: run: another scan is writing there; wait for it or give another --output\n"
    assert desk.pages().keys() == net.pages.keys()


# ------------------------------------------------------------------ interrupted


def slow_site(seconds: float) -> tuple[dict, threading.Event]:
    """Three slow pages at a time on three hosts."""
    begun = threading.Event()

    def wait(connection):
        begun.set()
        time.sleep(seconds)
        connection.reply(OTHER.encode())

    return {f"http://slow{host}.example/{n}": wait for n in range(4) for host in range(3)}, begun


@pytest.mark.parametrize(("sign", "jobs"), [(signal.SIGINT, "1"), (signal.SIGTERM, "1"), (signal.SIGINT, "2")])
def test_an_interrupted_scan_finishes_what_is_in_flight(tmp_path, sign, jobs):
    """The terminal sends Ctrl-C to all processes."""
    pages, begun = slow_site(0.4)
    with web(pages) as net:
        desk = Desk(tmp_path, net)
        process = desk.begin(pages, "--output", "run", "--jobs", jobs, start_new_session=True)
        assert begun.wait(20)
        os.killpg(process.pid, sign)
        _, err = process.communicate(timeout=60)
        asked = net.asked
        assert process.returncode == 130
        assert "finishing what is in flight" in err
        assert err.endswith("cccheck: interrupted; the same command goes on where this one stopped (run)\n")
        assert not (tmp_path / "run" / "report.json").exists()
        again = desk.scan_here(pages, "--output", "run")
        assert again.exit_code == 0
        assert "goes on" in again.stderr
        assert max(net.asked.values()) == 1
    assert 0 < sum(url in pages for url in asked) < len(pages)
    assert desk.pages().keys() == pages.keys()


def test_a_second_interruption_ends_at_once(tmp_path):
    pages, begun = slow_site(30)
    with web(pages) as net:
        desk = Desk(tmp_path, net)
        process = desk.begin(pages, "--output", "run")
        assert begun.wait(20)
        process.send_signal(signal.SIGINT)
        until(lambda: b"finishing" in os.read(process.stderr.fileno(), 1000))
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert time.monotonic() - started < 2
        assert process.returncode == 130
        assert err == "cccheck: ended at once; the same command goes on where this one stopped\n"
        net.pages = dict.fromkeys(pages, OTHER)
        assert desk.scan_here(pages, "--output", "run").exit_code == 0
    assert desk.pages().keys() == pages.keys()


@pytest.mark.parametrize(
    "step", ["cccheck.report.json_report.write_json", "cccheck.evidence.seal", "cccheck.report.table.site_rows"]
)
def test_cut_off_while_it_concludes(tmp_path, monkeypatch, step):
    """What was cut off is made again; nothing is fetched, and nothing counted as finished before."""
    pages = site(3)
    with web(pages) as net:
        desk = Desk(tmp_path, net)
        with monkeypatch.context() as patch:
            patch.setattr(step, lambda *_: os.kill(os.getpid(), signal.SIGINT))
            assert desk.scan_here(pages, "--output", "run").exit_code == 130
        assert read_info(tmp_path / "run").finished is None
        assert desk.scan_here(pages, "--output", "run").exit_code == 1
        assert read_info(tmp_path / "run").finished
        assert max(net.asked.values()) == 1


# ------------------------------------------------------------------ a full disk


@pytest.mark.parametrize("name", ["run.json", "warc/cccheck-00001.warc.gz", "audits.jsonl", "report.json"])
def test_a_full_disk_is_one_line_and_the_scan_goes_on(tmp_path, name):
    """A bound on the size of files strikes one of them, as a full disk would."""
    noise = random.Random(1).randbytes(20_000).hex() if "warc" in name else ""
    pages = {url: f"{body}<!--{noise}-->" for url, body in site(9).items()}
    with web(pages) as net:
        desk = Desk(tmp_path, net)
        assert desk.scan_here(pages, "--output", "whole").exit_code == 1
        limit = (tmp_path / "whole" / name).stat().st_size - 20
        before = net.asked
        line = scan_bounded(desk, pages, limit)
        assert line.startswith(f"cccheck: run/{name}: cannot be written (") and "the same command" in line
        assert ("goes on where this one stopped" in line) == (name == "audits.jsonl")
        assert not list(tmp_path.rglob("*.tmp"))
        assert desk.scan_here(pages, "--output", "run").exit_code == 1
        assert max((net.asked - before).values()) <= 2
        assert desk.here("verify", "run").exit_code == 0
    assert lasting(desk.report()) == lasting(desk.report("whole"))


def scan_bounded(desk: Desk, pages: dict, limit: int) -> str:
    """The one line that a scan says that may write no file larger than that."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    full = desk.scan(pages, "--output", "run", "--quiet", preexec_fn=bound)
    (line,) = full.stderr.splitlines()
    assert full.returncode == 2, line
    return line


# ------------------------------------------------------------------ evidence that is gone


def test_an_archive_cut_anywhere_in_its_last_exchange(tmp_path):
    """What the journal says of a page whose records are not whole is not trusted: it is fetched once more."""
    pages = site(3, host="one.example")
    with web(pages) as net:
        desk = Desk(tmp_path, net)
        assert desk.scan_here(pages, "--output", "run").exit_code == 1
        unfinished(desk)
        (archive,) = (tmp_path / "run" / "warc").iterdir()
        data, ends = archive.read_bytes(), record_ends(archive)
        start = ends[-4]  # request, metadata and response of the last page
        for cut in (start, start + 1, ends[-3], ends[-2] - 1, ends[-2], ends[-2] + 9, len(data) - 1):
            archive.write_bytes(data[:cut])
            unfinished(desk)
            before = net.asked
            assert desk.scan_here(pages, "--output", "run").exit_code == 1
            assert sum((net.asked - before).values()) == 1
            assert desk.here("verify", "run").output == "run: report and evidence agree\n"
    assert desk.pages().keys() == pages.keys()


def unfinished(desk: Desk) -> None:
    path = desk.folder / "run" / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"finished": None}))


def record_ends(path: Path) -> list[int]:
    from cccheck.fetch.warc import scan

    return [record.end for record in scan(path)]


# ------------------------------------------------------------------ pages on which the program fails


@pytest.mark.parametrize("place", ["audit_all", "examine", "leads"])
def test_a_page_on_which_the_program_fails_is_for_a_person(tmp_path, monkeypatch, place):
    """It ends no scan, and it accuses nobody: not even where only the leads could not be read."""
    pages = {"http://bad.example/a": page("<!--text-->"), "http://other.example/a": OTHER}
    real = getattr(scanning, place)

    def fail(first, *rest):
        if "bad.example" in str(getattr(first, "target", None) or getattr(first, "url", "")):
            raise RecursionError("too deep: <object at 0x7f00>")
        return real(first, *rest)

    monkeypatch.setattr(scanning, place, fail)
    with web(pages) as net:
        desk = Desk(tmp_path, net)
        assert desk.scan_here(pages, "--output", "run").exit_code == 0
    found = desk.pages()
    assert found["http://other.example/a"]["verdict"] == "not-a-copy"
    bad = found["http://bad.example/a"]
    assert (bad["verdict"], bad["findings"], len(bad["captures"])) == ("review", [], 1)
    assert bad["detail"] == "the program failed on this page (RecursionError: too deep: <object>)"


def test_what_no_encoding_can_write_stops_nothing(tmp_path):
    (tmp_path / "urls.jsonl").write_text('{"url": "http://a.example/", "note": "\\ud800"}\n')
    with web({"http://a.example/": OTHER}) as net:
        desk = Desk(tmp_path, net)
        arguments = ["scan", "urls.jsonl", "--works", str(WORKS), "--contact", "a@b.example"]
        assert desk.here(*arguments, "--delay", "0", "--output", "run").exit_code == 0
    (found,) = desk.pages().values()
    assert found["target"]["extra"] == {"note": "\ufffd"}


# ------------------------------------------------------------------ processes


def children(process) -> list[int]:
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [pid for pid in map(int, found) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")


@needs_proc
def test_a_worker_that_dies_does_not_lose_the_run(tmp_path):
    pages = site(40)
    with web(pages) as net:
        desk = Desk(tmp_path, net)
        process = desk.begin(pages, "--output", "two", "--jobs", "2")
        journal = tmp_path / "two" / "audits.jsonl"
        until(lambda: journal.exists() and journal.stat().st_size)
        os.kill(children(process)[0], signal.SIGKILL)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 1, err
        assert desk.scan_here(pages, "--output", "one").exit_code == 1
    assert lasting(desk.report("two")) == lasting(desk.report("one"))


@needs_proc
def test_workers_end_with_their_parent(tmp_path):
    pages = site(40)
    with web(pages) as net:
        desk = Desk(tmp_path, net)
        process = desk.begin(pages, "--output", "run", "--jobs", "2")
        journal = tmp_path / "run" / "audits.jsonl"
        until(lambda: journal.exists() and journal.stat().st_size)
        workers = children(process)
        process.kill()
        process.communicate()
        assert len(workers) == 2
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), 5)
        assert desk.scan_here(pages, "--output", "run").exit_code == 1
    assert desk.pages().keys() == pages.keys()


# ------------------------------------------------------------------ what has not changed


def dated(net: Web, url: str, body: str, seen: list[str]):
    """A page with a tag, which is not sent again to who has it."""

    def handle(connection):
        seen.append(connection.header("if-none-match"))
        if connection.header("if-none-match") == '"1"':
            connection.reply(b"", "304 Not Modified", ETag='"1"', Content_Length=None)
        else:
            connection.reply(body.encode(), ETag='"1"')

    net.pages[url] = handle


def test_the_run_before_spares_what_has_not_changed(tmp_path):
    seen: list[str] = []
    url = "http://copy.example/a"
    with web({}) as net:
        desk = Desk(tmp_path, net)
        dated(net, url, page("<!--text-->"), seen)
        for now in ("2026-11-01T06:00:00Z", "2026-11-02T06:00:00Z"):
            assert desk.scan_here([url], "--now", now).exit_code == 1
        first, second = sorted((tmp_path / "reports").iterdir())
        assert seen == ["", '"1"']
        for more, tag in ((), ""), (("--previous", "latest"), '"1"'), (("--previous", first.name), '"1"'):
            desk.scan_here([url], "--output", "elsewhere", *more)
            assert seen[-1] == tag
        desk.scan_here([url], "--previous", "none")
        assert seen[-1] == ""
        unknown = desk.scan_here([url], "--previous", "tuesday")
    assert (unknown.exit_code, unknown.stderr.count("\n")) == (2, 1)
    for path in (first / "warc").iterdir():
        path.unlink()
    before, after = (desk.pages(f"reports/{run.name}")[url] for run in (first, second))
    assert before["captures"][0]["sha256"] == after["captures"][0]["sha256"]
    assert desk.here("verify", second.name).output == f"reports/{second.name}: report and evidence agree\n"
    assert desk.scan_here([url], "--replay", f"reports/{second.name}/warc", "--output", "again").exit_code == 1
    assert desk.pages("again")[url]["findings"] == after["findings"]


def test_a_broken_archive_of_the_run_before_is_no_obstacle(tmp_path):
    """Unless it was asked for by name."""
    url = "http://other.example/a"
    with web({url: OTHER}) as net:
        desk = Desk(tmp_path, net)
        desk.scan_here([url])
        (archive,) = tmp_path.glob("reports/*/warc/*")
        archive.write_bytes(archive.read_bytes()[:-9])
        assert desk.scan_here([url]).exit_code == 0
        named = desk.scan_here([url], "--previous", archive.parents[1].name)
    assert named.exit_code == 2
    assert archive.name in named.stderr
