"""What to do next: by what was found, the most urgent first, the worst site first."""

from cccheck.report.next_steps import next_steps, told
from cccheck.report.table import SiteRow


def row(site, verdict, weight=1):
    return SiteRow(site, 1, verdict, "", weight)


def test_the_most_urgent_first_and_the_worst_site_first():
    rows = [row("d", "unavailable"), row("c", "review"), row("a", "violation"), row("b", "violation", 4)]
    steps = list(next_steps(rows))
    assert [step.sites for step in steps] == [("b", "a"), ("c",), ("d",)]
    assert "2 sites" in steps[0].text and "1 site:" in steps[1].text


def test_many_sites_are_not_all_named():
    (step,) = next_steps([row(f"{n}.example", "violation") for n in range(9)])
    assert told(step.sites, step.more) == "0.example, 1.example, 2.example and 6 more"


def test_nothing_to_do_is_said():
    (step,) = next_steps([row("a", "compliant"), row("b", "not-a-copy")])
    assert step.text.startswith("Nothing")
    assert list(next_steps([])) == []


def test_lines_that_could_not_be_read_are_a_step():
    (step,) = next_steps([row("a", "compliant")], unread_lines=2)
    assert "2 lines of the list" in step.text
