"""Moments: all that a KPI may ask of the rows of one group.

The set is closed. Each moment has a meaning on rows (`of`), and two groups are merged by
adding their moments. A row whose column is null enters no moment, so each moment brings its
own denominator. With `weighted`, a row counts for its column `weight` instead of for 1.

`Histogram` and `LogHistogram` give one sum per value or bucket instead of one sum; they too
are merged by adding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = str | int | float | None
Row: TypeAlias = Mapping[str, Value]


def _weight(row: Row, weighted: bool) -> float:
    return float(row["weight"] or 0.0) if weighted else 1.0


def _number(row: Row, column: str) -> float | None:
    value = row[column]
    return None if value is None else float(value)


@dataclass(frozen=True, slots=True)
class Is:
    """A condition on a row: `column` holds one of `values`. Null never does.

    Conditions are on columns with few values, because the planner groups by them.
    """

    column: str
    values: tuple[str | int, ...]

    def holds(self, row: Row) -> bool:
        return row[self.column] in self.values


@dataclass(frozen=True, slots=True)
class Count:
    """Rows where `column` is not null."""

    column: str

    def of(self, rows: Iterable[Row], weighted: bool = False) -> float:
        return sum(_weight(r, weighted) for r in rows if r[self.column] is not None)


@dataclass(frozen=True, slots=True)
class CountBetween:
    """Rows where `low` <= `column` <= `high`."""

    column: str
    low: float
    high: float

    def of(self, rows: Iterable[Row], weighted: bool = False) -> float:
        pairs = ((_number(r, self.column), _weight(r, weighted)) for r in rows)
        return sum(w for x, w in pairs if x is not None and self.low <= x <= self.high)


@dataclass(frozen=True, slots=True)
class Sum:
    """Sum of (`column` - `origin`) to the power 1 or 2.

    Columns with large values declare an origin near their middle, so that the sum of squares
    keeps its digits.
    """

    column: str
    power: int = 1
    origin: float = 0.0

    def of(self, rows: Iterable[Row], weighted: bool = False) -> float:
        pairs = ((_number(r, self.column), _weight(r, weighted)) for r in rows)
        return sum(w * (x - self.origin) ** self.power for x, w in pairs if x is not None)


@dataclass(frozen=True, slots=True)
class SumProduct:
    """Sum of `column` times `other`, over rows where both are known."""

    column: str
    other: str

    def of(self, rows: Iterable[Row], weighted: bool = False) -> float:
        total = 0.0
        for r in rows:
            x, y = _number(r, self.column), _number(r, self.other)
            if x is not None and y is not None:
                total += _weight(r, weighted) * x * y
        return total


@dataclass(frozen=True, slots=True)
class Histogram:
    """Rows per value of `column`."""

    column: str

    def of(self, rows: Iterable[Row], weighted: bool = False) -> Counter[Value]:
        counts: Counter[Value] = Counter()
        for r in rows:
            if r[self.column] is not None:
                counts[r[self.column]] += _weight(r, weighted)  # type: ignore[assignment]
        return counts


@dataclass(frozen=True, slots=True)
class LogHistogram:
    """Rows per logarithmic bucket of a duration, finished and still open ones apart.

    `column` names the duration in seconds; its bucket, made at load, stands in the column
    `<column>_bucket`. `still_open` names a column with the bucket of the age of what has not
    happened yet (null once it has happened): those rows are censored at that age.
    """

    column: str
    still_open: str | None = None

    @property
    def bucket(self) -> str:
        return f"{self.column}_bucket"

    def of(self, rows: Iterable[Row], weighted: bool = False) -> Counter[tuple[int, bool]]:
        """Counts by (bucket, censored)."""
        counts: Counter[tuple[int, bool]] = Counter()
        for r in rows:
            done = r[self.bucket]
            open_age = r[self.still_open] if self.still_open and done is None else None
            bucket = done if done is not None else open_age
            if bucket is not None:
                counts[int(bucket), done is None] += _weight(r, weighted)  # type: ignore[assignment]
        return counts


Moment: TypeAlias = Count | CountBetween | Sum | SumProduct
Spread: TypeAlias = Histogram | LogHistogram
