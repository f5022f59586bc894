"""One scan: targets are fetched and followed up, audited, and written to the journal, each as soon as it is done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Event

from cccheck.executors import fan_out, open_executor
from cccheck.fetch import Fetcher
from cccheck.fetch.crawl import crawl
from cccheck.fetch.site import owner_site
from cccheck.journal import RunFolder
from cccheck.leads import leads
from cccheck.match import Corpus
from cccheck.model import Bundle, Capture, Lead, Target
from cccheck.pipeline import Examined, audit_page, examine
from cccheck.report.record import page_id, page_record, page_texts
from cccheck.rulebook import Rulebook, load_rules
from cccheck.works import load_works

_AHEAD = 4  # bundles in hand for each process


@dataclass(frozen=True, slots=True)
class Job:
    """What an audit needs besides the bundle, as plain data: a process or a machine elsewhere opens it once."""

    works: str
    folder: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audited:
    """A finished audit, ready to be written: its id, its journal line, the page's texts."""

    id: str
    line: str
    texts: str
    verdict: str


def open_job(job: Job) -> tuple[Corpus, Rulebook]:
    """The catalogue and the rules, once per process."""
    return open_data(job.works, job.rules)


@lru_cache(maxsize=4)
def open_data(works: str, rules: tuple[str, ...]) -> tuple[Corpus, Rulebook]:
    """The catalogue in a folder, and the rules with those of further folders.

    The rules come first: a licence that a folder's pack declares is known when the records that name it are read.
    """
    book = load_rules(*map(Path, rules))
    return Corpus(load_works(Path(works))), book


def audit_bundle(task: tuple[Job, Bundle]) -> Audited:
    """One bundle audited; plain data in and out, so that it can run anywhere."""
    job, bundle = task
    return _audited(job, bundle, None)


def _audited(job: Job, bundle: Bundle, examined: Examined | None) -> Audited:
    audit = audit_page(bundle, *open_job(job), examined)
    record = page_record(audit, owner_site(audit.url), Path(job.folder))
    return Audited(
        id=page_id(audit.url, audit.target.hint),
        line=json.dumps(record, ensure_ascii=False),
        texts=json.dumps(page_texts(audit), ensure_ascii=False),
        verdict=audit.verdict.value,
    )


def scan(
    targets: Sequence[Target],
    fetcher: Fetcher,
    job: Job,
    folder: RunFolder,
    *,
    jobs: int = 1,
    stop: Event | None = None,
    progress: Callable[[Audited], None] = lambda _: None,
    notice: Callable[[str, str], None] = lambda host, text: None,
) -> None:
    """Fetch and audit what the journal does not hold yet.

    Where `stop` is set, what is in flight is finished and nothing more begun. `notice` hears once a host what keeps it
    from being asked.
    """
    done = folder.done()
    todo = [target for target in targets if (target.url, target.hint) not in done]
    follower = _Follower(open_job(job)[0], keep=jobs <= 1)
    bundles = crawl(todo, fetcher, follower.follow, stop=stop, notice=notice)
    for audited in _audits(bundles, follower, job, jobs):
        folder.add(audited.id, audited.line, audited.texts)
        progress(audited)


def _audits(bundles: Iterator[Bundle], follower: _Follower, job: Job, jobs: int) -> Iterator[Audited]:
    if jobs <= 1:
        for bundle in bundles:
            yield _audited(job, bundle, follower.taken(bundle))
        return
    with open_executor(jobs) as executor:
        yield from fan_out(executor, audit_bundle, ((job, bundle) for bundle in bundles), window=_AHEAD * jobs)


class _Follower:
    """Names the leads of a capture, and keeps what it read, so that a page without leads is read once."""

    def __init__(self, corpus: Corpus, *, keep: bool) -> None:
        self._corpus, self._keep = corpus, keep
        self._read: dict[int, tuple[Capture, Target, Examined]] = {}

    def follow(self, capture: Capture, target: Target) -> tuple[Lead, ...]:
        """What else must be fetched."""
        examined = examine(Bundle(target, capture), self._corpus)
        work = self._corpus.works.get(getattr(examined.match, "work", ""))
        found = leads(examined.page, examined.match, work)
        if self._keep and not found:
            self._read[id(capture)] = (capture, target, examined)
        return found

    def taken(self, bundle: Bundle) -> Examined | None:
        """What was read for this bundle's response, if it is all there is."""
        capture, target, examined = self._read.pop(id(bundle.response), (None, None, None))
        same = capture is bundle.response and target is not None and target.hint == bundle.target.hint
        return examined if same and not bundle.followed else None
