"""How well the body of a copy is found: a page's marked blocks against its article's own text, trafilatura beside it.

    python benchmarks/body.py FOLDER [--replaced SHARE] [--seed N] [--pages N] [--show N] [--bound F1]

FOLDER holds `base.jsonl`, a line a page ({"id", "file", "text", "url"}; `text` is the article's own text, set down by
people), and the gzip files that it names. Before matching, SHARE of the sentences of the original are replaced by
sentences of other articles, so that the original does not give the answer away: what stands in their place on the page
must be found by where it stands.

F1 is that of article-extraction-benchmark (https://github.com/scrapinghub/article-extraction-benchmark, `evaluate.py`,
commit 11b407d): shingles of four `\\w+` tokens, counted with multiplicity; true and false positives and false negatives
of a page are divided by their sum; precision and recall are means over the pages, and F1 is their harmonic mean.

Exit status: 0, or 1 when F1 is below the bound.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import mean
from time import process_time

from cccheck.match import Corpus, match_page
from cccheck.model import Author, Bundle, Capture, Match, Page, Publisher, Target, Work
from cccheck.page import build_page

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[^\W\d_a-z])")
_TOKEN = re.compile(r"\w+")
_SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Base:
    """A page whose article is known."""

    id: str
    html: bytes
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """A page's true positives, false positives and false negatives, as shares of their sum."""

    tp: float
    fp: float
    fn: float

    @property
    def precision(self) -> float:
        """1 where nothing is wrong, even if nothing is there."""
        return 1.0 if self.fp == self.fn == 0 else self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """As `precision`."""
        return 1.0 if self.fp == self.fn == 0 else self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0


def load(folder: Path, limit: int | None) -> list[Base]:
    """The pages of a folder, in order."""
    lines = (folder / "base.jsonl").read_text("utf-8").splitlines()
    return [_base(folder, json.loads(line)) for line in islice(lines, limit)]


def _base(folder: Path, row: dict[str, str]) -> Base:
    return Base(row["id"], gzip.decompress((folder / row["file"]).read_bytes()), row["url"], row["text"])


# ------------------------------------------------------------------ the metric


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four tokens; of a shorter text, the text."""
    tokens = _TOKEN.findall(text)
    runs = (tuple(tokens[at : at + _SHINGLE]) for at in range(max(1, len(tokens) - _SHINGLE + 1)))
    return Counter(run for run in runs if run)


def compare(true: str, found: str) -> Score:
    """How far two texts are one."""
    wanted, given = shingles(true), shingles(found)
    tp, fp, fn = (wanted & given).total(), (given - wanted).total(), (wanted - given).total()
    whole = tp + fp + fn or 1
    return Score(tp / whole, fp / whole, fn / whole)


def f1(scores: list[Score]) -> tuple[float, float, float]:
    """F1, precision and recall over all pages."""
    precision = mean(s.precision for s in scores if s.tp + s.fp)
    recall = mean(s.recall for s in scores if s.tp + s.fn)
    return 2 * precision * recall / (precision + recall), precision, recall


# ------------------------------------------------------------------ what is compared


def sentences(paragraph: str) -> list[str]:
    """A paragraph cut after full stops; roughly, for any cut will do."""
    return _SENTENCE_END.split(paragraph)


def spoilt(base: Base, others: list[Base], share: float, chance: random.Random) -> str:
    """The original as another: `share` of its sentences are those of other articles."""
    paragraphs = [sentences(part) for part in base.text.split("\n\n")]
    places = [(p, s) for p, part in enumerate(paragraphs) for s in range(len(part))]
    for p, s in chance.sample(places, round(share * len(places))):
        other = chance.choice(others)
        paragraphs[p][s] = chance.choice(sentences(chance.choice(other.text.split("\n\n"))))
    return "\n\n".join(" ".join(part) for part in paragraphs)


def read(base: Base) -> Page:
    """The page as the program reads it."""
    headers = (("content-type", "text/html"),)
    capture = Capture(base.url, base.url, 200, headers, base.html, "2026-01-01T00:00:00Z")
    page = build_page(Bundle(Target(base.url), capture))
    if not isinstance(page, Page):
        raise SystemExit(f"{base.id}: {page.detail}")
    return page


def work_of(base: Base, text: str) -> Work:
    """The record of an original."""
    publisher = Publisher("The Lamp", "https://lamp.example/")
    return Work(base.id, "", (Author("A"),), publisher, f"https://lamp.example/{base.id}", ("CC-BY-4.0",), text)


def by_matching(page: Page, corpus: Corpus) -> str:
    """The blocks that the match marks as the copy's body."""
    match = match_page(page, corpus)
    return "\n".join(page.blocks[number].text for number in match.body) if isinstance(match, Match) else ""


def by_trafilatura(base: Base) -> str:
    """The text that trafilatura extracts, as this program calls it."""
    import trafilatura

    found = trafilatura.bare_extraction(base.html, url=base.url, include_comments=False, deduplicate=False)
    return (found.text or "") if found is not None else ""


def timed(function: Callable[[], str]) -> tuple[str, float]:
    """What a function gives, and the CPU seconds it took."""
    start = process_time()
    return function(), process_time() - start


Row = tuple[Base, Score, float, Score, float]


def results(bases: list[Base], share: float, chance: random.Random) -> Iterator[Row]:
    """Each page's score and seconds (matching without reading the page), ours and trafilatura's."""
    for base in bases:
        others = [other for other in bases if other is not base]
        corpus, page = Corpus([work_of(base, spoilt(base, others, share, chance))]), read(base)
        ours, seconds = timed(lambda page=page, corpus=corpus: by_matching(page, corpus))
        theirs, their_seconds = timed(lambda base=base: by_trafilatura(base))
        yield base, compare(base.text, ours), seconds, compare(base.text, theirs), their_seconds


def main(arguments: list[str] | None = None) -> int:
    """Measure, print; 1 when F1 is below the bound."""
    import logging

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    parser = argparse.ArgumentParser(description="F1 of the body found by matching, and of trafilatura's.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--replaced", type=float, default=0.2, metavar="SHARE", help="of the original's sentences")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, metavar="N", help="only the first N pages")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="list the N worst pages")
    parser.add_argument("--bound", type=float, metavar="F1")
    options = parser.parse_args(arguments)
    rows = list(results(load(options.folder, options.pages), options.replaced, random.Random(options.seed)))
    for base, score, *_ in sorted(rows, key=lambda row: row[1].tp)[: options.show]:
        print(f"  {base.id}  precision {score.precision:.3f}  recall {score.recall:.3f}  {base.url}")
    columns = list(zip(*rows, strict=True))
    ours, theirs = f1(list(columns[1])), f1(list(columns[3]))
    shown = (("matching", ours, columns[2]), ("trafilatura", theirs, columns[4]))
    for name, (whole, precision, recall), seconds in shown:
        figures = f"F1 {whole:.4f}  precision {precision:.4f}  recall {recall:.4f}"
        print(f"{name:12} {figures}  {1000 * mean(seconds):6.2f} ms a page")
    if options.bound and ours[0] < options.bound:
        print(f"bound broken: F1 is {ours[0]:.4f}, below {options.bound:g}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
