"""report.json as it is written: byte for byte, sorted, summed; and what its evidence points at."""

import json
from pathlib import Path

import pytest

from cccheck import __version__
from cccheck.errors import DataError
from cccheck.journal import RunInfo
from cccheck.report.json_report import write_json
from cccheck.report.ordered import site_verdict
from cccheck.report.record import page_id, page_record, page_texts
from making import audit
from scanning import PAGES, VERDICTS, Scans, pages_of

GOLDEN = Path(__file__).parents[1] / "golden" / "report.json"
INFO = RunInfo(
    id="20261102T090000Z",
    started="2026-11-02T09:00:00Z",
    rules_digest="a" * 64,
    corpus_digest="b" * 64,
    inputs_digest="c" * 64,
    finished="2026-11-02T09:05:00Z",
    problems=({"line": 7, "text": "no url — “é”", "message": "this is no URL"},),
)


def row(site: str, path: str, verdict: str, work: str | None = None, accepted: str | None = None) -> dict:
    url = f"https://{site}/{path}"
    return {
        "site": site,
        "id": page_id(url, None),
        "url": url,
        "hint": None,
        "work": work,
        "verdict": verdict,
        "reason": None,
        "detail": "",
        "accepted": accepted,
        "findings": [],
    }


ROWS = [
    row("b.example", "2", "compliant", "w"),
    row("a.example", "1", "unavailable"),
    row("b.example", "1", "violation", "w"),
    row("c.example", "1", "violation", "w", "the author runs this site"),
    row("ä.example", "é", "review", "w"),
    row("b.example", "3", "violation", "w"),
]


def write(folder: Path, rows=ROWS) -> str:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "audits.jsonl").write_text(lines, encoding="utf-8")
    write_json(folder, INFO)
    return (folder / "report.json").read_text("utf-8")


def test_the_report_is_what_it_was(tmp_path):
    """To take a change over, write what `write` gives into the golden file, with `VERSION` for the version."""
    assert write(tmp_path).replace(f'"{__version__}"', '"VERSION"') == GOLDEN.read_text("utf-8")


def test_the_order_of_the_journal_does_not_matter(tmp_path):
    assert write(tmp_path) == write(tmp_path, ROWS[::-1])


def test_sums(tmp_path):
    report = json.loads(write(tmp_path))
    assert (report["summary"]["sites"], report["summary"]["pages"]) == (4, 6)
    assert report["summary"]["verdicts"] == {
        "compliant": 1,
        "violation": 2,
        "review": 1,
        "excerpt": 0,
        "not-a-copy": 0,
        "unavailable": 1,
    }
    assert {site["site"]: site["verdict"] for site in report["sites"]} == {
        "a.example": "unavailable",
        "b.example": "violation",
        "c.example": "compliant",
        "ä.example": "review",
    }
    assert [page["url"] for page in report["sites"][1]["pages"]] == [f"https://b.example/{n}" for n in (1, 2, 3)]


def test_nothing_is_left_beside_the_report(tmp_path):
    write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["audits.jsonl", "report.json"]


def test_no_report_is_made_of_a_journal_with_a_broken_end(tmp_path):
    before = write(tmp_path)
    whole = (tmp_path / "audits.jsonl").read_bytes()
    (tmp_path / "audits.jsonl").write_bytes(whole + b'{"site": "x.example", "url"')
    with pytest.raises(DataError, match=rf"line {len(ROWS) + 1}: is no whole line of a journal; restore the run's"):
        write_json(tmp_path, INFO)
    assert (tmp_path / "report.json").read_text("utf-8") == before


@pytest.mark.parametrize(
    ("verdicts", "wanted"),
    [
        ({"violation": 1, "compliant": 9}, "violation"),
        ({"review": 1, "compliant": 9}, "review"),
        ({"compliant": 1, "excerpt": 9, "unavailable": 9}, "compliant"),
        ({"excerpt": 1, "unavailable": 9}, "excerpt"),
        ({"unavailable": 1, "not-a-copy": 9}, "unavailable"),
        ({"not-a-copy": 1}, "not-a-copy"),
    ],
)
def test_a_site_is_what_its_worst_page_is(verdicts, wanted):
    from collections import Counter

    assert site_verdict(Counter(verdicts)) == wanted


# ------------------------------------------------------------------ a whole scan


@pytest.fixture(scope="module")
def scans(tmp_path_factory):
    made = Scans(tmp_path_factory.mktemp("report"))
    assert made.run().exit_code == 1
    return made


def test_verdicts_of_a_scan(scans):
    found = {page["url"]: page["verdict"] for page in pages_of(scans.report())}
    assert found == dict(zip(PAGES, VERDICTS, strict=True))


def test_evidence_points_at_the_texts_that_were_kept(scans):
    pointed = 0
    for page in pages_of(scans.report()):
        blocks = json.loads((scans.output / "pages" / f"{page['id']}.json").read_text("utf-8"))["blocks"]
        for item in (e for f in page["findings"] for e in f["evidence"] if e["block"] is not None):
            block = blocks[item["block"]]
            assert block["index"] == item["block"]
            assert block["text"][item["start"] : item["end"]] == item["quote"]
            assert block["text"][: item["start"]].endswith(item["prefix"])
            assert block["text"][item["end"] :].startswith(item["suffix"])
            pointed += 1
        for edit in page["match"]["edits"] if page["match"] else ():
            assert edit["copy"] is None or blocks[edit["copy"]["block"]]["text"]
    assert pointed > 10


def test_copied_words_are_marked_in_the_texts(scans):
    page = next(p for p in pages_of(scans.report()) if p["url"] == "https://good.example/ferries")
    blocks = json.loads((scans.output / "pages" / f"{page['id']}.json").read_text("utf-8"))["blocks"]
    assert next(block["text"] for block in blocks if not block.get("copied")) == "Ferries"
    assert sum(1 for block in blocks if block.get("copied")) == 7


def test_every_page_has_its_texts_and_no_other_has(scans):
    ids = {page["id"] for page in pages_of(scans.report())}
    assert {path.stem for path in (scans.output / "pages").iterdir()} == ids


def test_captures_name_their_record(scans):
    for page in pages_of(scans.report()):
        (capture,) = page["captures"]
        assert capture["fetched_at"] == "2026-11-01T00:00:00Z"
        assert (scans.output / capture["warc"]).resolve() == scans.warc.resolve()
        assert capture["record_id"].startswith("<urn:uuid:")


def test_texts_that_json_cannot_hold_are_none():
    found = audit("<!--text--><p>&#xD800; &#x1F600; \ud83d \x00</p>")
    for data in (page_record(found, "x.example"), page_texts(found)):
        json.dumps(data, ensure_ascii=False).encode("utf-8")


def test_ids_are_the_same_in_every_run():
    assert page_id("https://x.example/", None) == page_id("https://x.example/", "") == "b8af0b7e3e74f311"
    assert page_id("https://x.example/", "w") != page_id("https://x.example/", None)
