"""When a site may be asked again: a delay after each response, longer where the site asks for it, slows or refuses.

All times are seconds on a clock that the caller reads; nothing here waits.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from threading import Lock

from cccheck.fetch.robots import Refused
from cccheck.model import Reason

PATIENCE = 300.0  # the longest time that a site may ask for between two requests
MOST_DELAY = 60.0  # the longest delay that is chosen here
GIVE_UP = 5  # connections that fail one after the other before a site is left alone
BACK_OFF = 5.0  # the first pause after 429 or 503 without Retry-After
SLOW = 1.0  # responses faster than this are never "slow"
SLOWED = 3.0  # a site that takes this many times its usual time is under load
MANY = 8192  # sites remembered before those with nothing to remember are forgotten
OVERLOADED = frozenset({429, 503})


@dataclass(slots=True)
class Pace:
    """What is known of one site. `usual` and `recent` are its response times, averaged over long and over short."""

    asked_for: float = 0.0
    ready_at: float = 0.0
    refusals: int = 0
    failures: int = 0
    usual: float = 0.0
    recent: float = 0.0
    count: int = 0
    closed: Refused | None = None

    @property
    def remarkable(self) -> bool:
        """Whether there is more to remember than the time of the last request."""
        return bool(self.closed or self.refusals or self.failures or self.asked_for)

    def delay(self, least: float) -> float:
        """Seconds from the end of a response to the next request."""
        wait = max(least, self.asked_for)
        if self.recent > max(SLOW, SLOWED * self.usual):
            wait = min(max(wait, MOST_DELAY), wait * self.recent / self.usual)
        return wait if not self.refusals else max(wait, min(MOST_DELAY, max(wait, 1.0) * 2**self.refusals))

    def timed(self, seconds: float) -> None:
        """Take a response time into account."""
        self.count = min(self.count + 1, 50)
        self.usual += (seconds - self.usual) / self.count
        self.recent += (seconds - self.recent) * max(0.4, 1 / self.count)


def answered(pace: Pace, now: float, least: float, status: int, seconds: float, retry_after: str, date: float) -> None:
    """A response came. `date` is the time of day (seconds since 1970), to read a Retry-After that names an hour."""
    pace.failures = 0
    if status in OVERLOADED:
        pace.refusals += 1
        wait = retry_seconds(retry_after, date)
        if wait > PATIENCE:
            _close(pace, now, Reason.RATE_LIMITED, f"the site asks not to be asked again for {wait:.0f} s")
            return
        pace.ready_at = now + max(wait or BACK_OFF * 2 ** min(pace.refusals - 1, 4), pace.delay(least))
        return
    pace.refusals = max(0, pace.refusals - 1)
    pace.timed(seconds)
    pace.ready_at = now + pace.delay(least)


def failed(pace: Pace, now: float, least: float, reason: Reason, detail: str) -> None:
    """No response came. A site where nothing comes time after time is left alone."""
    pace.failures += 1
    pace.ready_at = now + pace.delay(least)
    if pace.failures >= GIVE_UP and reason in _DEAD:
        _close(pace, now, reason, f"{detail}; not tried again after {GIVE_UP} failures in a row")


def _close(pace: Pace, now: float, reason: Reason, detail: str) -> None:
    """Ask nothing more: what is left to ask for has its answer at once."""
    pace.closed, pace.ready_at = Refused(reason, detail), now


_DEAD = frozenset({Reason.DNS, Reason.REFUSED, Reason.TIMEOUT, Reason.TLS})


def asks_for(pace: Pace, crawl_delay: float) -> None:
    """A robots.txt names a delay."""
    pace.asked_for = max(pace.asked_for, crawl_delay)
    if crawl_delay > PATIENCE:
        _close(pace, 0.0, Reason.RATE_LIMITED, f"robots.txt asks for {crawl_delay:.0f} s between requests")


def retry_seconds(value: str, date: float) -> float:
    """A Retry-After header (RFC 9110 §10.2.3) in seconds from `date`; 0 where it says nothing usable."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - date)
    except (ValueError, TypeError, OverflowError):
        return 0.0


class Paces:
    """The pace of every site met; those with nothing to remember are forgotten. Safe for threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._sites: dict[str, Pace] = {}

    def of(self, site: str, in_use: Container[str] = ()) -> Pace:
        """The pace of a site, known or new; those `in_use` are never forgotten."""
        with self._lock:
            if len(self._sites) > MANY:
                now = self._clock()
                for name in [n for n, p in self._sites.items() if p.ready_at < now and not p.remarkable]:
                    if name not in in_use:
                        del self._sites[name]
            return self._sites.setdefault(site, Pace())
