"""The republished body: its blocks in reading order, and what became of each."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from cccheck.match.normalize import words
from cccheck.model import Page
from cccheck.report.record import page_texts
from making import audit
from making import page as read_page
from match.texts import html_of, matched, prose, work_of

PARTS = prose(1)
FOREIGN = prose(77, 3)
MADE = work_of(PARTS)


def body_of(html: str, *, work=MADE) -> list[tuple[str, str]]:
    """Mark and text of each block of the body."""
    seen = read_page(html)
    assert isinstance(seen, Page)
    return [(mark, seen.blocks[number].text) for number, mark in matched(seen, work).body.items()]


def marks_of(parts: list[str]) -> list[str]:
    return [mark for mark, _ in body_of(html_of(parts))]


def test_a_full_copy_is_copied_from_first_to_last():
    assert body_of(html_of(PARTS)) == [("copied", part) for part in PARTS]


def test_a_paragraph_elsewhere_is_moved():
    assert marks_of([*PARTS[:2], *PARTS[3:], PARTS[2]]) == ["copied"] * 5 + ["moved"]


def test_words_put_in_replaced_or_gone_are_altered():
    line = PARTS[2].split()
    for changed in ([*line[:20], "lamp", "oil", *line[20:]], [*line[:20], "lamp", *line[22:]], line[:18] + line[22:]):
        found = marks_of([*PARTS[:2], " ".join(changed), *PARTS[3:]])
        assert found == ["copied", "copied", "altered", "copied", "copied", "copied"]


def test_a_paragraph_in_the_place_of_another_is_altered():
    found = marks_of([*PARTS[:2], FOREIGN[0], *PARTS[3:]])
    assert found == ["copied", "copied", "altered", "copied", "copied", "copied"]


def test_first_and_last_paragraph_replaced_are_found():
    found = body_of(html_of([FOREIGN[0], *PARTS[1:5], FOREIGN[1]]))
    assert [mark for mark, _ in found] == ["altered", *["copied"] * 4, "altered"]
    assert (found[0][1], found[-1][1]) == (FOREIGN[0], FOREIGN[1])


def test_a_paragraph_between_is_added():
    assert marks_of([*PARTS[:3], FOREIGN[0], *PARTS[3:]]) == ["copied"] * 3 + ["added"] + ["copied"] * 3


def test_what_stands_around_the_article_is_not_its_body():
    parts = "".join(f"<p>{part}</p>" for part in PARTS[:5])
    around = f"<p>{FOREIGN[0]}</p>"
    html = f"<div>{around}</div><article>{parts}</article><div class=related>{around}</div><footer>{around}</footer>"
    assert [text for _, text in body_of(html)] == PARTS[:5]


def test_furniture_does_not_stand_in_for_what_is_missing():
    parts = [f"<p>{part}</p>" for part in PARTS]
    for box in (
        f"<figure><img><figcaption>{FOREIGN[0]}</figcaption></figure>",
        f"<aside>{FOREIGN[0]}</aside>",
        f"<div class=ad>{FOREIGN[0]}</div>",
        f"<p style='display:none'>{FOREIGN[0]}</p>",
        f"<p><a href=/x>{FOREIGN[0]}</a></p>",
        "<div><p>Share this</p></div>",
    ):
        html = f"<article>{''.join([*parts[:2], box, *parts[3:]])}</article>"
        assert [text for _, text in body_of(html)] == PARTS[:2] + PARTS[3:]


@given(st.integers(0, 10_000))
@settings(max_examples=40)
def test_the_body_is_in_reading_order_and_holds_every_copied_word(seed):
    chance = random.Random(seed)
    parts = [*prose(seed), *prose(seed + 20_000, 2)]
    chance.shuffle(parts)
    found = matched(parts, work_of(prose(seed)))
    assert list(found.body) == sorted(found.body)
    assert set(found.copied) <= set(found.body)
    whole = read_page(html_of(parts)).blocks
    for number, mark in found.body.items():
        if mark in ("copied", "moved"):
            inside = [word for a, b in found.copied[number] for word in words(whole[number].text[a:b])]
            assert inside == words(whole[number].text)


def test_marks_are_written_with_the_texts():
    result = audit("<nav>Front page</nav><article><!--text--></article>")
    blocks = page_texts(result)["blocks"]
    assert "mark" not in blocks[0]
    assert {block["mark"] for block in blocks[1:]} == {"copied"}
