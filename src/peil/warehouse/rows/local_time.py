"""UTC to local time for whole arrays: the offsets of a time zone as a step function.

Microseconds are counted since 1970-01-01 as float64, NaN where there is no time; they are exact
up to the year 2255.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

SECOND = 1_000_000
DAY = 86_400 * SECOND
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=16)
def offset_steps(time_zone: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """When each UTC offset of a zone begins (microseconds, the first at -inf), and that offset."""
    zone = ZoneInfo(time_zone)
    starts, offsets = [-np.inf], [_offset(_FIRST, zone)]
    at = _FIRST
    while at < _LAST:
        after = at + timedelta(days=3)
        if _offset(after, zone) != offsets[-1]:
            starts.append(_change_between(at, after, zone))
            offsets.append(_offset(after, zone))
        at = after
    return np.array(starts), np.array(offsets)


def to_local(utc: NDArray[np.float64], time_zone: str) -> NDArray[np.float64]:
    """Local wall-clock microseconds of UTC ones; NaN stays NaN."""
    starts, offsets = offset_steps(time_zone)
    known = np.where(np.isnan(utc), 0.0, utc)
    local: NDArray[np.float64] = utc + offsets[np.searchsorted(starts, known, side="right") - 1]
    return local


def _offset(at: datetime, zone: ZoneInfo) -> float:
    shift = at.astimezone(zone).utcoffset()
    return shift.total_seconds() * SECOND if shift is not None else 0.0


def _change_between(low: datetime, high: datetime, zone: ZoneInfo) -> float:
    before = _offset(low, zone)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return (high - _FIRST).total_seconds() * SECOND
