"""What employees answered can't be worked out for fewer people than agreed, whatever is asked and subtracted.

Every score is another power of two, so a published mean tells exactly which rows stand behind it. Rows that all
published figures treat alike can't be told apart by any sum or difference of them; so each such class has to hold
enough people.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.warehouse.staged import Row, take_in

from peil.core.errors import BadQuery
from peil.library import Peil
from peil.warehouse.fixed_cells import CELL_COLUMNS, months_over, whole_months
from peil.warehouse.open import Warehouse, open_warehouse
from peil.warehouse.query import Filter, KpiQuery

LEAST = 3
TODAY = datetime.now(UTC).date()
MONTHS = [date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1)]


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(f"duckdb:///{tmp_path / 'peil.duckdb'}") as opened:
        opened.settings = replace(opened.settings, min_people=LEAST)
        yield opened


def some_rows(seed: int) -> list[Row]:
    """At most fifty answers of a small organisation: teams of one to five people, some of whom skip questions."""
    chance = random.Random(seed)
    teams = {name: range(chance.randint(1, 5)) for name in "ABCD"}
    rows: list[Row] = []
    for month in chance.sample(MONTHS, 2):
        for team, people in teams.items():
            for person in people:
                for question in ("pride", "voice"):
                    if chance.random() < 0.15:
                        continue
                    at = datetime(month.year, month.month, chance.randint(1, 28), 9, tzinfo=UTC)
                    rows.append(
                        _row(len(rows), f"{team}{person}", team if chance.random() < 0.95 else None, question, at)
                    )
    return rows[:50]


def _row(number: int, person: str, team: str | None, question: str, at: datetime) -> Row:
    return {
        "answer_id": str(number), "response_id": f"{person}-{at:%m}", "customer_id": person, "survey": "work", "kind": "engagement",
        "question": question, "dimension": "team" if question == "pride" else "manager", "team": team, "answered_at": at,
        "score": float(2**number), "scale_min": 1.0, "scale_max": 5.0, "box": 1, "language": "nl", "channel": "email",
    }  # fmt: skip


def any_question(chance: random.Random, rows: list[Row]) -> KpiQuery:
    """A question as an attacker would put it: any grouping, any filters, any period."""
    columns = sorted(CELL_COLUMNS - {"kind"})
    by = tuple(chance.sample(columns, chance.randint(0, 2)))
    values: dict[str, list[Any]] = {
        "team": ["A", "B", "C", "D", None], "question": ["pride", "voice"], "dimension": ["team", "manager"],
        "month": ["2026-03", "2026-04", "2026-06"], "quarter": ["2026-Q1", "2026-Q2"], "survey": ["work"], "year": ["2026"],
    }  # fmt: skip
    where = []
    for column in chance.sample(sorted(values), chance.randint(0, 2)):
        chosen = tuple(chance.sample(values[column], chance.randint(1, len(values[column]))))
        where.append(Filter(column, chosen, chance.random() < 0.3))
    since, until = sorted(date(2026, 2, 15) + timedelta(days=chance.randint(0, 160)) for _ in range(2))
    period = {"since": since, "until": until + timedelta(days=1)} if chance.random() < 0.6 else {}
    as_of = date(2026, 2, 20) + timedelta(days=chance.randint(0, 150)) if chance.random() < 0.2 else None
    return KpiQuery(kpis=("engagement",), by=by, where=tuple(where), as_of=as_of, **period)


def behind(value: float, n: int) -> frozenset[int]:
    total = round(value * n)
    return frozenset(i for i in range(total.bit_length()) if total >> i & 1)


def attack(warehouse: Warehouse, rows: list[Row], seed: int, questions: int) -> tuple[list[set[str]], int]:
    """The people of each class of rows that no published figure tells apart, and how many figures were published."""
    chance, peil = random.Random(seed), Peil(warehouse)
    regions = {
        behind(e.value, e.n)
        for _ in range(questions)
        for e in peil.answer(any_question(chance, rows))
        if e.value is not None
    }
    classes: dict[frozenset[int], set[str]] = defaultdict(set)
    told = sorted(regions, key=sorted)
    for number, row in enumerate(rows):
        seen = frozenset(i for i, region in enumerate(told) if number in region)
        if seen:
            classes[seen].add(row["customer_id"])
    return list(classes.values()), len(regions)


@pytest.mark.parametrize("seed", [5, pytest.param(range(6, 40), marks=pytest.mark.full)], ids=["one", "many"])
def test_nobody_is_singled_out(warehouse: Warehouse, seed: int | range) -> None:
    for one in [seed] if isinstance(seed, int) else seed:
        rows = some_rows(one)
        report = take_in(warehouse, {"answers": rows}, f"{one}.csv")
        classes, published = attack(warehouse, rows, one, 80 if isinstance(seed, int) else 150)
        assert all(len(people) >= LEAST for people in classes), (one, sorted(map(sorted, classes)))
        assert (published > 5 and len(classes) > 2) or not isinstance(seed, int), "there is something to attack"
        assert min(map(len, people_of_cells(rows).values())) < LEAST, "and something to find"
        warehouse.undo(report.import_id)


def people_of_cells(rows: list[Row]) -> dict[tuple[Any, ...], set[str]]:
    found: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for r in rows:
        found[r["team"], r["question"], r["answered_at"].month].add(r["customer_id"])
    return found


@pytest.mark.parametrize("column", ["weekday", "hour"])
def test_no_column_cuts_through_a_cell(warehouse: Warehouse, column: str) -> None:
    take_in(warehouse, {"answers": some_rows(1)}, "rows.csv")
    peil = Peil(warehouse)
    with pytest.raises(BadQuery, match="comes in whole cells"):
        peil.answer(KpiQuery(kpis=("engagement",), by=(column,)))
    found = peil.answer(KpiQuery(kpis=("csat", "engagement"), where=(Filter(column, (1,)),)))
    assert [(e.value, e.notes) for e in found if e.kpi == "engagement"] == [(None, (f"no_column:{column}",))]


def test_small_teams_are_one_cell_together(warehouse: Warehouse) -> None:
    at = datetime(2026, 3, 5, 9, tzinfo=UTC)
    people = [("A", n) for n in range(3)] + [("B", n) for n in range(2)] + [("C", 0)]
    rows = [_row(i, f"{team}{n}", team, "pride", at) for i, (team, n) in enumerate(people)]
    take_in(warehouse, {"answers": rows}, "rows.csv")
    peil = Peil(warehouse)

    (whole,) = peil.kpi("engagement")
    by_team = {e.group["team"]: e for e in peil.kpi("engagement", by=["team"])}

    assert whole.n == 6
    assert {team: e.n for team, e in by_team.items()} == {"A": 3}
    assert not [e.value for e in peil.kpi("engagement", where={"team": ["B", "C"]}) if e.value is not None]


def test_one_small_team_alone_is_in_no_figure(warehouse: Warehouse) -> None:
    at = datetime(2026, 3, 5, 9, tzinfo=UTC)
    people = [("A", n) for n in range(3)] + [("B", n) for n in range(2)]
    rows = [_row(i, f"{team}{n}", team, "pride", at) for i, (team, n) in enumerate(people)]
    take_in(warehouse, {"answers": rows}, "rows.csv")

    (whole,) = Peil(warehouse).kpi("engagement")

    assert whole.n == 3
    assert "whole_months" in whole.notes


def test_a_month_that_is_not_over_is_not_told(warehouse: Warehouse) -> None:
    at = datetime.now(UTC) - timedelta(seconds=1)
    take_in(warehouse, {"answers": [_row(i, f"A{i}", "A", "pride", at) for i in range(6)]}, "rows.csv")
    (whole,) = Peil(warehouse).kpi("engagement")
    assert whole.value is None


def test_a_month_is_told_once_it_is_over(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Although nothing was imported meanwhile, and the same was asked before."""
    at = datetime(2026, 3, 5, 9, tzinfo=UTC)
    take_in(warehouse, {"answers": [_row(i, f"A{i}", "A", "pride", at) for i in range(6)]}, "rows.csv")
    shown = []
    for day in (date(2026, 3, 31), date(2026, 4, 1)):
        monkeypatch.setattr(Warehouse, "today", day)
        shown += [e.n for e in Peil(warehouse).kpi("engagement")]
    assert shown == [0, 6]


@pytest.mark.parametrize(
    ("since", "until", "wanted"),
    [
        ("2026-10-23", "2026-11-22", ("2026-10-01", "2026-11-01")),
        ("2026-09-23", "2026-10-23", ("2026-09-01", "2026-10-01")),
        ("2026-10-01", "2026-10-31", ("2026-10-01", "2026-11-01")),
        ("2026-01-01", "2026-04-01", ("2026-01-01", "2026-04-01")),
        ("2026-11-02", "2026-11-22", ("2026-11-01", "2026-12-01")),
        (None, None, (None, None)),
    ],
)
def test_periods_are_whole_months(since: str | None, until: str | None, wanted: tuple[str | None, str | None]) -> None:
    over = months_over(date(2026, 11, 22), None)
    asked = KpiQuery(
        kpis=("engagement",),
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
    )
    found = whole_months(asked, over)
    assert (found.since and found.since.isoformat(), found.until and found.until.isoformat()) == wanted


def test_the_last_day_of_a_month_is_of_a_month_that_runs() -> None:
    assert months_over(date(2026, 10, 31), None) == date(2026, 10, 1)
    assert months_over(date(2026, 11, 1), None) == date(2026, 11, 1)
    assert months_over(date(2026, 11, 22), date(2026, 10, 31)) == date(2026, 11, 1)
    assert months_over(date(2026, 10, 31), date(2026, 10, 31)) == date(2026, 10, 1)
