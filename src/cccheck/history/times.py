"""Times as texts: ISO 8601 in UTC, whole seconds (`2026-11-01T06:00:00Z`). Counting with them; no clock is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cccheck.errors import UsageError


def parse(text: str) -> datetime:
    """A time or a date, with an offset or in UTC. Raises UsageError."""
    try:
        when = datetime.fromisoformat(text)
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"`{text[:40]}` is no time; write one such as 2026-11-01 or 2026-11-01T06:00:00Z") from None


def _written(when: datetime) -> str:
    """A time in UTC as this program writes it."""
    return when.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def normal(text: str) -> str:
    """The same time as this program writes it. Raises UsageError."""
    return _written(parse(text))


def later(text: str, days: float) -> str:
    """So many days later; negative ones earlier. Raises UsageError outside the years 1 to 9999."""
    try:
        return _written(parse(text) + timedelta(days=days))
    except OverflowError:
        away = "after" if days > 0 else "before"
        raise UsageError(f"{abs(days):g} days {away} {day(text)} there is no date; give a shorter time") from None


def days_between(first: str, last: str) -> float:
    """How many days lie between; negative where `last` is the earlier."""
    return (parse(last) - parse(first)) / timedelta(days=1)


def day(text: str) -> str:
    """The date alone."""
    return text[:10]
