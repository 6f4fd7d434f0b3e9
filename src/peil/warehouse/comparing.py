"""Compare a period with the one before: differences with their own intervals and tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from peil.core import kpis as catalogue
from peil.core.compare import adjust, difference, difference_of_quantiles
from peil.core.errors import BadQuery
from peil.core.kpi import Comparison, Kpi
from peil.core.moments import LogHistogram
from peil.core.replicates import BlockSums, SpreadSums
from peil.warehouse.cells import Key, Summed
from peil.warehouse.periods import before
from peil.warehouse.query import KpiQuery
from peil.warehouse.run import labelled, measure
from peil.warehouse.small_groups import minimum

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse


def compare(warehouse: Warehouse, query: KpiQuery) -> list[Comparison]:
    """Each asked figure beside that of the period before, with the difference tested.

    The whole is one test; a breakdown is corrected within its KPI (Benjamini-Hochberg).
    """
    if query.compare is None or query.since is None or query.until is None:
        raise BadQuery(
            "A comparison needs a period and what to compare it with.",
            "Give --since and --until (or --period), and --compare previous, last_year or matched_weekdays.",
        )
    since, until = before(query.since, query.until, query.compare)
    asked = [catalogue.get(key) for key in query.kpis]
    new = measure(warehouse, asked, query)
    old = measure(warehouse, asked, replace(query, since=since, until=until))
    found: list[Comparison] = []
    for kpi in asked:
        after, prior = new.sums[kpi.key], old.sums[kpi.key]
        if after is None or prior is None or kpi.key in new.missing:
            continue
        found += adjust(_differences(kpi, prior, after, query, warehouse))
    return found


def _differences(kpi: Kpi, prior: Summed, after: Summed, query: KpiQuery, warehouse: Warehouse) -> list[Comparison]:
    prior, after = _matched(prior, after)
    prior, after = labelled(prior), labelled(after)
    if isinstance(prior.sums, SpreadSums) and isinstance(after.sums, SpreadSums):
        if not isinstance(kpi.spread, LogHistogram):
            raise BadQuery(
                f"'{kpi.key}' is a list of shares.", "Compare one of them by filtering, or look at both periods."
            )
        made = difference_of_quantiles(kpi, prior.sums, after.sums, query.level)
    elif isinstance(prior.sums, BlockSums) and isinstance(after.sums, BlockSums):
        made = difference(kpi, prior.sums, after.sums, query.level)
    else:
        made = []
    least = minimum(kpi, warehouse.settings.min_answers, warehouse.settings.min_people)
    return [c for c in made if min(c.before.n, c.after.n) >= least]


def _matched(a: Summed, b: Summed) -> tuple[Summed, Summed]:
    both = [k for k in a.keys if k in set(b.keys)]
    return _taken(a, both), _taken(b, both)


def _taken(summed: Summed, keys: Sequence[Key]) -> Summed:
    place = {k: i for i, k in enumerate(summed.keys)}
    at = np.array([place[k] for k in keys], dtype=np.int64)
    sums = summed.sums
    if isinstance(sums, BlockSums):
        taken = replace(
            sums, groups=[{} for _ in keys], n=sums.n[at], named={k: v[at] for k, v in sums.named.items()},
            people=sums.people[at], known=sums.known[at], pending=sums.pending[at] if sums.pending.size else sums.pending,
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
