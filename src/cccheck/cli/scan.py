"""`cccheck scan`: the main job. Check every URL of a list and write a report."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from cccheck.cli._exit import Exit

if TYPE_CHECKING:
    from cccheck.config import Config
    from cccheck.fetch import Fetcher
    from cccheck.fetch.settings import FetchSettings
    from cccheck.journal import RunFolder, RunInfo
    from cccheck.match import Corpus
    from cccheck.model import Problem, Target


@click.command("scan", epilog="Example: cccheck scan urls.txt --works works --output reports/monday")
@click.argument("urls", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), help="Settings (default: the nearest cccheck.toml)."
)
@click.option("--works", type=click.Path(path_type=Path), help="Folder of work records.")
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="Folder of rule packs that add to or override the built-in ones.",
)
@click.option(
    "--replay",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="WARC",
    help="Answer from this WARC file, never from the network.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Folder to write everything to (default: a new one under reports/).",
)
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(["json"]), help="Report to write (default: json)."
)
@click.option("--fresh", is_flag=True, help="Do not continue an unfinished run.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that audit.")
@click.option("--contact", help="E-mail address or URL that visited sites can turn to.")
@click.option("--delay", type=click.FloatRange(0, 3600), help="Seconds between two requests to one site.")
@click.option("--allow-private", is_flag=True, default=None, help="Allow addresses of private networks.")
@click.option("--ignore-robots", is_flag=True, default=None, help="Do not ask robots.txt: only for sites that agreed.")
@click.option("--now", metavar="TIME", help="Take this as the time of the run (ISO 8601); also SOURCE_DATE_EPOCH.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(urls: Path, **options: Any) -> None:
    """Check every URL of the list URLS (a file, or - for standard input): who copied, and is the credit there?

    One URL per line, after white space an optional work id; .csv and .jsonl with the columns url and work are read too.

    \b
    Exit status: 0 nothing failed, 1 at least one violation, 2 usage or configuration,
    3 no violation but something could not be checked, 4 internal error, 130 interrupted.
    """
    raise SystemExit(_run(urls, options))


def _run(urls: Path, options: dict[str, Any]) -> Exit:
    from cccheck.cli._show import Screen
    from cccheck.config import load_config
    from cccheck.journal import RunFolder
    from cccheck.report.json_report import write_json
    from cccheck.report.table import site_rows
    from cccheck.scan import Job, open_data, scan
    from cccheck.targets import read_targets

    chosen = ("works", "contact", "delay", "allow_private", "ignore_robots")
    config = load_config(options["config_file"]).with_options(**{key: options[key] for key in chosen})
    works, packs = str(config.works), tuple(map(str, options["rules"]))
    corpus, rules = open_data(works, packs)
    targets, problems = read_targets(urls if str(urls) != "-" else "-")
    problems = (*problems, *_unknown_works(targets, corpus))
    info = _info(options, targets, problems, rules.digest, corpus.digest)
    screen = Screen(quiet=options["quiet"])
    screen.problems(problems)
    with RunFolder(_folder(options, config, info), info) as folder:
        job = Job(works, str(folder.path), packs)
        with (
            _fetching(options, config, folder) as fetcher,
            _stoppable() as stop,
            screen.progress(len(targets), len(folder.done())) as progress,
        ):
            notice, jobs = screen.notice, options["jobs"]
            scan(targets, fetcher, job, folder, jobs=jobs, stop=stop, progress=progress, notice=notice)
        if stop.is_set():
            screen.interrupted(folder.path)
            return Exit.INTERRUPTED
        write_json(folder.path, folder.finish(_clock(options)))
        _seal(folder.path)
        rows = site_rows(folder.path)
        screen.table(rows)
        screen.closing(folder.path, rows)
        return _status(bool(problems), folder.path)


def _unknown_works(targets: Sequence[Target], corpus: Corpus) -> Iterator[Problem]:
    """Hints that name no work: such a page is matched against the whole catalogue all the same."""
    from cccheck.errors import UsageError
    from cccheck.model import Problem

    if not corpus.works:
        raise UsageError("there are no works to compare with; add one with `cccheck work add`, or give --works DIR")
    for target in targets:
        if target.hint is not None and target.hint not in corpus.works:
            told = f"no work has the id {target.hint}; the page was compared with all works"
            yield Problem(target.line, f"{target.url} {target.hint}", told)


def _status(problems: bool, folder: Path) -> Exit:
    import json

    counts = json.loads((folder / "report.json").read_text("utf-8"))["summary"]["verdicts"]
    if counts["violation"]:
        return Exit.VIOLATION
    return Exit.INCOMPLETE if counts["unavailable"] or problems else Exit.OK


@contextmanager
def _stoppable() -> Iterator[Event]:
    """SIGINT and SIGTERM set the event: requests in flight are finished, the rest waits for the next start."""
    stop = Event()

    def ask(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    previous = {sign: signal.signal(sign, ask) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for sign, handler in previous.items():
            signal.signal(sign, handler)


def _seal(folder: Path) -> None:
    """The digests of what the run wrote, for `cccheck verify` and for `sha256sum --check`."""
    from cccheck.fetch.verify import write_manifest

    files = [folder / "report.json", folder / "audits.jsonl", *sorted((folder / "warc").glob("*.warc.gz"))]
    write_manifest(folder, files)


def _clock(options: dict[str, Any]) -> str:
    """The time of the run: given, from the environment, or now; ISO 8601 in UTC, whole seconds."""
    from cccheck.errors import UsageError

    text, epoch = options["now"], os.environ.get("SOURCE_DATE_EPOCH")
    try:
        when = (
            datetime.fromisoformat(text)
            if text
            else datetime.fromtimestamp(float(epoch), UTC)
            if epoch
            else datetime.now(UTC)
        )
    except (ValueError, OverflowError):
        raise UsageError("--now: give a time such as 2026-11-01T06:00:00Z") from None
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _info(options: dict[str, Any], targets: Any, problems: Any, rules: str, corpus: str) -> RunInfo:
    from hashlib import sha256

    from cccheck.journal import RunInfo

    started = _clock(options)
    seen = sha256("\n".join(f"{t.url}\t{t.hint}\t{sorted(t.extra.items())}" for t in targets).encode())
    for path in options["replay"]:
        seen.update(f"\n{path.name} {path.stat().st_size if path.exists() else 0}".encode())
    rows = tuple({"line": p.line, "text": p.text, "message": p.message} for p in problems)
    return RunInfo(started.replace("-", "").replace(":", ""), started, rules, corpus, seen.hexdigest(), None, rows)


def _folder(options: dict[str, Any], config: Config, info: RunInfo) -> Path:
    from cccheck.journal import unfinished

    if options["output"]:
        if options["fresh"]:
            (options["output"] / "run.json").unlink(missing_ok=True)
        return Path(options["output"])
    found = None if options["fresh"] else unfinished(config.output, info)
    return found or config.output / info.id


@contextmanager
def _fetching(options: dict[str, Any], config: Config, folder: RunFolder) -> Iterator[Fetcher]:
    """The fetcher: archives alone, or the network with every exchange kept in the run's `warc/`."""
    if options["replay"]:
        from cccheck.fetch.replay import ReplayFetcher

        replay = ReplayFetcher(options["replay"])
        try:
            yield replay
        finally:
            replay.close()
        return
    from cccheck.fetch.record import recording_fetcher

    network, recorder = recording_fetcher(_settings(config), folder.path / "warc")
    folder.before_sync = recorder.sync
    try:
        yield network
    finally:
        network.close()
        recorder.close()
        folder.before_sync = lambda: None


def _settings(config: Config) -> FetchSettings:
    from cccheck.errors import UsageError
    from cccheck.fetch.settings import FetchSettings

    if not config.contact:
        raise UsageError(
            "contact: nobody to turn to is named; give --contact you@newsroom.example, or set contact in cccheck.toml"
        )
    return FetchSettings(
        config.contact, delay=config.delay, allow_private=config.allow_private, ignore_robots=config.ignore_robots
    )
