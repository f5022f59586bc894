"""Numbers and dates beyond all bounds, arguments that are no text, a history that is damaged: one line, status 2."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cccheck.cli import cccheck
from making import WORKS
from scanning import Scans


def say(*words: str) -> Result:
    return CliRunner().invoke(cccheck, words)


def one_line(told: Result) -> str:
    assert told.exit_code == 2, told.output
    assert len(told.stderr.splitlines()) == 1
    return told.stderr


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Scans(tmp_path)
    settings = f'works = "{WORKS}"\ncontact = "rights@post.example"\n'
    (tmp_path / "cccheck.toml").write_text(settings, encoding="utf-8")
    assert made.run("--history", "history.db").exit_code == 1
    return tmp_path


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["case", "show", "99999999999999999999"], "number as large"),
        (["case", "note", "99999999999999999999", "x"], "number as large"),
        (["prune", "--keep", "99999y"], "there is no date"),
        (["prune", "--keep", "1y", "--now", "0001-02-01"], "365 days before 0001-02-01 there is no date"),
        (["prune", "--keep", "1d", "--now", "9999-12-31T23:59:59-12:00"], "--now: give a time"),
        (["case", "notify", "1", "--on", "0001-01-01T00:00:00+14:00"], "is no time"),
        (["case", "notify", "1", "--on", "9999-12-31", "--now", "9999-12-31"], "there is no date"),
        (["letter", "bad.example", "--now-confirmed", "--now", "9999-12-31"], "there is no date"),
        (["history", "caf\udce9.example"], "is not UTF-8"),
        (["case", "list", "--site", "\udce9"], "is not UTF-8"),
        (["scan", "urls\udce9.txt"], "is not UTF-8"),
    ],
)
def test_what_is_beyond_all_bounds_is_one_line(desk, words, told):
    assert told in one_line(say(*words))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DROP TABLE cases", ["case", "list"]),
        ("DROP TABLE audit", ["prune", "--keep", "1d"]),
        ("ALTER TABLE run DROP COLUMN pages", ["history"]),
        ("UPDATE cases SET missing = '[['", ["case", "list"]),
        ("UPDATE cases SET missing = '[1]'", ["case", "show", "1"]),
        ("UPDATE cases SET state = 'gone'", ["case", "show", "1"]),
        ("UPDATE audit SET missing = '{'", ["history", "bad.example"]),
        ("UPDATE audit SET verdict = 'what'", ["history", "bad.example"]),
        ("UPDATE record SET body = x'00'", ["case", "show", "1"]),
        ("UPDATE cases SET why = CAST(x'ff' AS TEXT)", ["case", "list"]),
    ],
)
def test_a_damaged_history_is_named_in_one_line(desk, damage, words):
    with sqlite3.connect(Path("history.db")) as db:
        db.execute(damage)
    db.close()
    assert "history.db: is damaged" in one_line(say(*words))
