"""A page with several whole works has an audit for each, in the journal as a whole or not at all."""

import json

import pytest

from cccheck.match import Corpus
from cccheck.pipeline import audit_all
from cccheck.rulebook import load_rules
from making import bundle, capture, paragraphs, work
from scanning import CREDIT, Scans, pages_of

FERRIES, LOOMS, WELLS = work(), work("quiet-looms"), work("pozos-secos")
RULES = load_rules()


def html_of(*works) -> str:
    return "".join(f"<p>{part}</p>" for one in works for part in paragraphs(one))


def audits_of(html: str, *works, hint=None):
    return audit_all(bundle(capture(html), hint=hint), Corpus(works), RULES)


def test_each_whole_work_has_an_audit():
    found = audits_of(f"<article>{html_of(FERRIES)}{CREDIT}{html_of(LOOMS)}</article>", FERRIES, LOOMS, WELLS)
    said = {audit.work: audit.verdict.value for audit in found}
    assert said == {"night-ferries": "compliant", "quiet-looms": "violation"}
    first, second = found
    assert first.beside is None and second.beside == first.work
    assert second.work in first.detail and first.work in second.detail
    assert all(audit.match is not None and audit.match.containment == 1.0 for audit in found)
    assert not any(edit.kind in ("inserted", "cut", "rewritten") for audit in found for edit in audit.match.edits)


def test_a_hinted_target_has_one_audit():
    html = f"<article>{html_of(FERRIES, LOOMS)}</article>"
    (only,) = audits_of(html, FERRIES, LOOMS, hint="quiet-looms")
    assert (only.work, only.beside) == ("quiet-looms", None)
    assert only.match is not None and only.match.beside == ("night-ferries",)
    assert "was not judged: night-ferries" in only.detail


def test_a_hinted_target_alone_on_its_page_names_no_other():
    quoted = "".join(f"<blockquote>{part}</blockquote>" for part in paragraphs(LOOMS)[:1])
    (only,) = audits_of(f"<article>{html_of(FERRIES)}{quoted}</article>", FERRIES, LOOMS, hint="night-ferries")
    assert only.match is not None and not only.match.beside and only.detail == ""


def test_a_quotation_of_another_work_is_no_audit():
    quoted = "".join(f"<blockquote>{part}</blockquote>" for part in paragraphs(LOOMS)[:1])
    assert len(audits_of(f"<article>{html_of(FERRIES)}{quoted}</article>", FERRIES, LOOMS)) == 1


# ------------------------------------------------------------------ in a run

PAGES = {
    "https://both.example/two": f"<h1>Two</h1><article><!--text-->{html_of(LOOMS)}</article>",
    "https://one.example/one": f"<h1>One</h1><article><!--text-->{CREDIT}</article>",
}


def rows_of(scans: Scans) -> list[dict]:
    return [json.loads(line) for line in (scans.output / "audits.jsonl").read_text("utf-8").splitlines()]


def bare(report: dict) -> list[dict]:
    return pages_of(report)


def test_a_scan_writes_and_verifies_both(tmp_path):
    from click.testing import CliRunner

    from cccheck.cli import cccheck

    scans = Scans(tmp_path, PAGES)
    assert scans.run().exit_code == 1
    pages = bare(scans.report())
    two = [page for page in pages if page["url"] == "https://both.example/two"]
    assert {page["work"] for page in two} == {"night-ferries", "quiet-looms"}
    assert len({page["id"] for page in two}) == 2 and [("beside" in page) for page in two].count(True) == 1
    assert all((scans.output / "pages" / f"{page['id']}.json").exists() for page in two)
    assert scans.report()["summary"]["pages"] == 3
    shown = CliRunner().invoke(cccheck, ["schema", "check", str(scans.output / "report.json")])
    assert shown.exit_code == 0, shown.output
    verified = CliRunner().invoke(cccheck, ["verify", str(scans.output)])
    assert verified.exit_code == 0, verified.output


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_run_that_broke_off_between_its_lines_goes_on(tmp_path, kept):
    scans = Scans(tmp_path, PAGES)
    scans.run()
    whole, journal, info = rows_of(scans), scans.output / "audits.jsonl", scans.output / "run.json"
    before = scans.report()
    lines = journal.read_text("utf-8").splitlines(keepends=True)
    journal.write_text("".join(lines[:kept]), encoding="utf-8")
    data = json.loads(info.read_text("utf-8"))
    info.write_text(json.dumps({**data, "finished": None}), encoding="utf-8")
    assert scans.run().exit_code == 1
    assert sorted(row["id"] for row in rows_of(scans)) == sorted(row["id"] for row in whole)
    assert bare(scans.report()) == bare(before)


def test_the_journal_names_the_targets_own_audit_last(tmp_path):
    scans = Scans(tmp_path, PAGES)
    scans.run()
    two = [row for row in rows_of(scans) if row["url"] == "https://both.example/two"]
    assert ["beside" in row for row in two] == [True, False]
