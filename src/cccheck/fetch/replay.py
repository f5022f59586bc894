"""Answers from WARC files, never from the network: the same files give the same answers, everywhere."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cccheck.fetch.chain import REDIRECTS, Chain, Step, begin, onward, walk
from cccheck.fetch.decode import TooLarge, Undecodable
from cccheck.fetch.index import Entry, Index
from cccheck.fetch.settings import MEBIBYTE
from cccheck.fetch.urls import key, split
from cccheck.fetch.warc import Record, read_record, scan
from cccheck.fetch.wire import Head, NotHttp, Response, read_head, read_response
from cccheck.model import Capture, FetchFailure, Reason, Role

FAILURE_TYPE = "application/vnd.cccheck.failure+json"
"""Content type of the metadata records that keep why a fetch failed (written by `record`)."""

SEED_FIELD = "cccheck-seed"
"""Header field of records met on redirects: the address the walk began at, a space, how many redirects lie between."""

CUT_SHORT = "the capture was cut short when it was made"

_EPOCH = "1970-01-01T00:00:00Z"
_TRUNCATED = {"length": Reason.TOO_LARGE, "time": Reason.TIMEOUT}


class ReplayFetcher:
    """Answers from the WARC files at `paths`, indexed once; bodies are read when asked for. Safe for threads.

    Where an address was captured more than once, the latest capture counts. Raises DataError for a broken file.
    """

    def __init__(self, paths: Sequence[Path], *, max_body: int = 20 * MEBIBYTE, max_redirects: int = 10) -> None:
        self._paths = [Path(p) for p in paths]
        self._max_body, self._max_redirects = max_body, max_redirects
        self._index = Index()
        for number, path in enumerate(self._paths):
            self._index.add(entries(path, number))
        self._as_of = self._index.newest() or _EPOCH

    @property
    def is_empty(self) -> bool:
        """Whether the files hold nothing at all."""
        return not self._index.newest()

    def fetch(self, url: str, role: Role = "response") -> Capture | FetchFailure:
        """What the files hold for the address, recorded redirects followed."""
        return walk(self, url, role)

    def step(self, chain: Chain) -> Step:
        """What the files hold for the address the walk stands at; a failure where that is nothing."""
        found = self.recall(chain)
        if found is None and split(chain.url) is None:
            return chain.failure(Reason.UNSUPPORTED, "this is no http or https address", self._as_of)
        return found or chain.failure(Reason.NOT_CAPTURED, "not in the WARC files given", self._as_of)

    def recall(self, chain: Chain, *, exact: bool = False) -> Step | None:
        """As `step`, but None where the files hold nothing; `exact` wants what was met at this very step of a walk."""
        entry = self._index.find(key(chain.url), key(chain.seed), len(chain.redirects), exact)
        return self._answer(chain, entry) if entry else None

    def capture(self, url: str) -> Capture | None:
        """The latest capture of an address without following redirects, or None."""
        found = self.recall(begin(url, "response"))
        return found if isinstance(found, Capture) else None

    def source(self, record_id: str) -> tuple[Mapping[str, str], bytes] | None:
        """Header fields and block of the response record behind a capture (for a revisit, what it refers to)."""
        entry = self._index.by_id(record_id)
        if entry and entry.kind == "revisit":
            entry = self._referred(entry, self._read(entry)[0])
        fields, block = self._read(entry) if entry else ({}, None)
        return (fields, block) if block is not None else None

    def learn(self, path: Path, records: Iterable[Record]) -> None:
        """Take up records that were appended to a file."""
        if path not in self._paths:
            self._paths.append(path)
        number = self._paths.index(path)
        self._index.add(e for e in (entry_of(r, number) for r in records) if e is not None)

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def _answer(self, chain: Chain, entry: Entry) -> Step:
        fields, block = self._read(entry)
        if entry.kind == "failure":
            return _failure(chain, entry, block or b"")
        own = block
        if entry.kind == "revisit":
            source = self._referred(entry, fields)
            if source is None:
                return chain.failure(Reason.NOT_CAPTURED, "the files lack the capture this one refers to", entry.date)
            fields, block = self._read(source)
        response = self._response(chain, entry.date, fields, block)
        if isinstance(response, FetchFailure):
            return response
        if entry.kind == "revisit":
            response = _revisited(own or b"", response)
        location = next((v for k, v in response.headers if k.lower() == "location"), "")
        if response.status in REDIRECTS and location:
            return onward(chain, response.status, location, entry.date, self._max_redirects)
        return self._capture(chain, entry, response)

    def _capture(self, chain: Chain, entry: Entry, response: Response) -> Capture:
        return Capture(
            chain.seed,
            chain.url,
            response.status,
            response.headers,
            response.body,
            entry.date,
            chain.redirects,
            chain.role,
            str(self._paths[entry.file]),
            entry.id,
        )

    def _read(self, entry: Entry) -> tuple[Mapping[str, str], bytes | None]:
        return read_record(self._paths[entry.file], entry.place, self._max_body + MEBIBYTE)

    def _response(
        self, chain: Chain, when: str, fields: Mapping[str, str], block: bytes | None
    ) -> Response | FetchFailure:
        if block is None:
            return chain.failure(Reason.TOO_LARGE, f"larger than {self._max_body} bytes", when)
        if cut := fields.get("warc-truncated"):
            reason = _TRUNCATED.get(cut, Reason.REFUSED)
            return chain.failure(reason, f"{CUT_SHORT} ({cut})", when)
        if fields.get("warc-type") == "resource":
            return Response(200, (("Content-Type", fields.get("content-type", "")),), block, 0, len(block))
        return read_whole(chain, when, block, self._max_body)

    def _referred(self, entry: Entry, fields: Mapping[str, str]) -> Entry | None:
        """The response a revisit record stands for (WARC 1.1 §6.7)."""
        record_id = fields.get("warc-refers-to", "")
        found = self._index.by_id(record_id) if record_id else None
        if found is None:
            uri = fields.get("warc-refers-to-target-uri", "").strip("<>")
            found = self._index.dated(key(uri) if uri else entry.key, fields.get("warc-refers-to-date") or entry.date)
        return found if found and found.kind == "response" else None


def read_whole(chain: Chain, when: str, block: bytes, limit: int) -> Response | FetchFailure:
    """The response in `block`, or why it cannot be used: not HTTP, too large when decoded, cut off."""
    try:
        response = read_response(block, limit)
    except TooLarge:
        return chain.failure(Reason.TOO_LARGE, f"larger than {limit} bytes when decoded", when)
    except Undecodable as error:
        return chain.failure(Reason.UNSUPPORTED, str(error), when)
    except NotHttp:
        return chain.failure(Reason.UNSUPPORTED, "the answer is not HTTP", when)
    if response.flaw and response.status not in REDIRECTS:
        return chain.failure(Reason.REFUSED, f"the answer was cut off: {response.flaw}", when, response.status)
    return response


def cut_short(block: bytes, limit: int) -> Response | None:
    """The beginning of a response that was not read to its end, or None where there is nothing to read."""
    try:
        return read_response(block, limit)
    except (NotHttp, TooLarge, Undecodable):
        return None


def head_of(block: bytes) -> Head | None:
    """The head of the response in `block`, or None where there is none."""
    try:
        return read_head(block)
    except NotHttp:
        return None


def _revisited(own: bytes, referred: Response) -> Response:
    """The revisit's head, where it has one of its own, with the body of the response it refers to."""
    head = head_of(own)
    return (
        referred if head is None or head.status == 304 else replace(referred, status=head.status, headers=head.headers)
    )


def _failure(chain: Chain, entry: Entry, block: bytes) -> FetchFailure:
    """A failure as it was recorded."""
    try:
        said = json.loads(block)
        return chain.failure(Reason(said["reason"]), str(said["detail"]), entry.date, said.get("status"))
    except (ValueError, KeyError, TypeError):
        return chain.failure(Reason.NOT_CAPTURED, "the recorded failure cannot be read", entry.date)


def entries(path: Path, number: int) -> Iterator[Entry]:
    """What a WARC file holds that can answer for an address. Raises DataError for a broken file."""
    for record in scan(path):
        if (entry := entry_of(record, number)) is not None:
            yield entry


def entry_of(record: Record, number: int) -> Entry | None:
    """The index entry of a record, or None where it answers for no address."""
    kind, form = record.get("warc-type"), record.get("content-type").lower()
    if kind == "metadata":
        kind = "failure" if form == FAILURE_TYPE else ""
    elif kind == "resource":
        kind = "response"
    if kind not in ("response", "revisit", "failure") or (kind != "failure" and split(record.target) is None):
        return None
    seed, _, hop = record.get(SEED_FIELD).rpartition(" ")
    return Entry(
        key(record.target),
        record.get("warc-date"),
        number,
        record.offset,
        kind,
        record.get("warc-record-id"),
        seed,
        int(hop) if hop.isdigit() else 0,
    )
