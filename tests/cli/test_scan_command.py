"""`cccheck scan`: statuses, input lines, files, the terminal, the same bytes again; and a run that was cut off."""

import fcntl
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from making import WORKS
from scanning import CREDIT, NOW, PAGES, Scans, pages_of

GOOD, BAD = "https://good.example/ferries", "https://bad.example/ferries"
OTHER, QUOTE = "https://other.example/regatta", "https://quoting.example/ferries"


@pytest.fixture
def scans(tmp_path):
    return Scans(tmp_path)


def listed(scans: Scans, *lines: str, name: str = "urls.txt") -> str:
    path = scans.folder / name
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return str(path)


# ------------------------------------------------------------------ exit statuses


@pytest.mark.parametrize(
    ("urls", "status"),
    [
        ([GOOD], 0),
        ([OTHER, QUOTE], 0),
        ([], 0),
        (["https://unsure.example/ferries"], 0),
        ([BAD], 1),
        ([GOOD, BAD, "https://absent.example/"], 1),
        (["no url", BAD], 1),
        (["https://absent.example/"], 3),
        ([GOOD, "https://gone.example/ferries"], 3),
        ([GOOD, "no url"], 3),
        pytest.param([GOOD + " no-such-work"], 3),
    ],
)
def test_the_status_says_what_was_found(scans, urls, status):
    result = scans.run(urls=listed(scans, *urls))
    assert result.exit_code == status, result.output


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (["--now", "soon"], "--now"),
        (["--works", "nowhere"], "nowhere"),
        (["--replay", "nowhere.warc"], "nowhere.warc"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
        (["--format", "pigeon"], "pigeon"),
        (["--jobs", "0"], "jobs"),
    ],
)
def test_what_cannot_be_done_is_a_line_and_status_2(scans, change, told):
    result = scans.run(*change)
    assert result.exit_code == 2 and told in result.stderr
    assert "Traceback" not in result.output


def test_a_missing_list_is_a_line_and_status_2(scans):
    result = scans.run(urls="nowhere.txt")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_an_archive_that_is_none_is_a_line_and_status_2(scans):
    scans.warc.write_bytes(b"no archive at all\n")
    result = scans.run()
    assert result.exit_code == 2 and "pages.warc.gz" in result.stderr and len(result.stderr.splitlines()) == 1


def test_an_empty_catalogue_is_a_line_and_status_2(scans):
    (scans.folder / "none").mkdir()
    assert scans.run("--works", str(scans.folder / "none")).exit_code == 2


def test_a_broken_record_is_a_line_and_status_2(scans):
    works = scans.folder / "works"
    works.mkdir()
    (works / "x.json").write_text('{"id": "x"}')
    result = scans.run("--works", str(works))
    assert result.exit_code == 2 and "x.json" in result.stderr and len(result.stderr.splitlines()) == 1


def test_the_network_wants_somebody_to_turn_to(scans, monkeypatch):
    monkeypatch.chdir(scans.folder)
    arguments = ["scan", str(scans.urls), "--works", str(WORKS), "--output", str(scans.output)]
    result = CliRunner().invoke(cccheck, arguments)
    assert result.exit_code == 2 and "--contact" in result.stderr


# ------------------------------------------------------------------ input


def test_bad_lines_are_reported_with_their_number_and_the_rest_goes_on(scans):
    urls = listed(
        scans, "# a list", GOOD, "", "no url", "ftp://x.example/", f"{BAD} night-ferries", "https://u:secret@x.example/"
    )
    result = scans.run(urls=urls)
    assert [int(n) for n in re.findall(r"line (\d+):", result.stderr)] == [4, 5, 7]
    assert "secret" not in result.output
    report = scans.report()
    assert [problem["line"] for problem in report["run"]["problems"]] == [4, 5, 7]
    assert "secret" not in json.dumps(report)
    assert {page["url"]: page["target"]["line"] for page in pages_of(report)} == {GOOD: 2, BAD: 6}


def test_a_hint_that_names_no_work_is_a_problem_and_the_page_is_checked(scans):
    result = scans.run(urls=listed(scans, f"{GOOD} nobody"))
    assert "line 1:" in result.stderr and "nobody" in result.stderr
    (page,) = pages_of(scans.report())
    assert (page["hint"], page["work"], page["verdict"]) == ("nobody", "night-ferries", "compliant")
    assert page["match"]["hint_missed"]


def test_standard_input(scans):
    result = scans.run(urls="-", input=f"{GOOD}\nno url\n")
    assert result.exit_code == 3 and "line 2:" in result.stderr
    assert [page["url"] for page in pages_of(scans.report())] == [GOOD]


def test_csv_with_further_columns(scans):
    urls = listed(scans, "note;URL;work", f"“first”;{GOOD};night-ferries", f";{BAD};", "x;y;z", name="urls.csv")
    result = scans.run(urls=urls)
    assert "line 4:" in result.stderr
    assert {page["url"]: page["target"]["extra"] for page in pages_of(scans.report())} == {
        GOOD: {"note": "“first”"},
        BAD: {"note": ""},
    }


def test_json_lines_with_further_members(scans):
    urls = listed(scans, json.dumps({"url": GOOD, "id": 7, "tags": ["a"]}), "{", name="urls.jsonl")
    result = scans.run(urls=urls)
    assert result.exit_code == 3 and "line 2:" in result.stderr
    assert pages_of(scans.report())[0]["target"]["extra"] == {"id": "7", "tags": '["a"]'}


def test_half_a_character_in_a_column_does_not_end_the_scan(scans):
    urls = listed(scans, '{"url": "' + GOOD + '", "note": "\\ud800"}', '{"url": "' + QUOTE + '"}', name="urls.jsonl")
    assert scans.run(urls=urls).exit_code in (0, 3)
    assert len(pages_of(scans.report())) >= 1


def test_a_page_for_two_works_is_fetched_once_and_judged_twice(scans):
    scans.run(urls=listed(scans, f"{GOOD} night-ferries", f"{GOOD} quiet-looms", f"{GOOD} night-ferries"))
    assert [(page["url"], page["hint"]) for page in pages_of(scans.report())] == [
        (GOOD, "night-ferries"),
        (GOOD, "quiet-looms"),
    ]


# ------------------------------------------------------------------ output


def test_the_folder_holds_report_journal_and_texts(scans):
    scans.run()
    names = {path.name for path in scans.output.iterdir()}
    assert {"report.json", "audits.jsonl", "run.json", "pages"} <= names
    rows = [json.loads(line) for line in (scans.output / "audits.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == len(PAGES) and all(list(row)[0] == "site" for row in rows)


def test_without_output_a_folder_under_reports_is_named_after_the_start(scans, monkeypatch):
    monkeypatch.chdir(scans.folder)
    arguments = ["scan", str(scans.urls), "--works", str(WORKS), "--replay", str(scans.warc), "--now", NOW]
    assert CliRunner().invoke(cccheck, arguments).exit_code == 1
    (made,) = (scans.folder / "reports").iterdir()
    assert made.name.startswith("20261102T0900") and (made / "report.json").exists()


def test_the_table_names_sites_verdicts_and_what_is_missing(scans):
    out = scans.run().stdout
    lines = {line.split()[0]: " ".join(line.split()) for line in out.splitlines() if line.strip()}
    assert lines["bad.example"].startswith("bad.example 2 violation")
    assert "author" in lines["bad.example"] and "link to the original" in lines["bad.example"]
    assert "look at: author" in lines["unsure.example"]
    assert "soft-404" in lines["gone.example"]
    assert str(scans.output / "report.json") in out


def test_quiet_prints_nothing_but_errors(scans):
    result = scans.run("--quiet", urls=listed(scans, GOOD, "no url"))
    assert result.stdout == "" and result.stderr.splitlines() == [
        line for line in result.stderr.splitlines() if "line 2" in line
    ]
    assert len(result.stderr.splitlines()) == 1 and (scans.output / "report.json").exists()


def test_an_archive_that_makes_the_charset_a_guess_says_nothing(tmp_path):
    made = Scans(tmp_path, {GOOD: "x"})
    from fetch.warcs import Archive

    Archive(made.warc).response(GOOD, b"<p>" + bytes(range(128, 256)) * 2)
    run = subprocess.run(command(made, "-q"), capture_output=True, text=True, timeout=60)
    assert run.stdout == run.stderr == ""


# ------------------------------------------------------------------ the terminal


def arguments_of(scans: Scans) -> list[str]:
    places = {"--works": WORKS, "--replay": scans.warc, "--output": scans.output}
    return ["scan", str(scans.urls), *(str(part) for option in places.items() for part in option)]


def command(scans: Scans, *more: str) -> list[str]:
    return [
        sys.executable,
        "-W",
        "ignore",
        "-c",
        "from cccheck.cli import main; main()",
        *arguments_of(scans),
        "--now",
        NOW,
        *more,
    ]


def in_terminal(scans: Scans, **environment: str) -> str:
    """What the command writes to a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment}
    with subprocess.Popen(
        command(scans), stdin=theirs, stdout=theirs, stderr=theirs, env=env, close_fds=True
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        process.wait(60)
    os.close(ours)
    return shown.decode()


HOSTILE = {
    "https://bad.example/%1b%5b2j": "<title>\x1b[2J\x07own</title><h1>\x1b]0;pwned\x07</h1><!--text--><p>By &#27;[31m Maren\x9b1m \u202eOak</p>",
    "https://x.example/\u202egnp": "<title>\x1b[2J not found 404</title><p>\x1b[8m</p>",
    GOOD: f"<!--text-->{CREDIT}",
}
_CONTROLS = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_plain_where_it_is_no_terminal(scans):
    run = subprocess.run(command(scans), capture_output=True, text=True, timeout=60)
    assert run.returncode == 1 and not _CONTROLS.search(run.stdout + run.stderr)


def test_a_terminal_gets_colours_unless_it_asks_not_to(scans):
    assert "\x1b[" in in_terminal(scans)
    shown = re.sub(r"\x1b\[\??\d*[A-HJKhl]|\x1b\[0?m|\r", "", in_terminal(scans, NO_COLOR="1"))
    assert not re.search(r"\x1b\[(?:3|4|9)\d", shown) and "bad.example" in shown


@pytest.mark.parametrize("more", [(), ("--quiet",)])
def test_what_pages_and_lists_say_cannot_steer_the_terminal(tmp_path, more):
    made = Scans(tmp_path, HOSTILE)
    with made.urls.open("a", encoding="utf-8") as file:
        file.write("https://x.example/\x1b[2J work\n\x1b]0;pwned\x07 no url\nhttps://absent.example/ \x1b[31mid\n")
    result = made.run(*more)
    assert result.exit_code == 1 and not _CONTROLS.search(result.output.replace("\n", ""))


# ------------------------------------------------------------------ again


def contents(folder: Path, *without: str) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in without
    }


def test_the_same_input_gives_the_same_bytes(scans):
    scans.run()
    again = scans.folder / "again"
    scans.run(output=again)
    assert contents(scans.output) == contents(again)
    scans.run()
    assert contents(scans.output) == contents(again)


def test_several_processes_give_the_same_report(scans):
    scans.run()
    many = scans.folder / "many"
    scans.run("--jobs", "2", output=many)
    loose = ("audits.jsonl", "manifest-sha256.txt")
    assert contents(scans.output, *loose) == contents(many, *loose)
    lines = [sorted((folder / "audits.jsonl").read_text("utf-8").splitlines()) for folder in (scans.output, many)]
    assert lines[0] == lines[1]


def test_the_clock_may_be_fixed_by_the_environment(scans, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793610000")
    CliRunner().invoke(cccheck, arguments_of(scans))
    assert scans.report()["run"]["started"] == scans.report()["run"]["finished"] == "2026-11-02T09:00:00Z"


def test_a_time_with_an_offset_is_told_in_utc(scans):
    scans.run("--now", "2026-11-02T10:00:00+01:00")
    assert scans.report()["run"]["started"] == NOW


# ------------------------------------------------------------------ a run that was cut off


def unfinish(folder: Path, journal: bytes) -> None:
    """As after a crash: the run has no end, the journal breaks off."""
    info = json.loads((folder / "run.json").read_text("utf-8"))
    (folder / "run.json").write_text(json.dumps({**info, "finished": None}), encoding="utf-8")
    (folder / "audits.jsonl").write_bytes(journal)
    (folder / "report.json").unlink()


def test_a_run_whose_journal_breaks_off_is_continued(scans):
    urls = listed(scans, GOOD, OTHER)
    scans.run(urls=urls)
    whole = contents(scans.output)
    journal = whole["audits.jsonl"]
    last = journal.rstrip(b"\n").rfind(b"\n") + 1
    cuts = [*range(last - 1, last + 12), (last + len(journal)) // 2, *range(len(journal) - 6, len(journal) + 1)]
    for cut in cuts:
        unfinish(scans.output, journal[:cut])
        scans.run("-q", urls=urls)
        assert contents(scans.output) == whole, cut


def test_what_the_journal_holds_is_not_done_again(scans):
    urls = listed(scans, GOOD, OTHER, QUOTE)
    scans.run(urls=urls)
    lines = (scans.output / "audits.jsonl").read_bytes().splitlines(keepends=True)
    marked = lines[0].replace(b'"detail":""', b'"detail":"from before"')
    assert marked != lines[0]
    unfinish(scans.output, marked)
    scans.run(urls=urls)
    details = [page["detail"] for page in pages_of(scans.report())]
    assert details.count("from before") == 1 and len(details) == 3


def test_lines_behind_a_broken_one_are_done_again(scans):
    urls = listed(scans, GOOD, OTHER, QUOTE)
    scans.run(urls=urls)
    whole = contents(scans.output)
    first, second, third = whole["audits.jsonl"].splitlines(keepends=True)
    unfinish(scans.output, first + second[: len(second) // 2] + b"\n" + third)
    scans.run(urls=urls)
    assert contents(scans.output)["report.json"] == whole["report.json"]


def test_other_inputs_start_anew(scans):
    scans.run(urls=listed(scans, GOOD, OTHER))
    before = (scans.output / "audits.jsonl").read_bytes()
    unfinish(scans.output, before)
    scans.run(urls=listed(scans, QUOTE))
    assert [page["url"] for page in pages_of(scans.report())] == [QUOTE]
    assert len(list((scans.output / "pages").iterdir())) == 1


def test_a_finished_run_is_made_anew(scans):
    urls = listed(scans, GOOD)
    scans.run(urls=urls)
    line = (scans.output / "audits.jsonl").read_bytes()
    (scans.output / "audits.jsonl").write_bytes(line.replace(b'"detail":""', b'"detail":"from before"'))
    scans.run(urls=urls)
    assert pages_of(scans.report())[0]["detail"] == ""


def test_fresh_does_not_continue(scans):
    urls = listed(scans, GOOD)
    scans.run(urls=urls)
    line = (scans.output / "audits.jsonl").read_bytes()
    unfinish(scans.output, line.replace(b'"detail":""', b'"detail":"from before"'))
    scans.run("--fresh", urls=urls)
    assert pages_of(scans.report())[0]["detail"] == ""


def test_the_newest_unfinished_run_is_continued_without_output(scans, monkeypatch):
    monkeypatch.chdir(scans.folder)
    arguments = ["scan", str(scans.urls), "--works", str(WORKS), "--replay", str(scans.warc)]
    CliRunner().invoke(cccheck, [*arguments, "--now", NOW])
    (made,) = (scans.folder / "reports").iterdir()
    unfinish(made, b"")
    CliRunner().invoke(cccheck, [*arguments, "--now", "2026-11-03T09:00:00Z"])
    assert [path.name for path in (scans.folder / "reports").iterdir()] == [made.name]
    CliRunner().invoke(cccheck, [*arguments, "--now", "2026-11-04T09:00:00Z"])
    assert len(list((scans.folder / "reports").iterdir())) == 2


def test_two_scans_do_not_write_to_one_folder(scans):
    scans.run()
    before = contents(scans.output)
    with (scans.output / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = scans.run()
        assert result.exit_code == 2 and "another scan" in result.stderr and len(result.stderr.splitlines()) == 1
    assert contents(scans.output) == before
    assert scans.run().exit_code == 1


# ------------------------------------------------------------------ one page against the rest


@pytest.mark.parametrize(
    "html",
    [
        "<base href='http://[broken'><p>x</p>",
        "<article><!--text 1-4--><p><a href='http://[broken'>Read more</a></p></article>",
    ],
)
def test_a_page_that_makes_the_program_stumble_does_not_end_the_scan(tmp_path, html):
    made = Scans(tmp_path, {"https://a.example/": html, GOOD: PAGES[GOOD]})
    result = made.run()
    assert result.exit_code != 4, result.output
    assert GOOD in [page["url"] for page in pages_of(made.report())]


def test_half_a_character_in_a_list_does_not_end_the_scan(tmp_path):
    made = Scans(tmp_path)
    rows = [{"url": GOOD, "work": "\ud800"}, {"url": "https://a.example/\udfff"}, {"url": BAD, "\ud801": ["\ud802"]}]
    (tmp_path / "urls.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="ascii")
    result = made.run(urls=str(tmp_path / "urls.jsonl"))
    assert result.exit_code == 1, result.output
    assert [problem["line"] for problem in made.report()["run"]["problems"]] == [2, 1]
    assert len(pages_of(made.report())) == 2
