"""UTF-8 encoded twice is read as it was meant; a good page is never touched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cccheck.page.garbled import put_right
from making import page, texts
from page.test_page_charset import SAMPLES

LATIN = ["cp1252", "latin-1"]
WORDS = "élève à « Noël », où l’été — ça va ! ESPAÑA ÃO Â Ñ â Àé É» Ã« ±½ ° §".split()


def twice(text: str, codec: str) -> bytes:
    """Encoded as UTF-8, taken for another charset, encoded again; what that charset lacks is taken as Latin-1 has it."""
    read = "".join(bytes([b]).decode(codec, "ignore") or chr(b) for b in text.encode())
    return read.encode()


@pytest.mark.parametrize("language", SAMPLES)
@pytest.mark.parametrize("codec", LATIN)
def test_what_was_encoded_twice_is_put_right(language, codec):
    sample = SAMPLES[language]
    html = f"<html><head><title>Plain</title></head><body><p>{sample}</p><p>{sample}</p><p>Plain too</p></body></html>"
    assert texts(page(twice(html, codec))) == [sample, sample, "Plain too"]


@pytest.mark.parametrize("language", SAMPLES)
def test_what_was_encoded_once_is_left_alone(language):
    html = f"<p>{SAMPLES[language]}</p>" * 20
    assert put_right(html) is html or put_right(html) == html


def test_good_and_garbled_text_on_one_page():
    good, bad = "La mañana, según él: «sí»", "José Núñez Álvarez, última mañana de otoño: él rió, allá, más acá"
    html = f"<p>{good}</p>".encode() + twice(f"<p>{bad}</p>", "cp1252") + f"<footer>© {good}</footer>".encode()
    assert texts(page(html)) == [good, bad, f"© {good}"]


def test_a_few_odd_letters_are_not_enough():
    html = "<p>In JosÃ© and NÃºÃ±ez you see UTF-8 that was read as Latin-1.</p>"
    assert texts(page(html)) == [html[3:-4]]


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.sampled_from([" ", "\u00a0"]))
@settings(max_examples=200)
def test_words_of_latin_languages_are_never_touched(words, space):
    text = space.join(words)
    garbled = any(part in text for part in ("Ã«", "É»", "à\u00a0«", "Â\u00a0", "Ã\u00a0"))
    assert garbled or put_right(text) == text


@given(st.text(max_size=60))
def test_nothing_is_lost_or_raised(text):
    assert put_right(put_right(text)) == put_right(text) or len(put_right(text)) <= len(text)
