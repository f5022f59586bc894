"""The one place that calls trafilatura: the text of an original."""

from __future__ import annotations

import logging
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extract:
    """What the library read: the text with a blank line between paragraphs, and its guesses at title and authors."""

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()


def extract(html: str, url: str | None = None, *, metadata: bool = True) -> Extract:
    """The article of a page as trafilatura sees it; an empty text where it sees none. Never raises.

    `deduplicate` stays off: that filter remembers across calls, and the same page would give different answers.
    """
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            html,
            url=url,
            with_metadata=metadata,
            deduplicate=False,
            include_comments=False,
            include_tables=True,
        )
    except Exception:  # noqa: BLE001 - a library on hostile input: whatever it trips over, there is no text
        return Extract("")
    if found is None or isinstance(found, dict):
        return Extract("")
    lines = [line.strip() for line in (found.text or "").split("\n")]
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Extract("\n\n".join(line for line in lines if line), found.title or None, authors)
