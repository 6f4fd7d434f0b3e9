"""The days of the demo, the clock on the wall in the Netherlands, and when somebody is there.

A moment is a number of seconds on that clock since the first day at midnight (float64, NaN for never). Nothing
happens between one and three at night, so the hour that the clock skips or repeats is never met.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from peil.facts.reading.zones import to_utc
from peil.warehouse.rows.business_hours import holiday_dates
from peil.warehouse.settings import Hours, Settings

Array = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
Random = np.random.Generator

START, END = date(2025, 5, 1), date(2026, 11, 1)  # the first day, and the first day after
ZONE = "Europe/Amsterdam"
MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
DAYS = (END - START).days
MONTH = 30.0  # days, where a rate is told a month

_LONG: Hours = ((8 * 60, 21 * 60),)
SETTINGS = Settings(
    organisation="Kadewijk Energie",
    opening=(_LONG,) * 5 + (((9 * 60, 17 * 60),), ()),
    targets=(
        ("phone", 30.0), ("chat", 120.0), ("messaging", 1_800.0), ("social", 3_600.0), ("in_person", 600.0),
        ("email", 14_400.0), ("web", 14_400.0), ("app", 14_400.0), ("post", 259_200.0),
    ),
    kpi_targets=(
        ("nps_relationship", 30.0), ("csat", 82.0), ("ces_agree", 5.5), ("first_response_in_target", 80.0), ("fcr", 75.0),
        ("retention", 98.0), ("rapportcijfer", 7.5), ("reachability", 92.0), ("transferred", 12.0),
    ),
)  # fmt: skip


def moment(day: date) -> float:
    """A day's midnight."""
    return (day - START).days * DAY


FINISH = moment(END)


def day_of(at: Array) -> Codes:
    """Days since the first one; what is never falls on day 0."""
    return np.floor(np.nan_to_num(at) / DAY).astype(np.int64)


def hour_of(at: Array) -> Codes:
    return (np.nan_to_num(at) % DAY // HOUR).astype(np.int64)


def weekday_of(day: Codes) -> Codes:
    """0 Monday to 6 Sunday."""
    return (day + START.weekday()) % 7


def month_of(day: Codes) -> Codes:
    """0 January to 11 December."""
    return (np.datetime64(START) + day).astype("datetime64[M]").astype(np.int64) % 12


def utc(at: Array) -> pa.Array:
    """Moments as UTC times, to the second; null for NaN."""
    never = np.isnan(at)
    local = np.datetime64(START, "us") + (np.floor(np.where(never, 0.0, at)) * 1_000_000).astype("m8[us]")
    found, _ = to_utc(local, ZONE)
    return pa.array(found.astype(np.int64), pa.int64(), mask=never).cast(pa.timestamp("us", tz="UTC"))


def between(first: Array, last: Array) -> Array:
    """Seconds that really pass from one moment to another, the change of the clock counted."""
    return _real(last) - _real(first)


def _real(at: Array) -> Array:
    never = np.isnan(at)
    local = np.datetime64(START, "us") + (np.floor(np.where(never, 0.0, at)) * 1_000_000).astype("m8[us]")
    found, _ = to_utc(local, ZONE)
    return np.where(never, np.nan, found.astype(np.int64) / 1e6)


def draw_moments(rng: Random, n: int, days: Array, hours: Array) -> Array:
    """`n` moments: a day by the weights `days` (DAYS,), an hour by `hours` (24,)."""
    day = np.searchsorted(np.cumsum(days / days.sum()), rng.random(n), side="right").clip(0, DAYS - 1)
    return np.asarray(day * DAY + draw_clock(rng, n, hours), dtype=np.float64)


def draw_clock(rng: Random, n: int, hours: Array) -> Array:
    """`n` times of the day in seconds, an hour by the weights `hours` (24,)."""
    hour = np.searchsorted(np.cumsum(hours / hours.sum()), rng.random(n), side="right").clip(0, 23)
    return np.floor(hour * HOUR + rng.random(n) * HOUR)


def to_waking_hours(at: Array) -> Array:
    """Moments at night put off to the same morning, some hours later."""
    clock = at % DAY
    return np.asarray(np.where(clock < 7 * HOUR, at - clock + 7 * HOUR + clock * 0.4, at))


@dataclass(frozen=True, slots=True)
class Office:
    """Spans of time in which somebody is there, in order."""

    opens: Array
    closes: Array

    def open_before(self, at: Array) -> Array:
        """Open seconds before each moment."""
        span = np.searchsorted(self.opens, at, side="right") - 1
        inside = np.minimum(at, self.closes[span]) - self.opens[span]
        return self._sums()[span] + inside

    def after(self, at: Array, seconds: Array) -> Array:
        """The moment at which `seconds` of open time have passed since `at`."""
        sums = self._sums()
        wanted = self.open_before(at) + seconds
        span = (np.searchsorted(sums, wanted, side="left") - 1).clip(0, len(self.opens) - 1)
        return np.asarray(self.opens[span] + wanted - sums[span])

    def is_open(self, at: Array) -> Flags:
        span = np.searchsorted(self.opens, at, side="right") - 1
        return np.asarray(at < self.closes[span])

    def _sums(self) -> Array:
        return np.concatenate([[0.0], np.cumsum(self.closes - self.opens)])


@lru_cache(maxsize=4)
def office(opening: tuple[Hours, ...] = SETTINGS.opening, holidays: bool = True) -> Office:
    """The spans of these opening hours, from some months before the first day until a year after the last."""
    first, last = START - timedelta(days=120), END + timedelta(days=370)
    closed = holiday_dates(SETTINGS, first.year, last.year) if holidays else frozenset()
    opens, closes = [], []
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        for a, b in () if day in closed else opening[day.weekday()]:
            opens.append(moment(day) + a * MINUTE)
            closes.append(moment(day) + b * MINUTE)
    return Office(np.array(opens), np.array(closes))


def online() -> Office:
    """When messages and social media are read: every day from eight to ten."""
    return office((((8 * 60, 22 * 60),),) * 7, holidays=False)
