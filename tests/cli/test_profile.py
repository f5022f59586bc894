"""`cccheck profile`: list, show, new, check; and the same profiles in `rule show`, `work add` and a scan's folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner, Result

from cccheck.cli import cccheck
from cccheck.cli._complete import complete_rules
from cccheck.cli.rule import show
from cccheck.profiles import kinds, load_profiles, profile_problems
from cccheck.profiles.load import read_document
from scanning import CREDIT, Scans


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cccheck, list(map(str, arguments)))


@pytest.fixture
def made(tmp_path) -> Path:
    """A new profile, as it is written."""
    result = run("profile", "new", "The Lantern", "--site", "https://www.lantern.example/", "--rules", tmp_path)
    assert result.exit_code == 0, result.output
    return tmp_path / "publishers" / "lantern.toml"


def test_list():
    lines = run("profile", "list").output.splitlines()
    assert len(lines) == len(load_profiles()) + 1
    assert re.search(r"^knowable +Knowable Magazine +CC-BY-ND-4\.0 +in full +16 +9$", "\n".join(lines), re.M)
    assert re.search(r"^propublica .* in part ", "\n".join(lines), re.M)


@pytest.mark.parametrize("name", load_profiles())
def test_show(name):
    output = run("profile", "show", name).output
    assert load_profiles()[name].sources[0].url in output.replace("\n", "").replace(" ", "")
    assert all(f"[{term}] " in output for term in load_profiles()[name].terms)
    assert max(map(len, output.splitlines())) <= 140


def test_show_of_an_unknown_one():
    result = run("profile", "show", "nowable")
    assert (result.exit_code, result.output) == (2, "cccheck: `nowable` is no profile; did you mean `knowable`?\n")


def test_a_new_profile_holds_as_it_is_written(made):
    assert profile_problems(read_document(made), made) == []
    for arguments in ([made], ["--rules", made.parents[1]], ["lantern", "--rules", made.parents[1]]):
        result = run("profile", "check", *arguments)
        assert (result.exit_code, result.output) == (0, "lantern: holds; 2 terms tried\n")


def test_a_new_profile_has_every_term_and_each_may_be_uncommented(made):
    text = re.sub(r"^# ([a-z-]+ = )", r"\1", made.read_text("utf-8"), flags=re.M)
    made.write_text(text, "utf-8")
    document = read_document(made)
    assert set(document["terms"]) == set(kinds())
    assert profile_problems(document, made) == []


def test_a_new_profile_replaces_none(made):
    result = run("profile", "new", "The Lantern", "--rules", made.parents[1])
    assert result.exit_code == 2
    assert result.output == f"cccheck: {made}: is there already; give another --id, or edit it\n"


@pytest.mark.parametrize(("name", "id"), [("„Blatt“ für Ost & West", "blatt-fur-ost-west"), ('The "Post"\n', "post")])
def test_names_of_all_kinds(tmp_path, name, id):
    assert run("profile", "new", name, "--rules", tmp_path).exit_code == 0
    assert run("profile", "check", tmp_path / "publishers" / f"{id}.toml").exit_code == 0


def test_a_name_that_gives_no_id(tmp_path):
    result = run("profile", "new", "灯火", "--rules", tmp_path)
    assert result.exit_code == 2
    assert "--id: `灯火` gives no id" in result.output
    assert run("profile", "new", "灯火", "--id", "lantern", "--rules", tmp_path).exit_code == 0


def test_check_tells_what_does_not_hold(made):
    made.write_text(made.read_text("utf-8").replace('at = "end"', 'at = "top"'), "utf-8")
    result = run("profile", "check", made)
    assert result.exit_code == 2
    assert result.output == (
        f"{made}: snippet: lantern/position comes to fail: The publisher asks for the credit above the text, and it "
        "stands elsewhere.\n"
    )


def test_check_tells_mistakes_in_the_file(made):
    made.write_text(made.read_text("utf-8").replace("position", "positoin"), "utf-8")
    result = run("profile", "check", made)
    assert (result.exit_code, result.output) == (
        2,
        f"cccheck: {made}: terms.positoin: is no known key; did you mean `position`?\n",
    )
    checked = run("schema", "check", made)
    assert (checked.exit_code, "did you mean `position`?" in checked.output) == (2, True)


def test_rule_show_knows_the_terms():
    output = run("rule", "show", "knowable/canonical").output
    assert output.startswith("knowable/canonical: Name the original to search engines (Knowable Magazine)\n")
    assert "the check canonical-link" in output
    assert "did you mean `knowable/canonical`?" in run("rule", "show", "knowable/canonicle").output


# ------------------------------------------------------------------ works


TEXT = "\n\n".join(
    f"Paragraph {number} of an article about lamps, wicks and oil, long enough to be one." for number in range(9)
)


def added(tmp_path: Path, *options: str) -> tuple[Result, dict]:
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    facts = ["--title", "Lamps", "--author", "Ada Wick", "--works", str(tmp_path / "works"), "--force"]
    result = run("work", "add", tmp_path / "article.txt", *facts, *options)
    record = tmp_path / "works" / "lamps.json"
    return result, json.loads(record.read_text("utf-8")) if record.exists() else {}


URL = ("--url", "https://www.lantern.example/2026/lamps")
MORE = ("--publisher", "The Lantern", "--license", "CC-BY-4.0")


def test_the_profile_is_picked_by_the_domain(tmp_path, made):
    rules = ("--rules", str(made.parents[1]))
    assert "profile" not in added(tmp_path, *URL, *MORE)[1]
    result, record = added(tmp_path, *URL, *MORE, *rules)
    assert record["profile"] == "lantern"
    assert re.search(r"^profile +lantern +\(the publisher's domain\)$", result.output, re.M)
    assert "profile" not in added(tmp_path, *URL, *MORE, *rules, "--profile", "none")[1]
    other = ("--url", "https://lantern.example.elsewhere.example/lamps")
    assert "profile" not in added(tmp_path, *other, *MORE, *rules)[1]
    assert added(tmp_path, *other, *MORE, *rules, "--profile", "lantern")[1]["profile"] == "lantern"


def test_the_profile_says_what_a_copy_has_to_carry(tmp_path, made):
    made.write_text(
        made.read_text("utf-8").replace('["author", "publisher", "link"]', '["author", "publisher"]'), "utf-8"
    )
    rules = ("--rules", str(made.parents[1]))
    result, record = added(tmp_path, *URL, *MORE, *rules)
    assert record["credit"] == ["author", "publisher"]
    assert re.search(r"^credit +author, publisher +\(its profile\)$", result.output, re.M)
    assert added(tmp_path, *URL, *MORE, *rules, "--credit", "link")[1]["credit"] == ["link"]
    made.write_text(made.read_text("utf-8").replace('extent = "full"', 'extent = "partial"'), "utf-8")
    assert added(tmp_path, *URL, *MORE, *rules)[1]["credit"] == ["author", "publisher", "link"]


def test_the_profile_hints_at_the_licence_and_names_the_publisher(tmp_path, made):
    result, _ = added(tmp_path, *URL, "--rules", str(made.parents[1]))
    assert result.exit_code == 2
    assert "give --license (its profile says CC-BY-4.0)" in result.output
    assert "--publisher" not in result.output


def test_records_are_checked_for_profiles_that_are_not_there(tmp_path, made):
    added(tmp_path, *URL, *MORE, "--rules", str(made.parents[1]))
    checked = run("work", "check", tmp_path / "works")
    assert checked.exit_code == 2
    assert f"{tmp_path / 'works' / 'lamps.json'}: profile: `lantern` is no known profile; " in checked.output


def test_a_profile_that_is_not_there(tmp_path):
    result, _ = added(tmp_path, *URL, *MORE, "--profile", "knowabel")
    assert (result.exit_code, result.output) == (
        2,
        "cccheck: --profile: `knowabel` is no known profile; did you mean `knowable`?\n",
    )


def into_settings(folder: Path, made: Path) -> None:
    """The profile in a folder that the settings name."""
    (folder / "mine").mkdir()
    made.parent.rename(folder / "mine" / "publishers")
    (folder / "cccheck.toml").write_text('rules = "mine"\n', "utf-8")


def test_the_folder_of_the_settings_is_taken(tmp_path, made, monkeypatch):
    monkeypatch.chdir(tmp_path)
    into_settings(tmp_path, made)
    assert added(tmp_path, *URL, *MORE)[1]["profile"] == "lantern"
    assert run("profile", "check").output == "lantern: holds; 2 terms tried\n"
    assert run("profile", "show", "lantern").exit_code == 0
    shown = run("rule", "show", "lantern/wording")
    assert (shown.exit_code, shown.output.startswith("lantern/wording: ")) == (0, True), shown.output
    assert "lantern/wording" in {item.value for item in complete_rules(Context(show), show.params[0], "lantern/w")}
    assert run("profile", "new", "The Beacon").exit_code == 0
    assert (tmp_path / "mine" / "publishers" / "beacon.toml").is_file()


# ------------------------------------------------------------------ scans


def works_with(scans: Scans, profile: str) -> str:
    from making import WORKS

    folder = scans.folder / "works"
    folder.mkdir()
    record = json.loads((WORKS / "night-ferries.json").read_text("utf-8")) | {"profile": profile}
    (folder / "night-ferries.json").write_text(json.dumps(record), "utf-8")
    return str(folder)


def test_a_scan_holds_copies_to_the_profile(tmp_path, made):
    page = f"<h1>The Night Ferries of Marrow Bay</h1><article><!--text-->{CREDIT}</article>"
    scans = Scans(tmp_path, {"https://good.example/ferries": page})
    works = works_with(scans, "lantern")
    result = scans.run("--works", works, "--rules", str(made.parents[1]))
    assert result.exit_code == 0, result.output
    (found,) = scans.report()["sites"][0]["pages"]
    terms = {finding["rule"]: finding for finding in found["findings"] if finding["rule"].startswith("lantern/")}
    assert {rule: f["outcome"] for rule, f in terms.items()} == {
        "lantern/wording": "fail",
        "lantern/position": "pass",
    }
    assert {f["level"] for f in terms.values()} == {"guideline"}
    assert found["verdict"] == "compliant", "a guideline moves no verdict"
    kept = [json.loads(line) for line in (scans.output / "rules.jsonl").read_text("utf-8").splitlines()]
    (row,) = [row for row in kept if row["rule"] == "lantern/wording"]
    assert (row["license"], row["check"], row["level"]) == ("The Lantern", "credit-wording", "guideline")


def test_by_permission_a_broken_term_is_a_violation_of_the_terms(tmp_path, made):
    page = f"<h1>Ferries</h1><article><!--text-->{CREDIT}</article>".replace(
        '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>', "permission"
    )
    scans = Scans(tmp_path, {"https://good.example/ferries": page})
    works = works_with(scans, "lantern")
    made.write_text(
        made.read_text("utf-8").replace('id = "CC-BY-4.0"', 'id = "permission"').replace("# canonical", "canonical"),
        "utf-8",
    )
    record = Path(works) / "night-ferries.json"
    record.write_text(record.read_text("utf-8").replace("CC-BY-4.0", "permission"), "utf-8")
    result = scans.run("--works", works, "--rules", str(made.parents[1]))
    assert result.exit_code == 1, result.output
    (found,) = scans.report()["sites"][0]["pages"]
    broken = next(finding for finding in found["findings"] if finding["rule"] == "lantern/canonical")
    assert (broken["level"], broken["basis"], broken["outcome"]) == ("required", "terms", "fail")
    assert broken["clause"] == "The Lantern: terms of republication"
    said = " ".join((broken["title"], broken["message"], broken["remedy"], broken["clause"]))
    assert "licen" not in said.lower()


def test_a_scan_takes_the_folder_of_the_settings(tmp_path, made, monkeypatch):
    scans = Scans(tmp_path, {"https://good.example/ferries": f"<article><!--text-->{CREDIT}</article>"})
    into_settings(tmp_path, made)
    monkeypatch.chdir(tmp_path)
    assert scans.run("--works", works_with(scans, "lantern")).exit_code == 0
    (found,) = scans.report()["sites"][0]["pages"]
    assert "lantern/wording" in {finding["rule"] for finding in found["findings"]}
    assert CliRunner().invoke(cccheck, ["verify", str(scans.output)]).exit_code == 0


def test_a_record_that_names_an_unknown_profile(tmp_path):
    scans = Scans(tmp_path)
    result = scans.run("--works", works_with(scans, "knowabel"))
    assert result.exit_code == 2
    assert "night-ferries: profile: `knowabel` is no known profile; did you mean `knowable`?" in result.output
