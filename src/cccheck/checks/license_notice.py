"""license-notice: does the copy say under which licence the article stands, with its address?

What passes: the right licence, linked or with its address, said of this article; for a work "under a Creative Commons
license" and no more, those words; the publisher's own notice, reproduced; none, where what the publisher gives out
names none and links the original.
What fails: another licence said of this article; none at all, and no link to the original, which shows it.
What a person decides: the name without the address, another version, another licence besides, a licence that is denied,
only for the site or perhaps for something else, none but the original linked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from cccheck.addresses import host_of
from cccheck.checks._due import absent
from cccheck.checks._in_code import evidence_of, licenses_in_code
from cccheck.checks._licences import NEAR, Statement, names_in, statements
from cccheck.checks._subject import Subject
from cccheck.checks._supplied import evidence, licence_notice, licenses_in
from cccheck.licenses import License, from_url, parse_license, same_license
from cccheck.model import CheckResult, Evidence, Link, Outcome

ELEMENT: Literal["license"] = "license"


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """Statements about the article first; then what else the page says of licences."""
    params = {"license": subject.license.short, "license_url": subject.license.url or ""}
    said = statements(subject)
    if not said and "creative" in subject.work.text.lower():
        said = statements(subject.unblanked)  # the work's own text carries its notice, and so does a copy of it
    if subject.license.kind == "unspecified":
        return _unspecified(subject, said, options, params)
    if subject.license.kind == "permission":
        return _permission(subject, said, options)
    seen = [s for s in said if s.evidence.visible == "visible" and s.scope in ("article", "near")]
    return (
        _right(subject, seen, params)
        or _reproduced(subject, seen, params)
        or _wrong(subject, seen, params)
        or _doubtful(subject, said, params)
        or _as_supplied(subject, options, params)
        or _absent(subject, options, said, params)
    )


def _absent(subject: Subject, options: Mapping[str, Any], said: list[Statement], params: dict[str, str]) -> CheckResult:
    """None that a reader sees; one in the page's code, which a script may show, is for a person."""
    result = absent(subject, ELEMENT, options, _others(said), params)
    if result.outcome is not Outcome.FAIL:
        return result
    for license, place in licenses_in_code(subject):
        if same_license(subject.license, license) != "other":
            named = params | {"named": license.short}
            return CheckResult(Outcome.REVIEW, "license-in-metadata-only", named, (evidence_of(place),))
    return result


def _right(subject: Subject, seen: list[Statement], params: dict[str, str]) -> CheckResult | None:
    right = [s for s in seen if s.linked and same_license(subject.license, s.license) == "same"]
    clear = [s for s in right if s.disagrees is None]
    sure = [s for s in clear if not s.doubt]
    contrary = [s for s in _contrary(subject, seen) if s.certain and s.linked]
    if sure and contrary:
        named = params | {"named": contrary[0].license.short}
        return CheckResult(Outcome.REVIEW, "license-other-near", named, _evidence([*contrary, *sure]))
    if sure:
        return CheckResult(Outcome.PASS, "license-named", params, _evidence(sure))
    if clear:
        return CheckResult(Outcome.REVIEW, "license-perhaps-of-something-else", params, _evidence(clear))
    if right and right[0].disagrees is not None:
        named = params | {"named": right[0].disagrees.short}
        return CheckResult(Outcome.REVIEW, "license-text-and-link-disagree", named, _evidence(right))
    return None


def _wrong(subject: Subject, seen: list[Statement], params: dict[str, str]) -> CheckResult | None:
    """No right licence with its address: what is there instead, from the surest on."""
    named = [s for s in seen if same_license(subject.license, s.license) == "same"]
    if named:
        return CheckResult(Outcome.REVIEW, "license-without-address", params, _evidence(named))
    version = [s for s in seen if same_license(subject.license, s.license) == "version"]
    if version:
        code = "license-bare" if all(s.license.kind == "unspecified" for s in version) else "license-other-version"
        return CheckResult(Outcome.REVIEW, code, params | {"named": version[0].license.short}, _evidence(version))
    said = [s for s in seen if s.scope == "article" and s.disagrees is None and s.certain]
    other = [s for s in said if not _is_known(subject, s.license)]
    if other:
        return CheckResult(Outcome.FAIL, "license-wrong", params | {"named": other[0].license.short}, _evidence(other))
    if seen:
        return CheckResult(
            Outcome.REVIEW, "license-other-near", params | {"named": seen[0].license.short}, _evidence(seen)
        )
    return None


def _doubtful(subject: Subject, said: list[Statement], params: dict[str, str]) -> CheckResult | None:
    """The right licence, but perhaps not in sight, not of this article, or not for readers."""
    right = [s for s in said if same_license(subject.license, s.license) != "other"]
    unknown = [s for s in right if s.evidence.visible == "unknown" and s.scope in ("article", "near")]
    if unknown:
        return CheckResult(Outcome.REVIEW, "license-visibility-unknown", params, _evidence(unknown))
    site = [
        s for s in right if s.scope == "site" and s.evidence.visible == "visible" and s.license.kind != "unspecified"
    ]
    if site:
        return CheckResult(Outcome.REVIEW, "license-for-site-only", params, _evidence(site))
    badge = _badge(subject, params)
    if badge is not None:
        return badge
    for url in (*subject.page.metadata.licenses, *_stated(subject)):
        license = from_url(url)
        if license is not None and same_license(subject.license, license) != "other":
            return CheckResult(Outcome.REVIEW, "license-in-metadata-only", params | {"named": license.short})
    home = [link for link in subject.page.links if _leads_to_licensor(subject, link)]
    if home:
        return CheckResult(Outcome.REVIEW, "license-bare", params, tuple(map(subject.link_evidence, home[:3])))
    return None


def _leads_to_licensor(subject: Subject, link: Link) -> bool:
    """Whether a link beside the article leads to Creative Commons, and to no licence in particular."""
    if "creativecommons.org" not in link.resolved or host_of(link.resolved) != "creativecommons.org":
        return False
    block = subject.block_of(link)
    beside = (
        block is not None and subject.layout.where(block) != "outside" and "footer" not in subject.layout.parts(block)
    )
    return beside and from_url(link.resolved) is None and subject.layout.visible(link)[0] == "visible"


def _badge(subject: Subject, params: dict[str, str]) -> CheckResult | None:
    """A badge near the article that no link goes with: its address or its alternative text names a licence."""
    low, high = subject.match.first_block - NEAR, subject.match.last_block + NEAR
    linked = {link.image_alt for link in subject.page.links}
    for image in subject.page.images:
        if low <= image.block <= high and image.alt not in linked:
            named = [from_url(image.src), *(name.license for name in names_in(image.alt))]
            license = next((name for name in named if name is not None), None)
            if license is not None:
                return CheckResult(Outcome.REVIEW, "license-badge-without-link", params | {"named": license.short})
    return None


def _stated(subject: Subject) -> list[str]:
    """Licence addresses in the page's metadata."""
    data = subject.page.metadata
    found = [content for name, content in data.meta if "license" in name or "rights" in name]
    for script in data.json_ld:
        at = script.find("creativecommons.org")
        if at >= 0:
            found.append("https://" + script[at:].split('"')[0].replace("\\/", "/"))
    return found


def _unspecified(
    subject: Subject, said: list[Statement], options: Mapping[str, Any], params: dict[str, str]
) -> CheckResult:
    """The publisher says "a Creative Commons license" and no more; so may the copy."""
    seen = [s for s in said if s.scope in ("article", "near")]
    visible = [s for s in seen if s.evidence.visible == "visible"]
    sure = [s for s in visible if not s.doubt]
    if sure:
        return CheckResult(Outcome.PASS, "license-named", params, _evidence(sure))
    if visible:
        return CheckResult(Outcome.REVIEW, "license-perhaps-of-something-else", params, _evidence(visible))
    if any(s.evidence.visible == "unknown" for s in seen):
        return CheckResult(Outcome.REVIEW, "license-visibility-unknown", params, _evidence(seen))
    return _reproduced(subject, visible, params) or (
        _badge(subject, params) or absent(subject, ELEMENT, options, _others(said), params)
    )


def _permission(subject: Subject, said: list[Statement], options: Mapping[str, Any]) -> CheckResult:
    """No licence: a page that names one is looked at; the publisher's notice is due where it asks for it."""
    named = [s for s in said if s.scope == "article" and s.evidence.visible == "visible"]
    if named:
        params = {"named": named[0].license.short}
        return CheckResult(Outcome.REVIEW, "permission-called-licence", params, _evidence(named))
    if not subject.asked(ELEMENT):
        return CheckResult(Outcome.INAPPLICABLE, "permission-not-asked", {"reason": options.get("reason", "")})
    return _reproduced(subject, [], {}) or CheckResult(Outcome.REVIEW, "permission-not-stated")


def _reproduced(subject: Subject, seen: list[Statement], params: dict[str, str]) -> CheckResult | None:
    """The publisher's own notice: the manner that the licensor itself asked for, even if it lacks name or address.

    Not where another licence was put into it, nor beside another that the page gives the article.
    """
    copy = licence_notice(subject)
    if copy is None:
        return None
    contrary = _contrary(subject, seen)
    numbers = {block.index for block in copy.blocks}
    if any(s.evidence.block in numbers for s in contrary):
        return None
    if contrary:
        named = params | {"named": contrary[0].license.short}
        return CheckResult(Outcome.REVIEW, "license-other-near", named, _evidence(contrary))
    return CheckResult(Outcome.PASS, "license-notice-reproduced", params, evidence(subject, copy), "publisher")


def _contrary(subject: Subject, seen: list[Statement]) -> list[Statement]:
    """Other licences that the page gives the article."""
    return [s for s in seen if s.scope == "article" and s.disagrees is None and not _is_known(subject, s.license)]


def _as_supplied(subject: Subject, options: Mapping[str, Any], params: dict[str, str]) -> CheckResult | None:
    """What the publisher gives out with the article names no licence, and links the original, which does."""
    if options.get("supplied") != "without" or subject.asked(ELEMENT) or not subject.seen_links("original"):
        return None
    link = subject.link_evidence(subject.seen_links("original")[0])
    return CheckResult(Outcome.PASS, "license-as-supplied", params, (link,), "publisher")


def _is_known(subject: Subject, license: License) -> bool:
    """Whether the licence is one of the work's, of which it may have several, or of the publisher's own notice."""
    named = [name for name in licenses_in(subject.work.notice or "") if name.kind != "unspecified"]
    own = [name for name in map(parse_license, subject.work.licenses) if name is not None]
    return any(same_license(known, license) != "other" for known in (*own, *named))


def _evidence(found: list[Statement]) -> tuple[Evidence, ...]:
    return tuple(s.evidence for s in found[:3])


def _others(said: list[Statement]) -> tuple[Evidence, ...]:
    return _evidence([s for s in said if s.scope in ("photo", "site") or s.evidence.visible == "hidden"])
