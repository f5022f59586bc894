"""`cccheck lint`: the republisher's side. Is the credit there, before the page goes out?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cccheck.cli._complete import complete_works
from cccheck.cli._examples import examples
from cccheck.cli._exit import Exit
from cccheck.cli._options import config_option, works_option

if TYPE_CHECKING:
    from cccheck.config import Config
    from cccheck.fetch import Fetcher

_URL = re.compile(r"https?://", re.IGNORECASE)
_ALONE = (
    "A draft is judged as it lies there. What your site puts around it (a byline, a footer, a licence), what its",
    "stylesheet hides, and where the page will stand is not known: check the page once more when it is out.",
)


@click.command(
    "lint",
    short_help="Check your own draft or page before it goes out.",
    epilog=examples(
        ("A draft against the record of its article", "cccheck lint draft.html --work night-buses --works works"),
        ("The page when it is out", "cccheck lint https://county-ledger.example/buses --work night-buses"),
    ),
)
@click.argument("draft", metavar="FILE|URL")
@click.option(
    "--work",
    "hint",
    metavar="ID",
    shell_complete=complete_works,
    help="The article's record; without it, whichever text stands there.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the record of the page, as in report.json.")
@works_option
@config_option
def command(draft: str, hint: str | None, as_json: bool, works: Path | None, config_file: Path | None) -> None:
    """Check a page that republishes an article: what has to be mended, and the credit line to paste.

    FILE is HTML, Markdown or plain text, and nothing is fetched for it. URL is fetched as a scan would.

    \b
    Exit status: 0 nothing failed, 1 something has to be mended, 2 usage or configuration,
    3 the article's text was not found there, or the page could not be read.
    """
    from cccheck.cli._options import settings
    from cccheck.errors import UsageError
    from cccheck.scan import Job, open_data
    from cccheck.validation import nearest

    config = settings(config_file, works=works)
    rules = tuple(map(str, config.rule_folders))
    corpus, _ = open_data(str(config.works), rules)
    if hint is not None and hint not in corpus.works:
        raise UsageError(f"--work {hint}: no work is called so in {config.works}; {nearest(hint, corpus.works)}")
    page = bool(_URL.match(draft))
    row = _judged(draft, hint, config, Job(str(config.works), ".", rules), page=page)
    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False, indent=1))
    else:
        _show(row, draft, page=page)
    raise SystemExit(_status(row))


def _judged(draft: str, hint: str | None, config: Config, job: Any, *, page: bool) -> dict[str, Any]:
    """The page's record, by the same way as in a scan."""
    from contextlib import closing

    from cccheck.drafts import ADDRESS
    from cccheck.model import Target
    from cccheck.scan import audits

    fetcher = _fetcher(draft, config, page=page)
    target = Target(draft if page else ADDRESS, hint)
    try:
        with closing(audits([target], fetcher, job)) as judged:
            row: dict[str, Any] = json.loads(next(judged).line)
    finally:
        fetcher.close()
    return row


def _fetcher(draft: str, config: Config, *, page: bool) -> Fetcher:
    from cccheck.cli._source import network
    from cccheck.drafts import DraftFetcher

    return network(draft, config) if page else DraftFetcher(Path(draft))


def _show(row: dict[str, Any], draft: str, *, page: bool) -> None:
    from cccheck.cli._show import Screen
    from cccheck.report.outline import page_lines

    shown = row if page else {**row, "url": draft, "final_url": draft, "captures": []}
    Screen(quiet=False).lines(page_lines(shown, own=True))
    if not page:
        click.echo("\n" + "\n".join(_ALONE))


def _status(row: dict[str, Any]) -> Exit:
    if row["verdict"] == "violation":
        return Exit.VIOLATION
    return Exit.INCOMPLETE if row["verdict"] in ("unavailable", "not-a-copy") else Exit.OK
