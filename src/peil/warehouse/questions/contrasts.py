"""Each group of a breakdown beside all others together: which of them differ from the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from peil.core import kpis as catalogue
from peil.core.compare import adjust, difference, difference_of_quantiles
from peil.core.errors import BadQuery
from peil.core.kpi import Comparison, Estimate, Kpi
from peil.core.moments import Histogram
from peil.core.numerics.replicates import BlockSums, SpreadSums
from peil.warehouse.query import PERIODS, KpiQuery
from peil.warehouse.remembered import remembered
from peil.warehouse.run import estimates, labelled, measure

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

_SHOWN = ("ok", "few_customers")


@remembered
def against_rest(warehouse: Warehouse, query: KpiQuery) -> list[Comparison]:
    """Each group (`after`) beside all other groups together (`before`), with the difference tested.

    Corrected for the number of groups within each KPI (Benjamini-Hochberg). A group that is hidden
    or has no interval gets no verdict.
    """
    if len(query.by) != 1 or query.by[0] in PERIODS:
        raise BadQuery("Groups are set against the rest by one column.", "Give one column that is no period.")
    asked = [catalogue.get(key) for key in query.kpis]
    measured = measure(warehouse, asked, query)
    found: list[Comparison] = []
    for kpi in asked:
        if isinstance(kpi.spread, Histogram) or kpi.second is not None:
            what = "a list of shares, not one figure" if kpi.second is None else "made of two facts"
            raise BadQuery(f"'{kpi.key}' is {what}; its groups can't be set against the rest.", "Ask for its figures.")
        shown = estimates(kpi, measured, query, warehouse)
        summed = measured.sums.get(kpi.key)
        if summed is None or len(summed.keys) < 2 or len(summed.keys) != len(shown):
            continue
        found += adjust(_contrasts(kpi, labelled(summed).sums, shown, query.level))
    return found


def _contrasts(kpi: Kpi, sums: BlockSums | SpreadSums, shown: list[Estimate], level: float) -> list[Comparison]:
    if isinstance(sums, SpreadSums):
        tested = difference_of_quantiles(kpi, _others(sums), sums, level)
    else:
        tested = difference(kpi, _rest(sums), sums, level)
    found = []
    for c, e in zip(tested, shown, strict=True):
        known = e.status in _SHOWN and c.before.status in _SHOWN
        untold = replace(c, difference=None, low=None, high=None, p=None, p_adjusted=None, changed=None)
        found.append(replace(c if known else untold, after=e))
    return found


def _rest(sums: BlockSums) -> BlockSums:
    """For each group the sums of all others; blocks hash customers alike, so those of both are recognised."""
    rows = sums.n.sum(axis=1)
    others = rows.sum() - rows
    with np.errstate(invalid="ignore", divide="ignore"):
        known = (np.nansum(sums.known * rows) - np.nan_to_num(sums.known) * rows) / others
    return replace(
        sums,
        n=sums.n.sum(axis=0) - sums.n,
        named={name: a.sum(axis=0) - a for name, a in sums.named.items()},
        people=np.full(len(rows), np.nan),
        known=known,
        squared_weights=sums.squared_weights.sum() - sums.squared_weights
        if sums.squared_weights.size
        else sums.squared_weights,
    )


def _others(sums: SpreadSums) -> SpreadSums:
    """For each group the histogram of all others, in long form."""
    groups = len(sums.groups)
    at = [np.flatnonzero(sums.group != g) for g in range(groups)]
    rows = np.concatenate(at)
    group = np.repeat(np.arange(groups), [len(a) for a in at])
    counted = np.bincount(sums.group, weights=sums.n, minlength=groups)
    others = counted.sum() - counted
    with np.errstate(invalid="ignore", divide="ignore"):
        known = (np.nansum(sums.known * counted) - np.nan_to_num(sums.known) * counted) / others
    return replace(
        sums,
        group=group,
        block=sums.block[rows],
        bucket=sums.bucket[rows],
        censored=sums.censored[rows],
        count=sums.count[rows],
        n=sums.n[rows],
        people=np.full(groups, np.nan),
        known=known,
        second={name: a.sum(axis=0) - a for name, a in sums.second.items()},
    )
