"""An audit never raises, no check ends in an error, and no page makes it slow."""

import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cccheck.leads import leads
from cccheck.match import Corpus
from cccheck.match.facts import file_name
from cccheck.model import Verdict
from cccheck.pipeline import examine
from making import audit, bundle, capture, finding, lead_of, paragraphs, profile, with_profile, with_text, work

WORK = work()
PARTS = [f"<p>{escape(part)}</p>" for part in paragraphs(WORK)]
_LINES = [
    "By Maren Oakhollow",
    "Oakhollow, M.",
    "Maren\u00a0OAKHOLLOW says:",
    "Photo: Maren Oakhollow, The Tidewater Courier",
    "First published by The Tidewater Courier under CC BY-NC 4.0",
    "creativecommons.org/licenses/by/4.0",
    "https://tidewatercourier.example/2024/03/night-ferries",
    "edited, translated, abridged",
    "© all rights reserved on this site",
    "\u0301\u202e\u200f",
    "ﬁ½ẞİ " * 3,
]
_HREFS = [
    WORK.url,
    "https://tidewatercourier.example/",
    "https://bit.ly/x",
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/licenses/by-nc-nd/2.1/jp/",
    "//web.archive.org/web/2/x",
    "javascript:1",
    "",
]
_wraps = st.sampled_from(
    [
        "p",
        "div hidden",
        "div class=comments",
        "footer",
        "aside class=related",
        "figure",
        "details",
        "h2",
        "li",
        "span",
        "blockquote",
        "article",
        "nav",
        "b",
    ]
)
_inner = st.one_of(
    st.sampled_from(_LINES).map(escape),
    st.tuples(
        st.sampled_from(_HREFS), st.sampled_from([*map(escape, _LINES), "", "<img alt='The Tidewater Courier'>"])
    ).map(lambda row: f"<a href='{row[0]}'>{row[1]}</a>"),
    st.sampled_from(PARTS),
    st.text(max_size=10).map(escape),
)
_piece = st.tuples(_wraps, st.lists(_inner, max_size=4)).map(
    lambda row: f"<{row[0]}>{''.join(row[1])}</{row[0].split()[0]}>"
)
pages = st.lists(st.one_of(_piece, st.sampled_from(PARTS)), min_size=3, max_size=25).map("".join)
_licenses = st.sampled_from(
    ["CC-BY-4.0", "CC-BY-ND-4.0", "CC-BY-NC-SA-3.0", "CC-BY-ND-2.5", "CC", "permission", "CC0-1.0"]
)


@given(pages, _licenses, st.sampled_from([None, "night-ferries", "nobody"]))
@settings(max_examples=150)
def test_no_page_makes_a_check_fail_itself(html, license, hint):
    for body in (html, html + "".join(PARTS)):
        found = audit(f"<body>{body}", work(license=license), hint=hint)
        assert "check-error" not in {f.code for f in found.findings}
        assert (found.verdict is Verdict.VIOLATION) <= (found.match is not None)
        for item in (e for f in found.findings for e in f.evidence if e.block is not None):
            assert found.blocks[item.block].text[item.start : item.end] == item.quote
            assert item.selector is None or " > " in item.selector or ":nth-of-type" in item.selector


_NO_HOST = ["http://[", "https://[::1", "//["]
_BROKEN = [*_NO_HOST, "http://a:b:c/", "https://courier.example:99999/", "http://%zz/", "\x00", "http://\ud800/"]
_LEADING = [
    "<p><a href='{}'>Read more</a></p>",
    "<p><a href='{}'>Credits for this article</a></p>",
    "<link rel=next href='{}'>",
]
_OTHERS = [
    "<p>First published <a href='{}'>here</a></p>",
    "<link rel=canonical href='{}'><link rel=license href='{}'>",
    "<p>Licensed under <a rel=license href='{}'>CC BY 4.0</a></p>",
    "<img src='{}'>",
]


@pytest.mark.parametrize(
    ("html", "href"),
    [(html, href) for html in (*_LEADING, *_OTHERS) for href in _BROKEN],
)
def test_broken_addresses_do_not_end_the_audit(html, href):
    body = "<article>" + "".join(PARTS[:4]) + html.replace("{}", href) + "</article>"
    made = bundle(capture(f"<body>{body}"))
    examined = examine(made, Corpus([WORK]))
    assert isinstance(leads(examined.page, examined.match, WORK), tuple)
    assert audit(f"<body>{body}").verdict in set(Verdict)


# ------------------------------------------------------------------ cost

FAST = 3  # seconds of processor time; each takes a few hundredths where the cost grows with the size alone

BOMBS = {
    "dots": "<p>tidewatercourier.example " + "a." * 3_900 + "</p>",
    "commas-before-the-name": "<p>" + " ," * 1_800 + "x Maren Oakhollow</p>",
    "signs-before-the-name": "<p>" + "!" * 8_500 + "x Maren Oakhollow</p>",
    "author-again-and-again-in-a-line": "<p>" + "Maren Oakhollow " * 2_600 + "</p>",
    "author-again-and-again": "<p>Maren Oakhollow</p>" * 2_500,
    "publisher-again-and-again-in-a-line": "<p>" + "The Tidewater Courier " * 2_200 + "</p>",
    "publisher-again-and-again": "<p>The Tidewater Courier</p>" * 4_000,
    "licences": "<p>Licensed under <a href='https://creativecommons.org/licenses/by/4.0/'>CC BY 4.0</a></p>" * 2_800,
    "licences-in-a-line": "<p>" + "licensed under CC BY-NC 4.0 " * 1_600 + "</p>",
    "licence-names": "<p>licensed under CC BY-NC 4.0</p>" * 1_000,
    "links-to-the-original": f"<p><a href='{WORK.url}'>x</a></p>" * 5_000,
    "links-without-words": f"<a href='{WORK.url}'></a>" * 5_000,
    "short-links": "<p>via <a href='https://bit.ly/x'>x</a></p>" * 5_000,
    "comments": "<div class=comments>" + "<p>Maren Oakhollow says: x</p>" * 5_000 + "</div>",
    "article-again-and-again": "".join(PARTS) * 60,
    "a-paragraph-again-and-again": PARTS[2] * 600,
    "common-words": "<p>" + "in the and of to a " * 20_000 + "</p>",
    "phrases": "<p>" + "originally published by " * 10_000 + "</p>",
    "titles": "<p>The Night of Marrow Ferries Bay of the ferries</p>" * 5_000,
    "json-ld": '<script type="application/ld+json">' + '"url":"x' * 20_000 + "</script>",
    "parts-in-parts": "<aside>" * 1_000 + "<p>x</p>" * 2_500,
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_page_makes_the_audit_slow(name):
    html = with_text(f"<h1>The Night Ferries</h1><!--text-->{BOMBS[name]}", WORK)
    start = time.process_time()
    audit(html)
    assert time.process_time() - start < FAST


INSIDE = {
    "a-run-of-dots-in-a-copied-paragraph": PARTS[2].replace(" ", " " + "." * 60_000 + "x ", 1),
    "signs-in-a-copied-paragraph": PARTS[2].replace(" ", " " + ".\u201d)" * 20_000 + "x ", 1),
    "brackets-in-a-copied-paragraph": PARTS[2].replace(" ", " " + "(" * 60_000 + "x ", 1),
    "dots-that-are-not-alone": "<p>" + "." * 60_000 + "x</p>",
    "a-long-run-of-hosts": "<p>tidewatercourier.example " + "a." * 30_000 + "</p>",
    "a-long-host": "<p>tidewatercourier.example " + "a" * 60_000 + "</p>",
    "names-before-the-name": "<p>By " + "Ann, " * 12_000 + "Maren Oakhollow</p>",
}


@pytest.mark.parametrize("name", INSIDE)
def test_no_paragraph_in_the_article_makes_the_audit_slow(name):
    html = "".join((*PARTS[:2], INSIDE[name], *PARTS[3:]))
    start = time.process_time()
    assert audit(html).match
    assert time.process_time() - start < FAST


_LINK_HEADERS = ["<a>; rel", "<a>;", "<", "rel=", "rel=a ", "canonica ", " ", 'rel = "']


@pytest.mark.parametrize("repeated", _LINK_HEADERS)
def test_no_header_makes_the_audit_slow(repeated):
    value = ("<a>;" + repeated * 60_000)[:60_000] + "<https://tidewatercourier.example/>; rel=canonical"
    rules = with_profile(profile({"canonical": {}}, licenses=[{"id": text} for text in WORK.licenses]))
    start = time.process_time()
    found = finding(
        audit("".join(PARTS), work(profile="tidewater"), rules=rules, headers=(("Link", value),)), "canonical-link"
    )
    assert found.code in ("canonical-absent", "canonical-elsewhere")
    assert time.process_time() - start < FAST


def test_no_picture_s_name_makes_the_audit_slow():
    start = time.process_time()
    assert len(file_name("https://x.example/" + "-12x12" * 10_000 + "z.jpg")) <= 255
    assert time.process_time() - start < FAST


def test_a_followed_page_is_bounded_too():
    row = {"role": "next", "url": "https://harbourdigest.example/2", "html": "<p>word</p>" * 20_000}
    start = time.process_time()
    audit("".join(PARTS[:4]), WORK, followed=[lead_of(row, WORK)])
    assert time.process_time() - start < FAST
