"""Clock times of a zone as UTC and back, from a table per zone, since a year has 35,040 quarters of an hour and a file
millions of times.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Moments = NDArray[np.datetime64]
Mask = NDArray[np.bool_]
_QUARTER = 15 * 60 * 1_000_000
_FIRST, _LAST = 1970, 2100  # before, clocks changed at odd seconds
_UTC = pa.timestamp("us", tz="UTC")


def to_utc(local: Moments, zone: str) -> tuple[Moments, Mask]:
    """Local times in UTC, and which of them the clock skipped. An hour that comes twice is taken the first time."""
    known = local[~np.isnat(local)]
    if not len(known):
        return local, np.zeros(len(local), dtype=np.bool_)
    first, last = (
        int(y) + 1970 for y in (known.min().astype("M8[Y]").astype(int), known.max().astype("M8[Y]").astype(int))
    )
    if first < _FIRST or last > _LAST or last - first > 40:
        return _to_utc(local, zone)
    begin = np.datetime64(f"{first:04}-01-01", "us")
    shifts, gaps = _table(zone, first, last)
    at = np.where(np.isnat(local), 0, (local - begin).astype(np.int64) // _QUARTER)
    return local - shifts[at], gaps[at] & ~np.isnat(local)


def to_local(utc: Moments, zone: str) -> Moments:
    """UTC as the clock of a zone showed it."""
    local: Moments = pc.local_timestamp(pa.array(utc).cast(_UTC).cast(pa.timestamp("us", tz=zone))).to_numpy(
        zero_copy_only=False
    )
    return local


@lru_cache(maxsize=64)
def _table(zone: str, first: int, last: int) -> tuple[NDArray[np.timedelta64], Mask]:
    """For each quarter of an hour of these years, what the clock was ahead of UTC, and whether it was skipped."""
    quarters = np.arange(
        np.datetime64(f"{first:04}-01-01", "us"), np.datetime64(f"{last + 1:04}-01-01", "us"), np.timedelta64(15, "m")
    )
    utc, gaps = _to_utc(quarters, zone)
    return quarters - utc, gaps


def _to_utc(local: Moments, zone: str) -> tuple[Moments, Mask]:
    clock = pa.array(local)
    zoned = pc.assume_timezone(clock, zone, ambiguous="earliest", nonexistent="earliest")
    gap: Mask = pc.not_equal(pc.local_timestamp(zoned), clock).fill_null(False).to_numpy(zero_copy_only=False)
    utc: Moments = zoned.cast(_UTC).cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
    return utc, gap
