"""Every profile there is: valid, kept by a page that pastes what its publisher gives out, broken by one that does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cccheck.checks import all_checks
from cccheck.licenses import parse_license
from cccheck.model import Author, Verdict
from cccheck.profiles import credit_of, kinds, profile_problems
from cccheck.profiles.credit import speaks_of_licence
from cccheck.profiles.load import read_document
from cccheck.trials import audit_of, broken, decided, finding_of, paste, try_profile
from making import profile, rulebook, with_profile, work

PROFILES = rulebook().profiles
BROKEN = [(one.id, term) for one in PROFILES.values() for term in decided(one)]


@pytest.mark.parametrize("name", PROFILES)
def test_profile_keeps_to_the_schema(name):
    file = PROFILES[name].file
    assert profile_problems(read_document(file), file) == []
    assert file.stem == name


@pytest.mark.parametrize("name", PROFILES)
def test_profile_says_where_its_terms_were_read(name):
    one = PROFILES[name]
    assert all(source.url.startswith("http") and source.read >= "2026-10" for source in one.sources)
    assert all(parse_license(grant.license) for grant in one.grants)


@pytest.mark.parametrize("name", PROFILES)
def test_page_that_pastes_what_the_publisher_gives_out_passes(name):
    audit = audit_of(PROFILES[name], rulebook(), paste(PROFILES[name]))
    left = [(f.rule, f.outcome.value, f.message) for f in audit.findings if f.outcome.value in ("fail", "review")]
    assert (audit.verdict, left) == (Verdict.COMPLIANT, [])


@pytest.mark.parametrize(("name", "term"), BROKEN)
def test_page_that_breaks_a_term_does_not_pass(name, term):
    one = PROFILES[name]
    found = finding_of(audit_of(one, rulebook(), broken(one, term)), f"{name}/{term}")
    assert found is not None
    assert found.outcome in ("fail", "review")
    assert found.remedy
    assert "{" not in found.remedy + found.message
    assert found.clause_url == one.sources[0].url


@pytest.mark.parametrize("name", PROFILES)
def test_page_without_any_credit_does_not_pass(name):
    bare = replace(paste(PROFILES[name]), head="", before="", after="")
    assert audit_of(PROFILES[name], rulebook(), bare).verdict in ("violation", "review")


@pytest.mark.parametrize("name", PROFILES)
def test_terms_are_required_only_by_permission_read_in_full(name):
    one = PROFILES[name]
    for term in decided(one):
        found = finding_of(audit_of(one, rulebook(), broken(one, term)), f"{name}/{term}")
        required = one.by_permission and one.full and not one.terms[term].wish
        assert (found.level, found.basis) == (("required", "terms") if required else ("guideline", "guideline"))


@pytest.mark.parametrize(("name", "term"), [(n, t) for n, t in BROKEN if PROFILES[n].by_permission])
def test_what_is_said_of_a_permissions_terms_speaks_of_no_licence(name, term):
    one = PROFILES[name]
    found = finding_of(audit_of(one, rulebook(), broken(one, term)), f"{name}/{term}")
    assert "licen" not in " ".join((found.title, found.message, found.remedy, found.clause)).lower()


def test_there_are_enough_of_them_and_no_site_is_anybodys_twice():
    assert len(PROFILES) >= 45
    sites = [site for one in PROFILES.values() for site in one.sites]
    assert len(sites) == len(set(sites))


def test_every_term_is_decided_by_a_check_or_says_why_by_none():
    for kind in kinds().values():
        assert kind.check in all_checks() if kind.check else kind.reason, kind.name
        assert all(text.endswith(".") for text in (*kind.asks.values(), kind.reason) if text), kind.name
        assert bool(kind.remedy) == bool(kind.check), kind.name
        assert kind.reason or not (kind.decided or kind.needs), kind.name


def test_every_check_of_terms_has_a_term():
    assert {kind.check for kind in kinds().values() if kind.check} == {
        *("credit-wording", "credit-placement", "links-retained", "title-unchanged", "images-excluded"),
        *("canonical-link", "tracking-pixel", "noindex", "excerpt-limit"),
    }


def test_a_trial_tells_what_does_not_hold():
    without = profile({"canonical": {}})
    assert list(try_profile(without, rulebook())) == [
        "snippet: is missing, and without it no term can be tried; write what the publisher gives out"
    ]
    credit = '<p>By {author}. From <a href="{url}">{publisher}</a>, <a href="{license_url}">licence</a>.</p>'
    lacking = profile(
        {"canonical": {}, "noindex": {}}, snippet={"after": credit, "head": '<meta name="robots" content="none">'}
    )
    (line,) = try_profile(lacking, rulebook())
    assert (
        line.startswith("snippet: tidewater/canonical-link comes to fail: ")
        or "tidewater/canonical comes to fail" in line
    )


def test_a_trial_needs_no_entry_in_the_rulebook():
    credit = '<p>By {author}. From <a href="{url}">{publisher}</a>, <a href="{license_url}">licence</a>.</p>'
    good = profile({"position": {"at": "end"}}, snippet={"after": credit})
    assert list(try_profile(good, rulebook())) == list(try_profile(good, with_profile(good))) == []


IN_ITS_WORDS = [
    one.id for one in PROFILES.values() if one.terms.get("wording") and "sentences" in one.terms["wording"].values
]


@pytest.mark.parametrize("name", IN_ITS_WORDS)
def test_the_credit_line_that_is_offered_has_the_publishers_words(name):
    """Pasted alone, below the article: wording, author, publication and link are there."""
    one = PROFILES[name]
    line = audit_of(one, rulebook(), replace(paste(one), before="", after="", head="")).credit_line
    audit = audit_of(one, rulebook(), replace(paste(one), head="", before="", after=f"<p>{line.html}</p>"))
    asked = {"author-credit", "publisher-credit", "source-link"}
    said = {finding.check: finding.outcome.value for finding in audit.findings if finding.check in asked}
    assert set(said.values()) <= {"pass", "inapplicable"}, said
    if "{any}" not in one.terms["wording"].values["sentences"][0]:
        assert finding_of(audit, f"{name}/wording").outcome == "pass"
        assert "{" not in line.html + line.text


@pytest.mark.parametrize(
    ("language", "sentence", "line"),
    [
        ("en", "This article first appeared in {publisher}.", "By Ana Lima and Juan Soto. This article first appeared in "),
        ("pt", "Publicado primeiro em {publisher}.", "Por Ana Lima e Juan Soto. Publicado primeiro em "),
        ("de", "{author}, zuerst in {publisher}.", "Ana Lima und Juan Soto, zuerst in "),
        ("xx", "{author}, first in {publisher}.", "Ana Lima and Juan Soto, first in "),
    ],
)
def test_the_words_that_come_beside_a_publishers_sentence_are_in_its_language(language, sentence, line):
    one = replace(profile({"wording": {"sentences": [sentence], "match": "exact"}}), language=language)
    two = replace(work(), authors=(Author("Ana Lima"), Author("Juan Soto")))
    said = credit_of(one, two, parse_license("CC-BY-4.0")).text
    assert said == f"{line}The Tidewater Courier. {two.url} (CC BY 4.0)"


@pytest.mark.parametrize("said", ["Publicado sob licença livre.", "Unter der Lizenz CC BY.", "a Creative Commons license"])
def test_a_sentence_that_speaks_of_the_licence_gets_it_no_second_time(said):
    assert speaks_of_licence(said)
