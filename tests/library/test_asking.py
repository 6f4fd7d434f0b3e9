"""Periods, filters and assumptions as people write them."""

from datetime import date

import pytest

from peil.core.errors import BadQuery
from peil.library.asking import build_query, parse_assumption, parse_filter, parse_period
from peil.warehouse.query import Filter

TODAY = date(2026, 3, 10)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("today", "2026-03-10", "2026-03-11"),
        ("yesterday", "2026-03-09", "2026-03-10"),
        ("last-30-days", "2026-02-08", "2026-03-10"),
        ("last 7 days", "2026-03-03", "2026-03-10"),
        ("this-week", "2026-03-09", "2026-03-16"),
        ("last-week", "2026-03-02", "2026-03-09"),
        ("this_month", "2026-03-01", "2026-04-01"),
        ("Last-Month", "2026-02-01", "2026-03-01"),
        ("last-quarter", "2025-10-01", "2026-01-01"),
        ("last-year", "2025-01-01", "2026-01-01"),
        ("2026", "2026-01-01", "2027-01-01"),
        ("2026-Q1", "2026-01-01", "2026-04-01"),
        ("2026-01", "2026-01-01", "2026-02-01"),
        ("2026-W01", "2025-12-29", "2026-01-05"),
        ("2026-01-31", "2026-01-31", "2026-02-01"),
    ],
)
def test_a_period_by_name(text: str, since: str, until: str) -> None:
    assert parse_period(text, TODAY) == (date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize("text", ["last-0-days", "lately", "", "2026-13", "31-01-2026", "2026-W54"])
def test_what_is_no_period_is_told_what_is(text: str) -> None:
    with pytest.raises(BadQuery) as refused:
        parse_period(text, TODAY)
    assert refused.value.remedy


def test_filters_as_text() -> None:
    assert parse_filter("channel=phone") == Filter("channel", ("phone",))
    assert parse_filter("team!=Zuid, Noord") == Filter("team", ("Zuid", "Noord"), negated=True)
    assert parse_filter("reason=") == Filter("reason", (None,))
    assert parse_filter("touchpoint=a=b") == Filter("touchpoint", ("a=b",))


def test_values_are_passed_on_as_they_were_written() -> None:
    assert parse_filter("hour=9,10") == Filter("hour", ("9", "10"))
    assert parse_filter("month=2026-01") == Filter("month", ("2026-01",))


@pytest.mark.parametrize("text", ["channel", "=phone", "channel>3"])
def test_what_is_no_condition_is_told_the_form(text: str) -> None:
    with pytest.raises(BadQuery, match="Write column=value"):
        parse_filter(text)


def test_assumptions() -> None:
    assert parse_assumption("avoided_share=0,3") == ("avoided_share", 0.3)
    with pytest.raises(BadQuery, match="Write name=number"):
        parse_assumption("avoided_share")


def test_a_question_becomes_a_query() -> None:
    query = build_query(
        ["nps", "csat", "nps"],
        {"by": "month", "where": {"channel": ["phone", "chat"], "team": None}, "period": "2026-01", "weighted": True},
        TODAY,
    )
    assert query.kpis == ("nps", "csat")
    assert query.by == ("month",)
    assert query.where == (Filter("channel", ("phone", "chat")), Filter("team", (None,)))
    assert (query.since, query.until) == (date(2026, 1, 1), date(2026, 2, 1))
    assert query.weighted
    assert query.level == 0.95


def test_a_comparison_without_a_period_takes_the_last_30_whole_days() -> None:
    query = build_query(["nps"], {"compare": "previous"}, TODAY)
    assert (query.since, query.until) == (date(2026, 2, 8), TODAY)


def test_a_relative_period_counts_from_the_day_one_looks() -> None:
    query = build_query(["nps"], {"period": "last-7-days", "as_of": "2025-06-08"}, TODAY)
    assert (query.since, query.until, query.as_of) == (date(2025, 6, 1), date(2025, 6, 8), date(2025, 6, 8))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"period": "2026", "since": "2026-01-01"}, "say the same thing twice"),
        ({"since": "01-02-2026"}, "Write it as 2026-01-31"),
        ({"compare": "previus"}, "Did you mean 'previous'"),
        ({"were": {}}, "Did you mean 'where'"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "Swap since and until"),
    ],
)
def test_a_question_that_makes_no_sense_is_told_what_to_do(asked: dict, told: str) -> None:
    with pytest.raises(BadQuery, match=told):
        build_query(["nps"], asked, TODAY)
