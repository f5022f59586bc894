"""The run's folder: whole lines count, broken ends are cut off, other inputs make way, one program at a time."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cccheck.errors import CccheckError, UsageError
from cccheck.journal import RunFolder, RunInfo, iter_rows
from cccheck.report.record import page_id

INFO = RunInfo(
    id="one",
    started="2026-11-02T09:00:00Z",
    rules_digest="a" * 64,
    corpus_digest="b" * 64,
    inputs_digest="c" * 64,
    finished=None,
)
IDS = [page_id(f"https://x.example/{n}", None) for n in range(4)]


def line(number: int) -> str:
    url = f"https://x.example/{number}"
    return json.dumps(
        {"site": "x.example", "id": IDS[number], "url": url, "hint": None, "note": "é€😀"}, ensure_ascii=False
    )


def write(folder: RunFolder, *numbers: int) -> None:
    for number in numbers:
        folder.add(IDS[number], line(number), json.dumps({"id": IDS[number], "blocks": []}))


def lines(path: Path) -> list[str]:
    return [text.decode().rstrip("\n") for _, text, _ in iter_rows(path / "audits.jsonl")]


@pytest.fixture
def path(tmp_path):
    with RunFolder(tmp_path / "run", INFO) as folder:
        write(folder, 0, 1, 2)
    return tmp_path / "run"


def test_what_was_added_is_there_again(path):
    assert lines(path) == [line(n) for n in range(3)]
    with RunFolder(path, INFO) as folder:
        write(folder, 3)
    assert lines(path) == [line(n) for n in range(4)]
    assert json.loads((path / "pages" / f"{IDS[3]}.json").read_text())["id"] == IDS[3]


def test_cut_at_every_byte_of_the_last_line(path):
    journal = path / "audits.jsonl"
    whole = journal.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    for cut in range(last, len(whole) + 1):
        journal.write_bytes(whole[:cut])
        kept = 3 if cut == len(whole) else 2
        assert len(lines(path)) == kept, cut
        with RunFolder(path, INFO):
            assert len(journal.read_bytes()) == (len(whole) if kept == 3 else last), cut


def test_after_a_cut_the_next_line_stands_alone(path):
    journal = path / "audits.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    with RunFolder(path, INFO) as folder:
        write(folder, 2, 3)
    assert lines(path) == [line(n) for n in range(4)]


@pytest.mark.parametrize(
    "broken", [b"\x00" * 50 + b"\n", b'{"site": "x"\n', b"[]\n", b'{"url": "x"}\n', b"\xff\xfe\n", b"\n"]
)
def test_what_stands_behind_a_broken_line_is_not_trusted(path, broken):
    journal = path / "audits.jsonl"
    first, *others = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(first + broken + b"".join(others))
    assert lines(path) == [line(0)]
    with RunFolder(path, INFO):
        assert journal.read_bytes() == first


@pytest.mark.parametrize("change", ["inputs_digest", "corpus_digest", "rules_digest"])
def test_what_was_judged_otherwise_is_judged_anew(path, change):
    with RunFolder(path, replace(INFO, **{change: "d" * 64})):
        assert lines(path) == []
    assert not list((path / "pages").iterdir())


def test_a_finished_run_makes_way(path):
    info = json.loads((path / "run.json").read_text())
    (path / "run.json").write_text(json.dumps({**info, "finished": "2026-11-02T09:05:00Z"}))
    with RunFolder(path, INFO):
        assert lines(path) == []


def test_a_continued_run_keeps_its_name_and_its_beginning(path):
    with RunFolder(path, replace(INFO, id="two", started="2026-11-03T09:00:00Z")) as folder:
        assert (folder.info.id, folder.info.started) == ("one", "2026-11-02T09:00:00Z")


def test_one_program_at_a_time(path):
    with RunFolder(path, INFO), pytest.raises(UsageError, match="another scan is writing there"), RunFolder(path, INFO):
        pass
    with RunFolder(path, INFO):
        assert len(lines(path)) == 3


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00", '{"id": 1}', "null"])
def test_an_unreadable_run_is_a_line_or_a_new_beginning(path, text):
    (path / "run.json").write_text(text)
    try:
        with RunFolder(path, INFO):
            assert len(lines(path)) in (0, 3)
    except CccheckError as error:
        assert "run.json" in str(error) and "\n" not in str(error)


def test_no_journal_is_no_line(tmp_path):
    assert list(iter_rows(tmp_path / "audits.jsonl")) == []
