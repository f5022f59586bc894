"""What a run keeps of works and rules: enough to draw a report when catalogue and rules are gone."""

import json
import shutil

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from cccheck.report.kept import Originals
from making import WORKS
from scanning import Scans, pages_of


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_works_and_rules_of_a_run_are_kept(tmp_path):
    scans = Scans(tmp_path)
    scans.run()
    named = {page["work"] for page in pages_of(scans.report())} - {None}
    assert {record["id"] for record in lines(scans.output / "originals.jsonl")} == named
    original = Originals(scans.output).get("night-ferries")
    assert original["text"] == json.loads((WORKS / "night-ferries.json").read_text("utf-8"))["text"]
    applied = {finding["rule"] for page in pages_of(scans.report()) for finding in page["findings"]}
    rules = {rule["rule"]: rule for rule in lines(scans.output / "rules.jsonl")}
    assert applied <= rules.keys()
    assert all(rules[rule]["words"]["asks"] for rule in applied)
    assert any(rule["check"] is None for rule in rules.values()), "what no program decides is told too"


def test_works_that_nobody_copied_are_not_kept(tmp_path):
    scans = Scans(tmp_path, {"https://other.example/regatta": "<p>There was a regatta in the bay on Sunday.</p>"})
    scans.run()
    assert lines(scans.output / "originals.jsonl") == []
    assert Originals(scans.output).get("night-ferries") is None


def test_they_are_sealed_and_go_with_the_run(tmp_path):
    scans = Scans(tmp_path)
    scans.run()
    kept = scans.output / "originals.jsonl"
    kept.write_text(kept.read_text("utf-8").replace("Maren", "Marian"), encoding="utf-8")
    result = CliRunner().invoke(cccheck, ["verify", str(scans.output), "--works", str(WORKS)])
    assert (result.exit_code, "originals.jsonl" in result.output) == (1, True)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    scans = Scans(tmp_path_factory.mktemp("scanned"))
    scans.run()
    (scans.folder / "cccheck.toml").write_text('contact = "rights@tidewatercourier.example"\n', encoding="utf-8")
    return scans


@pytest.mark.parametrize("name", ["originals.jsonl", "rules.jsonl", "follow-up.jsonl"])
@pytest.mark.parametrize("damage", ["{", "null", "[1,2]", "{}", "\udcff", "[" * 50_000, ""])
def test_a_damaged_line_is_named_with_the_mend(scanned, tmp_path, name, damage):
    output = tmp_path / "run"
    shutil.copytree(scanned.output, output)
    kept = output / name
    whole = kept.read_bytes() if kept.exists() else b""
    number = len(whole.splitlines()) + 1
    kept.write_bytes(whole + damage.encode("utf-8", "surrogateescape") + b"\n")
    told = f"{kept}: line {number}: is not what a scan wrote there; restore"
    asked = [["report", str(output), "--format", "html"]]
    if name == "originals.jsonl":
        letter = ["letter", "--all", "--now-confirmed", "--run", str(output)]
        asked.append([*letter, "--config", str(scanned.folder / "cccheck.toml")])
    for words in asked:
        result = CliRunner().invoke(cccheck, words)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        assert told in result.stderr and "Traceback" not in result.stderr
