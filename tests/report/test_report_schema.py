"""report.json keeps to its schema, and the schema lets nothing else through."""

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from cccheck.cli.schema import command as schema_command
from cccheck.data import schema_path
from cccheck.report.record import page_record
from making import audit, lead_of, work
from scanning import PAGES, Scans, pages_of

SCHEMA = json.loads(schema_path("report").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def problems(document) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in VALIDATOR.iter_errors(document)]


@pytest.fixture(scope="module")
def scans(tmp_path_factory):
    made = Scans(tmp_path_factory.mktemp("schema"))
    lines = [f"{url} {hint}" for url, hint in zip(PAGES, ["night-ferries", "quiet-looms", "nobody"], strict=False)]
    made.urls.write_text("\n".join([*lines, *list(PAGES)[3:], "no url at all", "https://absent.example/"]) + "\n")
    assert made.run().exit_code == 1
    return made


@pytest.fixture
def report(scans):
    return scans.report()


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_a_report_with_every_verdict_keeps_to_it(report):
    assert {page["verdict"] for page in pages_of(report)} == set(report["summary"]["verdicts"])
    assert problems(report) == []


def test_an_empty_report_keeps_to_it(tmp_path):
    made = Scans(tmp_path)
    made.urls.write_text("# nothing yet\n")
    made.run()
    assert problems(made.report()) == [] and made.report()["sites"] == []


@pytest.mark.parametrize(
    ("html", "options", "followed"),
    [
        ("<!--text 1-4-->", {}, [{"role": "next", "url": "https://x.example/2", "html": "<!--text 5-7-->"}]),
        ("<!--text-->", {}, [{"role": "resolved", "url": "https://bit.ly/x", "failure": "dns"}]),
        ("<!--text 1-3--><p>" + "word " * 60 + "</p><!--text 5-7-->", {"license": "CC-BY-ND-4.0"}, []),
        ("<!--text-->", {"license": "permission"}, []),
        ("<!--text-->", {"license": "CC0-1.0"}, []),
        ("<p style='display:none'>By Maren Oakhollow</p><!--text-->", {"license": "CC"}, []),
        (
            f"<p>See <a href='{work().url}'>this</a> fine story, which tells of ferries and their people.</p>",
            {},
            [],
        ),
    ],
)
def test_pages_of_all_kinds_keep_to_it(report, html, options, followed):
    one = work(**options)
    audited = audit(html, one, followed=[lead_of(row, one) for row in followed])
    row = json.loads(json.dumps(page_record(audited, "x.example")))
    del row["site"]
    report["sites"][0]["pages"] = [row]
    assert problems(report) == []


def test_the_command_knows_it(scans):
    from click.testing import CliRunner

    printed = CliRunner().invoke(schema_command, ["report"])
    assert json.loads(printed.stdout) == SCHEMA
    checked = CliRunner().invoke(schema_command, ["check", str(scans.output / "report.json")])
    assert (checked.exit_code, checked.output) == (0, f"{scans.output}/report.json: keeps to the schema of reports\n")


def places(value, path=()):
    """Every object in a report, the first of each kind."""
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            if key not in ("params", "extra"):
                yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*path, number))


def at(document, path):
    for step in path:
        document = document[step]
    return document


def kinds(report):
    """One path for each kind of object: the last with that shape of steps."""
    return {tuple("*" if isinstance(step, int) else step for step in path): path for path in places(report)}


def test_nothing_may_be_missing_and_nothing_added(report):
    wanted = ("violation", "unavailable")
    report["sites"] = [site for site in report["sites"] if site["verdict"] in wanted]
    found = kinds(report)
    assert len(found) >= 15
    for path in found.values():
        for key in list(at(report, path)):
            broken = copy.deepcopy(report)
            if path[-1:] == ("verdicts",) and len(path) > 2:
                continue  # a site lists the verdicts that there are
            del at(broken, path)[key]
            assert not VALIDATOR.is_valid(broken), (path, key)
        broken = copy.deepcopy(report)
        at(broken, path)["surprise"] = 1
        assert not VALIDATOR.is_valid(broken), path


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema_version",), "2.0"),
        (("run", "started"), "yesterday"),
        (("run", "rules_digest"), "abc"),
        (("summary", "pages"), -1),
        (("sites", 0, "verdict"), "guilty"),
        (("sites", 0, "pages"), []),
        (("sites", 0, "pages", 0, "id"), "../../etc"),
        (("sites", 0, "pages", 0, "reason"), "bored"),
        (("sites", 0, "pages", 0, "match", "containment"), 1.5),
        (("sites", 0, "pages", 0, "findings", 0, "outcome"), "cantTell"),
        (("sites", 0, "pages", 0, "findings", 0, "level"), "fatal"),
        (("sites", 0, "pages", 0, "captures", 0, "sha256"), "0"),
        (("sites", 0, "pages", 0, "captures"), []),
    ],
)
def test_wrong_values_are_seen(report, path, value):
    report["sites"].sort(key=lambda site: site["verdict"] != "violation")
    report["sites"][0]["pages"].sort(key=lambda page: page["verdict"] != "violation")
    assert not problems(report)
    at(report, path[:-1])[path[-1]] = value
    assert problems(report)


def by_verdict(report, verdict):
    return next(page for page in pages_of(report) if page["verdict"] == verdict)


def test_a_violation_has_a_required_failure_and_nothing_else_has(report):
    one = by_verdict(report, "violation")
    one["findings"] = [f for f in one["findings"] if f["outcome"] != "fail"]
    assert problems(report)


def test_only_a_matched_page_can_be_a_violation(report):
    by_verdict(report, "violation")["match"] = None
    assert problems(report)


def test_a_page_is_unavailable_for_a_reason_and_nothing_else_has_one(report):
    by_verdict(report, "compliant")["reason"] = "dns"
    assert problems(report)
    by_verdict(report, "compliant")["reason"] = None
    assert not problems(report)
    by_verdict(report, "unavailable")["reason"] = None
    assert problems(report)


def test_a_compliant_page_has_no_failure(report):
    failure = next(f for f in by_verdict(report, "violation")["findings"] if f["outcome"] == "fail")
    by_verdict(report, "compliant")["findings"].append(failure)
    assert problems(report)
