"""`history`, `diff`, `case`, `decide`, `prune`, `init`, and a scan from cron: what a user types and reads."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from making import WORKS
from scanning import PAGES, Scans, archive, pages_of
from typing_in import typed

BAD, GOOD = "https://bad.example/ferries", "https://good.example/ferries"
UNSURE = "https://unsure.example/ferries"
DAYS = [f"2026-11-{day:02}T09:00:00Z" for day in range(1, 10)]


class Room(Scans):
    """A folder with settings, a list and an archive; scans go into its history."""

    def __init__(self, folder: Path, monkeypatch) -> None:
        super().__init__(folder)
        monkeypatch.chdir(folder)
        self.settings()

    def settings(self, more: str = "") -> None:
        text = f'works = "{WORKS}"\nurls = "urls.txt"\n{more}'
        (self.folder / "cccheck.toml").write_text(text, encoding="utf-8")

    def say(self, *words: str, **options):
        return CliRunner().invoke(cccheck, words, **options)

    def scan(self, day: int, *more: str):
        words = ["scan", "urls.txt", "--replay", str(self.warc), "--history", "history.db", "--now", DAYS[day - 1]]
        return self.say(*words, *more)

    def last(self):
        return self.report(sorted((self.folder / "reports").iterdir())[-1])

    def change(self, url: str, html: str) -> None:
        self.warc.unlink()
        archive(self.warc, PAGES | {url: html})


@pytest.fixture
def room(tmp_path, monkeypatch):
    return Room(tmp_path, monkeypatch)


# ------------------------------------------------------------------ a scan and its history


def test_a_replay_is_kept_only_where_it_is_said(room):
    assert room.say("scan", "urls.txt", "--replay", str(room.warc)).exit_code == 1
    assert not (room.folder / "history.db").exists()
    room.scan(1)
    assert (room.folder / "history.db").exists()


def test_a_run_that_broke_off_at_its_end_is_taken_once(room):
    room.scan(1, "--output", "run")
    path = room.folder / "run" / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "finished": None}), encoding="utf-8")
    assert room.scan(1, "--output", "run").exit_code == 1
    assert room.say("history").stdout.count(" pages ") == 1
    assert "(1 run)" in room.say("history", BAD).stdout


def test_without_settings_there_is_no_history(tmp_path, monkeypatch):
    made = Scans(tmp_path)
    monkeypatch.chdir(tmp_path)
    made.run()
    assert not list(tmp_path.glob("*.db"))
    result = CliRunner().invoke(cccheck, ["history"])
    assert result.exit_code == 2 and "give --history FILE" in result.stderr


def test_a_damaged_history_stops_a_scan_before_it_begins(room):
    (room.folder / "history.db").write_bytes(b"no database, whatever its name says" * 100)
    result = room.scan(1)
    assert result.exit_code == 2 and "history.db: is damaged" in result.stderr and len(result.stderr.splitlines()) == 1
    assert (room.folder / "history.db").read_bytes().startswith(b"no database")


def test_history_of_all_of_a_site_and_of_a_page(room):
    room.scan(1)
    room.scan(2)
    overview = room.say("history").stdout
    assert "20261101T090000Z" in overview and "Cases: 1 open" in overview
    of_site = room.say("history", "bad.example").stdout
    assert f"{BAD}\n" in of_site and "violation: author, publication, link to the original, licence (2 runs)" in of_site
    assert "https://bad.example/again" in of_site and "Case 1 (night-ferries): open since" in of_site
    assert GOOD in room.say("history", GOOD).stdout
    rows = [json.loads(line) for line in room.say("history", BAD, "--json").stdout.splitlines()]
    assert ("violation", 2) in [(row["verdict"], row["times"]) for row in rows]


@pytest.mark.parametrize("words", [["history", "x.example"], ["diff", "x"], ["case", "show", "99"]])
def test_what_is_not_there_is_a_line_and_status_2(room, words):
    room.scan(1)
    result = room.say(*words)
    assert result.exit_code == 2 and len(result.stderr.splitlines()) == 1 and words[-1] in result.stderr


def test_diff_in_three_forms(room):
    room.scan(1)
    room.change(BAD, PAGES[GOOD])
    room.scan(2)
    text = room.say("diff").stdout
    assert "Cured (1)" in text and "mended: author, publication" in text
    assert f"- <{BAD}> (night-ferries): mended:" in room.say("diff", "--format", "markdown").stdout
    (change,) = [json.loads(line) for line in room.say("diff", "1", "latest", "--format", "json").stdout.splitlines()]
    assert (change["kind"], change["copy"]["url"], change["after"]) == ("cured", BAD, "compliant")
    room.scan(3)
    assert room.say("diff").stdout.endswith("Nothing changed.\n")
    assert room.say("diff", "--format", "markdown").stdout == ""


# ------------------------------------------------------------------ cases and decisions


def test_a_case_by_hand(room):
    room.scan(1)
    assert "bad.example" in room.say("case", "list", "--now", DAYS[2]).stdout
    told = room.say("case", "notify", "1", "--on", "2026-11-02", "--note", "by mail", "--now", DAYS[2])
    assert told.exit_code == 0 and "notice of 2026-11-02" in told.stdout and "presumed" in told.stdout
    room.say("case", "note", "1", "they will look", "--now", DAYS[3])
    shown = room.say("case", "show", "1", "--now", DAYS[3]).stdout
    assert "notified: by mail" in shown and "note: they will look" in shown and "2026-12-02" in shown
    assert room.say("case", "withdraw", "1", "--why", "by contract", "--now", DAYS[4]).exit_code == 0
    assert room.say("case", "list").stdout == "No case is open.\n"
    assert "withdrawn" in room.say("case", "list", "--all").stdout
    assert room.say("case", "accept", "1", "--why", "x").exit_code == 2


@pytest.mark.parametrize(
    "words",
    [("accept", "1", "--why"), ("withdraw", "1", "--why"), ("note", "1"), ("notify", "1", "--note")],
)
def test_what_is_noted_with_a_case_says_something_and_is_short(room, words):
    room.scan(1)
    before = room.say("case", "show", "1", "--now", DAYS[2]).stdout
    for text, told in [(" \n", f"cccheck: case {words[0]}: "), ("x" * 2_001, "at most 2,000 are kept")]:
        result = room.say("case", *words, text)
        assert result.exit_code == 2 and told in result.stderr, result.output
    assert room.say("case", "show", "1", "--now", DAYS[2]).stdout == before


def test_a_notice_is_of_the_past(room):
    room.scan(1)
    result = room.say("case", "notify", "1", "--on", "2027-01-01", "--now", DAYS[2])
    assert result.exit_code == 2 and "is not yet" in result.stderr


def test_a_decision_holds_until_the_page_changes(room):
    room.scan(1)
    assert room.say("decide", UNSURE, "pass", "--rule", "author-credit").exit_code == 2, "a reason is wanted"
    done = room.say(
        "decide", UNSURE, "pass", "--rule", "author-credit", "--why", "the initial is enough", "--now", DAYS[1]
    )
    assert done.exit_code == 0, done.output
    room.scan(2, "--output", "second")
    page = next(p for p in pages_of(room.report(room.folder / "second")) if p["url"] == UNSURE)
    (finding,) = [f for f in page["findings"] if "decided" in f]
    assert (page["verdict"], finding["outcome"]) == ("compliant", "pass")
    assert finding["decided"] == {"was": "review", "why": "the initial is enough", "at": DAYS[1]}
    assert room.say("verify", "second").output == "second: report and evidence agree\n"
    assert room.say("schema", "check", "second/report.json").exit_code == 0
    assert "Decided by a person" in room.say("diff").stdout
    room.change(UNSURE, PAGES[UNSURE].replace("</article>", "<p>Now with another line.</p></article>"))
    room.scan(3, "--output", "third")
    page = next(p for p in pages_of(room.report(room.folder / "third")) if p["url"] == UNSURE)
    assert page["verdict"] == "review"


def test_a_decision_against_a_failure_withdraws_the_case_at_once(room):
    page = "<h1>Ferries</h1><article><!--text--><p>Maren Oakhollow for The Tidewater Courier, CC BY 4.0.</p></article>"
    room.change(BAD, page)
    room.scan(1)
    rules = [
        f["rule"] for p in pages_of(room.last()) if p["url"] == BAD for f in p["findings"] if f["outcome"] == "fail"
    ]
    assert rules
    for rule in rules:
        result = room.say("decide", BAD, "pass", "--rule", rule, "--why", "linked in the picture", "--now", DAYS[1])
    assert "Case 1: withdrawn on 2026-11-02: linked in the picture" in result.stdout
    room.say("decide", BAD, "undo", "--rule", rules[0], "--now", DAYS[2])
    assert room.scan(3).exit_code == 1


def test_a_page_without_findings_is_accepted_not_decided(room):
    room.change(UNSURE, PAGES[GOOD].replace("<!--text-->", "<p>Uma tradução do artigo, com outras palavras.</p>"))
    room.scan(1)
    result = room.say("decide", UNSURE, "pass", "--rule", "author-credit", "--why", "x")
    assert result.exit_code == 2 and "accepted.toml" in result.stderr


def test_what_cannot_be_decided(room):
    room.scan(1)
    for words, told in [
        ((GOOD, "pass", "--rule", "author-credit"), "nothing to decide"),
        (("https://nowhere.example/", "pass", "--rule", "author-credit"), "does not know this address"),
        ((UNSURE, "pass", "--rule", "autor-credit"), "no rule of that page"),
    ]:
        result = room.say("decide", *words, "--why", "x")
        assert result.exit_code == 2 and told in result.stderr, result.output


# ------------------------------------------------------------------ cron


def test_only_what_changed_is_said(room):
    first = room.scan(1, "--changed-only")
    assert "new copies" in first.stdout and first.exit_code == 1
    again = room.scan(2, "--changed-only")
    assert (again.output, again.exit_code) == ("", 1)
    assert room.scan(3, "--changed-only", "--quiet").output == ""


@pytest.mark.parametrize(
    ("fail_on", "statuses"), [("any", (1, 1, 1)), ("new", (1, 3, 3)), ("never", (3, 3, 3))], ids=lambda v: str(v)
)
def test_for_what_the_status_is_1(room, fail_on, statuses):
    assert tuple(room.scan(day, "--fail-on", fail_on).exit_code for day in (1, 2, 3)) == statuses


def test_new_violations_need_a_history(room):
    result = room.say("scan", "urls.txt", "--replay", str(room.warc), "--fail-on", "new")
    assert result.exit_code == 2 and "--fail-on new" in result.stderr


@pytest.mark.parametrize(("tolerated", "status"), [("0", 3), ("1", 0)])
def test_so_many_may_be_unavailable(room, tolerated, status):
    assert room.scan(1, "--fail-on", "never", "--tolerate-unavailable", tolerated).exit_code == status


def test_settings_and_environment_say_it_too(room, monkeypatch):
    room.settings('fail_on = "never"\ntolerate_unavailable = 1\nchanged_only = true\nhistory = "other.db"\n')
    result = room.say("scan", "--replay", str(room.warc), "--history", "other.db", "--now", DAYS[0])
    assert result.exit_code == 0 and "new copies" in result.stdout
    monkeypatch.setenv("CCCHECK_FAIL_ON", "any")
    assert room.say("scan", "--replay", str(room.warc), "--history", "other.db", "--now", DAYS[1]).exit_code == 1
    monkeypatch.setenv("CCCHECK_FAIL_ON", "sometimes")
    assert "CCCHECK_FAIL_ON" in room.say("scan", "--replay", str(room.warc)).stderr


def test_the_settings_name_the_reports(room):
    room.settings('formats = "csv, junit"\n')
    room.scan(1, "--output", "run")
    assert {"pages.csv", "report.json"} <= {path.name for path in (room.folder / "run").iterdir()}
    room.settings('formats = "cvs"\n')
    result = room.scan(1, "--output", "other")
    assert result.exit_code == 2 and "did you mean `csv`?" in result.stderr
    assert not (room.folder / "other").exists()


def test_every_setting_of_init_can_be_switched_on(tmp_path, monkeypatch):
    from cccheck.config import load_config

    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(cccheck, ["init", *GIVEN])
    path = tmp_path / "cccheck.toml"
    lines = [line[2:] if " = " in line and line.startswith("# ") else line for line in path.read_text().splitlines()]
    path.write_text("\n".join(lines))
    assert load_config(path, None, {}).publisher == ANSWERS[0]


def test_a_log_as_json_lines(room):
    room.scan(1, "--log", "logs/scan.jsonl")
    room.scan(2, "--log", "logs/scan.jsonl")
    rows = [json.loads(line) for line in (room.folder / "logs" / "scan.jsonl").read_text("utf-8").splitlines()]
    events = [row["event"] for row in rows]
    assert events.count("page") == 2 * len(PAGES) and events[0] == "started" and events[-1] == "finished"
    assert events.count("changed") > 0 and rows[-1]["status"] == 1 and rows[-1]["time"] == DAYS[1]
    rows = room.scan(3, "--log", "-").stderr.splitlines()
    assert json.loads(rows[0])["event"] == "started"


def test_only_what_is_due(room):
    room.scan(1)
    room.scan(2, "--due", "--output", "due")
    due = [page["url"] for page in pages_of(room.report(room.folder / "due"))]
    assert due == ["https://bad.example/again", BAD], "both are one copy, and its case is open"
    assert room.scan(1, "--due", "--log", "log").output == "", "captures of an archive keep their day"
    (room.folder / "cccheck.toml").write_text(f'works = "{WORKS}"\n')
    words = [
        "scan",
        "--due",
        "--replay",
        str(room.warc),
        "--history",
        "history.db",
        "--now",
        DAYS[8],
        "--output",
        "all",
    ]
    assert room.say(*words).exit_code == 1
    left = PAGES.keys() - {page["url"] for page in pages_of(room.report(room.folder / "all"))}
    assert left == {"https://other.example/regatta", "https://gone.example/ferries"}, "these are looked at monthly"


@pytest.mark.parametrize(
    "words",
    [
        ("decide", BAD, "pass", "--rule", "author-credit", "--why"),
        ("decide", BAD, "undo", "--rule", "author-credit", "--why"),
        ("case", "accept", "1", "--why"),
        ("case", "withdraw", "1", "--why"),
        ("case", "notify", "1", "--note"),
        ("case", "note", "1"),
    ],
    ids=" ".join,
)
def test_a_reason_that_nobody_would_read_is_refused_in_a_line(room, words):
    room.scan(1)
    result = room.say(*words, "x" * 2_001)
    said = "cccheck: the text has 2,001 characters; at most 2,000 are kept: make it shorter\n"
    assert (result.exit_code, result.stderr) == (2, said)


@pytest.fixture
def failed(room, monkeypatch):
    """A room whose second scan, of what was due, could not write its pages for people."""
    room.scan(1)
    with monkeypatch.context() as broken:

        def full(*_):
            raise OSError(28, "No space left on device", "pages/x.html")

        broken.setattr("cccheck.report.html.drawing.page_context", full)
        room.change(BAD, PAGES[GOOD])
        result = room.scan(2, "--due", "--format", "html")
    assert (result.exit_code, "cannot be written (No space left on device)" in result.stderr) == (2, True)
    room.left = sorted((room.folder / "reports").iterdir())[-1]
    return room


def unfinished(room) -> list[str]:
    infos = [path.parent.name for path in (room.folder / "reports").glob("*/run.json") if '"finished": null' in path.read_text()]
    return sorted(infos)


def test_the_next_scan_of_what_is_due_writes_the_reports_that_failed(failed):
    assert unfinished(failed) == [failed.left.name]
    result = failed.scan(2, "--due", "--format", "html")
    assert result.exit_code == 0, result.output
    assert "its reports were not written yet" in result.stderr
    assert unfinished(failed) == []
    assert (failed.left / "html" / "index.html").exists()
    assert len(list((failed.folder / "reports").iterdir())) == 2, "nothing else was due"
    assert failed.scan(2, "--due").output == ""


def test_what_is_due_by_then_is_scanned_as_well(failed):
    assert failed.scan(8, "--due", "--format", "html").exit_code == 0
    assert unfinished(failed) == []
    assert len(list((failed.folder / "reports").iterdir())) == 3


def test_a_run_that_is_being_written_is_left_alone(failed):
    with (failed.left / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        assert failed.scan(2, "--due").output == ""
    assert unfinished(failed) == [failed.left.name]


def test_due_without_a_history(room):
    assert room.say("scan", "urls.txt", "--due", "--replay", str(room.warc)).exit_code == 2


# ------------------------------------------------------------------ prune


def runs_of(room) -> list[str]:
    return sorted(path.name for path in (room.folder / "reports").iterdir())


def test_old_runs_go_but_not_the_evidence_of_open_cases(room):
    for day in (1, 2, 3, 4):
        room.scan(day)
    assert len(runs_of(room)) == 4
    (room.folder / "reports" / "20261103T090000Z" / "mine.txt").write_text("keep me")
    dry = room.say("prune", "--keep", "1d", "--dry-run", "--now", "2026-11-20T00:00:00Z")
    assert "2 runs" in dry.stdout and "would go" in dry.stdout and len(runs_of(room)) == 4
    assert room.say("prune", "--keep", "1d", "--now", "2026-11-20T00:00:00Z").exit_code == 0
    assert runs_of(room) == ["20261101T090000Z", "20261103T090000Z", "20261104T090000Z"]
    assert [path.name for path in (room.folder / "reports" / "20261103T090000Z").iterdir()] == ["mine.txt"]
    room.say("case", "withdraw", "1", "--why", "settled")
    room.say("prune", "--keep", "1d", "--now", "2026-11-20T00:00:00Z")
    assert "20261101T090000Z" not in runs_of(room) and "20261104T090000Z" in runs_of(room)
    assert BAD in room.say("history", BAD).stdout


def test_the_evidence_stays_however_often_old_runs_are_removed(room):
    for day in (1, 2, 3, 4):
        room.scan(day)
    for _ in range(3):
        assert room.say("prune", "--keep", "1d", "--now", "2026-11-20T00:00:00Z").exit_code == 0
        assert runs_of(room) == ["20261101T090000Z", "20261104T090000Z"]


@pytest.mark.parametrize("words", [("--history", "elsewhere.db"), ()])
def test_a_history_that_is_not_there_is_no_leave_to_remove_evidence(room, words):
    room.scan(1)
    room.scan(2)
    (room.folder / "history.db").rename(room.folder / "moved.db")
    told = room.say("prune", "--keep", "1d", "--now", "2026-11-20T00:00:00Z", *words)
    assert told.exit_code == 2 and "--history none" in told.stderr and len(told.stderr.splitlines()) == 1
    assert len(runs_of(room)) == 2


def test_without_a_history_it_is_said_that_no_case_keeps_a_run(room):
    room.scan(1)
    room.scan(2)
    told = room.say("prune", "--keep", "1d", "--now", "2026-11-20T00:00:00Z", "--history", "none")
    assert told.exit_code == 0 and "no case keeps a run" in told.stderr
    assert runs_of(room) == ["20261102T090000Z"]


def old_run(room, *more: str) -> Path:
    """The folder of a run that may go."""
    room.scan(1, *more)
    room.scan(2)
    room.say("case", "withdraw", "1", "--why", "settled")
    return room.folder / "reports" / "20261101T090000Z"


def test_files_of_people_stay_where_a_run_is_removed(room):
    run = old_run(room, "--format", "html", "--format", "jsonl")
    mine = [run / "report.docx", run / "pages" / "notes.json", run / "warc" / "mine.warc.gz", run / "copy" / "a.html"]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("keep me")
    (run / "copy" / ".cccheck").touch()
    size = sum(path.stat().st_size for path in run.rglob("*") if path.is_file() and path not in mine)
    told = room.say("prune", "--keep", "1d", "--now", "2026-11-20T00:00:00Z").stdout
    assert f"1 runs ({size / 1e6:.1f} MB)" in told
    left = {path for path in run.rglob("*") if path.is_file()}
    assert left == {*mine, run / "copy" / ".cccheck"}


def test_nothing_is_removed_through_links(room):
    run = old_run(room)
    far = room.folder / "far"
    run.rename(far)
    run.symlink_to(far)
    before = sorted(far.rglob("*"))
    room.say("prune", "--keep", "1d", "--now", "2026-11-20T00:00:00Z")
    assert sorted(far.rglob("*")) == before and run.is_symlink()
    run.unlink()
    far.rename(run)
    (run / "pages").rename(far)
    (run / "pages").symlink_to(far)
    kept = len(list(far.iterdir()))
    room.say("prune", "--keep", "1d", "--now", "2026-11-20T00:00:00Z")
    assert len(list(far.iterdir())) == kept and [path.name for path in run.iterdir()] == ["pages"]


def test_a_run_that_is_being_written_is_passed_over(room):
    run = old_run(room)
    room.scan(3)
    with (run / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        told = room.say("prune", "--keep", "1d", "--now", "2026-11-20T00:00:00Z")
    assert told.exit_code == 0 and "passed over" in told.stderr and "1 runs" in told.stdout
    assert runs_of(room) == ["20261101T090000Z", "20261103T090000Z"]


def test_what_was_seen_long_ago_and_has_changed_is_forgotten(room):
    room.scan(1)
    room.change(BAD, PAGES[GOOD])
    room.scan(2)
    assert "violation" in room.say("history", BAD).stdout
    told = room.say("prune", "--keep", "5d", "--now", "2026-11-20T00:00:00Z").stdout
    assert " 1 sightings removed" in told
    left = room.say("history", BAD).stdout
    assert "violation" not in left and "compliant" in left and "cured" in left


def test_a_run_that_broke_off_long_ago_goes_too(room):
    room.scan(1)
    room.scan(2)
    path = room.folder / "reports" / "20261101T090000Z" / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "finished": None}), encoding="utf-8")
    room.say("case", "withdraw", "1", "--why", "settled")
    room.say("prune", "--keep", "1d", "--now", "2026-11-20T00:00:00Z")
    assert runs_of(room) == ["20261102T090000Z"]


def test_an_age_that_is_none(room):
    assert "400d" in room.say("prune", "--keep", "soon").stderr


# ------------------------------------------------------------------ init

ANSWERS = ["The Tarnmoor Post", "https://tarnmoor-post.example/", "rights@tarnmoor-post.example", "CC-BY-4.0"]
GIVEN = ["--publisher", ANSWERS[0], "--publisher-url", ANSWERS[1], "--contact", ANSWERS[2], "--license", ANSWERS[3]]


def test_init_writes_what_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cccheck, ["init", "desk", *GIVEN])
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "desk").iterdir()} == {"cccheck.toml", "urls.txt", "works"}
    monkeypatch.chdir(tmp_path / "desk")
    Path("article.txt").write_text("By Ines Calloway\n\n" + "The night buses return to the hill villages. " * 60)
    added = CliRunner().invoke(
        cccheck,
        [
            "work",
            "add",
            "article.txt",
            "--title",
            "Night buses",
            "--author",
            "Ines Calloway",
            "--url",
            f"{ANSWERS[1]}n",
        ],
    )
    assert added.exit_code == 0, added.output
    record = json.loads(Path("works/night-buses.json").read_text("utf-8"))
    assert (record["publisher"]["name"], record["license"]) == (ANSWERS[0], ANSWERS[3])
    again = CliRunner().invoke(cccheck, ["init", *GIVEN])
    assert again.exit_code == 2 and "is there already" in again.stderr


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [(5, "nobody", "contact"), (3, "tarnmoor", "publisher_url"), (7, "CC-BY-9", "--license")],
)
def test_an_answer_that_is_none_is_said_and_nothing_written(tmp_path, monkeypatch, place, value, told):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cccheck, ["init", *GIVEN[:place], value, *GIVEN[place + 1 :]])
    assert result.exit_code == 2 and told in result.stderr
    assert not (tmp_path / "cccheck.toml").exists()


def test_nobody_is_asked_where_nobody_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "--publisher: is missing" in CliRunner().invoke(cccheck, ["init"]).stderr


def test_an_answer_that_is_none_is_asked_for_again_and_names_are_understood(tmp_path):
    typed(tmp_path, ("init",), ("The Lantern", "lantern.example", "nobody", "desk@lantern.example", "GPL", "CC BY", "cc by-nd 4.0"))
    settings = (tmp_path / "cccheck.toml").read_text("utf-8")
    for line in ('publisher_url = "https://lantern.example"', 'contact = "desk@lantern.example"', 'license = "CC-BY-ND-4.0"'):
        assert f"\n{line}\n" in settings


def test_at_a_terminal_it_asks(tmp_path):
    typed(tmp_path, ("init",), ANSWERS)
    assert 'publisher = "The Tarnmoor Post"' in (tmp_path / "cccheck.toml").read_text("utf-8")
