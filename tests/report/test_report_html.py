"""The HTML report: it says what the JSON says, every link in it leads somewhere, and nothing of a page runs in it."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections import Counter
from pathlib import Path
from typing import get_args
from urllib.parse import unquote, urldefrag

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import cccheck as package
from cccheck.checks import all_checks
from cccheck.cli import cccheck
from cccheck.data import rules_dir
from cccheck.journal import read_info
from cccheck.model import Asked, Basis, EditKind, Origin, Outcome, Reason, Role, Verdict, Where
from cccheck.report.formats import Order, write_reports
from cccheck.report.html.marks import Mark, escaped, marked
from cccheck.report.html.safe import slug, to_passage, web_link
from cccheck.report.interface import interface, languages
from report.hostile import poisoned
from scanning import Scans, pages_of

SOURCE = Path(package.__file__).parent


@pytest.fixture(scope="module")
def scans(tmp_path_factory):
    made = Scans(tmp_path_factory.mktemp("html"))
    result = made.run("--format", "json", "--format", "html")
    assert result.exit_code == 1, result.output
    return made


@pytest.fixture(scope="module")
def folder(scans) -> Path:
    return scans.output / "html"


def views(folder: Path) -> dict[str, LexborHTMLParser]:
    """Every file of the report, by its name."""
    return {
        path.relative_to(folder).as_posix(): LexborHTMLParser(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def marks():
    """A mark somewhere in a text."""
    place = st.integers(0, 40)
    tag = st.sampled_from(["ins", "del", "mark"])
    return st.builds(Mark, place, place, st.integers(1, 5), tag, st.just("k"), st.just("rewritten"), st.just(""))


def words_of(node) -> str:
    return " ".join(node.text().split())


# ------------------------------------------------------------------ the same as the JSON


def test_every_page_has_its_verdict_and_its_findings(scans, folder):
    found = views(folder)
    pages = pages_of(scans.report())
    assert len(pages) == len(list((folder / "pages").iterdir())) > 0
    words = interface("en")
    for page in pages:
        view = found[f"pages/{page['id']}.html"]
        main = view.css_first("main")
        assert (main.attributes["data-page"], main.attributes["data-verdict"]) == (page["id"], page["verdict"])
        assert words.label("verdicts", page["verdict"]) in words_of(view.css_first("p.verdict"))
        told = Counter(
            (node.attributes["data-rule"], node.attributes["data-outcome"]) for node in view.css("[data-rule]")
        )
        assert told == Counter((finding["rule"], finding["outcome"]) for finding in page["findings"])
        for finding in page["findings"]:
            shown = words_of(view.css_first(f'[data-rule="{finding["rule"]}"]'))
            assert " ".join(finding["message"].split()) in shown
            if finding["outcome"] != "inapplicable":
                assert words.label("outcomes", finding["outcome"]) in shown
                assert finding["clause"] in shown


def test_lists_say_the_same_verdicts(scans, folder):
    found, report = views(folder), scans.report()
    pages = {page["id"]: page["verdict"] for page in pages_of(report)}
    rows = found["index.html"].css("table.sites tbody tr")
    assert {row.attributes["data-site"]: row.attributes["data-verdict"] for row in rows} == {
        site["site"]: site["verdict"] for site in report["sites"]
    }
    for kind, wanted in (("sites", pages), ("works", {i: v for i, v in pages.items() if work_of(report, i)})):
        listed = {
            row.attributes["data-page"]: row.attributes["data-verdict"]
            for name, view in found.items()
            if name.startswith(f"{kind}/")
            for row in view.css("tr[data-page]")
        }
        assert listed == wanted
    counts = {
        n.attributes["data-verdict"]: int(n.attributes["data-count"]) for n in found["index.html"].css("ul.key a")
    }
    assert counts == {verdict: n for verdict, n in report["summary"]["verdicts"].items() if n}


def work_of(report, page_id):
    return next(page["work"] for page in pages_of(report) if page["id"] == page_id)


def test_the_rows_that_are_searched_are_the_pages(scans, folder):
    text = (folder / "assets" / "rows-1.js").read_text("utf-8")
    rows = json.loads(text.removeprefix("cccheckRows(").removesuffix(");\n").replace(",\n]", "]"))
    assert {row[0]: row[3] for row in rows} == {page["id"]: page["verdict"] for page in pages_of(scans.report())}


def changed(scans, folder: Path, change) -> LexborHTMLParser:
    """The view of the bad page, with its row in the journal changed."""
    run = folder / "run"
    shutil.copytree(scans.output, run, ignore=shutil.ignore_patterns("html"))
    rows = [json.loads(line) for line in (run / "audits.jsonl").read_text("utf-8").splitlines()]
    row = next(row for row in rows if row["verdict"] == "violation")
    change(row)
    (run / "audits.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    result = CliRunner().invoke(cccheck, ["report", str(run), "--format", "html"])
    assert result.exit_code == 0, result.output
    return views(run / "html")[f"pages/{row['id']}.html"]


def test_what_a_person_decided_is_said(scans, tmp_path):
    def decide(row):
        finding = next(finding for finding in row["findings"] if finding["outcome"] == "fail")
        finding["outcome"] = "pass"
        finding["decided"] = {"was": "fail", "why": "they asked us", "at": "2026-11-03T08:00:00Z"}

    shown = next(node for node in changed(scans, tmp_path, decide).css(".finding") if "they asked us" in node.text())
    assert shown.attributes["data-outcome"] == "pass"
    assert "decided this on 3 November 2026" in shown.text() and "The program had said: Missing" in shown.text()


def test_a_copy_of_an_earlier_version_stands_beside_that_one(scans, tmp_path):
    old = "The ferries of Marrow Bay sail at night, said an older version of this article on its first day."

    def make_older(row):
        row["match"]["version"] = "2024-03-01"
        row["match"]["edits"] = []
        there = {"start": 0, "end": 9, "quote": "what the original says now"}
        here = {"block": 1, "start": 0, "end": 9, "quote": "what the page says"}
        row["match"]["corrections"] = [{"kind": "rewritten", "detail": "", "words": 5, "original": there, "copy": here}]
        path = tmp_path / "run" / "originals.jsonl"
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        records[0]["versions"] = [{"date": "2024-03-01", "text": old}]
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")

    view = changed(scans, tmp_path, make_older)
    assert "made from the version of 1 March 2024" in view.text()
    assert old in " ".join(node.text() for node in view.css(".row .r"))
    assert "what the original says now" in view.text() and "what the page says" in view.text()


# ------------------------------------------------------------------ files and links


def test_every_link_leads_to_a_file_and_a_place_of_the_report(folder):
    found = views(folder)
    for name, view in found.items():
        for node in view.css("[href], [src]"):
            goal = node.attributes.get("href") or node.attributes.get("src")
            if goal.startswith(("http://", "https://", "data:")):
                continue
            path, place = urldefrag(goal)
            there = ((folder / name).parent / path).resolve() if path else (folder / name).resolve()
            assert there.is_file(), f"{name}: {goal}"
            if place:
                target = found[there.relative_to(folder.resolve()).as_posix()]
                assert target.css_first(f'[id="{unquote(place)}"]') is not None, f"{name}: {goal}"


def test_nothing_comes_from_elsewhere(folder):
    for name, view in views(folder).items():
        for node in view.css("link, script, img, iframe, object, embed, source, video, audio"):
            source = node.attributes.get("src") or node.attributes.get("href") or ""
            assert not re.match(r"(?:https?:)?//", source), f"{name}: {source}"
        policy = view.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert view.css("[style]") == [] and view.css("script:not([src])") == []


def test_ids_are_given_once(folder):
    for name, view in views(folder).items():
        ids = Counter(node.attributes["id"] for node in view.css("[id]"))
        assert [i for i, n in ids.items() if n > 1] == [], name


def test_the_report_command_writes_the_same(scans, folder, tmp_path):
    result = CliRunner().invoke(cccheck, ["report", str(scans.output), "--format", "html", "--output", str(tmp_path)])
    assert (result.exit_code, result.output) == (0, f"{tmp_path / 'html' / 'index.html'}\n")
    for path in folder.rglob("*"):
        if path.is_file():
            assert (tmp_path / "html" / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_a_run_of_an_early_version_is_drawn_without_its_originals(tmp_path):
    scans = Scans(tmp_path)
    scans.run()
    for name in ("originals.jsonl", "rules.jsonl"):
        (scans.output / name).unlink()
    assert CliRunner().invoke(cccheck, ["report", str(scans.output), "--format", "html"]).exit_code == 0
    pages = [path.read_text("utf-8") for path in (scans.output / "html" / "pages").iterdir()]
    assert any("made by an early version" in page for page in pages)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    scans = Scans(tmp_path)
    scans.run()
    mine = scans.output / "html" / "index.html"
    mine.parent.mkdir()
    mine.write_text("my own page", encoding="utf-8")
    result = CliRunner().invoke(cccheck, ["report", str(scans.output), "--format", "html"])
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    scans.run("--fresh")
    assert mine.read_text("utf-8") == "my own page"


def test_a_new_run_takes_the_old_report_away(scans, tmp_path):
    made = Scans(tmp_path)
    made.run("--format", "html")
    assert (made.output / "html").is_dir()
    made.run("--fresh")
    assert not (made.output / "html").exists()


# ------------------------------------------------------------------ hostile content


@pytest.fixture(scope="module")
def poisoned_views(tmp_path_factory):
    """The report of a run in which every free text is hostile."""
    scans = Scans(tmp_path_factory.mktemp("poisoned"))
    scans.run()
    for path in [scans.output / name for name in ("audits.jsonl", "originals.jsonl", "rules.jsonl")]:
        rows = [poisoned(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for path in (scans.output / "pages").iterdir():
        path.write_text(json.dumps(poisoned(json.loads(path.read_bytes()))), encoding="utf-8")
    result = CliRunner().invoke(cccheck, ["report", str(scans.output), "--format", "html"])
    assert result.exit_code == 0, result.output
    return views(scans.output / "html")


def test_nothing_of_a_page_becomes_markup(poisoned_views):
    assert any("window.hacked" in view.text() for view in poisoned_views.values())
    for name, view in poisoned_views.items():
        assert [node.attributes for node in view.css("script")] == [
            {"src": node.attributes["src"], "defer": None} for node in view.css("script")
        ], name
        assert view.css("style, img, iframe, object, embed, base, textarea, template, svg svg, a svg") == [], name
        for node in view.css("*"):
            assert not [key for key in node.attributes if key.startswith("on") or key in ("style", "autofocus")], name


def test_only_web_addresses_and_the_reports_own_files_are_linked(poisoned_views, folder):
    for name, view in [*poisoned_views.items(), *views(folder).items()]:
        for node in view.css("a"):
            goal = node.attributes["href"]
            assert re.match(
                r"(?:https?://|#|(?:\.\./)?(?:pages|sites|works|rules|index|unchecked)[\w./#-]*\Z)", goal
            ), goal
            if goal.startswith("http"):
                assert node.attributes["rel"] == "noopener noreferrer", f"{name}: {goal}"


def test_controls_are_shown_as_their_numbers(poisoned_views):
    text = "".join(view.html for view in poisoned_views.values())
    assert "⟨U+202E⟩" in text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/b?c=d#e", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example/", False),
        ("https:///a.example", False),
        ("https://a.example/ onclick=x", False),
        ("https://a.example/\nx", False),
        ("https://a.example/" + "x" * 3000, False),
        (None, False),
    ],
)
def test_what_may_be_a_link(url, link):
    assert web_link(url) == (url if link else None)


@given(st.text(), st.text())
def test_names_of_files(name, other):
    """One file each, on every system; and never one outside the report."""
    found = slug(name)
    assert re.fullmatch(r"[a-z0-9._-]{1,100}", found) and not found.startswith(".") and not found.endswith(".")
    assert (found == slug(other)) == (name == other)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.lists(marks(), max_size=12))
def test_marks_lose_nothing_and_nest_nowhere(text, marks):
    html = marked(text, marks, len(text))
    tree = LexborHTMLParser(f"<div>{html}</div>").css_first("div")
    assert tree.css("ins ins, ins mark, mark ins, mark mark, del ins, ins del, del del, mark del, del mark") == []
    for label in tree.css("b.label"):
        label.decompose()
    plain = re.sub(r"</?(?:ins|del|mark|div)[^>]*>", "", html)
    plain = re.sub(r'<b class="label">[^<]*</b> ', "", plain)
    assert plain == escaped(text)


@given(st.text(alphabet="ab \n,-&#%é“", min_size=1, max_size=300))
def test_a_text_fragment_says_what_is_there(passage):
    found = to_passage("https://a.example/x#y", passage)
    words = passage.strip().partition("\n")[0].split()
    if not words:
        assert found is None
        return
    start, _, end = found.partition(":~:text=")[2].partition(",")
    said = " ".join(words)
    assert "-" not in start and "&" not in start
    assert (said.startswith(unquote(start)) and said.endswith(unquote(end))) or len(said) > 100


# ------------------------------------------------------------------ languages


def texts_of(language: str) -> dict[tuple[str, str], object]:
    data = tomllib.loads((rules_dir() / "interface" / f"{language}.toml").read_text("utf-8"))
    groups = {group: known for group, known in data.items() if isinstance(known, dict) and group != "remedies"}
    return {(group, key): text for group, known in groups.items() for key, text in known.items()}


@pytest.mark.parametrize("language", languages())
def test_a_language_says_all_that_english_says_and_fills_in_the_same(language):
    english, other = texts_of("en"), texts_of(language)
    assert other.keys() == english.keys()
    for key, text in english.items():
        assert isinstance(other[key], type(text)), key
        assert set(re.findall(r"{\w+}", str(other[key]))) == set(re.findall(r"{\w+}", str(text))), key


def test_every_text_is_used_somewhere():
    sources = [*(SOURCE / "report").rglob("*.py"), *(SOURCE / "report").rglob("*.html")]
    written = "".join(path.read_text("utf-8") for path in sources)
    families = ("summary-", "findings-", "rule-", "seen-as-", "quoted-", "before-", "after-", "within-")
    unused = [key for group, key in texts_of("en") if group == "text" and f'"{key}"' not in written]
    assert [key for key in unused if not key.startswith(families)] == []


def test_every_word_of_the_contracts_has_a_label():
    known = texts_of("en")
    for group, values in {
        "verdicts": Verdict,
        "verdict-says": Verdict,
        "outcomes": Outcome,
        "reasons": Reason,
        "kinds": get_args(EditKind),
        "checks": all_checks(),
        "where": get_args(Where),
        "roles": get_args(Role),
        "basis": get_args(Basis),
        "origins": get_args(Origin),
        "asked": get_args(Asked),
        "left-over": ("part", "traces", "problem"),
    }.items():
        missing = [value for value in values if (group, str(value)) not in known]
        assert missing == [], group


@pytest.mark.parametrize(("language", "said"), [("de", "Verletzung"), ("fr", "Manquement"), ("es", "Incumplimiento"), ("pt", "Descumprimento")])
def test_a_report_in_another_language(scans, tmp_path, language, said):
    arguments = ["report", str(scans.output), "--format", "html", "--lang", language, "--output", str(tmp_path)]
    assert CliRunner().invoke(cccheck, arguments).exit_code == 0
    for name, view in views(tmp_path / "html").items():
        assert view.css_first("html").attributes["lang"] == language, name
    overview = views(tmp_path / "html")["index.html"]
    assert said in overview.text() and "Violation" not in overview.text()


@pytest.mark.parametrize("language", sorted(set(languages()) - {"en"}))
def test_every_remedy_of_a_licence_is_told_in_every_language(language, rules):
    remedies = {rule.remedy for pack in rules.packs.values() for rule in pack.rules}
    untold = [text for text in remedies if text and interface(language).translated("remedies", text)[1] != language]
    assert untold == []


def test_numbers_and_dates_are_written_as_the_language_does():
    german, english = interface("de"), interface("en")
    assert (german.count("pages", 12345), english.count("pages", 12345)) == ("12.345 Seiten", "12,345 pages")
    assert (german.date("2026-03-02"), english.date("2026-03-02T08:15:00Z")) == ("2. März 2026", "2 March 2026")
    assert english.date("about noon") == "about noon"
    assert [english.percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == ["0%", "1%", "50%", "99%", "100%"]


# ------------------------------------------------------------------ many pages


def test_several_processes_draw_the_same(scans, folder, tmp_path, monkeypatch):
    monkeypatch.setattr("cccheck.report.html.drawing._WORTH_IT", 1)
    monkeypatch.setattr("cccheck.report.html.drawing._BATCH", 2)
    monkeypatch.setattr("cccheck.report.html.drawing.os.cpu_count", lambda: 2)
    drawn = []
    info = read_info(scans.output)
    write_reports(["html"], Order(scans.output, info, tmp_path, step=drawn.append))
    assert len(drawn) == len(list((folder / "pages").iterdir()))
    for path in (folder / "pages").iterdir():
        assert (tmp_path / "html" / "pages" / path.name).read_bytes() == path.read_bytes()


def test_what_cannot_be_written_is_one_line_and_leaves_the_old_report(scans, folder, monkeypatch):
    before = (folder / "index.html").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device", "pages/x.html")

    monkeypatch.setattr("cccheck.report.html.drawing.page_context", full)
    result = CliRunner().invoke(cccheck, ["report", str(scans.output), "--format", "html"])
    assert result.exit_code == 2
    assert result.stderr.startswith("cccheck: pages/x.html: cannot be written (No space left on device)")
    assert "goes on" not in result.stderr
    assert (folder / "index.html").read_bytes() == before
    assert [path.name for path in scans.output.iterdir() if "html" in path.name] == ["html"]


def test_long_lists_go_over_several_files(tmp_path, monkeypatch):
    monkeypatch.setattr("cccheck.report.html.overview.SITES", 2)
    monkeypatch.setattr("cccheck.report.html.site_view.PAGES", 1)
    monkeypatch.setattr("cccheck.report.html.finder._FILE", 300)
    scans = Scans(tmp_path)
    scans.run("--format", "html")
    found = views(scans.output / "html")
    overviews = [name for name in found if name.startswith("index")]
    assert overviews == ["index-2.html", "index-3.html", "index.html"]
    listed = [row.attributes["data-site"] for name in overviews for row in found[name].css("table.sites tbody tr")]
    assert sorted(listed) == sorted({site["site"] for site in scans.report()["sites"]})
    assert {"sites/bad.example.html", "sites/bad.example-2.html"} <= found.keys()
    assert found["index.html"].css_first('a[rel="next"]').attributes["href"] == "index-2.html"
    chunks = int(found["index.html"].css_first("form").attributes["data-chunks"])
    assert chunks == len(list((scans.output / "html" / "assets").glob("rows-*.js"))) > 1
