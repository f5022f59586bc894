"""`report.junit.xml` for build servers: a suite a site, a case for each rule on each page.

A required rule that fails is a failure; a page that could not be read is an error; what is left to a person, and what
is not judged, is skipped, with the reason. A guideline fails nothing, and a rule that does not apply has no case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from cccheck.files import replacing
from cccheck.journal import Row
from cccheck.model import Outcome, Verdict
from cccheck.plain import clean
from cccheck.report.formats import Order
from cccheck.report.ordered import ordered

NAME = "report.junit.xml"
Kind = Literal["failure", "error", "skipped", ""]

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 §2.2
_QUIET = (Verdict.EXCERPT, Verdict.NOT_A_COPY)


@dataclass(frozen=True, slots=True)
class _Case:
    page: str
    name: str
    kind: Kind = ""
    type: str = ""
    message: str = ""
    more: tuple[str, ...] = ()


def write(order: Order) -> Path:
    """Write it; see `formats`. A first walk over the pages counts, a second one writes: memory stays flat."""
    with ordered(order.folder) as run, replacing(order.output / NAME) as out:
        sums: dict[str, Counter[str]] = {}
        for row in run.rows():
            sums.setdefault(row["site"], Counter()).update(_counts(_cases(row)))
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        totals = sum(sums.values(), Counter[str]())
        out.write(f"<testsuites name={_attribute(f'cccheck {order.info.id}')} {_sums(totals)}>\n")
        when = _attribute(order.info.started.rstrip("Z"))
        for site, counts in sums.items():
            out.write(f" <testsuite name={_attribute(site)} timestamp={when} {_sums(counts)}>\n")
            for row in run.pages(site):
                out.writelines(map(_xml, _cases(row)))
            out.write(" </testsuite>\n")
        out.write("</testsuites>\n")
    return order.output / NAME


def _cases(row: Row) -> Iterator[_Case]:
    """The cases of a page."""
    page = row["url"] if row["work"] is None else f"{row['url']} ({row['work']})"
    if row["accepted"]:
        yield _Case(page, "page", "skipped", "accepted", row["accepted"])
        return
    applied = [f for f in row["findings"] if f["outcome"] != Outcome.INAPPLICABLE]
    if row["verdict"] == Verdict.UNAVAILABLE:
        yield _Case(page, "page", "error", row["reason"] or "", row["detail"] or "the page could not be read")
    elif row["verdict"] in _QUIET or not applied:
        yield _Case(page, "page", "skipped", row["verdict"], row["detail"] or row["verdict"])
    for finding in applied:
        yield _case(page, finding)


def _case(page: str, finding: Row) -> _Case:
    name = f"{finding['rule']}: {finding['title']}"
    if finding["outcome"] == Outcome.PASS:
        return _Case(page, name)
    failed = finding["outcome"] == Outcome.FAIL and finding["level"] == "required"
    said = [finding["clause"], finding["clause_url"], finding["remedy"]]
    quotes = [f"“{evidence['quote']}”" for evidence in finding["evidence"] if evidence["quote"]]
    kind: Kind = "failure" if failed else "skipped"
    return _Case(page, name, kind, finding["code"], finding["message"], tuple(filter(None, [*said, *quotes])))


def _counts(cases: Iterable[_Case]) -> Counter[str]:
    found = list(cases)
    return Counter(case.kind for case in found if case.kind) + Counter(tests=len(found))


def _sums(counts: Counter[str]) -> str:
    names = {"tests": "tests", "failures": "failure", "errors": "error", "skipped": "skipped"}
    return " ".join(f'{name}="{counts[kind]}"' for name, kind in names.items()) + ' time="0"'


def _xml(case: _Case) -> str:
    head = f'  <testcase classname={_attribute(case.page)} name={_attribute(case.name)} time="0"'
    if not case.kind:
        return head + "/>\n"
    said = f"message={_attribute(case.message)}"
    if case.kind != "skipped":
        said += f" type={_attribute(case.type)}"
    text = escape(_NO_XML.sub("", "\n".join(map(clean, case.more))))
    return f"{head}>\n   <{case.kind} {said}>{text}</{case.kind}>\n  </testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("", clean(text)))
