"""What to do after a scan, in the order in which it is best done: from the table's rows to sentences and commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cccheck.report.table import SiteRow

_NAMED = 3  # sites a step names


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, in plain words, and the sites to begin with; whether a letter may follow."""

    text: str
    sites: tuple[str, ...] = ()
    more: int = 0
    letter: bool = False

    def commands(self, folder: str, *, kept: bool) -> Iterator[tuple[str, ...]]:
        """What to type for the first of the sites: to see it, then to write to it.

        Letters go by the history where the run is `kept` in one, else by the run's folder.
        """
        if self.sites:
            yield "cccheck", "show", folder, self.sites[0]
        if self.letter:
            yield "cccheck", "letter", self.sites[0], *(() if kept else ("--run", folder)), "--now-confirmed"


def next_steps(rows: Sequence[SiteRow], unread_lines: int = 0) -> Iterator[Step]:
    """The steps, most urgent first. `unread_lines` is how many lines of the list could not be used."""
    for verdict, sentence in _SENTENCES.items():
        found = sorted((row for row in rows if row.verdict == verdict), key=lambda row: (-row.weight, row.site))
        if found:
            named = tuple(row.site for row in found[:_NAMED])
            yield Step(sentence(len(found)), named, len(found) - len(named), verdict == "violation")
    if unread_lines:
        yield Step(f"Mend the {_count(unread_lines, 'line')} of the list that could not be read; they are named above.")
    if rows and not unread_lines and not any(row.verdict in _SENTENCES for row in rows):
        yield Step("Nothing: no site needs your attention.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _violation(sites: int) -> str:
    return (
        f"Look at the pages of {_count(sites, 'site')} where something required is not there. If you agree, draft "
        "a letter to the site, with the credit line in it."
    )


def _review(sites: int) -> str:
    return f"Decide about {_count(sites, 'site')}: what is there can be read two ways, and each finding says why."


def _unavailable(sites: int) -> str:
    return f"{_count(sites, 'site')} could not be read: scan again later, or look in a browser."


_SENTENCES: dict[str, Callable[[int], str]] = {
    "violation": _violation,
    "review": _review,
    "unavailable": _unavailable,
}


def told(sites: Iterable[str], more: int) -> str:
    """The sites in one phrase."""
    named = ", ".join(sites)
    return f"{named} and {more} more" if more else named
