"""The end of a scan: what it leaves behind, and the ends of those that broke off there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cccheck.cli._exit import Exit

if TYPE_CHECKING:
    from cccheck.cli._log import Log
    from cccheck.cli._show import Screen
    from cccheck.config import Config
    from cccheck.follow_up import Office
    from cccheck.journal import RunFolder, RunInfo


def conclude(
    folder: RunFolder,
    screen: Screen,
    options: dict[str, Any],
    config: Config,
    history: Path | None,
    office: Office | None,
) -> Exit:
    """History, reports, manifest, table; and only then is the run finished, so that one cut off here is continued."""
    from dataclasses import replace

    from cccheck.cli._clock import clock
    from cccheck.cli._cron import formats_of, status
    from cccheck.cli._following import keep_what_follows
    from cccheck.cli._history import take
    from cccheck.cli._show import Outcome
    from cccheck.evidence import seal
    from cccheck.report.formats import DEFAULT, Order, write_reports
    from cccheck.report.json_report import NAME, write_json
    from cccheck.report.table import site_rows

    info = replace(folder.info, finished=clock(options["now"]))
    verdicts = write_json(folder.path, info)["verdicts"]
    further = [name for name in formats_of(options["formats"], config) if name != DEFAULT]
    news = take(history, folder, info) if history is not None else None
    shown = config.changed_only and not options["quiet"]
    try:
        writer = replace(office, now=info.finished or info.started) if office else None
        keep_what_follows(folder.path, history, news, writer, lambda text: screen.remarks([text]))
        with screen.drawing(folder.done if further else 0) as step:
            written = write_reports(further, Order(folder.path, info, folder.path, options["lang"], step=step))
        seal(folder.path)
    except BaseException:  # the history has the run: nobody will say again what is new
        if news is not None:
            screen.news(news, shown=shown)
        raise
    rows, unread = site_rows(folder.path), sum(1 for problem in info.problems if problem["line"])
    try:
        screen.table(rows)
        outcome = Outcome(unread, len(news.changes) if news is not None else None)
        screen.closing(folder.path, [folder.path / NAME, *written.values()], rows, outcome)
        if news is not None:
            screen.news(news, shown=shown)
    finally:  # all is written, whether or not anybody reads the table
        folder.finish(info)
    ended = status(verdicts, unread, config, news.accusing if news else None)
    screen.ended(verdicts, ended)
    return ended


def worse(one: Exit, other: Exit) -> Exit:
    """The status of two scans together."""
    order = (Exit.OK, Exit.INCOMPLETE, Exit.VIOLATION, Exit.USAGE, Exit.INTERRUPTED, Exit.INTERNAL)
    return max(one, other, key=order.index)


def finish_left(options: dict[str, Any], config: Config, log: Log) -> Exit:
    """Write the reports of runs that the history has and that broke off before theirs were written.

    Their pages are not due, so that no list will be theirs again.
    """
    from cccheck.cli._following import office
    from cccheck.cli._history import of_scan
    from cccheck.cli._show import Screen
    from cccheck.journal import InUse, RunFolder
    from cccheck.scan import open_data

    history, ended = of_scan(options, config), Exit.OK
    left = list(_left(history, config.output)) if history is not None and not options["fresh"] else []
    if not left:
        return ended
    screen = Screen(quiet=options["quiet"] or config.changed_only, log=log.write if log.wanted else None)
    works = open_data(str(config.works), tuple(map(str, options["folders"] or config.rule_folders)))[0].works
    for place, info in left:
        try:
            with RunFolder(place, info) as folder:
                screen.notice(str(place), "its reports were not written yet; that is done now")
                writer = office(config, works, info.started)
                ended = worse(ended, conclude(folder, screen, options, config, history, writer))
        except InUse:  # it is being written this moment
            continue
    return ended


def _left(history: Path | None, base: Path) -> Iterator[tuple[Path, RunInfo]]:
    """Unfinished runs in a folder of runs that the history has taken, oldest first."""
    from cccheck.history import open_history, runs
    from cccheck.runs import known

    unfinished = [(folder, info) for folder, info in known(base) if not info.finished]
    if not unfinished or history is None or not history.exists():
        return
    with open_history(history) as store:
        taken = {(run.name, run.folder) for run in runs(store)}
    for folder, info in reversed(unfinished):
        if (info.id, str(folder.absolute())) in taken:
            yield folder, info
