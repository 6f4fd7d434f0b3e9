"""Sums by group and block, and the delete-a-group jackknife over the blocks.

Answers of one customer are not independent. Every row carries a block, a hash of its customer,
so leaving out one block at a time gives the variance of any KPI from the same sums.

Source: Kott 2001, The delete-a-group jackknife, Journal of Official Statistics 17.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from peil.core import buckets
from peil.core.kpi import Array, Sums

Group = Mapping[str, "str | int | None"]


@dataclass(frozen=True, slots=True)
class BlockSums:
    """The moments of one KPI, G groups by B blocks.

    `n` counts rows unweighted; `named` holds the moments, weighted where that was asked, 'n'
    among them. `people` is the exact number of distinct people per group, NaN where it was not
    counted because there are clearly many. `known` is the share of rows whose person is known.
    Without customers every row is its own cluster. `pending` counts rows too young to count.
    """

    groups: Sequence[Group]
    n: Array  # (G, B)
    named: Mapping[str, Array]  # each (G, B)
    people: Array  # (G,)
    known: Array  # (G,)
    pending: Array = field(default_factory=lambda: np.zeros(0))  # (G,) or empty
    constants: Mapping[str, float] = field(default_factory=dict)  # assumptions: the same in every replicate
    squared_weights: Array = field(default_factory=lambda: np.zeros(0))  # (G,) sum over the rows of n, or empty


@dataclass(frozen=True, slots=True)
class SpreadSums:
    """A histogram per group and block in long form: one entry per occupied cell.

    `group` and `block` index into `groups` and 0..`blocks`-1; `bucket` is a logarithmic bucket,
    or an index into `values` for categories and for durations told exactly (sorted). `count` is weighted where that was asked, `n` not.
    """

    groups: Sequence[Group]
    blocks: int
    group: NDArray[np.int64]
    block: NDArray[np.int64]
    bucket: NDArray[np.int64]
    censored: NDArray[np.bool_]
    count: Array
    n: NDArray[np.int64]
    people: Array
    known: Array
    values: Sequence[str | int | float] = ()
    second: Mapping[str, Array] = field(default_factory=dict)  # sums of a second fact, each (G, B)
    mixed: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))  # (G,) or empty

    def edges(self, bucket: NDArray[np.int64]) -> tuple[Array, Array, Array]:
        """Lower edge, value shown and upper edge of each bucket; one and the same where rows are told exactly."""
        if self.values:
            exact = np.asarray(self.values, dtype=np.float64)[bucket]
            return exact, exact, exact
        return buckets.lower_edge(bucket), buckets.middle(bucket), buckets.upper_edge(bucket)


@dataclass(frozen=True, slots=True)
class Replicates:
    """A KPI's totals per group (G,), the value of each, and the value without each block (G, B)."""

    n: Array  # (G,) unweighted
    total: Sums  # (G,) each
    left_out: Sums  # (G, B) each
    present: NDArray[np.bool_]  # (G, B): the block holds rows
    people: Array  # (G,)
    value: Array  # (G,)
    replicate: Array  # (G, B)
    rows: Array  # (G, B) unweighted
    kish: Array  # (G,) Kish's effective n of the weights; NaN where it is not known

    @property
    def blocks(self) -> Array:
        """Blocks that hold rows, per group: G' of the jackknife."""
        return np.asarray(self.present.sum(axis=1), dtype=np.float64)

    def variance(self) -> Array:
        """(G'-1)/G' times the sum of squared deviations of the replicates from the value.

        NaN below two blocks.
        """
        used = self.blocks
        deviation = np.where(self.present, self.replicate - self.value[:, None], 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            v = (used - 1) / used * np.nansum(deviation**2, axis=1)
        return np.asarray(np.where(used >= 2, v, np.nan), dtype=np.float64)

    def deviations(self) -> Array:
        """Replicates minus value, 0 where a block is empty or undefined: (G, B)."""
        d = np.where(self.present, self.replicate - self.value[:, None], 0.0)
        return np.asarray(np.nan_to_num(d), dtype=np.float64)


def replicate(sums: BlockSums, value: Callable[[Sums], Array]) -> Replicates:
    """Totals and leave-one-block-out values of `value` over `sums`."""
    totals = {name: a.sum(axis=1) for name, a in sums.named.items()}
    left = {name: totals[name][:, None] - a for name, a in sums.named.items()}
    for name, constant in sums.constants.items():
        totals[name], left[name] = np.full(sums.n.shape[0], constant), np.full(sums.n.shape, constant)
    total, left_out = Sums(totals), Sums(left)
    with np.errstate(invalid="ignore", divide="ignore"):
        whole, parts = value(total), value(left_out)
    present = np.zeros(sums.n.shape, dtype=bool)
    for a in (sums.n, *sums.named.values()):
        present |= a != 0
    n = sums.n.sum(axis=1)
    kish = np.full(n.shape, np.nan)
    if sums.squared_weights.size:
        with np.errstate(invalid="ignore", divide="ignore"):
            kish = totals["n"] ** 2 / sums.squared_weights
    return Replicates(n, total, left_out, present, sums.people, np.asarray(whole), np.asarray(parts), sums.n, kish)
