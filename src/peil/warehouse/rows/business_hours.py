"""Time that counts only while the organisation is open: its zone, its hours, its holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from peil.core.errors import UserError
from peil.warehouse.rows.local_time import DAY, SECOND, offset_steps
from peil.warehouse.settings import Settings

Array = NDArray[np.float64]
_EPOCH = date(1970, 1, 1)
_FIRST_YEAR, _LAST_YEAR = 1970, 2100  # a time outside counts as if at the edge


def business_seconds(starts: Array, ends: Array, settings: Settings) -> Array:
    """Open seconds from `starts` to `ends`: (n,) UTC microseconds each, NaN where either is.

    An end before its start gives a negative number. Opening hours are read on the wall clock, so a day on which
    the clock changes is shorter or longer where the hours span the change.
    """
    known = ~(np.isnan(starts) | np.isnan(ends))
    result = np.full(starts.shape, np.nan)
    if not known.any():
        return result
    a, b = starts[known], ends[known]
    years = [_year_of(x) for x in (min(a.min(), b.min()), max(a.max(), b.max()))]
    opens, closes = _open_spans(settings, years[0], years[1])
    result[known] = (_open_before(b, opens, closes) - _open_before(a, opens, closes)) / SECOND
    return result


def holiday_dates(settings: Settings, first_year: int, last_year: int) -> frozenset[date]:
    """Closed days of these years: the country's public holidays, less those removed, and those added."""
    days: set[date] = set()
    if settings.holidays_country:
        import holidays

        try:
            days |= set(holidays.country_holidays(settings.holidays_country, years=range(first_year, last_year + 1)))
        except NotImplementedError:
            raise UserError(
                f"There is no holiday calendar for '{settings.holidays_country}'.",
                'Give a country code such as "NL", or "none" and add the days yourself.',
            ) from None
    return frozenset((days - set(settings.holidays_remove)) | set(settings.holidays_add))


def _year_of(microseconds: float) -> int:
    days = min(max(microseconds / DAY, 0.0), 365.2425 * (_LAST_YEAR - _FIRST_YEAR))
    return (_EPOCH + timedelta(days=days)).year


def _open_before(at: Array, opens: Array, closes: Array) -> Array:
    """Open microseconds before each time."""
    if not len(opens):
        return np.zeros(at.shape)
    before = np.concatenate([[0.0], np.cumsum(closes - opens)])
    span = np.searchsorted(opens, at, side="right") - 1
    inside = np.minimum(at, closes[span]) - opens[span]
    return np.where(span < 0, 0.0, before[span] + inside)


@lru_cache(maxsize=32)
def _open_spans(settings: Settings, first_year: int, last_year: int) -> tuple[Array, Array]:
    """Opening and closing times in UTC, in order; a year at either end is added for the zone's sake."""
    local = _local_spans(settings, first_year - 1, last_year + 1)
    starts, offsets = offset_steps(settings.time_zone)
    ends = np.append(starts[1:], np.inf)
    opens, closes = [], []
    for begin, end, offset in zip(starts, ends, offsets, strict=True):
        # a span cut by a change of the clock gives one part on either side
        a, b = np.maximum(local[:, 0] - offset, begin), np.minimum(local[:, 1] - offset, end)
        opens.append(a[a < b])
        closes.append(b[a < b])
    a, b = np.concatenate(opens), np.concatenate(closes)
    order = np.argsort(a, kind="stable")
    return a[order], b[order]


def _local_spans(settings: Settings, first_year: int, last_year: int) -> Array:
    closed = np.array(sorted((d - _EPOCH).days for d in holiday_dates(settings, first_year, last_year)), dtype=np.int64)
    days = np.arange((date(first_year, 1, 1) - _EPOCH).days, (date(last_year, 12, 31) - _EPOCH).days + 1)
    days = days[~np.isin(days, closed)]
    weekday = (days + 3) % 7  # 1970-01-01 was a Thursday
    minute = 60.0 * SECOND
    spans = [
        np.column_stack([days[weekday == w] * float(DAY) + a * minute, days[weekday == w] * float(DAY) + b * minute])
        for w, hours in enumerate(settings.opening)
        for a, b in hours
    ]
    return np.concatenate(spans) if spans else np.empty((0, 2))
