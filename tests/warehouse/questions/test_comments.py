"""What customers wrote is shown; what employees wrote about their work is not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.warehouse.staged import Row, take_in

from peil.warehouse.open import Warehouse
from peil.warehouse.questions.comments import Order, comments


def said(number: int, kind: str, box: int) -> Row:
    return {
        "answer_id": str(number), "kind": kind, "question": kind, "score": 3.0 + 2 * box, "scale_min": 1.0, "scale_max": 5.0,
        "box": box, "comment": f"woorden {number}", "interaction_id": f"i{number}", "answered_at": datetime(2026, 3, 5, 9, tzinfo=UTC),
    }  # fmt: skip


@pytest.mark.parametrize(("order", "wanted"), [("worst", ["1"]), ("best", ["0"]), ("newest", ["0", "1"])])
def test_words_of_employees_are_shown_to_nobody(warehouse: Warehouse, order: Order, wanted: list[str]) -> None:
    rows = [said(0, "csat", 1), said(1, "csat", -1), said(2, "engagement", 1), said(3, "engagement", -1)]
    take_in(warehouse, {"answers": rows})
    found = comments(warehouse, (), (date(2026, 3, 1), date(2026, 4, 1)), order, 10)
    assert [c.answer_id for c in found] == wanted
