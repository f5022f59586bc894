"""Evidence: written as it came, readable by others, whole after a crash, never asked for twice."""

import gzip
import hashlib
import random
import resource
import signal
import subprocess
import sys
import time
from base64 import b32encode
from contextlib import contextmanager
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from cccheck.errors import DataError, UsageError
from cccheck.fetch.crawl import crawl
from cccheck.fetch.record import recording_fetcher
from cccheck.fetch.replay import ReplayFetcher
from cccheck.fetch.settings import FetchSettings
from cccheck.fetch.verify import check_manifest, check_warc, write_manifest
from cccheck.model import Capture, FetchFailure, Reason, Target

from .server import pages, serving

PAGE = b"<html><p>The article.</p></html>"
SETTINGS = FetchSettings(contact="tests@checks.example", delay=0.0, allow_private=True, ignore_robots=True, workers=4)


@contextmanager
def recording(folder, settings=SETTINGS, **options):
    fetcher, recorder = recording_fetcher(settings, folder, **options)
    try:
        yield fetcher, recorder
    finally:
        fetcher.close()
        recorder.close()


def scan(folder, urls, settings=SETTINGS, **options):
    with recording(folder, settings, **options) as (fetcher, recorder):
        found = {b.target.url: b.response for b in crawl([Target(u) for u in urls], fetcher, lambda c, t: ())}
    return found, recorder.paths()


def records(path):
    """Type, header and block of each record, as another program reads them; that finds every digest right."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.raw_stream.read()
    with path.open("rb") as file:
        for record in ArchiveIterator(file, no_record_parse=True):
            yield record.rec_type, record.rec_headers, record.content_stream().read()


ODD = b"HTTP/1.1  200  Fine \r\nx-b: \xff\xfe\r\nContent-type:text/html\nX-B:   two\r\n\r\n" + PAGE


def test_bytes_are_kept_as_they_came(tmp_path):
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    packed = gzip.compress(PAGE)
    chunked += b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    sent = {"/odd": ODD, "/chunked": chunked}
    heads = []

    def handle(connection):
        heads.append(connection.head)
        connection.send(sent[connection.path])

    with serving(handle) as server:
        found, (path,) = scan(tmp_path, [server.url + p for p in sent])
        kept = list(records(path))
    assert {c.body for c in found.values()} == {PAGE}
    blocks = {h.get_header("WARC-Target-URI"): block for kind, h, block in kept if kind == "response"}
    assert blocks == {server.url + p: data for p, data in sent.items()}
    assert sorted(block for kind, _, block in kept if kind == "request") == sorted(heads)
    assert [kind for kind, *_ in kept[:4]] == ["warcinfo", "request", "metadata", "response"]
    assert all(h.protocol == "WARC/1.1" for _, h, _ in kept)
    assert b"tests@checks.example" in kept[0][2]


def test_a_replay_gives_the_same(tmp_path):
    def handle(connection):
        path = connection.path
        if path == "/moved":
            connection.reply(b"", "301 Moved", Location="/gzip")
        elif path == "/gzip":
            connection.reply(gzip.compress(PAGE), Content_Encoding="gzip")
        elif path == "/gone":
            connection.reply(b"gone", "410 Gone")
        elif path == "/cut":
            connection.reply(b"<p>", Content_Length="99")
        elif path == "/away":
            connection.reply(b"", "302 Found", Location="http://nowhere.invalid/")
        else:
            connection.reply(PAGE)

    with serving(handle) as server:
        urls = [server.url + p for p in ("/moved", "/gzip", "/gone", "/cut", "/away", "/é?a=b c", "/#part")]
        found, paths = scan(tmp_path, urls)
    replay = ReplayFetcher(paths)
    assert {u: replay.fetch(u) for u in urls} == found
    assert isinstance(found[urls[3]], FetchFailure)
    assert found[urls[4]].reason is Reason.DNS
    assert server.paths().count("/gzip") == 1


def test_credentials_are_neither_sent_nor_kept(tmp_path):
    with serving(pages({"/": PAGE})) as server:
        found, (path,) = scan(tmp_path, [server.url.replace("//", "//user:hunter2@") + "/"])
    (capture,) = found.values()
    assert capture.status == 200
    assert not any(b"hunter2" in block or "hunter2" in str(h) for _, h, block in records(path))
    assert "hunter2" not in repr(capture)


def test_files_are_rotated(tmp_path):
    body = random.Random(1).randbytes(5000)
    with serving(pages({f"/{n}": body for n in range(20)})) as server, recording(tmp_path) as (fetcher, recorder):
        recorder._max_file = 20_000
        urls = [f"{server.url}/{n}" for n in range(20)]
        found = {u: fetcher.fetch(u) for u in urls}
        paths = recorder.paths()
    assert len(paths) >= 4
    assert max(p.stat().st_size for p in paths) < 30_000
    assert {Path(c.warc) for c in found.values()} == set(paths)
    replay = ReplayFetcher(paths)
    assert all(replay.fetch(u) == found[u] for u in urls)


def test_nothing_is_asked_for_twice_in_a_run(tmp_path):
    with serving(pages({"/a": PAGE, "/b": PAGE})) as server:
        urls = [f"{server.url}/{n}" for n in "ab"]
        first, _ = scan(tmp_path, urls)
        again, paths = scan(tmp_path, [*urls, f"{server.url}/c"])
    assert sorted(server.paths()) == ["/a", "/b", "/c"]
    assert {u: again[u] for u in urls} == first
    assert len(paths) == 1


def test_not_now_is_asked_again_in_the_next_run(tmp_path, monkeypatch):
    monkeypatch.setattr("cccheck.fetch.engine.TRIES", 1)
    answers = ["503 Busy", "200 OK"]
    with serving(lambda c: c.reply(PAGE, answers.pop(0))) as server:
        first, _ = scan(tmp_path, [server.url])
        second, paths = scan(tmp_path, [server.url])
    assert [c.status for c in (*first.values(), *second.values())] == [503, 200]
    assert ReplayFetcher(paths).fetch(server.url).status == 200


# ------------------------------------------------------------ broken files


def test_a_half_written_record_is_cut_off(tmp_path):
    """At every byte of the last record, and many before: what is whole stays, what is not is fetched again."""
    with serving(pages({"/a": b"A</html>", "/b": b"B</html>"})) as server:
        _, (path,) = scan(tmp_path, [f"{server.url}/a"])
        whole = path.stat().st_size
        scan(tmp_path, [f"{server.url}/b"])
        data = path.read_bytes()
        ends = [whole, *(whole + e for e in member_ends(data[whole:]))]
        for cut in (*range(whole, ends[-2], 7), *range(ends[-2], len(data))):
            path.write_bytes(data[:cut])
            with recording(tmp_path) as (fetcher, recorder):
                assert path.stat().st_size == max(e for e in ends if e <= cut)
                assert recorder.cut == cut - path.stat().st_size
                assert fetcher.recall(chain(f"{server.url}/a")).body == b"A</html>"
                assert fetcher.recall(chain(f"{server.url}/b")) is None
        path.write_bytes(data[: len(data) - 1])
        found, paths = scan(tmp_path, [f"{server.url}/b"])
    assert found[f"{server.url}/b"].body == b"B</html>"
    assert list(check_warc(paths[0])) == []


def chain(url):
    from cccheck.fetch.chain import begin

    return begin(url, "response")


def member_ends(data):
    import zlib

    ends, at = [], 0
    while at < len(data):
        stream = zlib.decompressobj(31)
        stream.decompress(data[at:])
        at = len(data) - len(stream.unused_data)
        ends.append(at)
    return ends


def test_damage_before_whole_records_is_no_torn_end(tmp_path):
    with serving(pages({"/a": PAGE, "/b": PAGE})) as server:
        _, (path,) = scan(tmp_path, [f"{server.url}/a", f"{server.url}/b"])
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(DataError, match="restore the file"):
        recording_fetcher(SETTINGS, tmp_path)
    assert path.read_bytes() == data


def test_a_power_cut_may_leave_zeros(tmp_path):
    with serving(pages({"/a": PAGE})) as server:
        found, (path,) = scan(tmp_path, [f"{server.url}/a"])
        with path.open("ab") as file:
            file.write(bytes(4096))
        again, _ = scan(tmp_path, [f"{server.url}/a"])
    assert again == found
    assert server.paths() == ["/a"]


def test_a_full_disk_leaves_whole_records(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    body = random.Random(1).randbytes(3000)
    with serving(pages({f"/{n}": body for n in range(20)})) as server:
        urls = [f"{server.url}/{n}" for n in range(20)]
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
        try:
            with pytest.raises(UsageError, match=r"00001\.warc\.gz: cannot be written .* make room"):
                scan(tmp_path, urls)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        (path,) = tmp_path.glob("*.warc.gz")
        assert list(check_warc(path)) == []
        found, _ = scan(tmp_path, urls)
    assert {c.body for c in found.values()} == {body}
    assert len(server.asked) <= 20 + SETTINGS.workers


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises((UsageError, DataError)):
        recording_fetcher(SETTINGS, tmp_path / "file" / "warc")


KILLED = """
import sys
from pathlib import Path
from cccheck.fetch.crawl import crawl
from cccheck.fetch.record import recording_fetcher
from cccheck.fetch.settings import FetchSettings
from cccheck.model import Target
settings = FetchSettings(contact="tests@checks.example", delay=0.0, allow_private=True, workers=4)
fetcher, recorder = recording_fetcher(settings, Path(sys.argv[1]))
print("ready", flush=True)
for bundle in crawl([Target(u) for u in sys.argv[2:]], fetcher, lambda c, t: ()):
    pass
recorder.close()
"""


def test_killed_and_started_again(tmp_path):
    """What was written is not asked for again; at a kill no more is lost than what was in flight."""
    random_ = random.Random(3)
    with serving(pages({f"/{n}": PAGE for n in range(300)})) as one, serving(pages({"/x": PAGE}), "127.0.0.2") as two:
        urls = [f"{one.url}/{n}" for n in range(300)] + [f"{two.url}/x"]
        kills = 0
        while True:
            process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path), *urls], stdout=subprocess.PIPE)
            process.stdout.readline()
            if kills == 5:
                assert process.wait(60) == 0
                break
            time.sleep(random_.uniform(0.0, 0.25))
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        asked = [path for path in one.paths() + two.paths() if path]  # a kill may come between connecting and asking
        _, paths = scan(tmp_path, urls)
    assert set(asked) == {*(f"/{n}" for n in range(300)), "/x", "/robots.txt"}
    assert len(asked) <= 301 + 2 + 2 * kills
    assert [path for path in one.paths() + two.paths() if path] == asked
    assert [flaw for path in paths for flaw in check_warc(path)] == []


# ------------------------------------------------------------- not modified


def test_what_has_not_changed_is_not_sent_again(tmp_path):
    answers = {}

    def handle(connection):
        etag = answers["etag"]
        if connection.header("if-none-match") == etag:
            connection.reply(b"", "304 Not Modified", ETag=etag, Content_Length=None)
        else:
            connection.reply(answers["body"], ETag=etag, Last_Modified="Mon, 02 Nov 2026 00:00:00 GMT")

    with serving(handle) as server:
        answers.update(etag='"one"', body=PAGE)
        first, paths1 = scan(tmp_path / "1", [server.url])
        second, paths2 = scan(tmp_path / "2", [server.url], previous=paths1)
        third, paths3 = scan(tmp_path / "3", [server.url], previous=paths2)
        answers.update(etag='"two"', body=b"new</html>")
        fourth, _ = scan(tmp_path / "4", [server.url], previous=paths3)
        for path in paths1 + paths2:
            path.unlink()
    (a,), (b,), (c,), (d,) = (found.values() for found in (first, second, third, fourth))
    assert (a.status, a.body) == (b.status, b.body) == (c.status, c.body) == (200, PAGE)
    assert d.body == b"new</html>"
    assert ReplayFetcher(paths3).fetch(server.url) == c
    kinds = [kind for kind, *_ in records(paths3[0])]
    assert kinds == ["warcinfo", "response", "request", "metadata", "revisit"]
    assert list(check_warc(paths3[0])) == []


def test_a_304_nobody_asked_for(tmp_path):
    with serving(lambda c: c.reply(b"", "304 Not Modified", Content_Length=None)) as server:
        found, paths = scan(tmp_path, [server.url])
    (capture,) = found.values()
    assert isinstance(capture, Capture)
    assert (capture.status, capture.body) == (304, b"")
    assert ReplayFetcher(paths).fetch(server.url) == capture


# -------------------------------------------------------------- verification


@pytest.fixture
def run(tmp_path):
    with serving(pages({"/a": PAGE, "/b": PAGE})) as server:
        _, (path,) = scan(tmp_path / "warc", [f"{server.url}/a", f"{server.url}/b"])
    return tmp_path, path


def test_a_manifest_that_holds(run):
    folder, path = run
    manifest = write_manifest(folder, [path])
    assert list(check_manifest(folder)) == []
    assert manifest.read_text().split()[1] == "warc/" + path.name


def test_a_manifest_that_does_not_hold(run):
    folder, path = run
    manifest = write_manifest(folder, [path])
    with path.open("ab") as file:
        file.write(b"x")
    assert [f.problem for f in check_manifest(folder)] == ["is not the file that was written: its SHA-256 differs"]
    path.unlink()
    assert [f.problem for f in check_manifest(folder)] == ["is missing"]
    manifest.write_text("0" * 64 + "  ../../etc/passwd\nnonsense\n")
    assert [f.problem for f in check_manifest(folder)] == ["is no line of a manifest"] * 2
    manifest.unlink()
    assert [f.problem for f in check_manifest(folder)] == ["is missing or cannot be read"]


def test_every_changed_byte_is_found(run):
    """In an uncompressed copy, where no checksum of the compression helps: in blocks, not in header fields."""
    _, path = run
    plain = gzip.decompress(path.read_bytes())
    copy = path.with_suffix(".plain")
    start = plain.index(PAGE)
    for at in range(start, start + len(PAGE)):
        copy.write_bytes(plain[:at] + bytes([plain[at] ^ 1]) + plain[at + 1 :])
        problems = [f.problem for f in check_warc(copy)]
        assert problems == [f"its {what} is not what its digest says" for what in ("block", "payload")]


def test_a_damaged_file_is_reported(run):
    _, path = run
    data = path.read_bytes()
    path.write_bytes(data[:-9])
    assert [f.problem for f in check_warc(path)] == ["the file ends in the middle of a record"]
    assert str(next(check_warc(path))).startswith(f"{path}: byte ")
    assert [f.problem for f in check_warc(path.with_name("no.warc"))] == ["cannot be read (No such file or directory)"]


@pytest.mark.parametrize(
    ("digest", "flaws"),
    [
        ("sha1:{sha1}", 0),
        ("SHA-256:{sha256hex}", 0),
        ("md5:00000000000000000000000000000000", 1),
        ("unknown:AAAA", 0),
        ("nonsense", 0),
    ],
)
def test_digests_of_other_writers(tmp_path, digest, flaws):
    block = b"a: b\r\n"
    sha1 = b32encode(hashlib.sha1(block).digest()).decode()
    digest = digest.format(sha1=sha1, sha256hex=hashlib.sha256(block).hexdigest())
    head = f"WARC/1.0\r\nWARC-Type: metadata\r\nWARC-Block-Digest: {digest}\r\nContent-Length: {len(block)}\r\n\r\n"
    path = tmp_path / "a.warc"
    path.write_bytes(head.encode() + block + b"\r\n\r\n")
    assert len(list(check_warc(path))) == flaws
