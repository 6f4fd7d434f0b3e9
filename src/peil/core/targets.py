"""Targets: how likely one is reached, and how many answers show that it is.

The course of a KPI is followed as a level that wanders: what is true moves a little every month, what is
measured adds its own margin of error to that. How much it wanders is not known, so every amount is weighed by
how well the months fit it, a little less the larger it is. A steady trend is counted in only where the months show one beyond chance. Seasons
and what one is going to do about it are not in it: this is where things go when nothing else changes.

Sources: Harvey 1989, Forecasting, Structural Time Series Models and the Kalman Filter (the level that wanders,
with known errors of measurement); Simpson et al. 2017, Statistical Science 32 (an exponential prior on a standard deviation);
Cohen 1988, Statistical Power Analysis (power and the number of answers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite, sqrt

import numpy as np
from scipy.special import ndtr, ndtri

from peil.core.kpi import Array, Estimate

FEWEST_MONTHS = 6
POWER = 0.8
_STEPS = 21  # amounts of wandering that are weighed
_PRIOR = np.log(0.7)  # a true move in a month is beyond the usual move of the measured figure in 70 % of the cases
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Present:
    """A figure as this file needs it: its value, the variance of that, and from how many rows."""

    value: float
    variance: float
    n: int

    @property
    def per_row(self) -> float:
        """The variance that one more row like these would have by itself."""
        return self.variance * self.n


@dataclass(frozen=True, slots=True)
class Month:
    """A whole month: when it was (in months, any origin), its value and the variance of that."""

    at: float
    value: float
    variance: float


@dataclass(frozen=True, slots=True)
class Course:
    """Where a KPI goes: by amount of wandering (A,) the weight, and mean and variance of what will be true."""

    weight: Array
    mean: Array
    variance: Array
    drift: float | None  # per month; None where the months show no trend beyond chance
    months: int

    @property
    def expected(self) -> float:
        return float(self.weight @ self.mean)

    @property
    def sd(self) -> float:
        around = self.variance + (self.mean - self.expected) ** 2
        return sqrt(float(self.weight @ around))


@dataclass(frozen=True, slots=True)
class Goal:
    """What is aimed at: the value, whether higher is better, and the rows that will be there to judge it by."""

    value: float
    higher_is_better: bool
    rows: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """The chance that a target is reached, and that the figure of that day shows it (its whole interval beyond)."""

    reached: float
    shown: float
    expected: float
    low: float
    high: float


def present_of(e: Estimate) -> Present | None:
    """The figure with its variance, from its interval; None where it has no value, interval or rows.

    >>> e = Estimate(kpi="csat", value=80.0, low=76.08, high=83.92, n=400, unit="percent", status="ok", method="")
    >>> round(present_of(e).variance, 3)
    4.0
    """
    if e.value is None or e.low is None or e.high is None or e.n < 1 or not e.high > e.low:
        return None
    half = (e.high - e.low) / 2 / float(-ndtri((1 - e.level) / 2))
    return Present(e.value, half**2, e.n) if isfinite(half) else None


def follow(months: Sequence[Month], ahead: float) -> Course | None:
    """Where a KPI will be `ahead` months after the last of `months`, when it goes on as it went.

    None below six months, and further ahead than the months go back: that can't be told.

    >>> steady = [Month(t, 80.0 + t, 0.01) for t in range(12)]
    >>> course = follow(steady, 3)
    >>> round(course.expected, 1), round(course.drift, 2)
    (94.0, 1.0)
    """
    if len(months) < FEWEST_MONTHS or ahead > months[-1].at - months[0].at:
        return None
    at = np.array([m.at for m in months], dtype=np.float64) - months[0].at
    value, noise = (np.array(x, dtype=np.float64) for x in zip(*((m.value, m.variance) for m in months), strict=True))
    noise = np.maximum(noise, _TINY)
    step = np.sqrt(np.mean(np.diff(value) ** 2 / np.diff(at))) + 1e-9
    sds = np.linspace(0, 2 * step, _STEPS)
    prior = _PRIOR * sds / step
    fits = [_fit(at, value, noise, sd**2) for sd in sds]
    level, trend = (_Mixture.of([f[kind] for f in fits], prior, at[-1] + ahead) for kind in (0, 1))
    drift, drift_sd = trend.slope
    told = len(months) > FEWEST_MONTHS and abs(drift) > float(-ndtri(0.025)) * drift_sd
    chosen = trend if told else level
    return Course(chosen.weight, chosen.mean, chosen.variance, drift if told else None, len(months))


def stay(present: Present) -> Course:
    """The course of which nothing more is known than the figure of today: it stays as it is.

    >>> stay(Present(80.0, 4.0, 400)).sd
    2.0
    """
    return Course(np.ones(1), np.array([present.value]), np.array([present.variance]), None, 0)


def outlook(course: Course, present: Present, goal: Goal) -> Outlook:
    """The chance that `goal` is reached. With no rows to come it can still be reached, but not shown.

    >>> found = outlook(stay(Present(80.0, 4.0, 400)), Present(80.0, 4.0, 400), Goal(80.0, True, 400))
    >>> found.reached, round(found.shown, 3)
    (0.5, 0.083)
    """
    side = 1.0 if goal.higher_is_better else -1.0
    ahead = side * (course.mean - goal.value)
    reached = float(course.weight @ ndtr(ahead / np.sqrt(np.maximum(course.variance, _TINY))))
    margin = present.per_row / goal.rows if goal.rows >= 1 else np.inf
    shown = 0.0
    if isfinite(margin):
        apart = ahead - float(-ndtri(0.025)) * sqrt(margin)
        shown = float(course.weight @ ndtr(apart / np.sqrt(np.maximum(course.variance + margin, _TINY))))
    half = float(-ndtri(0.025)) * course.sd
    return Outlook(reached, shown, course.expected, course.expected - half, course.expected + half)


def rows_to_show(baseline: Present, target: float, power: float = POWER) -> int | None:
    """How many rows show the difference between a baseline and a target, at 95 % and with this power.

    None where no number of rows does: the baseline itself is too uncertain, or equal to the target.

    >>> rows_to_show(Present(80.0, 1600 / 1000, 1000), 85.0)
    1010
    >>> rows_to_show(Present(80.0, 1600 / 100, 100), 85.0) is None
    True
    """
    room = ((target - baseline.value) / _reach(power)) ** 2 - baseline.variance
    return ceil(baseline.per_row / room) if room > 0 else None


def power_to_show(baseline: Present, target: float, rows: float) -> float:
    """The chance that `rows` rows show the difference between a baseline and a target, were it reached exactly.

    0 rows show nothing.

    >>> round(power_to_show(Present(80.0, 1600 / 1000, 1000), 85.0, 1010), 2)
    0.8
    """
    if rows < 1:
        return 0.0
    apart = abs(target - baseline.value) / sqrt(max(baseline.variance + baseline.per_row / rows, _TINY))
    z = float(-ndtri(0.025))
    return float(ndtr(apart - z) + ndtr(-apart - z))


def _reach(power: float) -> float:
    return float(-ndtri(0.025) + ndtri(power))


@dataclass(frozen=True, slots=True)
class _Fit:
    """One amount of wandering, with or without a trend: its likelihood, and what is needed to look ahead."""

    log_likelihood: float
    design: Array
    solved: tuple[Array, Array, Array]  # coefficients, their covariance, V^-1 (y - X b)
    inverse: Array
    at: Array
    amount: float

    def ahead(self, when: float) -> tuple[float, float]:
        """Mean and variance of what will be true at `when`."""
        coefficients, covariance, weighed = self.solved
        place = np.array([1.0, when])[: len(coefficients)]
        shared = self.amount * self.at
        left = place - self.design.T @ self.inverse @ shared
        mean = place @ coefficients + shared @ weighed
        variance = self.amount * when - shared @ self.inverse @ shared + left @ covariance @ left
        return float(mean), max(float(variance), 0.0)


def _fit(at: Array, value: Array, noise: Array, amount: float) -> tuple[_Fit, _Fit]:
    """The restricted likelihood of one amount of wandering, without and with a trend."""
    covariance = np.diag(noise) + amount * np.minimum.outer(at, at)
    inverse = np.asarray(np.linalg.inv(covariance), dtype=np.float64)
    size = np.linalg.slogdet(covariance)[1]

    def solve(design: Array) -> _Fit:
        of_coefficients = np.asarray(np.linalg.inv(design.T @ inverse @ design), dtype=np.float64)
        coefficients = of_coefficients @ design.T @ inverse @ value
        rest = value - design @ coefficients
        fit = -0.5 * (size - np.linalg.slogdet(of_coefficients)[1] + rest @ inverse @ rest)
        return _Fit(float(fit), design, (coefficients, of_coefficients, inverse @ rest), inverse, at, amount)

    ones = np.ones(len(at))
    return solve(ones[:, None]), solve(np.column_stack([ones, at]))


@dataclass(frozen=True, slots=True)
class _Mixture:
    """All amounts of wandering together, by weight."""

    weight: Array
    mean: Array
    variance: Array
    slopes: Array
    slope_variances: Array

    @classmethod
    def of(cls, fits: Sequence[_Fit], prior: Array, when: float) -> _Mixture:
        likelihood = np.array([f.log_likelihood for f in fits]) + prior
        weight = np.exp(likelihood - likelihood.max())
        mean, variance = np.array([f.ahead(when) for f in fits]).T
        slopes = np.array([f.solved[0][-1] for f in fits])
        return cls(weight / weight.sum(), mean, variance, slopes, np.array([f.solved[1][-1, -1] for f in fits]))

    @property
    def slope(self) -> tuple[float, float]:
        """The trend per month, and its standard error."""
        mean = float(self.weight @ self.slopes)
        return mean, sqrt(float(self.weight @ (self.slope_variances + (self.slopes - mean) ** 2)))
