"""Creative Commons licences: what they are called, written as identifiers, addresses and names in running text.

`parse_license` reads a work record, `from_url` a link, `find_names` a text, `find_clues` what is no name but a hint;
`meant` what a person typed; `same_license` compares two. The tables are `rules/cc/*.json`.
"""

from cccheck.licenses.cure import Cure, cure_of
from cccheck.licenses.identifiers import parse_license
from cccheck.licenses.meant import as_recorded, meant
from cccheck.licenses.model import PERMISSION, UNSPECIFIED, Kind, License, Likeness, same_license
from cccheck.licenses.names import Clue, Named, find_clues, find_names
from cccheck.licenses.tools import all_tools, tool
from cccheck.licenses.urls import from_url

__all__ = [
    "PERMISSION",
    "UNSPECIFIED",
    "Clue",
    "Cure",
    "Kind",
    "License",
    "Likeness",
    "Named",
    "all_tools",
    "as_recorded",
    "cure_of",
    "find_clues",
    "find_names",
    "from_url",
    "meant",
    "parse_license",
    "same_license",
    "tool",
]
