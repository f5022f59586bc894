"""Why a page cannot be judged: each wall by its own words or shape, and no wall where an article stands."""

import pytest

from cccheck.model import Page, Reason
from cccheck.walls import find_wall
from making import audit, capture, paragraphs, read, work

WORK = work()


def wall(body: str, **options):
    made = capture(body, **options)
    found = read(body, **options)
    assert isinstance(found, Page)
    wall = find_wall(made, found)
    return wall.reason.value if wall else None


def titled(title: str, text: str = "Please wait a while.") -> str:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"


LONG = " ".join(f"<p>{part}</p>" for part in paragraphs(WORK))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (titled("Just a moment..."), "bot-wall"),
        (titled("Attention Required! | Cloudflare"), "bot-wall"),
        (titled("Access Denied", "Reference&#32;&#35;18.2d"), "bot-wall"),
        (titled("example.org", "<script src='https://ct.captcha-delivery.com/c.js'></script>"), "bot-wall"),
        (titled("example.org", "<div id='px-captcha'></div>Press and hold"), "bot-wall"),
        (titled("x", "<iframe src='/_Incapsula_Resource?x'></iframe>"), "bot-wall"),
        (titled("Sucuri WebSite Firewall - Access Denied", "Sucuri Website Firewall"), "bot-wall"),
        (titled("x", "Checking your browser before accessing example.org."), "bot-wall"),
        (titled("x", "Please verify you are a human"), "bot-wall"),
        (titled("example.org", "This domain is for sale!"), "parked"),
        (titled("example.org", "Diese Domain steht zum Verkauf"), "parked"),
        (titled("Page not found – Digest"), "soft-404"),
        (titled("Seite nicht gefunden"), "soft-404"),
        (titled("Página no encontrada"), "soft-404"),
        (titled("Digest", "Oops! That page can’t be found."), "soft-404"),
        (titled("Log in"), "login-wall"),
        (titled("Anmelden"), "login-wall"),
        (titled("Digest", "You must be logged in to see this page."), "login-wall"),
        (titled("A story", "To continue reading this article, subscribe."), "paywall"),
        (titled("A story", "Réservé aux abonnés"), "paywall"),
        (
            titled("A story", '<script type="application/ld+json">{"isAccessibleForFree":false}</script>Two lines.'),
            "paywall",
        ),
        (titled("Consent", "Before you continue: we value your privacy."), "consent-wall"),
        (titled("App", "You need to enable JavaScript to run this app."), "script-only"),
        ("<body><div id=root></div><script src=/a.js></script>", "script-only"),
        ("<body><noscript></noscript><script>x()</script>", "script-only"),
        ("", "script-only"),
        ("<body><div style='display:none'>words that nobody sees</div></body>", "script-only"),
    ],
)
def test_walls_are_known(body, reason):
    assert wall(body) == reason


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "http-404"),
        (410, "http-410"),
        (403, "http-4xx"),
        (401, "http-4xx"),
        (451, "http-4xx"),
        (429, "rate-limited"),
        (500, "http-5xx"),
        (503, "http-5xx"),
        (520, "http-5xx"),
    ],
)
def test_statuses_are_reasons(status, reason):
    assert wall(titled("Nothing here", "Some words that say nothing at all."), status=status) == reason


def test_a_challenge_says_more_than_its_status():
    assert wall(titled("Just a moment..."), status=403) == "bot-wall"
    assert wall(titled("x"), status=403, headers=[("cf-mitigated", "challenge")]) == "bot-wall"


def test_a_missing_page_says_less_than_its_status():
    assert wall(titled("Page not found"), status=410) == "http-410"


def test_a_redirect_to_the_home_page():
    options = {"url": "https://x.example/2024/story", "final_url": "https://x.example/"}
    assert wall(titled("Digest", "News of the day."), **options) == "redirected-home"
    options = {"url": "https://x.example/2024/story", "final_url": "https://x.example/2024/new-name"}
    assert wall(titled("Digest", "News of the day."), **options) is None


@pytest.mark.parametrize(
    "body",
    [
        titled("A day at sea", "We went out before dawn and came back with next to nothing, as on every other day."),
        titled("How captchas work", "Verify you are human, they say. " + LONG),
        titled("Not found: the lost boats of the bay", "x " + LONG + LONG),
        titled("A story", LONG + LONG + "<p>Already a subscriber? Log in</p>"),
        titled("A story", LONG + "<p>We value your privacy</p>"),
    ],
)
def test_an_article_is_no_wall(body):
    assert wall(body) is None


def test_the_reason_is_told_in_words():
    made = capture(titled("Just a moment..."))
    found = find_wall(made, read(titled("Just a moment...")))
    assert found is not None and "Cloudflare" in found.detail


# ------------------------------------------------------------------ match first, then look for walls


@pytest.mark.parametrize(
    "sign",
    [
        "<p>Subscribe to keep reading.</p>",
        "<p>Already a subscriber? Log in</p>",
        '<script type="application/ld+json">{"isAccessibleForFree": false}</script>',
        "<div style='display:none'><p>Verify you are human</p></div>",
    ],
)
def test_a_whole_copy_is_judged_whatever_else_the_page_shows(sign):
    assert audit(f"<!--text-->{sign}").verdict == "violation"


@pytest.mark.parametrize("status", [200, 403, 404, 500])
def test_a_whole_copy_is_judged_whatever_its_status(status):
    assert audit("<!--text-->", status=status).verdict == "violation"


@pytest.mark.parametrize(
    "sign", ["Subscribe to keep reading.", "Jetzt abonnieren und weiterlesen", "You must log in to read on"]
)
def test_a_copy_cut_short_by_a_paywall_is_unavailable(sign):
    found = audit(f"<!--text 1-4--><p>{sign}</p>")
    assert found.verdict == "unavailable"
    assert found.reason in (Reason.PAYWALL, Reason.LOGIN_WALL) and found.match is not None and not found.findings


def test_a_copy_cut_in_the_middle_is_no_paywall():
    assert audit("<!--text 1-2--><!--text 6-7--><p>Subscribe to keep reading.</p>").verdict == "violation"


def test_an_excerpt_above_a_paywall_is_unavailable_or_an_excerpt():
    assert audit("<!--text 1-2--><p>Subscribe to keep reading.</p>").verdict in ("unavailable", "excerpt")
