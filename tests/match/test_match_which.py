"""Which work a page copies, among works that share text: families, common passages, ties, several works on one page."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cccheck.match import Corpus, match_page
from cccheck.match.corpus import grams
from cccheck.match.normalize import words
from cccheck.model import Match, NoMatch
from making import page
from match.texts import html_of, match, matched, prose, work_of

seeds = st.integers(0, 10_000)
NOTICE = prose(900, 2, 45)  # what many works end with
FOREIGN = prose(901, 8)


def with_link(parts: list[str], href: str):
    return page(html_of(parts).replace("</article>", f'<p><a href="{href}">Source</a></p></article>'))


# ------------------------------------------------------------------ how much: exactly


@given(seeds)
@settings(max_examples=40)
def test_containment_is_the_share_of_distinct_5_grams(seed):
    chance = random.Random(seed)
    parts, known = prose(seed), prose(seed + 50_000, 3)
    kept = [*parts[:2], *(part for part in parts[2:] if chance.random() < 0.7)]
    shown = [*kept, *known]
    chance.shuffle(shown)
    found = matched(shown, work_of(parts))
    of_work = set(grams(words(" ".join(parts))))
    of_page = set(grams(words("Front page Head " + " ".join(shown))))
    assert found.containment == round(len(of_work & of_page) / len(of_work), 4)


# ------------------------------------------------------------------ what is nobody's


def test_a_passage_of_many_works_is_no_match():
    works = [work_of([*prose(n), *NOTICE], f"w{n}") for n in range(4)]
    assert isinstance(match([*FOREIGN, *NOTICE], *works), NoMatch)
    assert isinstance(match([*FOREIGN, *NOTICE], *works, hint="w2"), NoMatch)


def test_a_passage_of_many_works_counts_where_the_work_stands():
    works = [work_of([*prose(n), *NOTICE], f"w{n}") for n in range(4)]
    found = matched([*prose(2), *NOTICE], *works)
    assert (found.work, found.containment, found.words_cut, found.tied) == ("w2", 1.0, 0, ())


def test_a_short_work_that_is_mostly_notice_is_not_found_by_it():
    works = [work_of([*prose(n), *NOTICE], f"w{n}") for n in range(4)]
    short = work_of([*prose(50, 1), *NOTICE], "short")
    assert isinstance(match([*FOREIGN, *NOTICE], *works, short), NoMatch | Match)
    found = match([*FOREIGN, *NOTICE], *works, short)
    assert isinstance(found, NoMatch) or found.tied


def test_a_paragraph_of_two_works_names_both():
    shared = prose(60, 2)
    works = [work_of([*prose(61), *shared], "one"), work_of([*prose(62), *shared], "other")]
    found = matched([*FOREIGN, *shared], *works)
    assert {found.work, *found.tied} == {"one", "other"}


@pytest.mark.parametrize("count", [3, 12, 40])
def test_near_identical_works_are_one_family_whose_text_counts(count):
    parts = prose(70, 8)
    editions = [
        work_of([*parts[:4], f"In the town of {place} it was so.", *parts[4:]], f"w{n:02}")
        for n, place in enumerate(prose(71, 1, count)[0].rstrip(".").split())
    ]
    others = [work_of(prose(200 + n), f"x{n}") for n in range(5)]
    wanted = editions[count // 2]
    found = matched(wanted.text.split("\n\n"), *editions, *others)
    assert (found.work, found.containment, found.words_cut) == (wanted.id, 1.0, 0)


def test_growing_versions_are_one_family():
    parts = prose(80, 9)
    versions = [work_of(parts[:size], f"v{size}") for size in (3, 6, 9)]
    for size in (3, 6, 9):
        found = matched(parts[:size], *versions)
        assert (found.work, found.tied) == (f"v{size}", ())


# ------------------------------------------------------------------ which of several


def test_a_part_that_two_versions_share_is_a_tie_and_a_link_decides_it():
    parts = prose(81, 8)
    old = work_of(parts, "old", url="https://lamp.example/old")
    new = work_of([*parts[:6], *prose(82, 3)], "new", url="https://lamp.example/new")
    undecided = matched(parts[:3], old, new)
    assert {undecided.work, *undecided.tied} == {"old", "new"}
    for work in (old, new):
        found = matched(with_link(parts[:3], work.url), old, new)
        assert (found.work, found.tied) == (work.id, ())


def test_a_version_of_which_more_stands_here_is_no_tie():
    parts = prose(83, 8)
    old, new = work_of(parts, "old"), work_of([*parts[:6], *prose(84, 4)], "new")
    for work in (old, new):
        found = matched(work.text.split("\n\n"), old, new)
        assert (found.work, found.tied) == (work.id, ())
        assert [candidate.work for candidate in found.candidates][0] == work.id


def test_words_that_only_one_version_has_tell_it_from_a_better_match():
    parts = prose(90, 10)
    long, short = work_of([*parts, *prose(91, 4)], "long"), work_of([*parts[:8], "Quite another end."], "short")
    found = matched([*parts[2:8], parts[9]], long, short)
    assert (found.work, found.tied) == ("long", ())


def test_parts_of_a_series_are_told_apart():
    intro = prose(85, 1)
    series = [work_of([*intro, *prose(86 + n)], f"part{n}") for n in range(5)]
    for n in range(5):
        found = matched([*intro, *prose(86 + n)], *series)
        assert (found.work, found.tied, found.beside) == (f"part{n}", (), ())


def test_quotations_that_a_translation_keeps_do_not_make_it_the_original():
    quotes = prose(95, 2, 16)
    original = work_of([*prose(96, 4), quotes[0], *prose(97, 4), quotes[1]], "original")
    translation = work_of([*prose(98, 4), quotes[0], *prose(99, 4), quotes[1]], "translation")
    found = matched(translation.text.split("\n\n"), original, translation)
    assert (found.work, found.tied, found.beside) == ("translation", (), ())


def test_two_whole_works_on_one_page_are_both_named():
    one, other, third = (work_of(prose(n), f"w{n}") for n in (101, 102, 103))
    both = [*prose(101), *prose(102)]
    found = matched(both, one, other, third)
    assert (found.tied, {found.work, *found.beside}) == ((), {"w101", "w102"})
    assert matched(both, one, other, third, hint="w102").beside == ("w101",)
    second = match_page(page(html_of(both)), Corpus([one, other, third]), beside=found.beside[0])
    assert isinstance(second, Match)
    assert (second.work, second.tied, second.beside, second.hint_missed) == (found.beside[0], (), (), False)
    assert second.words_copied == 240


def test_a_quotation_of_another_work_is_no_second_work():
    one, other = work_of(prose(104), "one"), work_of(prose(105), "other")
    assert matched([*prose(104), prose(105)[2]], one, other).beside == ()


def test_near_twins_are_not_two_works():
    parts = prose(106)
    one, other = work_of(parts, "one"), work_of([*parts[:5], parts[5] + " Lastly."], "other")
    assert matched([*parts, *FOREIGN], one, other).beside == ()


# ------------------------------------------------------------------ scripts without spaces

HAN = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光"
KANA = "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす雨月物語"
LOOSE = {
    "th": "กขคงจฉชซญฐฒณดตถทธนบปผพภมยรลวศษสหอาิีุูเแโไ่้",
    "lo": "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮາິີຸູເແໂໄ່້",
    "km": "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអាិីុូេ្",
    "my": "ကခဂဃငစဆဇဈညဋဌဍဎဏတထဒဓနပဖဗဘမယရလဝသဟဠအာိုူေ်",
}
SCRIPTS = {"zh": HAN, "ja": KANA, **LOOSE}


def unspaced(script: str, seed: int, paragraphs: int = 5) -> list[str]:
    """Paragraphs of made-up words of two characters, or five, out of a small vocabulary."""
    chance, letters = random.Random(seed), SCRIPTS[script]
    size = 2 if script in ("zh", "ja") else 5
    known = ["".join(random.Random(n).choices(letters, k=size)) for n in range(150)]
    return ["".join(chance.choices(known, k=60)) for _ in range(paragraphs)]


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_without_spaces(script):
    parts = unspaced(script, 1)
    works = [work_of(unspaced(script, n), f"w{n}") for n in range(12)]
    found = matched(parts, *works)
    assert (found.work, found.containment, found.tied) == ("w1", 1.0, ())
    assert isinstance(match(unspaced(script, 99), *works), NoMatch)
    assert match(unspaced(script, 99), *works).candidates == ()


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_phrase_of_few_characters_is_no_quotation(script):
    parts = unspaced(script, 1)
    size = 11 * (2 if script in ("zh", "ja") else 5)
    assert isinstance(match([*unspaced(script, 98), parts[0][:size]], work_of(parts)), NoMatch)
    assert matched([*unspaced(script, 98), parts[0]], work_of(parts)).excerpt


def test_mixed_text():
    parts = [f"{a}{b}" for a, b in zip(unspaced("zh", 5), prose(6)[:5], strict=True)]
    found = matched([*FOREIGN[:2], *parts], work_of(parts))
    assert found.containment == 1.0 and found.words_cut == 0
    assert matched(["（" + part + "）" for part in parts], work_of(parts)).containment == 1.0
