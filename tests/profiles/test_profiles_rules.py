"""What a profile means for a work: levels, dates, names, what it takes for a link; and mistakes in its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from cccheck.errors import DataError
from cccheck.licenses import parse_license
from cccheck.profiles import load_profiles, profile_at, rules_of
from cccheck.rulebook import load_rules
from cccheck.trials import try_profile
from making import audit, finding, page, profile, with_profile, work  # noqa: F401

U = "https://tidewatercourier.example/2024/03/night-ferries"
LICENCE = ', <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>'


def levels(one, license="CC-BY-4.0", **changes):
    found = rules_of(one, parse_license(license), work(**changes), None)
    return {rule.id: (rule.level, rule.basis) for rule in found}


def test_a_term_is_a_guideline_under_a_licence():
    assert levels(profile({"canonical": {}})) == {"tidewater/canonical": ("guideline", "guideline")}


def test_a_term_of_a_permission_is_required():
    terms = {"canonical": {}, "noindex": {"wish": True}, "resale": {}}
    assert levels(profile(terms, licenses=[{"id": "permission"}]), "permission") == {
        "tidewater/canonical": ("required", "terms"),
        "tidewater/noindex": ("guideline", "guideline"),
    }


def test_what_was_read_in_part_is_never_required():
    source = [{"url": "https://reader.example/", "read": "2026-10", "extent": "partial"}]
    one = profile({"canonical": {}}, licenses=[{"id": "permission"}], source=source)
    assert levels(one, "permission") == {"tidewater/canonical": ("guideline", "guideline")}


def test_a_licence_stands_over_a_profile_that_speaks_of_permission():
    one = profile({"canonical": {}}, licenses=[{"id": "permission"}])
    assert levels(one, "CC-BY-4.0") == {"tidewater/canonical": ("guideline", "guideline")}


@pytest.mark.parametrize(
    ("term", "copy", "article", "stands"),
    [
        ({"from": "2023-07-01"}, "2023-07-01T08:00:00Z", "2020-01-01", True),
        ({"from": "2023-07-01"}, "2023-06-30", "2024-01-01", False),
        ({"from": "2023-07-01"}, None, "2024-01-01", False),
        ({"from": "2023-07-01"}, "yesterday", None, False),
        ({"until": "2019-12-31"}, "2019-12-31", None, True),
        ({"until": "2019-12-31"}, "2020-01-01", None, False),
        ({"from": "2023-07-01", "of": "article"}, "2020-01-01", "2023-07-02", True),
        ({"from": "2023-07-01", "of": "article"}, "2026-01-01", None, False),
        ({}, None, None, True),
    ],
)
def test_dates(term, copy, article, stands):
    found = rules_of(profile({"noindex": term}), parse_license("CC-BY-4.0"), work(published=article), copy)
    assert bool(found) is stands


def test_the_copys_date_is_the_one_that_the_page_gives():
    rules = with_profile(profile({"noindex": {"from": "2026-01-01"}}))
    html = '<meta property="article:published_time" content="{}"><p>By Maren Oakhollow</p><!--text-->'
    for date, due in (("2026-02-01", True), ("2025-12-31", False)):
        result = audit(html.format(date), work(profile="tidewater"), rules=rules)
        assert ("tidewater/noindex" in {f.rule for f in result.findings}) is due


def test_sentences_in_another_language_than_the_work_are_not_asked_for():
    terms = {"wording": {"match": "exact", "sentences": ["First in {publisher}"]}, "canonical": {}}
    assert set(levels(profile(terms, language="de"))) == {"tidewater/canonical"}
    assert len(levels(profile(terms, language="de"), language="de")) == 2


def test_names_of_the_profile_credit_the_publisher():
    html = (
        f'<p>By Maren Oakhollow. First published by the <a href="{U}">Marrow Bay Gazette</a>{LICENCE}.</p><!--text-->'
    )
    one = profile({}, aliases=["Marrow Bay Gazette"])
    assert finding(audit(html), "publisher-credit").outcome == "review"
    assert (
        finding(audit(html, work(profile="tidewater"), rules=with_profile(one)), "publisher-credit").outcome == "pass"
    )


def test_sites_of_the_profile_are_the_publishers_own():
    one = profile({}, sites=["tidewatercourier.example", "tidewater-archive.example/courier"])
    for url in ("https://tidewater-archive.example/courier/7", "https://www.tidewatercourier.example/p/7"):
        result = audit("<!--text-->", work(profile="tidewater"), rules=with_profile(one), url=url)
        assert (result.verdict, bool(result.accepted)) == ("not-a-copy", True)
    other = audit(
        "<!--text-->", work(profile="tidewater"), rules=with_profile(one), url="https://tidewater-archive.example/x"
    )
    assert (other.verdict, other.accepted) == ("violation", None)


def test_the_profile_is_the_one_whose_site_says_most():
    wide = profile({}, id="wide", sites=["paper.example"])
    narrow = profile({}, id="narrow", sites=["paper.example/uk"])
    assert profile_at("https://www.paper.example/uk/a", [wide, narrow]).id == "narrow"
    assert profile_at("https://news.paper.example/ukraine", [wide, narrow]).id == "wide"
    assert profile_at("https://newspaper.example/uk", [wide, narrow]) is None


def test_a_credit_that_names_no_licence_is_enough_where_the_publisher_gives_out_such_a_one():
    html = f'<p>By Maren Oakhollow. First published by <a href="{U}">The Tidewater Courier</a>.</p><!--text-->'
    given = {"after": '<p>First published by <a href="{url}">{publisher}</a>.</p>'}
    bare = with_profile(profile({}, snippet=given))
    assert finding(audit(html), "license-notice").outcome == "review"
    found = finding(audit(html, work(profile="tidewater"), rules=bare), "license-notice")
    assert (found.outcome, found.origin) == ("pass", "publisher")
    asked = work(profile="tidewater", credit=["author", "publisher", "link", "license"])
    assert finding(audit(html, asked, rules=bare), "license-notice").outcome == "fail"
    named = with_profile(profile({}, snippet={"after": given["after"] + '<a href="{license_url}">CC</a>'}))
    assert finding(audit(html, work(profile="tidewater"), rules=named), "license-notice").outcome == "review"


# ------------------------------------------------------------------ files

NEW = """
id = "lantern"
name = "The Lantern"
sites = ["lantern.example"]
[[licenses]]
id = "CC-BY-4.0"
[[source]]
url = "https://lantern.example/republish"
read = "2026-10-01"
extent = "full"
[terms]
canonical = {}
noindex = { from = 2026-01-01, of = "article" }
[snippet]
head = '<link rel="canonical" href="{url}"><meta name="robots" content="noindex">'
after = '<p>By {author}. From <a href="{url}">{publisher}</a>, <a href="{license_url}">licence</a>.</p>'
"""


def put(folder: Path, text: str = NEW, name: str = "lantern.toml") -> Path:
    (folder / "publishers").mkdir(exist_ok=True)
    (folder / "publishers" / name).write_text(text, "utf-8")
    return folder


def test_a_publisher_is_added_with_one_file(tmp_path):
    before = load_rules().digest
    book = load_rules(put(tmp_path))
    assert book.digest != before
    assert list(try_profile(book.profiles["lantern"], book)) == []
    assert profile_at("https://lantern.example/a", book.profiles.values()).id == "lantern"


def test_a_file_of_the_users_replaces_a_built_in_profile(tmp_path):
    name = next(iter(load_profiles()))
    book = load_rules(put(tmp_path, NEW.replace('"lantern"', f'"{name}"', 1)))
    assert book.profiles[name].name == "The Lantern"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"CC-BY-4.0"', '"CC-BI-4.0"', "licenses[0].id: `CC-BI-4.0` is no known licence; did you mean `CC-BY-4.0`?"),
        ("canonical = {}", "canonicle = {}", "terms.canonicle: is no known key; did you mean `canonical`?"),
        (
            "canonical = {}",
            'position = { at = "tip" }',
            "terms.position.at: `tip` is none of top, end, both; did you mean `top`?",
        ),
        (
            "canonical = {}",
            'wording = { match = "exact" }',
            'terms.wording.sentences: is missing; match = "exact" needs it',
        ),
        (
            "canonical = {}",
            'wording = { match = "exact", sentences = ["{autor}"] }',
            "terms.wording.sentences[0]: `{autor}` is not",
        ),
        (
            "2026-01-01, of",
            "2026-01-01, until = 2025-01-01, of",
            "terms.noindex.until: is before `from`; mend one of them",
        ),
        (
            'sites = ["lantern.example"]',
            'sites = ["https://lantern.example/"]',
            "sites[0]: `https://lantern.example/` is not what",
        ),
        ("[snippet]", "[snippet", "no valid TOML"),
        ('name = "The Lantern"', "", "name: is missing; add it"),
    ],
)
def test_mistakes_are_one_line_with_file_key_and_mend(tmp_path, old, new, line):
    assert old in NEW
    with pytest.raises(DataError) as error:
        load_rules(put(tmp_path, NEW.replace(old, new, 1)))
    assert str(error.value).startswith(f"{tmp_path / 'publishers' / 'lantern.toml'}: ")
    assert line in str(error.value)
    assert "\n" not in str(error.value)


def test_two_profiles_of_one_id_are_refused(tmp_path):
    put(put(tmp_path), name="z.toml")
    with pytest.raises(DataError, match=r"z\.toml: id: `lantern` is the id of .*lantern\.toml too"):
        load_rules(tmp_path)


@pytest.mark.parametrize(
    ("terms", "verdict"),
    [
        ({}, "review"),
        ({"cuts": {"allowed": "any"}}, "excerpt"),
        ({"extent": {"most": "share", "share": 0.25}}, "excerpt"),
        ({"extent": {"most": "share", "share": 0.1}}, "review"),
        ({"extent": {"most": "paragraphs", "paragraphs": 10}}, "excerpt"),
        ({"extent": {"most": "paragraphs", "paragraphs": 2}}, "review"),
        ({"extent": {"most": "whole"}}, "review"),
    ],
)
def test_a_long_excerpt_is_nobodys_question_where_the_publisher_allows_it(terms, verdict):
    parts = [
        f"Part {n}: " + " ".join(f"{word}{n}" for word in "alpha beta gamma delta epsilon".split() * 8)
        for n in range(40)
    ]
    known = work(profile="tidewater", text="\n\n".join(parts))
    html = "".join(f"<p>{part}</p>" for part in parts[:8])
    result = audit(html, known, rules=with_profile(profile(terms)))
    assert (result.verdict, result.match.excerpt) == (verdict, True)
    assert result.match.words_copied >= 300
