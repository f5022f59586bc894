"""`cccheck decide`: a person's word on a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cccheck.cli._examples import examples
from cccheck.cli._history import check_text, history_option, opened
from cccheck.cli._options import config_option, settings
from cccheck.cli._terminal import clean

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "decide",
    short_help="Decide on a finding that fails or was left to a person.",
    epilog=examples(
        (
            "The author's name stands in the picture",
            'cccheck decide https://quayside.example/wall --rule author-credit pass --why "named in the picture"',
        ),
    ),
)
@click.argument("url", metavar="URL")
@click.argument("outcome", type=click.Choice(["pass", "fail", "undo"]))
@click.option("--rule", required=True, help="The rule's id (cc-by-4.0/creator), its end, or the check (author-credit).")
@click.option("--why", metavar="TEXT", help="The reason, in at most 2,000 characters; it stands in the report.")
@click.option("--now", metavar="TIME", help="Take this as the time (ISO 8601); also SOURCE_DATE_EPOCH.")
@history_option
@config_option
def command(url: str, outcome: str, rule: str, why: str | None, config_file: Path | None, **options: Any) -> None:
    """Decide on a finding of the page URL: pass or fail; or undo what was decided.

    The decision holds from the next scan on, for as long as the page shows what it shows now; when the page changes the
    question comes up again. Reports name it, with the reason. A case that rested on nothing else is withdrawn at once.
    """
    from cccheck.cli._clock import clock
    from cccheck.history import hand, telling

    if outcome != hand.UNDO or why:
        check_text(why or "", "decide: give the reason with --why; it stands in the report")
    with opened(options["history"], settings(config_file)) as store:
        made, fallen = hand.decide(store, url, rule, outcome, why or "", clock(options["now"]))
    for decision in made:
        what = "is judged by the program again" if outcome == hand.UNDO else f"{outcome} from the next scan on"
        click.echo(clean(f"{decision.url}: {decision.rule}: {what}"))
    for case in fallen:
        click.echo(clean(f"Case {case.id}: {telling.standing_of(case)}"))
