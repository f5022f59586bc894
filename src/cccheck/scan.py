"""One scan: targets are fetched and followed up, audited, and written to the journal, each as soon as it is done."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from threading import Event
from typing import Any, cast

import orjson

from cccheck.errors import UsageError
from cccheck.executors import fan_out, open_executor
from cccheck.fetch import Fetcher
from cccheck.fetch.crawl import crawl
from cccheck.fetch.site import owner_site
from cccheck.journal import RunFolder
from cccheck.leads import leads
from cccheck.match import Corpus
from cccheck.model import Bundle, Capture, Lead, PageAudit, Target
from cccheck.pipeline import Examined, audit_all, examine, unjudged
from cccheck.report.record import page_id, page_record, page_texts
from cccheck.rulebook import Rulebook, load_rules
from cccheck.validation import nearest
from cccheck.works import load_works

_AHEAD = 4  # bundles in hand for each process
_COLLECT_EVERY = 200_000  # objects more than before: some twenty pages


@dataclass(frozen=True, slots=True)
class Job:
    """What an audit needs besides the bundle, as plain data: a process or a machine elsewhere opens it once."""

    works: str
    folder: str
    rules: tuple[str, ...] = ()
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class Audited:
    """A finished audit, ready to be written: its id, its journal line, the page's texts; and those of further works."""

    id: str
    line: str
    texts: str
    verdict: str
    further: tuple[Audited, ...] = ()


def open_job(job: Job) -> tuple[Corpus, Rulebook]:
    """The catalogue and the rules, once per process."""
    return open_data(job.works, job.rules, job.accepted)


@lru_cache(maxsize=4)
def open_data(works: str, rules: tuple[str, ...], accepted: str = "") -> tuple[Corpus, Rulebook]:
    """The catalogue in a folder, and the rules with those of further folders and a file of acceptances.

    The rules come first: a licence that a folder's pack declares is known when the records that name it are read.
    Raises UsageError for a record that names a profile which is not there.
    """
    book = load_rules(*map(Path, rules), accepted=Path(accepted) if accepted else None)
    corpus = Corpus(load_works(Path(works)))
    for work in corpus.works.values():
        if work.profile and work.profile not in book.profiles:
            hint = nearest(work.profile, book.profiles)
            raise UsageError(f"{works}: {work.id}: profile: `{work.profile}` is no known profile; {hint}")
    _spare_the_collector()
    return corpus, book


def _spare_the_collector() -> None:
    """The catalogue stays as long as the process: the garbage collector need not go through it time and again. A page's
    tens of thousands of objects go by themselves when it has been judged; by default they would have the collector
    called hundreds of times a page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_EVERY)


def scan(
    targets: Iterable[Target],
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
    todo = (target for target in targets if not folder.holds(page_id(target.url, target.hint)))
    with closing(audits(todo, fetcher, job, jobs=jobs, stop=stop, notice=notice)) as finished:
        for audited in finished:
            # The target's own audit comes last: once the journal holds it, it holds all of the target.
            for part in (*audited.further, audited):
                folder.add(part.id, part.line, part.texts)
                progress(part)


def audits(
    targets: Iterable[Target],
    fetcher: Fetcher,
    job: Job,
    *,
    jobs: int = 1,
    stop: Event | None = None,
    notice: Callable[[str, str], None] = lambda host, text: None,
) -> Generator[Audited, None, None]:
    """An audit for each target as soon as it is done; with one job and a replay, in the order of the targets.

    A page on which the program fails is for a person to look at, and no other page suffers for it.
    """
    follower = _Follower(*open_job(job))
    crawled = cast("Generator[Bundle, None, None]", crawl(targets, fetcher, follower.follow, stop=stop, notice=notice))
    with closing(crawled) as bundles:  # its threads end before what they write to is closed
        if jobs <= 1:
            for bundle in bundles:
                yield _audited(job, bundle, follower.problem(bundle), follower.taken(bundle))
            return
        tasks = ((job, bundle, follower.problem(bundle)) for bundle in bundles)
        start = partial(open_executor, jobs)
        yield from fan_out(start, audit_bundle, tasks, window=_AHEAD * jobs, lost=_lost)


Task = tuple[Job, Bundle, str]


def audit_bundle(task: Task) -> Audited:
    """One bundle audited; plain data in and out, so that it can run anywhere. The task's last part: see `_audited`."""
    return _audited(*task)


def _lost(task: Task) -> Audited:
    job, bundle, _ = task
    return _audited(job, bundle, "the program broke off twice while it read this page")


def _audited(job: Job, bundle: Bundle, problem: str = "", examined: Examined | None = None) -> Audited:
    """The audit of a bundle, or, where there is a `problem` with it or one turns up, that a person must look."""
    if not problem:
        try:
            first, *further = audit_all(bundle, *open_job(job), examined)
            return replace(_recorded(job, first), further=tuple(_recorded(job, audit) for audit in further))
        except Exception as error:  # noqa: BLE001 - one page must not end a scan of thousands
            problem = _told(error)
    return _recorded(job, unjudged(bundle, problem))


def _recorded(job: Job, audit: PageAudit) -> Audited:
    record = page_record(audit, owner_site(audit.url), Path(job.folder))
    texts = page_texts(audit)
    return Audited(record["id"], to_json(record), to_json(texts), audit.verdict.value)


def to_json(value: Any) -> str:
    """JSON that can be written as UTF-8: lone surrogates, which JSON lets in and no encoding lets out, become `?`."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        said = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return said.encode("utf-8", "replace").decode()


def _told(error: Exception) -> str:
    """One line that is the same every time: addresses in memory are left out."""
    said = re.sub(r" at 0x[0-9a-f]+", "", " ".join(str(error).split()))[:200]
    return f"the program failed on this page ({type(error).__name__}: {said})"


class _Follower:
    """Names the leads of a capture, and keeps what it read last, so that a page without leads is read once."""

    def __init__(self, corpus: Corpus, rules: Rulebook) -> None:
        self._corpus, self._rules = corpus, rules
        self._last: tuple[Capture, Target, Examined] | None = None
        self._problems: dict[str, str] = {}  # by the target's id

    def follow(self, capture: Capture, target: Target) -> tuple[Lead, ...]:
        """What else must be fetched."""
        self._last = None  # a parsed page is large: one at a time
        try:
            examined = examine(Bundle(target, capture), self._corpus)
            work = self._corpus.works.get(getattr(examined.match, "work", ""))
            found = leads(examined.page, examined.match, self._rules.known(work) if work else None)
        except Exception as error:  # noqa: BLE001 - one page must not end a scan of thousands
            self._problems[page_id(target.url, target.hint)] = _told(error)
            return ()
        self._last = None if found else (capture, target, examined)
        return found

    def taken(self, bundle: Bundle) -> Examined | None:
        """What was read for this bundle, if that came last."""
        (capture, target, examined), self._last = self._last or (None, None, None), None
        return examined if capture is bundle.response and target is bundle.target else None

    def problem(self, bundle: Bundle) -> str:
        """What went wrong when this bundle's response was read for its leads, or nothing: without them, no verdict."""
        return self._problems.pop(page_id(bundle.target.url, bundle.target.hint), "")
