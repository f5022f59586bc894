"""The built-in packs: what they say of each licence, held against the legal code's own conditions."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cccheck.data import rules_dir
from cccheck.licenses import License, all_tools, parse_license, tool
from cccheck.rulebook import Entry, Rulebook, load_rules
from cccheck.rulebook.conditions import Condition, conditions
from cccheck.rulebook.pages import covering
from cccheck.validation import problems

BOOK = load_rules()
ALWAYS = {
    "author-credit",
    "publisher-credit",
    "source-link",
    "title-credit",
    "license-notice",
    "copyright-notice",
    "disclaimer-notice",
    "notice-retained",
    "changes-indicated",
    "no-additional-restrictions",
}


def licence(text: str) -> License:
    found = parse_license(text)
    assert found
    return found


def row(text: str, condition: str) -> Entry:
    return next(entry for entry in BOOK.entries_for(licence(text)) if entry.condition == condition)


@pytest.mark.parametrize("path", sorted((rules_dir() / "licenses").glob("*.toml")), ids=lambda path: path.stem)
def test_packs_keep_to_the_schema(path: Path) -> None:
    assert problems(tomllib.loads(path.read_text(encoding="utf-8")), "rules", path) == []


@pytest.mark.parametrize("condition", conditions(), ids=lambda c: f"{c.version}-{c.units[0]}-{c.name}")
def test_every_condition_of_the_legal_code_has_a_row(condition: Condition) -> None:
    for unit in condition.units:
        entry = covering(BOOK, Condition(condition.version, (unit,), *_rest(condition)))
        if entry is None:
            assert condition.asked == "no"
            continue
        assert entry.decided or entry.words["reason"]
        if entry.covers[0] == condition.name:
            assert condition.clause.startswith(entry.source.number)
            assert bool(condition.clause) == bool(entry.source.number)
        if entry.decided and entry.covers[0] == condition.name:
            assert entry.due == condition.asked


def _rest(condition: Condition) -> tuple[str, str, str, str]:
    return condition.name, condition.asked, condition.clause, condition.quote


def test_the_legal_code_has_1141_conditions() -> None:
    assert sum(len(condition.units) for condition in conditions()) == 1141


@pytest.mark.parametrize("license", all_tools(), ids=lambda lic: f"{lic.unit}/{lic.version}/{lic.jurisdiction or ''}")
def test_every_tool_has_its_rules(license: License) -> None:
    rules = BOOK.rules_for(license)
    if license.kind == "public-domain":
        assert rules == ()
        return
    wanted = ALWAYS | ({"no-derivatives"} if license.has("nd") else set())
    wanted |= {"non-commercial"} if license.has("nc") or "sampling" in license.unit else set()
    wanted |= {"share-alike"} if license.has("sa") else set()
    assert {rule.check for rule in rules} == wanted
    for rule in rules:
        assert rule.id.startswith(f"{BOOK.pack_for(license).id}/")
        assert rule.title
        assert rule.remedy
        assert rule.level == "required"
        assert rule.clause.startswith(license.short)
        assert rule.clause_url.startswith("https://creativecommons.org/licenses/")
        assert rule.options["due"] != "no" or rule.options["reason"]


def test_ids_are_not_given_twice() -> None:
    ids = [entry.rule.id for pack in BOOK.packs.values() for entry in pack.entries]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("text", "condition", "due"),
    [
        ("CC-BY-4.0", "creator", "supplied"),
        ("CC-BY-4.0", "attribution-parties", "designated"),
        ("CC-BY-4.0", "source", "supplied"),
        ("CC-BY-4.0", "title", "no"),
        ("CC-BY-4.0", "license-notice", "yes"),
        ("CC-BY-4.0", "changes", "yes"),
        ("CC-BY-ND-4.0", "changes", "yes"),
        ("CC-BY-3.0", "changes", "adaptation"),
        ("CC-BY-ND-3.0", "changes", "no"),
        ("CC-BY-2.5", "changes", "no"),
        ("CC-BY-3.0", "source", "specified"),
        ("CC-BY-3.0", "title", "supplied"),
        ("CC-BY-2.0", "attribution-parties", "no"),
        ("CC-BY-2.5", "attribution-parties", "designated"),
        ("CC-BY-1.0", "source", "no"),
        ("CC-SA-1.0", "creator", "no"),
        ("CC-SA-1.0", "license-notice", "yes"),
        ("CC-BY-3.0-IGO", "creator", "designated"),
        ("CC-BY-2.0-UK", "title", "no"),
        ("CC-BY-3.0-NZ", "title", "no"),
        ("CC-BY-3.0-NZ", "copyright-notice", "no"),
        ("CC-BY-2.5-SCOTLAND", "title", "supplied"),
        ("CC", "creator", "designated"),
        ("permission", "source", "designated"),
    ],
)
def test_what_is_due(text: str, condition: str, due: str) -> None:
    entry = row(text, condition)
    assert entry.due == entry.rule.options["due"] == due
    if due in ("no", "designated"):
        assert entry.rule.options["reason"].endswith(".")


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        ("CC-BY-ND-4.0", "allowed"),
        ("CC-BY-NC-ND-3.0", "review"),
        ("CC-BY-ND-2.5", "derivative"),
        ("CC-BY-ND-1.0", "derivative"),
    ],
)
def test_what_a_cut_is_under_no_derivatives(text: str, cuts: str) -> None:
    assert row(text, "no-derivatives").rule.options["cuts"] == cuts


def test_an_unnamed_licence_asks_what_its_notice_asks() -> None:
    rules = {rule.check: rule for rule in BOOK.rules_for(licence("CC"))}
    assert set(rules) == {
        "author-credit",
        "publisher-credit",
        "source-link",
        "title-credit",
        "license-notice",
        "changes-indicated",
    }
    assert rules["changes-indicated"].options["severity"] == "review"
    assert all(rule.clause == rule.clause_url == "" for rule in rules.values())


def test_a_licence_of_unknown_version_is_treated_as_unnamed() -> None:
    by = tool("by", None)
    assert by
    assert BOOK.pack_for(by).id == "cc-unspecified"


def test_a_breach_of_a_permission_is_one_of_its_terms() -> None:
    assert {rule.basis for rule in BOOK.rules_for(licence("permission"))} == {"terms"}
    assert {rule.basis for rule in BOOK.rules_for(licence("CC-BY-4.0"))} == {"licence"}


@pytest.mark.parametrize(
    ("text", "condition", "clause", "url"),
    [
        ("CC-BY-4.0", "creator", "CC BY 4.0 §3(a)(1)(A)(i)", "by/4.0/legalcode.en#s3a1Ai"),
        ("CC-BY-ND-4.0", "source", "CC BY-ND 4.0 §3(a)(1)(A)(v)", "by-nd/4.0/legalcode.en#s3a1Av"),
        ("CC-BY-4.0", "title", "CC BY 4.0", "by/4.0/legalcode.en"),
        (
            "CC-BY-4.0",
            "no-additional-restrictions",
            "CC BY 4.0 §2(a)(5)(B)",
            "by/4.0/legalcode.en#s2a5B_no_restrictions",
        ),
        (
            "CC-BY-SA-4.0",
            "no-additional-restrictions",
            "CC BY-SA 4.0 §2(a)(5)(C)",
            "by-sa/4.0/legalcode.en#s2a5C_no_restrictions",
        ),
        ("CC-BY-3.0", "creator", "CC BY 3.0 §4(b)(i)", "by/3.0/legalcode#s4b"),
        ("CC-BY-NC-SA-3.0", "title", "CC BY-NC-SA 3.0 §4(d)(ii)", "by-nc-sa/3.0/legalcode#s4d"),
        ("CC-BY-3.0", "license-notice", "CC BY 3.0 §4(a)", "by/3.0/legalcode#s4a"),
        ("CC-BY-ND-3.0", "no-derivatives", "CC BY-ND 3.0 §3 (closing paragraph)", "by-nd/3.0/legalcode.txt"),
        ("CC-BY-2.5", "attribution-parties", "CC BY 2.5 §4(b)(ii)", "by/2.5/legalcode"),
        ("CC-BY-NC-1.0", "creator", "CC BY-NC 1.0 §4(c)", "by-nc/1.0/legalcode"),
        ("CC-BY-3.0-US", "creator", "CC BY 3.0 US §4(b)", "by/3.0/us/legalcode"),
        ("CC-BY-3.0-US", "license-notice", "CC BY 3.0 US (unported text §4(a))", "by/3.0/us/legalcode"),
        ("CC-BY-NC-3.0-AU", "creator", "CC BY-NC 3.0 AU §4C(b)", "by-nc/3.0/au/legalcode"),
        ("CC-BY-NC-3.0-AU", "license-notice", "CC BY-NC 3.0 AU", "by-nc/3.0/au/legalcode"),
        ("CC-BY-SA-2.1-JP", "creator", "CC BY-SA 2.1 JP §5(j)", "by-sa/2.1/jp/legalcode"),
        ("CC-BY-2.1-AU", "license-notice", "CC BY 2.1 AU (2.0 text §4(a))", "by/2.1/au/legalcode"),
        ("CC-BY-2.5-IL", "creator", "CC BY 2.5 IL", "by/2.5/il/legalcode"),
        ("CC-BY-3.0-IGO", "creator", "CC BY 3.0 IGO §4(b)", "by/3.0/igo/legalcode"),
        ("CC-BY-2.0-UK", "creator", "CC BY 2.0 UK §2.1", "by/2.0/uk/legalcode"),
    ],
)
def test_clauses_and_their_addresses(text: str, condition: str, clause: str, url: str) -> None:
    rule = row(text, condition).rule
    assert rule.clause == clause
    assert rule.clause_url == f"https://creativecommons.org/licenses/{url}"


def test_a_port_is_never_cited_with_a_number_that_is_not_known() -> None:
    unknown: dict[str, list[str]] = _ports("unknown")
    for key, units in unknown.items():
        version, place = key.split("/")
        for unit in units:
            license = tool(unit, version, place)
            assert license
            assert all("§" not in rule.clause for rule in BOOK.rules_for(license)), license


def _ports(kind: str) -> dict[str, list[str]]:
    from cccheck.licenses.tools import data

    found: dict[str, list[str]] = data("ports")[kind]
    return found


def test_rules_can_be_looked_up_by_their_id() -> None:
    entry = BOOK.entry("cc-by-4.0/creator")
    assert entry
    assert entry.rule.check == "author-credit"
    assert BOOK.entry("cc-by-4.0/nothing") is None
    assert BOOK.entry("nothing") is None


def test_the_rules_can_be_sent_to_another_process() -> None:
    import pickle

    book: Rulebook = pickle.loads(pickle.dumps(BOOK))
    assert book.rules_for(licence("CC-BY-4.0")) == BOOK.rules_for(licence("CC-BY-4.0"))
