"""The chance to reach a target: stated as often as it comes true, and silent where it can't be told."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from peil.core.kpi import Estimate
from peil.core.targets import (
    Goal,
    Month,
    Present,
    follow,
    outlook,
    power_to_show,
    present_of,
    rows_to_show,
    stay,
)

LAST, AHEAD = 11, 3


def wandering(seed: int, *, step: float, drift: float = 0.0, runs: int = 200) -> list[tuple[list[Month], float]]:
    """Months measured with a standard error of 1, and what is true three months later."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(runs):
        true = 80 + np.cumsum(np.r_[0, drift + step * rng.normal(size=LAST + AHEAD)])
        seen = true[: LAST + 1] + rng.normal(size=LAST + 1)
        found.append(([Month(t, float(seen[t]), 1.0) for t in range(LAST + 1)], float(true[-1])))
    return found


@pytest.mark.parametrize(("step", "drift"), [(0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (0.0, 0.3)])
def test_what_will_be_lies_within_the_range_as_often_as_it_says(step: float, drift: float) -> None:
    inside = 0
    made = wandering(1, step=step, drift=drift)
    for months, later in made:
        course = follow(months, AHEAD)
        assert course is not None
        told = outlook(course, Present(80, 1, 100), Goal(80, True, 100))
        inside += told.low <= later <= told.high
    assert inside / len(made) > 0.9


def test_a_stated_chance_comes_true_as_often() -> None:
    stated, came_true = [], []
    for months, later in wandering(2, step=0.7, runs=500):
        course = follow(months, AHEAD)
        assert course is not None
        stated.append(outlook(course, Present(80, 1, 100), Goal(80.5, True, 100)).reached)
        came_true.append(later >= 80.5)
    chance, true = np.array(stated), np.array(came_true)
    for low, high in pairwise((0, 0.25, 0.5, 0.75, 1.01)):
        those = (chance >= low) & (chance < high)
        assert those.sum() > 30
        assert abs(chance[those].mean() - true[those].mean()) < 0.13


def test_a_trend_is_told_only_where_the_months_show_one() -> None:
    steady = [follow(months, AHEAD) for months, _ in wandering(3, step=0.0)]
    rising = [follow(months, AHEAD) for months, _ in wandering(4, step=0.0, drift=1.0, runs=60)]
    assert sum(c is not None and c.drift is not None for c in steady) / len(steady) < 0.05
    assert all(c is not None and c.drift is not None and 0.6 < c.drift < 1.4 for c in rising)


@pytest.mark.parametrize(("months", "ahead"), [(0, 3), (1, 3), (5, 3), (6, 6)])
def test_a_short_past_tells_no_future(months: int, ahead: float) -> None:
    assert follow([Month(t, 80.0, 1.0) for t in range(months)], ahead) is None


def test_further_ahead_is_less_sure() -> None:
    months = wandering(5, step=1.0, runs=1)[0][0]
    near, far = follow(months, 3), follow(months, 6)
    assert near is not None
    assert far is not None
    assert near.sd < far.sd


def test_low_is_good_for_a_time() -> None:
    now = Present(100.0, 4.0, 400)
    below, above = (outlook(stay(now), now, Goal(104.0, higher, 400)).reached for higher in (False, True))
    assert below == pytest.approx(1 - above)
    assert below == pytest.approx(0.977, abs=0.001)  # two standard errors


def test_what_is_reached_is_not_always_shown() -> None:
    now = Present(82.0, 4.0, 400)
    many, few, none = (outlook(stay(now), now, Goal(80.0, True, n)) for n in (40_000, 400, 0))
    assert many.reached == few.reached == none.reached
    assert many.shown > few.shown > none.shown == 0.0


def test_rows_needed_are_those_of_the_trade() -> None:
    """80 against 85 %, power 80 %, a baseline known exactly: 7.849 x 1,600 / 25 = 503 by hand."""
    exact = Present(80.0, 1600 / 10**9, 10**9)
    assert rows_to_show(exact, 85.0) == 503
    assert power_to_show(exact, 85.0, 503) == pytest.approx(0.8, abs=0.001)
    assert power_to_show(exact, 80.0, 503) == pytest.approx(0.05, abs=0.001)  # no difference: only false alarms
    assert power_to_show(exact, 85.0, 0) == 0.0
    assert rows_to_show(exact, 80.0) is None


@pytest.mark.parametrize("limits", [(None, None), (80.0, None), (80.0, 80.0)])
def test_a_figure_without_interval_is_no_baseline(limits: tuple[float | None, float | None]) -> None:
    e = Estimate(kpi="csat", value=80.0, low=limits[0], high=limits[1], n=9, unit="percent", status="ok", method="")
    assert present_of(e) is None
