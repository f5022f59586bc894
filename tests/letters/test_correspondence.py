"""Which letter is due by the history, and what stands in its way. A real history, written by runs as a scan writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from cccheck.correspondence import Desk, from_history
from cccheck.errors import UsageError
from cccheck.history import cases, open_history
from cccheck.history.moves import notify, withdraw
from cccheck.history.take import save, take_run
from cccheck.journal import RunInfo
from cccheck.letters import alleged, choose_variant
from cccheck.report.record import page_record
from letters.samples import BARE, BYLINE, CREDITED
from making import audit, work

WORKS = {"night-ferries": work()}
BAD, OTHER = "https://bad.example/ferries", "https://other.example/ferries"


class Office:
    """A history to which runs are added, a day each; and letters are asked for."""

    def __init__(self, path: Path) -> None:
        self.store = open_history(path, create=True)

    def scan(self, day: int, pages: Mapping[str, str]) -> Office:
        when = f"2026-11-{day:02}T06:00:00Z"
        info = RunInfo(f"run{day}", when, "r", "c", "i", finished=when)
        take_run(self.store, info, "reports/run", [row_of(url, html, when) for url, html in pages.items()])
        return self

    def sent(self, day: int) -> Office:
        for case in cases(self.store):
            save(self.store, notify(case, f"2026-11-{day:02}T09:00:00Z"))
        return self

    def withdrawn(self, day: int) -> Office:
        for case in cases(self.store):
            save(self.store, withdraw(case, f"2026-11-{day:02}T09:00:00Z", "a partner"))
        return self

    def ask(self, day: int, *whom: str, month: int = 11, **options: Any):
        return from_history(self.store, Desk(WORKS, f"2026-{month}-{day:02}T10:00:00Z", **options), whom)

    def one(self, day: int, *whom: str, **options: Any):
        (found,) = self.ask(day, *(whom or ("bad.example",)), **options)
        return found


def row_of(url: str, html: str, when: str) -> dict[str, Any]:
    row = page_record(audit(html, url=url), url.split("/")[2])
    row["captures"] = [{**capture, "fetched_at": when} for capture in row["captures"]]
    return row


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path / "history.db")
    yield made
    made.store.close()


def rules(addressee) -> set[str]:
    return {finding["check"] for copy in addressee.copies for finding in alleged(copy.record)}


def test_one_sighting_is_not_enough_unless_somebody_has_looked(office):
    office.scan(1, {BAD: BARE})
    assert "seen once" in office.one(1).obstacle
    assert office.one(1, confirmed=True).copies
    office.scan(3, {BAD: BARE})
    found = office.one(3)
    assert (found.site, found.cases, found.obstacle) == ("bad.example", (1,), "")
    assert found.copies[0].seen == date(2026, 11, 3)
    assert "more than a week ago" in office.one(12).obstacle


def test_only_what_was_seen_twice_is_alleged(office):
    office.scan(1, {BAD: BYLINE}).scan(3, {BAD: BARE})
    assert rules(office.one(3)) == {"source-link", "license-notice"}
    assert rules(office.one(3, confirmed=True)) >= {"author-credit", "publisher-credit", "source-link"}


@pytest.mark.parametrize("whom", ["bad.example", "https://bad.example/", BAD, "1"])
def test_a_site_is_named_by_site_address_or_case(office, whom):
    office.scan(1, {BAD: BARE, f"{BAD}/two": BYLINE}).scan(3, {BAD: BARE, f"{BAD}/two": BYLINE})
    found = office.one(3, whom)
    assert [copy.record["url"] for copy in found.copies] == [BAD, f"{BAD}/two"]


def test_a_page_that_calls_another_the_canonical_one_is_not_listed_beside_it(office):
    amp = f'<link rel="canonical" href="{BAD}">{BARE}'
    office.scan(1, {BAD: BARE, f"{BAD}/amp": amp})
    assert [copy.record["url"] for copy in office.one(1, confirmed=True).copies] == [BAD]


def test_all_is_everybody_to_whom_a_letter_is_due(office):
    office.scan(1, {BAD: BARE, OTHER: BYLINE, "https://good.example/": CREDITED})
    office.scan(3, {BAD: BARE, OTHER: BYLINE, "https://good.example/": CREDITED})
    assert [found.site for found in office.ask(3)] == ["bad.example", "other.example"]
    assert all(found.copies for found in office.ask(3))


def test_an_owner_is_written_to_once_in_a_period(office):
    office.scan(1, {BAD: BARE}).scan(3, {BAD: BARE}).sent(3).scan(10, {BAD: BARE, OTHER: BARE})
    found = office.one(10, confirmed=True)
    assert found.obstacle == "was written to on 2026-11-03; wait until 2026-11-17, or give --again"
    assert office.one(10, confirmed=True, again=True).cases == (1,)
    assert office.one(10, OTHER, confirmed=True).cases == (2,)


def test_reminder_then_overdue(office):
    office.scan(1, {BAD: BARE}).scan(3, {BAD: BARE}).sent(3).scan(20, {BAD: BARE})
    found = office.one(20)
    assert found.copies[0].notified == date(2026, 11, 3)
    assert choose_variant(found.copies, date(2026, 11, 20)) == "reminder"
    assert office.ask(20) == []
    assert choose_variant(found.copies, date(2026, 12, 10)) == "overdue"


def test_thanks_for_what_was_mended_after_a_letter(office):
    office.scan(1, {BAD: BARE}).scan(3, {BAD: BARE}).sent(3).scan(9, {BAD: CREDITED})
    found = office.one(9)
    assert choose_variant(found.copies, date(2026, 11, 9)) == "thanks"
    assert (found.copies[0].cured, found.copies[0].record["url"]) == (date(2026, 11, 9), BAD)


def test_no_thanks_where_nobody_had_written(office):
    office.scan(1, {BAD: BARE}).scan(3, {BAD: CREDITED})
    assert office.one(3).obstacle == "the case is cured, and nobody had been written to"


def test_no_thanks_for_a_page_that_was_taken_down(office):
    office.scan(1, {BAD: BARE}).scan(3, {BAD: BARE}).sent(3)
    gone = "<title>Page not found</title><p>Nothing here.</p>"
    office.scan(5, {BAD: gone}).scan(7, {BAD: gone})
    assert office.one(7).obstacle == "the case is cured, and the copy was taken down"


def test_an_apology_for_what_was_withdrawn(office):
    office.scan(1, {BAD: BARE}).scan(3, {BAD: BARE}).sent(3).withdrawn(5)
    found = office.one(5)
    assert choose_variant(found.copies, date(2026, 11, 5)) == "apology"
    assert office.one(5, variant="thanks").obstacle == "its cases are withdrawn"


def test_who_is_not_known_is_told(office):
    office.scan(1, {BAD: BARE})
    for whom in ("nobody.example", "https://bad.example/else", "99"):
        with pytest.raises(UsageError, match=whom):
            office.ask(1, whom)


# ------------------------------------------------------------------ which first


def test_cases_by_harm(office):
    office.scan(1, {OTHER: BYLINE, BAD: BARE, "https://good.example/": CREDITED})
    office.store.close()
    result = CliRunner().invoke(cccheck, ["case", "list", "--by", "harm", "--history", str(office.store.path)])
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    sites = ("bad.example", "other.example")
    assert all(site in line for site, line in zip(sites, lines[::2], strict=True))
    assert lines[1].strip() == "harm 7: no credit at all; the whole text; search engines may take it for the original"
    assert lines[3].strip() == "harm 3: the whole text; search engines may take it for the original"
