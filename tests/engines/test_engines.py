"""Every KPI, in groups, weighted and block by block: the same on each engine, and what its moments mean on rows.

Counts are equal, sums to a relative 1e-12. Rows are compared first, derived columns included.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.engines.conftest import PLACES, Engines
from tests.engines.meaning import Wanted, all_rows, in_cells, rows_of, wanted
from tests.engines.queries import dimension_of, query_of
from tests.generated.chance import Facts
from tests.generated.sets import MAKERS

from peil.core.kpi import Estimate, Kpi
from peil.core.kpis import ALL, BY_KEY
from peil.core.moments import Count, CountBetween, Histogram, LogHistogram
from peil.core.replicates import BlockSums, SpreadSums
from peil.facts.schema import FACTS
from peil.warehouse.query import Filter, KpiQuery
from peil.warehouse.results.cells import Summed
from peil.warehouse.run import Measured, answer, measure

WAYS = ("plain", "grouped", "weighted")
OTHERS = PLACES[1:]


@pytest.fixture(scope="module")
def rows(engines: Engines) -> Facts:
    return {fact: all_rows(engines["duckdb"].engine, fact) for fact in MAKERS}


class Answers:
    """What each engine says, asked once for all KPIs that share a breakdown."""

    def __init__(self, engines: Engines) -> None:
        self.engines = engines

    def query(self, kpi: Kpi, way: str) -> KpiQuery:
        by = () if way == "plain" else (dimension_of(kpi),)
        kpis = tuple(k.key for k in ALL if not by or dimension_of(k) == by[0])
        return query_of(kpis, by=by, weighted=way == "weighted")

    @cache  # noqa: B019  lives as long as the module's fixture
    def _measured(self, place: str, query: KpiQuery) -> Measured:
        return measure(self.engines[place], [BY_KEY[k] for k in query.kpis], query)

    @cache  # noqa: B019
    def _answered(self, place: str, query: KpiQuery) -> list[Estimate]:
        return answer(self.engines[place], query)

    def sums(self, place: str, kpi: Kpi, way: str) -> Summed:
        summed = self._measured(place, self.query(kpi, way)).sums[kpi.key]
        assert summed is not None
        return summed

    def estimates(self, place: str, kpi: Kpi, way: str) -> list[Estimate]:
        return [e for e in self._answered(place, self.query(kpi, way)) if e.kpi == kpi.key]


@pytest.fixture(scope="module")
def answers(engines: Engines) -> Answers:
    return Answers(engines)


@pytest.mark.parametrize("place", OTHERS)
@pytest.mark.parametrize("fact", MAKERS)
def test_rows_are_equal_derived_ones_and_columns_too(engines: Engines, fact: str, place: str) -> None:
    key = FACTS[fact].key
    one, other = (sorted(all_rows(engines[p].engine, fact), key=lambda r: r[key]) for p in ("duckdb", place))
    assert one
    assert one == other


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kpi", [k for k in ALL if k.spread is None], ids=lambda k: k.key)
def test_sums_by_block_are_what_moments_mean(answers: Answers, rows: Facts, kpi: Kpi, place: str, way: str) -> None:
    query, summed = answers.query(kpi, way), answers.sums(place, kpi, way)
    sums = summed.sums
    assert isinstance(sums, BlockSums)
    counted = 0
    for want in wanted(kpi):
        cells = in_cells(rows_of(want, rows[want.fact], query), query.by)
        for name, moment in want.moments.items():
            given = {
                (key, block): float(sums.named[name][i, block])
                for i, key in enumerate(summed.keys)
                for block in np.flatnonzero(sums.named[name][i]).tolist()
            }
            meant = {cell: moment.of(_with_the_value(want, name, r), query.weighted) for cell, r in cells.items()}
            meant = {cell: amount for cell, amount in meant.items() if amount}
            assert given.keys() == meant.keys(), name
            exact = isinstance(moment, Count | CountBetween) and not query.weighted
            for cell, amount in meant.items():
                assert given[cell] == (amount if exact else pytest.approx(amount, rel=1e-12)), (name, cell)
            counted += len(meant)
    assert counted


def _with_the_value(want: Wanted, name: str, rows: list[Any]) -> list[Any]:
    """The scale of a mean is that of the rows which have the value."""
    column = want.moments["n"].column if name.startswith("scale") else None
    return rows if column is None else [r for r in rows if r[column] is not None]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kpi", [k for k in ALL if k.spread is not None], ids=lambda k: k.key)
def test_histograms_by_block_are_what_they_mean(answers: Answers, rows: Facts, kpi: Kpi, place: str, way: str) -> None:
    query, summed = answers.query(kpi, way), answers.sums(place, kpi, way)
    sums, spread = summed.sums, kpi.spread
    assert isinstance(sums, SpreadSums)
    assert spread is not None
    given: Counter[Any] = Counter()
    for i in range(len(sums.group)):
        value = sums.values[sums.bucket[i]] if isinstance(spread, Histogram) else (sums.bucket[i], sums.censored[i])
        given[summed.keys[sums.group[i]], int(sums.block[i]), value] += float(sums.count[i])
    want = wanted(kpi)[0]
    cells = in_cells(rows_of(want, rows[want.fact], query), query.by)
    meant = {
        (*cell, value): count
        for cell, found in cells.items()
        for value, count in (spread.of(found, query.weighted)).items()  # type: ignore[attr-defined]
    }
    assert meant
    assert given.keys() == meant.keys()
    for where, count in meant.items():
        assert given[where] == (pytest.approx(count, rel=1e-12) if query.weighted else count), where
    assert isinstance(spread, LogHistogram) or not sums.censored.any()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", OTHERS)
@pytest.mark.parametrize("kpi", ALL, ids=lambda k: k.key)
def test_figures_are_equal(answers: Answers, kpi: Kpi, place: str, way: str) -> None:
    """Value, interval, n and effective n: sums that differ in the sixteenth digit move an interval a little."""
    one, other = ([asdict(e) for e in answers.estimates(p, kpi, way)] for p in ("duckdb", place))
    assert len(one) == len(other) > 0
    for mine, theirs in zip(one, other, strict=True):
        for name, value in mine.items():
            expected = pytest.approx(value, rel=1e-9, abs=1e-9) if isinstance(value, float) else value
            assert theirs[name] == expected, (name, mine["group"])


@pytest.mark.parametrize("place", PLACES)
def test_the_spells_of_some_months_are_those_of_these_months(engines: Engines, place: str) -> None:
    """Spells have no month of their own; a filter by month is one of the calendar that they are set against."""
    year = query_of(("retention", "churn", "contact_rate"), by=("month",))
    months = ("2026-02", "2026-05")
    wanted = [e for e in answer(engines[place], year) if e.group["month"] in months]
    assert [e.n > 0 for e in wanted] == [True] * 6
    assert answer(engines[place], replace(year, where=(Filter("month", months),))) == wanted
