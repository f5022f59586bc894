"""From a bundle to a verdict: what is judged, what is only shown to a person, what could not be seen, and leads."""

import pytest

from cccheck.leads import MAX_LEADS, leads
from cccheck.match import Corpus
from cccheck.model import FetchFailure, Reason, Redirect, Verdict
from cccheck.pipeline import audit_page, examine
from making import DATE, audit, bundle, capture, finding, paragraphs, rulebook, with_text, work

WORK = work()
PAGE = "https://harbourdigest.example/news/a-copy"
FULL = (
    f'<p>“<a href="{WORK.url}">The Night Ferries of Marrow Bay</a>” by Maren Oakhollow, The Tidewater Courier, '
    '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></p>'
)


# ------------------------------------------------------------------ verdicts


@pytest.mark.parametrize("reason", list(Reason))
def test_every_failure_to_fetch_is_unavailable_with_its_reason(reason):
    failure = FetchFailure(PAGE, reason, "it is so", DATE, 404, (Redirect(PAGE, 301, PAGE + "/x"),))
    found = audit_page(bundle(failure, hint="night-ferries"), Corpus([WORK]), rulebook())
    assert (found.verdict, found.reason, found.detail) == (Verdict.UNAVAILABLE, reason, "it is so")
    assert found.work == "night-ferries" and not found.findings and found.match is None
    assert found.captures[0]["failure"] == reason.value and found.captures[0]["redirects"][0]["status"] == 301


def test_a_picture_is_unsupported():
    found = audit(b"\x89PNG\r\n\x1a\n", content_type="image/png")
    assert (found.verdict, found.reason) == ("unavailable", "unsupported")


def test_another_text_is_not_a_copy_and_says_what_stands_there():
    text = "There was a fine regatta in the bay on Sunday, with more boats than anybody could remember having seen."
    found = audit(f"<article><h1>Regatta</h1><p>{text}</p><p>{text[::-1]}</p></article>", hint="night-ferries")
    assert (found.verdict, found.work, found.match) == ("not-a-copy", None, None)
    assert found.found is not None and "fine regatta" in found.found


@pytest.mark.parametrize(
    "trace",
    [
        f'<p>Our translation of <a href="{WORK.url}?utm_source=x">a story</a>.</p>',
        f'<p>See <a href="https://web.archive.org/web/2024/{WORK.url}">here</a>.</p>',
    ],
)
def test_a_page_that_links_the_work_without_its_text_is_for_a_person(trace):
    found = audit(f"<p>Something quite different stands here, in other words and in another order.</p>{trace}")
    assert (found.verdict, found.work) == ("review", "night-ferries")
    assert "night-ferries" in found.detail and not found.findings


def test_a_page_that_names_author_and_publisher_without_the_text_is_for_a_person():
    html = "<p>Nach einem Text von Maren Oakhollow, erschienen in The Tidewater Courier.</p>"
    assert audit(html, hint="night-ferries").verdict == "review"
    assert audit(html).verdict == "not-a-copy"


@pytest.mark.parametrize(
    "html",
    [
        f'<nav><a href="{WORK.url}">The Night Ferries</a></nav>',
        f'<div class="comments"><a href="{WORK.url}">this</a></div>',
        f'<div class="related"><a href="{WORK.url}">this</a></div>',
        f'<p style="display:none"><a href="{WORK.url}">this</a></p>',
        '<p><a href="https://tidewatercourier.example/2024/03/another-story">another</a></p>',
        '<p><a href="https://tidewatercourier.example/">The Tidewater Courier</a></p>',
    ],
)
def test_a_link_beside_the_matter_is_no_trace(html):
    text = "<p>Something quite different stands here, in other words and in another order than anywhere else.</p>"
    assert audit(text + html).verdict == "not-a-copy"


def test_a_short_quotation_is_an_excerpt_and_not_judged():
    found = audit("<p>A neighbour writes:</p><blockquote><!--text 3-4--></blockquote><p>Quite so.</p>")
    assert found.verdict == "excerpt"
    assert found.match is not None and not found.findings and found.credit_line is None


def test_a_copy_without_any_credit_is_a_violation_with_the_line_to_paste():
    found = audit("<!--text-->")
    assert found.verdict == "violation"
    assert {f.check for f in found.findings if f.outcome == "fail"} >= {
        "author-credit",
        "publisher-credit",
        "source-link",
    }
    assert found.credit_line is not None
    assert WORK.url in found.credit_line.html and "Maren Oakhollow" in found.credit_line.text


def test_the_credit_line_makes_a_page_compliant():
    for form in ("html", "text"):
        line = getattr(audit("<!--text-->").credit_line, form)
        assert audit(f"<!--text--><p>{line}</p>").verdict == "compliant", form


@pytest.mark.parametrize("name", ["night-ferries", "pozos-secos", "quiet-looms"])
@pytest.mark.parametrize(
    "license", ["CC-BY-4.0", "CC-BY-SA-3.0", "CC-BY-NC-ND-4.0", "CC-BY-ND-2.5", "CC-BY-NC-1.0", "CC"]
)
def test_the_credit_line_satisfies_every_licence(name, license):
    one = work(name, license=license)
    line = audit("<!--text-->", one).credit_line
    assert line is not None
    assert audit(f"<h1>{one.title}</h1><!--text--><p>{line.html}</p>", one).verdict == "compliant"


def test_every_finding_says_what_it_is_and_how_to_mend_it():
    for f in audit("<!--text-->").findings:
        assert f.title and f.message and f.code and f.rule.startswith("cc-by-4.0/")
        assert "{" not in f.message and "{" not in f.remedy and "{" not in f.clause_url
        assert (f.remedy != "") == (f.outcome in ("fail", "review"))
        assert f.clause_url == "" or f.clause_url.startswith("https://creativecommons.org/")


@pytest.mark.parametrize(
    ("credit", "check", "basis"),
    [
        (["author", "publisher", "link"], "author-credit", "notice"),
        ([], "author-credit", "licence"),
        ([], "license-notice", "licence"),
    ],
)
def test_the_basis_says_who_asks(credit, check, basis):
    found = finding(audit("<!--text-->", work(credit=credit)), check)
    assert (found.outcome, found.basis) == ("fail", basis)


def test_under_permission_a_breach_is_one_of_the_terms():
    found = audit("<!--text-->", work(license="permission"))
    assert found.verdict == "violation"
    assert {f.basis for f in found.findings} == {"terms"}
    assert "icence" not in "".join(f.message + f.clause for f in found.findings if f.outcome == "fail")


def test_of_two_licences_the_one_that_is_met_counts():
    line = FULL.replace("/by/4.0/", "/by-sa/4.0/").replace("CC BY 4.0", "CC BY-SA 4.0")
    found = audit(f"<!--text-->{line}", work(license=["CC-BY-NC-4.0", "CC-BY-SA-4.0"]))
    assert found.verdict == "compliant"
    assert {f.rule.split("/")[0] for f in found.findings} == {"cc-by-sa-4.0"}


def test_a_missed_hint_is_said():
    other = work("quiet-looms")
    found = audit(f"<!--text-->{FULL}", WORK, other, hint="quiet-looms")
    assert (found.verdict, found.work) == ("compliant", "night-ferries")
    assert found.match is not None and found.match.hint_missed


def test_an_error_in_a_check_is_for_a_person(monkeypatch):
    from cccheck import judge
    from cccheck.checks import all_checks

    def broken(subject, options):
        raise RuntimeError("no luck")

    monkeypatch.setattr(judge, "all_checks", lambda: {**all_checks(), "author-credit": broken})
    found = audit("<!--text-->" + FULL)
    assert found.verdict == "review"
    assert (finding(found, "author-credit").code, finding(found, "author-credit").outcome) == ("check-error", "review")
    assert "no luck" in finding(found, "author-credit").message


def test_the_same_bytes_give_the_same_audit():
    html = with_text(f"<h1>x</h1><!--text-->{FULL}<div class=comments>y</div>", WORK).encode()
    made = [audit_page(bundle(capture(html)), Corpus([WORK, work("quiet-looms")]), rulebook()) for _ in range(2)]
    assert repr(made[0].findings) == repr(made[1].findings) and made[0].match == made[1].match


def test_where_evidence_stands():
    line = '<p style="display:none">By Maren Oakhollow</p>'
    html = f"{line}<article><!--text 1-3-->{line}<!--text 4-7--></article>{line}"
    places = [item.where for item in finding(audit(html), "author-credit").evidence]
    assert places == ["before", "inside", "after"]


# ------------------------------------------------------------------ leads


def lead_list(html: str, one=WORK, hint=None, **options):
    made = examine(bundle(capture(with_text(html, one), **options), hint=hint), Corpus([one]))
    return leads(made.page, made.match, one)


def names(html: str, **options):
    return [(lead.role, lead.url) for lead in lead_list(html, **options)]


NEXT = '<link rel="next" href="?page=2">'


def test_the_next_page_of_a_copy_that_is_not_whole():
    assert names(NEXT + "<!--text 1-4-->") == [("next", PAGE + "?page=2")]
    assert names(NEXT + "<!--text-->" + FULL) == []


@pytest.mark.parametrize("href", ["https://elsewhere.example/news/a-copy?page=2", "/news/another-story", "/"])
def test_the_next_article_is_no_next_page(href):
    assert names(f'<link rel="next" href="{href}"><!--text 1-4-->' + FULL) == []


@pytest.mark.parametrize("words", ["Read more", "Continue reading", "Weiterlesen"])
def test_a_link_to_the_rest_below_a_copy_that_is_not_whole(words):
    assert names(f'<article><!--text 1-4--></article><p><a href="/news/whole">{words}</a></p>' + FULL) == [
        ("next", "https://harbourdigest.example/news/whole")
    ]


@pytest.mark.parametrize("text", ["2", "→", "»"])
def test_a_pager_leads_to_the_next_page(text):
    pager = f'<!--text 1-4--><div class="pager"><span>1</span> <a href="{PAGE}/2/">{text}</a></div>'
    assert names(pager) == [("next", f"{PAGE}/2/")]


@pytest.mark.parametrize("end", ["?seite=2", "?paged=2", "/sayfa/2", "-2.html"])
def test_the_address_of_a_second_page_in_several_languages(end):
    assert names(f'<!--text 1-4--><div><a href="{PAGE}{end}">2</a></div>') == [("next", f"{PAGE}{end}")]


def test_a_number_that_leads_elsewhere_is_no_pager():
    assert names('<!--text 1-4--><div><span>1</span> <a href="https://harbourdigest.example/page/2/">2</a></div>') == []


def test_a_short_link_in_a_credit():
    line = '<p>Originally published <a href="https://bit.ly/3xYz">here</a></p>'
    assert names("<!--text-->" + line) == [("resolved", "https://bit.ly/3xYz")]
    assert names("<!--text-->" + line + FULL) == []
    assert names('<!--text--><p>Find us <a href="https://bit.ly/3xYz">here</a></p>') == []


def test_a_number_at_the_publisher_in_a_credit():
    line = '<p>Originally published <a href="https://tidewatercourier.example/?p=81">here</a></p>'
    assert names("<!--text-->" + line) == [("resolved", "https://tidewatercourier.example/?p=81")]


VIEW = '<link rel="canonical" href="https://harbourdigest.example/news/a-copy">'
MAIN = ("credits", "https://harbourdigest.example/news/a-copy")


@pytest.mark.parametrize(
    "url",
    [
        "https://harbourdigest.example/news/a-copy?print=1",
        "https://harbourdigest.example/print/812",
        "https://m.harbourdigest.example/news/a-copy",
        "https://harbourdigest.example/amp/news/a-copy",
    ],
)
def test_the_main_version_of_another_view(url):
    assert names(VIEW + "<!--text-->", url=url) == [MAIN]
    assert names(VIEW + "<!--text-->" + FULL, url=url) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://harbourdigest.example/news/a-copy",
        "https://harbourdigest.example/news/a-copy/?utm_source=x",
        "https://harbourdigest.example/?p=812",
        "https://otherpaper.example/news/a-copy/amp",
    ],
)
def test_another_address_of_the_same_page_is_no_other_view(url):
    assert names(VIEW + "<!--text-->", url=url) == []


def test_the_first_page_of_a_further_one():
    url = "https://harbourdigest.example/news/a-copy?page=2"
    assert names('<!--text 3-7--><a href="/news/a-copy">1</a>', url=url) == [MAIN]
    assert names("<!--text 3-7-->", url=url) == []


def test_redirectors_in_a_credit():
    line = '<p>First published by <a href="{}">{}</a> (The Tidewater Courier).</p>'
    away = "https://clicks.mailer.example/x/abc"
    assert names("<!--text-->" + line.format(away, "The Tidewater Courier")) == [("resolved", away)]
    assert names("<!--text-->" + line.format(away, "original article")) == [("resolved", away)]
    out = "https://harbourdigest.example/go/courier"
    assert names("<!--text-->" + line.format("/go/courier", "The Tidewater Courier")) == [("resolved", out)]
    assert names("<!--text-->" + line.format("/tag/courier", "The Tidewater Courier")) == []
    assert names("<!--text-->" + line.format(away, "a friend")) == []


def test_a_credits_page_on_the_same_site():
    line = '<p><a href="/credits">Credits for this article</a></p>'
    assert names("<!--text-->" + line) == [("credits", "https://harbourdigest.example/credits")]
    assert names("<!--text-->" + line.replace("/credits", "https://x.example/credits")) == []


def test_leads_are_few_and_each_comes_once():
    line = "".join(f'<p>Originally published <a href="https://bit.ly/{n % 9}">here</a></p>' for n in range(40))
    found = lead_list("<!--text-->" + line)
    assert len(found) == MAX_LEADS == len(set(found))


def test_no_leads_without_a_copy():
    assert names(NEXT + "<p>Nothing of it.</p>") == []


# ------------------------------------------------------------------ what was followed


def test_captures_are_listed_in_order_with_their_roles():
    from making import lead_of

    rows = [
        {"role": "next", "url": PAGE + "?page=2", "html": "<!--text 5-7-->"},
        {"role": "resolved", "url": "https://bit.ly/x", "failure": "timeout"},
    ]
    found = audit("<!--text 1-4-->", followed=[lead_of(row, WORK) for row in rows])
    assert [(c["role"], c.get("failure")) for c in found.captures] == [
        ("response", None),
        ("next", None),
        ("resolved", "timeout"),
    ]
    assert {block.capture for block in found.blocks} == {0, 1}
    assert found.match is not None and found.match.words_cut == 0


def test_the_text_of_a_whole_page_is_kept_for_later():
    found = audit("<h1>Head</h1><!--text--><footer>Foot</footer>")
    assert [block.text for block in found.blocks] == ["Head", *paragraphs(WORK), "Foot"]
