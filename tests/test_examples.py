"""The examples: the archive is what its pages give, and a scan of it says what it should, the same bytes every time."""

from __future__ import annotations

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from cccheck.model import Verdict
from cccheck.works import check_folder

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
GOLDEN = Path(__file__).parent / "golden" / "examples.json"


def load(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def scan(output: Path, *more: str) -> dict[str, object]:
    sources = ["--works", str(EXAMPLES / "works"), "--replay", str(EXAMPLES / "pages.warc.gz")]
    fixed = ["--output", str(output), "--now", "2026-03-16T10:00:00Z"]
    result = CliRunner().invoke(cccheck, ["scan", str(EXAMPLES / "urls.txt"), *sources, *fixed, *more])
    assert result.exit_code == 1, result.output
    return json.loads((output / "report.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("scan")


@pytest.fixture(scope="module")
def report(folder):
    return scan(folder)


def pages_of(report) -> list[dict]:
    return [page for site in report["sites"] for page in site["pages"]]


FOR_PEOPLE = ("fail", "review")


def told(report) -> dict[str, dict]:
    """What is said of each page: its verdict, and what fails or is left to a person."""
    rows = {
        page["url"]: {
            "verdict": page["verdict"],
            "reason": page["reason"],
            "work": page["work"],
            "said": {f["rule"]: [f["outcome"], f["code"]] for f in page["findings"] if f["outcome"] in FOR_PEOPLE},
        }
        for page in pages_of(report)
    }
    return {"summary": report["summary"], "pages": rows}


def test_archive_is_what_the_pages_give():
    build = load(EXAMPLES / "build.py")
    assert build.archive() == (EXAMPLES / "pages.warc.gz").read_bytes(), "run python examples/build.py"


def test_every_page_file_is_captured():
    named = (EXAMPLES / "captures.toml").read_text("utf-8")
    assert [p.name for p in (EXAMPLES / "pages").iterdir() if f'"{p.name}"' not in named] == []


def test_works_are_good_records():
    assert check_folder(EXAMPLES / "works") == (4, [])


def test_scan_says_what_it_should(report):
    """To accept a change: read the difference, then write what `told` gives to the golden file."""
    said, golden = told(report), json.loads(GOLDEN.read_text("utf-8"))
    assert said["pages"].keys() == golden["pages"].keys()
    for url, row in said["pages"].items():
        assert (url, row) == (url, golden["pages"][url])
    assert said["summary"] == golden["summary"]


def test_every_verdict_has_an_example(report):
    assert {verdict for verdict, count in report["summary"]["verdicts"].items() if count} == set(Verdict)


def test_evidence_stands_where_it_says(folder, report):
    """At the block and the offsets that evidence names, the page's stored text is what it quotes."""
    quoted = 0
    for page in pages_of(report):
        blocks = json.loads((folder / "pages" / f"{page['id']}.json").read_text("utf-8"))["blocks"]
        for evidence in (e for finding in page["findings"] for e in finding["evidence"] if e["block"] is not None):
            text = blocks[evidence["block"]]["text"]
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
            quoted += 1
    assert quoted > 30


def test_same_input_same_bytes(tmp_path):
    for number, more in enumerate(([], [], ["--jobs", "2"])):
        scan(tmp_path / str(number), *more)
    reports = {(tmp_path / str(number) / "report.json").read_bytes() for number in range(3)}
    assert len(reports) == 1


def test_accuracy_benchmark_holds_on_the_examples(capsys):
    accuracy = load(ROOT / "benchmarks" / "accuracy.py")
    assert accuracy.main([str(EXAMPLES), "--standard"]) == 0, capsys.readouterr().out


def test_accuracy_benchmark_counts_wrong_answers(tmp_path, report, capsys):
    """A report that accuses everybody breaks every bound that it should."""
    accuracy = load(ROOT / "benchmarks" / "accuracy.py")
    accusing = json.loads(json.dumps(report))
    for page in pages_of(accusing):
        page["verdict"] = "violation" if page["verdict"] == "compliant" else page["verdict"]
        for finding in page["findings"]:
            finding["outcome"] = {"pass": "fail", "fail": "pass"}.get(finding["outcome"], finding["outcome"])
    path = tmp_path / "report.json"
    path.write_text(json.dumps(accusing), encoding="utf-8")
    assert accuracy.main([str(EXAMPLES), "--report", str(path), "--standard"]) == 1
    said = capsys.readouterr().err
    assert "false is" in said
    assert "missed is 9" in said
    assert "found is 0, below 0.98" in said


def test_accuracy_holds_on_pages_made_of_parts(tmp_path, capsys):
    load(ROOT / "benchmarks" / "forms.py").write(tmp_path, seed=7, pages=150)
    accuracy = load(ROOT / "benchmarks" / "accuracy.py")
    assert accuracy.main([str(tmp_path), "--standard"]) == 0, capsys.readouterr().out
    assert "150 pages" in capsys.readouterr().out
