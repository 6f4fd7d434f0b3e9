"""Quantiles of durations from logarithmic histograms, with what has not happened yet taken into account.

A quantile is the inverse of the empirical distribution: the first bucket at or below which at
least the share `q` of the rows lies. With rows still open the distribution is Kaplan and
Meier's. Its interval is Woodruff's: an interval of the share at or below the quantile, from the
jackknife, carried to the edges of the buckets.

Sources: Hyndman and Fan 1996, The American Statistician 50 (type 1); Kaplan and Meier 1958,
JASA 53; Woodruff 1952, JASA 47; Brookmeyer and Crowley 1982, Biometrics 38.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peil.core.intervals import Level, critical, effective_n, every_row_its_own
from peil.core.kpi import Array
from peil.core.numerics.replicates import BlockSums, Replicates, SpreadSums, replicate

_SLACK = 1e-9  # shares of weights carry rounding; a count may not miss its quantile by it

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Curves:
    """The distribution of each group: its occupied buckets in order, and the share at or below each.

    The cells of group g are `start[g]` to `start[g + 1]`. `steps` holds the sums along a curve
    that the influence of one row on Kaplan and Meier's estimate needs.
    """

    start: Whole  # (G + 1,)
    group: Whole  # (C,)
    bucket: Whole  # (C,)
    lower: Array  # (C,) edges of its bucket, and the value shown
    middle: Array
    upper: Array
    share: Array  # (C,)
    after: Array  # (C,) at risk and not answered in the bucket
    steps: Array  # (C,)
    censored: NDArray[np.bool_]  # (G,): some rows are still open

    def at(self, share: Array) -> Whole:
        """The first cell of each group at or below which `share` (G,) lies; -1 where there is none."""
        groups = np.arange(len(share))
        goal = 2.0 * groups + np.clip(np.nan_to_num(share, nan=2.0), -0.5, 1.5)
        cell = np.searchsorted(2.0 * self.group + self.share, goal - _SLACK)
        cell = np.maximum(cell, self.start[:-1])
        return np.where(cell < self.start[1:], cell, -1).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Quantiles:
    """The quantile `q` of each group, (G,), and what its interval rests on."""

    q: float
    curves: Curves
    value: Array  # NaN where nobody answered or the curve does not get there
    replicates: Replicates  # of the share at or below the quantile
    moved: Array  # (G, B): what leaving out each block does to that share
    n_eff: Array
    df: Array

    def limits(self, level: Level = 0.95) -> tuple[Array, Array]:
        """Lower and upper limit, (G,); the upper is infinite where it lies beyond the data.

        The share below the true quantile is known to be `q`, so its variance is that at `q`,
        and the interval of ranks is q plus and minus t times its root.
        """
        known = self.n_eff > 0
        half = critical(level, self.df) * np.sqrt(self.q * (1 - self.q) / np.where(known, self.n_eff, np.nan))
        low, high = self.curves.at(self.q - half), self.curves.at(self.q + half)
        lower = np.where(self.q - half <= 0, 0.0, np.append(self.curves.lower, np.nan)[low])
        upper = np.where(high < 0, np.inf, np.append(self.curves.upper, np.nan)[high])
        usable = known & (self.replicates.n > 0)
        return np.where(usable & (low >= 0), lower, np.nan), np.where(usable, upper, np.nan)


def quantiles(sums: SpreadSums, q: float) -> Quantiles:
    """The quantile `q` (between 0 and 1) of each group of a logarithmic histogram.

    No rows: NaN, without limits. One row: its own bucket.
    """
    curves, cell = _curves(sums)
    reached = curves.at(np.full(len(sums.groups), q))
    value = np.append(curves.middle, np.nan)[reached]
    r = replicate(_rows(sums), lambda m: m.n)
    share = np.where(reached >= 0, np.append(curves.share, np.nan)[reached], np.nan)
    moved = _leave_out(sums, curves, cell, reached, r)
    n_eff, df = effective_n(r, np.nan_to_num(share * (1 - share)), moved)
    plain = _greenwood(curves, reached, share)
    with np.errstate(divide="ignore", invalid="ignore"):
        n_eff = np.where(curves.censored & every_row_its_own(r) & (plain > 0), share * (1 - share) / plain, n_eff)
    return Quantiles(q, curves, value, r, moved, n_eff, df)


def _rows(sums: SpreadSums) -> BlockSums:
    """How many rows each group and block holds, weighted and not."""
    groups, cells = len(sums.groups), sums.group * sums.blocks + sums.block

    def by_block(count: Array) -> Array:
        flat = np.bincount(cells, count, minlength=groups * sums.blocks)
        return np.asarray(flat.reshape(groups, sums.blocks), dtype=np.float64)

    return BlockSums(
        sums.groups, by_block(sums.n.astype(np.float64)), {"n": by_block(sums.count)}, sums.people, sums.known
    )


def _curves(sums: SpreadSums) -> tuple[Curves, Whole]:
    """The curves, and of each entry of `sums` its cell on them."""
    groups = len(sums.groups)
    offset = int(sums.bucket.min(initial=0))
    width = int(sums.bucket.max(initial=0)) - offset + 1
    keys, cell = np.unique(sums.group * width + (sums.bucket - offset), return_inverse=True)
    group, bucket = keys // width, keys % width + offset
    done = np.bincount(cell, np.where(sums.censored, 0.0, sums.count), minlength=len(keys))
    left = np.bincount(cell, np.where(sums.censored, sums.count, 0.0), minlength=len(keys))
    start = np.searchsorted(group, np.arange(groups + 1))
    below = _running(np.asarray(done + left, dtype=np.float64), start, group)
    whole = np.append(below, 0.0)[start[1:] - 1] * (np.diff(start) > 0)
    risk = whole[group] - below + done + left
    after = np.where(risk - done > _SLACK * risk, risk - done, 0.0)
    censored = np.bincount(group, left, minlength=groups) > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = 1 - after / whole[group]
        survival = np.exp(_running(np.where(after > 0, np.log1p(-done / risk), 0.0), start, group))
        meier = np.where(after > 0, 1 - survival, np.where(done > 0, 1.0, 1 - survival))
        steps = _running(np.where(after > 0, done / (risk * after), 0.0), start, group)
    share = np.where(censored[group], meier, plain)
    return Curves(start, group, bucket, *sums.edges(bucket), share, after, steps, censored), cell.astype(np.int64)


def _running(x: Array, start: Whole, group: Whole) -> Array:
    """Sums from the first cell of each group on."""
    total = np.concatenate([[0.0], np.cumsum(x)])
    return np.asarray(total[1:] - total[start[:-1]][group])


def _leave_out(sums: SpreadSums, curves: Curves, cell: Whole, reached: Whole, r: Replicates) -> Array:
    """What leaving out each block does to the share at or below the quantile, (G, B).

    Without open rows this is exact; with them it is the linear part of it.
    """
    goal = reached[sums.group]
    below = (cell <= goal) & (goal >= 0)
    open_ended = curves.censored[sums.group]
    share, after, steps = (np.append(x, np.nan)[goal] for x in (curves.share, curves.after, curves.steps))
    with np.errstate(divide="ignore", invalid="ignore"):
        event = np.where(below & ~sums.censored, 1 / curves.after[cell], 0.0)
        meier = (1 - share) * (event - np.where(below, curves.steps[cell], steps))
        pull = np.where(open_ended, meier * r.total.n[sums.group], below - share)
    pull = np.where((goal >= 0) & np.isfinite(pull) & ~(open_ended & (after <= 0)), pull, 0.0)
    shape = r.rows.shape
    pulled = np.bincount(sums.group * shape[1] + sums.block, sums.count * pull, minlength=r.rows.size).reshape(shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(r.left_out.n > 0, -pulled / r.left_out.n, 0.0)


def _greenwood(curves: Curves, reached: Whole, share: Array) -> Array:
    """Greenwood's variance of the share at or below the quantile, for independent rows."""
    return np.asarray((1 - share) ** 2 * np.append(curves.steps, np.nan)[reached])
