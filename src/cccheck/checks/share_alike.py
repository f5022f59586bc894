"""share-alike: does a changed version of the article, under an SA licence, stand under that licence too?

The condition binds adaptations only: a verbatim copy may stand on any site, whatever the site's own licence.
What passes: a changed text that is said to be under the article's licence, or one that this licence accepts.
What a person decides: a text changed in earnest that names another licence, also besides the right one, or none.
Nothing fails: whether a text is an adaptation is a question of law, and a wrong licence fails under the licence notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.checks._edits import extent, quotes, weightiest
from cccheck.checks._licences import Statement, statements
from cccheck.checks._subject import Subject
from cccheck.licenses import License
from cccheck.model import CheckResult, Outcome


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """`options["cuts"]`: `derivative` where an abridged text is an adaptation too (up to 2.5)."""
    found = extent(subject)
    abridged = found.cut == "material" and options.get("cuts") == "derivative"
    if found.altered != "material" and not abridged:
        return CheckResult(Outcome.INAPPLICABLE, "adaptation-none")
    words = {"altered": found.words_altered, "cut": found.words_cut, "words": subject.match.words_work}
    params = {"license": subject.license.short, **words}
    said = [s for s in statements(subject) if s.scope in ("article", "near") and s.evidence.visible == "visible"]
    shared = [s for s in said if accepts(subject.license, s.license)]
    others = [s for s in said if s.scope == "article" and s.certain and s.license.kind == "cc" and s not in shared]
    if shared and others:
        named = params | {"named": others[0].license.short}
        return CheckResult(Outcome.REVIEW, "adaptation-under-other-licence", named, _evidence([*others, *shared]))
    if shared:
        return CheckResult(Outcome.PASS, "adaptation-shared-alike", params, _evidence(shared))
    evidence = _evidence(said) or quotes(subject, weightiest(subject))
    if said:
        named = params | {"named": said[0].license.short}
        return CheckResult(Outcome.REVIEW, "adaptation-under-other-licence", named, evidence)
    return CheckResult(Outcome.REVIEW, "adaptation-without-licence", params, evidence)


def accepts(original: License, other: License) -> bool:
    """Whether an adaptation of a work under `original` may stand under `other`.

    1.0 asks for that very licence; from 2.0 on a later version and any port will do (§4(b); 4.0 §3(b)(1)).
    """
    if original.elements != other.elements or other.kind != "cc" or other.version is None:
        return False
    if original.version == "1.0":
        return other.version == "1.0"
    return _number(other) >= _number(original)


def _number(license: License) -> tuple[int, ...]:
    return tuple(int(part) for part in (license.version or "0").split("."))


def _evidence(found: list[Statement]) -> tuple[Any, ...]:
    return tuple(s.evidence for s in found[:3])
