"""Open seconds, against a clock that walks minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peil.core.errors import UserError
from peil.warehouse.rows.business_hours import business_seconds, holiday_dates
from peil.warehouse.settings import OFFICE, Hours, Settings

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NIGHT: Hours = ((0, 150), (180, 1440))  # closed from 02:30 to 03:00, in the hour in which the clock changes
CHANGES = [datetime(2026, 3, 28, 12), datetime(2026, 10, 24, 12), datetime(2026, 4, 24, 12), datetime(2026, 12, 24, 12)]


def seconds(start: datetime, end: datetime, rules: Settings) -> float:
    edges = [np.array([(at - EPOCH) / timedelta(microseconds=1)]) for at in (start, end)]
    return float(business_seconds(edges[0], edges[1], rules)[0])


def walked(start: datetime, end: datetime, rules: Settings) -> float:
    """Whole minutes whose wall-clock minute is open."""
    zone, closed = ZoneInfo(rules.time_zone), holiday_dates(rules, 2026, 2026)
    at, total = start, 0
    while at < end:
        local = at.astimezone(zone)
        minute = local.hour * 60 + local.minute
        if local.date() not in closed:
            total += any(a <= minute < b for a, b in rules.opening[local.weekday()])
        at += MINUTE
    return 60.0 * total


spans = st.lists(st.integers(0, 24 * 4), min_size=2, max_size=4, unique=True).map(sorted)
hours = spans.map(lambda s: tuple((a * 15, b * 15) for a, b in zip(s[::2], s[1::2], strict=False)))
zones = st.sampled_from(
    ["Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "America/Santiago", "Australia/Lord_Howe"]
)


@settings(max_examples=60, deadline=None)
@given(
    base=st.sampled_from(CHANGES),
    offset=st.integers(0, 2 * 1440),
    length=st.integers(0, 2 * 1440),
    opening=st.lists(st.one_of(hours, st.just(OFFICE), st.just(NIGHT)), min_size=7, max_size=7),
    zone=zones,
)
def test_equal_to_a_clock_that_walks_by_the_minute(
    base: datetime, offset: int, length: int, opening: list[Hours], zone: str
) -> None:
    rules = Settings(time_zone=zone, opening=tuple(opening), holidays_add=(date(2026, 10, 26),))
    start = base.replace(tzinfo=UTC) + offset * MINUTE
    end = start + length * MINUTE
    assert seconds(start, end, rules) == walked(start, end, rules)


def test_a_weekend_and_a_night_do_not_count() -> None:
    friday = datetime(2026, 1, 9, 15, 30, tzinfo=UTC)  # 16:30 in Amsterdam
    monday = datetime(2026, 1, 12, 8, 15, tzinfo=UTC)  # 09:15
    assert seconds(friday, monday, Settings()) == 45 * 60


def test_the_clock_goes_forward_and_back() -> None:
    always = Settings(opening=(((0, 1440),),) * 7, holidays_country=None)
    day = {name: datetime(2026, *month_day, tzinfo=ZoneInfo("Europe/Amsterdam")) for name, month_day in DAYS.items()}
    utc = {name: at.astimezone(UTC) for name, at in day.items()}
    assert seconds(utc["spring"], utc["after spring"], always) == 23 * 3600
    assert seconds(utc["autumn"], utc["after autumn"], always) == 25 * 3600


DAYS = {"spring": (3, 29), "after spring": (3, 30), "autumn": (10, 25), "after autumn": (10, 26)}


def test_holidays_can_be_added_and_removed() -> None:
    kings_day = datetime(2026, 4, 27, 6, tzinfo=UTC)
    next_day = kings_day + timedelta(days=1)
    assert seconds(kings_day, next_day, Settings()) == 0
    assert seconds(kings_day, next_day, Settings(holidays_remove=(date(2026, 4, 27),))) == 8 * 3600
    monday = datetime(2026, 5, 11, 6, tzinfo=UTC)
    assert seconds(monday, monday + timedelta(days=1), Settings(holidays_add=(date(2026, 5, 11),))) == 0


def test_what_is_not_known_stays_unknown_and_closed_is_zero() -> None:
    at = np.array([0.0, np.nan, 0.0])
    end = np.array([np.nan, 0.0, 3.6e9])
    found = business_seconds(at, end, Settings(opening=((),) * 7))
    assert np.isnan(found[:2]).all()
    assert found[2] == 0


def test_times_far_outside_the_calendar_are_taken() -> None:
    end = np.array([9e18, -9e18])
    assert np.isfinite(business_seconds(np.array([0.0, 0.0]), end, Settings())).all()


def test_a_country_without_calendar_is_refused_with_a_remedy() -> None:
    with pytest.raises(UserError, match=r"no holiday calendar for 'XX'.*none"):
        holiday_dates(Settings(holidays_country="XX"), 2026, 2026)
