"""What findings say, in every language: a sentence for each code, with the same parameters; lists as each language writes them."""

from __future__ import annotations

import re

import pytest

from cccheck.messages import join, languages, templates, told
from making import audit

OTHERS = [language for language in languages() if language != "en"]
BARE = "<article><!--text--></article>"
LEFT_OUT = {"{reason}"}  # comes from the packs, in English


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{\w+}", text))


def test_letters_and_reports_are_in_these_languages():
    assert {"en", "es", "fr", "de", "pt"} <= set(languages())


@pytest.mark.parametrize("language", OTHERS)
def test_every_code_has_a_sentence_with_its_parameters(language):
    """A new code needs one in each file of rules/messages/."""
    english, other = templates(), templates(language)
    assert {check: codes.keys() for check, codes in other.items()} == {c: codes.keys() for c, codes in english.items()}
    for check, codes in english.items():
        for code, text in codes.items():
            assert placeholders(other[check][code]) == placeholders(text) - LEFT_OUT, (language, check, code)
            assert other[check][code] != text or not re.search("[a-z]{4}", text), (language, check, code)


@pytest.mark.parametrize("language", languages())
def test_every_sentence_of_a_page_can_be_told(language):
    for finding in audit(BARE).findings:
        said = told(finding.check, finding.code, finding.params, language)
        assert said != finding.code
        assert "{" not in said
        assert (said == finding.message) is (language == "en")


def test_a_kind_of_change_is_told_in_the_language():
    params = {"count": 1, "original": "not", "copy": "", "kind": "negation-altered"}
    assert "(eine Verneinung)" in told("no-derivatives", "text-meaning-altered", params, "de")


def test_a_sentence_within_a_sentence_is_told_in_the_language():
    older = f'<meta property="article:published_time" content="2019-01-01">{BARE}'
    finding = next(f for f in audit(older).findings if f.check == "author-credit")
    assert finding.code == "page-older-than-original"
    assert finding.params["date"] == "2019-01-01"
    assert finding.message.endswith("The publisher asks for the author's name on every copy.")
    assert told(finding.check, finding.code, finding.params, "en") == finding.message
    said = told(finding.check, finding.code, finding.params, "es")
    assert "2019-01-01" in said
    assert said.endswith("El medio pide la autoría en cada copia.")


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "A, B and C"), ("es", "A, B y C"), ("fr", "A, B et C"), ("de", "A, B und C"), ("pt", "A, B e C")],
)
def test_lists(language, written):
    assert join(["A", "B", "C"], language) == written
