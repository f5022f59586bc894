"""CPU time per page: the whole audit against trafilatura's extraction, on the same pages in one run.

    python benchmarks/cost.py [FOLDER] [--pages N] [--bound RATIO]

FOLDER (default: examples/) holds `urls.txt`, `works/` and one or more `.warc.gz` files. Three processes, one after the
other, each fresh: the audit as a scan does it (reading, leads, checks, record, journal line), the same stage by stage,
and `trafilatura.bare_extraction(with_metadata=True)`. Start-up, imports, the catalogue (with what is derived of a work
alone, once, however many pages copy it) and the reading of the WARC are not counted: each process handles made-up pages
beforehand, the audit one of each work. `time.process_time` counts the CPU of all its threads.

Exit status: 0, or 1 when trafilatura takes less than RATIO times as long as the audit.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import process_time

from cccheck.checks import all_checks
from cccheck.fetch.replay import ReplayFetcher
from cccheck.fetch.site import owner_site
from cccheck.leads import leads
from cccheck.match import Corpus, match_page
from cccheck.model import Bundle, Capture, NoMatch, Target, Unreadable, Work
from cccheck.page import build_page
from cccheck.phrases import MEANINGS, pattern
from cccheck.pipeline import Examined, audit_page, examine
from cccheck.report.record import page_record, page_texts
from cccheck.rulebook import Rulebook
from cccheck.scan import open_data, to_json
from cccheck.targets import read_targets
from cccheck.works import load_works

ROOT = Path(__file__).resolve().parents[1]
STAGES = ("decode", "parse", "walk", "match", "leads", "judge", "record")


@dataclass
class Clock:
    """CPU seconds by stage."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Count what is done inside."""
        start = process_time()
        yield
        self.spent[stage] = self.spent.get(stage, 0.0) + process_time() - start


@dataclass(frozen=True)
class Catalogue:
    """What an audit needs, opened before the clock runs."""

    corpus: Corpus
    rules: Rulebook

    @classmethod
    def open(cls, folder: Path) -> Catalogue:
        """The folder's works and the built-in rules, with the checks and phrases that they need."""
        all_checks()
        for meaning in MEANINGS:
            pattern(meaning)
        return cls(*open_data(str(folder / "works"), ()))


# ------------------------------------------------------------------ the pages


def bundles(folder: Path, limit: int | None) -> Iterator[Bundle]:
    """The folder's targets that were captured as pages, in order."""
    targets, _ = read_targets(folder / "urls.txt")
    with closing(ReplayFetcher(sorted(folder.glob("*.warc.gz")))) as fetcher:
        captures = ((target, fetcher.fetch(target.url)) for target in targets)
        found = (Bundle(target, c) for target, c in captures if isinstance(c, Capture) and c.status == 200)
        yield from islice(found, limit)


def warm_up(folder: Path, handle: Callable[[Bundle], None]) -> None:
    """A made-up page of each work, and one of none: takes every path once, so that nothing is imported or compiled
    while the clock runs, and works out what is derived of a work alone."""
    works = load_works(folder / "works")
    for work in works:
        handle(made_up(work))
    handle(made_up(replace(works[0], text="\n\n".join(["Nothing of this stands in any work of the catalogue."] * 9))))


def made_up(work: Work) -> Bundle:
    """A page with nothing but a work's text and its credit."""
    lines = [f"<p>{paragraph}</p>" for paragraph in work.text.split("\n\n")]
    names = " and ".join(author.name for author in work.authors)
    lines += [f'<p>By {names}, <a href="{work.url}">{work.publisher.name}</a>, CC BY 4.0</p>']
    head = f"<html><head><title>{work.title}</title></head><body><article><h1>{work.title}</h1>"
    body = "".join([head, *lines, "</article></body></html>"]).encode()
    url, headers = "https://warm-up.example/page", (("content-type", "text/html"),)
    return Bundle(Target(url), Capture(url, url, 200, headers, body, "2026-01-01T00:00:00Z"))


# ------------------------------------------------------------------ what is measured; each runs in a process of its own


def audits(folder: Path, limit: int | None) -> tuple[int, dict[str, float]]:
    """The whole audit, as a scan does it."""
    catalogue, clock, pages = Catalogue.open(folder), Clock(), 0
    warm_up(folder, partial(_audit, catalogue=catalogue))
    for bundle in bundles(folder, limit):
        with clock("audit"):
            _audit(bundle, catalogue)
        pages += 1
    return pages, clock.spent


def _audit(bundle: Bundle, catalogue: Catalogue) -> None:
    examined = examine(bundle, catalogue.corpus)
    leads(examined.page, examined.match, catalogue.corpus.works.get(getattr(examined.match, "work", "")))
    audit = audit_page(bundle, catalogue.corpus, catalogue.rules, examined)
    to_json(page_record(audit, owner_site(audit.url)))
    to_json(page_texts(audit))


def stages(folder: Path, limit: int | None) -> tuple[int, dict[str, float]]:
    """The same, taken apart. Decoding and parsing are done once more by themselves and taken off reading the page."""
    catalogue, clock, pages = Catalogue.open(folder), Clock(), 0
    warm_up(folder, lambda bundle: _stages(bundle, catalogue, Clock()))
    for bundle in bundles(folder, limit):
        _stages(bundle, catalogue, clock)
        pages += 1
    spent = clock.spent
    spent["walk"] = max(0.0, spent.pop("page") - spent["decode"] - spent["parse"])
    return pages, spent


def _stages(bundle: Bundle, catalogue: Catalogue, clock: Clock) -> None:
    from selectolax.lexbor import LexborHTMLParser

    from cccheck.page.decode import decode
    from cccheck.page.defuse import defuse

    capture, corpus = bundle.response, catalogue.corpus
    assert isinstance(capture, Capture)
    with clock("page"):
        page = build_page(bundle)
    with clock("decode"):
        html = decode(capture.body, capture.header("content-type"))
    with clock("parse"):
        tree = LexborHTMLParser(defuse(html))
    del tree
    with clock("match"):
        match = NoMatch() if isinstance(page, Unreadable) else match_page(page, corpus, bundle.target.hint)
    with clock("leads"):
        leads(page, match, corpus.works.get(getattr(match, "work", "")))
    with clock("judge"):
        audit = audit_page(bundle, corpus, catalogue.rules, Examined(page, match))
    with clock("record"):
        to_json(page_record(audit, owner_site(audit.url)))
        to_json(page_texts(audit))


def extractions(folder: Path, limit: int | None) -> tuple[int, dict[str, float]]:
    """trafilatura's text and metadata of the same pages."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    clock, pages = Clock(), 0
    _extract(made_up(load_works(folder / "works")[0]))
    for bundle in bundles(folder, limit):
        with clock("trafilatura"):
            _extract(bundle)
        pages += 1
    print(f"trafilatura {trafilatura.__version__}, Python {sys.version.split()[0]}, {pages} pages of {folder}")
    return pages, clock.spent


def _extract(bundle: Bundle) -> None:
    import trafilatura

    assert isinstance(bundle.response, Capture)
    trafilatura.bare_extraction(bundle.response.body, url=bundle.response.final_url, with_metadata=True)


# ------------------------------------------------------------------ running and printing

Measured = Callable[[Path, int | None], tuple[int, dict[str, float]]]


def measure(work: Measured, folder: Path, limit: int | None) -> dict[str, float]:
    """CPU milliseconds a page, by stage, in a new process."""
    with get_context("spawn").Pool(1) as pool:
        pages, spent = pool.apply(work, (folder, limit))
    if not pages:
        raise SystemExit(f"{folder}: no page of urls.txt is in its WARC files")
    return {stage: 1000 * seconds / pages for stage, seconds in spent.items()}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print; 1 when the ratio is below the bound."""
    parser = argparse.ArgumentParser(description="CPU per page of the audit against trafilatura's extraction.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "examples")
    parser.add_argument("--pages", type=int, metavar="N", help="only the first N pages")
    parser.add_argument("--bound", type=float, metavar="RATIO", help="the least ratio that is good enough")
    options = parser.parse_args(arguments)
    whole, parts, other = (measure(work, options.folder, options.pages) for work in (audits, stages, extractions))
    for stage in STAGES:
        print(f"  {stage:<14}{parts[stage]:8.2f} ms a page")
    ratio = other["trafilatura"] / whole["audit"]
    print(f"audit           {whole['audit']:8.2f} ms a page")
    print(f"trafilatura     {other['trafilatura']:8.2f} ms a page: {ratio:.2f} times the audit")
    if options.bound and ratio < options.bound:
        print(f"bound broken: the ratio is {ratio:.2f}, below {options.bound:g}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
