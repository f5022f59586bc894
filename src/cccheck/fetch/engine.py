"""What a crawl's workers do with a job: recall, robots, request, next hop; and what is done with what they bring."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from cccheck.fetch.asking import Answer, Asker
from cccheck.fetch.backlog import Backlog
from cccheck.fetch.chain import Chain, Step, begin
from cccheck.fetch.politeness import OVERLOADED, Pace, answered, asks_for, failed
from cccheck.fetch.robots import MAX_REDIRECTS, Rules, read_rules
from cccheck.fetch.schedule import Schedule
from cccheck.fetch.site import site_of
from cccheck.fetch.urls import key, origin
from cccheck.model import Bundle, Capture, FetchFailure, Lead, Reason, Role, Target

Follow = Callable[[Capture, Target], Sequence[Lead]]
"""Names what else must be fetched to judge a capture fairly."""

Notice = Callable[[str, str], None]
"""Told once a host: its name, and what is the matter with it."""

MAX_LEADS = 5
TRIES = 3  # for an address whose site says 429 or 503
MOST_OPEN = 64 << 20  # bytes of responses that wait for their leads
_PASSING = frozenset({Reason.TIMEOUT, Reason.REFUSED})  # failures that may pass: a whole host hangs on its robots.txt
_POLL = 0.5  # seconds between looks at a robots.txt that another job fetches


@dataclass(slots=True)
class Arrival:
    """A bundle in the making, for all targets of one address: its response is there, or all that its leads led to."""

    targets: list[Target]
    response: Capture | FetchFailure | None = None
    leads: list[tuple[Lead, ...]] | None = None  # for each target; None until they were asked for
    results: dict[tuple[str, Role], Capture | FetchFailure] = field(default_factory=dict)
    missing: int = 0

    @property
    def size(self) -> int:
        """Bytes of what was fetched."""
        return sum(_size(capture) for capture in (self.response, *self.results.values()))


@dataclass(slots=True)
class Job:
    """One step of a walk for a bundle: for its response or a `lead`. `robots`: on the way to the robots.txt first."""

    chain: Chain
    bundle: Arrival
    lead: Lead | None = None
    robots: Chain | None = None
    tries: int = 0


class Engine:
    """Runs jobs; `work` may be called in any number of threads. What arrives goes to `emit`, and from there, in one
    thread, to `bundles`: pages are read one at a time, for what reads them shares one processor and takes much memory.
    """

    def __init__(
        self,
        asker: Asker,
        backlog: Backlog,
        follow: Follow,
        emit: Callable[[Arrival], None],
        notice: Notice,
        role: Role = "response",
    ) -> None:
        self._asker, self._backlog, self._follow, self._emit, self._notice = asker, backlog, follow, emit, notice
        self._role: Role = role
        self._lock = Lock()
        self._open_bytes = 0
        self._robots_awaited: set[str] = set()
        self._told: set[str] = set()
        self._error: BaseException | None = None
        self._schedule: Schedule[Job] = Schedule(
            asker.paces, backlog.next_site, self._more, lambda: self._open_bytes > MOST_OPEN
        )

    def work(self) -> None:
        """Run jobs until there are none left, or `stop`."""
        try:
            while (taken := self._schedule.take()) is not None:
                site, pace, job = taken
                try:
                    self._run(site, pace, job)
                finally:
                    self._schedule.done(site)
        except BaseException as error:  # noqa: BLE001 - a worker's error is raised where the bundles are taken
            self._error = self._error or error
            self._schedule.stop()

    def stop(self) -> None:
        """Begin nothing more."""
        self._schedule.stop()

    def raise_error(self) -> None:
        """Raise what went wrong in a worker."""
        if self._error is not None:
            raise self._error

    def _more(self, site: str) -> Job | None:
        targets = self._backlog.next_targets(site)
        return Job(begin(targets[0].url, self._role), Arrival(targets)) if targets else None

    def _run(self, site: str, pace: Pace, job: Job) -> None:
        if job.robots is not None:
            self._robots_step(site, pace, job, job.robots)
            return
        step = self._asker.recall(job.chain) if not job.tries else None
        if step is None:
            step = self._ask(site, pace, job)
        if isinstance(step, Chain):
            self._push(replace(job, chain=step, tries=0))
        elif step is not None:
            self._arrived(job, step)

    def _push(self, job: Job) -> None:
        self._schedule.push(site_of((job.robots or job.chain).url), job)

    def _ask(self, site: str, pace: Pace, job: Job) -> Step | None:
        """One request for the job, or why it must not be made; None where the job comes back later."""
        chain = job.chain
        if pace.closed:
            self._tell(site, pace.closed.detail)
            return self._asker.refuse(chain, pace.closed.reason, pace.closed.detail)
        if not self._asker.settings.ignore_robots and (host := origin(chain.url)):
            rules = self._asker.robots.get(chain.url)
            if rules is None:
                self._await_robots(pace, job, host)
                return None
            if refused := rules.verdict(chain.url):
                self._tell(host, refused.detail)
                return self._asker.refuse(chain, refused.reason, refused.detail)
        answer = self._asker.ask(chain)
        self._pace(pace, answer)
        if answer.status in OVERLOADED and job.tries + 1 < TRIES and not pace.closed:
            self._push(replace(job, tries=job.tries + 1))
            return None
        return answer.step

    def _pace(self, pace: Pace, answer: Answer) -> None:
        if not answer.asked:
            return
        now, least = time.monotonic(), self._asker.settings.delay
        if answer.status == 0 and isinstance(answer.step, FetchFailure):
            failed(pace, now, least, answer.step.reason, answer.step.detail)
        else:
            answered(pace, now, least, answer.status, answer.seconds, answer.retry_after, time.time())

    def _tell(self, host: str, text: str) -> None:
        with self._lock:
            first = host not in self._told
            self._told.add(host)
        if first:
            self._notice(host, text)

    # ---------------------------------------------------------------- robots.txt

    def _await_robots(self, pace: Pace, job: Job, host: str) -> None:
        """Let this job fetch the host's robots.txt, or come back when another has."""
        with self._lock:
            awaited = host in self._robots_awaited
            self._robots_awaited.add(host)
        if awaited:
            pace.ready_at = max(pace.ready_at, time.monotonic() + _POLL)
            self._push(job)
            return
        job = replace(job, robots=begin(f"{host}/robots.txt", "response"))
        self._robots_step(site_of(host), pace, job, begin(f"{host}/robots.txt", "response"))

    def _robots_step(self, site: str, pace: Pace, job: Job, chain: Chain) -> None:
        step = self._asker.recall_robots(chain) if not job.tries else None
        if step is None:
            answer = self._asker.ask_robots(chain)
            self._pace(pace, answer)
            step = answer.step
            later = answer.status in OVERLOADED or (isinstance(step, FetchFailure) and step.reason in _PASSING)
            if later and job.tries + 1 < TRIES and not pace.closed:
                self._push(replace(job, tries=job.tries + 1))
                return
        if isinstance(step, Chain) and len(step.redirects) <= MAX_REDIRECTS:
            self._push(replace(job, robots=step, tries=0))
            return
        rules = Rules() if isinstance(step, Chain) else read_rules(step)
        if isinstance(step, Capture) and key(step.final_url) == f"{origin(step.final_url)}/robots.txt":
            self._asker.robots.put(origin(step.final_url), rules)  # where the redirects led, it is the same file
        self._robots_read(job, rules)

    def _robots_read(self, job: Job, rules: Rules) -> None:
        host = origin(job.chain.url)
        self._asker.robots.put(host, rules)
        asks_for(self._asker.paces.of(site_of(host)), rules.crawl_delay)
        with self._lock:
            self._robots_awaited.discard(host)
        self._push(replace(job, robots=None, tries=0))

    # ---------------------------------------------------------------- bundles

    def _arrived(self, job: Job, step: Capture | FetchFailure) -> None:
        bundle = job.bundle
        if job.lead is None:
            bundle.response = step
            self._schedule.expect()
            self._emit(bundle)
            return
        with self._lock:
            bundle.results[_lead_key(job.lead)] = step
            bundle.missing -= 1
            finished = not bundle.missing
            if finished:
                self._open_bytes -= _size(bundle.response)
        if finished:
            self._emit(bundle)

    def bundles(self, arrival: Arrival) -> Iterator[Bundle]:
        """A bundle for each target of what arrived; none where its leads are to be fetched first."""
        if arrival.leads is None:
            try:
                if self._follow_up(arrival):
                    return
            finally:
                self._schedule.settle()
        yield from _finished(arrival)

    def _follow_up(self, arrival: Arrival) -> bool:
        """Have the leads fetched; whether there are any."""
        arrival.leads = [self._leads(arrival.response, target) for target in arrival.targets]
        wanted = {_lead_key(lead): lead for leads in arrival.leads for lead in leads}
        arrival.missing = len(wanted)
        if wanted:
            with self._lock:
                self._open_bytes += _size(arrival.response)
        for lead in wanted.values():
            self._push(Job(begin(lead.url, lead.role), arrival, lead))
        return bool(wanted)

    def _leads(self, response: Capture | FetchFailure | None, target: Target) -> tuple[Lead, ...]:
        return distinct(self._follow(response, target), target.url) if isinstance(response, Capture) else ()


def _finished(arrival: Arrival) -> Iterator[Bundle]:
    assert arrival.response is not None  # noqa: S101 - a bundle is finished after its response
    for target, leads in zip(arrival.targets, arrival.leads or (), strict=True):
        followed = tuple((lead, arrival.results[_lead_key(lead)]) for lead in leads)
        yield Bundle(target, _as_asked(arrival.response, target.url), followed)


def _size(capture: Capture | FetchFailure | None) -> int:
    return len(capture.body) if isinstance(capture, Capture) else 0


def distinct(leads: Sequence[Lead], url: str) -> tuple[Lead, ...]:
    """At most five leads to as many addresses, none of them the page itself."""
    found: dict[tuple[str, Role], Lead] = {}
    for lead in leads:
        if key(lead.url) != key(url):
            found.setdefault(_lead_key(lead), lead)
    return tuple(found.values())[:MAX_LEADS]


def _lead_key(lead: Lead) -> tuple[str, Role]:
    return key(lead.url), lead.role


def _as_asked(found: Capture | FetchFailure, url: str) -> Capture | FetchFailure:
    """The result for a target that wrote the same address in its own way."""
    url = begin(url, found.role).url
    if url == found.url:
        return found
    redirects = found.redirects and (replace(found.redirects[0], url=url), *found.redirects[1:])
    if isinstance(found, Capture) and not redirects:
        return replace(found, url=url, final_url=url)
    return replace(found, url=url, redirects=redirects)
