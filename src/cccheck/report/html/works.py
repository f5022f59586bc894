"""The articles of a run, as the views name them: titles, licences, texts ready to be compared."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from cccheck.licenses import parse_license
from cccheck.report.html.compare import Original, original
from cccheck.report.kept import Originals

_AT_HAND = 256  # records kept in memory


class Works:
    """The articles of a run: records as far as they were kept, titles, licences."""

    def __init__(self, originals: Originals) -> None:
        self._originals = originals
        self.record = lru_cache(maxsize=_AT_HAND)(self._record)
        self.text = lru_cache(maxsize=_AT_HAND)(self._text)

    def _record(self, work: str | None) -> dict[str, Any] | None:
        """The record of a work, or None where none was kept."""
        return self._originals.get(work)

    def _text(self, work: str | None, version: str | None) -> Original | None:
        """Its text, or that of an earlier version, ready to be compared."""
        record = self.record(work)
        if record is None:
            return None
        versions = {old["date"]: old["text"] for old in record.get("versions", ())}
        return original(versions.get(version or "", record["text"]))

    def title(self, work: str | None) -> str:
        """Its title, else its id."""
        record = self.record(work)
        return record["title"] if record else work or ""

    def licence(self, work: str | None) -> str:
        """Its licence as people write it: `CC BY 4.0`; several with `/`."""
        record = self.record(work)
        if record is None:
            return ""
        given = record["license"] if isinstance(record["license"], list) else [record["license"]]
        known = (parse_license(text) for text in given)
        return " / ".join(licence.short if licence else text for licence, text in zip(known, given, strict=True))

    @cached_property
    def titles(self) -> list[tuple[str, str]]:
        """Id and title of every article whose record was kept, by title."""
        return sorted(((record["id"], record["title"]) for record in self._originals), key=lambda item: item[1])
