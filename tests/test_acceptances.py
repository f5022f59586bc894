"""Acceptances: their file, their scope, their end, and what becomes of an accepted page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cccheck.acceptances import Acceptance, load_acceptances, remarks
from cccheck.errors import DataError
from cccheck.model import PageAudit
from making import URL, audit, rulebook, work

ENTRY = """[[accepted]]
kind = "partner"
site = "partner.example"
reason = "contract of 2025"
by = "R. Clerk"
until = 2027-01-31
"""


def one(**members: str) -> Acceptance:
    return Acceptance(**{"kind": "partner", "reason": "contract", "by": "R. Clerk", **members})


def judged(entry: Acceptance, html: str = "<!--text-->", **options) -> PageAudit:
    return audit(html, rules=replace(rulebook(), acceptances=(entry,)), **options)


def test_an_accepted_page_has_a_reason_and_no_findings():
    assert audit("<!--text-->").verdict == "violation"
    found = judged(one(site="harbourdigest.example", until="2027-01-31"))
    assert (found.verdict, found.findings) == ("compliant", ())
    assert found.accepted == "partner: contract (R. Clerk, until 2027-01-31)"


@pytest.mark.parametrize(
    ("scope", "covers"),
    [
        ({"site": "harbourdigest.example"}, True),
        ({"site": "digest.example"}, False),
        ({"site": "www.harbourdigest.example"}, False),
        ({"url": URL}, True),
        ({"url": "http://www.harbourdigest.example/news/*"}, True),
        ({"url": "https://harbourdigest.example/news"}, False),
        ({"url": "https://harbourdigest.example/*-copy"}, True),
        ({"url": "https://harbourdigest.example/news/a.copy"}, False),
        ({"work": "night-ferries"}, True),
        ({"work": "quiet-looms"}, False),
        ({"site": "harbourdigest.example", "work": "quiet-looms"}, False),
        ({"work": "night-ferries", "naming": "the saltmarsh AGENCY"}, True),
        ({"work": "night-ferries", "naming": "Tidewater"}, False),
    ],
)
def test_scope(scope, covers):
    found = judged(one(**scope), "<p>From the Saltmarsh Agency</p><!--text-->")
    assert bool(found.accepted) is covers
    assert found.verdict == ("compliant" if covers else "violation")


def test_the_page_that_was_read_counts_not_the_link_to_it():
    moved = {"url": "https://partner.example/go", "final_url": "https://elsewhere.example/a"}
    assert not judged(one(site="partner.example"), **moved).accepted
    assert judged(one(url="https://partner.example/go"), **moved).accepted


@pytest.mark.parametrize(("until", "holds"), [("2026-11-01", True), ("2026-10-31", False)])
def test_an_entry_ends(until, holds):
    """By the day on which the page was fetched."""
    found = judged(one(site="harbourdigest.example", until=until))
    assert (bool(found.accepted), found.verdict) == (holds, "compliant" if holds else "violation")


def test_an_accepted_page_stays_what_it_is():
    entry = one(site="harbourdigest.example")
    gone = judged(entry, "<p>Not found</p>", status=404)
    other = judged(entry, f"<p>{'Another article. ' * 20}</p>")
    assert (gone.verdict, gone.reason, bool(gone.accepted)) == ("unavailable", "http-404", True)
    assert (other.verdict, bool(other.accepted)) == ("not-a-copy", True)
    credits = '<p>A translation of <a href="https://tidewatercourier.example/2024/03/night-ferries">this</a>.</p>'
    assert audit(credits).verdict == "review"
    assert judged(entry, credits).verdict == "not-a-copy"


def test_the_works_own_page_is_accepted_without_being_asked():
    for url in work().urls:
        found = audit("<!--text-->", url=url)
        assert (found.verdict, bool(found.accepted)) == ("not-a-copy", True)


# ------------------------------------------------------------------ the file


def put(folder: Path, text: str) -> Path:
    path = folder / "accepted.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file(tmp_path):
    wanted = one(site="partner.example", reason="contract of 2025", until="2027-01-31")
    assert load_acceptances(put(tmp_path, ENTRY)) == (wanted,)
    assert load_acceptances(put(tmp_path, "")) == ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('site = "partner.example"', "", "accepted[0].site: is missing; give a site, a url or a work"),
        ('"partner"', '"parnter"', "accepted[0].kind: `parnter` is none of partner, "),
        (
            'site = "partner.example"',
            'site = "https://partner.example"',
            "accepted[0].site: `https://partner.example` is not what",
        ),
        ('site = "partner.example"', 'url = "https://*"', "accepted[0].url: `https://*` is not what belongs here"),
        ('reason = "contract of 2025"\n', "", "accepted[0].reason: is missing; "),
        ('by = "R. Clerk"\n', "", "accepted[0].by: is missing; "),
        ("2027-01-31", '"soon"', "accepted[0].until: `soon` is not what belongs here; write a date such as 2027-01-31"),
        ("until", "untill", "accepted[0].untill: is no known key; did you mean `until`?"),
        ("[[accepted]]", "[[acepted]]", "acepted: is no known key; did you mean `accepted`?"),
        ("[[accepted]]", "[[accepted]", "no valid TOML"),
    ],
)
def test_mistakes(tmp_path, old, new, line):
    with pytest.raises(DataError) as error:
        load_acceptances(put(tmp_path, ENTRY.replace(old, new, 1)))
    assert str(error.value).startswith(f"{tmp_path / 'accepted.toml'}: ")
    assert line in str(error.value)


def test_what_accepts_nothing_is_said(tmp_path):
    path = tmp_path / "accepted.toml"
    entries = [one(site="a.example", until="2026-10-31"), one(work="night-ferrys"), one(site="b.example")]
    assert remarks(entries, "2026-11-01T06:00:00Z", ["night-ferries"], path) == [
        "accepted.toml: entry 1 (a.example) ended on 2026-10-31: its pages are judged; set a new date or take it out",
        "accepted.toml: entry 2: no work is called `night-ferrys`; mend the id or take it out",
    ]


def test_what_is_accepted_is_part_of_what_a_run_judges_by(tmp_path):
    from cccheck.rulebook import load_rules

    path = put(tmp_path, ENTRY)
    first = load_rules(accepted=path)
    put(tmp_path, ENTRY.replace("2025", "2026"))
    assert len({first.digest, load_rules(accepted=path).digest, load_rules().digest}) == 3
