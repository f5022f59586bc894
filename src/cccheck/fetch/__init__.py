"""The edge to the web: addresses in, captures out. Everything that arrives here is hostile.

urls, site      addresses: normal form, origin, owner's site
decode, wire    the bytes of a response, read and bounded
warc, replay    answers from WARC files
asking          one request to the web, by the guarded connections of `transport`
network         answers from the web
robots          what may be asked;         politeness: when
engine, crawl   many targets, one request a site at a time
record, verify  evidence written, evidence checked
"""

from typing import Protocol

from cccheck.model import Capture, FetchFailure, Role


class Fetcher(Protocol):
    """Gives what stands at an address. Never raises for what a server does: that is a `FetchFailure`."""

    def fetch(self, url: str, role: Role = "response") -> Capture | FetchFailure:
        """The response at the end of the redirects, whatever its status, or why none could be had."""

    def close(self) -> None:
        """Let go of files and connections."""


__all__ = ["Fetcher"]
