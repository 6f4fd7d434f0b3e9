"""When something may leave, held to an oracle that walks the clock minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peil.surveys.whom.moments import Hours, slot
from peil.warehouse.settings import Settings

ZONES = ("Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "UTC", "America/Curacao")
NL = holidays.country_holidays("NL", years=range(2025, 2029))
HOURS = st.integers(0, 23)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # both changes of the clock


def may_leave(moment: datetime, zone: str, quiet_from: int, quiet_until: int, working_days: bool) -> bool:
    local = moment.astimezone(ZoneInfo(zone))
    hour, quiet = quiet_from, set()
    while hour != quiet_until:
        quiet.add(hour)
        hour = (hour + 1) % 24
    return local.hour not in quiet and not (working_days and (local.weekday() >= 5 or local.date() in NL))


@settings(max_examples=300, deadline=None)
@given(MOMENTS, st.sampled_from(ZONES), HOURS, HOURS, st.booleans())
def test_the_first_moment_is_that_of_the_oracle(
    moment: datetime, zone: str, quiet_from: int, quiet_until: int, working_days: bool
) -> None:
    hours = Hours(Settings(time_zone=zone), quiet_from, quiet_until, working_days)
    found = hours.first_from(moment)
    assert hours.allows(moment) == may_leave(moment, zone, quiet_from, quiet_until, working_days)
    if may_leave(moment, zone, quiet_from, quiet_until, working_days):
        assert found == moment
        return
    walked = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    while not may_leave(walked, zone, quiet_from, quiet_until, working_days):
        walked += timedelta(minutes=30) if (walked.minute % 30) == 0 else timedelta(minutes=1)
    assert found == walked


@pytest.mark.parametrize(
    ("asked", "leaves"),
    [
        ("2026-04-06T10:00+02:00", "2026-04-07T09:00+02:00"),  # Easter Monday
        ("2026-04-27T10:00+02:00", "2026-04-28T09:00+02:00"),  # King's Day
        ("2026-12-24T21:00+01:00", "2026-12-28T09:00+01:00"),  # Christmas, then a weekend
        ("2026-03-28T20:30+01:00", "2026-03-30T09:00+02:00"),  # over the change of the clock
    ],
)
def test_dutch_holidays_and_weekends(asked: str, leaves: str) -> None:
    hours = Hours(Settings())
    assert hours.first_from(datetime.fromisoformat(asked)) == datetime.fromisoformat(leaves)


def test_an_own_day_off_and_one_that_is_worked_on() -> None:
    day = date(2026, 4, 27)
    assert not Hours(Settings()).sends_on(day)
    assert Hours(Settings(holidays_remove=(day,))).sends_on(day)
    assert not Hours(Settings(holidays_add=(date(2026, 4, 28),))).sends_on(date(2026, 4, 28))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 500), HOURS, HOURS, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_places_of_a_day_are_spread_evenly_and_within_its_hours(
    a_day: int, quiet_from: int, quiet_until: int, day: date
) -> None:
    hours = Hours(Settings(), quiet_from, quiet_until, working_days=False)
    places = [slot(hours, day, n, a_day) for n in range(a_day)]
    assert places == sorted(places)
    assert all(hours.allows(p) for p in places)
    gaps = {round((b - a).total_seconds(), 3) for a, b in pairwise(places)}
    assert not gaps or max(gaps) - min(gaps) < 0.01
