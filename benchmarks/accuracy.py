"""How often a scan is right, on pages of which the truth is known.

    python benchmarks/accuracy.py [FOLDER] [--report FILE] [--standard] [--max-… N] [--min-found SHARE]

FOLDER (default: examples/) holds `urls.txt`, `works/`, `pages.warc.gz` and `expected.jsonl`, a line a page:
{"url": …, "scenario": what is special about it, "verdicts": [those that are right], "checks": {id: outcome, or several
joined by "|"}, "open": [checks of which nothing is said]}. Only required findings count.

false accusation   a check fails where it should not, or a page is called a violation that is none
missed             a check should fail, and does not
lenient            a person should look, and is not asked to
undecided          a person is asked to look, or nothing is said, where the answer is plain
found              share of the checks that should fail, and do
held up            share of the compliant pages that are left to review

Exit status: 0, 1 when a bound is broken, 2 when the scan itself did not run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SEVERITY = ("inapplicable", "pass", "review", "fail")
WRONG = ("false accusation", "missed", "lenient", "undecided", "wrong verdict")
# The bounds the project holds itself to: option, value.
STANDARD = {
    "max_false": 0,
    "max_missed": 0,
    "max_lenient": 0,
    "min_found": 0.98,
    "max_undecided": 0.03,
    "max_held": 0.05,
    "max_wrong": 0.01,
    "max_absent": 0,
}


@dataclass
class Score:
    """Counts over all pages. `by_check` and `by_scenario` count the kinds of `WRONG`; `notes` say where."""

    pages: int = 0
    absent: int = 0
    wrong_verdicts: int = 0
    compliant: int = 0
    held: int = 0
    checks: int = 0
    planted: int = 0
    found: int = 0
    by_check: dict[str, Counter[str]] = field(default_factory=dict)
    by_scenario: dict[str, Counter[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def note(self, case: Mapping[str, Any], check: str, kind: str, what: str) -> None:
        """Count one wrong answer."""
        self.by_check.setdefault(check, Counter())[kind] += 1
        self.by_scenario.setdefault(case["scenario"], Counter())[kind] += 1
        self.notes.append(f"{kind}: {what} [{case['scenario']}] {case['url']}")

    def count(self, kind: str) -> int:
        """How many wrong answers of that kind there are."""
        return sum(counts[kind] for counts in self.by_check.values())

    def figures(self) -> dict[str, float]:
        """What the bounds are about: counts, and shares of 1."""
        return {
            "false": self.count("false accusation"),
            "missed": self.count("missed"),
            "lenient": self.count("lenient"),
            "found": self.found / self.planted if self.planted else 1.0,
            "undecided": self.count("undecided") / self.checks if self.checks else 0.0,
            "held": self.held / self.compliant if self.compliant else 0.0,
            "wrong": self.wrong_verdicts / self.pages if self.pages else 0.0,
            "absent": self.absent,
        }


# ------------------------------------------------------------------ scoring


def score(cases: Iterable[Mapping[str, Any]], report: Mapping[str, Any]) -> Score:
    """Every labelled page against what the report says of it."""
    pages = {page["url"]: page for site in report["sites"] for page in site["pages"]}
    total = Score()
    for case in cases:
        total.pages += 1
        page = pages.get(case["url"])
        if page is None:
            total.absent += 1
            total.notes.append(f"absent: [{case['scenario']}] {case['url']}")
            page = {"verdict": "absent", "findings": []}
        _score_verdict(total, case, page["verdict"])
        _score_checks(total, case, outcomes(page["findings"]))
    return total


def outcomes(findings: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The most serious required outcome of each check."""
    found: dict[str, str] = {}
    for finding in findings:
        if finding["level"] == "required":
            known = found.get(finding["check"], SEVERITY[0])
            found[finding["check"]] = max(known, finding["outcome"], key=SEVERITY.index)
    return found


def _score_verdict(total: Score, case: Mapping[str, Any], verdict: str) -> None:
    right = case["verdicts"]
    clean = "compliant" in right and "violation" not in right
    total.compliant += clean
    total.held += clean and verdict == "review"
    if verdict in right:
        return
    total.wrong_verdicts += 1
    what = f"verdict {verdict}, not {' or '.join(right)}"
    kind = "false accusation" if verdict == "violation" else "wrong verdict"
    total.note(case, "(verdict)", kind, what)


def _score_checks(total: Score, case: Mapping[str, Any], said: Mapping[str, str]) -> None:
    for check, truth in case["checks"].items():
        right, outcome = truth.split("|"), said.get(check, "none")
        total.checks += 1
        total.planted += right == ["fail"]
        total.found += right == ["fail"] and outcome == "fail"
        if outcome not in right:
            total.note(case, check, _kind(right, outcome), f"{check} is {outcome}, not {truth}")
    for check, outcome in said.items():
        if outcome == "fail" and check not in case["checks"] and check not in case.get("open", ()):
            total.note(case, check, "false accusation", f"{check} is fail, though nothing is wrong with it")


def _kind(right: list[str], outcome: str) -> str:
    if outcome == "fail":
        return "false accusation"
    if "fail" in right and outcome != "review":
        return "missed"
    return "lenient" if right == ["review"] else "undecided"


# ------------------------------------------------------------------ running and printing


def scan(folder: Path, output: Path, jobs: int) -> Path:
    """Run `cccheck scan` over the folder, and give its report. Ends the program with status 2 where there is none."""
    program = [sys.executable, "-c", "from cccheck.cli import main; main()"]
    sources = ["--works", folder / "works", "--replay", folder / "pages.warc.gz"]
    options = ["--output", output, "--jobs", jobs, "--fresh", "--quiet"]
    command = list(map(str, [*program, "scan", folder / "urls.txt", *sources, *options]))
    status = subprocess.run(command, check=False).returncode
    if status not in (0, 1, 3):
        print(f"the scan ended with status {status}", file=sys.stderr)
        raise SystemExit(2)
    return output / "report.json"


def table(total: Score) -> str:
    """Wrong answers by check, then by scenario, then the figures."""
    lines = [f"{'':24}" + "".join(f"{kind:>18}" for kind in WRONG)]
    for groups in (total.by_check, total.by_scenario):
        for name, counts in sorted(groups.items()):
            lines.append(f"{name[:23]:24}" + "".join(f"{counts[kind]:18}" for kind in WRONG))
        lines.append("")
    figures = total.figures()
    lines.append(
        f"{total.pages} pages, {total.checks} checks, {total.planted} of which should fail\n"
        f"false accusations {figures['false']:.0f} | missed {figures['missed']:.0f} | lenient {figures['lenient']:.0f}"
        f" | found {figures['found']:.2%} | undecided {figures['undecided']:.2%}"
        f" | held up {figures['held']:.2%} | wrong verdicts {figures['wrong']:.2%} | absent {figures['absent']:.0f}"
    )
    return "\n".join(lines)


def broken(figures: Mapping[str, float], bounds: Mapping[str, float | None]) -> list[str]:
    """The bounds that do not hold, in words."""
    found = []
    for name, bound in bounds.items():
        side, figure = name.split("_")
        value = figures[figure]
        if bound is not None and (value > bound if side == "max" else value < bound):
            found.append(f"{figure} is {value:.4g}, {'above' if side == 'max' else 'below'} {bound:.4g}")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Scan, score, print; 1 when a bound is broken."""
    parser = argparse.ArgumentParser(description="Score a scan of labelled pages.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "examples")
    parser.add_argument("--report", type=Path, help="score this report.json instead of scanning")
    parser.add_argument("--jobs", type=int, default=1, help="processes that audit")
    parser.add_argument("--show", type=int, default=20, metavar="N", help="so many wrong answers are listed")
    parser.add_argument("--standard", action="store_true", help="hold the project's own bounds: " + str(STANDARD))
    for name in STANDARD:
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, metavar="N")
    options = parser.parse_args(arguments)
    cases = [json.loads(line) for line in (options.folder / "expected.jsonl").read_text("utf-8").splitlines() if line]
    with tempfile.TemporaryDirectory() as temporary:
        path = options.report or scan(options.folder, Path(temporary), options.jobs)
        total = score(cases, json.loads(path.read_text("utf-8")))
    print("\n".join([*total.notes[: options.show], "", table(total)]))
    given = {name: getattr(options, name) for name in STANDARD}
    bounds = {n: v if v is not None else STANDARD[n] if options.standard else None for n, v in given.items()}
    wrong = broken(total.figures(), bounds)
    for line in wrong:
        print(f"bound broken: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
