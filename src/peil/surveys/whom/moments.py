"""When somebody may be disturbed, and how many of a day: pure, by the clock of the organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from peil.surveys.manner import Manner
from peil.warehouse.rows.business_hours import holiday_dates
from peil.warehouse.settings import Settings

_FARTHEST = 60  # days to look ahead; no calendar is closed that long
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Nothing leaves from `quiet_from` until `quiet_until`, nor on days off where only working days count."""

    settings: Settings  # time zone and holidays
    quiet_from: int = 20
    quiet_until: int = 9
    working_days: bool = True

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.time_zone)

    def day_of(self, moment: datetime) -> date:
        """The day of the organisation in which a moment falls."""
        return moment.astimezone(self.zone).date()

    def sends_on(self, day: date) -> bool:
        """Whether anything leaves on this day."""
        return not self.working_days or (day.isoweekday() <= 5 and day not in _holidays(self.settings, day.year))

    def sends_at_hour(self, hour: int) -> bool:
        if self.quiet_from > self.quiet_until:  # through the night
            return self.quiet_until <= hour < self.quiet_from
        return not self.quiet_from <= hour < self.quiet_until

    def allows(self, moment: datetime) -> bool:
        local = moment.astimezone(self.zone)
        return self.sends_on(local.date()) and self.sends_at_hour(local.hour)

    def first_from(self, moment: datetime) -> datetime:
        """The first moment from this one on at which something may leave, in UTC."""
        found = moment.astimezone(UTC)
        for _ in range(2 * _FARTHEST):
            if self.allows(found):
                return found
            found = self._next_edge(found)
        return moment.astimezone(UTC)

    def _next_edge(self, moment: datetime) -> datetime:
        """The first moment after this one at which the hour or the day may allow it: midnight, or the end of quiet."""
        day = self.day_of(moment)
        edges = (self._at(d, hour) for d in (day, day + _DAY) for hour in (0, self.quiet_until % 24))
        return min(edge for edge in edges if edge > moment)

    def _at(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), self.zone).astimezone(UTC)

    def window(self, day: date) -> tuple[datetime, datetime]:
        """From when until when something may leave on a day, the longest stretch of it."""
        if self.quiet_from > self.quiet_until:
            return self._at(day, self.quiet_until), self._at(day, self.quiet_from % 24) if self.quiet_from < 24 else (
                self._at(day + _DAY, 0)
            )
        before, after = self.quiet_from, 24 - self.quiet_until
        if self.quiet_from == self.quiet_until:
            return self._at(day, 0), self._at(day + _DAY, 0)
        if before > after:
            return self._at(day, 0), self._at(day, self.quiet_from)
        return self._at(day, self.quiet_until), self._at(day + _DAY, 0)

    def sending_days(self, since: date, days: int) -> list[date]:
        """The days of a period on which something leaves."""
        found = [since + timedelta(days=n) for n in range(days)]
        return [day for day in found if self.sends_on(day)]


def hours_of(manner: Manner, settings: Settings) -> Hours:
    return Hours(settings, manner.quiet_from, manner.quiet_until, manner.working_days)


@lru_cache(maxsize=64)
def _holidays(settings: Settings, year: int) -> frozenset[date]:
    return holiday_dates(settings, year, year)


def slot(hours: Hours, day: date, number: int, a_day: int) -> datetime:
    """When the `number`th request of a day leaves (from 0), where `a_day` are spread over it evenly."""
    opens, closes = hours.window(day)
    return opens + (closes - opens) * (min(number, a_day - 1) / a_day)


def share_of(lot: float, days: Sequence[date]) -> date | None:
    """Which of the days a lot in [0, 1) falls on: each gets as many, give or take chance."""
    return days[int(lot * len(days))] if days else None
