"""`cccheck case`: the cases, from discovery to cure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from cccheck.cli._complete import complete_sites, complete_works
from cccheck.cli._examples import examples
from cccheck.cli._history import check_text, history_option, opened
from cccheck.cli._options import config_option, settings
from cccheck.cli._terminal import clean

F = TypeVar("F", bound=Callable[..., Any])
_STATES = ("open", "notified", "overdue", "cured", "accepted", "withdrawn")


def _common(command: F) -> F:
    """`--now`, `--history`, `--config`."""
    text = "Take this as the time (ISO 8601); also SOURCE_DATE_EPOCH."
    return click.option("--now", metavar="TIME", help=text)(history_option(config_option(command)))


def _why(command: F) -> F:
    return click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept with the case.")(command)


@click.group(
    "case",
    short_help="List cases and move them: notify, accept, withdraw, note.",
    epilog=examples(
        ("What is still to be done", "cccheck case list"),
        ("A notice was sent", "cccheck case notify 12 --on 2026-11-03"),
    ),
)
def command() -> None:
    """A case is one violation, from discovery to cure: open, notified, then cured, overdue, accepted or withdrawn.

    Scans open and close cases; what people do is noted here. Nothing is sent.
    """


@command.command(
    "list",
    short_help="List the cases: state, days, date, site, what is missing.",
    epilog=examples(("What is still to be done, the worst first", "cccheck case list --by harm")),
)
@click.option("--state", "states", multiple=True, type=click.Choice(_STATES), help="Only these (default: not closed).")
@click.option("--all", "everything", is_flag=True, help="Closed ones too.")
@click.option("--site", metavar="SITE", shell_complete=complete_sites, help="Of this site only.")
@click.option("--work", metavar="ID", shell_complete=complete_works, help="Of this work only.")
@click.option("--by", "order", type=click.Choice(["number", "harm"]), default="number", help="harm: the worst first.")
@_common
def list_cases(
    states: tuple[str, ...], everything: bool, site: str | None, work: str | None, order: str, **options: Any
) -> None:
    """List the cases: number, state, days open, date to mend or answer by, site, what is missing.

    By harm, each has a weight and the signs that make it: the whole text, no credit at all, what is said altered, money
    asked for it, done before, taken for the original by search engines. They say where to look first, and no more.
    """
    from cccheck.cli._clock import clock
    from cccheck.history import ACTIVE, State, cases, telling

    wanted = () if everything else tuple(map(State, states)) or ACTIVE
    now = clock(options["now"])
    with opened(options["history"], settings(options["config_file"])) as store:
        found = cases(store, states=wanted, site=site, work=work)
        lines = _lines_by_harm(store, found, now) if order == "harm" else [telling.case_line(c, now) for c in found]
    click.echo("".join(f"{clean(line)}\n" for line in lines), nl=False)
    if not found:
        click.echo("No case is open." if wanted == ACTIVE else "There are none.")


def _lines_by_harm(store: Any, found: Any, now: str) -> list[str]:
    from cccheck.history import telling
    from cccheck.history.triage import by_harm

    lines = []
    for case, harm in by_harm(store, found):
        lines += [telling.case_line(case, now), f"       harm {harm.score}: {harm.told or 'no signs'}"]
    return lines


@command.command(
    "show",
    short_help="Show a case: its dates, what is missing, what happened.",
    epilog=examples(("Everything about case 4", "cccheck case show 4")),
)
@click.argument("number", type=int)
@_common
def show(number: int, **options: Any) -> None:
    """Show a case: its dates, what is missing, what happened, whether a letter may be written, its pages."""
    from cccheck.cli._clock import clock
    from cccheck.history import ACTIVE, case, events, may_write, records, telling

    with opened(options["history"], settings(options["config_file"])) as store:
        found = case(store, number)
        for line in telling.case_lines(found, events(store, number)):
            click.echo(clean(line))
        if found.state in ACTIVE:
            leave = may_write(found, clock(options["now"]))
            click.echo(clean(f"  A letter {'may' if leave.allowed else 'may not yet'} be written: {leave.reason}."))
        for row in records(store, found.copy.id):
            click.echo(clean(f"  {row['url']}: {row['verdict']}"))


@command.command(
    "notify",
    short_help="Note that a notice was sent.",
    epilog=examples(("A letter was sent on the third", "cccheck case notify 4 --on 2026-11-03")),
)
@click.argument("number", type=int)
@click.option("--on", "on", metavar="DATE", help="When the notice was sent (default: now).")
@click.option("--note", "text", default="", metavar="TEXT", help="By which way, to whom.")
@_common
def notify(number: int, on: str | None, text: str, **options: Any) -> None:
    """Note that a notice was sent. From its date the days to mend are counted; a further one is a reminder."""
    from cccheck.history import moves, telling
    from cccheck.history.times import normal

    if text:
        check_text(text, "case notify: say what is to be noted, or leave out --note")

    def by(case: Any, now: str) -> moves.Moved:
        at = normal(on) if on else now
        _not_after(at, now)
        return moves.notify(case, at, text)

    moved = _move(number, by, options)
    click.echo(clean(f"Case {moved.id}: {telling.standing_of(moved)}"))


@command.command(
    "accept",
    epilog=examples(("There is a contract", 'cccheck case accept 4 --why "syndication agreement"')),
)
@click.argument("number", type=int)
@_why
@_common
def accept(number: int, why: str, **options: Any) -> None:
    """Accept the copy as it is. It is not brought up again unless something else is missing."""
    _close(number, "accept", why, options)


@command.command(
    "withdraw",
    short_help="Withdraw the case: it was no violation, or is let go.",
    epilog=examples(("It was no violation", 'cccheck case withdraw 4 --why "the credit is in the picture"')),
)
@click.argument("number", type=int)
@_why
@_common
def withdraw(number: int, why: str, **options: Any) -> None:
    """Withdraw the case: it was no violation, or nothing more is to be done."""
    _close(number, "withdraw", why, options)


@command.command(
    "note",
    epilog=examples(("Somebody called", 'cccheck case note 4 "telephoned, will mend it"')),
)
@click.argument("number", type=int)
@click.argument("text")
@_common
def note(number: int, text: str, **options: Any) -> None:
    """Write something down with a case: an answer, a telephone call. At most 2,000 characters."""
    from cccheck.cli._clock import clock
    from cccheck.history import hand

    check_text(text, "case note: say what is to be noted")
    with opened(options["history"], settings(options["config_file"])) as store:
        hand.note(store, number, clock(options["now"]), text)


def _close(number: int, what: str, why: str, options: dict[str, Any]) -> None:
    from cccheck.history import moves, telling

    check_text(why, f"case {what}: give the reason with --why; it is kept with the case")
    closing = {"accept": moves.accept, "withdraw": moves.withdraw}[what]
    moved = _move(number, lambda case, now: closing(case, now, why), options)
    click.echo(clean(f"Case {moved.id}: {telling.standing_of(moved)}"))


def _move(number: int, by: Callable[[Any, str], Any], options: dict[str, Any]) -> Any:
    from cccheck.cli._clock import clock
    from cccheck.history import hand

    now = clock(options["now"])
    with opened(options["history"], settings(options["config_file"])) as store:
        return hand.move(store, number, lambda case: by(case, now))


def _not_after(at: str, now: str) -> None:
    from cccheck.errors import UsageError

    if at[:10] > now[:10]:
        raise UsageError(f"--on: {at[:10]} is not yet; give the day on which the notice was sent")
