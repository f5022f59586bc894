"""Addresses: every tool from every spelling, and nothing from what only looks like one."""

from __future__ import annotations

import timeit
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cccheck.licenses import License, all_tools, from_url

TOOLS = all_tools()
NEAR_MISSES = [
    line
    for line in (Path(__file__).parent / "near-misses.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
]


def short_of(url: str) -> str | None:
    license = from_url(url)
    return license.short if license else None


def test_there_are_639_tools_and_each_has_an_address_of_its_own() -> None:
    assert len(TOOLS) == 639
    assert len({license.url for license in TOOLS}) == 639


@pytest.mark.parametrize("license", TOOLS, ids=lambda lic: f"{lic.unit}/{lic.version}/{lic.jurisdiction or ''}")
def test_its_canonical_address_names_every_tool(license: License) -> None:
    assert license.url
    assert from_url(license.url) == license


SCHEMES = st.sampled_from(["https://", "http://", "//", "", "HTTPS://", "http:///"])
HOSTS = st.sampled_from(
    ["creativecommons.org", "www.creativecommons.org", "CreativeCommons.org", "creativecommons.org:443"]
)
PAGES = ["", "/", "//", "/deed", "/deed.en", "/deed.es", "/deed.zh_TW", "/deed.sr@latin", "/legalcode", "/legalcode.uk"]
ENDS = st.sampled_from([*PAGES, "/legalcode.txt", "/rdf", "/deed.en_US", "/deed.en/"])
TAILS = st.sampled_from(["", "?ref=chooser-v1", "?lang=es&x=https://evil.example/", "#s3a1Ai", "?", "?a#b", "."])
ARCHIVES = st.sampled_from(["", "https://web.archive.org/web/20160101000000/", "web.archive.org/web/2016id_/"])


@st.composite
def spellings(draw: st.DrawFn) -> tuple[License, str]:
    """A tool and one way of writing its address."""
    license = draw(st.sampled_from(TOOLS))
    assert license.url
    path = license.url.removeprefix("https://creativecommons.org/").rstrip("/")
    path = draw(st.sampled_from([path, path.upper(), path.replace("+", "%2B"), path.replace("/", "//")]))
    path = path.replace("licenses/", draw(st.sampled_from(["licenses/", "licences/", "license/", "licence/"])), 1)
    url = f"{draw(HOSTS)}/{draw(st.sampled_from(['', '/', 'index.php/']))}{path}{draw(ENDS)}{draw(TAILS)}"
    archive = draw(ARCHIVES)
    space = draw(st.sampled_from(["", " ", "\n"]))
    return license, f"{space}{archive}{draw(SCHEMES) if not archive else 'http://'}{url}{space}"


@given(spellings())
def test_every_spelling_names_its_tool(case: tuple[License, str]) -> None:
    license, url = case
    assert from_url(url) == license


@given(
    st.sampled_from(TOOLS), st.sampled_from(["i.creativecommons.org", "licensebuttons.net", "www.licensebuttons.net"])
)
def test_a_badge_names_its_licence(license: License, host: str) -> None:
    assert license.url
    section, _, rest = license.url.removeprefix("https://creativecommons.org/").partition("/")
    assert from_url(f"//{host}/{'p' if section == 'publicdomain' else 'l'}/{rest}88x31.png") == license


def test_there_are_two_hundred_near_misses() -> None:
    assert len(NEAR_MISSES) >= 200
    assert len(set(NEAR_MISSES)) == len(NEAR_MISSES)


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_a_near_miss_names_no_licence(url: str) -> None:
    assert from_url(url) is None


@given(st.text(max_size=80))
def test_nothing_in_an_address_raises(text: str) -> None:
    from_url(text)
    from_url("https://creativecommons.org/licenses/" + text)
    from_url("https://creativecommons.org/" + text)


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://creativecommons.org/licenses/by/", "CC BY"),
        ("https://creativecommons.org/licenses/by-nc-nd", "CC BY-NC-ND"),
        ("https://creativecommons.org/licenses/by-nc/deed.en", "CC BY-NC"),
        ("https://creativecommons.org/publicdomain/zero/", "CC0 1.0"),
        ("https://creativecommons.org/publicdomain/mark", "Public Domain Mark 1.0"),
        ("https://creativecommons.org/licenses/publicdomain/", "Public Domain Certification 1.0 US"),
        ("https://creativecommons.org/licenses/mark/1.0/", "Public Domain Mark 1.0"),
        ("https://creativecommons.org/licenses/by-sa-nc/2.0/", "CC BY-NC-SA 2.0"),
        ("https://creativecommons.org/licenses/by-nd-nc/2.0/jp/", "CC BY-NC-ND 2.0 JP"),
        ("https://creativecommons.org/licenses/by-nc-nd/1.0/", "CC BY-ND-NC 1.0"),
        ("https://creativecommons.org/licenses/nc-nd/1.0/", "CC ND-NC 1.0"),
        ("https://creativecommons.org/licenses/by/2.1/", "CC BY 2.0"),
        ("https://creativecommons.org/licenses/by/2.1/es/", "CC BY 2.1 ES"),
        ("https://creativecommons.org/licenses/by/3.0/deed.es", "CC BY 3.0"),
        ("https://creativecommons.org/licenses/by/3.0/es/", "CC BY 3.0 ES"),
        ("https://creativecommons.org/licenses/by/4.0/legalcode.uk", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by/4.0/us/", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by/3.0/xx/", "CC BY 3.0"),
        ("https://creativecommons.org/licenses/by/4.0/).", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/sampling/", "CC Sampling 1.0"),
        ("https://mirrors.creativecommons.org/presskit/buttons/88x31/svg/by-nc.svg", "CC BY-NC"),
        ("https://mirrors.creativecommons.org/presskit/buttons/88x31/png/cc-zero.png", "CC0 1.0"),
        ("https://licensebuttons.net/i/l/by/transparent/00/00/00/88x31.png", "CC BY"),
    ],
)
def test_odd_forms(url: str, short: str) -> None:
    assert short_of(url) == short


def test_an_ordinary_link_is_dismissed_at_once() -> None:
    url = "https://www.example.org/2016/11/some/long/path/of/an/article.html?utm_source=newsletter&utm_medium=mail"
    seconds = min(timeit.repeat(lambda: from_url(url), number=1000, repeat=5)) / 1000
    assert seconds < 5e-6  # about 0.3 µs; the margin is for a busy machine


def test_a_huge_address_is_no_licence() -> None:
    assert from_url("https://creativecommons.org/licenses/by/4.0/" + "x" * 10_000_000) is None
