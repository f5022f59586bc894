"""A scan's last look ahead: what changed, the cases and the letters of its sites, kept in its folder for reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cccheck.cli._history import News
    from cccheck.config import Config
    from cccheck.follow_up import Office
    from cccheck.model import Work


def keep_what_follows(
    folder: Path, history: Path | None, news: News | None, office: Office | None, tell: Callable[[str], None]
) -> None:
    """Write the run's `follow-up.jsonl`; `tell` hears why a letter could not be drafted."""
    from cccheck.follow_up import Since, keep_follow_up
    from cccheck.history import open_history

    if history is None or news is None:
        keep_follow_up(folder, None, None, office, tell)
        return
    with open_history(history) as store:
        keep_follow_up(folder, store, Since(news.before, news.changes), office, tell)


def office(config: Config, works: Mapping[str, Work], now: str) -> Office | None:
    """By whom letters are drafted; by nobody, where nobody is named who is to be answered. Raises DataError."""
    from cccheck.cli.letter import refusals, templates
    from cccheck.follow_up import Office
    from cccheck.letters import Sender

    if not config.contact:
        return None
    return Office(Sender(config.contact, config.signature or ""), now, works, refusals(config), templates(config))
