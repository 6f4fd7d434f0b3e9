"""Where the warehouse's figures and those counted by hand differ, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isclose
from typing import Any, TypeAlias

from tests.oracle.contacts import AVOIDED_SHARE
from tests.oracle.counted import OVER_A_PERIOD, Counted, Group, Look
from tests.oracle.tally import Figure

from peil.core.kpi import Estimate
from peil.core.kpis import BY_KEY
from peil.core.moments import Histogram, LogHistogram
from peil.facts.schema import FACTS
from peil.warehouse.fixed_cells import CELL_COLUMNS, is_in_cells
from peil.warehouse.open import Warehouse
from peil.warehouse.query import KpiQuery
from peil.warehouse.run import answer

EXACT = 1e-12
BUCKET = 0.01
ZERO = 1e-12  # what sums of parts that cancel may leave, on scales of 1 to 100
Asked: TypeAlias = dict[tuple[str, Group], Estimate]


def asked_keys(look: Look) -> list[str]:
    """Every KPI whose fact knows the grouping; spells need a period."""
    columns = [c for c in look.by if not c.startswith("x_")]
    return [
        key
        for key, kpi in BY_KEY.items()
        if (key not in OVER_A_PERIOD or (look.since and "month" not in look.by))
        and all(FACTS[kpi.fact].has(c) for c in columns)
        and (not is_in_cells(kpi) or CELL_COLUMNS.issuperset(look.by))  # in cells these are, by their own tests
    ]


def query_of(keys: Sequence[str], look: Look) -> KpiQuery:
    return KpiQuery(
        kpis=tuple(keys), by=look.by, weighted=look.weighted, since=look.since, until=look.until,
        assume=(("avoided_share", AVOIDED_SHARE),),
    )  # fmt: skip


def differences(warehouse: Warehouse, counted: Counted, look: Look, keys: Sequence[str] = ()) -> list[str]:
    """One line per figure that differs; none when all agree."""
    keys = keys or asked_keys(look)
    found = answer(warehouse, query_of(keys, look))
    plain = [k for k in keys if not isinstance(BY_KEY[k].spread, Histogram)]
    lines = list(_figures(found, counted.figures(plain, look), look, plain))
    histograms = [k for k in keys if isinstance(BY_KEY[k].spread, Histogram)]
    return lines + list(_shares(found, counted.spreads(histograms, look), look, histograms))


def _figures(
    found: Iterable[Estimate], hand: Mapping[tuple[str, Group], Figure], look: Look, keys: Sequence[str]
) -> Iterable[str]:
    given: Asked = {(e.kpi, group_of(e, look)): e for e in found if e.kpi in keys}
    for (key, group), (value, n) in hand.items():
        estimate = given.pop((key, group), None)
        if estimate is None:
            if n or value is not None:
                yield f"{key} {group}: by hand {value} (n {n}), no figure given"
            continue
        if estimate.n != n and not (value is None and estimate.value is None):
            yield f"{key} {group}: n by hand {n}, given {estimate.n} (value {value} / {estimate.value} {estimate.status})"
        elif not same(key, value, estimate.value):
            yield f"{key} {group}: by hand {value!r}, given {estimate.value!r} ({estimate.status}, n {n})"
    for (key, group), estimate in given.items():
        if estimate.n:
            yield f"{key} {group}: given {estimate.value} (n {estimate.n}), nothing by hand"


def group_of(estimate: Estimate, look: Look) -> Group:
    return tuple(estimate.group.get(column) for column in look.by)


def same(key: str, hand: float | None, given: float | None) -> bool:
    if hand is None or given is None:
        return hand is None and given is None
    if isinstance(BY_KEY[key].spread, LogHistogram):
        return isclose(hand, given, rel_tol=BUCKET, abs_tol=0.0)
    return isclose(hand, given, rel_tol=EXACT, abs_tol=ZERO)


def _shares(
    found: Iterable[Estimate], hand: Mapping[tuple[str, Group, object], float], look: Look, keys: Sequence[str]
) -> Iterable[str]:
    given: dict[tuple[str, Group, Any], float | None] = {}
    for e in found:
        if e.kpi in keys and e.status != "no_data":
            spread = BY_KEY[e.kpi].spread
            assert isinstance(spread, Histogram)
            given[e.kpi, group_of(e, look), e.group[spread.column]] = e.value
    counted_here = {where[:2] for where in hand}
    for where in sorted(set(hand) | set(given), key=str):
        ours, theirs = hand.get(where), given.get(where)
        if where not in hand and theirs == 0 and where[:2] in counted_here:
            continue  # named elsewhere, never in this group
        if ours is None or theirs is None or not isclose(ours, theirs, rel_tol=EXACT, abs_tol=ZERO):
            yield f"{where}: by hand {ours}, given {theirs}"
