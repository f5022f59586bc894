"""`cccheck show`: the whole run, a site, a page; what pages say cannot steer the terminal; which page is meant."""

import json
import re
import shlex

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from running import Desk, credited, page, web
from scanning import CREDIT, PAGES, Scans

CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)


@pytest.fixture(scope="module")
def scans(tmp_path_factory):
    made = Scans(tmp_path_factory.mktemp("scan"))
    made.run("-q")
    return made


def show(scans, *words):
    return CliRunner().invoke(cccheck, ["show", str(scans.output), *words])


def test_without_a_site_the_table_and_what_to_do(scans):
    result = show(scans)
    assert result.exit_code == 0
    assert "bad.example" in result.stdout and "What to do next" in result.stdout
    assert f"cccheck show {scans.output} bad.example" in result.stdout


def test_the_command_that_a_scan_ends_with_works(scans):
    said = scans.run().stdout
    calls = re.findall(r"^ +cccheck (show .*)$", said, re.M)
    assert len(calls) == 3  # violation, review, unavailable
    assert f"cccheck letter bad.example --run {scans.output} --now-confirmed" in said
    assert f"cccheck report {scans.output} --format html" in said
    for call in calls:
        assert CliRunner().invoke(cccheck, call.split()).exit_code == 0, call


def test_a_page_that_lacks_everything(scans):
    out = show(scans, "https://bad.example/ferries").stdout
    assert out.startswith("https://bad.example/ferries\nviolation: author, publication, link to the original")
    assert "Copied: " in out and "unchanged" in out
    assert "fail: Name the author" in out and "§3(a)(1)(A)(i)" in out and "/legalcode.en#s3a1Ai" in out
    assert "To mend it: " in out
    assert "“The Night Ferries of Marrow Bay” by Maren Oakhollow" in out
    assert '<a href="https://tidewatercourier.example/2024/03/night-ferries">' in out
    assert "Look at the page yourself before you write" in out
    assert "inapplicable" not in out


def test_everything_with_all(scans):
    out = show(scans, "https://good.example/ferries", "--all").stdout
    assert "pass: Name the author" in out and "inapplicable: " in out
    assert "The page says, after the article:" in out and "by [Maren Oakhollow] was" in out
    assert "link to https://tidewatercourier.example/2024/03/night-ferries" in out
    assert "Archived: " in out and "SHA-256" in out


def test_what_passes_is_one_line_without_all(scans):
    out = show(scans, "https://good.example/ferries").stdout
    assert re.search(r"^  pass: Name the author; Name the original publisher; ", out, re.M)
    assert "credit line" not in out and "before you write" not in out


def test_a_review_says_what_to_look_at(scans):
    out = show(scans, "unsure.example").stdout
    assert "review: look at: author" in out and "M. Oakhollow" in out


def test_what_could_not_be_read_says_why(scans):
    assert "unavailable: soft-404\n  Why: " in show(scans, "gone.example").stdout


def test_of_a_site_all_pages_the_worst_first(scans):
    out = show(scans, "bad.example").stdout
    assert out.startswith("https://bad.example/ferries\nviolation: ")
    assert out.endswith("\n\ncompliant  https://bad.example/again\n")
    whole = show(scans, "bad.example", "--all").stdout
    assert "\n\nhttps://bad.example/again\ncompliant\n" in whole


@pytest.mark.parametrize(
    "typed",
    [
        "bad.example/again",
        "http://BAD.example/again/",
        "https://www.bad.example/again#top",
        "https://bad.example/again",
    ],
)
def test_an_address_may_lack_what_people_leave_out(scans, typed):
    assert show(scans, typed).stdout.startswith("https://bad.example/again\n")


def test_a_page_by_its_id(scans):
    page = next(p for s in scans.report()["sites"] for p in s["pages"] if p["url"] == "https://bad.example/again")
    assert show(scans, page["id"]).stdout.startswith("https://bad.example/again\n")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("bda.example", "no site of the run in"),
        ("bda.example", "did you mean `bad.example`?"),
        ("https://bad.example/agian", "did you mean `bad.example/again`?"),
        ("http://[half", "no page of the run in"),
    ],
)
def test_what_is_not_there_names_the_nearest(scans, typed, told):
    result = show(scans, typed)
    assert result.exit_code == 2 and told in result.stderr and len(result.stderr.splitlines()) == 1


def test_a_run_without_pages_says_so(tmp_path):
    made = Scans(tmp_path)
    made.urls.write_text("no url\n")
    made.run("-q")
    assert "the run has no pages" in show(made, "bad.example").stderr


def test_a_run_that_is_not_there(tmp_path):
    result = CliRunner().invoke(cccheck, ["show", str(tmp_path)])
    assert result.exit_code == 2 and "no run is there" in result.stderr


def test_pages_cannot_steer_the_terminal(tmp_path):
    name = "Ma\x1b[31mren\u202e \u200bOak\U000e0041hollow"
    url = "https://bad.example/%1b%5b2j"
    made = Scans(
        tmp_path, {url: f"<title>\x1b]0;pwned\x07</title><!--text--><p>By {name}</p>{CREDIT.replace('Maren', name)}"}
    )
    made.run("-q")
    for words in ((), ("bad.example",), ("bad.example", "--all")):
        result = show(made, *words)
        assert (result.exit_code, result.stderr) == (0, "") and not CONTROLS.search(result.stdout), words


def test_changes_are_shown_as_they_were_and_as_they_are(tmp_path):
    from making import work

    text = work().text.replace("\n\n", "</p><p>")
    changed = text.replace(" the ", " one single ").replace(" and ", " as well as ")
    made = Scans(tmp_path, {"https://bad.example/x": f"<article><p>{changed}</p>{CREDIT}</article>"})
    made.run("-q")
    out = show(made, "bad.example").stdout
    assert "fail: Say that the text was changed" in out
    assert re.search(r"Rewritten \(\d+ words\):\n +article: “.*\n +copy:    “.*one single", out)


def test_a_page_checked_for_two_works_is_shown_for_both(tmp_path):
    made = Scans(tmp_path)
    made.urls.write_text("https://good.example/ferries night-ferries\nhttps://good.example/ferries quiet-looms\n")
    made.run("-q")
    assert show(made, "good.example/ferries").stdout.count("https://good.example/ferries\n") == 2
    assert show(made, "good.example/ferries", "--all").stdout.count("Fetched: ") == 2


def test_it_reads_the_journal_alone(scans):
    """The report may be gone: it can be written again from the journal."""
    journal = (scans.output / "audits.jsonl").read_text("utf-8")
    assert len(journal.splitlines()) == len(PAGES) and all(json.loads(line) for line in journal.splitlines())
    (scans.output / "report.json").rename(scans.output / "gone")
    try:
        assert show(scans, "bad.example").exit_code == 0
    finally:
        (scans.output / "gone").rename(scans.output / "report.json")


# ------------------------------------------------------------------ with a history


def test_what_is_left_to_a_person_comes_with_the_command_that_settles_it(tmp_path):
    unsure = {
        "http://unsure.example/a": credited().replace("By Maren", "By M."),
        "http://bad.example/a": page("<!--text-->"),
    }
    (tmp_path / "cccheck.toml").write_text("")
    with web(unsure) as net:
        desk = Desk(tmp_path, net)
        said = desk.scan_here(unsure, "--output", "run").output
    assert "cccheck letter bad.example --now-confirmed\n" in said
    shown = desk.here("show", "run", "unsure.example").output
    call = re.findall(r"^ +cccheck (decide .*)$", shown, re.M)[0]
    assert call == "decide http://unsure.example/a pass --rule author-credit --why 'your reason'"
    assert desk.here(*shlex.split(call)).exit_code == 0
    assert "decide" not in desk.here("show", "run", "bad.example").output
