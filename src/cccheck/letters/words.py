"""The words of a letter's language: dates, lists, the credit line, the names of what is there and what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from typing import Any

from cccheck.creditline import credit_line
from cccheck.data import rule_table, rules_dir
from cccheck.licenses import License
from cccheck.messages import join, sentence, told
from cccheck.model import CreditLine, Work


@dataclass(frozen=True)
class Words:
    """One language's `words.toml`."""

    language: str
    tables: Mapping[str, Mapping[str, Any]]

    def day(self, when: date) -> str:
        """A date as people write it."""
        write = self.tables["write"]
        day = write.get("first", "1") if when.day == 1 else str(when.day)
        return str(write["date"]).format(day=day, month=write["months"][when.month - 1], year=when.year)

    def quoted(self, text: str) -> str:
        """A title in quotation marks."""
        return str(self.tables["write"]["quotes"]).format(text)

    def listed(self, parts: list[str]) -> str:
        """`a, b and c`."""
        return join(parts, self.language)

    def found(self, check: str) -> str | None:
        """What a copy gives where this check passes, as words within a sentence; None for what goes without saying."""
        return self.tables["found"].get(check)

    def missing(self, check: str, code: str, params: Mapping[str, Any]) -> str:
        """What is missing, in a letter's own words; else in those of the report's messages."""
        own = self.tables["missing"].get(code)
        return sentence(own, params, self.language) if own else told(check, code, params, self.language)

    def clause(self, cited: str) -> str:
        """A clause as this language cites it: its words are translated, names and numbers stay."""
        known = self.tables["clauses"]
        pattern = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
        return re.sub(rf"\b(?:{pattern})\b", lambda found: known[found[0]], cited)

    def credit(self, work: Work, license: License | None, reported: CreditLine | None) -> CreditLine | None:
        """The credit line in this language; one in a publisher's own wording stays as it was reported."""
        if license is None or reported is None or reported != credit_line(work, license):
            return reported
        lines = self.tables["credit"]
        authors = self.listed([author.name for author in work.authors])
        values = {"title": work.title, "publisher": work.publisher.name}
        text = values | {
            "url": work.url,
            "by": lines["by"].format(authors=authors) if authors else "",
            "under": _under(lines, license, f"{license.short} ({license.url})" if license.url else license.short),
        }
        licence = f'<a href="{escape(license.url)}" rel="license">{escape(license.short)}</a>' if license.url else ""
        html = {
            "title": _link(work.url, work.title),
            "publisher": _link(work.publisher.url, work.publisher.name),
            "by": escape(lines["by"].format(authors=authors)) if authors else "",
            "under": _under(lines, license, licence or escape(license.short)),
        }
        return CreditLine(html=lines["html"].format(**html), text=lines["text"].format(**text))


def _under(lines: Mapping[str, str], license: License, licence: str) -> str:
    kind = {"unspecified": "unnamed", "permission": "permission"}.get(license.kind, "licence")
    return lines[kind].format(licence=licence)


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{escape(text, quote=False)}</a>'


def languages() -> tuple[str, ...]:
    """The languages that letters can be written in."""
    return tuple(sorted(path.parent.name for path in (rules_dir() / "letters").glob("*/words.toml")))


@cache
def words(language: str) -> Words:
    """The words of one of `languages()`."""
    return Words(language, rule_table(f"letters/{language}/words.toml"))
