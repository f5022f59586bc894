"""Identifiers in work records, and how licences compare."""

from __future__ import annotations

import pytest

from cccheck.licenses import PERMISSION, UNSPECIFIED, License, all_tools, as_recorded, parse_license, same_license, tool


@pytest.mark.parametrize("license", [lic for lic in all_tools() if lic.spdx], ids=lambda lic: str(lic.spdx))
def test_spdx_identifiers_lead_to_their_tool_and_back(license: License) -> None:
    assert license.spdx
    assert parse_license(license.spdx) == license
    assert parse_license(license.spdx.lower()) == license
    assert parse_license(license.url or "") == license


def test_spdx_has_56_of_them() -> None:
    assert len({lic.spdx for lic in all_tools() if lic.spdx}) == 56


@pytest.mark.parametrize(
    ("text", "short"),
    [
        (" CC-BY-4.0 ", "CC BY 4.0"),
        ("CC-BY-3.0-FR", "CC BY 3.0 FR"),
        ("CC-BY-NC-ND-1.0", "CC BY-ND-NC 1.0"),
        ("CC0-1.0", "CC0 1.0"),
        ("CC-PDDC", "Public Domain Certification 1.0 US"),
        ("https://creativecommons.org/licenses/by-sa/3.0/us/deed.en", "CC BY-SA 3.0 US"),
    ],
)
def test_what_a_record_may_say(text: str, short: str) -> None:
    license = parse_license(text)
    assert license
    assert license.short == short


def test_words_for_what_is_no_licence_in_particular() -> None:
    assert parse_license("CC") is UNSPECIFIED
    assert parse_license("permission") is PERMISSION


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CC-BY",
        "CC BY 4.0",
        "CC-BY-9.0",
        "CC-BY-4.0-US",
        "MIT",
        "https://creativecommons.org/licenses/by/",
        "https://creativecommons.org/about/",
        "https://example.org/",
        "/",
    ],
)
def test_what_names_no_licence_or_no_version(text: str) -> None:
    assert parse_license(text) is None


@pytest.mark.parametrize(
    ("license", "kind", "elements"),
    [
        (tool("by-nc-nd", "4.0"), "cc", {"by", "nc", "nd"}),
        (tool("nc-sampling+", "1.0"), "cc", {"nc"}),
        (tool("zero", "1.0"), "public-domain", set()),
        (UNSPECIFIED, "unspecified", set()),
        (PERMISSION, "permission", set()),
        (License("example", "1.0", None, None, "Example License 1.0", None), "other", set()),
    ],
)
def test_kinds_and_elements(license: License, kind: str, elements: set[str]) -> None:
    assert license.kind == kind
    assert license.elements == elements
    assert license.has("nd") == ("nd" in elements)


@pytest.mark.parametrize(
    ("a", "b", "likeness"),
    [
        ("CC-BY-4.0", "CC-BY-4.0", "same"),
        ("CC-BY-3.0", "CC-BY-3.0-US", "same"),
        ("CC-BY-3.0-DE", "CC-BY-3.0-US", "same"),
        ("CC-BY-4.0", "CC-BY-3.0", "version"),
        ("CC-BY-NC-ND-1.0", "CC-BY-NC-ND-4.0", "version"),
        ("CC-BY-4.0", "CC-BY-SA-4.0", "other"),
        ("CC-BY-4.0", "CC0-1.0", "other"),
        ("CC-BY-4.0", "CC", "version"),
        ("CC", "CC", "same"),
        ("CC", "CC0-1.0", "other"),
        ("permission", "permission", "same"),
        ("permission", "CC-BY-4.0", "other"),
    ],
)
def test_likeness(a: str, b: str, likeness: str) -> None:
    first, second = parse_license(a), parse_license(b)
    assert first
    assert second
    assert same_license(first, second) == same_license(second, first) == likeness


def test_an_unknown_version_is_not_the_same() -> None:
    by = tool("by", None)
    four = tool("by", "4.0")
    assert by
    assert four
    assert same_license(by, four) == same_license(by, by) == "version"


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("cc by 4.0", "CC-BY-4.0"),
        ("Attribution 4.0 International", "CC-BY-4.0"),
        ("Namensnennung 3.0 Deutschland", "CC-BY-3.0-DE"),
        ("https://creativecommons.org/licenses/by-nd/2.1/es/", "https://creativecommons.org/licenses/by-nd/2.1/es/"),
        ("CC", "CC"),
        ("permission", "permission"),
        ("CC BY", "CC BY"),
        ("GPL", "GPL"),
    ],
)
def test_what_a_person_types_is_recorded_as_the_licence_that_is_meant(typed, recorded):
    assert as_recorded(typed) == recorded
