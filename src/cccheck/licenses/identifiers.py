"""From what a work record says in `license` to the licence: an SPDX identifier, an address, `CC`, `permission`."""

from __future__ import annotations

import re
from functools import cache

from cccheck.licenses.model import PERMISSION, UNSPECIFIED, License
from cccheck.licenses.tools import all_tools, canonical_unit, declared_id, tool
from cccheck.licenses.urls import from_url

_WORDS = {"cc": UNSPECIFIED, "permission": PERMISSION}
_PORTED = re.compile(r"^cc-([a-z+-]+)-(\d\.\d)(?:-([a-z]+))?$")


@cache
def _spdx() -> dict[str, License]:
    return {lic.spdx.casefold(): lic for lic in all_tools() if lic.spdx}


def parse_license(text: str) -> License | None:
    """The licence that a work record names, or None where the text names none or leaves the version open.

    Takes an SPDX identifier in any case (`CC-BY-4.0`), the same pattern for tools that SPDX has not listed
    (`CC-BY-3.0-FR`), an address on creativecommons.org, `CC` or `permission`.
    """
    text = text.strip()
    found = _WORDS.get(text.casefold()) or declared_id(text) or _spdx().get(text.casefold()) or _unlisted(text)
    if found:
        return found
    found = from_url(text) if "/" in text else None
    return found if found and found.version else None


def _unlisted(text: str) -> License | None:
    match = _PORTED.match(text.casefold())
    unit = canonical_unit(match[1], match[2]) if match else None
    if not match or not unit:
        return None
    found = tool(unit, match[2], match[3])
    return found if found and found.jurisdiction == match[3] else None
