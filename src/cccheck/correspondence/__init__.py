"""Whom to write to about what: the pages of a site put together, each with its work, and why there may be no letter.

With a history the cases say what may be alleged (what was seen twice) and what was written before; without one, a run's
report does, and somebody has to have looked.
"""

from cccheck.correspondence.cases import PERIOD, Desk, due_at, from_history
from cccheck.correspondence.model import Addressee
from cccheck.correspondence.reach import Contacts
from cccheck.correspondence.run import from_run, of_site

__all__ = ["PERIOD", "Addressee", "Contacts", "Desk", "due_at", "from_history", "from_run", "of_site"]
