"""Groups compared as if they had the same mix of work.

A team that gets the hard questions looks worse than it is. Direct standardisation weighs each
group's rows so that its strata (subject, channel ...) have the shares that they have overall;
what is left of a difference is not due to the mix of those strata.

Source: Kitagawa 1955, Components of a difference between two rates, JASA 50; Breslow and Day 1987,
Statistical Methods in Cancer Research II, section 2.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from peil.core.kpi import Array
from peil.core.numerics.replicates import BlockSums, Group

LEAST_COVERAGE = 0.8


@dataclass(frozen=True, slots=True)
class Standardised:
    """Groups weighted to the mix of all of them together.

    `coverage` is the share (0 to 1) of all rows that lie in strata in which the group has rows: the
    mix can be matched for that part only. `rest` holds for each group all others, weighted to
    the same strata.
    """

    sums: BlockSums
    rest: BlockSums
    coverage: Array


def standardise(cells: BlockSums, group: NDArray[np.int64], stratum: NDArray[np.int64]) -> Standardised:
    """Sums by group from sums by group and stratum, weighted to one mix.

    `cells` holds C cells by B blocks; `group` and `stratum` (C,) say of which group and stratum a
    cell is, from 0 up. The groups keep the labels of their first cell. Weights are taken as fixed, and Kish's effective n follows from
    them. A group without rows (n = 0) keeps none; a single stratum changes nothing.

    >>> import numpy as np
    >>> easy_and_hard = np.array([[8.0], [1.0], [1.0], [4.0]])  # solved, of two groups in two strata
    >>> n = np.array([[8.0], [2.0], [2.0], [8.0]])
    >>> cells = BlockSums([{"team": "A"}] * 2 + [{"team": "B"}] * 2, n, {"yes": easy_and_hard, "n": n}, np.full(4, np.nan), np.ones(4))
    >>> found = standardise(cells, np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    >>> (found.sums.named["yes"].sum(axis=1) / found.sums.named["n"].sum(axis=1)).round(3).tolist()  # raw: 0.9 and 0.5
    [0.75, 0.5]
    """
    groups, strata = int(group.max(initial=-1)) + 1, int(stratum.max(initial=-1)) + 1
    rows = np.zeros((groups, strata))
    np.add.at(rows, (group, stratum), cells.n.sum(axis=1))
    overall = rows.sum(axis=0)
    weights, coverage = _weights(rows, overall)
    others = overall - rows
    rest_weights, _ = _weights(np.where(rows > 0, others, 0.0), overall)
    named = _labels(cells.groups, group, groups)
    own = _summed(cells, _by_group(group, groups), weights[group, stratum], named)
    rest = _rest(cells, rest_weights, group, stratum, named)
    return Standardised(own, rest, coverage)


def _weights(rows: Array, overall: Array) -> tuple[Array, Array]:
    """What a row of each group and stratum counts for, and how much of the mix the group has: (G, S) and (G,).

    The weights of a group sum to its own number of rows.
    """
    total = overall.sum()
    shares = overall / total if total else overall
    there = rows > 0
    coverage = (there * shares).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        wanted = np.where(there, shares, 0.0) / coverage[:, None]
        weights = np.where(there, wanted * rows.sum(axis=1, keepdims=True) / rows, 0.0)
    return np.nan_to_num(weights), coverage


def _by_group(group: NDArray[np.int64], groups: int) -> Array:
    """(G, C): 1 where the cell is of the group."""
    return np.asarray(group[None, :] == np.arange(groups)[:, None], dtype=np.float64)


def _summed(cells: BlockSums, member: Array, weight: Array, labels: Sequence[Group]) -> BlockSums:
    """Cells summed into groups, each moment times the cell's weight; `member` (G, C) says which."""
    weighted = member * weight[None, :]
    rows = cells.n.sum(axis=1)
    counted = member @ rows
    with np.errstate(invalid="ignore", divide="ignore"):
        known = (member @ (np.nan_to_num(cells.known) * rows)) / counted
    return replace(
        cells,
        groups=labels,
        n=member @ cells.n,
        named={name: weighted @ np.nan_to_num(a) for name, a in cells.named.items()},
        people=np.full(len(labels), np.nan),
        known=known,
        pending=np.zeros(0),
        squared_weights=weighted**2 @ rows,
    )


def _rest(
    cells: BlockSums, weights: Array, group: NDArray[np.int64], stratum: NDArray[np.int64], labels: Sequence[Group]
) -> BlockSums:
    """For each group the cells of all others, weighted by the stratum: (G, C) weights of their own."""
    groups = len(labels)
    member = 1.0 - _by_group(group, groups)
    weighted = member * weights[:, stratum]
    rows = cells.n.sum(axis=1)
    taken = (weighted > 0).astype(np.float64)
    counted = taken @ rows
    with np.errstate(invalid="ignore", divide="ignore"):
        known = (taken @ (np.nan_to_num(cells.known) * rows)) / counted
    return replace(
        cells,
        groups=labels,
        n=taken @ cells.n,
        named={name: weighted @ np.nan_to_num(a) for name, a in cells.named.items()},
        people=np.full(groups, np.nan),
        known=known,
        pending=np.zeros(0),
        squared_weights=weighted**2 @ rows,
    )


def _labels(labels: Sequence[Group], group: NDArray[np.int64], groups: int) -> list[Group]:
    first = {int(g): i for i, g in reversed(list(enumerate(group)))}
    return [labels[first[g]] if g in first else {} for g in range(groups)]
