"""Letters to republishers: page records in, a courteous draft out. Nothing is ever sent, and nothing is judged again.

Alleged is only what a report calls a required `fail` of the republisher's own. The sentences are templates in
`rules/letters/<language>/`; a team's own folder of templates goes before them.
"""

from cccheck.letters.judged import license_of
from cccheck.letters.model import VARIANTS, Copy, Letter, Sender, Variant
from cccheck.letters.write import alleged, choose_variant, write_letter

__all__ = ["VARIANTS", "Copy", "Letter", "Sender", "Variant", "alleged", "choose_variant", "license_of", "write_letter"]
