"""New works from texts and pages: what is read, from where it is said to be, and what is asked for."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cccheck.errors import UsageError
from cccheck.model import Capture
from cccheck.works.derive import draft_from_text, slug, work_of
from cccheck.works.facts import Fact
from cccheck.works.original import draft_from_page

PARAGRAPHS = [
    "The lower river rose by two metres on Monday night, and three villages along its eastern bank were cut off from "
    'the road to the coast until the morning, <a href="https://other.example/report">officials said</a>.',
    "Boats carried bread and water to families who had climbed to the roofs of their houses, while the fire service "
    "tried to reach the hospital at the end of the valley with a tractor.",
    "The mayor said that the dam had been opened too late, and that nobody had told the villages about it; the "
    "operator of the dam denied that and promised to publish its logs within the week.",
    "By noon the water had gone down by half a metre, and the first shops opened again, though the power will stay "
    "off until engineers have looked at the lines across the delta.",
]
PLAIN = "\n\n".join(
    paragraph.replace('<a href="https://other.example/report">', "").replace("</a>", "") for paragraph in PARAGRAPHS
)
NOTICE = (
    "This article (Nine Bridges) is free and open source. You have permission to republish this article under a "
    "Creative Commons license with attribution to Ida Ferrow and LanternProject.example."
)
META = (
    '<meta property="og:title" content="Floods | The Lantern"><meta property="og:site_name" content="The Lantern">'
    '<meta name="author" content="By Ida Ferrow and Tom Alder"><link rel="canonical" href="/2021/floods">'
    '<meta property="article:published_time" content="2021-03-04T10:00:00Z">'
)


def page(
    head: str = META, after: str = "", inside: str = "", url: str = "https://lantern.example/f?utm_source=x"
) -> Capture:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = (
        f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><nav><a href="/">Home</a></nav><article>'
        f"<h1>Floods</h1>{inside}{text}{after}</article><footer>© The Lantern</footer></body></html>"
    )
    return Capture(url, url, 200, (("content-type", "text/html"),), html.encode(), "")


def given_facts(**values):
    return {key: Fact(value, "given") for key, value in values.items()}


LICENSED = given_facts(license=("CC-BY-4.0",))


def test_a_text_with_its_notice_needs_only_the_address():
    draft = draft_from_text(f"{PLAIN}\n\n{NOTICE}", {})
    assert draft.missing == ("url",)
    work = work_of(draft_from_text(f"{PLAIN}\n\n{NOTICE}", given_facts(url="https://lanternproject.example/nine")))
    assert (work.id, work.title, work.licenses) == ("nine-bridges", "Nine Bridges", ("CC",))
    assert [author.name for author in work.authors] == ["Ida Ferrow"]
    assert (work.publisher.name, work.publisher.url) == ("LanternProject.example", "https://lanternproject.example/")
    assert (work.text, work.notice) == (PLAIN, NOTICE)


def test_what_is_missing_is_asked_for_in_one_line():
    with pytest.raises(UsageError) as told:
        work_of(draft_from_text(PLAIN, {}))
    assert str(told.value).endswith("give --title, --author or --anonymous, --publisher, --url and --license")


def test_an_unclear_licence_is_asked_for_with_what_the_notice_says():
    with pytest.raises(UsageError, match=r"--license \(the notice says CC BY\)"):
        work_of(draft_from_text(f"{PLAIN}\n\nThis article is licensed under CC BY.", {}))


def test_options_win_over_the_notice():
    facts = given_facts(
        url="https://a.example/x", title="Mine", authors=("Tom Alder",), license=("CC-BY-4.0",), id="my-id"
    )
    work = work_of(draft_from_text(f"{PLAIN}\n\n{NOTICE}", facts))
    assert (work.id, work.title, work.authors[0].name, work.licenses) == ("my-id", "Mine", "Tom Alder", ("CC-BY-4.0",))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"url": "a.example"}, "--url: `a.example` is not what belongs here; write a whole address"),
        ({"license": ("CC-BY-5.0",)}, "--license: `CC-BY-5.0` is no known licence; did you mean `CC-BY-4.0`?"),
        ({"publisher_url": "x"}, "--publisher-url: `x` is not"),
        ({"alternate_urls": ("x",)}, "--alternate-url: `x` is not"),
        ({"id": "A B"}, "--id: `A B` is not what belongs here; an id is of"),
    ],
)
def test_a_wrong_option_is_named(change, message):
    facts = given_facts(**({"url": "https://a.example/x"} | change))
    with pytest.raises(UsageError) as told:
        work_of(draft_from_text(f"{PLAIN}\n\n{NOTICE}", facts))
    assert str(told.value).startswith(message)


def test_a_page_is_read_from_its_meta_data():
    draft = draft_from_page(page(), LICENSED, fetched=True)
    work = work_of(draft)
    assert (work.title, work.url) == ("Floods", "https://lantern.example/2021/floods")
    assert [author.name for author in work.authors] == ["Ida Ferrow", "Tom Alder"]
    assert (work.publisher.name, work.publisher.url) == ("The Lantern", "https://lantern.example/")
    assert (work.published, work.language) == ("2021-03-04", "en")
    assert work.text == PLAIN
    assert work.links == (("officials said", "https://other.example/report"),)
    assert work.alternate_urls == ("https://lantern.example/f?utm_source=x",)
    assert draft.facts["authors"].origin == "meta data"


def test_a_saved_page_without_an_address_asks_for_it():
    head = META.replace('<link rel="canonical" href="/2021/floods">', "")
    with pytest.raises(UsageError, match=r"give --url$"):
        work_of(draft_from_page(page(head, url="https://file.invalid/"), LICENSED, fetched=False))


def test_json_ld_is_believed_before_other_meta_data():
    graph = [
        {"@type": "Organization", "@id": "#o", "name": "The Beacon", "url": "https://beacon.example/"},
        {
            "@type": ["NewsArticle"],
            "headline": "Floods &amp; Mud",
            "author": [{"@type": "Person", "name": "Ana de la Cruz"}, {"@type": "Organization", "name": "Desk"}],
            "publisher": {"@id": "#o"},
            "license": {"@id": "https://creativecommons.org/licenses/by-sa/4.0/"},
            "datePublished": "2020-02-03",
            "inLanguage": "en_GB",
        },
    ]
    script = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    work = work_of(draft_from_page(page(META + script), {}, fetched=True))
    assert (work.title, work.licenses) == ("Floods & Mud", ("CC-BY-SA-4.0",))
    assert [author.name for author in work.authors] == ["Ana de la Cruz"]
    assert (work.publisher.name, work.publisher.url) == ("The Beacon", "https://beacon.example/")
    assert (work.published, work.language) == ("2020-02-03", "en-GB")


def test_dublin_core():
    head = (
        '<meta name="DC.title" content="Hochwasser"><meta name="DC.creator" content="Eva Kern">'
        '<meta name="DC.publisher" content="Die Laterne"><meta name="DCTERMS.license" content="CC BY-SA 4.0">'
    )
    work = work_of(draft_from_page(page(head), {}, fetched=True))
    assert (work.title, work.publisher.name, work.licenses) == ("Hochwasser", "Die Laterne", ("CC-BY-SA-4.0",))


BARE = "<p>Republish our articles for free, online or in print, under Creative Commons license.</p>"


def rel(license: str) -> str:
    return f'<a rel="license" href="https://creativecommons.org/licenses/{license}/">licence</a>'


@pytest.mark.parametrize(
    ("after", "license"),
    [
        (f"<p>{rel('by-nd/4.0')}</p>", "CC-BY-ND-4.0"),
        ("<p>This article is licensed under CC BY-ND 4.0.</p>", "CC-BY-ND-4.0"),
        (BARE, "CC"),
        (
            BARE + rel("by/3.0"),
            "CC-BY-3.0",
        ),
        (
            '<p>This article is republished from <a href="https://a.example/">The Lantern</a> under a '
            '<a href="https://creativecommons.org/licenses/by-nd/4.0/">Creative Commons license</a>.</p>'
            + rel("by/3.0"),
            "CC-BY-ND-4.0",
        ),
    ],
)
def test_a_page_names_its_licence(after, license):
    assert work_of(draft_from_page(page(after=after), {}, fetched=True)).licenses == (license,)


@pytest.mark.parametrize(
    ("after", "hint"),
    [
        (rel("by/4.0") + rel("by-nd/4.0"), r"--license \(the page names CC-BY-4.0, CC-BY-ND-4.0\)"),
        (f"<figure><img src='/a.png'><figcaption>Photo: {rel('by/2.0')}</figcaption></figure>", "--license$"),
        ("<p>Photo by Ann, licensed under CC BY 2.0.</p>", "--license$"),
        ("<p>Copyright. All rights reserved.</p>", "--license$"),
    ],
)
def test_a_licence_is_never_guessed(after, hint):
    with pytest.raises(UsageError, match=hint):
        work_of(draft_from_page(page(after=after), {}, fetched=True))


def test_a_copy_leads_to_its_original():
    after = (
        '<p>This article is republished from <a href="https://source.example/">The Source</a> under a Creative '
        'Commons license. Read the <a href="https://source.example/floods#top">original article</a>.</p>'
    )
    work = work_of(draft_from_page(page(after=after), {}, fetched=True))
    assert (work.url, work.alternate_urls) == ("https://source.example/floods", ())
    assert work.publisher.name == "The Source"
    assert work.text == PLAIN
    assert work.notice == "This article is republished from The Source under a Creative Commons license."


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("by Ida Ferrow", "Ida Ferrow"),
        ("Door Ida Ferrow", "Ida Ferrow"),
        ("Van Morrow", "Van Morrow"),
        ("Ida van den Berg", "Ida van den Berg"),
    ],
)
def test_the_word_before_an_author_is_no_part_of_the_name(author, name):
    head = META.replace("By Ida Ferrow and Tom Alder", author)
    work = work_of(draft_from_page(page(head), LICENSED, fetched=True))
    assert [one.name for one in work.authors] == [name]


@pytest.mark.parametrize(
    "author", ["Newsroom Staff", "The Lantern", "Ida Ferrow, Professor at Lake University", "Desk 24"]
)
def test_what_may_be_no_name_is_no_author(author):
    head = META.replace("By Ida Ferrow and Tom Alder", author)
    with pytest.raises(UsageError, match=rf"--author or --anonymous \(the page says {author}\)"):
        work_of(draft_from_page(page(head), LICENSED, fetched=True))


def test_a_page_without_an_article_says_so():
    empty = Capture("https://a.example/", "https://a.example/", 200, (), b"<html><body></body></html>", "")
    with pytest.raises(UsageError, match="no text of an article was found"):
        work_of(draft_from_page(empty, {}, fetched=True))


def test_what_is_no_page_says_so():
    pdf = Capture(
        "https://a.example/a", "https://a.example/a", 200, (("content-type", "application/pdf"),), b"%PDF-", ""
    )
    with pytest.raises(UsageError, match="a PDF, not a web page"):
        draft_from_page(pdf, {}, fetched=True)


@given(st.binary(max_size=300), st.text(max_size=80))
@settings(max_examples=25, deadline=None)
def test_no_page_raises_anything_else(noise, text):
    head = f'<meta name="author" content="{text}"><script type="application/ld+json">{text}</script>'
    capture = page(head)
    body = capture.body.replace(b"</article>", noise + b"</article>")
    draft_from_page(Capture(capture.url, capture.url, 200, (), body, ""), {}, fetched=True)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Nine Bridges!", "nine-bridges"),
        ("Über die Flüsse: L’été", "uber-die-flusse-lete"),
        ("川の橋", ""),
        ("word " * 40, "-".join(["word"] * 12)),
    ],
)
def test_ids_from_titles(title, name):
    assert slug(title) == name


@given(st.text(max_size=200))
def test_every_id_from_a_title_is_one(text):
    name = slug(text)
    assert name == "" or (len(name) <= 60 and name == name.lower() and not name.startswith("-") and "--" not in name)
