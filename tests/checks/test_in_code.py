"""What stands in a page's code alone, however the page is written."""

from __future__ import annotations

import pytest

from making import audit, finding, with_text, work

_PAGE = (
    '<!doctype html><html lang="en"><head><title>Boats</title></head><body><article><h1>Boats</h1>'
    '<div {attribute}="Maren Oakhollow"></div><!--text--><p>Licence: '
    '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></p></article></body></html>'
)


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
@pytest.mark.parametrize(("attribute", "code"), [("data-author", "author-in-metadata-only"), ("", "author-absent")])
def test_a_name_in_an_attribute_is_found_in_any_code(charset: str, attribute: str, code: str) -> None:
    html = _PAGE.replace('{attribute}="Maren Oakhollow"', f'{attribute}="Maren Oakhollow"' if attribute else "")
    body = with_text(html, work()).encode(charset)
    assert finding(audit(body, work(), content_type=f"text/html; charset={charset}"), "author-credit").code == code
