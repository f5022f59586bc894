"""What a run keeps of what it was judged by: the records of its works, and the rules of their licences in words.

With them a report can be drawn from the run's folder alone, when catalogue and rules have long changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cccheck.errors import DataError
from cccheck.files import replacing
from cccheck.journal import FOLLOW_UP, JOURNAL, MEND, ORIGINALS, RULES, Row, whole_rows
from cccheck.licenses import License, parse_license
from cccheck.model import Work
from cccheck.profiles import Profile, clause_of, kinds
from cccheck.profiles.describe import dates_of, level_of
from cccheck.rulebook import Entry, Rulebook
from cccheck.rulebook.conditions import quotation
from cccheck.rulebook.describe import due
from cccheck.works.record import record_of


def keep(folder: Path, works: Mapping[str, Work], rules: Rulebook) -> None:
    """Write the records of all works that the run's journal names, and the rules they were held to."""
    named, applied = _named(folder)
    used = [works[key] for key in sorted(named) if key in works]
    _write(folder / ORIGINALS, map(record_of, used))
    _write(folder / RULES, _rules(used, applied, rules))


def _named(folder: Path) -> tuple[set[str], set[str]]:
    """The ids of works, and of rules, that the journal names."""
    works: set[str] = set()
    rules: set[str] = set()
    for _, _, row in whole_rows(folder / JOURNAL):
        works.update(filter(None, (row.get("work"), row.get("hint"))))
        rules.update(finding["rule"] for finding in row.get("findings", ()))
    return works, rules


def _rules(works: Iterable[Work], applied: set[str], book: Rulebook) -> Iterator[Row]:
    """Every row of the works' licences, decided by a program or not; then the others that were applied."""
    licenses = dict.fromkeys(parse_license(text) for work in works for text in work.licenses)
    told: set[str] = set()
    for license in licenses:
        for entry in book.entries_for(license) if license else ():
            if entry.rule.id not in told:
                told.add(entry.rule.id)
                yield _rule(entry, license)
    for rule_id in sorted(applied - told):
        head, _, name = rule_id.partition("/")
        other, profile = book.entry(rule_id), book.profiles.get(head)
        if other is not None:
            yield _rule(other, book.packs[head].license)
        elif profile is not None and name in profile.terms:
            yield _term(profile, name)


def _term(profile: Profile, name: str) -> Row:
    """A rule of a publisher's profile."""
    term, kind = profile.terms[name], kinds()[name]
    words = {"asks": kind.words(profile, term), "remedy": kind.mend(profile, term)}
    level = level_of(profile, term)
    return {
        "rule": f"{profile.id}/{name}",
        "license": profile.name,
        "title": kind.title,
        "check": kind.check,
        "level": "required" if level == "required" else "guideline",
        "basis": "terms" if level == "required" else "guideline",
        "clause": clause_of(profile),
        "clause_url": profile.sources[0].url,
        "due": dates_of(term) or "always",
        "words": words,
        "quote": "",
    }


def _rule(entry: Entry, license: License | None) -> Row:
    rule = entry.rule
    words = {key: text for key, text in entry.words.items() if text}
    quote = quotation(license, entry.covers) if license and entry.source.number else ""
    return {
        "rule": rule.id,
        "license": license.short if license else "",
        "title": rule.title,
        "check": rule.check if entry.decided else None,
        "level": rule.level,
        "basis": rule.basis,
        "clause": rule.clause,
        "clause_url": rule.clause_url,
        "due": due(entry),
        "words": words,
        "quote": quote,
    }


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with replacing(path) as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


# ------------------------------------------------------------------ read back

# What the lines of each file have at least.
_OF_WORK = frozenset({"id", "url", "title", "authors", "publisher", "license", "text"})
_OF_SITE, _OF_RUN = frozenset({"site"}), frozenset({"since", "changes"})
OF_RULE = frozenset({"rule", "license", "title", "check", "level", "basis", "clause", "due", "words", "quote"})


class Originals:
    """The records of a run's works, read one at a time: only their places are held."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / ORIGINALS
        self._places = {row["id"]: offset for offset, row in read_lines(self._path, _OF_WORK)}

    def __iter__(self) -> Iterator[Row]:
        return (row for _, row in read_lines(self._path, _OF_WORK))

    def get(self, work: str | None) -> Row | None:
        """The record with that id, or None: runs of early versions kept none."""
        return _line(self._path, self._places[work]) if work in self._places else None


class FollowUp:
    """What followed from the run, as it stood when the run ended; nothing for runs that kept nothing of it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FOLLOW_UP
        self._places: dict[str, int] = {}
        self.run: Row = {"since": None, "changes": None}
        for offset, row in read_lines(self._path, _OF_SITE, _OF_RUN):
            if "site" in row:
                self._places[row["site"]] = offset
            else:
                self.run = row

    def of(self, site: str) -> Row:
        """History, cases and letter of a site, as far as there are any."""
        return _line(self._path, self._places[site]) if site in self._places else {}

    def first_seen(self, site: str, url: str) -> str:
        """When the history saw a page first, as far as it told; empty where it did not."""
        return min((seen["first_seen"] for seen in self.of(site).get("seen", ()) if seen["url"] == url), default="")


def read_blocks(folder: Path, page_id: str) -> list[Row]:
    """The text blocks of a page, as the run kept them. Raises DataError where the file is not there or is damaged."""
    path = folder / "pages" / f"{page_id}.json"
    try:
        kept = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise DataError(path, "", "is not there", MEND) from None
    except (OSError, ValueError, RecursionError):
        kept = None
    blocks = kept.get("blocks") if isinstance(kept, dict) else None
    if not (isinstance(blocks, list) and all(map(_is_block, blocks))):
        raise DataError(path, "", "is not what a scan wrote there", MEND)
    return blocks


def _is_block(row: Any) -> bool:
    """Whether it has all that is drawn of a block."""
    return (
        isinstance(row, dict)
        and isinstance(row.get("index"), int)
        and all(isinstance(row.get(key, ""), str) for key in ("mark", "hidden_by"))
        and all(isinstance(row.get(key), str) for key in ("tag", "text", "visible"))
        and isinstance(row.get("copied", []), list)
        and all(map(_is_span, row.get("copied", [])))
    )


def _is_span(span: Any) -> bool:
    return isinstance(span, list) and len(span) == 2 and all(isinstance(place, int) for place in span)


def _line(path: Path, offset: int) -> Row:
    with path.open("rb") as file:
        file.seek(offset)
        row: Row = json.loads(file.readline())
    return row


def read_lines(path: Path, *members: frozenset[str]) -> Iterator[tuple[int, Row]]:
    """Offset and content of each line of a file of JSON lines; nothing where there is no file.

    A line is an object that has all of one of these sets of members. Raises DataError with the line for any other.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        start = 0
        for number, line in enumerate(file, 1):
            row = _parsed(line)
            if not isinstance(row, dict) or not any(needed <= row.keys() for needed in members):
                raise DataError(path, f"line {number}", "is not what a scan wrote there", MEND)
            yield start, row
            start += len(line)


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
