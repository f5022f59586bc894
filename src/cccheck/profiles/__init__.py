"""Publishers' own terms: one TOML file a publisher (`rules/publishers/*.toml`), read, and turned into rules.

model, load   a profile; the files it is read from
catalogue     what terms there are, and which check decides each (`rules/terms.toml`)
rules         the rules that a profile adds for a work, and what it changes of those of the licence
credit        the credit to paste, in the publisher's own words
describe      what is said of a profile to people
new           a commented file to begin with
"""

from cccheck.profiles.catalogue import Kind, kinds
from cccheck.profiles.credit import credit_of
from cccheck.profiles.load import load_profiles, profile_problems, read_profile
from cccheck.profiles.model import Profile, Source, Term, profile_at
from cccheck.profiles.rules import adapted, allows_part, clause_of, rules_of, speaks, with_names

__all__ = [
    "Kind",
    "Profile",
    "Source",
    "Term",
    "adapted",
    "allows_part",
    "clause_of",
    "credit_of",
    "kinds",
    "load_profiles",
    "profile_at",
    "profile_problems",
    "read_profile",
    "rules_of",
    "speaks",
    "with_names",
]
