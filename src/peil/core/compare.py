"""Differences of two figures, of the same customers, of others, or of some of both.

The two intervals are combined by MOVER (square and add), with the correlation of what leaving
out each block of customers does to the one figure and to the other. For means that is exactly
the jackknife of the difference; for different customers it is Newcombe's interval in
expectation, since the correlation is then 0 but for chance.

Sources: Newcombe 1998, Statistics in Medicine 17; Zou and Donner 2008, Statistics in Medicine
27; Kott 2001, JOS 17; Benjamini and Hochberg 1995, JRSS B 57.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from peil.core.errors import Bug
from peil.core.estimate import estimate, estimate_spread, value_of
from peil.core.intervals import Level
from peil.core.kpi import Array, Comparison, Estimate, Kpi
from peil.core.numerics.quantiles import quantiles
from peil.core.numerics.replicates import BlockSums, SpreadSums, replicate
from peil.core.numerics.roots import find_roots

_FURTHEST = 7.2  # p is not told apart below 6e-13

LimitsAt = Callable[[Level], tuple[Array, Array]]


@dataclass(frozen=True, slots=True)
class Arm:
    """One side of a difference: values (G,), their limits at any level, and the deviations (G, B)."""

    value: Array
    limits: LimitsAt
    moved: Array
    known: Array


def mover(before: Arm, after: Arm, correlation: Array, level: Level = 0.95) -> tuple[Array, Array]:
    """Lower and upper limit of `after` minus `before`, each (G,); NaN where a limit is missing.

    A limit beyond the data is infinite, and so is then the difference's.

    >>> from peil.core.intervals import wilson_limits
    >>> def arm(yes, n):
    ...     p = np.array([yes / n])
    ...     return Arm(p, lambda level: wilson_limits(p, n), np.zeros((1, 1)), np.ones(1))
    >>> [round(float(x[0]), 4) for x in mover(arm(79, 100), arm(87, 100), np.zeros(1))]
    [-0.0251, 0.184]
    """
    (lb, ub), (la, ua) = before.limits(level), after.limits(level)
    a, b = after.value, before.value
    down = _combine(a - la, ub - b, correlation)
    up = _combine(ua - a, b - lb, correlation)
    return np.asarray(a - b - down), np.asarray(a - b + up)


def _combine(x: Array, y: Array, correlation: Array) -> Array:
    with np.errstate(invalid="ignore"):
        length = np.sqrt(np.maximum(x**2 - 2 * correlation * x * y + y**2, 0))
    return np.where(np.isinf(x) | np.isinf(y), np.inf, length)


def correlation_of(before: Arm, after: Arm) -> Array:
    """Correlation (G,) over the blocks; 0 where one side does not vary or has no customers to recognise."""
    product = np.sum(before.moved * after.moved, axis=1)
    size = np.sqrt(np.sum(before.moved**2, axis=1) * np.sum(after.moved**2, axis=1))
    seen = (size > 0) & (before.known != 0) & (after.known != 0)
    return np.where(seen, product / np.where(size > 0, size, 1.0), 0.0)


def p_of(before: Arm, after: Arm, correlation: Array) -> Array:
    """The two-sided p (G,): one minus the level at which the interval just touches 0."""
    difference = after.value - before.value

    def room(x: Array) -> Array:
        low, high = mover(before, after, correlation, 1 - 2 * ndtr(-x))
        return np.asarray(np.where(difference > 0, low, -high))

    ends = np.zeros(difference.shape), np.full(difference.shape, _FURTHEST)
    root = find_roots(room, *ends, tolerance=1e-9)
    root = np.where(room(ends[0]) <= 0, 0.0, np.where(room(ends[1]) >= 0, _FURTHEST, root))
    return np.where(np.isnan(difference) | np.isnan(room(np.ones(difference.shape))), np.nan, 2 * ndtr(-root))


def difference_unit(kpi: Kpi) -> str:
    """What a difference of two figures counts: percentages change in percentage points."""
    return "percentage points" if kpi.unit == "percent" else kpi.unit


def difference(kpi: Kpi, before: BlockSums, after: BlockSums, level: float = 0.95) -> list[Comparison]:
    """`after` minus `before`, group by group in order; blocks hash customers the same way in both.

    A side without value or interval gives no verdict: `changed` is then None.
    """

    def arm(sums: BlockSums) -> Arm:
        r = replicate(sums, value_of(kpi))
        limits_at = kpi.method.limits_of(r)

        def limits(at: Level) -> tuple[Array, Array]:
            found = limits_at(at)
            return found.low, found.high

        return Arm(r.value, limits, r.deviations(), sums.known)

    if not before.groups:
        return []
    figures = estimate(kpi, before, level), estimate(kpi, after, level)
    return _compare(kpi, figures, (arm(before), arm(after)), level)


def difference_of_quantiles(kpi: Kpi, before: SpreadSums, after: SpreadSums, level: float = 0.95) -> list[Comparison]:
    """The same for quantiles; the deviations are those of the share at or below each quantile."""
    if kpi.method.q is None:
        raise Bug(f"KPI {kpi.key} is no quantile.")
    q = kpi.method.q

    def arm(sums: SpreadSums) -> Arm:
        found = quantiles(sums, q)
        return Arm(found.value, found.limits, found.moved, sums.known)

    if not before.groups:
        return []
    figures = estimate_spread(kpi, before, level), estimate_spread(kpi, after, level)
    return _compare(kpi, figures, (arm(before), arm(after)), level)


def adjust(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """Fill `p_adjusted` and `changed` over one breakdown, by Benjamini and Hochberg; None stays None."""
    found = list(comparisons)
    tested = [i for i, c in enumerate(found) if c.p is not None]
    adjusted = benjamini_hochberg([p for c in found if (p := c.p) is not None])
    for i, p in zip(tested, adjusted, strict=True):
        found[i] = replace(found[i], p_adjusted=p, changed=p < 1 - found[i].level)
    return found


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Adjusted p values in the order given; none for none, and one stays as it is.

    Source: Benjamini and Hochberg 1995, JRSS B 57.

    >>> [round(x, 4) for x in benjamini_hochberg([0.01, 0.04, 0.03])]
    [0.03, 0.04, 0.04]
    """
    values = np.asarray(p, dtype=np.float64)
    order = np.argsort(values)[::-1]
    ranks = np.arange(len(values), 0, -1)
    stepped = np.minimum.accumulate(values[order] * len(values) / ranks) if len(values) else values
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(stepped, 1.0)
    return [float(x) for x in adjusted]


def _compare(
    kpi: Kpi, figures: tuple[list[Estimate], list[Estimate]], arms: tuple[Arm, Arm], level: float
) -> list[Comparison]:
    before, after = arms
    with np.errstate(invalid="ignore"):
        together = correlation_of(before, after)
        low, high = mover(before, after, together, level)
        p = p_of(before, after, together)
    rows = []
    for i, (b, a) in enumerate(zip(*figures, strict=True)):
        both = a.value is not None and b.value is not None
        told = both and all(x.status in ("ok", "few_customers") for x in (a, b))
        p_value = _number(p[i]) if told else None
        rows.append(
            Comparison(
                kpi=kpi.key,
                before=b,
                after=a,
                difference=float(after.value[i] - before.value[i]) if both else None,
                low=_number(low[i]) if told else None,
                high=_number(high[i]) if told else None,
                p=p_value,
                p_adjusted=p_value,
                changed=p_value < 1 - level if p_value is not None else None,
                unit=difference_unit(kpi),
                method=f"mover_{kpi.method.name}",
                level=level,
                group=dict(a.group),
            )
        )
    return rows


def _number(x: float) -> float | None:
    return float(x) if np.isfinite(x) else None
