"""KPIs on plain lists and arrays, without a warehouse.

>>> from peil.core.kpis import get
>>> figure = measure(get("csat"), answers([5] * 100 + [4] * 60 + [3] * 40, kind="csat", scale=(1, 5)))
>>> round(figure.value, 2), round(figure.low, 2), round(figure.high, 2), figure.n
(80.0, 73.91, 84.95, 200)
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from peil.core.boxes import Boxes, boxes_for
from peil.core.buckets import bucket_of
from peil.core.errors import BadQuery, Bug, did_you_mean
from peil.core.estimate import estimate, estimate_spread
from peil.core.kpi import Array, Estimate, Kpi
from peil.core.moments import Count, CountBetween, Histogram, LogHistogram, Moment, Spread, Sum, SumProduct
from peil.core.numerics.replicates import BlockSums, SpreadSums

Column: TypeAlias = Sequence[object] | NDArray[np.generic]

BLOCKS = 100
_ASSUMED = ("scale_code",)  # what one list of answers has in common, where it is not given


def answers(
    scores: Sequence[float | None] | Array, *, kind: str, scale: tuple[float, float], boxes: Boxes | None = None
) -> dict[str, Column]:
    """The columns that KPIs on answers ask for, from scores on one scale; None or NaN is a skipped answer.

    `boxes` are those of the question where it states its own.

    >>> answers([9, 6, None], kind="nps", scale=(0, 10))["box"]
    array([ 1., -1., nan])
    """
    x = _numbers(scores, "score")
    known = ~np.isnan(x)
    outside = known & ((x < scale[0]) | (x > scale[1]))
    if np.any(outside):
        raise BadQuery(
            f"{x[outside][0]:g} is not on the scale {scale[0]:g}-{scale[1]:g} (row {int(np.argmax(outside)) + 1:,}).",
            "Give None for answers that are missing, or another scale.",
        )
    box = np.where(known, (boxes or boxes_for(kind, scale)).of(x), np.nan)
    code = np.where(known, scale[0] + 1000 * scale[1], np.nan)
    return {"score": x, "box": box, "scale_code": code}


def measure(
    kpi: Kpi,
    columns: Mapping[str, Column],
    *,
    customers: Column | None = None,
    weights: Sequence[float] | Array | None = None,
    level: float = 0.95,
) -> Estimate:
    """One figure of `kpi` from columns of equal length; None and NaN are missing.

    `customers` says whose row each is; without it every row is somebody else's. Conditions of
    the KPI on columns that are not given are taken to hold; the age of what is still open is
    given as its bucket (`peil.core.bucket_of`). Nothing answered gives None, one answer a value
    without interval. A KPI with shares per value has no one figure: use `shares`.
    """
    if isinstance(kpi.spread, Histogram):
        raise BadQuery(f"{kpi.key} is a share per value, not one figure.", "Use peil.core.shares.")
    return _measure(kpi, columns, customers, weights, level)[0]


def shares(
    kpi: Kpi,
    columns: Mapping[str, Column],
    *,
    customers: Column | None = None,
    weights: Sequence[float] | Array | None = None,
    level: float = 0.95,
) -> list[Estimate]:
    """A KPI with shares per value: one figure for each value, as `measure` otherwise."""
    return _measure(kpi, columns, customers, weights, level)


def _measure(
    kpi: Kpi,
    columns: Mapping[str, Column],
    customers: Column | None,
    weights: Sequence[float] | Array | None,
    level: float,
) -> list[Estimate]:
    _refuse_what_rows_alone_cannot_tell(kpi)
    size = _size(columns)
    keep = np.ones(size, dtype=bool)
    for condition in kpi.rows:
        if condition.column in columns:
            keep &= np.isin(np.asarray(columns[condition.column], dtype=object), condition.values)
    rows = _Rows(columns, keep, customers, _weights(weights, size))
    if kpi.spread is not None:
        return estimate_spread(kpi, rows.spread(kpi.spread, kpi.within), level)
    missing = [name for name, default in kpi.assumes.items() if default is None]
    if missing:
        raise BadQuery(f"{kpi.key} needs an assumption: {', '.join(missing)}.", "It needs a warehouse: peil.open().")
    return estimate(kpi, rows.sums(kpi), level)


def _refuse_what_rows_alone_cannot_tell(kpi: Kpi) -> None:
    for why, holds in (
        ("is over two facts", kpi.second is not None),
        ("takes the last answer of each customer in a period", kpi.last_answer),
        (f"counts only rows of at least {kpi.ripe_days} days old", kpi.ripe_days > 0),
    ):
        if holds:
            raise BadQuery(f"{kpi.key} {why}.", "This KPI needs a warehouse: peil.open().")


class _Rows:
    """Columns with the block of each row: the array twin of what the planner makes SQL do."""

    def __init__(
        self, columns: Mapping[str, Column], keep: NDArray[np.bool_], customers: Column | None, weight: Array
    ) -> None:
        self.columns, self.keep, self.weight = columns, keep, weight
        self.block, self.person, self.blocks = _whose(customers, len(keep))
        self.known = 0.0 if customers is None else 1.0
        self.uneven = bool(np.any(weight != 1))

    def number(self, name: str) -> Array:
        if name not in self.columns:
            if name in _ASSUMED:
                return np.zeros(len(self.keep))
            raise BadQuery(f"There is no column '{name}'.", did_you_mean(name, self.columns))
        x = _numbers(self.columns[name], name)
        return np.where(self.keep, x, np.nan)

    def of(self, moment: Moment) -> Array:
        """What each row adds to a moment; NaN where it enters not at all."""
        x = self.number(moment.column)
        if isinstance(moment, Count):
            return x * 0 + 1
        if isinstance(moment, CountBetween):
            return np.where(np.isnan(x), np.nan, (x >= moment.low) & (x <= moment.high))
        if isinstance(moment, Sum):
            return np.asarray((x - moment.origin) ** moment.power)
        if isinstance(moment, SumProduct):
            return x * self.number(moment.other)
        raise Bug(f"There is no such moment as {moment!r}.")

    def by_block(self, x: Array) -> Array:
        return np.bincount(self.block, np.nan_to_num(x), minlength=self.blocks)[None, :].astype(np.float64)

    def sums(self, kpi: Kpi) -> BlockSums:
        counted = ~np.isnan(self.of(kpi.moments["n"]))
        named = {name: self.by_block(self.of(m) * self.weight) for name, m in kpi.moments.items()}
        constants = {name: value for name, value in kpi.assumes.items() if value is not None}
        people, known = self.people(counted)
        squared = np.array([np.sum(self.weight[counted] ** 2)]) if self.uneven else np.zeros(0)
        return BlockSums(
            [{}], self.by_block(counted * 1.0), named, people, known, constants=constants, squared_weights=squared
        )

    def people(self, counted: NDArray[np.bool_]) -> tuple[Array, Array]:
        return np.array([float(len(np.unique(self.person[counted])))]), np.array([self.known])

    def spread(self, spread: Spread, within: str | None = None) -> SpreadSums:
        values: list[str | int | float] = []
        censored = np.zeros(len(self.keep), dtype=bool)
        if isinstance(spread, LogHistogram):
            x = self.number(spread.column)
            if spread.still_open and spread.still_open in self.columns:
                age = self.number(spread.still_open)
                censored = np.isnan(x) & ~np.isnan(age)
                bucket = np.where(np.isnan(x), age, bucket_of(np.nan_to_num(x)))
            else:
                bucket = np.where(np.isnan(x), np.nan, bucket_of(np.nan_to_num(x)))
        else:
            values, bucket = _categories(self.columns[spread.column], self.keep)
        there = ~np.isnan(bucket)
        people, known = self.people(there)
        ones = np.ones(int(there.sum()), dtype=np.int64)
        return SpreadSums(
            [{}], self.blocks, ones * 0, self.block[there], bucket[there].astype(np.int64), censored[there],
            self.weight[there], ones, people, known, values, mixed=self.several(within, there),
        )  # fmt: skip

    def several(self, within: str | None, there: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether the rows that count differ in the column that a KPI keeps apart."""
        if within is None or within not in self.columns:
            return np.zeros(1, dtype=bool)
        found = {v for v, counts in zip(self.columns[within], there, strict=True) if counts}
        return np.array([len(found) > 1])


def _categories(column: Column, keep: NDArray[np.bool_]) -> tuple[list[str | int | float], Array]:
    found = [v if k and v is not None and v == v else None for v, k in zip(column, keep, strict=True)]
    values = sorted({v for v in found if v is not None}, key=str)
    index = {v: float(i) for i, v in enumerate(values)}
    return values, np.array([np.nan if v is None else index[v] for v in found])


def _size(columns: Mapping[str, Column]) -> int:
    sizes = {name: len(column) for name, column in columns.items()}
    if not sizes:
        raise BadQuery("There are no columns.", 'Give them by name, as {"box": [1, 0, -1]}.')
    if len(set(sizes.values())) != 1:
        raise BadQuery(f"Columns differ in length: {sizes}.", "Give columns of one table.")
    return next(iter(sizes.values()))


def _numbers(column: Column, name: str) -> Array:
    try:
        return np.array([np.nan if v is None else v for v in column], dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise BadQuery(
            f"Column '{name}' holds something that is no number: {error}.", "Give numbers or None."
        ) from error


def _weights(weights: Sequence[float] | Array | None, size: int) -> Array:
    if weights is None:
        return np.ones(size)
    w = _numbers(weights, "weights")
    if len(w) != size or np.any(np.isnan(w) | (w < 0)):
        raise BadQuery("Weights must be as many as the rows, known and not below 0.", "Check the weights.")
    return w


def _whose(customers: Column | None, size: int) -> tuple[NDArray[np.int64], Array, int]:
    """The block of each row, a number for its person, and how many blocks there are.

    A customer who is not known is a person of their own. While there are few people each is a
    block; beyond that the block is a hash of the customer, never the row's order.
    """
    if customers is not None and len(customers) != size:
        raise BadQuery(f"There are {len(customers):,} customers for {size:,} rows.", "Give one for each row.")
    given: Sequence[object] = [None] * size if customers is None else list(customers)
    keys = [f"row {i}" if c is None or c != c else f"customer {c}" for i, c in enumerate(given)]
    names, person = np.unique(np.array(keys, dtype=str), return_inverse=True)
    blocks = np.arange(len(names))
    if len(names) > BLOCKS:
        hashed = (hashlib.blake2b(name.encode(), digest_size=8).digest() for name in names.tolist())
        blocks = np.array([int.from_bytes(h, "big") % BLOCKS for h in hashed])
    return blocks[person].astype(np.int64), person.astype(np.float64), min(max(len(names), 1), BLOCKS)
