"""Words: as many as there are places for them, whatever the text; and blind to what typography changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cccheck.match.normalize import word_spans, words

# Where folding changes lengths or classes: final sigma, sharp s, ligatures, dotted i, iota below, full width, Hangul.
_tricky = st.sampled_from(list("ßẞİıſﬁŉǰΐΰςΣͅᾳΑ´¨¯ﬀＡ９①ａ〇가ᄀʰªº²½ⅷ℡™㎏․‥…’'-–_\u00ad\u0301\u0345\u200d\u2160âÂ€™œ"))
_text = st.text(alphabet=st.one_of(_tricky, st.characters(codec="utf-8")), max_size=40)


@given(_text)
@settings(max_examples=400)
def test_words_and_their_places_are_as_many(text):
    assert len(words(text)) == len(word_spans(text))


@pytest.mark.parametrize("text", ["\u0345", "a \u0345 b", "x.\u0345.y"])
def test_a_mark_that_folds_to_a_letter_makes_no_word(text):
    assert len(words(text)) == len(word_spans(text))


@given(_text)
@settings(max_examples=150)
def test_places_are_in_order_and_inside(text):
    end = 0
    for start, stop in word_spans(text):
        assert end <= start < stop <= len(text)
        end = stop


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“It’s” – she said…", '"It\'s" -- she said...'),
        ("THE STRAIT", "the strait"),
        ("Straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("ﬁsh ﬂoat", "fish float"),
        ("ＡＢＣ １２", "abc 12"),
        ("a\u00a0b\u202fc", "a b c"),
        ("one—two", "one two"),
        ("well-being", "well being"),
        ("It â€™s â€œsoâ€\x9d", "It s so"),
        ("ΟΔΟΣ", "οδος"),
        ("1,000.50", "1 000 50"),
    ],
)
def test_typography_does_not_count(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("… — !", []),
        ("東京に", ["東", "京", "に"]),
        ("ABC東京", ["abc", "東", "京"]),
        ("서울에서 왔다", ["서울에서", "왔다"]),
        ("snake_case", ["snake", "case"]),
        ("e-mail's", ["e", "mail", "s"]),
        ("नमस्ते दुनिया", None),
        ("tiếng Việt", ["tiếng", "việt"]),
    ],
)
def test_what_is_a_word(text, wanted):
    found = words(text)
    assert len(found) == len(word_spans(text))
    assert wanted is None or found == wanted
