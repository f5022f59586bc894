"""The file: versions, damage, other writers, and programs that are killed while they write."""

from __future__ import annotations

import multiprocessing
import sqlite3
import time
from pathlib import Path

import pytest

from cccheck.errors import CccheckError
from cccheck.history import Store, cases, changes, open_history, runs, schema
from cccheck.history.take import begin_run, take_run
from history.taking import URL, Past, down, info, record


@pytest.fixture
def past(tmp_path):
    return Past(tmp_path)


def told(path: Path, **options: object) -> str:
    with pytest.raises(CccheckError) as error:
        Store(path, **options).close()
    assert str(error.value).startswith(str(path))
    return str(error.value)


def test_there_is_none_yet(tmp_path):
    assert "there is no history yet" in told(tmp_path / "history.db")
    assert not (tmp_path / "history.db").exists()


def test_a_new_file_is_in_the_newest_form_and_writes_ahead(past):
    past.run(1, record())
    db = sqlite3.connect(past.path)
    assert db.execute("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_newer_file_is_refused_and_left_alone(past):
    past.run(1, record())
    db = sqlite3.connect(past.path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = past.path.read_bytes()
    assert "newer version of cccheck (form 99" in told(past.path) and "update cccheck" in told(past.path, create=True)
    assert past.path.read_bytes() == before


def test_somebody_elses_database_is_left_alone(tmp_path):
    path = tmp_path / "theirs.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE recipe (name TEXT)")
    db.close()
    assert "no history of cccheck" in told(path, create=True)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)


@pytest.mark.parametrize("damage", [slice(0, 100), slice(4096, 12288)])
def test_a_damaged_file_is_named_and_kept(past, damage):
    past.run(1, *(record(f"{URL}/{n}", "violation", "author-credit") for n in range(50)))
    data = bytearray(past.path.read_bytes())
    data[damage] = b"\xa5" * (damage.stop - damage.start)
    past.path.write_bytes(data)
    with pytest.raises(CccheckError, match=r"is damaged .* it is kept as it is"), past.open() as store:
        cases(store)
        runs(store)
        store.ask("PRAGMA integrity_check")
        past.run(2, record())
    assert past.path.read_bytes() == data


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        Store(tmp_path / "file" / "history.db", create=True)


def test_a_step_that_breaks_off_leaves_the_file_as_it_was(past, monkeypatch):
    past.run(1, record())
    broken = (*schema.MIGRATIONS, ("CREATE TABLE more (x TEXT)", "INSERT INTO nowhere VALUES (1)"))
    monkeypatch.setattr("cccheck.history.store.MIGRATIONS", broken)
    with pytest.raises(CccheckError, match=r"is damaged .no such table: nowhere"):
        past.open()
    monkeypatch.undo()
    with past.open() as store:
        assert store.one("SELECT count(*) FROM sqlite_master WHERE name = 'more'") == (0,)
        assert len(runs(store)) == 1


def test_a_step_to_a_newer_form_keeps_what_is_there(past, monkeypatch):
    past.run(1, record())
    more = (*schema.MIGRATIONS, ("CREATE TABLE more (x TEXT)",))
    monkeypatch.setattr("cccheck.history.store.MIGRATIONS", more)
    with past.open() as store:
        assert store.one("PRAGMA user_version") == (len(more),)
        assert len(runs(store)) == 1


def test_one_writer_at_a_time_and_readers_need_not_wait(past):
    past.run(1, record())
    with past.open() as first, first.transaction():
        first.do("UPDATE page SET tried = 'x'")
        with Store(past.path, wait=0.05) as second:
            assert second.one("SELECT tried FROM page") != ("x",)
            with pytest.raises(CccheckError, match="another cccheck is writing there"), second.transaction():
                pass


# ------------------------------------------------------------------ runs


def test_a_run_that_did_not_end_counts_for_nothing(past):
    past.run(1, record())
    with past.open() as store:
        begin_run(store, info(2), "reports/2")
        assert [run.name for run in runs(store)] == ["20261101T060000Z"]


def test_a_run_is_taken_once(past):
    first = past.run(1, record())
    assert past.run(1, record(URL, "violation", "author-credit")) == first
    with past.open() as store:
        assert len(runs(store)) == 1 and cases(store) == ()


def test_runs_count_in_the_order_of_their_ends(past):
    with open_history(past.path, create=True) as store:
        begin_run(store, info(1), "reports/1")
    past.run(2, record(day=2))
    past.run(1, record(URL, "violation", "author-credit", day=3))
    with past.open() as store:
        assert [run.name for run in runs(store)] == ["20261102T060000Z", "20261101T060000Z"]
        before, after = runs(store)
        assert [change.kind for change in changes(store, before, after)] == ["new-violation"]


def test_what_is_said_again_is_not_stored_again(past):
    for day in range(1, 6):
        past.run(day, record(URL, "violation", "author-credit", day=day), down(f"{URL}/x", day=day))
    with past.open() as store:
        assert store.one("SELECT count(*), max(times), max(last_run) FROM audit") == (2, 5, 5)


# ------------------------------------------------------------------ killed


def take_one(path: Path, number: int) -> None:
    """A run of 150 pages, half of them otherwise than in the one before."""
    rows = []
    for n in range(150):
        good = n % 2 and number % 2
        verdict, missing = ("compliant", ()) if good else ("violation", ("author-credit",))
        rows.append(record(f"https://site-{n}.example/a", verdict, *missing, day=1 + number % 28))
    with open_history(path, create=True) as store:
        take_run(store, info(1 + number % 28), f"reports/{number}", rows)


def keep_taking(path: Path, first: int) -> None:
    while True:
        take_one(path, first)
        first += 1


def test_killed_at_any_moment_no_run_is_half_there(past):
    context = multiprocessing.get_context("fork")
    started = time.perf_counter()
    take_one(past.path, 0)
    usual = time.perf_counter() - started
    for attempt in range(1, 13):
        process = context.Process(target=keep_taking, args=(past.path, attempt * 100), daemon=True)
        process.start()
        time.sleep(usual * attempt / 8)
        process.kill()
        process.join()
        with past.open() as store:
            assert store.one("PRAGMA integrity_check") == ("ok",)
            known = {run.number for run in runs(store)}
            named = store.ask("SELECT last_run FROM audit UNION SELECT first_run FROM audit")
            assert {row[0] for row in named} <= known
            assert store.one("SELECT count(*) FROM page") == (150,)
            assert store.one("SELECT count(*) FROM page WHERE known IS NULL OR copy IS NULL") == (0,)
            assert store.one("SELECT count(*) FROM audit WHERE last_run = ?", max(known)) == (150,)
            assert {run.pages for run in runs(store)} == {150}
