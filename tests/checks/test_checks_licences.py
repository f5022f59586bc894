"""Licences as a whole, through an audit: several at once, none but a permission, public domain, retired ones."""

from __future__ import annotations

import re
import time

import pytest

from cccheck.checks import all_checks
from cccheck.checks.copyright_notice import holder_in
from cccheck.checks.share_alike import accepts
from cccheck.licenses import all_tools, parse_license
from cccheck.messages import templates
from cccheck.model import Outcome, PageAudit
from making import audit, finding, rulebook, work

ORIGINAL = '<a href="https://tidewatercourier.example/2024/03/night-ferries">The Tidewater Courier</a>'
BYLINE = f"By Maren Oakhollow. First published by {ORIGINAL}"
LICENCE = re.compile(r"licen[cs]e|creative commons", re.IGNORECASE)
PAGES = {
    "nothing": "",
    "byline": "<p>By Maren Oakhollow</p>",
    "credit": f"<p>{BYLINE}.</p>",
    "permission": f"<p>{BYLINE}, with permission.</p>",
    "hidden": f'<p style="display:none">{BYLINE}.</p>',
    "home": '<p>By Maren Oakhollow, <a href="https://tidewatercourier.example/">The Tidewater Courier</a></p>',
    "initials": f"<p>By M. Oakhollow. First published by {ORIGINAL}.</p>",
    "collapsed": f'<div class="collapsed"><p>{BYLINE}.</p></div>',
    "promo": "<div class='widget'>More from The Tidewater Courier</div>",
}


def judged(end: str, body: str = "<!--text-->", **record) -> PageAudit:
    html = f"<html><body><article><h1>The Night Ferries of Marrow Bay</h1>{body}{end}</article></body></html>"
    return audit(html, work(**record))


def under(path: str) -> str:
    return f'<p>{BYLINE} under <a href="https://creativecommons.org/{path}/">this licence</a>.</p>'


# ------------------------------------------------------------------ several licences


@pytest.mark.parametrize("path", ["licenses/by-nc/4.0", "licenses/by-sa/3.0/de"])
def test_meeting_one_of_two_licences_is_enough(path):
    result = judged(under(path), license=["CC-BY-NC-4.0", "CC-BY-SA-3.0"])
    assert result.verdict == "compliant"
    assert finding(result, "license-notice").params["license"] in ("CC BY-NC 4.0", "CC BY-SA 3.0")


def test_the_findings_are_those_of_the_licence_that_is_met_best():
    result = judged(under("licenses/by-sa/3.0"), license=["CC-BY-NC-4.0", "CC-BY-SA-3.0"])
    assert {finding.rule.partition("/")[0] for finding in result.findings} == {"cc-by-sa-3.0"}
    assert "CC BY-SA 3.0" in result.credit_line.text


def test_changes_that_one_of_the_licences_allows():
    cut = "<!--text 1-3--><!--text 6-7-->"
    dual = judged(under("licenses/by-nd/2.5"), cut, license=["CC-BY-ND-2.5", "CC-BY-2.5"])
    assert dual.verdict == "review"  # another licence of the work is named than the one that allows it
    assert judged(under("licenses/by/2.5"), cut, license=["CC-BY-ND-2.5", "CC-BY-2.5"]).verdict == "compliant"
    assert judged(under("licenses/by-nd/2.5"), cut, license="CC-BY-ND-2.5").verdict == "violation"


def test_a_licence_beside_public_domain_asks_for_nothing():
    assert judged("", license=["CC-BY-4.0", "CC0-1.0"]).verdict == "compliant"


def test_neither_licence_met():
    result = judged('<p>By Maren Oakhollow, <a href="https://creativecommons.org/licenses/by/4.0/">CC BY</a></p>',
                    license=["CC-BY-NC-4.0", "CC-BY-SA-3.0"])  # fmt: skip
    assert result.verdict == "violation"


# ------------------------------------------------------------------ permission


@pytest.mark.parametrize("name", PAGES)
def test_a_permission_is_never_called_a_licence(name):
    result = judged(PAGES[name], license="permission")
    for said in result.findings:
        assert said.basis in ("terms", "notice")
        words = f"{said.title} {said.message} {said.remedy} {said.clause}"
        assert not LICENCE.search(words), (said.check, words)
    assert not LICENCE.search(result.credit_line.text + result.credit_line.html)


def test_a_breach_of_the_terms_is_a_violation_of_terms():
    result = judged("", license="permission", credit=["author"])
    said = finding(result, "author-credit")
    assert (result.verdict, said.outcome, said.basis, said.clause) == ("violation", "fail", "terms", "")


def test_terms_ask_for_nothing_that_they_do_not_name():
    result = judged("<p>By Maren Oakhollow</p>", license="permission", credit=["author"])
    assert result.verdict == "compliant"
    assert {f.check for f in result.findings if f.outcome is Outcome.PASS} == {"author-credit", "title-credit"}
    assert {finding(result, check).outcome for check in ("publisher-credit", "source-link")} == {Outcome.INAPPLICABLE}


def test_a_licence_that_is_claimed_under_a_permission_is_for_a_person():
    said = finding(judged(under("licenses/by/4.0"), license="permission"), "license-notice")
    assert (said.outcome, said.code, said.basis) == ("review", "permission-called-licence", "terms")


def test_messages_that_terms_can_give_do_not_speak_of_a_licence():
    shared = {"author-credit", "publisher-credit", "source-link", "title-credit", "changes-indicated", "no-derivatives"}
    shared |= {"copyright-notice", "disclaimer-notice", "non-commercial"}
    for check in shared:
        for code, text in templates()[check].items():
            assert not LICENCE.search(text), (check, code)


# ------------------------------------------------------------------ public domain, retired licences


@pytest.mark.parametrize(
    "license", ["CC0-1.0", "CC-PDM-1.0", "CC-PDDC", "https://creativecommons.org/publicdomain/zero/1.0/deed.de"]
)
@pytest.mark.parametrize("name", PAGES)
def test_public_domain_has_no_findings(license, name):
    result = judged(PAGES[name], license=license)
    assert (result.verdict, result.findings) == ("compliant", ())


@pytest.mark.parametrize("unit", ["sa", "nd", "nc", "nd-nc", "nc-sa"])
def test_retired_licences_without_attribution_ask_for_no_credit(unit):
    url = f"https://creativecommons.org/licenses/{unit}/1.0/"
    result = judged(f'<p><a href="{url}">Licence</a></p>', license=url)
    assert result.verdict == "compliant"
    credit = ("author-credit", "publisher-credit", "source-link", "title-credit", "copyright-notice")
    assert {finding(result, check).outcome for check in credit} == {Outcome.INAPPLICABLE}
    assert finding(judged("", license=url), "license-notice").outcome == "fail"


@pytest.mark.parametrize("unit", ["sampling", "sampling+", "nc-sampling+"])
def test_retired_licences_still_bind(unit):
    url = f"https://creativecommons.org/licenses/{unit}/1.0/"
    assert judged(under(f"licenses/{unit}/1.0"), license=url).verdict == "compliant"
    assert finding(judged("", license=url), "author-credit").outcome == "fail"


def test_every_tool_can_be_judged():
    seen = set()
    for tool in all_tools():
        pack = rulebook().pack_for(tool).id
        if pack in seen:
            continue
        seen.add(pack)
        full = judged(under(tool.url.split(".org/")[1].strip("/")), license=tool.url)
        assert full.verdict == "compliant", (tool.url, [f.code for f in full.findings if f.outcome != "pass"])
        for result in (full, judged("", license=tool.url)):
            assert not [f for f in result.findings if f.code == "check-error"], tool.url


# ------------------------------------------------------------------ the checks' own knowledge


@pytest.mark.parametrize(
    ("original", "other", "accepted"),
    [
        ("CC-BY-SA-1.0", "CC-BY-SA-1.0", True),
        ("CC-BY-SA-1.0", "CC-BY-SA-2.0", False),
        ("CC-BY-SA-2.0", "CC-BY-SA-4.0", True),
        ("CC-BY-SA-2.5", "https://creativecommons.org/licenses/by-sa/2.5/mx/", True),
        ("CC-BY-SA-2.5", "CC-BY-SA-2.0", False),
        ("CC-BY-SA-3.0", "CC-BY-SA-3.0-DE", True),
        ("CC-BY-SA-3.0", "CC-BY-NC-SA-3.0", False),
        ("CC-BY-SA-4.0", "CC-BY-SA-3.0", False),
        ("CC-BY-SA-4.0", "CC-BY-4.0", False),
        ("CC-BY-SA-4.0", "CC", False),
        ("CC-BY-NC-SA-4.0", "CC-BY-NC-SA-4.0", True),
    ],
)
def test_licences_that_an_adaptation_may_carry(original, other, accepted):
    assert accepts(parse_license(original), parse_license(other)) is accepted


@pytest.mark.parametrize(
    ("notice", "holder"),
    [
        ("© 2024 The Tidewater Courier. All rights reserved.", "Tidewater Courier"),
        ("Copyright (c) 2019-2024 by Saltmarsh Trust", "Saltmarsh Trust"),
        ("© Maren Oakhollow, 2024", "Maren Oakhollow"),
        ("Saltmarsh Trust ©2024", "Saltmarsh Trust"),
        ("© 2024 Verlag Möwe GmbH. Alle Rechte vorbehalten", "Verlag Möwe GmbH"),
        ("Derechos de autor © 2024 por Editorial Gaviota", "Editorial Gaviota"),
        ("© 2024 El Faro de Levante. Todos los derechos reservados", "El Faro de Levante"),
        ("© 2024", ""),
        ("All rights reserved.", ""),
    ],
)
def test_the_holder_in_a_copyright_notice(notice, holder):
    assert holder_in(notice) == holder


def test_every_code_has_a_sentence_and_every_sentence_its_check():
    assert set(templates()) == {*all_checks(), "any"}


def test_the_publishers_shortfall_is_the_publishers():
    snippet = "This article is republished from The Tidewater Courier under a Creative Commons license."
    result = judged(f"<p>By Maren Oakhollow. {snippet} {ORIGINAL}</p>", license="CC-BY-ND-4.0", notice=snippet)
    said = finding(result, "license-notice")
    assert (said.outcome, said.code, said.origin) == ("pass", "license-notice-reproduced", "publisher")


# ------------------------------------------------------------------ cost

NOTICE = "First published by The Tidewater Courier. You may republish it under a Creative Commons license with credit."
MANY = {
    "bans-in-a-line": "<p>" + "this article may not be copied without permission " * 1_500 + "</p>",
    "bans": "<p>this article may not be copied</p>" * 3_000,
    "prices": "<p>" + "unlock this article " * 3_000 + "</p>",
    "bits-of-the-notice": "<p>Creative Tidewater published permission</p>" * 5_000,
    "notices": f"<p>{NOTICE}</p>" * 500,
    "holders": "<p>© Saltmarsh Trust</p>" * 3_000,
    "badges": "<img alt='CC BY 4.0' src='https://licensebuttons.net/l/by/4.0/88x31.png'>" * 3_000,
    "metadata": "<script type='application/ld+json'>" + '"isAccessibleForFree" ' * 20_000 + "</script>",
}


@pytest.mark.parametrize("name", MANY)
def test_no_page_makes_these_checks_slow(name):
    record = {"license": "CC-BY-NC-SA-4.0", "notice": NOTICE, "supplied_copyright": "© 2024 Saltmarsh Trust"}
    start = time.process_time()
    judged(MANY[name], **record)
    assert time.process_time() - start < 0.5
