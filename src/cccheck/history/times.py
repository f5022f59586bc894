"""Times as texts: ISO 8601 in UTC, whole seconds (`2026-11-01T06:00:00Z`). Counting with them; no clock is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cccheck.errors import UsageError

_FORM = "%Y-%m-%dT%H:%M:%SZ"


def parse(text: str) -> datetime:
    """A time or a date, with an offset or in UTC. Raises UsageError."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"`{text[:40]}` is no time; write one such as 2026-11-01 or 2026-11-01T06:00:00Z") from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def normal(text: str) -> str:
    """The same time as this program writes it. Raises UsageError."""
    return parse(text).strftime(_FORM)


def later(text: str, days: float) -> str:
    """So many days later; negative ones earlier."""
    return (parse(text) + timedelta(days=days)).strftime(_FORM)


def days_between(first: str, last: str) -> float:
    """How many days lie between; negative where `last` is the earlier."""
    return (parse(last) - parse(first)) / timedelta(days=1)


def day(text: str) -> str:
    """The date alone."""
    return text[:10]
