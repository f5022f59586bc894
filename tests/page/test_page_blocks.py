"""What a page says and where: blocks, links with their places, images, marked parts, what is out of sight, metadata."""

import pytest

from cccheck.model import FetchFailure, Lead, Page, Reason, Unreadable
from cccheck.page import build_page
from making import bundle, capture, page, read, texts


def block(html: str, text: str):
    """The one block with that text."""
    return next(b for b in page(html).blocks if b.text == text)


def kinds(html: str, text: str):
    """The kinds of the parts in which a block stands, outermost first."""
    found = page(html)
    return [found.containers[c].kind for b in found.blocks if b.text == text for c in b.containers]


# ------------------------------------------------------------------ blocks


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>One two</p><p>three</p>", ["One two", "three"]),
        ("<p>One\n   two\t three </p>", ["One two three"]),
        ("<p>One<br>two</p>", ["One\ntwo"]),
        ("<p>One<br><br>two</p>", ["One", "two"]),
        ("<p>One<br> <br> two</p>", ["One", "two"]),
        ("<p><br>One<br></p>", ["One"]),
        ("<p>By <b>Ida</b><i>Ferrow</i></p>", ["By IdaFerrow"]),
        ("<p>By <b>Ida</b> <i>Ferrow</i></p>", ["By Ida Ferrow"]),
        ("<p>By<b> Ida </b>Ferrow</p>", ["By Ida Ferrow"]),
        ("<div>One<p>two</p>three</div>", ["One", "two", "three"]),
        ("<ul><li>One<li>two</ul>", ["One", "two"]),
        ("<table><tr><td>One<td>two</table>", ["One", "two"]),
        ("<dl><dt>One<dd>two</dl>", ["One", "two"]),
        ("<p>One<span><div>two</div></span>three", ["One", "two", "three"]),
        ("<p>a&nbsp;b&#8239;c</p>", ["a b c"]),
        ("<p>R&eacute;gis &amp; Co &lt;b&gt;</p>", ["Régis & Co <b>"]),
        ("<p>un<wbr>broken</p>", ["unbroken"]),
        ("no mark-up at all", ["no mark-up at all"]),
        ("<p>One<script>x()</script><style>p{}</style> two</p>", ["One two"]),
        ("<template><p>One</p></template><p>two</p>", ["two"]),
        ("<select><option>One</select><textarea>two</textarea><p>three</p>", ["three"]),
        ("<svg><text>One</text></svg><p>two</p>", ["two"]),
        ("<p>One<!-- two --> three</p>", ["One three"]),
        ("<p>One<img src=a alt=photo> two</p>", ["One two"]),
        ("<p></p><div> </div>", []),
        ("", []),
        ("<pre>One\n\n  two</pre>", ["One two"]),
        ("<body>\x00One\x1b[31m</body>", ["One [31m"]),
    ],
)
def test_text_is_cut_where_a_browser_starts_a_line(html, wanted):
    assert texts(page(html)) == wanted


def test_blocks_stand_in_reading_order_and_know_their_element():
    found = page("<article><h1>Head</h1><p>Text</p></article><footer>Foot</footer>")
    assert [(b.index, b.text, b.tag) for b in found.blocks] == [
        (0, "Head", "h1"),
        (1, "Text", "p"),
        (2, "Foot", "footer"),
    ]


def test_blocks_with_the_same_parent_are_siblings():
    one, two, three = page("<div><p>One</p><p>two</p></div><div><p>three</p></div>").blocks
    assert one.parent == two.parent != three.parent


def test_a_selector_leads_to_the_element():
    from selectolax.lexbor import LexborHTMLParser

    html = "<body><div><p>One</p><p>two</p></div><div><section><p>three</p><p>four</p></section></div></body>"
    tree = LexborHTMLParser(html)
    for found in page(html).blocks:
        assert tree.css_first(found.selector).text() == found.text


def test_invisible_characters_are_no_part_of_the_text():
    assert texts(page("<p>Oak\u200bhol\u00adlow\ufeff</p>")) == ["Oakhollow"]


@pytest.mark.parametrize(
    "entity", ["&shy;", "&#173;", "&#xAD;", "&#8203;", "&ZeroWidthSpace;", "&zwnj;", "&zwj;", "&#xFEFF;"]
)
def test_invisible_characters_written_as_entities_are_none_either(entity):
    assert texts(page(f"<p>Oak{entity}hollow</p>")) == ["Oakhollow"]


# ------------------------------------------------------------------ links


def test_a_link_knows_its_place_and_its_words():
    found = page(
        '<p>See <a href="/a" rel="License nofollow" title="T">the <b>original</b></a>.</p>', url="https://x.example/n/1"
    )
    (link,) = found.links
    assert (link.href, link.resolved, link.text) == ("/a", "https://x.example/a", "the original")
    assert found.blocks[link.block].text[link.start : link.end] == "the original"
    assert (link.rel, link.label, link.visible) == (("license", "nofollow"), "T", "visible")


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ("<p><a href=x>One</a> two</p>", (0, 0, 3)),
        ("<p>One <a href=x> two </a> three</p>", (0, 4, 7)),
        ("<p>One<a href=x>two</a></p>", (0, 3, 6)),
        ("<p>One<br><a href=x>two</a></p>", (0, 4, 7)),
        ("<p>One</p><a href=x><p>two</p></a>", (1, 0, 3)),
        ("<p>One <a href=x>two</p><p>three</a></p>", (0, 4, 7)),
        ("<a href=x><div></div><div>One</div></a>", (0, 0, 3)),
    ],
)
def test_the_place_of_a_link(html, place):
    found = page(html)
    link = found.links[0]
    assert (link.block, link.start, link.end) == place


def test_a_link_over_several_blocks_stands_in_the_first_and_has_all_words():
    found = page("<a href=x><h2>One</h2><p>two three</p></a><p>four</p>")
    (link,) = found.links
    assert (link.text, link.block, found.blocks[0].text[link.start : link.end]) == ("One two three", 0, "One")


def test_an_image_lends_its_link_the_alternative_text():
    (link,) = page('<p>x <a href=y><img src=z alt="  The \n Logo "></a></p>').links
    assert (link.text, link.image_alt) == ("", "The Logo")
    assert page("<a href=y>z</a>").links[0].image_alt is None
    assert page("<a href=y><img></a>").links[0].image_alt == ""


def test_an_anchor_without_address_is_no_link():
    assert page("<a name=x>One</a><a>two</a>").links == ()


def test_links_in_links_are_taken_apart():
    assert [link.text for link in page("<a href=1>One <a href=2>two</a></a>").links] == ["One", "two"]


@pytest.mark.parametrize(
    ("base", "href", "wanted"),
    [
        ("", "b", "https://x.example/n/b"),
        ("", "//y.example/b", "https://y.example/b"),
        ("", "?q=1", "https://x.example/n/a?q=1"),
        ("", " https://y.example/ ", "https://y.example/"),
        ("", "", "https://x.example/n/a"),
        ("", "http://[broken", "http://[broken"),
        ("<base href='https://z.example/m/'>", "b", "https://z.example/m/b"),
        ("<base href='/m/'>", "b", "https://x.example/m/b"),
        ("<base href=''><base href='https://z.example/'>", "b", "https://z.example/b"),
        ("<base href='http://[broken'>", "/b", "/b"),
        ("<base target=_blank>", "b", "https://x.example/n/b"),
    ],
)
def test_addresses_are_resolved_against_the_base(base, href, wanted):
    found = page(f"{base}<p><a href='{href}'>b</a>", url="https://x.example/n/a")
    assert found.links[0].resolved == wanted


# ------------------------------------------------------------------ images


def test_images_with_alternative_text_and_caption():
    found = page(
        '<p>Before</p><figure><img src="/a.jpg" alt="A pier">'
        "<figcaption>The pier. <b>Photo: X</b></figcaption></figure>"
        '<img src="data:image/gif;base64,AAAA" alt="">'
    )
    first, second = found.images
    assert (first.src, first.alt, first.block) == ("https://harbourdigest.example/a.jpg", "A pier", 1)
    assert first.caption == "The pier. Photo: X"
    assert (second.src, second.caption) == ("", "")


# ------------------------------------------------------------------ parts


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<nav>x</nav>", ["nav"]),
        ("<footer>x</footer>", ["footer"]),
        ("<article><aside>x</aside></article>", ["article", "aside"]),
        ("<div role=navigation>x</div>", ["nav"]),
        ("<div role=contentinfo>x</div>", ["footer"]),
        ("<div class=comments>x</div>", ["comments"]),
        ("<div class='td-related-posts'>x</div>", ["related"]),
        ("<div class='article__comments--open'>x</div>", []),
        ("<div class='wp-block-comments-area'>x</div>", ["comments"]),
        ("<div id=disqus_thread>x</div>", ["comments"]),
        ("<div class='Newsletter box'>x</div>", ["promo"]),
        ("<div class=ads>x</div>", ["ad"]),
        ("<div class=loads>x</div>", []),
        ("<div class=uncommented>x</div>", []),
        ("<div class='comments comment'>x</div>", ["comments"]),
        ("<body class='comments related'>x</body>", []),
        ("<figure><figcaption>x</figcaption></figure>", ["figure", "caption"]),
        ("<p class=wp-caption-text>x</p>", ["caption"]),
    ],
)
def test_parts_are_known_by_tag_role_and_class(html, wanted):
    assert kinds(html, "x") == wanted


def test_a_part_holds_its_blocks_and_no_others():
    found = page("<p>0</p><nav><p>1</p><p>2</p></nav><p>3</p><nav></nav><p>4</p>")
    full, empty = found.containers
    assert (full.first, full.last, full.label) == (1, 2, "<nav>")
    assert empty.last < empty.first


# ------------------------------------------------------------------ visibility


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>x</p>", "visible"),
        ("<p style='display:none'>x</p>", "hidden"),
        ("<p style='DISPLAY : NONE !important'>x</p>", "hidden"),
        ("<p style='visibility:collapse'>x</p>", "hidden"),
        ("<p style='display:block'>x</p>", "visible"),
        ("<p style='opacity:0.5'>x</p>", "visible"),
        ("<p style='fill-opacity:0'>x</p>", "visible"),
        ("<p style='font-size:0.8em'>x</p>", "visible"),
        ("<p style='font-size:0px'>x</p>", "hidden"),
        ("<p style='left:-9999px;position:absolute'>x</p>", "hidden"),
        ("<p style='margin-left:-10px'>x</p>", "visible"),
        ("<p style='clip:rect(0,0,0,0)'>x</p>", "hidden"),
        ("<p style='clip: rect(1px, 1px, 1px, 1px)'>x</p>", "hidden"),
        ("<div hidden><p>x</p></div>", "hidden"),
        ("<div hidden=until-found><p>x</p></div>", "unknown"),
        ("<p class=sr-only>x</p>", "unknown"),
        ("<body><noscript><p>x</p></noscript>", "unknown"),
        ("<div hidden><p class=sr-only>x</p></div>", "hidden"),
        ("<div class=collapse><p style='display:none'>x</p></div>", "unknown"),
        ("<div class='faq__accordion-item'><p hidden>x</p></div>", "unknown"),
        ("<p class='wow fadeInUp' style='visibility: hidden'>x</p>", "unknown"),
        ("<p class=tablet style='display:none'>x</p>", "hidden"),
        ("<p class=wow style='font-size:0'>x</p>", "hidden"),
        ("<div role=tabpanel hidden><p>x</p></div>", "unknown"),
        ("<p x-show=open style='display:none'>x</p>", "unknown"),
        ("<div data-bs-parent='#a'><p style='display:none'>x</p></div>", "unknown"),
        ("<p aria-labelledby=t hidden>x</p>", "unknown"),
        ("<div aria-labelledby=t><p hidden>x</p></div>", "hidden"),
        ("<a href='#more'>More</a><div id=more style='display:none'><p>x</p></div>", "unknown"),
        ("<button aria-controls='a more'>More</button><div id=more hidden><p>x</p></div>", "unknown"),
        ("<a href='#less'>Less</a><div id=more style='display:none'><p>x</p></div>", "hidden"),
        ("<body class=modal-open><p style='display:none'>x</p>", "hidden"),
        ("<p style='font-size:1px'>x</p>", "unknown"),
        ("<p style='font-size:1.1em'>x</p>", "visible"),
        ("<p style='font-size:10px'>x</p>", "visible"),
        ("<p style='color: transparent'>x</p>", "unknown"),
        ("<p style='background-color:transparent'>x</p>", "visible"),
        ("<p style='color:transparent;-webkit-background-clip:text'>x</p>", "visible"),
        ("<p style='background-clip:text;color:transparent'>x</p>", "visible"),
        ("<p style='transform:scale(0)'>x</p>", "unknown"),
        ("<p style='transform:scale(0.9)'>x</p>", "visible"),
        ("<p style='opacity:0.01'>x</p>", "unknown"),
        ("<p style='opacity:.9'>x</p>", "visible"),
        ("<p style='width:1px;height:1px;overflow:hidden'>x</p>", "unknown"),
        ("<p style='width:1px;overflow:hidden'>x</p>", "visible"),
        ("<p style='max-width:1px;height:1px;overflow:hidden'>x</p>", "visible"),
        ("<div style='display:none'><p style='display:block'>x</p></div>", "hidden"),
        ("<p aria-hidden=true>x</p>", "visible"),
        ("<style>.a{display:none}</style><p class=a>x</p>", "unknown"),
        ("<style>#a , .b { color:red; visibility: hidden }</style><p id=a>x</p>", "unknown"),
        ("<style>p.a{display:none}</style><p class='b A'>x</p>", "unknown"),
        ("<style>@media print{.a{display:none}}</style><p class=a>x</p>", "visible"),
        ("<style>@media print{.b{color:red}} .a{display:none}</style><p class=a>x</p>", "unknown"),
        ("<style>.menu .a{display:none}</style><p class=a>x</p>", "visible"),
        ("<style>.a:hover{display:none}</style><p class=a>x</p>", "visible"),
        ("<style>.a{display:block}</style><p class=a>x</p>", "visible"),
    ],
)
def test_what_takes_text_out_of_sight(html, wanted):
    found = block(html, "x")
    assert found.visible == wanted
    assert (found.hidden_by is None) == (wanted == "visible")


@pytest.mark.parametrize("inline", ["<span hidden>x</span>", "<b style='display:none'>x</b>", "<i class=sr-only>x</i>"])
def test_what_is_hidden_in_a_line_is_told_from_the_line(inline):
    found = page(f"<p>Seen {inline}</p>")
    assert any(b.text == "x" and b.visible != "visible" for b in found.blocks)


@pytest.mark.xfail(
    strict=True, reason="containers.toml knows <details> as a part, but nothing says that a closed one is out of sight"
)
def test_closed_details_may_be_out_of_sight():
    assert block("<details><summary>More</summary><p>x</p></details>", "x").visible == "unknown"


def test_open_details_and_every_summary_are_in_sight():
    html = "<details open><summary>More</summary><p>x</p></details>"
    assert block(html, "x").visible == block(html, "More").visible == "visible"


def test_a_hidden_link_in_a_visible_line():
    (link,) = page("<p>One <a href=y style='display:none'>two</a></p>").links
    assert link.visible == "hidden"


# ------------------------------------------------------------------ metadata


def test_metadata():
    found = page(
        '<html lang="en-GB"><head><title> A\n title </title>'
        '<link rel="canonical" href="/c"><link rel="next" href="?page=2">'
        '<link rel="license" href="//creativecommons.org/licenses/by/4.0/"><link rel=canonical href="/late">'
        '<meta name="Author" content="Ida"><meta property="og:site_name" content="Digest">'
        '<script type="application/ld+json">{"a": 1}</script></head><body>x</body></html>',
        url="https://x.example/n",
    ).metadata
    assert (found.title, found.language) == ("A title", "en-GB")
    assert (found.canonical, found.next_url) == ("https://x.example/c", "https://x.example/n?page=2")
    assert found.licenses == ("https://creativecommons.org/licenses/by/4.0/",)
    assert found.meta == (("author", "Ida"), ("og:site_name", "Digest"))
    assert found.json_ld == ('{"a": 1}',)


# ------------------------------------------------------------------ bundles


def test_a_failure_is_not_read():
    failure = FetchFailure("https://x.example/", Reason.DNS, "no such host", "2026-11-01T00:00:00Z")
    assert build_page(bundle(failure)) == Unreadable(Reason.DNS, "no such host")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7 ...", "text/html"),
        (b"PK\x03\x04", "text/html"),
        (b"\x89PNG\r\n", ""),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"{}", "application/json"),
        (b"body{}", "text/css"),
    ],
)
def test_what_is_no_web_page_is_unsupported(body, content_type):
    found = read(body, content_type=content_type)
    assert isinstance(found, Unreadable) and found.reason is Reason.UNSUPPORTED and found.detail


@pytest.mark.parametrize(
    "content_type", ["", "text/html", "TEXT/HTML; charset=x", "application/xhtml+xml", "text/plain"]
)
def test_what_may_be_a_web_page_is_read(content_type):
    assert texts(page("<p>x", content_type=content_type)) == ["x"]


def test_html_under_a_wrong_type_is_read():
    assert texts(page("<!DOCTYPE html><p>x", content_type="application/octet-stream")) == ["x"]


def follow(role, html, **options):
    return Lead("https://x.example/2", role, ""), capture(html, "https://x.example/2", role=role, **options)


def test_a_next_page_goes_on_after_the_first():
    first = capture("<nav>n</nav><p>One <a href=/a>a</a></p>", "https://x.example/1")
    found = build_page(
        bundle(first, followed=[follow("next", "<nav>m</nav><p>two <a href=b>b</a></p><figure><img src=c></figure>")])
    )
    assert isinstance(found, Page)
    assert [(b.index, b.text, b.capture) for b in found.blocks] == [
        (0, "n", 0),
        (1, "One a", 0),
        (2, "m", 1),
        (3, "two b", 1),
    ]
    assert found.links[1].resolved == "https://x.example/b"
    assert found.blocks[found.links[1].block].text[found.links[1].start : found.links[1].end] == "b"
    assert [found.containers[c].label for c in found.blocks[2].containers] == ["<nav>"]
    assert (found.containers[1].first, found.containers[1].last, found.images[0].block) == (2, 2, 4)
    assert found.blocks[1].parent != found.blocks[3].parent


@pytest.mark.parametrize("row", [("credits", 200), ("resolved", 200), ("next", 404)])
def test_what_is_no_part_of_the_copy_is_not_added(row):
    role, status = row
    found = build_page(bundle(capture("<p>One</p>"), followed=[follow(role, "<p>two</p>", status=status)]))
    assert texts(found) == ["One"]


def test_a_link_may_hold_a_drawing():
    found = page('<p><a href="https://x.example/a"><svg><path d="M0 0"/></svg></a><a href="https://x.example/b"></a></p>')
    assert [link.image_alt for link in found.links] == ["", None]
