"""`cccheck work` as a user types it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from typing_in import typed

BODY = "\n\n".join(f"Paragraph {n} speaks of rivers and of the bridges that cross them, one by one." for n in range(9))
NOTICE = (
    "This article (Nine Bridges) is free and open source. You have permission to republish this article under a "
    "Creative Commons license with attribution to Ida Ferrow and LanternProject.example."
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta property="og:title" content="Floods"><meta name="author" '
    'content="Ida Ferrow"><meta property="og:site_name" content="The Lantern"></head><body><article><h1>Floods</h1>'
    + "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n\n"))
    + "<p>This article is licensed under CC BY-ND 4.0.</p></article></body></html>"
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs `cccheck` in an empty folder; without a word on standard input and no settings of the machine."""
    monkeypatch.chdir(tmp_path)
    for key in ("CONTACT", "WORKS", "DELAY", "ALLOW_PRIVATE"):
        monkeypatch.delenv(f"CCCHECK_{key}", raising=False)
    return lambda *args: CliRunner().invoke(cccheck, list(args), catch_exceptions=False)


@pytest.fixture
def article(run) -> str:
    Path("article.txt").write_text(f"{BODY}\n\n{NOTICE} If you spot a typo, tell us. Image credit: Pixelpond.", "utf-8")
    return "article.txt"


URL = ("--url", "https://lanternproject.example/nine")


def test_at_a_terminal_what_a_source_does_not_say_is_asked_for(tmp_path):
    (tmp_path / "bridges.txt").write_text(f"Nine Bridges\n\n{BODY}", "utf-8")
    answers = ("Nine Bridges", "Ida Ferrow, Tom Alder", "The Lantern", "https://lantern.example/nine", "cc by-nd 4.0")
    typed(tmp_path, ("work", "add", "bridges.txt"), answers)
    record = json.loads((tmp_path / "works" / "nine-bridges.json").read_text("utf-8"))
    assert [author["name"] for author in record["authors"]] == ["Ida Ferrow", "Tom Alder"]
    assert record["publisher"] == {"name": "The Lantern", "url": "https://lantern.example/"}
    assert (record["license"], record["text"]) == ("CC-BY-ND-4.0", BODY)


def test_at_a_terminal_nobody_may_be_named_and_an_answer_may_be_owed(tmp_path):
    (tmp_path / "bridges.txt").write_text(BODY, "utf-8")
    answers = ["Nine Bridges", "-", "The Lantern", "https://lantern.example/nine", "CC"]
    typed(tmp_path, ("work", "add", "bridges.txt"), ["", *answers[1:]], status=2)
    assert not (tmp_path / "works").exists()
    typed(tmp_path, ("work", "add", "bridges.txt"), answers)
    assert json.loads((tmp_path / "works" / "nine-bridges.json").read_text("utf-8"))["anonymous"] is True


def test_add_makes_a_record_of_a_text_and_says_from_where(run, article):
    result = run("work", "add", article, *URL)
    assert result.exit_code == 0, result.stderr
    record = json.loads(Path("works/nine-bridges.json").read_text("utf-8"))
    assert record == {
        "id": "nine-bridges",
        "title": "Nine Bridges",
        "authors": [{"name": "Ida Ferrow"}],
        "publisher": {"name": "LanternProject.example", "url": "https://lanternproject.example/"},
        "url": "https://lanternproject.example/nine",
        "license": "CC",
        "credit": ["author", "publisher", "link"],
        "notice": NOTICE,
        "text": BODY,
    }
    lines = result.stdout.splitlines()
    assert lines[2].split() == ["authors", "Ida", "Ferrow", "(the", "notice)"]
    assert any(line.startswith("left out") for line in lines)
    assert lines[-1] == "written to works/nine-bridges.json"


def test_add_asks_for_everything_that_is_missing_at_once(run, article):
    assert run("work", "add", article).stderr == (
        "cccheck: the source does not say everything a record needs; give --url\n"
    )
    Path("bare.txt").write_text(BODY)
    result = run("work", "add", "bare.txt", "--title", "Nine Bridges")
    assert result.exit_code == 2
    assert result.stderr.endswith("give --author or --anonymous, --publisher, --url and --license\n")
    assert not Path("works").exists()


def test_add_with_everything_given(run):
    Path("bare.txt").write_text(f"Nine Bridges\n\nBy Ida Ferrow and Tom Alder\n\n{BODY}")
    result = run(
        *(
            "work",
            "add",
            "bare.txt",
            *URL,
            "--title",
            "Nine Bridges",
            "--author",
            "Ida Ferrow",
            "--author",
            "Tom Alder",
        ),
        *("--publisher", "The Lantern", "--license", "CC-BY-4.0", "--license", "CC-BY-SA-4.0", "--id", "nine"),
        *("--credit", "link", "--credit", "author", "--published", "2016-11-01", "--language", "en", "--works", "w"),
        *("--publisher-url", "https://lantern.example/", "--alternate-url", "https://lantern.example/9"),
    )
    assert result.exit_code == 0, result.stderr
    record = json.loads(Path("w/nine.json").read_text("utf-8"))
    assert record["license"] == ["CC-BY-4.0", "CC-BY-SA-4.0"] and record["credit"] == ["author", "link"]
    assert record["publisher"] == {"name": "The Lantern", "url": "https://lantern.example/"}
    assert record["text"] == BODY


def test_add_anonymous(run):
    Path("bare.txt").write_text(BODY)
    given = (*URL, "--title", "T", "--publisher", "P", "--license", "permission", "--anonymous")
    assert run("work", "add", "bare.txt", *given).exit_code == 0
    record = json.loads(Path("works/t.json").read_text())
    assert (record["authors"], record["anonymous"]) == ([], True)
    assert run("work", "check").exit_code == 0


def test_add_does_not_overwrite_unasked(run, article):
    assert run("work", "add", article, *URL).exit_code == 0
    again = run("work", "add", article, *URL)
    assert again.exit_code == 2 and "--force" in again.stderr
    assert run("work", "add", article, *URL, "--force", "--title", "Ten Bridges", "--id", "nine-bridges").exit_code == 0
    assert "Ten Bridges" in run("work", "list").stdout


def test_add_a_saved_page(run):
    Path("page").write_text(PAGE)
    result = run("work", "add", "page", "--url", "https://lantern.example/2021/floods")
    assert result.exit_code == 0, result.stderr
    record = json.loads(Path("works/floods.json").read_text("utf-8"))
    assert (record["license"], record["text"]) == ("CC-BY-ND-4.0", BODY)


def test_the_text_of_a_page_is_to_be_confirmed(run):
    Path("page").write_text(PAGE)
    added = run("work", "add", "page", "--url", "https://lantern.example/2021/floods")
    assert "then: cccheck work confirm floods" in added.stdout and BODY[:60] in added.stdout
    assert json.loads(Path("works/floods.json").read_text("utf-8"))["extracted"] is True
    assert run("work", "confirm", "floods").stdout == "works/floods.json: confirmed: cuts count from now on\n"
    assert "extracted" not in json.loads(Path("works/floods.json").read_text("utf-8"))
    assert run("work", "confirm", "floods").stdout == "works/floods.json: needs no confirmation\n"
    assert run("work", "check").exit_code == 0


def test_the_text_of_a_text_file_needs_no_confirmation(run, article):
    run("work", "add", article, *URL)
    (path,) = Path("works").glob("*.json")
    assert "extracted" not in json.loads(path.read_text("utf-8"))


def test_only_a_work_that_is_there_can_be_confirmed(run, article):
    run("work", "add", article, *URL)
    result = run("work", "confirm", "none")
    assert result.exit_code == 2 and "no work is called `none`" in result.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "article: is empty; put the article's text there"),
        (b"  \n", "article: is empty"),
        (b"caf\xe9", "article: byte 3: not a UTF-8 text; save the article as UTF-8 text"),
        (b"a\x00b", "article: no text but binary data"),
        (b"<html><body></body></html>", "no text of an article was found"),
    ],
)
def test_add_says_what_is_wrong_with_a_source(run, content, message):
    Path("article").write_bytes(content)
    result = run("work", "add", "article", *URL)
    assert result.exit_code == 2 and result.stderr.startswith(f"cccheck: {message}")
    assert len(result.stderr.splitlines()) == 1


def test_add_of_a_missing_file(run):
    result = run("work", "add", "none.txt")
    assert result.exit_code == 2 and "none.txt: No such file or directory; name a text file" in result.stderr


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("--license", "CC-BY-5.0"), "--license: `CC-BY-5.0` is no known licence; did you mean `CC-BY-4.0`?"),
        (("--id", "../up"), "--id: `../up` is not what belongs here"),
        (("--published", "soon"), "--published: `soon` is not what belongs here; write the date as 2016-11-01"),
    ],
)
def test_add_names_a_wrong_option(run, article, given, message):
    result = run("work", "add", article, *URL, *given)
    assert result.exit_code == 2 and result.stderr.startswith(f"cccheck: {message}")


def test_the_folder_of_works_comes_from_the_settings(run, article):
    Path("cccheck.toml").write_text('works = "catalogue"\n')
    assert run("work", "add", article, *URL).exit_code == 0
    assert Path("catalogue/nine-bridges.json").exists()
    assert run("work", "list").stdout == "nine-bridges  CC  Nine Bridges\n"
    assert "no such folder" in run("work", "list", "--works", "other").stderr


def test_a_broken_setting_is_told(run):
    Path("cccheck.toml").write_text('wroks = "x"\n')
    result = run("work", "list")
    assert result.exit_code == 2 and "wroks: is no known key; did you mean `works`?" in result.stderr


def test_show(run, article):
    run("work", "add", article, *URL)
    shown = run("work", "show", "nine-bridges").stdout
    assert "authors        Ida Ferrow" in shown and BODY.split("\n\n")[3] in shown
    assert json.loads(run("work", "show", "nine-bridges", "--json").stdout)["text"] == BODY
    missing = run("work", "show", "nine")
    assert missing.exit_code == 2 and "no work is called `nine`" in missing.stderr


def test_show_and_list_do_not_steer_the_terminal(run, article):
    run("work", "add", article, *URL, "--title", "Nine\x1b[2JBridges", "--id", "nine")
    assert "\x1b" not in run("work", "list").stdout + run("work", "show", "nine").stdout


def test_check_lists_every_problem(run, article):
    run("work", "add", article, *URL)
    assert run("work", "check").exit_code == 0
    record = json.loads(Path("works/nine-bridges.json").read_text("utf-8"))
    Path("works/a.json").write_text(json.dumps(record | {"id": "a", "url": "x", "titel": "y"}))
    Path("works/b.json").write_text('{"id": "b",\n')
    Path("works/c.json").write_text(json.dumps(record))
    result = run("work", "check", "works")
    assert result.exit_code == 2
    assert result.stdout.splitlines() == [
        "works/a.json: titel: is no known key; did you mean `title`?",
        "works/a.json: url: `x` is not what belongs here; write a whole address such as https://site.example/article",
        "works/b.json: line 2, column 1: no valid JSON: Expecting property name enclosed in double quotes; "
        "mend the file there",
        "works/nine-bridges.json: id: `nine-bridges` is the id of works/c.json too; give every work an id of its own",
    ]
    assert result.stderr == "4 records, 4 problems\n"


# ------------------------------------------------------------------ from the web


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        found = {"/floods": (200, PAGE), "/robots.txt": (404, "")}.get(self.path.split("?")[0], (404, "gone"))
        self.send_response(found[0])
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(found[1].encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_add_from_the_web(run, site):
    Path("cccheck.toml").write_text('contact = "rights@lantern.example"\nallow_private = true\ndelay = 0\n')
    result = run("work", "add", f"{site}/floods")
    assert result.exit_code == 0, result.stderr
    record = json.loads(Path("works/floods.json").read_text("utf-8"))
    assert (record["url"], record["text"]) == (f"{site}/floods", BODY)


def test_add_from_the_web_says_what_came(run, site):
    Path("cccheck.toml").write_text('contact = "rights@lantern.example"\nallow_private = true\ndelay = 0\n')
    result = run("work", "add", f"{site}/none")
    assert result.exit_code == 2 and "404" in result.stderr and len(result.stderr.splitlines()) == 1


def test_add_from_the_web_keeps_away_from_private_addresses(run, site):
    Path("cccheck.toml").write_text('contact = "rights@lantern.example"\ndelay = 0\n')
    result = run("work", "add", f"{site}/floods")
    assert result.exit_code == 2 and "private-address" in result.stderr


def test_add_from_the_web_says_who_asks(run):
    result = run("work", "add", "https://lantern.example/x")
    assert result.exit_code == 2 and "contact" in result.stderr and "cccheck.toml" in result.stderr


def test_add_never_repeats_a_password(run):
    result = run("work", "add", "https://me:s3cret@lantern.example/x")
    assert result.exit_code == 2 and "s3cret" not in result.output and "take them out" in result.stderr
