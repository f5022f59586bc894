"""Contacts out of captured pages: offered where a site gives them, never out of the article, never the publisher's."""

from __future__ import annotations

import pytest

from cccheck.letters.contacts import best, find_contacts, from_security_txt
from making import page, with_text, work

SITE = "harbourdigest.example"


def found(html: str, **changes) -> list[str]:
    meant = work(**changes)
    return [contact.value for contact in best(find_contacts(page(with_text(html, meant)), meant, SITE))]


def test_mail_links_the_likeliest_first():
    html = (
        '<!--text--><footer><a href="mailto:jane@gmail.example">Jane</a> <a href="mailto:info@harbourdigest.example">us</a>'
        '<a href="mailto:copyright@news.harbourdigest.example?subject=hi&bcc=x@evil.example">rights</a></footer>'
    )
    assert found(html) == ["copyright@news.harbourdigest.example", "info@harbourdigest.example", "jane@gmail.example"]


def test_an_address_written_out():
    assert found("<!--text--><p>Write to editor@harbourdigest.example.</p>") == ["editor@harbourdigest.example"]


def test_never_out_of_the_article():
    inside = '<!--text 1-2--><p>Ask Edda: <a href="mailto:edda@harbourdigest.example">edda@harbourdigest.example</a></p><!--text 3-7-->'
    assert found(inside) == []


def test_an_address_of_the_works_own_text_is_nobodys():
    text = work().text + "\n\nWrite to edda@marrow.example, who keeps the tin and will be glad to hear of it."
    assert found("<!--text--><p>edda@marrow.example</p>", text=text) == []


@pytest.mark.parametrize(
    "address",
    [
        "rights@tidewatercourier.example",
        "maren@mail.tidewatercourier.example",
        "noreply@harbourdigest.example",
        "icon@2x.png",
    ],
)
def test_neither_the_publisher_nor_nobody(address):
    assert found(f"<!--text--><footer>{address}</footer>") == []


@pytest.mark.parametrize(
    "href",
    [
        "mailto:a@b.example,c@d.example",
        "mailto:a@b.example%0D%0ABcc:c@d.example",
        "mailto:%22a%22%20%3Ca@b.example%3E",
        "mailto:a@localhost",
        "mailto:?subject=share&body=https://x.example",
        "mailto:" + "a" * 70 + "@b.example",
        "mailto:a@b.ex\u202eample",
        "MAILTO:",
    ],
)
def test_a_mail_link_is_one_plain_address_or_nothing(href):
    assert found(f'<!--text--><a href="{href}">mail</a>') == []


def test_what_commenters_write_and_what_nobody_sees_is_no_contact():
    html = (
        '<!--text--><div class="comments"><p>Mail me: troll@evil.example</p></div>'
        '<p style="display:none"><a href="mailto:trap@harbourdigest.example">trap</a></p>'
    )
    assert found(html) == []


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ('<a href="/kontakt">Schreiben Sie uns</a>', "contact"),
        ('<a href="/x/17">Contáctanos</a>', "contact"),
        ('<a href="/mentions-legales.html">ici</a>', "imprint"),
        ('<a href="/impressum/">Impressum</a>', "imprint"),
        ('<a href="https://www.harbourdigest.example/about-us?x=1">Us</a>', "masthead"),
        ('<a href="/copyright">©</a>', "rights"),
    ],
)
def test_pages_that_say_how_a_site_is_reached(link, kind):
    meant = work()
    (contact,) = find_contacts(page(with_text(f"<!--text--><footer>{link}</footer>", meant)), meant, SITE)
    assert (contact.kind, contact.how) == ("page", f"a link to its {kind} page")
    assert contact.value.startswith("https://") and SITE in contact.value


def test_other_sites_contact_pages_are_not_this_ones():
    assert found('<!--text--><a href="https://facebook.example/contact">Contact</a>') == []


def test_the_pages_own_data():
    data = '{"@graph": [{"@type": "NewsMediaOrganization", "email": "desk@harbourdigest.example"}, {"@type": "Person", "email": "m@x.example"}]}'
    assert found(f'<script type="application/ld+json">{data}</script><!--text-->') == ["desk@harbourdigest.example"]
    assert found(f'<script type="application/ld+json">{"[" * 5000}</script><!--text-->') == []


def test_security_txt_comes_last():
    text = "# hello\nContact: mailto:security@harbourdigest.example\nContact: https://harbourdigest.example/report\n"
    (contact,) = from_security_txt(text, f"https://{SITE}/.well-known/security.txt", work(), SITE)
    info = find_contacts(page(with_text("<!--text--><p>info@harbourdigest.example</p>", work())), work(), SITE)
    assert [c.value for c in best([contact, *info])] == ["info@harbourdigest.example", "security@harbourdigest.example"]


def test_no_more_than_a_few():
    html = "<!--text-->" + "".join(f"<p>desk{n}@harbourdigest.example</p>" for n in range(40))
    assert len(found(html)) == 6
