"""Whether edits are told by their kinds: thousands are planted in real articles, then looked for.

    python benchmarks/edits.py FOLDER [--edits 2000] [--seed N] [--show N] [--standard]

FOLDER holds `base.jsonl`, a line a page ({"id", "file", "text", "url"}; `text` is the article's own text, set down by
people), and the gzip files that it names. Three things are measured:

untouched   the pages as they are, against their texts: no edit may be reported
put in      the same after ads, captions, appeals, boxes and pull quotes were put between their paragraphs: none either
planted     half of the pages with one edit, half with three to six: precision and recall of each kind. An edit is
            found if one of its kind is reported that begins and ends within five words of it in the original; a
            reported edit is right if one of its kind was planted there.

Pages on which a text differs from its own page (the people who set it down left out or mended a word) are named and not
counted. Exit status: 0, or 1 when a bound of `--standard` is broken.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent))

from planted_kinds import KINDS
from planting import Article, pieces_of, put_in

from cccheck.match import Corpus, match_page
from cccheck.match.normalize import word_spans
from cccheck.model import Author, Bundle, Capture, Edit, Match, Publisher, Target, Work
from cccheck.page import build_page

BOUND = 0.97  # precision and recall of every kind
NEAR = 5  # words
MIN_WORDS = 150
# Of other articles only what does not speak to readers is put in: "call us", "listen to" are what pages say themselves.
_TO_READERS = {"you", "your", "us", "our", "listen", "subscribe", "podcast", "newsletter"}
# Texts that are not their page's: what the page has that they have not.
DIFFERS = {
    "16c30add7e96": "half a sentence is missing from the text",
    "16623ee45de4": "a sentence is missing from the text",
    "5d1d7e311da0": "single quotation marks for the page's double ones",
    "1b10e56626b6": "headings that the page has as pictures only",
    "ad88cb9d8c54": "'access' for the page's 'acces'",
    "2217cfa3c8da": "'an' for the page's 'a'",
}


@dataclass
class Tally:
    """Of one kind: planted, found, reported, right."""

    planted: int = 0
    found: int = 0
    reported: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        """Share of what was planted that was found."""
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """Share of what was reported that was planted."""
        return self.right / self.reported if self.reported else 1.0


@dataclass
class Result:
    """All that was measured."""

    kinds: dict[str, Tally] = field(default_factory=dict)
    untouched: int = 0
    pages: int = 0
    put_in: int = 0
    boxes: int = 0
    notes: list[str] = field(default_factory=list)

    def of(self, kind: str) -> Tally:
        """The tally of a kind."""
        return self.kinds.setdefault(kind, Tally())


def bases(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Id, HTML and text of every page."""
    for line in (folder / "base.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        page = gzip.decompress((folder / row["file"]).read_bytes())
        yield row["id"], page.decode(row.get("encoding") or "utf-8", "replace"), row["text"]


def examine(page: str, text: str) -> Match | None:
    """What is found of a text on a page."""
    work = Work(
        id="work",
        title="",
        authors=(Author("Wilhelmina Trask"),),
        publisher=Publisher("The Tidewater Courier", "https://tidewatercourier.example/"),
        url="https://tidewatercourier.example/article",
        licenses=("CC-BY-4.0",),
        text=text,
    )
    url = "https://harbourdigest.example/copy"
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    capture = Capture(url, url, 200, headers, page.encode("utf-8", "replace"), "2026-11-01T00:00:00Z")
    built = build_page(Bundle(Target(url, "work", 1), capture))
    found = match_page(built, Corpus([work]), "work")  # type: ignore[arg-type]
    return found if isinstance(found, Match) else None


def usable(page: str, text: str) -> bool:
    """Whether nearly all of a text stands on its page."""
    found = examine(page, text)
    return found is not None and len(text.split()) >= MIN_WORDS and found.words_copied >= 0.95 * found.words_work


def is_english(text: str) -> bool:
    """Whether a text is in the language that edits are planted in."""
    return len({"the", "and", "of", "to", "in", "with"} & set(text.split())) == 6


def measure(folder: Path, edits: int, seed: int) -> Result:
    """Plant and look."""
    result = Result()
    chance = random.Random(seed)
    known = list(bases(folder))
    for id, page, text in known:
        if id not in DIFFERS and (found := examine(page, text)):
            result.pages += 1
            result.untouched += _noise(result, id, "untouched", found)
    good = [base for base in known if base[0] not in DIFFERS and is_english(base[2]) and usable(base[1], base[2])]
    sentences = [s.strip() for _, _, text in good for s in pieces_of(text) if 10 <= len(s.split()) <= 35]
    sentences = [s for s in sentences if s.endswith(".") and not set(s) & set("“”\"‘«|{}<>[]") and s[0].isupper()]
    sentences = [s for s in sentences if not _TO_READERS & set(s.lower().rstrip(".").split())]
    paragraphs = [p.strip() for _, _, text in good for p in text.split("\n") if 25 <= len(p.split()) <= 90]
    paragraphs = [p for p in paragraphs if p.endswith(".") and not set(p) & set("|{}<>[]:")]
    paragraphs = [p for p in paragraphs if not _TO_READERS & set(p.lower().rstrip(".").split())]

    def article(base: tuple[str, str, str]) -> Article:
        return Article(base[0], base[1], pieces_of(base[2]), chance, sentences, paragraphs)

    for base in good:
        made = article(base)
        result.boxes += len(list(put_in(made, 5)))
        if found := examine(made.html, made.text):
            result.put_in += _noise(result, base[0], "put in", found)
    planted = single = 0
    names = list(KINDS)
    while planted < edits:
        made = article(chance.choice(good))
        if single < edits // 2:
            wanted = [names[single % len(names)]]
        else:
            wanted = [chance.choice(names) for _ in range(chance.randint(3, 6))]
        for kind in wanted:
            KINDS[kind](made)
        single += len(made.plants) if len(wanted) == 1 else 0
        planted += len(made.plants)
        if made.plants:
            _score(result, made)
    return result


def _noise(result: Result, id: str, what: str, found: Match) -> int:
    for edit in found.edits:
        result.notes.append(f"{what}: {id} {_told(edit)}")
    return len(found.edits)


def _told(edit: Edit) -> str:
    copy = edit.copy.quote[:120] if edit.copy else None
    return f"{edit.kind} {edit.detail} {edit.original_quote[:120]!r} → {copy!r}"


def _score(result: Result, made: Article) -> None:
    found = examine(made.html, made.text)
    spans = word_spans(made.text)
    starts = [start for start, _ in spans]
    edits = list(found.edits) if found else []
    places = [(bisect_left(starts, e.original_start), bisect_left(starts, e.original_end)) for e in edits]
    wanted = []
    for plant in made.plants:
        low, high = made.span(plant)
        wanted.append((plant, bisect_left(starts, low), bisect_left(starts, high)))
    for plant, low, high in wanted:
        tally = result.of(plant.kind)
        tally.planted += 1
        if _is_found(plant.kind, low, high, edits, places):
            tally.found += 1
        else:
            near = [_told(e) for e, (a, b) in zip(edits, places, strict=True) if a <= high + NEAR and low - NEAR <= b]
            result.notes.append(f"missed: {made.id} {plant.kind} {plant.what[:100]} | instead: {near}")
    for edit, (low, high) in zip(edits, places, strict=True):
        tally = result.of(edit.kind)
        tally.reported += 1
        if any(p.kind == edit.kind and a - NEAR <= low and high <= b + NEAR for p, a, b in wanted):
            tally.right += 1
        else:
            near = [f"{p.kind} {p.what[:80]}" for p, a, b in wanted if a - NEAR <= high and low <= b + NEAR]
            result.notes.append(f"false: {made.id} {_told(edit)} | planted: {near}")


def _is_found(kind: str, low: int, high: int, edits: Sequence[Edit], places: Sequence[tuple[int, int]]) -> bool:
    same = [place for edit, place in zip(edits, places, strict=True) if edit.kind == kind]
    inside = [(a, b) for a, b in same if low - NEAR <= a and b <= high + NEAR]
    if not inside:
        return False
    return min(a for a, _ in inside) - low <= NEAR and high - max(b for _, b in inside) <= NEAR


def show(result: Result) -> str:
    """The figures as a table."""
    lines = [f"{'kind':20}{'planted':>9}{'precision':>11}{'recall':>9}"]
    for kind in KINDS:
        tally = result.of(kind)
        lines.append(f"{kind:20}{tally.planted:9}{tally.precision:11.3f}{tally.recall:9.3f}")
    for kind, tally in result.kinds.items():
        if kind not in KINDS and tally.reported:
            lines.append(f"{kind:20}{'none':>9}{tally.precision:11.3f}")
    lines.append(f"edits reported on {result.pages} untouched pages: {result.untouched}")
    lines.append(f"edits reported after {result.boxes} boxes were put in: {result.put_in}")
    lines.append(f"not counted, for their texts differ: {len(DIFFERS)} pages")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print; 1 when a bound is broken."""
    parser = argparse.ArgumentParser(description="Plant edits in articles and look for them.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--edits", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="so many of the wrong answers of each sort")
    parser.add_argument("--standard", action="store_true", help="hold the figures to the project's bounds")
    options = parser.parse_args(arguments)
    began = process_time()
    result = measure(options.folder, options.edits, options.seed)
    shown: Counter[str] = Counter()
    for note in result.notes:
        sort = " ".join(note.split()[0:1] + note.split()[2:3])
        shown[sort] += 1
        if shown[sort] <= options.show:
            print(note)
    print(show(result))
    print(f"{process_time() - began:.0f} s of CPU")
    bad = result.untouched or result.put_in or any(
        min(result.of(kind).precision, result.of(kind).recall) < BOUND for kind in KINDS
    )
    return int(bool(options.standard and bad))


if __name__ == "__main__":
    sys.exit(main())
