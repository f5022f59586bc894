"""`cccheck schema` as a user types it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from cccheck.cli.schema import KINDS
from cccheck.data import rules_dir
from cccheck.validation import has_schema

RECORD = {
    "id": "nine",
    "title": "Nine Bridges",
    "authors": [{"name": "Ida Ferrow"}],
    "publisher": {"name": "The Lantern", "url": "https://lantern.example/"},
    "url": "https://lantern.example/bridges",
    "license": "CC-BY-4.0",
    "text": "A river.",
}


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(cccheck, ["schema", *args], catch_exceptions=False)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if has_schema(kind)])
def test_a_schema_is_printed_as_json(run, kind):
    assert "$schema" in json.loads(run(kind).stdout)


def test_a_schema_that_is_not_there_is_one_line(run, monkeypatch, tmp_path):
    monkeypatch.setattr("cccheck.validation.schema_path", lambda name: tmp_path / f"{name}.json")
    result = run("report")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_a_good_record(run):
    Path("w.json").write_text(json.dumps(RECORD))
    result = run("check", "w.json")
    assert (result.exit_code, result.stdout) == (0, "w.json: keeps to the schema of work records\n")


def test_problems_are_listed_one_a_line(run):
    Path("w.json").write_text(json.dumps(RECORD | {"title": 3, "tilte": "x"}))
    result = run("check", "w.json")
    assert result.exit_code == 2
    assert result.stdout.splitlines() == [
        "w.json: tilte: is no known key; did you mean `title`?",
        "w.json: title: is `3`, not a text; write it out; it may not be empty",
    ]


def test_a_licence_is_looked_up_too(run):
    Path("w.json").write_text(json.dumps(RECORD | {"license": "CC-BY-9.0"}))
    assert "is no known licence" in run("check", "w.json").stdout


def test_settings_are_known_by_their_name_or_keys(run):
    Path("cccheck.toml").write_text("dealy = 3\n")
    assert "dealy: is no known key; did you mean `delay`?" in run("check", "cccheck.toml").stdout
    Path("other.toml").write_text('works = "x"\n')
    assert run("check", "other.toml").exit_code == 0


@pytest.mark.parametrize("pack", sorted((rules_dir() / "licenses").glob("*.toml")), ids=lambda path: path.name)
def test_every_licence_pack_keeps_to_the_schema_of_rules(run, pack):
    result = run("check", str(pack))
    assert result.exit_code == 0, result.stdout


@pytest.mark.skipif(not has_schema("report"), reason="the schema of reports is not in this checkout")
def test_a_report_is_known_by_its_keys(run):
    Path("r.json").write_text('{"schema_version": "1.0"}')
    result = run("check", "r.json")
    assert result.exit_code == 2 and "r.json: " in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.json", '{"a": 1}', "neither a report nor a work record; say what it is with --as"),
        ("x.json", "{", "line 1, column 2: no valid JSON"),
        ("x.toml", "a = ", "no valid TOML"),
        ("none.json", None, "No such file"),
    ],
)
def test_what_cannot_be_checked_says_so(run, name, content, message):
    if content is not None:
        Path(name).write_text(content)
    result = run("check", name)
    assert result.exit_code == 2 and message in result.stderr and len(result.stderr.splitlines()) == 1


def test_the_kind_can_be_said(run):
    Path("x.json").write_text("{}")
    assert "x.json: id: is missing" in run("check", "x.json", "--as", "work").stdout
