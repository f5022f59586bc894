"""What robots.txt allows (RFC 9309), one answer a host, read by protego."""

import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from cccheck.fetch.urls import origin
from cccheck.model import Capture, FetchFailure, Reason

if TYPE_CHECKING:
    from protego import Protego

AGENT = "cccheck"
MAX_BYTES = 500 << 10
MAX_REDIRECTS = 5
_ENOUGH = 32 << 20  # bytes of robots.txt kept in memory, all hosts together
_USER_AGENT = re.compile(r"(?im)^([ \t]*user-?agent[ \t]*:)[ \t]*([^\r\n#]*)")


@dataclass(frozen=True, slots=True)
class Refused:
    """A page that may not be asked for, and why."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says: `refused` for every page, or the parsed file, or nothing at all."""

    refused: Refused | None = None
    parsed: "Protego | None" = None
    size: int = 0

    def verdict(self, url: str) -> Refused | None:
        """None where the page may be asked for."""
        if self.refused or self.parsed is None or self.parsed.can_fetch(url, AGENT):
            return self.refused
        return Refused(Reason.ROBOTS, "robots.txt forbids it")

    @property
    def crawl_delay(self) -> float:
        """Seconds between requests that the host asks for; 0 where it asks for none."""
        return (self.parsed.crawl_delay(AGENT) or 0.0) if self.parsed else 0.0


def read_rules(answer: Capture | FetchFailure) -> Rules:
    """What the fetch of a robots.txt means: absent (4xx) allows all, unreachable (5xx, no connection) forbids all."""
    if isinstance(answer, FetchFailure):
        if answer.reason in (Reason.REDIRECTS, Reason.UNSUPPORTED):
            return Rules()  # RFC 9309 §2.3.1.2: five redirects on, the file counts as absent
        return Rules(Refused(answer.reason, f"robots.txt cannot be read: {answer.detail}"))
    if answer.status == 429 or answer.status >= 500:
        reason = Reason.RATE_LIMITED if answer.status == 429 else Reason.ROBOTS
        return Rules(Refused(reason, f"robots.txt cannot be read: status {answer.status}"))
    if not 200 <= answer.status < 300:
        return Rules()
    return parse(answer.body)


def parse(body: bytes) -> Rules:
    """The rules in a robots.txt; what stands behind the first 500 KiB is not read (RFC 9309 §2.5)."""
    from protego import Protego

    if len(body) > MAX_BYTES:
        body = body[: body.rfind(b"\n", 0, MAX_BYTES) + 1]
    text = body.decode("utf-8-sig", "replace")
    if "<html" in text[:2048].lower():
        return Rules()
    return Rules(None, Protego.parse(_USER_AGENT.sub(_relevant, text)), len(text))


def _relevant(match: re.Match[str]) -> str:
    """Other robots' names become one: thousands of them, with thousands of rules each, would fill the memory."""
    name = match[2].strip().lower()
    return f"{match[1]} {name if name.strip('*') in ('', AGENT) else 'other'}"


class RobotsBook:
    """The rules of the hosts met so far, those not asked for longest forgotten first. Safe for threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rules: OrderedDict[str, Rules] = OrderedDict()
        self._size = 0

    def get(self, url: str) -> Rules | None:
        """The rules for an address, or None where its host's robots.txt was not read yet."""
        name = origin(url)
        with self._lock:
            if name in self._rules:
                self._rules.move_to_end(name)
            return self._rules.get(name)

    def put(self, host: str, rules: Rules) -> None:
        """Keep what an origin's robots.txt says."""
        with self._lock:
            old = self._rules.pop(host, None)
            self._rules[host] = rules
            self._size += rules.size + 500 - (old.size + 500 if old else 0)
            while self._size > _ENOUGH and len(self._rules) > 1:
                self._size -= self._rules.popitem(last=False)[1].size + 500
