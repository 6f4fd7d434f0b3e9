"""Spells of a period are fetched once, and are what they would be had they been fetched alone or with others."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from sqlglot import exp
from tests.warehouse.staged import Row, take_in

from peil.core.kpis import BY_KEY
from peil.core.numerics.replicates import BlockSums
from peil.warehouse.open import Warehouse
from peil.warehouse.query import Filter, KpiQuery
from peil.warehouse.questions.comparing import compare
from peil.warehouse.results import people, spells_kept
from peil.warehouse.results.cells import Summed
from peil.warehouse.results.sums_kept import SumsKept
from peil.warehouse.run import answer, measure

KPIS = ("retention", "contact_rate")
LINE = KpiQuery(kpis=KPIS, by=("month",), since=date(2026, 1, 1), until=date(2026, 7, 1))
JUNE = KpiQuery(kpis=KPIS, since=date(2026, 6, 1), until=date(2026, 7, 1))


@pytest.fixture
def register(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """A register of which nobody's people are counted, as one of many customers."""
    monkeypatch.setattr(people, "COUNTED_ROWS", 100)
    monkeypatch.setattr(spells_kept, "COUNTED_ROWS", 100)
    take_in(warehouse, {"memberships": spells(1), "interactions": contacts(2)})
    answer(warehouse, replace(JUNE, level=0.9))  # which asks once for the days there are
    warehouse.sums_kept = SumsKept()
    return warehouse


def spells(seed: int) -> list[Row]:
    """Customers from February on, who come and go."""
    rng = random.Random(seed)
    found: list[Row] = []
    for i in range(900):
        since = date(2026, 2, 3) + timedelta(days=0 if i % 3 else rng.randrange(140))
        until = since + timedelta(days=rng.randrange(1, 160)) if rng.random() < 0.3 else None
        tier = rng.choice(("a", "b"))
        found.append(
            {"membership_id": f"m{i}", "customer_id": f"c{i}", "since": since, "until": until, "tier": tier}
        )  # fmt: skip
    return found


def contacts(seed: int) -> list[Row]:
    rng = random.Random(seed)
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)
    return [
        {
            "interaction_id": f"i{i}", "customer_id": f"c{rng.randrange(900)}", "direction": "in", "channel": rng.choice(("phone", "chat")),
            "opened_at": start + timedelta(hours=i),
        }
        for i in range(4_300)
    ]  # fmt: skip


@contextmanager
def fetched(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the engine is asked about spells meanwhile."""
    asked: list[str] = []
    fetch = warehouse.engine.fetch

    def told(query: exp.Query, values: Mapping[str, object]) -> pa.Table:
        text = query.sql(dialect="duckdb")
        if "period_start" in text:
            asked.append(text)
        return fetch(query, values)

    with monkeypatch.context() as during:
        during.setattr(warehouse.engine, "fetch", told)
        yield asked


def sums(warehouse: Warehouse, query: KpiQuery) -> dict[str, Summed | None]:
    return dict(measure(warehouse, [BY_KEY[k] for k in query.kpis], query).sums)


def check_alike(found: Mapping[str, Summed | None], meant: Mapping[str, Summed | None]) -> None:
    assert found.keys() == meant.keys()
    for key, one in found.items():
        other = meant[key]
        assert one is not None
        assert other is not None
        assert (one.by, one.keys, one.members) == (other.by, other.keys, other.members)
        a, b = one.sums, other.sums
        assert isinstance(a, BlockSums)
        assert isinstance(b, BlockSums)
        assert np.array_equal(a.n, b.n)
        assert np.array_equal(a.people, b.people, equal_nan=True)
        assert np.allclose(a.known, b.known, rtol=1e-12, equal_nan=True)
        assert a.named.keys() == b.named.keys()
        assert all(np.allclose(a.named[name], b.named[name], rtol=1e-12, atol=0) for name in a.named)
        assert len(a.groups) == len(b.groups)
        assert np.array_equal(a.pending, b.pending)
        assert np.allclose(a.squared_weights, b.squared_weights, rtol=1e-12)


@pytest.mark.parametrize(
    "more", [{}, {"weighted": True}, {"where": (Filter("tier", ("a",)),)}], ids=["plain", "weighted", "tier"]
)
def test_periods_that_are_kept_are_as_they_would_be_fetched(
    register: Warehouse, monkeypatch: pytest.MonkeyPatch, more: dict[str, object]
) -> None:
    """A line of six months after one of three, and a month of it with the month before: no months are fetched twice."""
    kpis = KPIS if more != {"where": (Filter("tier", ("a",)),)} else ("retention",)
    line, june = (replace(q, kpis=kpis, **more) for q in (LINE, JUNE))  # type: ignore[arg-type]
    fresh = {}
    for query in (line, june):
        fresh[query], register.sums_kept = sums(register, query), SumsKept()
    with fetched(register, monkeypatch) as asked:
        sums(register, replace(line, since=date(2026, 2, 1), until=date(2026, 5, 1)))
        assert len(asked) == 1
        check_alike(sums(register, line), fresh[line])
        assert len(asked) == 2
        check_alike(sums(register, june), fresh[june])
        assert compare(register, replace(june, compare="previous"))
        check_alike(sums(register, replace(line, until=date(2026, 6, 1))), _without_june(fresh[line]))
        assert len(asked) == 2
    last = next(s for s in fresh[line].values() if s is not None)
    assert [key[0] for key in last.keys] == [202603, 202604, 202605, 202606]  # nobody was there as February began


def _without_june(found: Mapping[str, Summed | None]) -> dict[str, Summed | None]:
    return {key: spells_taken(summed) for key, summed in found.items() if summed is not None}


def spells_taken(summed: Summed) -> Summed:
    at = [i for i, key in enumerate(summed.keys) if key != (202606,)]
    assert isinstance(summed.sums, BlockSums)
    return Summed(summed.by, [summed.keys[i] for i in at], spells_kept._taken(summed.sums, at))


def test_a_line_may_stand_on_what_a_month_and_its_change_were_fetched_with(
    register: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, register.sums_kept = sums(register, LINE), SumsKept()
    with fetched(register, monkeypatch) as asked:
        answer(register, replace(JUNE, compare="previous", where=(Filter("channel", ("phone",)),)))
        check_alike(sums(register, LINE), fresh)
    assert len(asked) == 2
    assert "202606" not in asked[1]


def test_periods_in_which_people_are_counted_are_fetched_together(
    register: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many are counted hangs on all rows of a question, so few rows can't be put together of parts."""
    monkeypatch.setattr(people, "COUNTED_ROWS", 2_000)
    monkeypatch.setattr(spells_kept, "COUNTED_ROWS", 2_000)
    fresh, register.sums_kept = sums(register, LINE), SumsKept()
    june = sums(register, JUNE)["retention"]
    assert june is not None
    assert np.isfinite(june.sums.people).all()
    check_alike(sums(register, LINE), fresh)


def test_another_register_is_seen_at_once(register: Warehouse) -> None:
    before = sums(register, LINE)["retention"]
    later = [{**row, "membership_id": f"late{i}", "customer_id": f"late{i}"} for i, row in enumerate(spells(3))]
    take_in(register, {"memberships": later}, "later.csv")
    after = sums(register, LINE)["retention"]
    assert before is not None
    assert after is not None
    assert after.sums.n.sum() > 1.5 * before.sums.n.sum()
