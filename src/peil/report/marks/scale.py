"""Where a value lies on a drawn line: a linear scale, and a logarithmic one for times."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

BIGGEST = 1e15
SMALLEST = 1e-6
"""Ends of what a scale is drawn for: beyond them a float no longer has room for steps."""

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
WHOLE_TIMES = (1.0, MINUTE, HOUR, DAY, 30 * DAY, 365 * DAY)
TIMES = (
    WHOLE_TIMES,
    (*WHOLE_TIMES, 10.0, 10 * MINUTE, 7 * DAY),
    (*WHOLE_TIMES, 10.0, 10 * MINUTE, 4 * HOUR, 3 * DAY, 7 * DAY, 90 * DAY),
    (
        *(5.0, 10.0, 15.0, 30.0, *WHOLE_TIMES, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE),
        *(2 * HOUR, 4 * HOUR, 8 * HOUR, 2 * DAY, 3 * DAY, 7 * DAY, 14 * DAY, 60 * DAY, 90 * DAY, 180 * DAY),
    ),
)
"""Round times in seconds, from few to many: a clock counts in sixties, not in tens."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The values at the left and right end of a drawn line; `log` for times in seconds."""

    low: float
    high: float
    log: bool = False

    def at(self, value: float) -> float:
        """Give the place of a value in per cent of the width, at most at the ends; 50 on a scale without width."""
        low, high, here = (_log(x) if self.log else _tame(x) for x in (self.low, self.high, value))
        if low == high or math.isnan(value):
            return 50.0
        return min(100.0, max(0.0, 100 * (here - low) / (high - low)))

    def side(self, value: float) -> int:
        """Say whether a value lies left of the scale (-1), on it (0) or right of it (1)."""
        left, right = min(self.low, self.high), max(self.low, self.high)
        outside = (value > right) - (value < left)
        return outside if self.high >= self.low else -outside

    @classmethod
    def around(cls, values: Iterable[float | None], include: Iterable[float | None] = (), log: bool = False) -> Self:
        """Give a scale with round ends that holds every finite value; 0 to 1 when there is none."""
        known = [_tame(v) for v in (*values, *include) if v is not None and math.isfinite(v)]
        if log:
            return cls(*_time_ends([v for v in known if v > 0]), log=True)
        if not known:
            return cls(0.0, 1.0)
        low, high = min(known), max(known)
        step = round_step((high - low) / 5 or abs(high) / 10 or 1.0)
        if high - low < step:
            low, high = low - step / 2, high + step / 2
        return cls(math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step)

    def ticks(self, n: int = 5) -> list[float]:
        """Give at most about n round values on the scale, rising; times on a logarithmic one."""
        low, high = sorted(max(SMALLEST, _tame(x)) if self.log else _tame(x) for x in (self.low, self.high))
        if not low < high or n < 1:
            return [low]
        if self.log:
            return _time_ticks(low, high, n)
        step = round_step((high - low) / n)
        first = math.ceil(low / step - 1e-9)
        digits = max(0, 1 - math.floor(math.log10(step)))
        return [round(k * step, digits) + 0.0 for k in range(first, math.floor(high / step + 1e-9) + 1)]


def round_step(least: float) -> float:
    """Give the smallest of 1, 2 and 5 times a power of ten that is not below `least`."""
    least = max(least, SMALLEST)
    power = 10.0 ** math.floor(math.log10(least))
    return next((m * power for m in (1, 2, 5) if m * power >= least * (1 - 1e-9)), 10 * power)


def _tame(value: float) -> float:
    return min(BIGGEST, max(-BIGGEST, value))


def _log(value: float) -> float:
    return math.log(min(BIGGEST, max(SMALLEST, value)))


def _time_ends(known: Sequence[float]) -> tuple[float, float]:
    if not known:
        return 1.0, DAY
    low, high, steps = min(known), max(known), sorted(TIMES[-1])
    below = [s for s in steps if s <= low]
    above = [s for s in steps if s >= high]
    low_end = below[-1] if below else 10.0 ** math.floor(math.log10(max(low, SMALLEST)))
    high_end = above[0] if above else 10.0 ** math.ceil(math.log10(high))
    return (low_end, high_end) if low_end < high_end else (low_end / 2, high_end * 2)


def _time_ticks(low: float, high: float, n: int) -> list[float]:
    fitting = [[t for t in sorted(times) if low <= t <= high] for times in TIMES]
    chosen = max((ticks for ticks in fitting if len(ticks) <= n), key=len, default=fitting[0])
    if len(chosen) >= 2:
        return chosen
    decades = [10.0**p for p in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]
    return [d for d in decades if low <= d <= high][:: max(1, len(decades) // n)] or chosen or [low]
