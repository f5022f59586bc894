"""An article is found whole in whatever mark-up a theme puts it: its words, its body, and no edit but those made."""

import pytest

from cccheck.model import Bundle, Lead, Page, Target
from cccheck.page import build_page
from making import capture
from making import page as read_page
from match.texts import matched, prose, work_of

PARTS = prose(7, 8)
HEADINGS = ["The river road", "What the mill kept", "Who paid for it"]
MADE = work_of(PARTS)
HEADED = work_of([HEADINGS[0], *PARTS[:3], HEADINGS[1], *PARTS[3:6], HEADINGS[2], *PARTS[6:]], "headed")
AROUND = "<header><nav>Front page</nav></header>{}<footer><p>© Harbour Digest, all rights reserved here.</p></footer>"


def half(part: str) -> tuple[str, str]:
    line = part.split()
    return " ".join(line[:17]), " ".join(line[17:])


def rows(parts: list[str], form: str) -> str:
    return "".join(form.format(part) for part in parts)


SHAPES = {
    "single line breaks": "<div>" + "<br>".join(PARTS) + "</div>",
    "double line breaks": "<div>" + "<br><br>".join(PARTS) + "</div>",
    "line breaks in sentences": rows([f"{a}<br>{b}" for a, b in map(half, PARTS)], "<p>{}</p>"),
    "table rows": "<table>" + rows(PARTS, "<tr><td>{}</td></tr>") + "</table>",
    "table cells": "<table>"
    + rows([f"<td>{a}</td><td>{b}</td>" for a, b in map(half, PARTS)], "<tr>{}</tr>")
    + "</table>",
    "one layout table": "<table><tr><td><a href=/x>Menu</a></td><td>" + rows(PARTS, "<p>{}</p>") + "</td></tr></table>",
    "list items": "<ul>" + rows(PARTS, "<li>{}</li>") + "</ul>",
    "definition lists": "<dl>" + rows([f"<dt>{a}</dt><dd>{b}</dd>" for a, b in map(half, PARTS)], "{}") + "</dl>",
    "a slideshow": rows(PARTS, "<figure><img src=/{0:.3}.jpg><figcaption>{0}</figcaption></figure>"),
    "a slideshow of divs": rows(PARTS, "<div class=slide><img src=/x.jpg><div class=caption>{}</div></div>"),
    "sections of their own": rows(PARTS, "<section><div><p>{}</p></div></section>"),
    "article elements of their own": rows(PARTS, "<article><p>{}</p></article>"),
    "a blockquote": "<blockquote>" + rows(PARTS, "<p>{}</p>") + "</blockquote>",
    "an aside": "<aside>" + rows(PARTS, "<p>{}</p>") + "</aside>",
    "a form, as old systems wrap pages": "<form>" + rows(PARTS, "<p>{}</p>") + "</form>",
    "bare text": "<div>" + "<hr>".join(PARTS) + "</div>",
    "preformatted": "<pre>" + "\n\n".join(PARTS) + "</pre>",
    "accordions": rows(PARTS, "<details open><summary>More</summary><p>{}</p></details>"),
    "words in spans": "<p>"
    + "</p><p>".join(" ".join(f"<span>{w}</span>" for w in part.split()) for part in PARTS)
    + "</p>",
    "a drop cap": rows([f"<span class=dropcap>{part[0]}</span>{part[1:]}" for part in PARTS], "<p>{}</p>"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_copy_is_whole_in_any_shape(shape):
    seen = read_page(AROUND.format(f"<h1>A headline of another kind</h1>{SHAPES[shape]}"))
    found = matched(seen, MADE)
    assert found.containment == 1.0 or (shape == "accordions" and found.containment > 0.9)  # `More` between paragraphs
    assert found.words_copied == found.words_work
    assert (found.words_cut, found.words_altered, found.words_added) == (0, 0, 0)
    body = " ".join(seen.blocks[number].text for number in found.body)
    assert len(body.split()) <= found.words_work + 2 * len(PARTS)
    assert set(found.body.values()) <= {"copied", "altered"}


FORMS = {
    "headings": "<h2>{}</h2>",
    "bold paragraphs": "<p><strong>{}</strong></p>",
    "divs of a class": "<div class=subhead>{}</div>",
    "bold lines before the text": "<b>{}</b><br>",
    "headings twice, one for another size of screen": "<h2>{0}</h2><h2 class=mobile>{0}</h2>",
}


@pytest.mark.parametrize("form", FORMS)
def test_headings_in_any_shape(form):
    one, two, three = (FORMS[form].format(text) for text in HEADINGS)
    texts = [f"<p>{part}</p>" for part in PARTS]
    html = "".join([one, *texts[:3], two, *texts[3:6], three, *texts[6:]])
    found = matched(read_page(AROUND.format(f"<article>{html}</article>")), HEADED)
    assert found.words_copied >= found.words_work - 3 and found.words_added == found.words_altered == 0


@pytest.mark.parametrize("form", ["<h2>{}</h2>", "<h3>{}</h3>", "<div class=subhead>{}</div>"])
def test_headings_that_the_copy_put_in_are_no_edit(form):
    texts = [f"<p>{part}</p>" for part in PARTS]
    one, two, three = (form.format(text) for text in HEADINGS)
    html = "".join([*texts[:2], one, *texts[2:4], two, *texts[4:6], three, *texts[6:]])
    found = matched(read_page(AROUND.format(f"<article>{html}</article>")), MADE)
    assert (found.words_cut, found.words_altered, found.words_added) == (0, 0, 0)


def test_an_article_over_several_captured_pages():
    def paged(parts: list[str], url: str):
        return capture(AROUND.format(f"<article><h1>Head</h1>{rows(parts, '<p>{}</p>')}</article>"), url)

    base = "https://harbourdigest.example/story"
    followed = tuple(
        (Lead(f"{base}?page={n}", "next", "the next page"), paged(PARTS[3 * n - 3 : 3 * n], f"{base}?page={n}"))
        for n in (2, 3)
    )
    seen = build_page(Bundle(Target(base), paged(PARTS[:3], base), followed))
    assert isinstance(seen, Page)
    found = matched(seen, MADE)
    assert found.words_copied == found.words_work and found.words_cut == found.words_altered == found.words_added == 0
    assert [seen.blocks[number].text for number in found.body] == PARTS
    assert {seen.blocks[number].capture for number in found.body} == {0, 1, 2}


def test_words_that_the_original_strikes_out_too_are_not_cut():
    line = PARTS[2].split()
    struck = " ".join([*line[:10], f"<s>{line[10]}</s>", *line[11:]])
    seen = read_page(AROUND.format(rows([*PARTS[:2], struck, *PARTS[3:]], "<p>{}</p>")))
    assert [edit for edit in matched(seen, MADE).edits if edit.kind != "headline-changed"] == []


def test_other_words_struck_out_stand_for_none():
    line = PARTS[2].split()
    struck = " ".join([*line[:10], "<s>unheard</s>", *line[11:]])
    seen = read_page(AROUND.format(rows([*PARTS[:2], struck, *PARTS[3:]], "<p>{}</p>")))
    kinds = [edit.kind for edit in matched(seen, MADE).edits]
    assert "cut" in kinds
