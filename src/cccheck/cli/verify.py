"""`cccheck verify`: do a run's report and its evidence agree? Offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from cccheck.cli._exit import Exit
from cccheck.cli._terminal import clean


@click.command("verify", short_help="Check that a run's report and its evidence agree.")
@click.argument("run", type=click.Path(path_type=Path, file_okay=False))
def command(run: Path) -> None:
    """Check the run in folder RUN without the network: files against the manifest, records against their digests,
    and every capture that the report names against the archive.

    Exit status: 0 all agrees, 1 something does not, 2 there is no run.
    """
    from cccheck.errors import UsageError

    if not (run / "report.json").is_file():
        raise UsageError(f"{run}: no finished run is there; name the folder that holds report.json")
    flaws = list(_flaws(run))
    for flaw in flaws:
        click.echo(clean(flaw))
    captures = sum(1 for _ in _captures(run))
    if not flaws:
        click.echo(f"{captures} captures, report and evidence agree")
    raise SystemExit(Exit.VIOLATION if flaws else Exit.OK)


def _flaws(run: Path) -> Iterator[str]:
    from cccheck.fetch.verify import check_manifest, check_warc

    yield from map(str, check_manifest(run))
    for warc in sorted((run / "warc").glob("*.warc.gz")):
        yield from map(str, check_warc(warc))
    yield from _disagreements(run)


def _disagreements(run: Path) -> Iterator[str]:
    """Captures whose bytes in the archive are not those that the report was made from."""
    from cccheck.fetch.replay import ReplayFetcher
    from cccheck.model import Capture

    archives = sorted({run / row["warc"] for _, row in _captures(run) if row.get("warc")})
    missing = [path for path in archives if not path.exists()]
    for path in missing:
        yield f"{path}: the report names this archive, and it is not there"
    fetcher = ReplayFetcher([path for path in archives if path not in missing])
    try:
        for url, row in _captures(run):
            if not row.get("warc") or run / row["warc"] in missing:
                continue
            found = fetcher.fetch(row["url"], row["role"])
            if not isinstance(found, Capture) or found.sha256 != row["sha256"]:
                yield f"{url}: the archive does not give the page that the report was made from"
    finally:
        fetcher.close()


def _captures(run: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    import json

    from cccheck.journal import iter_lines

    for _, line in iter_lines(run / "audits.jsonl"):
        page = json.loads(line)
        for capture in page["captures"]:
            yield page["url"], capture
