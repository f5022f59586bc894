"""One request to the web: what is asked, what an answer means, what is kept of it. Knows nothing of waiting."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from cccheck.fetch.chain import REDIRECTS, Chain, Step, onward
from cccheck.fetch.decode import accepted
from cccheck.fetch.politeness import Paces
from cccheck.fetch.replay import cut_short, head_of, read_whole
from cccheck.fetch.robots import MAX_BYTES, RobotsBook
from cccheck.fetch.settings import FetchSettings
from cccheck.fetch.urls import split
from cccheck.fetch.wire import Response, framed, is_closed
from cccheck.model import Capture, FetchFailure, Reason

if TYPE_CHECKING:
    from cccheck.fetch.transport import Exchange, Transport

Previous = Callable[[str], Capture | None]
"""The last capture of an address, from an earlier run, to ask whether it changed."""


class Sink(Protocol):
    """Keeps evidence: what went over the wire, and why nothing did (`record.Recorder`)."""

    def recall(self, chain: Chain) -> Step | None:
        """What this run has for the address already, or None."""

    def response(
        self, chain: Chain, exchange: "Exchange", truncated: str = "", referred: Capture | None = None
    ) -> tuple[str, str]:
        """Keep a response; the WARC file and record id it got. `referred` is the capture that a 304 confirms."""

    def failure(self, chain: Chain, failure: FetchFailure) -> None:
        """Keep why no response could be used."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request led to. `asked` is False where none was made; `status` is 0 where no response came."""

    step: Step
    asked: bool
    status: int = 0
    seconds: float = 0.0
    retry_after: str = ""


class Asker:
    """Asks the web. Safe for threads; politeness between threads is `engine`'s. Raises UsageError for bad settings."""

    def __init__(self, settings: FetchSettings, *, sink: Sink | None = None, previous: Previous | None = None) -> None:
        self.settings = settings
        self.robots = RobotsBook()
        self.paces = Paces(time.monotonic)
        self._sink, self._previous = sink, previous
        self._transport: Transport | None = None
        self._starting = Lock()

    def close(self) -> None:
        """Let go of connections."""
        if self._transport:
            self._transport.close()

    def recall(self, chain: Chain) -> Step | None:
        """What this run has for the address already; a site's "not now" is no answer for good."""
        found = self._sink.recall(chain) if self._sink else None
        return None if isinstance(found, Capture) and found.status in (429, 503) else found

    def recall_robots(self, chain: Chain) -> Step | None:
        """What this run read of a robots.txt, where that is no older than a day (RFC 9309 §2.4)."""
        found = self.recall(chain)
        if isinstance(found, FetchFailure) or (isinstance(found, Capture) and not _of_today(found.fetched_at)):
            return None
        return found

    def ask(self, chain: Chain) -> Answer:
        """Make one request. Never raises for what a server does."""
        if split(chain.url) is None:
            return Answer(self.refuse(chain, Reason.UNSUPPORTED, "this is no http or https address"), False)
        prior = self._prior(chain)
        exchange = self._exchange(chain, self._headers(chain, prior), self.settings.max_body)
        step, response = self._read(chain, exchange, prior)
        if response is None:
            return Answer(step, True, seconds=exchange.seconds)
        retry_after = next((v for k, v in response.headers if k.lower() == "retry-after"), "")
        return Answer(step, True, response.status, exchange.seconds, retry_after)

    def ask_robots(self, chain: Chain) -> Answer:
        """As `ask`, for a robots.txt: of one that is larger than need be read, the beginning is taken."""
        exchange = self._exchange(chain, self._headers(chain, None), MAX_BYTES)
        if exchange.stop is not None and exchange.stop.reason is Reason.TOO_LARGE:
            beginning = cut_short(exchange.response, self.settings.max_body)
            if beginning:
                if self._sink:
                    self._sink.response(chain, exchange, "length")
                found = Capture(
                    chain.seed, chain.url, beginning.status, beginning.headers, beginning.body, exchange.date
                )
                return Answer(found, True, beginning.status, exchange.seconds)
        step, response = self._read(chain, exchange, None)
        return Answer(step, True, response.status if response else 0, exchange.seconds)

    def refuse(self, chain: Chain, reason: Reason, detail: str) -> FetchFailure:
        """Don't ask: a failure, kept with the evidence."""
        from cccheck.fetch.transport import utc_now

        return self._keep(chain, chain.failure(reason, detail, utc_now()))

    def _exchange(self, chain: Chain, headers: dict[str, str], most: int) -> "Exchange":
        from cccheck.fetch.transport import Transport

        with self._starting:
            if self._transport is None:
                self._transport = Transport(self.settings)
        exchange = self._transport.exchange(chain.url, headers, most, self.settings.deadline - chain.spent)
        return replace(exchange, response=framed(exchange.response)) if head_of(exchange.response) else exchange

    def _prior(self, chain: Chain) -> Capture | None:
        """The last capture of exactly this address, where it can be asked whether it changed."""
        if self._previous is None or chain.redirects:
            return None
        prior = self._previous(chain.url)
        usable = prior and prior.status == 200 and not prior.redirects
        said = (prior.header("etag") + prior.header("last-modified")) if prior else ""
        return prior if usable and said and said.isascii() else None

    def _headers(self, chain: Chain, prior: Capture | None) -> dict[str, str]:
        from cccheck.fetch.cookies import cookie_header

        headers = {
            "User-Agent": self.settings.user_agent,
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
            "Accept-Encoding": accepted(),
            "Connection": "close",
        }
        if cookies := cookie_header(chain):
            headers["Cookie"] = cookies
        if prior and (tag := prior.header("etag")):
            headers["If-None-Match"] = tag
        if prior and (date := prior.header("last-modified")):
            headers["If-Modified-Since"] = date
        return headers

    def _read(self, chain: Chain, exchange: "Exchange", prior: Capture | None) -> tuple[Step, Response | None]:
        """What the exchange means for the walk, and the response where there is a whole one."""
        response = _response(chain, exchange, self.settings.max_body)
        if isinstance(response, FetchFailure):
            return self._broken(chain, exchange, response), None
        exchange = replace(exchange, response=exchange.response[response.start : response.end])
        referred = prior if response.status == 304 else None
        warc, record_id = self._sink.response(chain, exchange, "", referred) if self._sink else (None, None)
        location = next((v for k, v in response.headers if k.lower() == "location"), "")
        if response.status in REDIRECTS and location:
            return self._onward(chain, exchange, response, location), response
        status, headers, body = response.status, response.headers, response.body
        if referred:
            status, headers, body = referred.status, referred.headers, referred.body
        found = Capture(
            chain.seed, chain.url, status, headers, body, exchange.date, chain.redirects, chain.role, warc, record_id
        )
        return found, response

    def _onward(self, chain: Chain, exchange: "Exchange", response: Response, location: str) -> Step:
        from cccheck.fetch.cookies import carried

        further = onward(chain, response.status, location, exchange.date, self.settings.max_redirects)
        if isinstance(further, Chain):
            spent = chain.spent + exchange.seconds
            return replace(further, cookies=carried(chain, response.headers, further), spent=spent)
        return further

    def _broken(self, chain: Chain, exchange: "Exchange", failure: FetchFailure) -> FetchFailure:
        """No usable response: what came of it is kept, then the failure."""
        if self._sink and (head := head_of(exchange.response)):
            whole = exchange.stop is None and failure.reason is not Reason.REFUSED
            exchange = replace(exchange, response=exchange.response[head.start :])
            self._sink.response(chain, exchange, "" if whole else _TRUNCATED.get(failure.reason, "unspecified"))
        return self._keep(chain, failure)

    def _keep(self, chain: Chain, failure: FetchFailure) -> FetchFailure:
        if self._sink:
            self._sink.failure(chain, failure)
        return failure


def _response(chain: Chain, exchange: "Exchange", most: int) -> Response | FetchFailure:
    """The response, where it is whole: read to its end, or broken off behind the end of the page."""
    stop = exchange.stop
    if stop is None:
        return read_whole(chain, exchange.date, exchange.response, most)
    if stop.reason in (Reason.TIMEOUT, Reason.REFUSED) and head_of(exchange.response):
        response = read_whole(chain, exchange.date, exchange.response, most)
        if isinstance(response, Response) and (response.status in REDIRECTS or is_closed(response.body)):
            return response
    return chain.failure(stop.reason, stop.detail, exchange.date)


_TRUNCATED = {Reason.TOO_LARGE: "length", Reason.TIMEOUT: "time", Reason.REFUSED: "disconnect"}
"""What WARC-Truncated says of a response that was not read to its end."""


def _of_today(date: str) -> bool:
    try:
        return datetime.now(UTC) - datetime.fromisoformat(date) < timedelta(days=1)
    except (ValueError, TypeError):
        return False
