"""Which work a page copies: how often right and how fast, beside datasketch's MinHashLSH and LSHEnsemble.

    python benchmarks/match.py FOLDER [--works N] [--pages N] [--seed N] [--bound SHARE]

FOLDER holds `base.jsonl`, a line an article ({"text": …}). Works and pages are drawn from a word model of these texts
(each word followed by one that follows it there), so that phrases are as frequent as in real ones. A third of the works
are families of three to five near-duplicates: an article and versions of it with 1 % to 10 % of the words replaced,
perhaps a paragraph more or less. A tenth of the pages hold none of the works; the others hold 50 % to 100 % of one, up
to 10 % of its words replaced, amid up to four times as much other text.

An answer is right when it names the work that the page was made from, or nothing where there is none. `told` counts a
tie that names the right work too: it is said to a person, and accuses nobody.

Two rows are ours: the look-up alone, which answers the question that theirs answers, and the whole match, which also
finds the spans and explains every difference. datasketch (`pip install cccheck[benchmarks]`) gets the same words:
5-grams, 256 permutations. MinHashLSH knows resemblance alone, so the most resembling candidate is its answer;
LSHEnsemble asks how much of a query is contained in what is indexed, so the pages are indexed and the works are
queried. Of both, the best of several thresholds is shown, and what exact counting of the candidates makes of it.
Times are those of words, hashing, asking and ranking; the reading of HTML is not counted.

Exit status: 0, or 1 when the whole match's share of right answers is below the bound or below one of theirs.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

from cccheck.match import Corpus, match_page
from cccheck.match.corpus import grams
from cccheck.match.normalize import words
from cccheck.match.stream import Stream
from cccheck.model import Author, Bundle, Capture, Match, Page, Publisher, Target, Work
from cccheck.page import build_page

PERMUTATIONS = 256
PARAGRAPH = 60  # words
LEAST = 0.05  # of a work: less is found by chance


@dataclass(frozen=True, slots=True)
class Case:
    """A page as paragraphs, and the work that it was made from, if any."""

    parts: list[str]
    work: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """How many answers were right, how many with ties, and CPU milliseconds a page."""

    name: str
    right: float
    told: float
    build: float
    milliseconds: float


# ------------------------------------------------------------------ works and pages


class Model:
    """Words, each followed by one that follows it in the texts that were read."""

    def __init__(self, texts: Iterable[str], chance: random.Random) -> None:
        self.chance = chance
        self._after: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            line = text.split()
            for one, other in pairwise(line):
                self._after[one].append(other)
        self._known = list(self._after)

    def words(self, count: int) -> list[str]:
        """So many words."""
        word, line = self.chance.choice(self._known), []
        while len(line) < count:
            line.append(word)
            word = self.chance.choice(self._after.get(word) or self._known)
        return line

    def parts(self, count: int) -> list[str]:
        """So many words in paragraphs."""
        line = self.words(count)
        return [" ".join(line[at : at + PARAGRAPH]) for at in range(0, count, PARAGRAPH)]

    def altered(self, parts: list[str], share: float) -> list[str]:
        """The same with a share of the words replaced."""
        known, chance = self._known, self.chance
        lines = (part.split() for part in parts)
        return [" ".join(chance.choice(known) if chance.random() < share else w for w in line) for line in lines]


def make_works(model: Model, count: int) -> dict[str, list[str]]:
    """Works by id, a third of them in families."""
    chance, works = model.chance, dict[str, list[str]]()
    while len(works) < count:
        first = model.parts(chance.randrange(150, 1500))
        works[f"w{len(works):05}"] = first
        if chance.random() < 1 / 7:
            for _ in range(chance.randrange(2, 5)):
                version = model.altered(first, chance.uniform(0.01, 0.1))
                if chance.random() < 0.5:
                    version.insert(chance.randrange(len(version) + 1), " ".join(model.words(PARAGRAPH)))
                elif len(version) > 4:
                    del version[chance.randrange(len(version))]
                works[f"w{len(works):05}"] = version
    return dict(list(works.items())[:count])


def make_pages(model: Model, works: dict[str, list[str]], count: int) -> list[Case]:
    """Pages, each with what it was made from."""
    chance, ids, cases = model.chance, list(works), []
    for _ in range(count):
        work = chance.choice(ids) if chance.random() < 0.9 else None
        parts = works[work] if work else model.parts(chance.randrange(150, 1500))
        kept = max(1, round(chance.uniform(0.5, 1) * len(parts)))
        start = chance.randrange(len(parts) - kept + 1)
        copy = model.altered(parts[start : start + kept], chance.choice([0, 0, 0.02, 0.1]))
        around = model.parts(chance.randrange(20, 4 * sum(len(part.split()) for part in copy)))
        at = chance.randrange(len(around) + 1)
        cases.append(Case([*around[:at], *copy, *around[at:]], work))
    return cases


# ------------------------------------------------------------------ ours


def page_of(parts: list[str]) -> Page:
    """The paragraphs as a page."""
    html = "<html><body>" + "".join(f"<p>{escape(part)}</p>" for part in parts) + "</body></html>"
    url, headers = "https://site.example/", (("content-type", "text/html"),)
    page = build_page(Bundle(Target(url), Capture(url, url, 200, headers, html.encode(), "2026-01-01T00:00:00Z")))
    assert isinstance(page, Page)
    return page


def ours(works: dict[str, list[str]], cases: list[Case]) -> list[Result]:
    """The program's own look-up and matching."""
    publisher = Publisher("The Lamp", "https://lamp.example/")
    start = process_time()
    corpus = Corpus(
        Work(name, "", (Author("A"),), publisher, f"https://lamp.example/{name}", ("CC-BY-4.0",), "\n\n".join(parts))
        for name, parts in works.items()
    )
    build = process_time() - start
    pages = [page_of(case.parts) for case in cases]
    rows = []
    for name, ask in (("cccheck, look-up", look_up), ("cccheck, whole match", whole)):
        start = process_time()
        said = [ask(page, corpus) for page in pages]
        spent = process_time() - start
        right = sum(work == case.work and not tied for (work, tied), case in zip(said, cases, strict=True))
        told = sum(case.work in (work, *tied) for (work, tied), case in zip(said, cases, strict=True))
        rows.append(Result(name, right / len(cases), told / len(cases), build, 1000 * spent / len(cases)))
    return rows


Answer = tuple[str | None, tuple[str, ...]]  # the work, and those tied with it


def look_up(page: Page, corpus: Corpus) -> Answer:
    """The first of the works found, by its 5-grams alone."""
    stream = Stream.of(page)
    found = corpus.look_up(grams(stream.words, stream.unspaced))
    return (found[0].text.works[0].id if found and found[0].share > LEAST else None), ()


def whole(page: Page, corpus: Corpus) -> Answer:
    """The match with all that is said of it."""
    match = match_page(page, corpus)
    return (match.work, match.tied) if isinstance(match, Match) else (None, ())


# ------------------------------------------------------------------ theirs

Shingles = set[bytes]
Named = tuple[str, Shingles, Any]  # id, 5-grams, MinHash


def shingles(parts: list[str]) -> Shingles:
    """The distinct word 5-grams of a text."""
    line = words(" ".join(parts))
    return {" ".join(line[at : at + 5]).encode() for at in range(max(1, len(line) - 4))}


def hashed(texts: dict[str, list[str]]) -> tuple[list[Named], float]:
    """Texts with their hashes, and the seconds that took."""
    from datasketch import MinHash

    start, rows = process_time(), []
    for name, parts in texts.items():
        grams = shingles(parts)
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch(grams)
        rows.append((name, grams, sketch))
    return rows, process_time() - start


def contained(work: Named, page: Named, exact: bool) -> float:
    """How much of a work is on a page: counted, or from estimated resemblance and sizes."""
    if exact:
        return len(work[1] & page[1]) / len(work[1])
    resemblance = work[2].jaccard(page[2])
    both = resemblance * (len(work[1]) + len(page[1])) / (1 + resemblance)
    return float(both / len(work[1]))


def resembling(work: Named, page: Named, exact: bool) -> float:
    """Resemblance; or, counted, containment."""
    return contained(work, page, True) if exact else float(work[2].jaccard(page[2]))


def by_lsh(works: list[Named], pages: list[Named], threshold: float) -> list[list[Named]]:
    """For each page, the works that MinHashLSH finds."""
    from datasketch import MinHashLSH

    index, known = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS), {work[0]: work for work in works}
    for name, _, sketch in works:
        index.insert(name, sketch)
    return [[known[name] for name in index.query(page[2])] for page in pages]


def by_ensemble(works: list[Named], pages: list[Named], threshold: float) -> list[list[Named]]:
    """For each page, the works of which LSHEnsemble finds so much in it."""
    from datasketch import MinHashLSHEnsemble

    index = MinHashLSHEnsemble(threshold=threshold, num_perm=PERMUTATIONS, num_part=16)
    index.index([(name, sketch, len(grams)) for name, grams, sketch in pages])
    found: dict[str, list[Named]] = {page[0]: [] for page in pages}
    for work in works:
        for name in index.query(work[2], len(work[1])):
            found[name].append(work)
    return list(found.values())


Ask = Callable[[list[Named], list[Named], float], list[list[Named]]]
Like = Callable[[Named, Named, bool], float]


def theirs(
    name: str,
    ask: Ask,
    like: Like,
    thresholds: Sequence[float],
    works: list[Named],
    pages: list[Named],
    truth: list[Case],
) -> list[Result]:
    """The best threshold's result by estimates, and that by exact counts."""
    best: dict[bool, Result] = {}
    for threshold in thresholds:
        start = process_time()
        candidates = ask(works, pages, threshold)
        asked = process_time() - start
        for exact in (False, True):
            start, right = process_time(), 0
            for page, found, case in zip(pages, candidates, truth, strict=True):
                ranked = max(((like(work, page, exact), work[0]) for work in found), default=(0.0, None))
                right += (ranked[1] if ranked[0] > LEAST else None) == case.work
            spent = 1000 * (asked + process_time() - start) / len(pages)
            label = f"{name} {threshold:g}{', counted' if exact else ''}"
            result = Result(label, right / len(pages), right / len(pages), 0.0, spent)
            best[exact] = max(best.get(exact, result), result, key=lambda row: row.right)
    return [best[False], best[True]]


# ------------------------------------------------------------------ running and printing


def compare(texts: list[str], count: int, pages: int, seed: int) -> list[Result]:
    """Ours first."""
    model = Model(texts, random.Random(seed))
    works = make_works(model, count)
    cases = make_pages(model, works, pages)
    rows = ours(works, cases)
    named, built = hashed(works)
    asked, hashing = hashed({f"p{number:05}": case.parts for number, case in enumerate(cases)})
    per_page = 1000 * hashing / len(cases)
    others = theirs("MinHashLSH", by_lsh, resembling, (0.05, 0.1, 0.2, 0.3), named, asked, cases)
    others += theirs("LSHEnsemble", by_ensemble, contained, (0.2, 0.3, 0.5, 0.7), named, asked, cases)
    return rows + [Result(row.name, row.right, row.told, built, row.milliseconds + per_page) for row in others]


def main(arguments: list[str] | None = None) -> int:
    """Measure, print; 1 when we are behind."""
    parser = argparse.ArgumentParser(description="Which work a page copies, beside MinHashLSH and LSHEnsemble.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--works", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bound", type=float, metavar="SHARE")
    options = parser.parse_args(arguments)
    lines = (options.folder / "base.jsonl").read_text("utf-8").splitlines()
    rows = compare([json.loads(line)["text"] for line in lines], options.works, options.pages, options.seed)
    print(f"{'':26}{'right':>8}{'told':>8}{'index, s':>10}{'ms a page':>11}")
    for row in rows:
        print(f"{row.name:26}{row.right:8.3f}{row.told:8.3f}{row.build:10.2f}{row.milliseconds:11.2f}")
    behind = rows[1].right < max([options.bound or 0.0, *(row.right for row in rows[2:])])
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main())
