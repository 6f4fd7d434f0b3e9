"""The questions that are asked of every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from peil.core.kpi import Kpi
from peil.core.kpis import ALL
from peil.facts.schema import FACTS
from peil.warehouse.fixed_cells import is_in_cells
from peil.warehouse.query import Filter, KpiQuery

ASSUME = (("avoided_share", 0.3),)
YEAR = (date(2025, 12, 15), date(2026, 12, 20))


def query_of(kpis: tuple[str, ...], *, by: tuple[str, ...] = (), weighted: bool = False) -> KpiQuery:
    return KpiQuery(kpis=kpis, by=by, weighted=weighted, since=YEAR[0], until=YEAR[1], assume=ASSUME)


def dimension_of(kpi: Kpi) -> str:
    """A breakdown that every fact of the KPI knows: by channel or team where there is one, else by data set."""
    if is_in_cells(kpi):
        return "team"
    facts = {kpi.fact, *((kpi.second.fact,) if kpi.second else ())}
    return next((c for c in ("channel", "team", "tier") if all(FACTS[f].has(c) for f in facts)), "x_data_set")


def asked_in_many_ways() -> list[KpiQuery]:
    """Every KPI plainly, weighted, in groups, over time, filtered, exact and as of a day."""
    found: list[KpiQuery] = []
    together: dict[str, list[str]] = {}
    for kpi in ALL:
        together.setdefault(dimension_of(kpi), []).append(kpi.key)
        found.append(query_of((kpi.key,), by=(dimension_of(kpi), "month"), weighted=True))
    for column, keys in together.items():
        plain = query_of(tuple(keys))
        found += [plain, replace(plain, exact=True, as_of=date(2026, 6, 1))]
        found.append(replace(plain, where=(Filter(column, ("a", None)), Filter("month", ("2026-01",)))))
        found.append(replace(plain, where=(Filter(column, ("a", "b"), negated=True),)))
    everything = tuple(k.key for k in ALL)
    return [*found, query_of(everything, by=("x_data_set",)), query_of(everything, by=("x_data_set",), weighted=True)]
