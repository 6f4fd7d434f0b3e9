"""What must hold whatever the data: parts add up, and the way in which rows arrive leaves no trace."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlglot import exp
from tests.generated.chance import Facts, Row
from tests.generated.loading import load, open_new
from tests.generated.sets import generate

from peil.core.kpi import Kpi
from peil.core.kpis import ALL, BY_KEY
from peil.core.numerics.replicates import BlockSums
from peil.facts.schema import FACTS
from peil.warehouse.fixed_cells import CELL_COLUMNS, is_in_cells
from peil.warehouse.open import Warehouse
from peil.warehouse.query import KpiQuery
from peil.warehouse.run import answer, measure

LAST_ANSWER_ONLY = {
    "csat_relationship",
    "dsat_relationship",
    "csat_mean_relationship",
    "rapportcijfer_relationship",
    "nps_relationship",
    "nps_1_10_relationship",
}
PERIOD = (date(2025, 12, 1), date(2026, 12, 1))
Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with open_new(tmp_path_factory.mktemp("whole")) as warehouse:
        load(warehouse, generate(25, seed=3))
        yield warehouse


def _sums(warehouse: Warehouse, by: tuple[str, ...], weighted: bool) -> dict[str, dict[str, float]]:
    query = KpiQuery(
        kpis=tuple(BY_KEY), by=by, weighted=weighted, since=PERIOD[0], until=PERIOD[1], assume=(("avoided_share", 0.3),)
    )
    asked = [k for k in ALL if all(_knows(k, column) for column in by)]
    query = replace(query, kpis=tuple(k.key for k in asked))
    found: dict[str, dict[str, float]] = {}
    for key, summed in measure(warehouse, asked, query).sums.items():
        assert summed is not None
        if isinstance(summed.sums, BlockSums):
            found[key] = {name: float(a.sum()) for name, a in summed.sums.named.items()}
        else:
            found[key] = {"n": float(summed.sums.count.sum())}
    return found


def _knows(kpi: Kpi, column: str) -> bool:
    facts = [kpi.fact, *([kpi.second.fact] if kpi.second else [])]
    periods_of_spells = column == "month" and "memberships" in facts
    if is_in_cells(kpi) and column not in CELL_COLUMNS:
        return False
    return column.startswith("x_") or (all(FACTS[f].has(column) for f in facts) and not periods_of_spells)


def test_only_these_take_the_last_answer() -> None:
    assert {k.key for k in ALL if k.last_answer} == LAST_ANSWER_ONLY


@pytest.mark.slow
@pytest.mark.parametrize("weighted", [False, True], ids=["counted", "weighted"])
@pytest.mark.parametrize("by", [("x_data_set",), ("channel",), ("team",), ("month",), ("channel", "month")], ids=str)
def test_parts_add_up_to_the_whole(whole: Warehouse, by: tuple[str, ...], weighted: bool) -> None:
    total, parts = _sums(whole, (), weighted), _sums(whole, by, weighted)
    assert len(parts) > 5
    for key in set(parts) - LAST_ANSWER_ONLY:
        assert parts[key] == pytest.approx(total[key], rel=1e-12), key


def test_last_answers_by_month_are_more_than_those_of_the_year(whole: Warehouse) -> None:
    """Why these are exempt: a customer who answered in two months counts in both, and once in the year."""
    total, parts = _sums(whole, (), False), _sums(whole, ("month",), False)
    assert all(parts[key]["n"] >= total[key]["n"] for key in LAST_ANSWER_ONLY)
    assert parts["nps_relationship"]["n"] > total["nps_relationship"]["n"]


def _tables(warehouse: Warehouse) -> Tables:
    """Every row of every fact but for the import that wrote it, in the order of the keys."""
    found: Tables = {}
    for fact, columns in warehouse.engine.tables().items():
        if columns:
            table = warehouse.engine.fetch(exp.select("*").from_(exp.to_table(fact)), {}).drop_columns(["import_id"])
            found[fact] = sorted(table.to_pylist(), key=lambda row: str(row[FACTS[fact].key]))
    return found


@contextmanager
def _arrived(folder: Path, deliveries: Sequence[Facts]) -> Iterator[Warehouse]:
    with open_new(folder) as warehouse:
        for number, facts in enumerate(deliveries):
            load(warehouse, facts, f"delivery {number}.csv")
        yield warehouse


def _shuffled(facts: Facts, rng: random.Random) -> Facts:
    return {fact: rng.sample(rows, len(rows)) for fact, rows in facts.items()}


def _split(facts: Facts, pieces: int, rng: random.Random) -> list[Facts]:
    dealt: list[Facts] = [{fact: [] for fact in facts} for _ in range(pieces)]
    for fact, rows in facts.items():
        for row in rows:
            dealt[rng.randrange(pieces)][fact].append(row)
    return dealt


def _changed(row: Row, rng: random.Random) -> Row:
    """An earlier version of a row, which the later one must leave no trace of."""
    return {**row, "weight": row["weight"] + 1, "customer_id": row.get("customer_id") and f"{row['customer_id']}!"}


def _deliveries(facts: Facts, seed: int) -> list[Facts]:
    """The same rows in another order, cut in pieces, some of them twice, some in an older version first."""
    rng = random.Random(seed)
    pieces = _split(_shuffled(facts, rng), rng.choice((2, 3, 5)), rng)
    older = {fact: [_changed(r, rng) for r in rows if rng.random() < 0.2] for fact, rows in facts.items()}
    for fact in older:
        older[fact] = [r for r in older[fact] if fact != "work_weeks"]
    return [older, *pieces, rng.choice(pieces)]


def _check_arrival(tmp_path: Path, seed: int) -> None:
    facts = generate(5, seed=10 + seed)
    with _arrived(tmp_path / "at once", [facts]) as warehouse:
        expected = _tables(warehouse)
    with _arrived(tmp_path / "in pieces", _deliveries(facts, seed)) as warehouse:
        found = _tables(warehouse)
    assert found.keys() == expected.keys()
    for fact, rows in expected.items():
        assert found[fact] == rows, fact


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 4))
def test_any_order_of_arrival_gives_the_same_rows(tmp_path: Path, seed: int) -> None:
    _check_arrival(tmp_path, seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, *range(4, 34)])
def test_any_order_of_arrival_gives_the_same_rows_again(tmp_path: Path, seed: int) -> None:
    _check_arrival(tmp_path, seed)


@pytest.mark.slow
def test_five_times_the_same_changes_nothing_and_undo_brings_back(tmp_path: Path) -> None:
    facts = generate(5, seed=5)
    rng = random.Random(5)
    with _arrived(tmp_path, [facts]) as warehouse:
        expected = _tables(warehouse)
        for number in range(2, 6):
            load(warehouse, _shuffled(facts, rng), f"again {number}.csv")
        assert _tables(warehouse) == expected
        later = {fact: [_changed(r, rng) for r in rows if "customer_id" in r] for fact, rows in facts.items()}
        load(warehouse, later, "another version.csv")
        assert _tables(warehouse) != expected
        warehouse.undo()
        assert _tables(warehouse) == expected


@pytest.mark.slow
def test_rebuild_gives_equal_rows_and_figures(tmp_path: Path) -> None:
    query = KpiQuery(
        kpis=tuple(BY_KEY), by=("x_data_set",), since=PERIOD[0], until=PERIOD[1], assume=(("avoided_share", 0.3),)
    )
    with _arrived(tmp_path, _deliveries(generate(5, seed=6), 6)) as warehouse:
        rows, figures = _tables(warehouse), answer(warehouse, query)
        warehouse.rebuild()
        assert _tables(warehouse) == rows
        assert answer(warehouse, query) == figures
    assert np.isfinite([e.value for e in figures if e.value is not None]).all()
