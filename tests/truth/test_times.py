"""Quantiles against R's order statistics and survey, DDSketch, and Kaplan and Meier of the survival package."""

from __future__ import annotations

import numpy as np
import pytest
from tests.truth import reference

from peil.core import bucket_of, get, measure
from peil.core.buckets import lower_edge, upper_edge
from peil.core.numerics.quantiles import quantiles


def minutes() -> np.ndarray:
    return np.array([float(x) for x in reference.inputs("frt_lognormal")["minutes"]])


def test_quantile_is_the_inverse_of_the_distribution_within_a_bucket() -> None:
    x = minutes()
    for case in reference.values("frt_quantiles")["order_statistics"]:
        found = quantiles(reference.durations(bucket_of(x)), case["p"])
        assert found.value[0] == pytest.approx(case["type1"], rel=0.005)


def test_interval_is_woodruffs_of_the_survey_package_at_the_edges() -> None:
    """svyquantile(interval.type='mean') gives values of rows; ours are the edges of their buckets."""
    x = minutes()
    for case in reference.values("frt_quantiles")["svyquantile"]["mean"]:
        low, high = quantiles(reference.durations(bucket_of(x)), float(case["_row"])).limits()
        assert lower_edge(bucket_of(case["ci.2.5"])) == low[0]
        assert upper_edge(bucket_of(case["ci.97.5"])) == high[0]


def test_interval_is_within_one_row_of_the_exact_one() -> None:
    """The exact interval of ranks is that of the binomial distribution; the normal one is one rank off at most."""
    x = np.sort(minutes())
    for case in reference.values("frt_quantiles")["order_statistics"]:
        first, last = case["order_stat_ranks"]
        low, high = quantiles(reference.durations(bucket_of(x)), case["p"]).limits()
        assert lower_edge(bucket_of(x[first - 1])) <= low[0] <= x[first]
        assert x[last - 2] <= high[0] <= upper_edge(bucket_of(x[last - 1]))


def test_quantiles_are_those_of_ddsketch_within_one_percent() -> None:
    x = minutes()
    for q, expected in reference.values("ddsketch_frt")["0.005"].items():
        found = quantiles(reference.durations(bucket_of(x)), float(q))
        # Its rank is q (n - 1), ours q n: at most the next row.
        ordered = np.sort(x)
        rank = int(np.floor(float(q) * (len(x) - 1)))
        assert found.value[0] == pytest.approx(expected, rel=0.01) or (
            ordered[rank - 1] * 0.995 <= found.value[0] <= ordered[rank + 1] * 1.005
        )


def test_survival_of_lung_patients() -> None:
    columns = reference.inputs("survival_lung")
    days = [int(float(x)) for x in columns["time"]]
    done = [x == "2" for x in columns["status"]]
    expected = reference.values("kaplan_meier_lung")
    found = quantiles(reference.durations(days, done), 0.5)
    curve = found.curves
    for day, survival, error in zip(expected["times"], expected["surv"], expected["std.err"], strict=True):
        at = np.searchsorted(curve.bucket, day, side="right") - 1
        assert 1 - curve.share[at] == pytest.approx(survival, abs=1e-12)
        assert (1 - curve.share[at]) * np.sqrt(curve.steps[at]) == pytest.approx(error, abs=1e-12)
    assert curve.bucket[curve.at(np.array([0.5]))[0]] == expected["median"]


# Freireich 1963, the 6-MP arm, weeks in remission as in Gehan 1965 and Cox and Oakes 1984.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_WELL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def remission() -> tuple[list[int], list[bool]]:
    return [*RELAPSED, *STILL_WELL], [True] * 9 + [False] * 12


def test_remission_of_leukaemia_in_figures() -> None:
    """R: survfit(Surv(weeks, relapse) ~ 1): events come before censorings of the same week."""
    found = quantiles(reference.durations(*remission()), 0.5)
    curve = found.curves
    printed = {6: (0.857, 0.0764), 7: (0.807, 0.0869), 10: (0.753, 0.0963), 13: (0.690, 0.1068), 16: (0.627, 0.1141),
               22: (0.538, 0.1282), 23: (0.448, 0.1346)}  # fmt: skip
    for week, (survival, error) in printed.items():
        at = int(np.flatnonzero(curve.bucket == week)[0])
        assert 1 - curve.share[at] == pytest.approx(survival, abs=6e-4)
        assert (1 - curve.share[at]) * np.sqrt(curve.steps[at]) == pytest.approx(error, abs=6e-5)
    assert curve.bucket[curve.at(np.array([0.5]))[0]] == 23


def test_leaving_out_blocks_is_the_linear_part_of_doing_so() -> None:
    """Against the curve worked out anew, from its definition, without each block."""
    weeks, done = (np.array(x) for x in remission())
    block = np.arange(21) % 7
    sums = reference.durations(weeks, done)
    found = quantiles(type(sums)(
        [{}], 7, sums.group, block, sums.bucket, sums.censored, sums.count, sums.n, np.array([7.0]), np.ones(1)
    ), 0.5)  # fmt: skip

    def below(weeks: np.ndarray, done: np.ndarray, at: int) -> float:
        left = 1.0
        for week in np.unique(weeks[done & (weeks <= at)]):
            left *= 1 - np.sum(done & (weeks == week)) / np.sum(weeks >= week)
        return 1 - left

    whole = below(weeks, done, 23)
    anew = [below(weeks[block != b], done[block != b], 23) - whole for b in range(7)]
    assert np.sqrt(np.sum(found.moved**2)) == pytest.approx(np.sqrt(np.sum(np.square(anew))), rel=0.05)
    assert np.corrcoef(found.moved[0], anew)[0, 1] > 0.98


def test_median_not_reached_while_most_are_open() -> None:
    figure = measure(
        get("first_response_median"),
        {"first_response_seconds": [60.0] * 10 + [None] * 30, "first_response_open_bucket": [None] * 10 + [900] * 30},
    )
    assert figure.value is None
    assert figure.n == 40
    assert "not_reached" in figure.notes
