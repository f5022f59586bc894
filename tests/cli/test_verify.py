"""`cccheck verify`: what was changed behind a run's back is found, one line for each flaw."""

from __future__ import annotations

import gzip
import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from making import WORKS
from running import Desk, credited, page, web

AGREE = "run: report and evidence agree\n"
PAGES = {
    "http://bad.example/a": page("<!--text-->"),
    "http://good.example/a": credited(),
    "http://moved.example/a": ("302 Found", {"Location": "http://good.example/a"}, ""),
}
URLS = [*PAGES, "http://gone.example/a", "http://nowhere.invalid/a"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished run."""
    folder = tmp_path_factory.mktemp("verify")
    shutil.copytree(WORKS, folder / "works")
    with web(PAGES) as net:
        desk = Desk(folder, net)
        arguments = ["scan", desk.list(URLS), "--contact", "tests@checks.example", "--delay", "0", "--output", "run"]
        assert desk.here(*arguments).exit_code == 1
    return desk


@pytest.fixture
def run(finished, tmp_path):
    """A copy of it, for a test to spoil; the works stay where they were."""
    shutil.copytree(finished.folder / "run", tmp_path / "run")
    return tmp_path / "run"


def verify(run: Path, *more: str):
    return Desk(run.parent).here("verify", "run", *more)


def flaws(run: Path, *more: str) -> list[str]:
    result = verify(run, *more)
    lines = result.stdout.splitlines()
    assert result.exit_code == (0 if lines == [AGREE.strip()] else 1)
    return [] if result.exit_code == 0 else lines


def archive(run: Path) -> Path:
    (path,) = (run / "warc").iterdir()
    return path


def reseal(run: Path) -> None:
    """Digests that fit what is there now: whoever changes files can change these too."""
    manifest = run / "manifest-sha256.txt"
    names = [line.split("  ", 1)[1] for line in manifest.read_text().splitlines()]
    manifest.write_text("".join(f"{sha256((run / n).read_bytes()).hexdigest()}  {n}\n" for n in names))


def edit(path: Path, old: str, new: str) -> None:
    """Put something else in; files may be written with spaces between key and value, or without."""
    text = path.read_text("utf-8")
    if old not in text:
        old, new = old.replace('": ', '":'), new.replace('": ', '":')
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


SPANS = '{"blocks": [{"index": 0, "tag": "p", "text": "", "visible": "visible", "copied": true}]}'
AGAIN = "restore the run's folder from a copy, or scan again"


def test_a_run_that_nobody_touched(run):
    result = verify(run)
    assert (result.exit_code, result.output) == (0, AGREE)


def test_a_run_may_be_meant_by_its_id_or_as_the_latest(finished, run):
    (run.parent / "reports").mkdir()
    shutil.copytree(run, run.parent / "reports" / "one")
    for name in ("one", "latest"):
        assert Desk(run.parent).here("verify", name).output == "reports/one: report and evidence agree\n"


@pytest.mark.parametrize("name", ["nothing", "latest", "works"])
def test_no_run(finished, name):
    result = finished.here("verify", name)
    assert (result.exit_code, result.output.count("\n")) == (2, 1)


def test_an_unfinished_run(run):
    edit(run / "run.json", '"finished": "', '"finished": null, "was": "')
    result = verify(run)
    assert result.exit_code == 2
    assert "is not finished" in result.output


def test_a_flipped_byte_in_the_archive(run):
    data = bytearray(archive(run).read_bytes())
    for at in (len(data) // 3, len(data) - 9):
        spoilt = bytearray(data)
        spoilt[at] ^= 1
        archive(run).write_bytes(spoilt)
        found = flaws(run)
        assert len(found) == 2
        assert found[0] == "run/warc/cccheck-00001.warc.gz: is not the file that was written: its SHA-256 differs"
        assert found[1].startswith("run/warc/cccheck-00001.warc.gz: byte ")


def test_a_changed_page_in_the_archive(run):
    """Compressed anew, with all digests of the file and of the record made to fit."""
    from cccheck.fetch.record import _digest
    from cccheck.fetch.warc import read_record, scan

    made = b""
    for record in scan(archive(run)):
        fields, block = read_record(archive(run), record.offset, 1 << 30)
        lines = dict(fields)
        changed = block.replace(b"<body>", b"<BODY>")
        if changed != block:
            lines["warc-block-digest"] = _digest(changed)
            lines["warc-payload-digest"] = _digest(changed[changed.index(b"\r\n\r\n") + 4 :])
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        made += gzip.compress(f"WARC/1.1\r\n{head}\r\n".encode() + changed + b"\r\n\r\n")
    archive(run).write_bytes(made)
    reseal(run)
    assert flaws(run) == [
        f"{url}: judged again from the archive, this is different: captures" for url in in_order(run, *PAGES)
    ]


def in_order(run: Path, *urls: str) -> list[str]:
    """Addresses in the order of the journal."""
    return [
        row["url"] for row in map(json.loads, (run / "audits.jsonl").read_text().splitlines()) if row["url"] in urls
    ]


def test_a_missing_archive(run):
    archive(run).unlink()
    result = verify(run)
    assert result.exit_code == 1
    assert result.stdout == "run/warc/cccheck-00001.warc.gz: is missing\n"
    assert result.stderr == "note: the archives are not whole: the pages were not judged again\n"


def test_an_archive_too_many(run):
    shutil.copy(archive(run), run / "warc" / "cccheck-00002.warc.gz")
    assert "run/warc/cccheck-00002.warc.gz: is not in the manifest" in flaws(run)


def test_an_edited_report(run):
    edit(run / "report.json", '"verdict": "violation"', '"verdict": "compliant"')
    lines = (run / "report.json").read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if '"verdict": "compliant", "verdicts": {"violation"' in line)
    journal = f"run/report.json: line {number}: is not what the journal gives"
    assert flaws(run) == ["run/report.json: is not the file that was written: its SHA-256 differs", journal]
    reseal(run)
    assert flaws(run) == [journal]


@pytest.mark.parametrize("change", [lambda text: text + " ", lambda text: text[:-4], lambda text: ""])
def test_a_report_longer_or_shorter_than_it_was(run, change):
    path = run / "report.json"
    path.write_text(change(path.read_text("utf-8")), encoding="utf-8")
    reseal(run)
    assert len(flaws(run)) == 1


def test_a_journal_that_disagrees_with_the_report(run):
    edit(run / "audits.jsonl", '"outcome": "fail"', '"outcome": "pass"')
    reseal(run)
    first, second = flaws(run)
    assert first.startswith("run/report.json: line ")
    assert second == "http://bad.example/a: judged again from the archive, this is different: findings"


def test_a_report_and_a_journal_that_agree_on_a_lie(run):
    for name in ("audits.jsonl", "report.json"):
        edit(run / name, '"reason": "http-404"', '"reason": "http-410"')
    reseal(run)
    assert flaws(run) == [
        "http://gone.example/a: judged again from the archive, this is different: "
        "reason (http-410 in the report, http-404 now)"
    ]


def test_a_broken_line_in_the_journal(run):
    path = run / "audits.jsonl"
    path.write_bytes(path.read_bytes() + b'{"site"')
    reseal(run)
    assert flaws(run) == [f"run/audits.jsonl: line 6: is no whole line of a journal; {AGAIN}"]


def test_a_run_without_journal(run):
    (run / "audits.jsonl").unlink()
    assert "run/audits.jsonl: is missing" in flaws(run)


def test_changed_texts(run):
    name = json.loads((run / "audits.jsonl").read_text().splitlines()[0])["id"]
    edit(run / "pages" / f"{name}.json", '"url"', '"address"')
    assert flaws(run) == [f"run/pages/{name}.json: is not the text of the page in the archive; {AGAIN}"]


@pytest.mark.parametrize("written", [None, "", "{", "[]", '{"blocks": 3}', '{"blocks": [{"index": "0"}]}', SPANS, "[" * 100_000])
def test_lost_texts(run, written):
    path = run / "pages" / f"{json.loads((run / 'audits.jsonl').read_text().splitlines()[0])['id']}.json"
    path.unlink()
    if written is not None:
        path.write_text(written, "utf-8")
    problem = "is not there" if written is None else "is not what a scan wrote there"
    assert flaws(run) == [f"run/{path.relative_to(run)}: {problem}; {AGAIN}"]


def changed_works(run: Path) -> Path:
    works = run.parent / "other-works"
    shutil.copytree(WORKS, works)
    edit(works / "night-ferries.json", "Maren Oakhollow", "Maren Oakhill")
    return works


def test_works_that_have_changed_since(run):
    """Then only captures are compared; and that is said."""
    works = changed_works(run)
    result = verify(run, "--works", str(works))
    assert (result.exit_code, result.stdout) == (0, AGREE)
    assert (
        result.stderr == f"note: the works in {works} have changed since: captures were compared, findings were not\n"
    )
    edit(run / "audits.jsonl", '"sha256": "', '"sha256": "0')
    reseal(run)
    assert len(flaws(run, "--works", str(works))) == 2


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("works", "/nowhere", "works or rules cannot be read"),
        ("version", "0.0.1", "the run was made by version 0.0.1"),
        ("rules_digest", "0", "the rules have changed since"),
    ],
)
def test_what_it_was_judged_by_is_not_there_any_more(run, key, value, said):
    path = run / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    result = verify(run)
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.exit_code == (0 if key == "works" else 1)  # the others stand in the report too


def test_works_that_were_moved(finished, run):
    moved = run.parent / "moved"
    shutil.copytree(finished.folder / "works", moved)
    edit(run / "run.json", '"works": "', '"works": "/nowhere')
    result = verify(run, "--works", str(moved))
    assert (result.exit_code, result.output) == (0, AGREE)


def test_a_replay_whose_archive_is_gone(finished, tmp_path):
    desk = Desk(tmp_path)
    shutil.copytree(finished.folder / "run" / "warc", tmp_path / "archives")
    desk.scan_here(URLS, "--replay", "archives", "--output", "run")
    assert verify(tmp_path / "run").output == AGREE
    (path,) = (tmp_path / "archives").iterdir()
    path.unlink()
    result = verify(tmp_path / "run")
    assert result.exit_code == 1
    assert result.stdout == f"{path}: cannot be read (No such file or directory)\n"
