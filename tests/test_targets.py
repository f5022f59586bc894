"""Lists of URLs: what becomes a target, what becomes a problem, and that the rest goes on."""

import io
import itertools
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cccheck.errors import DataError, UsageError
from cccheck.model import Problem, Target
from cccheck.targets import iter_targets, parse_targets, read_targets, url_problem, without_secrets


def from_text(text: str, form: str = "text"):
    return list(parse_targets(io.StringIO(text, newline=""), form, "urls"))


def pairs(rows):
    return [(row.line, row.url, row.hint) for row in rows if isinstance(row, Target)]


def test_one_url_a_line_with_comments_and_hints():
    rows = from_text(
        "# copies\n\nhttps://a.example/x w1\n  https://b.example/y\tw2  # seen in May\nhttps://c.example/#part\r\n#end"
    )
    assert pairs(rows) == [
        (3, "https://a.example/x", "w1"),
        (4, "https://b.example/y", "w2"),
        (5, "https://c.example/#part", None),
    ]
    assert len(rows) == 3


def test_the_same_url_and_hint_is_one_target():
    rows = from_text("https://a.example/ w1\nhttps://a.example/ w1\nhttps://a.example/ w2\nhttps://a.example/\n")
    assert [(line, hint) for line, _, hint in pairs(rows)] == [(1, "w1"), (3, "w2"), (4, None)]


def test_a_bad_line_has_its_number_and_the_rest_goes_on():
    rows = from_text("https://a.example/\nno url\nhttps://b.example/\n")
    assert isinstance(rows[1], Problem) and rows[1].line == 2 and rows[1].text == "no url"
    assert len(pairs(rows)) == 2


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("www.site.example/x", "has no scheme; write https://www.site.example/x"),
        ("//site.example/x", "has no scheme; write https://site.example/x"),
        ("localhost:8000/x", "has no scheme; write https://localhost:8000/x"),
        ("ftp://site.example/x", "only http and https"),
        ("mailto:me@site.example", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("word", "this is no URL; write one that begins with https://"),
        ("https://", "no valid host"),
        ("https:///path", "no valid host"),
        ("https://site.example:0/", "no valid host"),
        ("https://site.example:99999/", "host or the port"),
        ("https://[::1/", "host or the port"),
        ("https://-.example/", "no valid host"),
        ("https://a..example/", "no valid host"),
        ("https://me:secret@site.example/", "user name or a password"),
        ("https://me@site.example/", "user name or a password"),
        ("https://site.example/\u202egpj", "invisible"),
        ("https://site.example/\ufffd", "broken characters"),
        ("https://site.example/" + "x" * 9000, "longer than"),
    ],
)
def test_what_is_wrong_with_an_address(url, message):
    assert message in (url_problem(url) or "")


@pytest.mark.parametrize(
    "url",
    [
        "https://site.example",
        "HTTP://Site.Example:8080/a?b=c#d",
        "https://bücher.example/ä",
        "http://127.0.0.1:80/",
        "https://[2001:db8::1]:443/x",
        "https://site.example/@name/x",
        "https://a_b.example./",
    ],
)
def test_usable_addresses(url):
    assert url_problem(url) is None


@pytest.mark.parametrize(
    "line",
    [
        "https://me:s3cret@site.example/",
        "https://me:s3/cret@site.example/",
        "me:s3cret@site.example/x",
        "https://s3cret@site.example/ a b c",
        "ftp://me:s3cret@site.example/",
        "see https://me:s3cret@site.example/ and https://you:s3cret@other.example/",
    ],
)
def test_passwords_are_never_repeated(line):
    (problem,) = from_text(line)
    assert "s3cret" not in repr(problem) and "cret@" not in repr(problem)


def test_csv_with_further_columns():
    rows = from_text('Found by,URL,Work\nAnn,https://a.example/,w1\n"Bo, B.",https://b.example/,\n\n# later\n', "csv")
    assert pairs(rows) == [(2, "https://a.example/", "w1"), (3, "https://b.example/", None)]
    assert [row.extra for row in rows] == [{"Found by": "Ann"}, {"Found by": "Bo, B."}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_spreadsheet(delimiter):
    rows = from_text(f"url{delimiter}work\r\nhttps://a.example/?b=1{delimiter}w\r\n", "csv")
    assert pairs(rows) == [(2, "https://a.example/?b=1", "w")]


def test_csv_rows_keep_their_line_over_line_breaks_in_cells():
    rows = from_text('url,note\nhttps://a.example/,"one\ntwo"\nbad,x\nhttps://b.example/,y\n', "csv")
    assert pairs(rows) == [(2, "https://a.example/", None), (5, "https://b.example/", None)]
    assert isinstance(rows[1], Problem) and rows[1].line == 4


def test_an_open_quotation_mark_is_named_with_its_line():
    rows = from_text('url\nhttps://a.example/\n"https://b.example/\nhttps://c.example/\n', "csv")
    assert isinstance(rows[1], Problem)
    assert (rows[1].line, rows[1].text) == (3, '"https://b.example/')
    assert "not closed" in rows[1].message


def test_csv_without_a_url_column():
    with pytest.raises(DataError, match=r"urls: line 1: no column is called `url`; begin with a line such as url,work"):
        from_text("https://a.example/\n", "csv")


def test_json_lines():
    rows = from_text(
        '{"url": "https://a.example/", "work": "w1", "seen": 3, "by": null}\n\n{"url": 4}\n[1]\n{"url"\n'
        '{"url": "https://b.example/"}\n',
        "json",
    )
    assert pairs(rows) == [(1, "https://a.example/", "w1"), (6, "https://b.example/", None)]
    assert rows[0].extra == {"seen": "3", "by": ""}
    assert [row.line for row in rows if isinstance(row, Problem)] == [3, 4, 5]


def test_extra_columns_hold_no_passwords():
    (row,) = from_text('{"url": "https://a.example/", "from": "https://me:s3cret@b.example/"}', "json")
    assert "s3cret" not in repr(row)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_files_of_any_editor(tmp_path, encoding, ending):
    (tmp_path / "urls.txt").write_bytes(
        ending.join(["https://a.example/é w", "x", "https://b.example/"]).encode(encoding)
    )
    targets, problems = read_targets(tmp_path / "urls.txt")
    assert [(t.url, t.hint, t.line) for t in targets] == [
        ("https://a.example/é", "w", 1),
        ("https://b.example/", None, 3),
    ]
    assert [problem.line for problem in problems] == [2]


def test_a_latin_1_file_loses_only_the_lines_it_spoils(tmp_path):
    (tmp_path / "urls.txt").write_bytes(b"https://a.example/ # caf\xe9\nhttps://b.example/caf\xe9\n")
    targets, problems = read_targets(tmp_path / "urls.txt")
    assert [target.url for target in targets] == ["https://a.example/"]
    assert "save the list as UTF-8" in problems[0].message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("u.csv", "url\nhttps://a.example/\n"),
        ("u.TSV", "url\twork\nhttps://a.example/\tw\n"),
        ("u.jsonl", '{"url": "https://a.example/"}\n'),
        ("u.ndjson", '{"url": "https://a.example/"}\n'),
        ("urls", "https://a.example/\n"),
    ],
)
def test_the_form_follows_from_the_name(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    targets, problems = read_targets(tmp_path / name)
    assert [target.url for target in targets] == ["https://a.example/"] and not problems


@pytest.mark.parametrize("content", ["", "\n\n", "# nothing\n"])
def test_an_empty_list_is_no_error(tmp_path, content):
    (tmp_path / "urls.txt").write_text(content)
    assert read_targets(tmp_path / "urls.txt") == ((), ())


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbfhttps://a.example/ w\n")))
    assert read_targets("-")[0] == (Target("https://a.example/", "w", 1),)
    assert not sys.stdin.buffer.closed


def test_a_missing_list_and_a_folder_say_so(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(UsageError, match="name a list of URLs, or - for standard input"):
            read_targets(path)


def test_nothing_is_read_ahead(tmp_path):
    endless = (f"https://a.example/{n}\n" for n in itertools.count())
    rows = itertools.islice(parse_targets(endless, "text", "endless"), 3)
    assert [row.line for row in rows] == [1, 2, 3]
    (tmp_path / "urls.txt").write_text("https://a.example/\n" * 3)
    assert next(iter_targets(tmp_path / "urls.txt")).line == 1


@given(st.text(max_size=200), st.sampled_from(["text", "json"]))
def test_every_line_is_a_target_a_problem_or_nothing(text, form):
    for row in from_text(text, form):
        assert isinstance(row, Target | Problem)
        assert row.line >= 1
        if isinstance(row, Target):
            assert row.url.lower().startswith(("http://", "https://"))


@given(st.text(max_size=200))
def test_any_csv_is_read_without_error(text):
    assert all(isinstance(row, Target | Problem) for row in from_text("url\n" + text, "csv"))


@given(st.from_regex(r"[a-z]{1,8}:[a-z0-9/#?:]{1,8}@[a-z]{1,5}\.example", fullmatch=True))
def test_what_looks_like_a_login_is_taken_out(login):
    assert login.split("@")[0] not in without_secrets(f"https://{login}/x")
