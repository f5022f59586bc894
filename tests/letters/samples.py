"""One letter of each kind, about pages that are judged here and now. `python tests/letters/samples.py` writes them anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "src")]

from cccheck.letters import Copy, Letter, Sender, license_of, write_letter
from cccheck.letters.forms import as_text
from cccheck.letters.words import languages
from cccheck.model import Work
from cccheck.report.record import page_record
from making import audit, with_text, work

GOLDEN = Path(__file__).parent / "golden"
SITE = "harbourdigest.example"
SENDER = Sender("rights@tidewatercourier.example", "Ines Calloway\nThe Tidewater Courier")
TODAY = date(2026, 11, 3)

BARE = "<h1>Ferries</h1><article><!--text--></article>"
BYLINE = f"<p>By Maren Oakhollow</p>{BARE}<p>First published by The Tidewater Courier.</p>"
CREDITED = (
    f'{BYLINE}<p>Read the <a href="{work().url}">original</a>, which is under '
    '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>.</p>'
)
CHANGES = (
    (
        "an inspector found that neither boat carried enough life rafts for a winter night. The service was halted within "
        "the hour, and the pier stood empty",
        "officials who had come to look at the vessels decided that both of them were a danger to everybody on board. All "
        "trips were called off at once, and nobody was seen at the quay",
    ),
    (
        "The council has now found money for one electric ferry with sixty seats, to be built in the yard at Penhallow",
        "Local politicians say they will pay for a modern battery ship with room for a whole school, which is to come from "
        "a firm in the south",
    ),
    (
        "Bus drivers say the road ices over by midnight. Three cleaners have given up their jobs, and the hospital counts",
        "People at the wheel complain of frost late in the evening. Some of the staff went elsewhere, and the clinic has",
    ),
)


def copy_of(html: str, original: Work | None = None, url: str = f"https://{SITE}/news/a-copy", **more: Any) -> Copy:
    """A page as a report has it."""
    meant = original or work()
    row = page_record(audit(html, meant, url=url), SITE)
    return Copy(row, meant, license_of(row, meant), **more)


def rewritten(original: Work) -> str:
    """The credited text with some of its words replaced."""
    html = with_text(CREDITED.replace("/by/", "/by-nd/").replace("CC BY", "CC BY-ND"), original)
    for ours, theirs in CHANGES:
        assert ours in html
        html = html.replace(ours, theirs)
    return html


def cases() -> Iterator[tuple[str, list[Copy]]]:
    """Names of letters, and what they are about."""
    nd, old = work(license="CC-BY-ND-4.0"), work(license="CC-BY-3.0", credit=["author", "publisher", "link"])
    two = copy_of(
        BARE,
        replace(old, id="old-ferries", title="Old Ferries", url="https://tidewatercourier.example/1999/old-ferries"),
        f"https://{SITE}/old",
    )
    told, later = date(2026, 10, 20), date(2026, 9, 20)
    yield "uncredited", [copy_of(BARE)]
    yield "uncredited-two", [copy_of(BYLINE), two]
    yield "almost", [copy_of(BYLINE)]
    yield "altered", [copy_of(rewritten(nd), nd)]
    yield "reminder", [copy_of(BYLINE, notified=told)]
    yield "overdue", [copy_of(BYLINE, notified=later)]
    yield "thanks", [copy_of(CREDITED, notified=told, cured=date(2026, 11, 1))]
    yield "apology", [copy_of(CREDITED, notified=told, withdrawn=True)]


def letters(language: str) -> Iterator[tuple[str, Letter]]:
    for name, copies in cases():
        yield name, write_letter(SITE, copies, SENDER, language=language, today=TODAY)


def main() -> None:
    for language in languages():
        for name, letter in letters(language):
            path = GOLDEN / language / f"{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(as_text(letter), encoding="utf-8")


if __name__ == "__main__":
    main()
