"""Margins of error: one function a method on arrays, and the methods that a KPI declares.

A method takes the replicates of a KPI and gives limits. Bounded KPIs (shares, NPS) turn the
jackknife's variance into an effective n and use their score interval with it; means and ratios
use the jackknife directly. `t` with G'-1 degrees of freedom stands for z wherever the variance
comes from G' blocks.

Sources: Korn and Graubard 1998, Survey Methodology 24 (effective n in a score interval);
Kott 2001, JOS 17 (the blocks).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

from peil.core.errors import Bug
from peil.core.kpi import Array, Sums
from peil.core.numerics.replicates import Replicates
from peil.core.numerics.roots import find_roots

FEW_CUSTOMERS = 20  # below it the effective n is never above n
TOO_FEW_CUSTOMERS = 5  # below it there is no interval
_MOST = 2.0  # an effective n over twice n is noise of the blocks

Level: TypeAlias = float | Array


class Limits(NamedTuple):
    """Lower limit, upper limit and effective n per group, each (G,); NaN where there is none."""

    low: Array
    high: Array
    n_eff: Array


LimitsAt: TypeAlias = Callable[[Level], Limits]


@dataclass(frozen=True, slots=True)
class Method:
    """How a KPI gets its interval: from its replicates the limits at any level.

    What does not depend on the level is worked out once, since a p is looked for over many levels.
    `q` is the quantile of `woodruff`, which reads a histogram instead.
    """

    name: str
    limits_of: Callable[[Replicates], LimitsAt]
    q: float | None = None

    def limits(self, r: Replicates, level: Level) -> Limits:
        return self.limits_of(r)(level)


def critical(level: Level, df: ArrayLike) -> Array:
    """The two-sided critical value of Student's t; z where `df` is infinite. Any shapes that broadcast.

    >>> critical(0.95, [np.inf, 9.0]).round(4).tolist()
    [1.96, 2.2622]
    """
    tail = (1 - np.asarray(level, dtype=np.float64)) / 2
    d = np.asarray(df, dtype=np.float64)
    finite = np.where(np.isfinite(d), np.maximum(d, 1.0), 1.0)
    return np.asarray(np.where(np.isinf(d), -ndtri(tail), -stdtrit(finite, tail)))


def wilson_limits(p: ArrayLike, n: ArrayLike, z: ArrayLike = 1.959963984540054) -> tuple[Array, Array]:
    """Wilson's score limits of a share: `p` between 0 and 1, `n` a number or effective number of answers.

    Shapes broadcast. At n = 0 both are NaN, at n = 1 they are wide but inside 0 to 1.

    Source: Wilson 1927, JASA 22; Brown, Cai and DasGupta 2001, Statistical Science 16.

    >>> [round(float(x), 4) for x in wilson_limits(160 / 200, 200)]
    [0.7391, 0.8495]
    """
    share, size = np.asarray(p, dtype=np.float64), np.asarray(n, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        u = np.where(size > 0, np.asarray(z, dtype=np.float64) ** 2 / size, np.nan)
        half = np.sqrt(u * share * (1 - share) + u**2 / 4)
        low, high = (share + u / 2 - half) / (1 + u), (share + u / 2 + half) / (1 + u)
    # Rounding must not leave 0 or 1 outside the interval of a share of 0 or 1.
    return np.where(share <= 0, low * 0, low), np.where(share >= 1, high * 0 + 1, high)


def tango_limits(
    promoters: ArrayLike, detractors: ArrayLike, n: ArrayLike, z: ArrayLike = 1.959963984540054
) -> tuple[Array, Array]:
    """Tango's score limits of promoters minus detractors, both as shares between 0 and 1; result -1 to 1.

    The NPS of one sample is the difference of two paired shares, so the paired score interval is
    its interval. Shapes broadcast. At n = 0 both are NaN, at n = 1 they are wide but inside -1 to 1.

    Source: Tango 1998, Statistics in Medicine 17; Rocks 2016, The American Statistician 70.

    >>> [round(float(x), 4) for x in tango_limits(18 / 30, 4 / 30, 30)]
    [0.171, 0.6785]
    """
    pro, con, size, crit = np.broadcast_arrays(
        *(np.asarray(x, dtype=np.float64) for x in (promoters, detractors, n, z))
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        root_u = np.where(size > 0, crit / np.sqrt(size), np.nan)
    score = pro - con

    def gap(t: Array) -> Array:
        """Distance from the score in units of the critical value: positive outside the interval."""
        b = (2 - pro + con) * t - pro - con
        c = -con * t * (1 - t)
        spread = (np.sqrt(np.maximum(b**2 - 8 * c, 0)) - b) / 2 + t * (1 - t)
        # As -(inside - outside), it is -0.0 at the score itself, which the root finder takes as inside.
        return np.asarray(-(root_u * np.sqrt(np.maximum(spread, 0)) - np.abs(score - t)))

    low = find_roots(gap, np.full(score.shape, -1.0), score)
    high = find_roots(gap, score, np.full(score.shape, 1.0))
    low, high = np.where(score <= -1, -1.0, low), np.where(score >= 1, 1.0, high)
    known = np.isfinite(root_u) & np.isfinite(score)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def t_limits(value: ArrayLike, variance: ArrayLike, df: ArrayLike, level: Level = 0.95) -> tuple[Array, Array]:
    """Value plus and minus t times the standard error; `df` may be infinite. NaN where the variance is.

    Source: Student 1908, Biometrika 6.

    >>> [round(float(x), 3) for x in t_limits(4.0, 0.25, 9)]
    [2.869, 5.131]
    """
    v, var = np.asarray(value, dtype=np.float64), np.asarray(variance, dtype=np.float64)
    half = critical(level, df) * np.sqrt(var)
    return v - half, v + half


def customers(r: Replicates) -> Array:
    """People per group (G,): the exact number where it was counted, else the occupied blocks."""
    return np.where(np.isnan(r.people), r.blocks, r.people)


def weighted(r: Replicates) -> NDArray[np.bool_]:
    """Groups (G,) whose denominator is not simply the number of rows, in any block."""
    counted = r.total.n[:, None] - r.left_out.n
    return np.asarray(np.any(np.abs(counted - r.rows) > 1e-9 * np.maximum(r.rows, 1), axis=1), dtype=np.bool_)


def every_row_its_own(r: Replicates) -> NDArray[np.bool_]:
    """Groups (G,) whose rows are independent and count alike: then the textbook's formula holds as it is."""
    return np.asarray((r.people == r.n) & ~weighted(r), dtype=np.bool_)


def cluster_bound(r: Replicates) -> Array:
    """The least effective n that the customers allow, (G,).

    That is the number of customers; with weights, or without a count of customers, Kish's
    effective number, from the squared weights or read from how unequal the blocks are: with customers spread over the
    blocks by chance, (sum of w)^2 / (B times the variance of the block totals) estimates it.

    Source: Kish 1965, Survey Sampling.
    """
    totals = r.total.n[:, None] - r.left_out.n
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = totals.var(axis=1, ddof=1) if totals.shape[1] > 1 else np.full(len(r.n), np.nan)
        kish = r.total.n**2 / (totals.shape[1] * spread)
    kish = np.where(np.isfinite(kish), kish, r.n)
    kish = np.where(np.isnan(r.kish), kish, r.kish)
    people = np.where(np.isnan(r.people), r.n, r.people)
    counted = ~np.isnan(r.people) & ~weighted(r)
    return np.minimum(np.minimum(r.n, people), np.where(counted, people, np.maximum(kish, 1.0)))


def effective_n(r: Replicates, unit_variance: Array, deviations: Array) -> tuple[Array, Array]:
    """Effective n and degrees of freedom, each (G,).

    `unit_variance` (G,) is the variance of one answer, `deviations` (G, B) are those of the
    jackknife. A variance that rests on few customers (a share near 0 or 1) is itself uncertain
    and goes with the share, so the least that the customers allow counts as half a customer
    more; a share of 0 or 1 has that alone. Weights never add to n, and leave at most Kish's.
    """
    squares = np.sum(deviations**2, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (r.blocks - 1) / r.blocks * squares
        resting_on = np.where(squares > 0, squares**2 / np.sum(deviations**4, axis=1), 0.0)
        seen = (unit_variance > 1e-12) & (resting_on > 0)
        effect = np.where(seen, variance * r.n / unit_variance, 0.0)
        resting_on = np.where(seen, resting_on, 0.0)
        effect = (resting_on * effect + 0.5 * r.n / cluster_bound(r)) / (resting_on + 0.5)
    careful = (customers(r) < FEW_CUSTOMERS) | weighted(r)
    n_eff = np.fmin(r.n / np.maximum(effect, np.where(careful, 1.0, 1 / _MOST)), r.kish)
    free = every_row_its_own(r)
    return np.where(free, r.n, n_eff), np.where(free, np.inf, np.maximum(r.blocks - 1, 1))


def _deviations(r: Replicates, value: Callable[[Sums], Array]) -> Array:
    """What leaving out each block does to some expression of the moments, (G, B)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = value(r.left_out) - value(r.total)[:, None]
    return np.nan_to_num(np.where(r.present, moved, 0.0), posinf=0.0, neginf=0.0)


def tango(promoters: str, detractors: str, scale: float = 100) -> Method:
    """For the NPS: Tango's interval on the effective n. Names of moments; `scale` times -1 to 1 is the value."""

    def limits_of(r: Replicates) -> LimitsAt:
        with np.errstate(divide="ignore", invalid="ignore"):
            pro = getattr(r.total, promoters) / r.total.n
            con = getattr(r.total, detractors) / r.total.n
        moved = _deviations(r, lambda m: (getattr(m, promoters) - getattr(m, detractors)) / m.n)
        n_eff, df = effective_n(r, pro + con - (pro - con) ** 2, moved)

        def limits(level: Level) -> Limits:
            low, high = tango_limits(pro, con, n_eff, critical(level, df))
            return Limits(scale * low, scale * high, n_eff)

        return limits

    return Method("tango", limits_of)


def wilson(yes: str, n: str = "n", scale: float = 100, then: Callable[[Array, Sums], Array] | None = None) -> Method:
    """For shares: Wilson's interval on the effective n.

    `yes` and `n` name the moments of numerator and denominator. `then` turns a share (0 to 1)
    into the value where that is not `scale` times the share; it must be monotone.
    """

    def limits_of(r: Replicates) -> LimitsAt:
        with np.errstate(divide="ignore", invalid="ignore"):
            p = getattr(r.total, yes) / getattr(r.total, n)
        n_eff, df = effective_n(r, p * (1 - p), _deviations(r, lambda m: getattr(m, yes) / getattr(m, n)))

        def limits(level: Level) -> Limits:
            low, high = wilson_limits(p, n_eff, critical(level, df))
            if then is None:
                return Limits(scale * low, scale * high, n_eff)
            one, other = then(low, r.total), then(high, r.total)
            return Limits(np.minimum(one, other), np.maximum(one, other), n_eff)

        return limits

    return Method("wilson", limits_of)


def _variance_of_rows(r: Replicates, total: str, squares: str) -> Array:
    """The variance of one row around the mean, with n - 1; below zero is a bug, but for rounding."""
    with np.errstate(divide="ignore", invalid="ignore"):
        square = getattr(r.total, squares) / r.total.n
        variance = square - (getattr(r.total, total) / r.total.n) ** 2
        if np.any(variance < -1e-9 * square):
            raise Bug("A variance is below zero: the moments of a mean disagree or lost their digits.")
        return np.asarray(np.maximum(variance, 0) * r.n / (r.n - 1))


def mean_t(total: str | None = None, squares: str | None = None, scale: float = 1.0) -> Method:
    """For means: the jackknife with t.

    With the moments of the sum and the sum of squares, the plain variance s2 / n serves where
    every row is its own customer, and is the least below 20 customers. `scale` is what the
    value multiplies the mean by. Uneven weights leave fewer degrees of freedom than blocks.
    """

    def limits_of(r: Replicates) -> LimitsAt:
        variance = r.variance()
        df = np.maximum(np.minimum(r.blocks, np.where(weighted(r), cluster_bound(r), np.inf)) - 1, 1)
        n_eff = np.full(len(r.n), np.nan)
        if total is not None and squares is not None:
            unit = scale**2 * _variance_of_rows(r, total, squares)
            with np.errstate(divide="ignore", invalid="ignore"):
                plain = np.where(r.n >= 2, unit / r.n, np.nan)
                free = every_row_its_own(r)
                variance = np.where(customers(r) < FEW_CUSTOMERS, np.fmax(variance, plain), variance)
                variance, df = np.where(free, plain, variance), np.where(free, np.maximum(r.n - 1, 1), df)
                n_eff = np.where(variance > 0, unit / variance, np.nan)
        seen = _seen(variance, r.value)
        return lambda level: Limits(*t_limits(r.value, seen, df, level), n_eff)

    return Method("jackknife_t", limits_of)


def _seen(variance: Array, value: Array) -> Array:
    """NaN for no variance at all: equal answers say nothing about how much the next would differ."""
    return np.where(variance > 1e-20 * value**2, variance, np.nan)


def ratio_t() -> Method:
    """For any value: the jackknife with t."""
    return mean_t()


def woodruff(q: float) -> Method:
    """For the quantile `q` of a logarithmic histogram; `estimate_spread` works it out."""
    return Method("woodruff", _none, q)


def no_interval() -> Method:
    """For figures that are counted, not estimated."""
    return Method("none", _none)


def _none(r: Replicates) -> LimitsAt:
    nothing = np.full(len(r.n), np.nan)
    return lambda _: Limits(nothing, nothing.copy(), nothing.copy())
