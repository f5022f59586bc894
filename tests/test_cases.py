"""Every page under `cases/` is judged as its name says. See `cases/README.md`."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from cases.known import KNOWN
from cccheck.checks import all_checks
from making import CASES, audit, finding, lead_of, profile, with_profile, work

_HEADER = re.compile(r"\A<!--\s*(\{.*?\})\s*-->\n", re.DOTALL)
_OWN = ("work", "code", "reason", "level", "hint", "url", "final_url", "status", "followed", "others", "headers", "terms")
_OUTCOMES = "pass|fail|review|inapplicable"
_VERDICTS = "compliant|violation|no-violation|review|excerpt|not-a-copy|unavailable"
_NAME = re.compile(rf"(?P<outcome>{_OUTCOMES}|{_VERDICTS})-.+")
FILES = sorted(path for path in CASES.glob("*/*.html"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def load(path: Path):
    """Header, work and HTML of a case."""
    text = path.read_text("utf-8")
    match = _HEADER.match(text)
    header = json.loads(match[1]) if match else {}
    record = {key: value for key, value in header.items() if key not in _OWN}
    return header, work(header.get("work", "night-ferries"), **record), text[match.end() :] if match else text


def audited(path: Path):
    header, subject, html = load(path)
    options = {key: header[key] for key in ("url", "final_url", "status", "hint") if key in header}
    followed = [lead_of(row, subject) for row in header.get("followed", ())]
    others = [work(name) for name in header.get("others", ())]
    if "terms" in header:
        grants = [{"id": license} for license in subject.licenses]
        options["rules"] = with_profile(profile(header["terms"], licenses=grants))
        subject = replace(subject, profile="tidewater")
    headers = header.get("headers", {}).items()
    return header, audit(html, subject, *others, followed=followed, headers=headers, **options)


def params():
    for path in FILES:
        known = KNOWN.get(name_of(path))
        marks = [pytest.mark.xfail(reason=known, strict=True)] if known else []
        yield pytest.param(path, id=name_of(path), marks=marks)


@pytest.mark.parametrize("path", list(params()))
def test_case(path):
    wanted = _NAME.fullmatch(path.stem)["outcome"]
    header, result = audited(path)
    if path.parent.name == "verdict":
        said = [(f.check, f.outcome.value, f.code) for f in result.findings]
        assert result.verdict == wanted or (wanted == "no-violation" and result.verdict != "violation"), said
        assert header.get("reason") == (result.reason.value if result.reason else None)
        return
    found = finding(result, path.parent.name)
    assert (found.outcome, found.code) == (wanted, header.get("code", found.code))
    assert found.level == header.get("level", found.level)
    assert found.message != found.code, "no sentence is written for this code"


def test_cases_are_named_after_checks_and_outcomes():
    assert len(FILES) >= 100
    assert {path.parent.name for path in FILES} <= {*all_checks(), "verdict"}
    assert all(_NAME.fullmatch(path.stem) for path in FILES)


def test_known_faults_are_cases():
    assert set(KNOWN) <= {name_of(path) for path in FILES}
