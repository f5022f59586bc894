"""From an address on creativecommons.org, in any of its spellings, to the licence it names.

The grammar is that of the site's own router and of its old redirects; badges (on i.creativecommons.org and
licensebuttons.net) name the licence too.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from cccheck.licenses.model import License
from cccheck.licenses.tools import canonical_unit, declared_url, jurisdictions, tool, versions

_LONGEST = 600  # no address of a licence is near as long; a hostile one is not worth reading
_ARCHIVE = re.compile(r"^(?:https?:/{0,2})?(?:web|www)\.archive\.org/web/[0-9*]{1,14}[a-z_]{0,4}/(.+)$", re.S)
_ADDRESS = re.compile(r"^(?:https?:)?/*([^/?#\\]+)/+([^?#]*)")
_HOSTS = frozenset({"creativecommons.org", "www.creativecommons.org"})
_BADGES = frozenset({"i.creativecommons.org", "licensebuttons.net", "www.licensebuttons.net"})
_PRESSKIT = re.compile(r"^presskit/buttons/[^/]+/(?:png|svg|eps)/((?:by|cc-zero)[a-z-]*?)(?:\.eu)?\.[a-z]+$")
_SECTION = re.compile(r"^(?:index\.php/)?(licen[cs]es?|publicdomain)/(.*)$")
_VERSION = re.compile(r"^[1-9]\.\d$")
_UNITS = {"nc-nd": "nd-nc", "publicdomain": "certification", "pd": "certification", "cc0": "zero", "cc-zero": "zero"}
_ALONE = {"zero": "1.0", "mark": "1.0", "certification": "1.0", "devnations": "2.0"}
_ALONE |= {"sampling": "1.0", "sampling+": "1.0", "nc-sampling+": "1.0"}


def from_url(url: str) -> License | None:
    """The licence that an address names, or None. Takes an absolute address, one without scheme, or `//host/…`.

    A licence without a version has `version` None: the address is then no statement of a version. Unknown
    jurisdictions, languages (`deed.es` is none), queries and fragments are passed over.
    """
    if "ommons" not in url and "icensebuttons" not in url and "OMMONS" not in url and "ICENSEBUTTONS" not in url:
        return declared_url(url)
    return declared_url(url) or (_of_creative_commons(url) if len(url) < _LONGEST else None)


def _of_creative_commons(url: str) -> License | None:
    text = url.strip().lower()
    archived = _ARCHIVE.match(text)
    match = _ADDRESS.match(archived[1] if archived else text)
    if not match:
        return None
    host = re.sub(r"\.?(?::(?:80|443))?$", "", match[1])
    path = re.sub(r"/{2,}", "/", unquote(match[2])).rstrip(" \t\r\n.,;:)]}>'\"”’»")
    if host in _HOSTS:
        return _page(path)
    if host in _BADGES:
        return _badge(path)
    if host == "mirrors.creativecommons.org":
        return _button(path)
    return None


def _page(path: str) -> License | None:
    """`licenses/by/4.0/deed.en` and the like."""
    match = _SECTION.match(path)
    if not match:
        return None
    section, rest = match.groups()
    return _tool(rest.split("/"), public_domain=section == "publicdomain")


def _badge(path: str) -> License | None:
    """`l/by-nc/3.0/us/88x31.png`, `i/l/by/…`, `p/zero/1.0/…`: a badge's picture."""
    parts = path.removeprefix("i/").split("/")
    if parts[0] not in ("l", "p") or len(parts) < 2:
        return None
    return _tool(parts[1:], public_domain=parts[0] == "p")


def _button(path: str) -> License | None:
    """A button of the press kit names a unit, no version; an icon of one element names no licence."""
    match = _PRESSKIT.match(path)
    return _tool([match[1]], public_domain=match[1] == "cc-zero") if match else None


def _tool(parts: list[str], public_domain: bool) -> License | None:
    name = _UNITS.get(parts[0], parts[0]) if not public_domain or parts[0] in ("pd", "cc-zero") else parts[0]
    version = parts[1] if len(parts) > 1 and _VERSION.match(parts[1]) else None
    if len(parts) > 1 and version is None and not _may_follow_unit(parts[1]):
        return None
    unit = canonical_unit(name, version)
    if unit is None or (public_domain and unit not in _ALONE):
        return None
    if version is not None and version not in versions(unit):
        return tool(unit, version)  # known only where a folder of rules declares it
    place = _jurisdiction(parts[2:])
    if version == "2.1" and not place:
        version = "2.0"  # 2.1 exists in ports only, and the site leads such an address to 2.0
    return tool(unit, version or _ALONE.get(unit), place)


def _may_follow_unit(part: str) -> bool:
    """What may stand where the version should: nothing, a deed, a picture's size."""
    return not part or re.match(r"^(?:deed|legalcode|transparent|\d+x\d+)(?:[._].*)?$", part) is not None


def _jurisdiction(rest: list[str]) -> str | None:
    """A port's code comes right after the version; `deed.es` is a language, not Spain."""
    return rest[0] if rest and rest[0] in jurisdictions() else None
