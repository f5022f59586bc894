"""By which licence a page was judged: its record does not say so, but its credit line does."""

from __future__ import annotations

from cccheck.creditline import credit_line
from cccheck.letters.model import Record
from cccheck.licenses import License, parse_license
from cccheck.model import Work


def license_of(record: Record, work: Work) -> License | None:
    """The licence by which a page was judged: of several, the one that its credit line is for."""
    known = [license for license in map(parse_license, work.licenses) if license is not None]
    reported = (record["credit_line"] or {}).get("text")
    return next((license for license in known if credit_line(work, license).text == reported), next(iter(known), None))
