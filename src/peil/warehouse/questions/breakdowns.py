"""Several breakdowns of the same figures, fetched together: rows that are read once are grouped by each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from peil.core import kpis as catalogue
from peil.core.errors import BadQuery
from peil.core.kpi import Kpi
from peil.facts.schema import FACTS
from peil.warehouse.fixed_cells import is_in_cells
from peil.warehouse.periods import before
from peil.warehouse.plan import Need, Reach, known_columns, needs_of, plan
from peil.warehouse.query import PERIODS, KpiQuery
from peil.warehouse.results.sums_kept import sums_of
from peil.warehouse.run import check_people, just_before, missing_of, reach_of, sharing, summed_by_each

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse


def told_apart(warehouse: Warehouse, query: KpiQuery, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each KPI those of the columns by which its rows are of several known values, in either period of a change.

    What the figures by these columns stand on is fetched on the way: to ask for them then takes no statement.
    """
    if query.by or any(c in PERIODS for c in columns):
        raise BadQuery("Breakdowns are fetched by columns that are no period.", "Leave the query's own grouping out.")
    check_people(replace(query, by=tuple(columns)), warehouse.settings.per_person)
    reach = reach_of(warehouse, query)
    asked = [catalogue.get(key) for key in query.kpis]
    missing = missing_of(asked, reach, query)
    needs = [n for kpi in asked for n in needs_of(kpi) if kpi.key not in missing and reach[n.fact].columns]
    for shared in sharing([n for n in needs if _is_plain(n)]):
        of_fact = reach[shared[0].fact]
        _fetch(warehouse, shared, of_fact, query, known_columns(shared[0], of_fact, columns))
    return {kpi.key: tuple(c for c in columns if _tells_apart(warehouse, kpi, query, c)) for kpi in asked}


def _is_plain(need: Need) -> bool:
    """Whether its groups are made of its own rows alone, and those are of days."""
    timeless = FACTS[need.fact].clock is None
    return not (timeless or need.spells or need.kpi.second or is_in_cells(need.kpi))


def _periods(query: KpiQuery) -> list[KpiQuery]:
    """The question about its period, and about the one that it is compared with."""
    alone = replace(query, compare=None)
    if query.compare is None or query.since is None or query.until is None:
        return [alone]
    since, until = before(query.since, query.until, query.compare)
    return [alone, replace(alone, since=since, until=until)]


def _fetch(warehouse: Warehouse, shared: Sequence[Need], reach: Reach, query: KpiQuery, columns: Sequence[str]) -> None:
    """Keep the sums of the needs by each of the columns, as far as they are not kept yet."""
    taken = {c.column for n in shared for c in n.rows} | {n.kpi.within for n in shared}
    asked, earlier = _periods(query), just_before(query)
    for question in asked[:1] if earlier is not None else asked:
        both = asked if earlier is not None else [question]
        cuts = [c for c in columns if c not in taken and not _all_kept(warehouse, shared, both, c)]
        if not cuts:
            continue
        made = plan(shared, reach, question, earlier, cuts)
        for cut, sides in summed_by_each(warehouse, made, question).items():
            for period, found in zip(both, reversed(sides), strict=True):
                sums_of(warehouse, replace(period, by=(cut,))).keep(found)


def _all_kept(warehouse: Warehouse, shared: Sequence[Need], periods: Sequence[KpiQuery], column: str) -> bool:
    kept = [sums_of(warehouse, replace(p, by=(column,))) for p in periods]
    return all(k.find(n.kpi.key, n.second) for k in kept for n in shared)


def _tells_apart(warehouse: Warehouse, kpi: Kpi, query: KpiQuery, column: str) -> bool:
    """Whether there is more than one known value; where that was not fetched, there may be."""
    kept = [sums_of(warehouse, replace(p, by=(column,))).find(kpi.key, False) for p in _periods(query)]
    values = {key[0] for summed in kept if summed is not None for key in summed.keys} - {None}
    return len(values) > 1 or None in kept
