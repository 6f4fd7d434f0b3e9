"""Compare a period with the one before: differences with their own intervals and tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from peil.core import kpis as catalogue
from peil.core.compare import adjust, difference, difference_of_quantiles, difference_unit
from peil.core.errors import BadQuery
from peil.core.kpi import Array, Comparison, Estimate, Kpi
from peil.core.moments import Histogram
from peil.core.numerics.replicates import BlockSums, SpreadSums
from peil.warehouse.periods import before
from peil.warehouse.query import PERIODS, KpiQuery
from peil.warehouse.remembered import remembered
from peil.warehouse.results.cells import Key, Summed
from peil.warehouse.run import estimates, labelled, measure

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse


@remembered
def compare(warehouse: Warehouse, query: KpiQuery) -> list[Comparison]:
    """Each asked figure beside that of the period before, with the difference tested.

    The whole is one test; a breakdown is corrected within its KPI (Benjamini-Hochberg).
    """
    if query.compare is None or query.since is None or query.until is None:
        raise BadQuery(
            "A comparison needs a period and what to compare it with.",
            "Give --since and --until (or --period), and --compare previous, last_year or matched_weekdays.",
        )
    for name in query.by:
        if name in PERIODS:
            raise BadQuery(
                f"Two periods can't be compared by {name}: they have no {name} in common.",
                "Leave it out, or ask for the figures of both periods.",
            )
    since, until = before(query.since, query.until, query.compare)
    asked = [catalogue.get(key) for key in query.kpis]
    earlier = replace(query, since=since, until=until, compare=None)
    new, old = measure(warehouse, asked, query), measure(warehouse, asked, earlier)
    found: list[Comparison] = []
    for kpi in asked:
        if isinstance(kpi.spread, Histogram):
            raise BadQuery(
                f"'{kpi.key}' is a list of shares, not one figure.", "Ask for the figures of both periods instead."
            )
        after = Side(new.sums[kpi.key], estimates(kpi, new, query, warehouse))
        prior = Side(old.sums[kpi.key], estimates(kpi, old, earlier, warehouse))
        found += adjust(_compared(kpi, prior, after, query.level))
    return found


@dataclass(frozen=True, slots=True)
class Side:
    """One period of a comparison: its sums and the figures that may be shown of them."""

    summed: Summed | None
    shown: list[Estimate]

    def by_group(self) -> dict[tuple[tuple[str, str | int | None], ...], Estimate]:
        return {tuple(e.group.items()): e for e in self.shown}


def _compared(kpi: Kpi, prior: Side, after: Side, level: float) -> list[Comparison]:
    """A comparison for every group of either period; without a difference where one can't be told."""
    was, now = prior.by_group(), after.by_group()
    tested = {tuple(c.group.items()): c for c in _tested(kpi, prior.summed, after.summed, level)}
    found: list[Comparison] = []
    for group in dict.fromkeys((*now, *was)):
        a, b = was.get(group), now.get(group)
        whole = tested.get(group)
        if a is None or b is None or whole is None or not _testable(a) or not _testable(b):
            alike = whole is not None or not kpi.one_scale
            found.append(_untold(a, b, kpi, level, alike=alike))
        else:
            found.append(replace(whole, before=a, after=b))
    return found


def _testable(e: Estimate) -> bool:
    return e.status in ("ok", "few_customers") and "running_period" not in e.notes


def _untold(before: Estimate | None, after: Estimate | None, kpi: Kpi, level: float, *, alike: bool) -> Comparison:
    present = after or before
    assert present is not None
    nothing = replace(present, value=None, low=None, high=None, n=0, n_eff=None, status="no_data", notes=())
    a, b = before or nothing, after or nothing
    change = None if not alike or a.value is None or b.value is None else b.value - a.value
    return Comparison(
        kpi=kpi.key, before=a, after=b, difference=change, low=None, high=None,
        p=None, p_adjusted=None, changed=None, unit=difference_unit(kpi), method="none", level=level, group=present.group,
    )  # fmt: skip


def _tested(kpi: Kpi, prior: Summed | None, after: Summed | None, level: float) -> list[Comparison]:
    if prior is None or after is None:
        return []
    prior, after = _matched(prior, after)
    prior, after = labelled(prior), labelled(after)
    if not prior.keys:
        return []
    if isinstance(prior.sums, SpreadSums) and isinstance(after.sums, SpreadSums):
        blocks = min(prior.sums.blocks, after.sums.blocks)
        was, now = (replace(s, blocks=blocks, block=s.block % blocks) for s in (prior.sums, after.sums))
        return difference_of_quantiles(kpi, was, now, level)
    if isinstance(prior.sums, BlockSums) and isinstance(after.sums, BlockSums):
        made = difference(kpi, _folded(prior.sums, after.sums), _folded(after.sums, prior.sums), level)
        alike = _same_scale(kpi, prior.sums, after.sums)
        return [c for c, same in zip(made, alike, strict=True) if same]
    return []


def _same_scale(kpi: Kpi, prior: BlockSums, after: BlockSums) -> list[bool]:
    """Whether both periods asked on one and the same scale, per group; a change of scale is no change of opinion."""
    if not kpi.one_scale:
        return [True] * len(prior.groups)

    def scale(sums: BlockSums) -> Array:
        counted = sums.named.get("scale_n", sums.named["n"])
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(sums.named["scale"].sum(axis=1) / counted.sum(axis=1), dtype=np.float64)

    return [bool(same) for same in np.isclose(scale(prior), scale(after), rtol=1e-9)]


def _folded(sums: BlockSums, other: BlockSums) -> BlockSums:
    """Fewer blocks where the other period has fewer, so that blocks are the same customers in both."""
    least = min(sums.n.shape[1], other.n.shape[1])
    if sums.n.shape[1] == least:
        return sums

    def fold(a: Array) -> Array:
        return np.asarray(a.reshape(a.shape[0], -1, least).sum(axis=1), dtype=np.float64)

    return replace(sums, n=fold(sums.n), named={k: fold(a) for k, a in sums.named.items()})


def _matched(a: Summed, b: Summed) -> tuple[Summed, Summed]:
    known = set(b.keys)
    both = [k for k in a.keys if k in known]
    return _taken(a, both), _taken(b, both)


def _taken(summed: Summed, keys: Sequence[Key]) -> Summed:
    place = {k: i for i, k in enumerate(summed.keys)}
    at = np.array([place[k] for k in keys], dtype=np.int64)
    sums = summed.sums
    if isinstance(sums, BlockSums):
        taken = replace(
            sums, groups=[{} for _ in keys], n=sums.n[at], named={k: v[at] for k, v in sums.named.items()},
            people=sums.people[at], known=sums.known[at], pending=sums.pending[at] if sums.pending.size else sums.pending,
            squared_weights=sums.squared_weights[at] if sums.squared_weights.size else sums.squared_weights,
        )  # fmt: skip
        return Summed(summed.by, list(keys), taken)
    moved = np.full(len(summed.keys), -1, dtype=np.int64)
    moved[at] = np.arange(len(at))
    rows = np.flatnonzero(moved[sums.group] >= 0)
    kept = replace(
        sums, groups=[{} for _ in keys], group=moved[sums.group[rows]], block=sums.block[rows], bucket=sums.bucket[rows],
        censored=sums.censored[rows], count=sums.count[rows], n=sums.n[rows], people=sums.people[at], known=sums.known[at],
        second={k: v[at] for k, v in sums.second.items()}, mixed=sums.mixed[at] if sums.mixed.size else sums.mixed,
    )  # fmt: skip
    return Summed(summed.by, list(keys), kept)
