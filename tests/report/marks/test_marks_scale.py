"""Where values lie on a line: round ends, round ticks, and what lies beyond."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peil.report.marks import Scale

anything = st.floats(allow_nan=True, allow_infinity=True)
finite = st.floats(min_value=-1e9, max_value=1e9)


@pytest.mark.parametrize(("value", "place"), [(20, 0), (25, 25), (40, 100), (10, 0), (99, 100), (math.inf, 100)])
def test_a_value_lies_at_its_share_of_the_width(value: float, place: float) -> None:
    assert Scale(20, 40).at(value) == place


@pytest.mark.parametrize(("value", "place"), [(1, 0), (10, 25), (100, 50), (10_000, 100), (0, 0), (-5, 0)])
def test_a_time_lies_at_its_share_of_the_logarithm(value: float, place: float) -> None:
    assert Scale(1, 10_000, log=True).at(value) == pytest.approx(place)


def test_a_scale_without_width_has_its_value_in_the_middle() -> None:
    assert Scale(5, 5).at(5) == 50
    assert Scale(5, 5).ticks() == [5]


@pytest.mark.parametrize(("value", "side"), [(19, -1), (20, 0), (40, 0), (41, 1), (math.inf, 1), (math.nan, 0)])
def test_a_value_knows_at_which_side_it_lies_beyond(value: float, side: int) -> None:
    assert Scale(20, 40).side(value) == side


def test_round_ends_hold_the_values_and_what_must_be_shown() -> None:
    assert Scale.around([22, 31, 27, 35], include=[36]) == Scale(20, 40)
    assert Scale.around([0.814, 0.845], include=[0.82]) == Scale(0.81, 0.85)
    assert Scale.around([None, math.nan, math.inf]) == Scale(0, 1)
    assert Scale.around([30, 200_000], log=True) == Scale(30, 3 * 86_400, log=True)


def test_ticks_are_round_and_rising() -> None:
    assert Scale(-20, 60).ticks(4) == [-20, 0, 20, 40, 60]
    assert Scale(4.5, 7).ticks(5) == [4.5, 5.0, 5.5, 6.0, 6.5, 7.0]
    assert Scale(0, 0.3).ticks(3) == [0, 0.1, 0.2, 0.3]
    assert Scale(3, 5 * 86_400, log=True).ticks(8) == [10, 60, 600, 3600, 14_400, 86_400, 259_200]
    assert Scale(3, 5 * 86_400, log=True).ticks(3) == [60, 3600, 86_400]


@given(st.lists(finite, min_size=1), st.booleans())
def test_every_value_lies_on_the_scale_around_it(values: list[float], log: bool) -> None:
    known = [v for v in values if v > 1e-3] if log else values
    scale = Scale.around(values, log=log)
    slack = 1e-9 * max(1.0, abs(scale.low), abs(scale.high))
    assert scale.low < scale.high
    assert all(scale.low - slack <= v <= scale.high + slack for v in known)


@given(anything, anything, anything, st.booleans())
def test_no_scale_and_no_value_is_too_odd(low: float, high: float, value: float, log: bool) -> None:
    scale = Scale(low, high, log)
    assert 0 <= scale.at(value) <= 100
    assert scale.side(value) in (-1, 0, 1)
    ticks = scale.ticks(5)
    assert 1 <= len(ticks) <= 12
    assert ticks == sorted(ticks)
