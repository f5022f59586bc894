"""A licence that only a folder of rules knows, from `--rules` to the report."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cccheck.cli import cccheck
from cccheck.licenses import parse_license
from cccheck.rulebook import load_rules
from cccheck.scan import open_data

PACK = """
id = "harbour-1.0"
title = "Harbour Press Licence 1.0"
inherits = "cc-by-4.0"

[license]
unit = "harbour"
version = "1.0"
title = "Harbour Press Licence 1.0"
url = "https://licence.example/1.0/"
identifiers = ["LicenseRef-Harbour-1.0"]

[rules.title]
due = "supplied"
clause = "2.4"
"""
PARAGRAPHS = [
    "The lamps along the quay were put out for good on the last night of October, after ninety-one winters.",
    "Nobody had asked for it, the harbour board said, and nobody had asked for the lamps either, back when they came.",
    "What it wants instead is a row of masts with sensors that wake when a boat passes and sleep when it is gone.",
    "Fishermen who moor there say they have been waking and sleeping by those lamps since they were boys of nine.",
    "In the chandler's shop a petition lies beside the till, with four hundred names and a pencil on a piece of twine.",
]
RECORD = {
    "id": "quay-lamps",
    "title": "The Last of the Quay Lamps",
    "authors": [{"name": "Wenna Tarrock"}],
    "publisher": {"name": "Harbour Press", "url": "https://harbourpress.example/"},
    "url": "https://harbourpress.example/quay-lamps",
    "license": "LicenseRef-Harbour-1.0",
    "text": "\n\n".join(PARAGRAPHS),
}
CREDIT = (
    '<p>By Wenna Tarrock. Originally published by <a href="https://harbourpress.example/quay-lamps">Harbour Press</a> '
    'under the <a href="https://licence.example/1.0/">Harbour Press Licence 1.0</a>.</p>'
)
URL = "https://gullpost.example/quay"


@pytest.fixture(autouse=True)
def only_built_in_licences_afterwards() -> Iterator[None]:
    open_data.cache_clear()
    yield
    open_data.cache_clear()
    load_rules()


def archive(path: Path, html: str) -> None:
    with path.open("wb") as file:
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer = WARCWriter(file, gzip=True)
        payload = io.BytesIO(html.encode())
        date = {"WARC-Date": "2026-11-01T00:00:00Z"}
        record = writer.create_warc_record(URL, "response", payload=payload, http_headers=head, warc_headers_dict=date)
        writer.write_record(record)


def scan(folder: Path, headline: str, *options: str) -> Result:
    (folder / "works").mkdir()
    (folder / "rules").mkdir()
    (folder / "works" / "quay-lamps.json").write_text(json.dumps(RECORD), encoding="utf-8")
    (folder / "rules" / "harbour.toml").write_text(PACK, encoding="utf-8")
    (folder / "urls.txt").write_text(URL + "\n", encoding="utf-8")
    body = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
    archive(folder / "pages.warc.gz", f"<html><body><h1>{headline}</h1>{body}{CREDIT}</body></html>")
    arguments = [folder / "urls.txt", "--works", folder / "works", "--replay", folder / "pages.warc.gz"]
    return CliRunner().invoke(cccheck, ["scan", *map(str, arguments), "--output", str(folder / "out"), *options])


def findings(folder: Path) -> dict[str, dict[str, str]]:
    report = json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))
    (page,) = report["sites"][0]["pages"]
    return {finding["check"]: finding for finding in page["findings"]}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_licence_of_a_rules_folder_is_known_to_the_records(tmp_path: Path, jobs: str) -> None:
    result = scan(tmp_path, str(RECORD["title"]), "--rules", str(tmp_path / "rules"), "--jobs", jobs)
    assert result.exit_code == 0, result.output
    found = findings(tmp_path)
    assert found["author-credit"]["rule"] == "harbour-1.0/creator"
    assert {found[check]["outcome"] for check in ("author-credit", "publisher-credit", "source-link")} == {"pass"}
    assert (found["license-notice"]["outcome"], found["license-notice"]["code"]) == ("pass", "license-named")
    assert found["title-credit"]["outcome"] == "pass"


def test_its_own_conditions_are_judged_and_cited(tmp_path: Path) -> None:
    result = scan(tmp_path, "Lights out", "--rules", str(tmp_path / "rules"))
    assert result.exit_code != 4, result.output
    found = findings(tmp_path)["title-credit"]
    assert (found["outcome"], found["clause"]) == ("review", "Harbour Press Licence 1.0 §2.4"), result.output


def test_without_the_folder_the_record_is_refused(tmp_path: Path) -> None:
    result = scan(tmp_path, "Lights out")
    assert result.exit_code == 2
    assert "quay-lamps.json: license: `LicenseRef-Harbour-1.0` is no known licence" in result.stderr
    assert parse_license("LicenseRef-Harbour-1.0") is None
