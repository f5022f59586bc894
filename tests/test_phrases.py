"""Folding and phrases: offsets lead back, phrases are found whole, in every language there is a file for."""

import tomllib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cccheck.data import rules_dir
from cccheck.phrases import MEANINGS, compile_phrases, fold, fold_with_offsets, says

_tricky = st.sampled_from(list("ÀéñøłŁðþæœßẞİıſﬁㅎ각각ｶﾞ½…’‘´¨ͅΐ़ׁ\u0301\u0327\u0323\u00ad"))
_text = st.text(alphabet=st.one_of(_tricky, st.sampled_from("aB \n"), st.characters(codec="utf-8")), max_size=30)
FILES = sorted((rules_dir() / "phrases").glob("*.toml"))


@given(_text)
@example("É")
@example("ﬁn")
@settings(max_examples=300)
def test_offsets_lead_back(text):
    folded, offsets = fold_with_offsets(text)
    assert len(offsets) == len(folded) + 1
    assert offsets[-1] == len(text) and list(offsets) == sorted(offsets)
    for at, letter in enumerate(folded):
        assert letter in fold(text[offsets[at]])


@given(st.text(alphabet="aBcÀéñøłæœß’ﬁ½\u0301\u0327 .", max_size=30))
@settings(max_examples=200)
def test_both_ways_of_folding_agree(text):
    assert fold_with_offsets(text)[0] == fold(text)


@given(_text)
@settings(max_examples=150)
def test_folding_is_done_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Núñez", "JOSE NUNEZ"),
        ("Jose\u0301", "josé"),
        ("Øystein Łukasz Đorđe", "oystein lukasz dorde"),
        ("Straße", "STRASSE"),
        ("Œuvre Ægir", "oeuvre aegir"),
        ("Işık", "isik"),
        ("O’Neill", "o'neill"),
        ("ﬁsh", "fish"),
        ("Ａｂｃ", "abc"),
        ("Ёлка", "елка"),
        ("Άγγελος", "αγγελοσ"),
    ],
)
def test_case_and_accents_aside(one, other):
    assert fold(one) == fold(other)


# ------------------------------------------------------------------ phrases


@pytest.mark.parametrize(
    ("phrases", "text", "wanted"),
    [
        (["was published"], "it was   published here", "was   published"),
        (["was published"], "it was\npublished", "was\npublished"),
        (["was", "was published"], "was published", "was published"),
        (["by"], "bypass, standby", None),
        (["by"], "by-line", "by"),
        (["by"], "(by)", "by"),
        (["édité"], fold("ÉDITÉ"), "edite"),
        (["foto's"], fold("Foto’s: x"), "foto's"),
        (["出典"], "記事の出典は", "出典"),
        (["©"], "x©y", "©"),
        ([], "anything", None),
        (["a.c"], "abc", None),
        (["(x)"], "y (x) z", "(x)"),
    ],
)
def test_phrases_are_found_whole(phrases, text, wanted):
    found = compile_phrases(phrases).search(text)
    assert (found[0] if found else None) == wanted


@given(
    st.sets(st.text(alphabet="abé ’'.", min_size=1, max_size=6).filter(lambda p: p.strip() == p), max_size=8), st.data()
)
@settings(max_examples=150)
def test_each_phrase_is_found_where_it_stands_alone(phrases, data):
    if not phrases:
        return
    one = data.draw(st.sampled_from(sorted(phrases)))
    found = compile_phrases(phrases).search(f"\n{fold(one)}\n")
    assert found is not None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_phrase_of_every_language_is_found(path):
    listed = tomllib.loads(path.read_text("utf-8"))
    for meaning in MEANINGS:
        for phrase in listed.get(meaning, ()):
            assert says(meaning, fold(f"… {phrase.capitalize()}, …")), (meaning, phrase)


def test_no_phrase_says_nothing():
    assert not any(says(meaning, "") or says(meaning, "xqz") for meaning in MEANINGS)
