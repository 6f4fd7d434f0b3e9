"""A query is a value: it goes to JSON and comes back the same."""

from __future__ import annotations

from datetime import date

import pytest

from peil.core.errors import BadQuery
from peil.warehouse.query import Filter, KpiQuery


def test_json_round_trip() -> None:
    query = KpiQuery(
        kpis=("nps", "csat"),
        by=("touchpoint", "month"),
        where=(Filter("channel", ("phone", None)), Filter("team", ("a",), negated=True)),
        since=date(2026, 1, 1),
        until=date(2026, 7, 1),
        compare="previous",
        weighted=True,
        level=0.9,
        as_of=date(2026, 7, 2),
        assume=(("avoided_share", 0.25),),
    )
    again = KpiQuery.from_json(query.to_json())
    assert again == query
    assert hash(again) == hash(query)


def test_an_unknown_entry_is_named() -> None:
    with pytest.raises(BadQuery, match="A query has no 'filter'"):
        KpiQuery.from_json('{"kpis": ["nps"], "filter": []}')


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadQuery, match=r"ends .* before it starts"):
        KpiQuery(kpis=("nps",), since=date(2026, 2, 1), until=date(2026, 1, 1))
