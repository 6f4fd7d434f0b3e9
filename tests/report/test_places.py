"""Where a change shows: in the group that changed, by a column that tells the rows apart, and nowhere when all changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.warehouse.staged import take_in

from peil.core.errors import BadQuery
from peil.report.contents.headline import Place, places_of
from peil.report.question import Asking, ReportQuestion, choose_span, extents
from peil.warehouse.open import Warehouse, open_warehouse
from peil.warehouse.query import Filter, KpiQuery
from peil.warehouse.questions.breakdowns import told_apart

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(f"duckdb:///{tmp_path / 'peil.duckdb'}") as opened:
        yield opened


def marks(start: date, channel: str, favourable: int, of: int = 100, **more: Any) -> list[dict[str, Any]]:
    """That many satisfied and dissatisfied customers in a month, each asked once."""
    first = datetime(start.year, start.month, start.day, 9, tzinfo=UTC)
    return [
        {
            "answer_id": f"{start}{channel}{i}", "response_id": f"{start}{channel}{i}", "customer_id": f"{start}{channel}{i}",
            "kind": "csat", "relationship": 0, "score": 5.0 if i < favourable else 1.0, "box": 1 if i < favourable else -1,
            "scale_min": 1.0, "scale_max": 5.0, "answered_at": first + timedelta(hours=6 * i), "channel": channel,
            "team": "Zwolle", "weight": 1.0, **more,
        }
        for i in range(of)
    ]  # fmt: skip


def places(warehouse: Warehouse) -> dict[str, Place]:
    """Of the change of CSAT from April to May."""
    asked = ReportQuestion(since=MAY, until=JUNE)
    asking = Asking(warehouse, asked, choose_span(warehouse, asked, JUNE), extents(warehouse))
    changes = asking.changes(["csat", "dsat"])
    assert [c.changed for c in changes] == [True, True]
    return places_of(asking, changes)


def test_it_shows_in_the_group_that_changed(warehouse: Warehouse) -> None:
    before = [r for channel in ("phone", "chat", "email") for r in marks(APRIL, channel, 80)]
    after = [*marks(MAY, "phone", 30), *marks(MAY, "chat", 79), *marks(MAY, "email", 81)]
    take_in(warehouse, {"answers": before + after})
    found = places(warehouse)
    assert sorted(found) == ["csat", "dsat"]
    for place in found.values():
        assert (place.column, place.comparison.group) == ("channel", {"channel": "phone"})
        assert (place.others, place.others_changed) == (2, 0)


def test_it_shows_nowhere_when_every_group_changed(warehouse: Warehouse) -> None:
    rows = [r for c in ("phone", "chat") for month, n in ((APRIL, 80), (MAY, 30)) for r in marks(month, c, n)]
    take_in(warehouse, {"answers": rows})
    assert places(warehouse) == {}


def test_only_columns_that_tell_rows_apart_are_looked_in(warehouse: Warehouse) -> None:
    """Those of the KPI's own rows: what other questions were asked of is no difference."""
    other = [r | {"kind": "nps", "journey": f"journey {i % 2}"} for i, r in enumerate(marks(APRIL, "letter", 5, 20))]
    take_in(warehouse, {"answers": [*marks(APRIL, "phone", 80), *marks(APRIL, "chat", 80), *other]})
    columns = ("channel", "team", "touchpoint", "journey")
    apart = told_apart(warehouse, KpiQuery(kpis=("csat", "nps")), columns)
    assert apart == {"csat": ("channel",), "nps": ("journey",)}
    assert told_apart(warehouse, KpiQuery(kpis=("csat",)), ()) == {"csat": ()}


def test_a_column_that_tells_apart_other_rows_only_is_left_out(warehouse: Warehouse) -> None:
    """Rows of other days, and those that a filter leaves out."""
    take_in(warehouse, {"answers": [*marks(APRIL, "phone", 80), *marks(APRIL, "chat", 80), *marks(MAY, "phone", 80)]})
    april = KpiQuery(kpis=("csat",), since=APRIL, until=MAY)
    may = replace(april, since=MAY, until=JUNE)
    assert told_apart(warehouse, april, ("channel",))["csat"] == ("channel",)
    assert told_apart(warehouse, replace(april, where=(Filter("channel", ("chat",)),)), ("channel",))["csat"] == ()
    assert told_apart(warehouse, may, ("channel",))["csat"] == ()
    assert told_apart(warehouse, replace(may, compare="previous"), ("channel",))["csat"] == ("channel",)


def test_a_person_is_no_place(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": [r | {"employee_id": "jan"} for r in marks(APRIL, "phone", 80)]})
    with pytest.raises(BadQuery, match="per employee are off"):
        told_apart(warehouse, KpiQuery(kpis=("csat",)), ("employee_id",))
