"""Opening hours, one day after the other: Monday to Friday, closed on Dutch holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Europe/Amsterdam")
HOURS = (time(9), time(17))
CLOSED = holidays.country_holidays("NL", years=range(2024, 2029))
FIRST, DAYS = date(2024, 12, 1), 1200


@cache
def opening(day: date) -> tuple[datetime, datetime] | None:
    if day.isoweekday() > 5 or day in CLOSED:
        return None
    first, last = (datetime.combine(day, at, ZONE).astimezone(UTC) for at in HOURS)
    return first, last


def _open_before() -> dict[date, float]:
    total, before = 0.0, {}
    for day in (FIRST + timedelta(days=i) for i in range(DAYS)):
        before[day] = total
        span = opening(day)
        total += (span[1] - span[0]).total_seconds() if span else 0.0
    return before


BEFORE = _open_before()


def until(moment: datetime) -> float:
    day = moment.astimezone(ZONE).date()
    span = opening(day)
    return BEFORE[day] + (max(0.0, (min(moment, span[1]) - span[0]).total_seconds()) if span else 0.0)


def open_seconds(start: datetime, end: datetime) -> float:
    """Seconds between the two times at which somebody was there."""
    return until(end) - until(start)
