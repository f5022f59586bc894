"""Which pages of a run are meant by what somebody types: a site, an address, a page's id."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cccheck.errors import UsageError
from cccheck.journal import JOURNAL, whole_rows
from cccheck.model import SITE_ORDER
from cccheck.validation import nearest

_ORDER = [verdict.value for verdict in SITE_ORDER]


def find_pages(folder: Path, wanted: str) -> list[dict[str, Any]]:
    """The rows of the pages meant, what needs attention first.

    Of a site's name all its pages; of an address, with or without `https://` and `www.`, that page (twice, where it was
    checked for two works); of an id the page. Raises UsageError that names what is nearest.
    """
    bare = _bare(wanted)
    pages: list[dict[str, Any]] = []
    known: set[str] = set()
    for _, _, row in whole_rows(folder / JOURNAL):
        if _is_meant(row, wanted, bare):
            pages.append(row)
        elif not pages:
            known.add(_bare(row["url"]) if "/" in bare else row["site"])
    if not pages:
        what = "page" if "/" in bare else "site"
        mend = nearest(bare, sorted(known)) if known else "the run has no pages"
        raise UsageError(f"{wanted}: no {what} of the run in {folder}; {mend}")
    return sorted(pages, key=lambda row: (_ORDER.index(row["verdict"]), row["url"], row["hint"] or ""))


def _is_meant(row: Mapping[str, Any], wanted: str, bare: str) -> bool:
    if wanted == row["id"] or bare == row["site"]:
        return True
    addresses = {_bare(url) for url in (row["url"], row["final_url"]) if url}
    return bare in addresses if "/" in bare else bare in {address.partition("/")[0] for address in addresses}


def _bare(address: str) -> str:
    """An address without what people leave out: scheme, `www.`, the last slash, a fragment."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.netloc or "").lower().removeprefix("www.")
    except ValueError:
        return address
    path = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return host + path
