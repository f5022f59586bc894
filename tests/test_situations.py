"""Every situation under `situations/` comes out as its first line says, and none is a violation. See its README."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from cccheck.acceptances import Acceptance
from cccheck.messages import templates
from making import URL, audit, lead_of, rulebook, work

FOLDER = Path(__file__).parent / "situations"
FILES = sorted(FOLDER.glob("F*.html"))
_HEADER = re.compile(r"\A<!--\s*(\{.*?\})\s*-->\n", re.DOTALL)
_EXPECTED = ("about", "verdict", "checks", "clauses", "reason", "later")
_SETTING = ("each", "put", "page", "work", "hint", "followed", "others", "accepted")
_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | Harbour Digest</title>{head}</head>
<body>
<nav><a href="/">Harbour Digest</a> <a href="/news">News</a> <a href="/sea">Sea</a></nav>
<article>
<h1>{title}</h1>
{body}</article>
<footer>© 2026 Harbour Digest. All rights reserved.</footer>
</body></html>
"""


def load(path: Path) -> tuple[dict, str]:
    text = path.read_text("utf-8")
    match = _HEADER.match(text)
    assert match, f"{path.name} has no header"
    return json.loads(match[1]), text[match.end() :]


def variants(path: Path) -> list[tuple[dict, str]]:
    """A file's situations: one for each entry of `each`, laid over the header."""
    header, html = load(path)
    return [(header | more, html) for more in header.get("each", [{}])]


def params():
    for path in FILES:
        for number, (header, html) in enumerate(variants(path)):
            later = header.get("later")
            marks = [pytest.mark.xfail(reason=later, strict=True)] if later else []
            yield pytest.param(header, html, id=f"{path.stem}-{number}", marks=marks)


def audited(header: dict, html: str):
    record = {key: value for key, value in header.items() if key not in (*_EXPECTED, *_SETTING)}
    known = work(header.get("work", "night-ferries"), **record)
    put = header.get("put", {})
    for key, value in put.items():
        html = html.replace(f"{{{key}}}", value)
    if not html.lstrip().lower().startswith(("<!doctype", "<html", "%pdf")):
        html = _FRAME.format(
            title=header.get("page", {}).get("title", known.title), head=put.get("head", ""), body=html
        )
    response = {key: value for key, value in header.get("page", {}).items() if key != "title"}
    followed = [lead_of(row, known) for row in header.get("followed", ())]
    others = [work(name) for name in header.get("others", ())]
    entries = tuple(Acceptance(**row) for row in header.get("accepted", ()))
    rules = replace(rulebook(), acceptances=entries)
    address = {"url": URL} | response
    return audit(html, known, *others, hint=header.get("hint"), followed=followed, rules=rules, **address)


@pytest.mark.parametrize(("header", "html"), list(params()))
def test_situation(header, html):
    result = audited(header, html)
    said = {finding.check: (finding.outcome.value, finding.code) for finding in result.findings}
    assert result.verdict == header["verdict"], (result.reason, result.detail, said)
    assert result.verdict != "violation"
    assert result.accepted or not header.get("accepted")
    assert not header.get("reason") or result.reason == header["reason"]
    for check, wanted in header.get("checks", {}).items():
        assert wanted in (*said[check], None) or wanted == " ".join(said[check]), (check, said[check])
    for check, clause in header.get("clauses", {}).items():
        assert {f.clause for f in result.findings if f.check == check} == {clause}
    for check, (_, code) in said.items():
        assert code in {**templates()[check], **templates()["any"]}, f"no sentence is written for {check} {code}"


def test_every_situation_has_a_file():
    numbers = {path.name[:3] for path in FILES}
    assert numbers == {f"F{number:02}" for number in range(1, 39)}


def test_no_situation_is_expected_to_be_a_violation():
    for path in FILES:
        for header, _ in variants(path):
            assert header["verdict"] in ("compliant", "review", "excerpt", "not-a-copy", "unavailable"), path.name
            assert header["about"].endswith("."), path.name
