"""Sums are fetched once for a figure, its change and its groups, and never outlive the facts they were summed of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from sqlglot import exp
from tests.warehouse.questions.test_contrasts import drawn, marks
from tests.warehouse.staged import take_in

from peil.core.kpis import BY_KEY
from peil.warehouse.open import Warehouse
from peil.warehouse.query import Filter, KpiQuery
from peil.warehouse.questions.comparing import compare
from peil.warehouse.questions.contrasts import against_rest
from peil.warehouse.results import sums_kept
from peil.warehouse.results.sums_kept import SumsKept
from peil.warehouse.run import answer, measure

ASKED = KpiQuery(kpis=("csat", "csat_mean"), since=date(2026, 3, 9), until=date(2026, 3, 16))


@contextmanager
def statements(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the engine is asked about answers meanwhile."""
    asked: list[str] = []
    fetch = warehouse.engine.fetch

    def told(query: exp.Query, values: Mapping[str, object]) -> pa.Table:
        text = query.sql(dialect="duckdb")
        if "FROM answers" in text:
            asked.append(text)
        return fetch(query, values)

    with monkeypatch.context() as during:
        during.setattr(warehouse.engine, "fetch", told)
        yield asked


def test_a_change_asks_only_for_the_period_before(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(warehouse, {"answers": drawn(1)})
    figures = answer(warehouse, ASKED)
    with statements(warehouse, monkeypatch) as asked:
        changes = compare(warehouse, replace(ASKED, compare="previous"))
        assert len(asked) == 2  # sums and people
        assert answer(warehouse, replace(ASKED, since=date(2026, 3, 2), until=date(2026, 3, 9)))
        assert answer(warehouse, replace(ASKED, kpis=("csat",), level=0.9))
        assert len(asked) == 2
    assert [c.after for c in changes] == figures


@pytest.mark.parametrize("kpi", ["csat", "nps_relationship"])
def test_what_will_be_compared_is_fetched_with_the_period_before(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, kpi: str
) -> None:
    """In as many statements as the period alone takes; the change then takes none."""
    relation = [r | {"answer_id": f"r{i}", "kind": "nps", "relationship": 1} for i, r in enumerate(drawn(5))]
    take_in(warehouse, {"answers": [*drawn(5), *relation]})
    alone = replace(ASKED, kpis=(kpi,))
    assert answer(warehouse, replace(alone, level=0.9))  # which asks once for the days there are
    warehouse.sums_kept = SumsKept()
    with statements(warehouse, monkeypatch) as asked:
        figures = answer(warehouse, alone)
        taken, warehouse.sums_kept = len(asked), SumsKept()
        assert answer(warehouse, replace(alone, compare="previous")) == figures
        assert len(asked) == 2 * taken
        (change,) = compare(warehouse, replace(alone, compare="previous"))
        assert len(asked) == 2 * taken
    warehouse.sums_kept = SumsKept()
    assert [change.after] == figures
    assert [change.before] == answer(warehouse, replace(alone, since=date(2026, 3, 2), until=date(2026, 3, 9)))
    assert taken == (1 if kpi == "nps_relationship" else 2)  # the last answers, with their people; sums, and people


def test_groups_beside_the_rest_stand_on_the_sums_of_the_groups(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(warehouse, {"answers": drawn(2)})
    figures = answer(warehouse, replace(ASKED, by=("channel",)))
    with statements(warehouse, monkeypatch) as asked:
        found = against_rest(warehouse, replace(ASKED, by=("channel",)))
        assert asked == []
    assert [c.after for c in found] == figures


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, by=("channel",)),
        replace(ASKED, where=(Filter("channel", ("chat",)),)),
        replace(ASKED, since=None),
        replace(ASKED, weighted=True),
        replace(ASKED, as_of=date(2026, 3, 12)),
    ],
    ids=["by", "where", "since", "weighted", "as_of"],
)
def test_another_question_has_sums_of_its_own(warehouse: Warehouse, other: KpiQuery) -> None:
    take_in(warehouse, {"answers": drawn(3)})
    plain = answer(warehouse, ASKED)
    found = answer(warehouse, other)
    warehouse.sums_kept = SumsKept()
    assert measured(warehouse, other) == [(e.kpi, e.n) for e in found]
    assert found != plain


def measured(warehouse: Warehouse, query: KpiQuery) -> list[tuple[str, int]]:
    """The sizes, asked anew."""
    return [(e.kpi, e.n) for e in answer.__wrapped__(warehouse, query)]  # type: ignore[attr-defined]


def test_an_import_and_its_undo_are_seen_at_once(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": marks("phone", [5] * 40)}, "first.csv")
    everything = KpiQuery(kpis=("csat",))
    (first,) = answer(warehouse, everything)
    take_in(warehouse, {"answers": marks("chat", [1] * 40)}, "second.csv")
    (second,) = answer(warehouse, everything)
    warehouse.undo()
    (third,) = answer(warehouse, everything)
    assert (first.value, second.value, third.value) == (100, 50, 100)


def test_the_oldest_are_forgotten_first(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(warehouse, {"answers": drawn(4)})
    some = measure(warehouse, [BY_KEY["csat"]], ASKED).sums["csat"]
    assert some is not None
    monkeypatch.setattr(sums_kept, "MOST_BYTES", 10_000)
    several = SumsKept()
    for number in range(50):
        several.keep(number, some)
    assert several.find(49) is some
    assert several.find(0) is None
