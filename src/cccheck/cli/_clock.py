"""The one place where a command asks what time it is."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from cccheck.errors import UsageError


def clock(given: str | None) -> str:
    """The time given, from SOURCE_DATE_EPOCH, or now; ISO 8601 in UTC, whole seconds. Raises UsageError."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        when = (
            datetime.fromisoformat(given)
            if given
            else datetime.fromtimestamp(float(epoch), UTC)
            if epoch
            else datetime.now(UTC)
        )
        when = when if when.tzinfo is None else when.astimezone(UTC)
        return when.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    except (ValueError, OverflowError, OSError):
        if epoch and not given:
            raise UsageError("SOURCE_DATE_EPOCH: give a number of seconds since 1970, or leave it out") from None
        raise UsageError("--now: give a time such as 2026-11-01T06:00:00Z") from None
