"""Words: as many as there are places for them, whatever the text; and blind to what typography changes."""

from unicodedata import normalize

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cccheck.match.normalize import _ALIKE, word_spans, words

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
    last = (0, 0)
    for start, stop in word_spans(text):
        assert (start, stop) == last or last[1] <= start < stop <= len(text)
        last = (start, stop)


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
        ("co\u00adop\u200ber\u2060ate \u202eit\u202c", "cooperate it"),
        ("wo\u200erd\ufe0f he\ufeffre", "word here"),
        ("ﾊﾝｶｸ ｶﾞｷﾞ", "ハンカク ガギ"),
        ("\u304b\u3099", "\u304c"),
        ("１０ kg", "10 KG"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("الْعَرَبِيَّة", "العربية"),
        ("שָׁלוֹם", "שלום"),
        ("m² ½", "m2 1/2"),
        ("𝐁𝐨𝐥𝐝 𝓼𝓬𝓻𝓲𝓹𝓽", "bold script"),
        ("Тhе ferrу сrоssеd МARROW Bау", "The ferry crossed Marrow Bay"),  # Cyrillic among the letters
        ("Τhe ferry crοssed а bay", "The ferry crossed a bay"),  # a Greek, a Greek, a Cyrillic letter
        ("cаfé", "café"),
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
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("বাংলা ভাষা", ["বাংলা", "ভাষা"]),
        ("தமிழ் மொழி", ["தமிழ்", "மொழி"]),
        ("ความรัก", list("ความรัก")),
        ("ветка СОСНА сосна Росія", ["ветка", "сосна", "сосна", "росія"]),
        ("ΝΟΜΟΣ νόμος", ["νομοσ", "νόμοσ"]),
        ("tiếng Việt", ["tiếng", "việt"]),
    ],
)
def test_what_is_a_word(text, wanted):
    found = words(text)
    assert len(found) == len(word_spans(text))
    assert wanted is None or found == wanted


@given(_text)
@settings(max_examples=400)
def test_words_of_words_are_the_same_words(text):
    found = words(text)
    assert words(" ".join(found)) == found


# Marks of scripts that hardly anybody writes are not all known: they may change places with those that are.
_known_marks = st.sampled_from("\u0301\u0345\u0327\u3099\u093c\u094d\u05b0\u064b\u0e33\u0e49")
_without_rare_marks = st.characters(codec="utf-8", exclude_categories=["Mn", "Mc", "Me"])
_lettered = st.text(alphabet=st.one_of(_tricky, _known_marks, _without_rare_marks), max_size=40)


@given(_lettered, st.sampled_from(["NFC", "NFD"]))
@settings(max_examples=400)
def test_how_accents_are_encoded_does_not_count(text, form):
    assume("â" not in normalize("NFC", text))  # what looks like quotation marks read as Latin-1 is blanked
    assert words(normalize(form, text)) == words(text)


_prose = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9), min_size=1, max_size=12)


@given(_prose, st.data())
def test_tricks_do_not_count(line, data):
    """Any letter in the look of another script, anything unseen anywhere in a word, typography around it."""
    wanted = list(line)
    looks = {latin: [x for x, y in _ALIKE.items() if y == latin] for latin in "abcdefghijklmnopqrstuvwxyz"}
    out = []
    for word in line:
        at = data.draw(st.integers(0, len(word) - 1))
        letter = data.draw(st.sampled_from([word[at], *looks[word[at]]]))
        unseen = data.draw(st.sampled_from(["", "\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\u200f", "\ufe0f"]))
        fronts, ends = data.draw(st.sampled_from([("“", "”"), ("«\u00a0", "\u202f»"), ("", "…"), ("— ", "")]))
        letter = letter if len(word) > 1 else word
        out.append(f"{fronts}{word[:at]}{letter}{unseen}{word[at + 1 :]}{ends}")
    assert words(" ".join(out)) == wanted
