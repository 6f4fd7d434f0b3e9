"""Questions that no engine could answer are refused in words, before they get there."""

from __future__ import annotations

from datetime import date

import pytest
from tests.warehouse.staged import Row, take_in

from peil.core.errors import BadQuery
from peil.library import Peil
from peil.library.asking import Asked
from peil.warehouse.open import Warehouse
from peil.warehouse.query import Filter, KpiQuery

MEMBERS: list[Row] = [
    {"membership_id": f"m{i}", "customer_id": f"c{i}", "since": date(1990 + i, 1, 1)} for i in range(12)
]


@pytest.mark.parametrize(
    "asked",
    [
        {"as_of": "0001-01-05", "period": "last-9999-days"},
        {"as_of": date.min, "period": "last-month"},
        {"as_of": date.max},
        {"since": "0001-01-01"},
        {"until": date.max},
        {"period": "0001"},
        {"period": "9998"},
        {"where": ["hour=99999999999999999999999"]},
        {"where": ["hour=-3000000000"]},
        {"where": ["team=Zu\0id"]},
        {"level": float("nan")},
        {"assume": {"avoided_share": float("nan")}},
        {"assume": {"avoided_share": float("inf")}},
        {"assume": {"avoided_share": 1e308}},
    ],
)
def test_what_is_too_far_or_too_much_is_told(asked: Asked, warehouse: Warehouse) -> None:
    with pytest.raises(BadQuery):
        Peil(warehouse).kpi("fcr", "contacts_avoided", **asked)


def test_days_of_centuries_of_spells_are_told(warehouse: Warehouse) -> None:
    take_in(warehouse, {"memberships": MEMBERS})
    peil = Peil(warehouse)
    with pytest.raises(BadQuery, match="times a day"):
        peil.kpi("retention", by="day", since="1900-01-01", until="2026-01-01")
    assert len(peil.kpi("retention", by="year", since="1995-01-01", until="2001-01-01")) == 6


@pytest.mark.parametrize("value", ["a\0", "\ud800", "a\udfffb"])
def test_what_is_no_text_is_no_filter(value: str) -> None:
    with pytest.raises(BadQuery, match="character"):
        KpiQuery(kpis=("csat",), where=(Filter("team", (value,)),))
