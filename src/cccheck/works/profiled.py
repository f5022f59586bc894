"""A draft with the profile of its publisher, picked by the publisher's domain, and what it says of every work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cccheck.errors import UsageError
from cccheck.profiles import Profile, profile_at
from cccheck.validation import nearest
from cccheck.works.derive import Draft
from cccheck.works.facts import Fact
from cccheck.works.record import in_order

NONE = "none"  # given as a profile: none is to be picked


def with_profile(draft: Draft, profiles: Mapping[str, Profile]) -> Draft:
    """The draft with `profile`, and with what the profile asks of a copy where nothing else said it.

    Raises UsageError for a given profile that is not there.
    """
    facts = dict(draft.facts)
    given = facts.pop("profile", None)
    if given is not None and given.value != NONE and given.value not in profiles:
        raise UsageError(f"--profile: `{given.value}` is no known profile; {nearest(given.value, profiles)}")
    if given is not None and given.value == NONE:
        return replace(draft, facts=facts)
    found = profiles[given.value] if given else _at(draft, profiles)
    if found is None:
        return draft
    facts["profile"] = given or Fact(found.id, "the publisher's domain")
    facts.setdefault("publisher", Fact(found.name, "its profile"))
    if found.full and found.credit is not None and facts["credit"].origin == "the default":
        facts["credit"] = Fact(in_order(frozenset(found.credit)), "its profile")
    unclear = {key: hint for key, hint in draft.unclear.items() if key not in facts}
    if "license" not in facts:
        unclear.setdefault("license", f"its profile says {' or '.join(grant.license for grant in found.grants)}")
    return replace(draft, facts=facts, unclear=unclear)


def _at(draft: Draft, profiles: Mapping[str, Profile]) -> Profile | None:
    addresses = (draft.facts[key].value for key in ("publisher_url", "url") if key in draft.facts)
    return next((found for url in addresses if (found := profile_at(url, profiles.values()))), None)
