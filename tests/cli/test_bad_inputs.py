"""What a newcomer gets wrong: files that are no text, folders that are none, runs that are damaged, no room, no streams.

Each is one line that names the file and the mend, and status 2.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cccheck.cli import cccheck
from making import WORKS
from scanning import PAGES, Scans

AGAIN = "restore the run's folder from a copy, or scan again"
PROGRAM = [sys.executable, "-c", "from cccheck.cli import main; main()"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> Scans:
    made = Scans(tmp_path_factory.mktemp("finished"))
    assert made.run().exit_code == 1
    return made


@pytest.fixture
def run(finished, tmp_path, monkeypatch) -> Path:
    """A finished run that may be damaged."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(finished.output, tmp_path / "run")
    return Path("run")


def say(*words: object) -> Result:
    return CliRunner().invoke(cccheck, list(map(str, words)))


def one_line(told: Result) -> str:
    assert told.exit_code == 2, told.output
    assert told.stdout == ""
    (line,) = told.stderr.splitlines()
    return line.removeprefix("cccheck: ")


# ------------------------------------------------------------------ lists and archives


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("list.xlsx", b"PK\x03\x04\x14\x00\x06\x00"),
        ("list.csv", "url,work\nhttps://a.example/,x\n".encode("utf-16-le")),
        ("list.txt", bytes(range(256))),
    ],
)
def test_a_list_that_is_no_text(finished, tmp_path, name, held):
    path = tmp_path / name
    path.write_bytes(held)
    said = f"{path}: is no text; save the list as UTF-8: plain text, CSV or JSON Lines"
    assert one_line(finished.run(urls=str(path), output=tmp_path / "out")) == said


def test_a_list_in_utf_16_with_its_mark_is_read(tmp_path):
    scans = Scans(tmp_path)
    scans.urls.write_bytes("".join(f"{url}\r\n" for url in PAGES).encode("utf-16"))
    assert scans.run().exit_code == 1
    assert scans.report()["summary"]["pages"] == len(PAGES)


def test_an_archive_without_a_page(finished, tmp_path):
    empty = tmp_path / "empty.warc"
    empty.touch()
    told = say("scan", finished.urls, "--works", WORKS, "--replay", empty, "--output", tmp_path / "out")
    assert one_line(told) == f"{empty}: no page is in there; name an archive that holds some"


def test_a_delay_that_is_no_number(finished):
    assert one_line(finished.run("--delay", "nan")).startswith("--delay: nan is no number of seconds; write one from 0")


# ------------------------------------------------------------------ folders


def test_a_folder_of_rules_that_is_not_there_is_not_passed_over(finished, tmp_path):
    settings = tmp_path / "cccheck.toml"
    settings.write_text('rules = "my-rules"\n')
    for told in (
        finished.run("--config", str(settings), output=tmp_path / "out"),
        say("work", "check", WORKS, "--config", settings),
    ):
        assert one_line(told).startswith(f"{tmp_path}/my-rules: is no folder; name a folder ")


@pytest.mark.parametrize("where", ["file", "file/below"])
def test_a_file_in_the_place_of_a_folder_asks_for_another_place(finished, tmp_path, where):
    (tmp_path / "file").touch()
    for told in (finished.run(output=tmp_path / where), say("report", finished.output, "--output", tmp_path / where)):
        assert one_line(told).endswith("); name another place")


def test_a_place_that_is_closed_to_us(finished, tmp_path):
    """Whoever is root may write anywhere, unless that is given up."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    words = [*PROGRAM, "report", str(finished.output), "--output", str(closed / "out")]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("setpriv is not there to give up the rights of root")
        words = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override", *words]
    told = subprocess.run(words, capture_output=True, text=True, timeout=60)
    place = f"cccheck: {closed}/out: cannot be written (Permission denied)"
    assert (told.returncode, told.stderr) == (2, f"{place}; see who may write there, or name another place\n")


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ("nowhere", "nowhere: no such folder; name the one in which the runs lie with --runs"),
        ("run", "run: is a run itself; name the folder in which the runs lie with --runs"),
    ],
)
def test_an_export_of_what_holds_no_runs(run, base, told):
    assert one_line(say("export", "--runs", base)) == told


@pytest.mark.parametrize("id", ["../outside", "Über", "a b"])
def test_an_id_of_a_profile_is_a_plain_name(tmp_path, id):
    told = one_line(say("profile", "new", "The Lantern", "--id", id, "--rules", tmp_path))
    assert told == f"--id: `{id}` gives no id; give one of small letters, digits and hyphens"
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------ runs


READERS = (
    ("show", "run"),
    ("show", "run", "bad.example"),
    ("report", "run"),
    ("report", "run", "--format", "csv"),
    ("report", "run", "--format", "html"),
    ("letter", "--run", "run", "bad.example", "--now-confirmed"),
    ("export", "--runs", "."),
)


@pytest.fixture
def contact(run):
    Path("cccheck.toml").write_text(f'contact = "rights@post.example"\nworks = "{WORKS}"\n', "utf-8")


@pytest.mark.parametrize("words", READERS, ids=" ".join)
@pytest.mark.parametrize("damaged", ["{", '{"site":"a.example"}', '{"site":"a.example","id":"00ff"}', None])
def test_no_page_of_a_damaged_journal_is_passed_over_in_silence(run, contact, words, damaged):
    """A line in the middle, and half a line at the end."""
    path = run / "audits.jsonl"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines[1:2] = [f"{damaged}\n"] if damaged else [lines[1]]
    path.write_text("".join(lines) if damaged else "".join(lines)[:-20], "utf-8")
    said = one_line(say(*words))
    assert said.startswith(f"run/audits.jsonl: line {2 if damaged else len(lines)}: is no")
    assert said.endswith(AGAIN)


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_a_run_without_its_journal(run, contact, words):
    (run / "audits.jsonl").unlink()
    assert one_line(say(*words)) == f"run/audits.jsonl: is not there; {AGAIN}"


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("audits.jsonl", '"message":"', '"message":3,"was":"', ("report", "run", "--format", "html")),
        ("audits.jsonl", '"findings":[{', '"findings":[3,{', ("show", "run", "bad.example")),
        ("audits.jsonl", '"captures":[{', '"captures":[3,{', ("report", "run", "--format", "csv")),
        ("audits.jsonl", '"captures":[{', '"captures":[3,{', ("export", "--runs", ".")),
        ("originals.jsonl", '"name": "', '"name": 3, "was": "', ("letter", "--run", "run", "bad.example", "--now-confirmed")),
        ("rules.jsonl", '"rule": "', '"rule": [], "was": "', ("report", "run", "--format", "html")),
    ],
)
def test_a_line_that_was_changed_by_hand_is_told_as_such(run, contact, name, old, new, words):
    path = run / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    told = say(*words)
    said = f"cccheck: run/{name}: is not the file that was written: its SHA-256 differs; {AGAIN}\n"
    assert (told.exit_code, told.stderr) == (2, said)


def test_a_flaw_of_ours_is_not_blamed_on_a_run_that_is_whole(run, monkeypatch):
    def broken(*_):
        raise TypeError("ours")

    monkeypatch.setattr("cccheck.report.table.site_rows", broken)
    told = say("show", "run")
    assert (told.exit_code, "internal error (TypeError: ours)" in told.stderr) == (4, True)


def test_verify_without_a_report_goes_on(run):
    (run / "report.json").unlink()
    told = say("verify", "run")
    assert (told.exit_code, told.stdout.splitlines()[0]) == (1, "run/report.json: is missing")


@pytest.mark.parametrize(
    "wrong",
    [
        {"started": 3},
        {"finished": []},
        {"replay": 3},
        {"rules": [3]},
        {"problems": [3]},
        {"problems": [{"line": "x", "text": "", "message": ""}]},
    ],
    ids=json.dumps,
)
def test_a_run_whose_members_are_of_another_kind(run, wrong):
    path = run / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | wrong), "utf-8")
    for words in (("verify", "run"), ("report", "run", "--format", "html"), ("show", "run")):
        said = one_line(say(*words))
        assert said.startswith("run/run.json: is not what a scan wrote there; restore it from a copy")
    assert "known are" not in one_line(say("show", "nothing")), "such a run is none"


def test_a_run_that_is_being_written(run):
    with (run / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        told = say("scan", "nothing.txt", "--works", WORKS, "--output", "run")
        assert told.exit_code == 2
        Path("nothing.txt").touch()
        told = say("scan", "nothing.txt", "--works", WORKS, "--output", "run", "--contact", "a@post.example")
        assert one_line(told) == "run: another scan is writing there; wait for it or give another --output"


# ------------------------------------------------------------------ no room, no streams


def program(words: str, run: Path, **streams) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *words.split()], stderr=subprocess.PIPE, text=True, timeout=60, **streams)


@pytest.mark.parametrize("words", ["show run", "schema report"])
def test_standard_output_on_a_full_disk(run, words):
    with Path("/dev/full").open("w") as full:
        told = program(words, run, stdout=full)
    said = "cccheck: there is no room to write (No space left on device); make some, and give the command again\n"
    assert (told.returncode, told.stderr) == (2, said)


@pytest.mark.parametrize("words", ["show run", "report run"])
def test_standard_streams_that_are_closed(run, words):
    """Nothing that is opened takes their numbers, and nothing is printed into it."""
    closed = f"exec 0<&- 1>&- 2>&-; exec {PROGRAM[0]} -c '{PROGRAM[2]}' {words}"
    before = (run / "audits.jsonl").read_bytes()
    assert subprocess.run(["bash", "-c", closed], timeout=60).returncode == 0
    assert (run / "audits.jsonl").read_bytes() == before


@pytest.mark.parametrize("words", ["report run --format html", "profile new Lantern --rules rules"])
def test_files_that_may_not_grow(run, words):
    limited = f"ulimit -f 1; trap '' XFSZ; exec {PROGRAM[0]} -c '{PROGRAM[2]}' {words}"
    told = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, timeout=60)
    (line,) = told.stderr.splitlines()
    assert told.returncode == 2
    assert "cannot be written (File too large); make room" in line
    assert "assets" not in line, "the file that is copied can be read"


def test_no_folder_for_temporary_files(finished, tmp_path, monkeypatch):
    def nowhere():
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr("cccheck.inputs.gettempdir", nowhere)
    monkeypatch.setattr("cccheck.inputs.TemporaryFile", lambda *_, **__: nowhere())
    said = "No usable temporary directory found in ['/tmp']; make room there, or name another folder in TMPDIR"
    assert one_line(finished.run(output=tmp_path / "out")) == said


def test_what_was_typed_may_be_of_any_length():
    told = say("license", "show", "a" * 100_000)
    assert one_line(told).endswith("aaa …")
    assert len(told.stderr) < 2_100


def test_the_time_that_the_environment_gives(finished, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    told = say("scan", finished.urls, "--works", WORKS, "--replay", finished.warc, "--output", tmp_path / "out")
    assert one_line(told) == "SOURCE_DATE_EPOCH: give a number of seconds since 1970, or leave it out"
