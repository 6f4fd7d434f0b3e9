"""Every KPI, in groups, weighted and block by block: the same on each engine, and what its moments mean on rows.

Counts are equal, sums to a relative 1e-12. Rows are compared first, derived columns included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from sqlglot import exp
from tests.engines.conftest import PLACES, Engines
from tests.engines.meaning import Wanted, all_rows, in_cells, rows_of, wanted
from tests.engines.queries import YEAR, dimension_of, query_of
from tests.generated.chance import Facts
from tests.generated.sets import MAKERS

from peil.core.kpi import Array, Estimate, Kpi
from peil.core.kpis import ALL, BY_KEY
from peil.core.moments import Count, CountBetween, Histogram, LogHistogram
from peil.core.numerics.replicates import BlockSums, SpreadSums
from peil.facts.schema import FACTS
from peil.warehouse.open import Warehouse
from peil.warehouse.periods import before
from peil.warehouse.query import Filter, KpiQuery
from peil.warehouse.questions.breakdowns import told_apart
from peil.warehouse.results.cells import Summed
from peil.warehouse.results.sums_kept import SumsKept
from peil.warehouse.run import Measured, answer, measure

pytestmark = pytest.mark.slow

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


@pytest.mark.parametrize("way", ["plain", "grouped", "weighted", "exact"])
@pytest.mark.parametrize("place", PLACES)
def test_two_periods_fetched_together_are_those_fetched_alone(engines: Engines, place: str, way: str) -> None:
    """Of every KPI, with how many people stand behind it; sums may differ in the sixteenth digit."""
    warehouse, cut = engines[place], date(2026, 6, 15)
    columns = {dimension_of(kpi) for kpi in ALL} if way == "grouped" else {""}
    for column in columns:
        keys = tuple(k.key for k in ALL if column in ("", dimension_of(k)))
        whole = query_of(keys, by=(column,) if column else (), weighted=way == "weighted")
        later = replace(whole, since=cut, exact=way == "exact")
        since, until = before(cut, YEAR[1], "previous")
        earlier = replace(later, since=since, until=until)
        alone = [_anew(warehouse, q) for q in (later, earlier)]
        warehouse.sums_kept = SumsKept()
        along = measure(warehouse, [BY_KEY[k] for k in keys], replace(later, compare="previous"))
        assert [k for k in keys if along.sums[k] is not None] == [k for k in keys if alone[0].sums[k] is not None]
        for query, one in ((later, alone[0]), (earlier, alone[1])):
            other = measure(warehouse, [BY_KEY[k] for k in keys], query)
            for key in keys:
                _same(one.sums[key], other.sums[key])


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"weighted": True},
        {"exact": True, "compare": "last_year"},
    ],
    ids=str,
)
@pytest.mark.parametrize("place", PLACES)
def test_breakdowns_fetched_together_are_those_fetched_alone(
    engines: Engines, place: str, more: dict[str, Any]
) -> None:
    """By every column that the rows of a KPI have, in both periods of a change, with the people behind each group."""
    warehouse = engines[place]
    asked = KpiQuery(kpis=(), since=date(2026, 6, 15), until=date(2026, 9, 1), **{"compare": "previous", **more})
    assert asked.since is not None
    assert asked.until is not None
    assert asked.compare is not None
    since, until = before(asked.since, asked.until, asked.compare)
    for fact in ("answers", "interactions"):
        keys = tuple(k.key for k in ALL if k.fact == fact and not (k.second or k.people or k.within or k.assumes))
        columns = tuple(c for c in ("channel", "team", "x_data_set") if _held(warehouse, fact, c))
        whole = replace(asked, kpis=keys)
        alone, differ = {}, set()
        for by in columns:
            for query in (
                replace(whole, by=(by,), compare=None),
                replace(whole, by=(by,), since=since, until=until, compare=None),
            ):
                alone[query] = _anew(warehouse, query)
        warehouse.sums_kept = SumsKept()
        apart = told_apart(warehouse, whole, columns)
        for query, one in alone.items():
            with _no_statement(warehouse):
                other = measure(warehouse, [BY_KEY[k] for k in keys], query)
            for key in keys:
                _same(one.sums[key], other.sums[key])
                groups = summed.keys if (summed := one.sums[key]) is not None else []
                differ |= {(key, query.by[0], group[0]) for group in groups if group[0] is not None}
        assert apart == {k: tuple(c for c in columns if sum(d[:2] == (k, c) for d in differ) > 1) for k in keys}
        assert any(apart.values())


def _held(warehouse: Warehouse, fact: str, column: str) -> bool:
    dimension = column.startswith("x_") or column in FACTS[fact].dimensions
    return dimension and column in warehouse.engine.tables()[fact]


@contextmanager
def _no_statement(warehouse: Warehouse) -> Iterator[None]:
    """Nothing about facts is asked meanwhile; what holds until they change was asked before."""
    fetch = warehouse.engine.fetch

    def refused(query: exp.Query, values: Mapping[str, object]) -> pa.Table:
        assert not query.args.get("group"), query.sql()
        return fetch(query, values)

    with pytest.MonkeyPatch.context() as during:
        during.setattr(warehouse.engine, "fetch", refused)
        yield


def _anew(warehouse: Warehouse, query: KpiQuery) -> Measured:
    warehouse.sums_kept = SumsKept()
    return measure(warehouse, [BY_KEY[k] for k in query.kpis], query)


def _same(one: Summed | None, other: Summed | None) -> None:
    assert (one is None) == (other is None)
    if one is None or other is None:
        return
    assert one.keys == other.keys
    np.testing.assert_array_equal(one.members, other.members)
    np.testing.assert_array_equal(one.sums.people, other.sums.people)
    for name, values in _arrays(one).items():
        np.testing.assert_allclose(_arrays(other)[name], values, rtol=1e-12, atol=1e-9, err_msg=name)


def _arrays(summed: Summed) -> dict[str, Array]:
    """Rows of a histogram come in any order."""
    sums = summed.sums
    if isinstance(sums, BlockSums):
        return {"n": sums.n, "known": sums.known, "pending": sums.pending, **sums.named}
    value = np.asarray(sums.values)[sums.bucket] if len(sums.values) else sums.bucket
    order = np.lexsort((sums.n, sums.count, sums.censored, value, sums.block, sums.group))
    said = {"group": sums.group, "block": sums.block, "count": sums.count, "n": sums.n, "censored": sums.censored}
    return {name: np.asarray(a[order], dtype=np.float64) for name, a in said.items()} | dict(sums.second)
