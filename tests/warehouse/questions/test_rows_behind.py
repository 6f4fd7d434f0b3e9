"""The rows behind a figure: as many as its n, paged without repeats, and nobody given away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.warehouse.conftest import on_both
from tests.warehouse.staged import Row, take_in, utc

from peil.core.errors import BadQuery
from peil.warehouse.open import Warehouse
from peil.warehouse.query import Filter, KpiQuery
from peil.warehouse.questions.rows_behind import MOST, RowsPage, rows_behind
from peil.warehouse.run import answer

CSAT = KpiQuery(kpis=("csat",))


def answers(count: int, start: str = "a", **more: object) -> list[Row]:
    """One answer a customer, three a day."""
    made: list[Row] = []
    for i in range(count):
        made.append(
            {
                "answer_id": f"{start}{i:03d}",
                "response_id": f"r{start}{i}",
                "customer_id": f"c{start}{i}",
                "employee_id": f"e{i % 4}",
                "kind": "csat",
                "relationship": 0,
                "score": float(1 + i % 5),
                "box": (-1, -1, 0, 1, 1)[i % 5],
                "scale_min": 1.0,
                "scale_max": 5.0,
                "channel": "phone" if i % 3 else "chat",
                "team": "Zuid",
                "comment": "Dank u wel; 'lief' \" <b>",
                "answered_at": utc(f"2026-03-{2 + i // 3:02d}T09:00:00"),
                **more,
            }
        )
    return made


def every_page(warehouse: Warehouse, query: KpiQuery, limit: int) -> list[RowsPage]:
    pages = [rows_behind(warehouse, query, None, limit)]
    while pages[-1].after is not None:
        pages.append(rows_behind(warehouse, query, pages[-1].after, limit))
    return pages


def keys(pages: list[RowsPage]) -> list[str]:
    return [row["answer_id"] for page in pages for row in page.rows]


@on_both
def test_pages_hold_every_row_once_the_newest_first(warehouse: Warehouse) -> None:
    skipped = [{**row, "score": None, "box": None} for row in answers(5, "skipped")]
    undated = answers(2, "undated", answered_at=None)
    take_in(warehouse, {"answers": [*answers(40), *skipped, *undated, *answers(7, "nps", kind="nps")]})
    pages = every_page(warehouse, CSAT, 7)
    assert [len(p.rows) for p in pages] == [7] * 6
    assert answer(warehouse, CSAT)[0].n == 42
    newest_first = sorted(range(40), key=lambda i: (-(i // 3), i))
    assert keys(pages) == [f"a{i:03d}" for i in newest_first] + ["undated000", "undated001"]


@on_both
def test_an_import_in_between_neither_repeats_nor_skips_a_row(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": answers(30)})
    first = rows_behind(warehouse, CSAT, None, 10)
    take_in(warehouse, {"answers": answers(60, "later", answered_at=utc("2026-03-30T09:00:00"))}, "later.csv")
    rest = rows_behind(warehouse, CSAT, first.after, MOST)
    assert sorted(keys([first, rest])) == [f"a{i:03d}" for i in range(30)]


@on_both
def test_the_predicate_is_that_of_the_figure(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": answers(60)})
    asked = replace(
        CSAT, since=date(2026, 3, 5), until=date(2026, 3, 19), where=(Filter("channel", ("phone",), negated=True),)
    )
    page = rows_behind(warehouse, asked, None, MOST)
    assert answer(warehouse, asked)[0].n == len(page.rows) == 14
    assert {row["channel"] for row in page.rows} == {"chat"}


def test_who_the_rows_are_about_stays_out(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": answers(30)})
    page = rows_behind(warehouse, CSAT)
    assert {"source", "answer_id", "day", "answered_at", "score", "box", "team", "channel"} <= set(page.columns)
    assert not {"customer_id", "employee_id", "person", "block", "comment", "import_id"} & set(page.columns)
    assert page.rows[0].keys() == set(page.columns)
    told = rows_behind(warehouse, CSAT, comments=True)
    assert {row["comment"] for row in told.rows} == {"Dank u wel; 'lief' \" <b>"}
    warehouse.settings = replace(warehouse.settings, per_person=True)
    assert "employee_id" in rows_behind(warehouse, CSAT).columns


def test_a_hidden_figure_has_no_rows_to_show(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": answers(30)})
    few = replace(CSAT, until=date(2026, 3, 5))
    assert (answer(warehouse, few)[0].status, answer(warehouse, few)[0].n) == ("hidden", 0)
    with pytest.raises(BadQuery, match="Fewer than 10"):
        rows_behind(warehouse, few)
    first = rows_behind(warehouse, CSAT, None, 25)
    with pytest.raises(BadQuery, match="Fewer than 10"):
        rows_behind(warehouse, few, first.after)
    assert rows_behind(warehouse, replace(CSAT, since=date(2027, 1, 1))).rows == ()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (KpiQuery(kpis=("turnover",)), "about employees"),
        (KpiQuery(kpis=("csat", "nps")), "one figure"),
        (KpiQuery(kpis=("retention",)), "over a period"),
        (replace(CSAT, where=(Filter("tier", ("gold",)),)), "no 'tier'"),
        (replace(CSAT, where=(Filter("customer_id", ("ca1",)),)), "one customer"),
        (replace(CSAT, where=(Filter("employee_id", ("e1",)),)), "per employee"),
    ],
)
def test_what_has_no_rows_says_why(query: KpiQuery, said: str, warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": answers(30)})
    with pytest.raises(BadQuery, match=said):
        rows_behind(warehouse, query)


@pytest.mark.parametrize("after", ["", "x", "[]", "[1, 2, 3]", '["2026-01-01", "s", 3]', "null", '{"a": 1}'])
def test_a_place_that_is_none_is_told(after: str, warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": answers(30)})
    with pytest.raises(BadQuery, match="no place"):
        rows_behind(warehouse, CSAT, after)


@pytest.mark.parametrize("limit", [0, -1, MOST + 1])
def test_a_page_has_an_end(limit: int, warehouse: Warehouse) -> None:
    with pytest.raises(BadQuery, match="1,000"):
        rows_behind(warehouse, CSAT, None, limit)
