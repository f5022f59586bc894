"""The rules: packs of data, one a licence, read from folders, inherited, and applied to a licence.

`load_rules(*folders)` gives the `Rulebook`; `Rulebook.rules_for(license)` the rules that checks decide.
"""

from cccheck.rulebook.book import Entry, Pack, Rulebook, load_rules

__all__ = ["Entry", "Pack", "Rulebook", "load_rules"]
