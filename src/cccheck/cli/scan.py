"""`cccheck scan`: the main job. Check every URL of a list and write a report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cccheck.cli._complete import complete_runs
from cccheck.cli._cron import KEYS, cron_options
from cccheck.cli._examples import examples
from cccheck.cli._exit import Exit
from cccheck.cli._groups import Grouped
from cccheck.cli._options import config_option, format_option, language_option, rules_option, works_option
from cccheck.errors import UsageError

if TYPE_CHECKING:
    from cccheck.cli._log import Log
    from cccheck.config import Config
    from cccheck.fetch import Fetcher
    from cccheck.fetch.network import NetworkFetcher
    from cccheck.fetch.record import Recorder
    from cccheck.fetch.settings import FetchSettings
    from cccheck.inputs import Inputs
    from cccheck.journal import RunFolder, RunInfo
    from cccheck.match import Corpus
    from cccheck.rulebook import Rulebook
    from cccheck.targets import Row


def _a_number(_ctx: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    if value is not None and isnan(value):  # passes every bound
        raise click.BadParameter("nan is no number of seconds; write one from 0 to 3600")
    return value


_GROUPS = {
    "Your files": ("--works", "--accepted", "--rules", "--config", "--history"),
    "What is written": ("--output", "--format", "--lang", "--quiet"),
    "Asking the sites": ("--contact", "--delay", "--previous", "--ignore-robots", "--allow-private"),
    "Without asking them": ("--replay",),
    "Every night": ("--due", "--changed-only", "--fail-on", "--tolerate-unavailable", "--log"),
}


@click.command(
    "scan",
    cls=Grouped,
    groups=_GROUPS,
    short_help="Check every page of a list and write a report.",
    epilog=examples(
        ("With the settings of cccheck.toml", "cccheck scan urls.txt"),
        (
            "Everything said on the line",
            "cccheck scan urls.txt --works works --contact rights@post.example --output monday",
        ),
        ("From cron: what is due, and a mail only if something changed", "cccheck scan --due --changed-only"),
        ("Offline, from an archive", "cccheck scan urls.txt --works works --replay pages.warc.gz"),
        ("The list comes from another program", "cut -f 3 sheet.tsv | cccheck scan -"),
    ),
)
@click.argument("urls", nargs=-1, metavar="[URLS]", type=click.Path(path_type=Path, allow_dash=True))
@config_option
@works_option
@rules_option("Folder of rules that add to or override the built-in ones (default: `rules` of cccheck.toml).")
@click.option(
    "--accepted",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Pages that are accepted as they are, with reasons (default: `accepted` of cccheck.toml, or accepted.toml).",
)
@click.option(
    "--replay",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="WARC...",
    help="Take the pages from these archives (WARC files), never from the network.",
)
@click.option(
    "--previous",
    metavar="RUN",
    shell_complete=complete_runs,
    help="Ask only for what has changed since that run: a folder, a run id, `latest`, or `none`"
    " (default: latest; none with --output).",
)
@click.option(
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder to write everything to (default: a new one under reports/).",
)
@format_option("report.json is always written.")
@language_option
@cron_options
@click.option("--fresh", is_flag=True, help="Begin anew where a run was interrupted.")
@click.option(
    "--jobs", metavar="N", type=click.IntRange(1, 256), help="Pages checked at once (default: `workers`, or 1)."
)
@click.option("--contact", metavar="WHO", help="E-mail address or URL that visited sites can turn to.")
@click.option(
    "--delay",
    metavar="SECONDS",
    type=click.FloatRange(0, 3600),
    callback=_a_number,
    help="Seconds between two requests to one site.",
)
@click.option("--allow-private", is_flag=True, default=None, help="Ask servers of your own network too: for tests.")
@click.option("--ignore-robots", is_flag=True, default=None, help="Do not ask robots.txt: only for sites that agreed.")
@click.option("--now", metavar="TIME", help="Take this as the time of the run (ISO 8601); also SOURCE_DATE_EPOCH.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(urls: tuple[Path, ...], **options: Any) -> None:
    """Check every page of the list URLS (a file, or - for standard input): is your text there, with the credit?

    Each page is fetched once, politely, and kept as evidence. A line a site is printed, then what to do first; the
    report goes into a new folder under reports/. Given again, the same command goes on where it was interrupted.

    The list has one address a line and, if you know it, the id of the work after a space; .csv and .jsonl with the
    columns url and work do too. Without URLS: the list that cccheck.toml names, or, with --due, the pages that the
    history knows.

    \b
    Exit status: 0 nothing failed, 1 at least one violation, 2 usage or configuration,
    3 no violation but something could not be checked, 4 internal error, 130 interrupted.
    """
    from cccheck.cli._cron import formats_of
    from cccheck.cli._ending import finish_left, worse
    from cccheck.cli._log import Log
    from cccheck.config import load_config
    from cccheck.inputs import Inputs

    chosen = ("works", "accepted", "contact", "delay", "allow_private", "ignore_robots", *KEYS)
    config = load_config(options["config_file"]).with_options(**{key: options[key] for key in chosen})
    formats_of(options["formats"], config)  # a name that is none is said before anything is fetched
    rows = _rows(urls, options, config)
    with Inputs(rows) as inputs, Log(config.log, partial(_clock, options)) as log:
        ended = finish_left(options, config, log) if options["due"] else Exit.OK
        if options["due"] and not len(inputs) and not inputs.problems:
            log.write("nothing-due")
            raise SystemExit(ended)
        raise SystemExit(worse(ended, _run(inputs, options, config, log)))


def _rows(urls: tuple[Path, ...], options: dict[str, Any], config: Config) -> Iterator[Row]:
    """The rows of the list, or what is due of it."""
    from cccheck.cli._archives import list_and_archives
    from cccheck.cli._cron import rows_due
    from cccheck.cli._history import of_scan
    from cccheck.targets import iter_targets

    named = urls or ((config.urls,) if config.urls else ())
    if not named and not options["due"]:
        mend = "write cccheck scan [OPTIONS] URLS, or name a list as `urls` in cccheck.toml (see cccheck scan --help)"
        raise UsageError(f"URLS is missing; {mend}")
    rows = None if options["due"] and not named else iter_targets(list_and_archives(named, options))
    history = of_scan(options, config)
    if config.fail_on == "new" and history is None:
        raise UsageError("--fail-on new: there is no history to compare with; give --history FILE")
    return rows_due(rows, history, _clock(options)) if options["due"] else rows or iter(())


def _run(inputs: Inputs, options: dict[str, Any], config: Config, log: Log) -> Exit:
    from cccheck.cli._cron import formats_of
    from cccheck.cli._ending import conclude
    from cccheck.cli._following import office
    from cccheck.cli._history import begin, of_scan
    from cccheck.cli._show import Screen
    from cccheck.cli._stopping import stoppable
    from cccheck.journal import RunFolder
    from cccheck.report.formats import check_places
    from cccheck.report.kept import keep
    from cccheck.scan import Job, open_data, scan

    folders: tuple[Path, ...] = options["folders"] or config.rule_folders
    works, packs = str(config.works), tuple(map(str, folders))
    accepted = str(config.accepted.absolute()) if config.accepted else ""
    corpus, rules = open_data(works, packs, accepted)
    if not corpus.works:
        raise UsageError(f"{works}: there are no works to compare with; add one with `cccheck work add`")
    inputs.name_unknown(corpus.works)
    info = _info(options, config, inputs, rules, corpus)
    screen = Screen(quiet=options["quiet"] or config.changed_only, log=log.write if log.wanted else None)
    screen.problems(inputs.problems)
    screen.remarks(remark["message"] for remark in info.problems if not remark["line"])
    history, place = of_scan(options, config), _folder(options, config, info)
    writer = office(config, corpus.works, info.started)  # what it lacks is said before anything is fetched
    check_places(formats_of(options["formats"], config), place)
    with RunFolder(place, info, fresh=options["fresh"]) as folder:
        if history is not None:
            begin(history, folder)
        log.write("started", run=folder.info.id, folder=str(folder.path), targets=len(inputs), done=folder.done)
        job = Job(works, str(folder.path), packs, accepted)
        with (
            _fetching(options, config, folder) as fetcher,
            stoppable() as stop,
            screen.progress(len(inputs), folder.done) as progress,
        ):
            if folder.done:
                screen.notice(str(folder.path), f"goes on; {folder.done} of {len(inputs)} were done before")
            notice, jobs = screen.notice, options["jobs"] or config.workers or 1
            scan(inputs, fetcher, job, folder, jobs=jobs, stop=stop, progress=progress, notice=notice)
        try:
            if not stop.is_set():
                keep(folder.path, corpus.works, rules)
                return conclude(folder, screen, options, config, history, writer)
        except KeyboardInterrupt:
            pass  # nothing is finished before all is written
        screen.interrupted(folder.path)
        return Exit.INTERRUPTED


def _clock(options: dict[str, Any]) -> str:
    """The time of the run: given, from the environment, or now."""
    from cccheck.cli._clock import clock

    return clock(options["now"])


def _info(options: dict[str, Any], config: Config, inputs: Inputs, rules: Rulebook, corpus: Corpus) -> RunInfo:
    from cccheck import __version__
    from cccheck.acceptances import remarks
    from cccheck.journal import RunInfo

    started = _clock(options)
    accepted = config.accepted.absolute() if config.accepted else None
    said = remarks(rules.acceptances, started, corpus.works, accepted) if accepted else []
    source = [f"{path.name} {path.stat().st_size if path.exists() else 0}" for path in options["replay"]]
    return RunInfo(
        id=started.replace("-", "").replace(":", ""),
        started=started,
        rules_digest=rules.digest,
        corpus_digest=corpus.digest,
        inputs_digest=inputs.digest(*(source or (config.allow_private, config.ignore_robots))),
        problems=(
            *({"line": p.line, "text": p.text, "message": p.message} for p in inputs.problems),
            *({"line": 0, "text": "", "message": text} for text in said),
        ),
        version=__version__,
        works=str(config.works.absolute()),
        rules=tuple(str(path.absolute()) for path in options["folders"] or config.rule_folders),
        replay=tuple(str(path.absolute()) for path in options["replay"]),
        accepted=str(accepted or ""),
    )


def _folder(options: dict[str, Any], config: Config, info: RunInfo) -> Path:
    from cccheck.runs import place_for

    return options["output"] or place_for(config.output, info, fresh=options["fresh"])


@contextmanager
def _fetching(options: dict[str, Any], config: Config, folder: RunFolder) -> Iterator[Fetcher]:
    """The fetcher: archives alone, or the network with every exchange kept in the run's `warc/`."""
    if options["replay"]:
        from cccheck.fetch.replay import ReplayFetcher

        replay = ReplayFetcher(options["replay"])
        if replay.is_empty:
            raise UsageError(f"{options['replay'][0]}: no page is in there; name an archive that holds some")
        try:
            yield replay
        finally:
            replay.close()
        return
    from cccheck.evidence import holds

    network, recorder = _recording(options, config, folder)
    folder.before_line = recorder.sync
    try:
        folder.keep_while(partial(holds, recorder.recall))
        yield network
    finally:
        network.close()
        recorder.close()
        folder.before_line = lambda: None


def _recording(options: dict[str, Any], config: Config, folder: RunFolder) -> tuple[NetworkFetcher, Recorder]:
    """With the archives of the run before, which spare what has not changed; broken ones only stop who named them."""
    from cccheck.errors import DataError
    from cccheck.fetch.record import recording_fetcher

    settings, previous = _settings(config), _previous(options, config)
    try:
        return recording_fetcher(settings, folder.path / "warc", previous=previous)
    except DataError as error:
        if options["previous"] or Path(error.file) not in previous:
            raise
        return recording_fetcher(settings, folder.path / "warc")


def _previous(options: dict[str, Any], config: Config) -> list[Path]:
    """The archives of the run that is named, else of the latest that fetched."""
    from cccheck.evidence import archives
    from cccheck.runs import finished, named

    given = options["previous"]
    if given == "none" or (options["output"] and not given):
        return []
    runs = [named(given, config.output)] if given else finished(config.output)
    return next(filter(None, map(archives, runs)), [])


def _settings(config: Config) -> FetchSettings:
    from cccheck.fetch.settings import FetchSettings

    if not config.contact:
        raise UsageError(
            "contact: nobody to turn to is named; give --contact you@newsroom.example, or set contact in cccheck.toml"
        )
    return FetchSettings(
        config.contact, delay=config.delay, allow_private=config.allow_private, ignore_robots=config.ignore_robots
    )
