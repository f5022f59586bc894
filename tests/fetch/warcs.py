"""WARC files for tests, written record by record."""

import io
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2026-11-01T00:00:00Z"


class Archive:
    """A WARC file under construction."""

    def __init__(self, path: Path, *, gzip: bool = True, version: str = "1.1") -> None:
        self.path = path
        self._file = path.open("wb")
        self._writer = WARCWriter(self._file, gzip=gzip, warc_version=version)

    def response(
        self, url, body=b"<p>text</p></html>", *, status="200 OK", headers=(), date=DATE, fields=(), kind="response"
    ):
        head = StatusAndHeaders(status, [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            http_headers=head,
            warc_headers_dict={"WARC-Date": date, **dict(fields)},
        )
        self._writer.write_record(record)
        self._file.flush()
        return record.rec_headers.get_header("WARC-Record-ID")

    def record(self, url, kind, body, content_type, *, date=DATE, fields=()):
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            warc_content_type=content_type,
            warc_headers_dict={"WARC-Date": date, **dict(fields)},
        )
        self._writer.write_record(record)
        self._file.flush()
        return record.rec_headers.get_header("WARC-Record-ID")
