"""What came in and what was open, counted by hand: by day, by filter, and anew after every import."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.warehouse.conftest import on_both
from tests.warehouse.staged import take_in

from peil.warehouse.open import Warehouse
from peil.warehouse.query import Filter
from peil.warehouse.questions.workload import Workload, workload

MARCH = (date(2026, 3, 1), date(2026, 4, 1))
PHONE = (Filter("channel", ("phone",)),)


def contact(number: int, opened: str, resolved: str | None, **more: Any) -> dict[str, Any]:
    def at(day: str | None) -> datetime | None:
        return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC) if day else None

    return {
        "interaction_id": f"i{number}", "direction": "in", "channel": "phone", "opened_at": at(opened),
        "resolved_at": at(resolved), "abandoned": 0, **more,
    }  # fmt: skip


CONTACTS = [
    contact(1, "2026-03-02", "2026-03-03"),
    contact(2, "2026-03-05", "2026-04-02"),  # solved later: open as March ended
    contact(3, "2026-03-31", None),
    contact(4, "2026-03-31", None, abandoned=1),  # hung up: came in, and asks for nothing more
    contact(5, "2026-02-10", None, channel="email"),  # came in before, still open
    contact(6, "2025-11-01", None),  # over 90 days: given up
    contact(7, "2026-03-10", None, direction="out"),
    contact(8, "2026-04-01", None),
    contact(9, "2026-01-20", "2026-01-21"),
]


@on_both
def test_it_is_what_one_counts_by_hand(warehouse: Warehouse) -> None:
    take_in(warehouse, {"interactions": CONTACTS})
    assert workload(warehouse, (), *MARCH) == Workload(came_in=4, still_open=3)
    assert workload(warehouse, PHONE, *MARCH) == Workload(came_in=4, still_open=2)
    assert workload(warehouse, (), date(2026, 2, 1), MARCH[0]) == Workload(came_in=1, still_open=1)
    assert workload(warehouse, (Filter("solution", ("x",)),), *MARCH) == Workload(None, None)
    assert workload(warehouse, (), date(2025, 10, 1), MARCH[1]) == Workload(came_in=7, still_open=3)
    assert workload(warehouse, (), date(2026, 1, 1), date(2026, 1, 15)) == Workload(came_in=0, still_open=None)


def test_an_import_is_counted_at_once(warehouse: Warehouse) -> None:
    take_in(warehouse, {"interactions": CONTACTS}, "first.csv")
    before = workload(warehouse, (), *MARCH)
    take_in(warehouse, {"interactions": [contact(10, "2026-03-20", None)]}, "second.csv")
    assert (before.came_in, workload(warehouse, (), *MARCH)) == (4, Workload(came_in=5, still_open=4))


def test_contacts_that_never_tell_when_they_were_solved_are_not_all_open(warehouse: Warehouse) -> None:
    take_in(warehouse, {"interactions": [c | {"resolved_at": None} for c in CONTACTS]})
    assert workload(warehouse, (), *MARCH) == Workload(came_in=4, still_open=None)


def test_without_contacts_none_came_in(warehouse: Warehouse) -> None:
    assert workload(warehouse, (), *MARCH) == Workload(came_in=0, still_open=None)
