"""Periods: codes, labels, bounds, and the period before."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peil.core.errors import BadQuery
from peil.warehouse.periods import before, between, bounds, code_of, label, parse
from peil.warehouse.query import PERIODS

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(st.sampled_from(PERIODS), days)
def test_a_day_lies_in_its_own_period_and_labels_read_back(kind: str, day: date) -> None:
    code = code_of(kind, day)
    start, end = bounds(kind, code)
    assert start <= day < end
    period = parse(label(kind, code))
    assert (period.kind, period.code, period.start, period.end) == (kind, code, start, end)


@given(st.sampled_from(PERIODS), days, st.integers(1, 800))
def test_periods_between_two_days_cover_them_once(kind: str, start: date, length: int) -> None:
    end = start + timedelta(days=length if kind != "day" else length % 40 + 1)
    periods = between(kind, start, end)
    assert periods[0].start == start
    assert periods[-1].end == end
    assert all(a.end == b.start for a, b in pairwise(periods))


def test_iso_weeks_belong_to_the_year_of_their_thursday() -> None:
    assert code_of("week", date(2027, 1, 1)) == 202653
    assert code_of("week", date(2025, 12, 29)) == 202601
    assert bounds("week", 202601) == (date(2025, 12, 29), date(2026, 1, 5))


@pytest.mark.parametrize(
    ("since", "until", "compare", "expected"),
    [
        ("2026-03-01", "2026-04-01", "previous", ("2026-02-01", "2026-03-01")),
        ("2026-01-01", "2026-04-01", "previous", ("2025-10-01", "2026-01-01")),
        ("2026-03-10", "2026-03-20", "previous", ("2026-02-28", "2026-03-10")),
        ("2024-02-29", "2024-03-01", "last_year", ("2023-02-28", "2023-03-01")),
        ("2026-01-01", "2027-01-01", "last_year", ("2025-01-01", "2026-01-01")),
        ("2026-03-02", "2026-03-09", "matched_weekdays", ("2025-03-03", "2025-03-10")),
    ],
)
def test_the_period_before(since: str, until: str, compare: str, expected: tuple[str, str]) -> None:
    found = before(date.fromisoformat(since), date.fromisoformat(until), compare)  # type: ignore[arg-type]
    assert tuple(d.isoformat() for d in found) == expected


def test_what_is_no_period_is_refused_with_the_forms_that_are() -> None:
    with pytest.raises(BadQuery, match=r"'soon' is not a period. Write 2026, 2026-Q1"):
        parse("soon")
    with pytest.raises(BadQuery, match="There is no week '2026-W60'"):
        parse("2026-W60")
