"""The state of a page and its URL: each gives the other back."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from peil.core.errors import BadQuery
from peil.warehouse.query import Filter
from peil.web.state import PageState, read_state

TODAY = date(2026, 11, 22)
VALUES = st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1))


@st.composite
def states(draw: st.DrawFn) -> PageState:
    columns = draw(st.lists(st.sampled_from(["channel", "team", "reason", "x_soort"]), unique=True))
    where = []
    for column in sorted(columns):
        values = draw(st.lists(VALUES, min_size=1, max_size=3, unique=True))
        where.append(Filter(column, tuple(sorted(values, key=lambda v: v or "")), draw(st.booleans())))
    where.sort(key=lambda f: ("not-" if f.negated else "only-") + f.column)
    period = draw(st.sampled_from(["", "last-month", "2026-W40", "2026-Q1"]))
    days = draw(st.sampled_from([(None, None), (date(2026, 1, 1), date(2026, 3, 1)), (None, date(2026, 3, 1))]))
    return PageState(
        period=period,
        since=None if period else days[0],
        until=None if period else days[1],
        compare=draw(st.sampled_from(["previous", "last_year", "matched_weekdays"])),
        where=tuple(where),
        by=draw(st.sampled_from(["", "channel"])),
        tiles=draw(st.sampled_from([(), (("tile.csat.by", "channel"), ("tile.csat.period", "last-week"))])),
        language=draw(st.sampled_from([None, "nl", "en"])),
    )


@given(states())
def test_a_state_comes_back_from_its_url(state: PageState) -> None:
    assert read_state(QueryDict(state.url().removeprefix("?")), TODAY) == state


def test_the_last_day_that_people_name_counts() -> None:
    state = read_state(QueryDict("period=own&since=2026-09-01&through=2026-09-30"), TODAY)
    assert (state.since, state.until) == (date(2026, 9, 1), date(2026, 10, 1))
    assert state.url() == "?since=2026-09-01&until=2026-10-01"


def test_another_period_of_the_form_drops_the_own_days() -> None:
    state = read_state(QueryDict("period=&since=2026-09-01&through=2026-09-30"), TODAY)
    assert (state.since, state.until) == (None, None)


@pytest.mark.parametrize(
    "given", ["period=nonsense", "since=1-1-2026", "compare=nothing", "since=2026-02-01&until=2026-01-01"]
)
def test_what_makes_no_sense_is_refused_with_a_remedy(given: str) -> None:
    with pytest.raises(BadQuery) as told:
        read_state(QueryDict(given), TODAY)
    assert told.value.remedy
