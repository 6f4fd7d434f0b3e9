"""Which days a page is about where nobody said: the last whole days that have rows, also while answers come in."""

from __future__ import annotations

from datetime import date, timedelta

from tests.report.test_places import MAY, marks, warehouse
from tests.warehouse.staged import take_in

from peil.report.question import ReportQuestion, choose_span
from peil.warehouse.open import Warehouse

__all__ = ["warehouse"]
MARCH, TODAY = date(2026, 3, 1), date(2026, 6, 22)


def test_an_answer_of_today_moves_no_page_on_to_days_without_rows(warehouse: Warehouse) -> None:
    imported = [*marks(MARCH, "phone", 30), *marks(MAY, "phone", 30)]  # until 26 May
    take_in(warehouse, {"answers": imported})
    before = choose_span(warehouse, ReportQuestion(), TODAY)
    assert before is not None
    assert (before.since, before.until) == (date(2026, 4, 27), date(2026, 5, 27))
    take_in(warehouse, {"answers": [*imported, *marks(TODAY, "email", 1, 1)]})
    assert choose_span(warehouse, ReportQuestion(), TODAY) == before
    after = choose_span(warehouse, ReportQuestion(), TODAY + timedelta(days=1))
    assert after is not None
    assert after.last == TODAY


def test_a_whole_day_with_rows_is_the_last_one(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": [*marks(MARCH, "phone", 30), *marks(MAY, "phone", 30)]})
    span = choose_span(warehouse, ReportQuestion(), date(2026, 5, 26))  # of which some came in already
    assert span is not None
    assert span.last == date(2026, 5, 25)
