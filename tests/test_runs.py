"""Which run is meant: by a name, as the latest, as the one to go on with."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from cccheck.errors import UsageError
from cccheck.journal import RunInfo
from cccheck.runs import finished, known, named, place_for

INFO = RunInfo("20261103T060000Z", "2026-11-03T06:00:00Z", "rules", "works", "inputs")


def put(base: Path, day: int, *, done: bool = True, inputs: str = "inputs", name: str = "") -> Path:
    """A run of that day."""
    when = f"2026-11-{day:02}T06:00:00Z"
    info = replace(
        INFO, id=f"202611{day:02}T060000Z", started=when, inputs_digest=inputs, finished=when if done else None
    )
    folder = base / (name or info.id)
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps(asdict(info)))
    return folder


def test_runs_are_known_by_their_time_and_not_by_their_name(tmp_path):
    second, third, first = put(tmp_path, 2, name="a"), put(tmp_path, 3, name="b"), put(tmp_path, 1, name="z")
    (tmp_path / "notes").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "run.json").write_text("{")
    assert [folder for folder, _ in known(tmp_path)] == [third, second, first]


def test_the_newest_unfinished_run_with_the_same_inputs_goes_on(tmp_path):
    put(tmp_path, 1, done=False)
    wanted = put(tmp_path, 2, done=False)
    put(tmp_path, 4, done=False, inputs="others")
    put(tmp_path, 5)
    assert place_for(tmp_path, INFO) == wanted
    assert place_for(tmp_path, INFO, fresh=True) == tmp_path / INFO.id


def test_no_run_takes_the_place_of_another(tmp_path):
    assert place_for(tmp_path / "none", INFO) == tmp_path / "none" / INFO.id
    put(tmp_path, 3)
    assert place_for(tmp_path, INFO) == tmp_path / f"{INFO.id}-2"
    (tmp_path / f"{INFO.id}-2").mkdir()
    assert place_for(tmp_path, INFO) == tmp_path / f"{INFO.id}-3"


def test_a_run_is_named_by_folder_id_or_latest(tmp_path, monkeypatch):
    put(tmp_path, 1)
    second = put(tmp_path, 2)
    put(tmp_path, 3, done=False)
    assert named("latest", tmp_path) == named(second.name, tmp_path) == named(str(second), Path("elsewhere")) == second
    assert list(finished(tmp_path)) == [second, tmp_path / "20261101T060000Z"]


@pytest.mark.parametrize(
    ("name", "said"), [("latest", "no finished run"), ("x", "no run is there"), ("open", "not finished")]
)
def test_what_is_no_finished_run(tmp_path, name, said):
    put(tmp_path, 3, done=False, name="open")
    with pytest.raises(UsageError, match=said):
        named(name, tmp_path)
