"""When a job is due: a time of the local day, every day or on some of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from peil.core.errors import Bug


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """At a local time, on weekdays (1 Monday to 7 Sunday), on one day of the month, or every day."""

    at: time
    weekdays: frozenset[int] = frozenset()
    day: int | None = None  # of the month, 1 to 28: every month has it

    def __post_init__(self) -> None:
        if self.day is not None and not 1 <= self.day <= 28:
            raise Bug(f"not every month has a day {self.day}")

    def __str__(self) -> str:
        days = ",".join(map(str, sorted(self.weekdays))) or (f"day {self.day}" if self.day else "daily")
        return f"{days} {self.at:%H:%M}"

    def falls_on(self, day: date) -> bool:
        if self.day is not None:
            return day.day == self.day
        return not self.weekdays or day.isoweekday() in self.weekdays

    def after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first due time after `moment`, in UTC.

        A local time that the clock skips in spring is due as much later as the clock jumps; one that comes twice in
        autumn is due the first time only.
        """
        day = moment.astimezone(zone).date() - timedelta(days=1)
        for _ in range(40):
            if self.falls_on(day):
                # once per local day, whatever the clock does: fold 0 is the first of two, and UTC settles the gap
                due = datetime.combine(day, self.at, zone).astimezone(UTC)
                if due > moment:
                    return due
            day += timedelta(days=1)
        raise Bug(f"a plan that never comes: {self}")
