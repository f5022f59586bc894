"""Answers from WARC files: found however they are written, followed, decoded, bounded, and honest about damage."""

import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from cccheck.errors import DataError
from cccheck.fetch.replay import ReplayFetcher
from cccheck.model import Capture, FetchFailure, Reason

from .warcs import DATE, Archive

PAGE = b"<html><p>The article.</p></html>"


@pytest.fixture(
    params=[(True, "1.1"), (False, "1.1"), (True, "1.0"), (False, "1.0")], ids=["gz11", "plain11", "gz10", "plain10"]
)
def archive(request, tmp_path):
    packed, version = request.param
    return Archive(tmp_path / ("a.warc.gz" if packed else "a.warc"), gzip=packed, version=version)


@pytest.fixture
def one(tmp_path):
    return Archive(tmp_path / "a.warc.gz")


def fetch(archive, url, **options):
    return ReplayFetcher([archive.path], **options).fetch(url)


def test_gives_what_was_captured(archive):
    record_id = archive.response("https://a.example/x", PAGE, headers=[("X-A", "1")])
    archive.response("https://b.example/", b"other")
    found = fetch(archive, "https://a.example/x")
    assert isinstance(found, Capture)
    assert (found.status, found.body, found.header("x-a")) == (200, PAGE, "1")
    assert (found.fetched_at, found.warc, found.record_id) == (DATE, str(archive.path), record_id)


@pytest.mark.parametrize(
    "asked",
    [
        "https://A.example/",
        "https://a.example",
        "https://a.example:443/",
        "https://a.example/#part",
        "https://u:p@a.example/",
    ],
)
def test_the_address_may_be_written_otherwise(one, asked):
    one.response("https://a.example/", PAGE)
    assert fetch(one, asked).body == PAGE


@pytest.mark.parametrize(
    "asked", ["https://bücher.example/%c3%a9/%7Ea?q=%20x", "https://xn--bcher-kva.example/é/~a?q= x"]
)
def test_international_addresses_meet(one, asked):
    one.response("https://xn--bcher-kva.example/%C3%A9/~a?q=%20x", PAGE)
    assert fetch(one, asked).body == PAGE


def test_address_in_angle_brackets(one):
    one.record(
        "<https://a.example/>", "response", b"HTTP/1.1 200 OK\r\n\r\n" + PAGE, "application/http;msgtype=response"
    )
    assert fetch(one, "https://a.example/").body == PAGE


def test_what_is_not_there(one):
    one.response("https://a.example/")
    found = fetch(one, "https://b.example/")
    assert isinstance(found, FetchFailure)
    assert (found.reason, found.fetched_at) == (Reason.NOT_CAPTURED, DATE)


@pytest.mark.parametrize("url", ["ftp://a.example/", "javascript:alert(1)", "https://", "https://a.example:99999/"])
def test_what_is_no_web_address(one, url):
    one.response("https://a.example/")
    assert fetch(one, url).reason is Reason.UNSUPPORTED


def test_the_latest_capture_counts(one):
    one.response("https://a.example/", b"middle", date="2026-11-02T00:00:00Z")
    one.response("https://a.example/", b"late", date="2026-11-02T00:00:00.5Z")
    one.response("https://a.example/", b"early", date="2026-11-01T00:00:00Z")
    assert fetch(one, "https://a.example/").body == b"late"


def test_redirects_are_followed_and_kept(one):
    one.response("http://a.example/", status="301 Moved", headers=[("Location", "https://a.example/")])
    one.response("https://a.example/", status="302 Found", headers=[("Location", "//b.example/x?y#z")])
    one.response("https://b.example/x?y", PAGE)
    found = fetch(one, "http://a.example/")
    assert (found.url, found.final_url) == ("http://a.example/", "https://b.example/x?y#z")
    assert [(r.url, r.status) for r in found.redirects] == [("http://a.example/", 301), ("https://a.example/", 302)]


def test_a_redirect_out_of_the_archive(one):
    one.response("http://a.example/", status="301 Moved", headers=[("Location", "https://gone.example/")])
    found = fetch(one, "http://a.example/")
    assert found.reason is Reason.NOT_CAPTURED
    assert found.redirects[0].location == "https://gone.example/"


def test_redirects_in_a_circle_and_too_many(one):
    one.response("https://a.example/", status="302 Found", headers=[("Location", "/b")])
    one.response("https://a.example/b", status="302 Found", headers=[("Location", "/")])
    for n in range(12):
        one.response(f"https://c.example/{n}", status="302 Found", headers=[("Location", f"/{n + 1}")])
    assert fetch(one, "https://a.example/").reason is Reason.REDIRECTS
    assert fetch(one, "https://c.example/0").reason is Reason.REDIRECTS
    assert fetch(one, "https://c.example/9", max_redirects=3).reason is Reason.NOT_CAPTURED


def test_a_redirect_to_another_scheme(one):
    one.response("https://a.example/", status="302 Found", headers=[("Location", "file:///etc/passwd")])
    assert fetch(one, "https://a.example/").reason is Reason.UNSUPPORTED


def test_a_redirect_status_without_a_goal_is_a_page(one):
    one.response("https://a.example/", PAGE, status="302 Found")
    assert fetch(one, "https://a.example/").status == 302


def test_error_statuses_are_captures(one):
    one.response("https://a.example/", b"gone", status="404 Not Found")
    assert fetch(one, "https://a.example/").status == 404


def raw_deflate(data):
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(data) + squeeze.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:])),
        ("gzip", PAGE),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", raw_deflate(PAGE)),
        ("deflate", PAGE),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
        ("utf-8", PAGE),
        ("gzip", gzip.compress(PAGE) + b"trailing"),
    ],
)
def test_content_codings(one, coding, body):
    one.response("https://a.example/", body, headers=[("Content-Encoding", coding)])
    assert fetch(one, "https://a.example/").body == PAGE


@pytest.mark.parametrize(
    ("chunks", "body"),
    [
        (b"5\r\n<html\r\n1b;x=y\r\n><p>The article.</p></html>\r\n0\r\nTrailer: x\r\n\r\n", PAGE),
        (PAGE, PAGE),
    ],
)
def test_chunks(one, chunks, body):
    one.response("https://a.example/", chunks, headers=[("Transfer-Encoding", "chunked")])
    assert fetch(one, "https://a.example/").body == body


def test_a_bomb_is_too_large(one):
    one.response("https://a.example/", gzip.compress(bytes(30 << 20)), headers=[("Content-Encoding", "gzip")])
    found = fetch(one, "https://a.example/")
    assert found.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([("Content-Length", "5000")], b"<html><p>The arti"),
        ([("Transfer-Encoding", "chunked")], b"ff\r\n<html><p>The arti"),
        ([("Content-Encoding", "gzip")], gzip.compress(PAGE[:-7] * 99)[:-20]),
    ],
    ids=["length", "chunks", "gzip"],
)
def test_what_was_cut_off_is_no_page(one, headers, body):
    one.response("https://a.example/", body, headers=headers)
    found = fetch(one, "https://a.example/")
    assert found.reason is Reason.REFUSED
    assert "cut off" in found.detail


def test_a_page_that_reaches_its_end_tag_is_whole(one):
    one.response("https://a.example/", PAGE, headers=[("Content-Length", "5000")])
    assert fetch(one, "https://a.example/").body == PAGE


def test_truncated_when_captured(one):
    one.response("https://a.example/", PAGE, fields=[("WARC-Truncated", "length")])
    assert fetch(one, "https://a.example/").reason is Reason.TOO_LARGE


def test_revisits_bring_the_body_they_refer_to(one):
    first = one.response("https://a.example/", PAGE)
    profile = ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest")
    refer = [profile, ("WARC-Refers-To-Target-URI", "https://a.example/"), ("WARC-Refers-To-Date", DATE)]
    second = one.response("https://b.example/", b"", kind="revisit", headers=[("X-Own", "1")], fields=refer)
    one.response(
        "https://c.example/",
        b"",
        kind="revisit",
        fields=[profile, ("WARC-Refers-To", first)],
        status="304 Not Modified",
    )
    one.response("https://d.example/", b"", kind="revisit", fields=[profile, ("WARC-Refers-To", "<urn:x>")])
    replay = ReplayFetcher([one.path])
    found = replay.fetch("https://b.example/")
    assert (found.body, found.header("X-Own"), found.record_id) == (PAGE, "1", second)
    assert (replay.fetch("https://c.example/").status, replay.fetch("https://c.example/").body) == (200, PAGE)
    assert replay.fetch("https://d.example/").reason is Reason.NOT_CAPTURED


def test_resource_records(one):
    one.record("https://a.example/", "resource", PAGE, "text/html")
    found = fetch(one, "https://a.example/")
    assert (found.status, found.header("content-type"), found.body) == (200, "text/html", PAGE)


def test_several_files_and_threads(tmp_path):
    archives = [Archive(tmp_path / f"{n}.warc.gz") for n in range(3)]
    for n in range(300):
        archives[n % 3].response(f"https://a.example/{n}", b"%d" % n)
    replay = ReplayFetcher([a.path for a in archives])
    with ThreadPoolExecutor(8) as pool:
        bodies = list(pool.map(lambda n: replay.fetch(f"https://a.example/{n}").body, range(300)))
    assert bodies == [b"%d" % n for n in range(300)]


@pytest.mark.parametrize(
    "content", [b"hello\n", b"WARC/1.1\r\nno: end", b"\x1f\x8bxxxxxxxxxxxxxxxxx", b"WARC/1.1\r\nA: b\r\n\r\n"]
)
def test_a_broken_file_is_named(tmp_path, content):
    path = tmp_path / "broken.warc"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"broken\.warc: byte 0: "):
        ReplayFetcher([path])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match="missing"):
        ReplayFetcher([tmp_path / "missing.warc"])


def test_an_empty_file_holds_nothing(tmp_path):
    (tmp_path / "a.warc").touch()
    assert ReplayFetcher([tmp_path / "a.warc"]).fetch("https://a.example/").reason is Reason.NOT_CAPTURED


def test_damage_is_found_wherever_it_is(archive):
    archive.response("https://a.example/")
    whole = archive.path.stat().st_size
    archive.response("https://b.example/")
    data = archive.path.read_bytes()
    for cut in range(whole + 1, len(data)):
        archive.path.write_bytes(data[:cut])
        with pytest.raises(DataError, match=f"byte {whole}: "):
            ReplayFetcher([archive.path])


def test_records_compressed_together(one, tmp_path):
    one.response("https://a.example/")
    one.response("https://b.example/")
    path = tmp_path / "b.warc.gz"
    path.write_bytes(gzip.compress(gzip.decompress(one.path.read_bytes())))
    with pytest.raises(DataError, match="gunzip"):
        ReplayFetcher([path])
