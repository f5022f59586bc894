"""Which work a page copies, how much, where, and what was done to it."""

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cccheck.match import Corpus, match_page
from cccheck.match.normalize import words
from cccheck.model import Match, NoMatch
from making import audit, page, paragraphs, work
from match.texts import html_of, match, matched, prose, work_of

seeds = st.integers(0, 10_000)
PARTS = prose(1)
SIZE = sum(len(words(part)) for part in PARTS)
MADE = work_of(PARTS)


# ------------------------------------------------------------------ how much


@given(seeds, st.integers(2, 9), st.integers(15, 60))
@settings(max_examples=40)
def test_a_full_copy_has_all_of_it(seed, count, length):
    parts = prose(seed, count, length)
    found = matched(parts, work_of(parts))
    assert found.containment == 1.0
    assert (found.words_copied, found.words_cut, found.words_added, found.words_altered) == (count * length, 0, 0, 0)
    assert not found.excerpt and not found.edits


@given(seeds, st.lists(st.tuples(st.integers(0, 6), st.integers(0, 10_000)), max_size=6))
@settings(max_examples=40)
def test_foreign_paragraphs_take_nothing_away(seed, foreign):
    parts = prose(seed)
    page_parts = list(parts)
    for at, other in foreign:
        page_parts[at:at] = prose(other + 20_000, 1)
    found = matched(page_parts, work_of(parts))
    assert (found.words_copied, found.words_cut, found.words_altered) == (240, 0, 0)
    # Only the 5-grams that ran over a gap between paragraphs are gone, four for each place.
    assert found.containment >= 1 - (4 * len(foreign) + 0.1) / (240 - 4)


@given(seeds, st.lists(st.integers(0, 10_000), max_size=4), st.lists(st.integers(0, 10_000), max_size=4))
@settings(max_examples=20)
def test_what_stands_around_takes_nothing_away(seed, before, after):
    parts = prose(seed)
    around = [[prose(other + 20_000, 1)[0] for other in side] for side in (before, after)]
    assert matched([*around[0], *parts, *around[1]], work_of(parts)).containment == 1.0


@given(seeds, st.permutations(range(6)))
@settings(max_examples=60)
def test_moved_paragraphs_are_found(seed, order):
    parts = prose(seed)
    found = matched([parts[n] for n in order], work_of(parts))
    # Where the next paragraph happens to begin with the word that stood there before, that word belongs to both.
    assert found.words_copied >= 240 - 6
    assert found.words_cut + found.words_altered <= 6


@given(seeds, st.sets(st.integers(0, 5), min_size=1, max_size=3))
@settings(max_examples=40)
def test_paragraphs_left_out_are_cuts(seed, out):
    parts = prose(seed)
    found = matched([part for n, part in enumerate(parts) if n not in out], work_of(parts))
    assert (found.words_cut, found.words_altered, found.words_added) == (40 * len(out), 0, 0)
    assert {edit.kind for edit in found.edits} == {"cut"}
    text = "\n\n".join(parts)
    for edit in found.edits:
        assert words(text[edit.original_start : edit.original_end])[:3] == words(edit.original_quote)[:3]
        assert edit.copy is None


@given(seeds, st.integers(1, 12), st.integers(8, 20))
@settings(max_examples=40)
def test_words_put_in_the_place_of_others_are_alterations(seed, size, at):
    parts = prose(seed)
    line = parts[2].split()
    new = prose(seed + 30_000, 1, size)[0].rstrip(".").lower().split()
    parts_copy = list(parts)
    parts_copy[2] = " ".join(line[:at] + new + line[at + size :])
    assume(not set(new) & set(line))
    found = matched(parts_copy, work_of(parts))
    assert (found.words_altered, found.words_cut, found.words_added) == (size, 0, 0)
    (edit,) = found.edits
    place = edit.copy
    assert edit.kind == "rewritten" and place is not None
    text = page(html_of(parts_copy)).blocks[place.block].text
    assert text[place.start : place.end] == place.quote == " ".join(new)


@given(seeds, st.integers(1, 30))
@settings(max_examples=40)
def test_words_put_into_a_sentence_are_additions(seed, size):
    parts = prose(seed)
    new = prose(seed + 30_000, 1, size)[0].rstrip(".").lower().split()
    line = parts[2].split()
    assume(new[0] != line[20].lower() and new[-1] != line[19].lower())
    parts_copy = [*parts[:2], " ".join(line[:20] + new + line[20:]), *parts[3:]]
    found = matched(parts_copy, work_of(parts))
    assert (found.words_added, found.words_cut, found.words_altered) == (size, 0, 0)


@given(seeds)
@settings(max_examples=20)
def test_what_stands_before_and_after_is_no_edit(seed):
    parts = prose(seed)
    around = prose(seed + 20_000, 8)
    found = matched([*around[:4], *parts, *around[4:]], work_of(parts))
    assert not found.edits and (found.words_added, found.words_cut, found.words_altered) == (0, 0, 0)


@given(seeds, st.integers(0, 4))
@settings(max_examples=20)
def test_repeated_paragraphs_count_once(seed, which):
    parts = prose(seed)
    found = matched([*parts[:3], parts[which], *parts[3:]], work_of(parts))
    # Where a paragraph happens to begin as the repeated one does, that word belongs to both.
    assert 239 <= found.words_copied <= 240 and found.words_cut == 0


@given(seeds)
@settings(max_examples=30)
def test_numbers_add_up(seed):
    chance = random.Random(seed)
    parts = prose(seed)
    copy = [p for p in parts if chance.random() < 0.8]
    for n in range(len(copy)):
        line = copy[n].split()
        for _ in range(chance.randrange(3)):
            line[chance.randrange(len(line))] = chance.choice(["north", "lamp", "oil"])
        copy[n] = " ".join(line)
    found = match(copy, work_of(parts))
    assume(isinstance(found, Match))
    assert isinstance(found, Match)
    assert found.words_copied + found.words_cut + found.words_altered == found.words_work == 240
    assert found.words_altered + found.words_added <= sum(len(p.split()) for p in copy)
    assert 0 < found.page_share <= 1 and 0 < found.containment <= 1
    assert found.longest_run <= found.words_copied
    assert found.first_block == min(found.copied) and found.last_block == max(found.copied)


def test_copied_spans_are_the_copied_words():
    found = matched(["Something else first", *PARTS, "and last"], MADE)
    seen = page(html_of(["Something else first", *PARTS, "and last"]))
    quoted = [seen.blocks[block].text[a:b] for block, spans in sorted(found.copied.items()) for a, b in spans]
    assert [words(text) for text in quoted] == [words(part) for part in PARTS]


@pytest.mark.parametrize(
    "between",
    [
        "<h2>A heading of quite a few words, as editors like to put them in</h2>",
        "<figure><img><figcaption>A caption of quite a few words, as editors like to put them in</figcaption></figure>",
        "<aside>An aside of quite a few words, as editors like to put them in everywhere</aside>",
        "<div class=ad>An advertisement of quite a few words, as editors like to put them in</div>",
        "<div class=related><p>A related story of quite a few words, as editors like to put them in</p></div>",
        "<p><a href=/x>A link to a story of quite a few words, as editors like to put them in</a></p>",
        "<p>Photo: somebody, some agency, who took it on some day in some place of the world</p>",
        "<p>This story was first published by some publication and some author on some day</p>",
        "<p style='display:none'>A hidden paragraph of quite a few words, as editors like to put them in</p>",
        "<p>Advertisement</p>",
        "<p>Short line of seven words or so</p>",
    ],
)
def test_what_editors_put_between_paragraphs_is_no_edit(between):
    parts = [f"<p>{part}</p>" for part in PARTS]
    found = matched(page("<article>" + "".join([*parts[:3], between, *parts[3:]]) + "</article>"), MADE)
    assert (found.words_added, found.words_cut, found.words_altered) == (0, 0, 0)


def test_a_paragraph_of_prose_between_is_an_addition():
    foreign = prose(77, 1)
    found = matched([*PARTS[:3], *foreign, *PARTS[3:]], MADE)
    assert (found.words_added, found.words_altered) == (40, 0)
    (edit,) = found.edits
    assert edit.kind == "inserted" and edit.copy is not None and edit.copy.quote.rstrip(".") == foreign[0].rstrip(".")


def test_spelling_variants_are_no_edits():
    original = work_of(
        ["The per cent figure of the co operation rose to ten that year and nobody knew exactly why so", *PARTS]
    )
    found = matched(
        ["The percent figure of the cooperation rose to ten that year and nobody knew exactly why so", *PARTS], original
    )
    assert (found.words_altered, found.words_cut, found.words_added) == (0, 0, 0)


def test_a_copy_split_over_blocks_and_lines_is_whole():
    html = "<article>" + "".join(f"<p>{part[:100]}<br>{part[100:]}</p>" for part in PARTS) + "</article>"
    assert matched(page(html.replace(" the ", "<br> the ")), MADE).words_cut == 0


def test_a_hidden_second_copy_does_not_win_over_the_visible():
    shown = "".join(f"<p>{part}</p>" for part in PARTS)
    found = matched(page(f"<div hidden>{shown}</div><article>{shown}</article>"), MADE)
    assert found.first_block == len(PARTS)
    assert found.words_copied == SIZE


# ------------------------------------------------------------------ how little


def test_unrelated_text_is_no_copy():
    found = match(prose(50, 10), MADE)
    assert isinstance(found, NoMatch)
    assert found.candidates == () and found.found is not None and found.found.startswith(prose(50, 10)[0][:50])


def test_an_empty_page_and_an_empty_catalogue():
    assert match(page(""), MADE) == NoMatch((), None)
    assert isinstance(match(PARTS), NoMatch)


def test_a_phrase_is_no_quotation():
    assert isinstance(match([*prose(50), " ".join(PARTS[0].split()[:11]), *prose(51)], MADE), NoMatch)


def test_a_short_quotation_is_an_excerpt():
    found = matched([*prose(50), " ".join(PARTS[0].split() + PARTS[1].split()[:20]), *prose(51)], MADE)
    assert found.excerpt and 50 <= found.words_copied <= 60


def test_a_third_is_a_copy():
    assert not matched([*prose(50), *PARTS[:2]], MADE).excerpt


def test_a_long_passage_of_a_long_work_is_for_a_person():
    long = prose(3, 60)
    kinds = [audit(html_of(long[:count]), work_of(long)).verdict for count in (3, 8)]
    assert kinds == ["excerpt", "review"]


# ------------------------------------------------------------------ which


ONE, OTHER = work_of(PARTS, "one"), work_of(prose(2), "other")
TWIN = work_of(PARTS, "twin")
NEAR = work_of([*PARTS[:5], PARTS[5] + " Lastly."], "near")


def test_the_work_is_found_among_many():
    others = [work_of(prose(100 + n), f"w{n}") for n in range(40)]
    found = matched(prose(120), *others, ONE)
    assert (found.work, found.tied, found.hint_missed) == ("w20", (), False)
    assert [candidate.work for candidate in found.candidates] == ["w20"]


def test_the_work_with_more_of_its_text_wins():
    assert matched([*PARTS[:2], *prose(2)], ONE, OTHER).work == "other"


def test_the_hint_wins_among_works_whose_text_stands_there():
    both = [*PARTS, *prose(2)]
    assert {matched(both, ONE, OTHER, hint=hint).work for hint in ("one", "other")} == {"one", "other"}
    assert matched([*PARTS, *prose(2)[:3]], ONE, OTHER, hint="other").work == "other"


def test_a_hint_whose_text_is_not_there_is_missed():
    found = matched(PARTS, ONE, OTHER, hint="other")
    assert (found.work, found.hint_missed) == ("one", True)
    assert matched(PARTS, ONE, hint="nobody").hint_missed


def test_twins_are_told_apart_by_the_hint_alone():
    assert matched(PARTS, ONE, TWIN, hint="twin").work == "twin"
    assert matched(PARTS, ONE, TWIN, hint="twin").tied == ()
    undecided = matched(PARTS, ONE, TWIN)
    assert {undecided.work, *undecided.tied} == {"one", "twin"}


def test_near_twins_are_tied_too():
    undecided = matched(PARTS, ONE, NEAR)
    assert {undecided.work, *undecided.tied} == {"one", "near"}
    assert matched(PARTS, ONE, NEAR, hint="near").tied == ()


def test_a_tie_is_never_a_violation():
    shared = work()
    audited = audit("<!--text-->", shared, work(id="twin", url="https://other.example/x"))
    assert audited.verdict == "review"
    assert {f.outcome for f in audited.findings} <= {"pass", "review", "inapplicable"}
    assert any("twin" in f.message for f in audited.findings if f.code == "work-tied")


def test_the_order_of_the_works_does_not_matter():
    seen = page(html_of(PARTS))
    works = [ONE, OTHER, TWIN, NEAR]
    found = {repr(match_page(seen, Corpus(order))) for order in (works, works[::-1])}
    assert len({Corpus(order).digest for order in (works, works[::-1])}) == 1
    assert len(found) == 1


def test_real_prose_with_repeated_phrases():
    shared = work()
    found = matched(paragraphs(shared), shared)
    assert found.containment == 1.0 and found.words_copied == found.words_work


def test_marks_that_fold_to_letters_do_not_end_the_audit():
    parts = paragraphs(work())
    html = "".join(
        f"<p>{part}</p>" for part in [*parts[:2], "More \u0345 \u0345 \u0345 " + parts[2] + " and more", *parts[3:]]
    )
    assert audit(f"<article>{html}</article>").verdict == "violation"
