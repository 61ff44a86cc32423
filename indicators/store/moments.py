"""Moments as people write them; a day means its end in Asia/Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

__all__ = ["end_of_day", "known_at"]

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""UTC+8 all year since 1991; a fixed offset, so that no time zone database is needed."""


def end_of_day(day: date) -> datetime:
    """Return the last microsecond of a day in Asia/Shanghai, as UTC."""
    return datetime.combine(day, time.max, SHANGHAI).astimezone(UTC)


def known_at(written: str) -> datetime:
    """Return the moment that a day (its end) or an ISO moment with a zone names.

    Raises:
        ValueError: it is neither.
    """
    if len(written.strip()) <= 10:
        return end_of_day(date.fromisoformat(written.strip()))
    moment = datetime.fromisoformat(written.strip())
    if moment.tzinfo is None:
        raise ValueError(written)
    return moment.astimezone(UTC)
