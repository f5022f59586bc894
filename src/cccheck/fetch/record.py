"""Evidence: every response written to WARC 1.1 as it came off the wire, and why where none came.

A run's files stand for themselves: `replay` gives the same captures and failures from them. Records are appended whole;
what a crash leaves of a half-written one is cut off when the folder is opened again.
"""

import hashlib
import io
import json
import os
from base64 import b32encode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO
from uuid import uuid4

from cccheck import __version__
from cccheck.errors import DataError, UsageError
from cccheck.fetch.chain import Chain, Step
from cccheck.fetch.network import NetworkFetcher
from cccheck.fetch.replay import CUT_SHORT, FAILURE_TYPE, SEED_FIELD, ReplayFetcher
from cccheck.fetch.settings import FetchSettings
from cccheck.fetch.urls import key, written
from cccheck.fetch.warc import Damaged, Record, scan_raw, whole_record_in
from cccheck.fetch.wire import read_head
from cccheck.model import Capture, FetchFailure

if TYPE_CHECKING:
    from cccheck.fetch.transport import Exchange

MAX_FILE = 1 << 30  # bytes; the size that WARC 1.1 annex C recommends
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_HTTP = "application/http; msgtype="
_WARC_FIELDS = "application/warc-fields"
_NAME_PARTS = {"warc": "WARC", "uri": "URI", "id": "ID", "ip": "IP"}

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Packed:
    """A record ready to append: its bytes, its header fields."""

    data: bytes
    fields: Fields


class Recorder:
    """Appends to the WARC files in `folder`, named `prefix-00001.warc.gz` and so on. Safe for threads.

    `previous` holds the captures that a "not modified" may refer to; they are copied in, and it is closed with this.
    Raises DataError where a file that was there is damaged beyond its end, UsageError where nothing can be written.
    """

    def __init__(
        self,
        folder: Path,
        settings: FetchSettings,
        *,
        prefix: str = "cccheck",
        previous: ReplayFetcher | None = None,
        max_file: int = MAX_FILE,
    ) -> None:
        self._folder, self._settings, self._prefix, self._max_file = folder, settings, prefix, max_file
        self._previous = previous
        self._lock = Lock()
        _make(folder)
        paths = self.paths()
        self.cut = _mend(paths[-1]) if paths else 0
        self._run = ReplayFetcher(paths, max_body=settings.max_body, max_redirects=settings.max_redirects)
        self._file: BinaryIO | None = None
        self._number = len(paths)
        self._unsynced = False
        if paths and paths[-1].stat().st_size < max_file:
            self._file = _open(paths[-1])

    def paths(self) -> list[Path]:
        """The WARC files of the run, oldest first."""
        return sorted(self._folder.glob(f"{self._prefix}-*.warc.gz"))

    def recall(self, chain: Chain) -> Step | None:
        """What the run has for the address, or None. An address met before on this walk wants an answer of its own.

        A response that was cut short counts with the failure that is written behind it: alone, a crash came between.
        """
        found = self._run.recall(chain, exact=chain.again)
        return None if isinstance(found, FetchFailure) and found.detail.startswith(CUT_SHORT) else found

    def response(
        self, chain: Chain, exchange: "Exchange", truncated: str = "", referred: Capture | None = None
    ) -> tuple[str, str]:
        """Keep request and response; the WARC file and record id. `referred` is the capture that a 304 confirms.

        `truncated` is WARC-Truncated's value for a response that was not read to its end, else empty.
        """
        record_id, start = _new_id(), read_head(exchange.response).body
        network = {"WARC-IP-Address": exchange.ip} if exchange.ip else {}
        beside = {"WARC-Concurrent-To": record_id}
        request = self._common("request", chain, exchange.date) | network | beside
        about = self._common("metadata", chain, exchange.date) | beside
        copied = [self._copied(referred)] if referred else []
        fields = self._common("revisit" if referred else "response", chain, exchange.date, record_id) | network
        fields |= _refers(copied[0].fields) if copied else {"WARC-Payload-Digest": _digest(exchange.response[start:])}
        fields |= {"WARC-Truncated": truncated} if truncated else {}
        timing = f"fetchTimeMs: {exchange.seconds * 1000:.0f}\r\n".encode()
        # The response is last: where it stands, so does the rest.
        path = self._write(
            [
                *copied,
                _pack(request, _HTTP + "request", exchange.request),
                _pack(about, _WARC_FIELDS, timing),
                _pack(fields, _HTTP + "response", exchange.response),
            ]
        )
        return str(path), record_id

    def failure(self, chain: Chain, failure: FetchFailure) -> None:
        """Keep why no response could be used."""
        said = {"reason": failure.reason.value, "detail": failure.detail, "status": failure.status}
        fields = self._common("metadata", chain, failure.fetched_at)
        self._write([_pack(fields, FAILURE_TYPE, json.dumps(said, ensure_ascii=False).encode())])

    def sync(self) -> None:
        """Make sure that all that was written survives a power cut: before a line that relies on it is written."""
        with self._lock:
            if self._file is not None and self._unsynced:
                self._unsynced = False
                os.fsync(self._file.fileno())

    def close(self) -> None:
        """Sync, and let go of the files."""
        self.sync()
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None
        for archive in (self._run, self._previous):
            if archive is not None:
                archive.close()

    def _common(self, kind: str, chain: Chain, date: str, record_id: str = "") -> Fields:
        fields = {
            "WARC-Type": kind,
            "WARC-Record-ID": record_id or _new_id(),
            "WARC-Date": date,
            "WARC-Target-URI": written(chain.url),
        }
        if chain.redirects and kind != "request":
            fields[SEED_FIELD] = f"{key(chain.seed)} {len(chain.redirects)}"
        return fields

    def _copied(self, referred: Capture) -> _Packed:
        """The record behind an earlier capture, as it was but for its place on a walk."""
        source = self._previous.source(referred.record_id or "") if self._previous else None
        if source is None:
            raise DataError(referred.warc, "", "the capture of the earlier run is gone", "run again without that run")
        fields, block = source
        kept = {"-".join(_NAME_PARTS.get(p, p.capitalize()) for p in k.split("-")): v for k, v in fields.items()}
        for name in ("Content-Length", "Content-Type", "Cccheck-Seed", "WARC-Block-Digest"):
            kept.pop(name, None)
        return _pack(kept, fields.get("content-type", _HTTP + "response"), block)

    def _write(self, records: list[_Packed]) -> Path:
        """Append records; the file they went to. All of them are there, or none."""
        with self._lock:
            if self._file is not None and self._file.tell() >= self._max_file:
                os.fsync(self._file.fileno())
                self._file.close()
                self._file = None
            if self._file is None:
                self._begin_file()
            path = self._append(records)
        self.sync()  # nothing goes on from a response that a power cut could take back
        return path

    def _append(self, records: Sequence[_Packed]) -> Path:
        file = self._file
        assert file is not None  # noqa: S101 - `_write` opened it
        path, start = Path(file.name), file.tell()
        data, found = b"".join(r.data for r in records), []
        offset = start
        for record in records:
            plain = {k.lower(): v for k, v in record.fields.items()}
            found.append(Record(offset, offset + len(record.data), plain, 0))
            offset += len(record.data)
        try:
            if file.write(data) != len(data):
                raise OSError(28, os.strerror(28))
        except OSError as error:
            file.truncate(start)
            mend = "make room and run the same command again"
            raise UsageError(f"{path}: cannot be written ({error.strerror}); {mend}") from None
        self._unsynced = True
        self._run.learn(path, found)
        return path

    def _begin_file(self) -> None:
        self._number += 1
        path = self._folder / f"{self._prefix}-{self._number:05d}.warc.gz"
        self._file = _open(path)
        said = {
            "software": f"cccheck/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "operator": self._settings.contact,
            "http-header-user-agent": self._settings.user_agent,
            "robots": "ignore" if self._settings.ignore_robots else "obey",
        }
        from cccheck.fetch.transport import utc_now

        fields = {
            "WARC-Type": "warcinfo",
            "WARC-Record-ID": _new_id(),
            "WARC-Date": utc_now(),
            "WARC-Filename": path.name,
        }
        text = "".join(f"{k}: {v}\r\n" for k, v in said.items())
        self._append([_pack(fields, _WARC_FIELDS, text.encode())])
        _sync_folder(self._folder)


def recording_fetcher(
    settings: FetchSettings, folder: Path, *, previous: Sequence[Path] = ()
) -> tuple[NetworkFetcher, Recorder]:
    """A fetcher whose every exchange is kept in `folder`; the WARC files of `previous` runs spare what has not changed.

    Close both after use, the fetcher first. Raises as Recorder and ReplayFetcher do.
    """
    earlier = None
    if previous:
        earlier = ReplayFetcher(previous, max_body=settings.max_body, max_redirects=settings.max_redirects)
    recorder = Recorder(folder, settings, previous=earlier)
    return NetworkFetcher(settings, sink=recorder, previous=earlier.capture if earlier else None), recorder


def _refers(copied: Fields) -> Fields:
    """The header fields of a revisit record for the record copied in (WARC 1.1 §6.7.3)."""
    return {
        "WARC-Profile": _NOT_MODIFIED,
        "WARC-Refers-To": copied["WARC-Record-ID"],
        "WARC-Refers-To-Target-URI": copied["WARC-Target-URI"],
        "WARC-Refers-To-Date": copied["WARC-Date"],
    }


def _pack(fields: Fields, content_type: str, block: bytes) -> _Packed:
    """A record as a gzip member of its own. The block stays as it is: the HTTP head is not written anew."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import GzippingWrapper

    named = fields | {
        "Content-Type": content_type,
        "WARC-Block-Digest": _digest(block),
        "Content-Length": str(len(block)),
    }
    out = io.BytesIO()
    packer = GzippingWrapper(out)
    packer.write(StatusAndHeaders("", list(named.items()), protocol="WARC/1.1").to_bytes(encoding="utf-8"))
    packer.write(block)
    packer.write(b"\r\n\r\n")
    packer.flush()
    return _Packed(out.getvalue(), named)


def _digest(data: bytes) -> str:
    return "sha256:" + b32encode(hashlib.sha256(data).digest()).decode()


def _new_id() -> str:
    return f"<{uuid4().urn}>"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made ({error.strerror}); give another folder") from None


def _open(path: Path) -> BinaryIO:
    """For appending; unbuffered, so that what was written can be read back at once."""
    try:
        return path.open("ab", buffering=0)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); check the folder") from None


def _mend(path: Path) -> int:
    """Cut a half-written record off the end of a file; how many bytes. Raises DataError where whole records follow."""
    try:
        for _ in scan_raw(path):
            pass
    except Damaged as error:
        data = path.read_bytes()
        if whole_record_in(data[error.offset + 1 :]):
            raise DataError(path, f"byte {error.offset}", error.problem, "restore the file from a copy") from None
        with path.open("r+b") as file:
            file.truncate(error.offset)
            os.fsync(file.fileno())
        return len(data) - error.offset
    return 0


def _sync_folder(folder: Path) -> None:
    """A new file's name survives a power cut only when its folder is synced; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
