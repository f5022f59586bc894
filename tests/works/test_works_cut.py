"""The text without notice and tail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cccheck.works.cut import part, split_paragraphs, without_heading

BODY = "\n\n".join(f"Paragraph {n} speaks of rivers and of the bridges that cross them, one by one." for n in range(9))
NOTICE = (
    "This article (Nine Bridges) is free and open source. You have permission to republish this article under a "
    "Creative Commons license with attribution to Ida Ferrow and LanternProject.example."
)


def test_notice_and_tail_at_the_end_are_left_out():
    parted = part(f"{BODY}\n\n{NOTICE} If you spot a typo, please email the error. Image credit: Pixelpond/Ann.")
    assert parted.body == BODY
    assert parted.notices[0].text == NOTICE
    assert parted.left_out[0].startswith("This article (Nine Bridges)") and parted.left_out[0].endswith(
        "Pixelpond/Ann."
    )


def test_tail_before_the_notice_and_lines_behind_it_are_left_out():
    parted = part(f"{BODY}\n\nImage credit: Pixelpond.\n\n{NOTICE}\n\nIda Ferrow writes about rivers.")
    assert parted.body == BODY
    assert len(parted.left_out) == 3


def test_a_notice_behind_the_last_sentence_of_a_paragraph():
    assert part(f"{BODY} {NOTICE}").body == BODY


def test_a_notice_at_the_top_takes_only_itself():
    parted = part(f"This article is republished from The Lantern under CC BY 4.0. Read the original article.\n\n{BODY}")
    assert parted.body == BODY
    assert parted.left_out == (
        "This article is republished from The Lantern under CC BY 4.0. Read the original article.",
    )


def test_a_notice_in_the_middle_leaves_both_halves():
    half = BODY.split("\n\n")
    parted = part("\n\n".join([*half[:4], NOTICE, *half[4:]]))
    assert parted.body == BODY


def test_much_text_behind_a_notice_is_article():
    long = "\n\n".join(["A line of nine words that goes on here."] * 60)
    after = "\n\n".join(["Another line of text."] * 50)
    assert part(f"{long}\n\n{NOTICE}\n\n{after}").body == f"{long}\n\n{after}"


def test_image_credits_go_without_a_notice_too():
    assert part(f"{BODY}\n\nFeatured image: A river, by Ann.").body == BODY


def test_lines_are_paragraphs_where_no_blank_line_parts_them():
    assert split_paragraphs("a\nb\r\nc\n") == ["a", "b", "c"]
    assert split_paragraphs("a\nb\n\n\n c") == ["a\nb", "c"]


def test_a_wrapped_notice_is_found():
    parted = part(BODY + "\n\n" + NOTICE.replace(" republish", "\nrepublish"))
    assert parted.body == BODY and parted.notices[0].authors == ("Ida Ferrow",)


BYLINES = ("By Ida Ferrow", "Ida Ferrow", "Von Ida Ferrow", "Text: Ida Ferrow", "Автор: Ida Ferrow")


@pytest.mark.parametrize("byline", BYLINES)
def test_title_and_byline_above_the_text_are_no_part_of_it(byline):
    text = f"Nine  Bridges!\n\n{byline}\n\n{BODY}"
    assert without_heading(text, "Nine Bridges", ["Ida Ferrow"]) == BODY
    assert without_heading(BODY, "Nine Bridges", ["Ida Ferrow"]) == BODY


@given(st.text(max_size=400))
def test_no_text_is_lost_and_nothing_raises(text):
    parted = part(text)
    kept = "".join("".join((parted.body, *parted.left_out)).split())
    assert sorted(kept) == sorted("".join(text.split()))
