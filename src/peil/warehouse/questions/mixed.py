"""Groups beside the rest, raw and as if all had the same mix of subjects and channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from peil.core import kpis as catalogue
from peil.core.compare import adjust, difference
from peil.core.errors import BadQuery
from peil.core.kpi import Comparison, Estimate, Kpi
from peil.core.mix import LEAST_COVERAGE, Standardised, standardise
from peil.core.numerics.replicates import BlockSums
from peil.warehouse.query import PERIODS, KpiQuery
from peil.warehouse.remembered import remembered
from peil.warehouse.results.cells import Summed
from peil.warehouse.run import answer, labelled, measure, reach_of

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

SUBJECTS = ("reason", "touchpoint")  # the first of these that the rows have
STRATA = ("channel", "tier", "stage")
_SHOWN = ("ok", "few_customers")


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A group's own figure, and what it would be with the mix of all groups together.

    `adjusted` compares the group (`after`) with all others (`before`), both at one mix; None where
    the group is hidden, or has rows in too little of the mix. `coverage` is that part, 0 to 1.
    """

    raw: Estimate
    adjusted: Comparison | None
    coverage: float
    strata: tuple[str, ...]


@remembered
def mix_adjusted(warehouse: Warehouse, query: KpiQuery) -> list[Adjusted]:
    """Every group of the one column that the query groups by, KPI by KPI.

    A KPI that is no mean, share or balance of one fact (a median, a list, a ratio of two facts), or weighted,
    has raw figures only. The strata are subject, channel, product tier and life-cycle stage as far
    as its rows have them, the column itself apart; rows of no group known by name count for no mix.
    """
    if len(query.by) != 1 or query.by[0] in PERIODS:
        raise BadQuery("Groups are compared by one column.", "Give one column that is no period, such as team.")
    raw = answer(warehouse, query)
    together: dict[tuple[str, ...], list[Kpi]] = {}
    reach = reach_of(warehouse, query)
    for kpi in map(catalogue.get, query.kpis):
        together.setdefault(_strata(reach[kpi.fact].columns, query.by[0]), []).append(kpi)
    found: dict[str, list[Adjusted]] = {}
    for strata, kpis in together.items():
        able = [k for k in kpis if strata and not query.weighted and _can_be_reweighted(k)]
        cells = measure(warehouse, able, replace(query, by=(query.by[0], *strata))).sums if able else {}
        for kpi in kpis:
            own = [e for e in raw if e.kpi == kpi.key]
            found[kpi.key] = _adjusted(kpi, own, cells.get(kpi.key), query, strata)
    return [a for key in query.kpis for a in found[key]]


def _strata(held: Sequence[str], column: str) -> tuple[str, ...]:
    subjects = [c for c in SUBJECTS if c in held][:1]
    return tuple(c for c in (*subjects, *STRATA) if c in held and c != column)


def _can_be_reweighted(kpi: Kpi) -> bool:
    return not (kpi.second or kpi.spread or kpi.spells or kpi.people)


def _adjusted(
    kpi: Kpi, raw: Sequence[Estimate], summed: Summed | None, query: KpiQuery, strata: tuple[str, ...]
) -> list[Adjusted]:
    made = _standardised(summed) if summed is not None and len(raw) > 1 else None
    if made is None:
        return [Adjusted(e, None, 0.0, strata) for e in raw]
    tested = adjust(difference(kpi, made.rest, made.sums, query.level))
    by_group = {c.group.get(query.by[0]): (c, float(s)) for c, s in zip(tested, made.coverage, strict=True)}
    return [_shown(e, by_group.get(e.group.get(query.by[0])), strata) for e in raw]


def _standardised(summed: Summed) -> Standardised | None:
    at = [i for i, key in enumerate(summed.keys) if key[0] is not None]
    cells = labelled(summed).sums
    if not at or not isinstance(cells, BlockSums):
        return None
    column = summed.by[0]
    chosen = replace(
        cells,
        groups=[{column: cells.groups[i][column]} for i in at],
        n=cells.n[at],
        named={name: a[at] for name, a in cells.named.items()},
        people=cells.people[at],
        known=cells.known[at],
        pending=np.zeros(0),
        squared_weights=np.zeros(0),
    )
    keys = [summed.keys[i] for i in at]
    return standardise(
        chosen, np.asarray(_numbered([k[0] for k in keys])), np.asarray(_numbered([k[1:] for k in keys]))
    )


def _numbered(values: Sequence[object]) -> list[int]:
    numbers = {value: i for i, value in enumerate(dict.fromkeys(values))}
    return [numbers[value] for value in values]


def _shown(raw: Estimate, found: tuple[Comparison, float] | None, strata: tuple[str, ...]) -> Adjusted:
    if found is None:
        return Adjusted(raw, None, 0.0, strata)
    comparison, coverage = found
    known = all(e.status in _SHOWN for e in (raw, comparison.before, comparison.after))
    return Adjusted(raw, comparison if known and coverage >= LEAST_COVERAGE else None, coverage, strata)
