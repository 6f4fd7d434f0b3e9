"""Shares and NPS against R: binom, PropCIs, ratesci, contingencytables, NPS."""

from __future__ import annotations

import numpy as np
import pytest
from tests.truth import reference

from peil.core import answers, get, measure, tango_limits, wilson_limits
from peil.core.compare import Arm, difference, mover, p_of
from peil.core.intervals import critical, tango, wilson
from peil.core.numerics.replicates import BlockSums, replicate


def independent(counts: dict[str, float]) -> BlockSums:
    """One group of counted rows, everyone somebody else."""
    n = np.array([[counts["n"]]])
    named = {name: np.array([[float(x)]]) for name, x in counts.items()}
    return BlockSums([{}], n, named, n[:, 0], np.zeros(1))


def test_tango_is_that_of_three_r_packages() -> None:
    for case in reference.values("nps_interval_grid").values():
        found = tango_limits(case["promoters"] / case["n"], case["detractors"] / case["n"], case["n"])
        # ratesci prints ten digits, PropCIs stops within 2e-7, contingencytables within 1e-7.
        assert found == pytest.approx(case["tango_score_ratesci"], abs=2e-10)
        assert found == pytest.approx(case["ct_tango"], abs=1e-6)
        assert found == pytest.approx(case["tango_score_PropCIs"], abs=2e-6)


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "low", "high"),
    [(18, 4, 30, 0.1709841686, 0.6785187891), (29, 0, 30, 0.7434236601, 0.9940914096), (30, 0, 30, 0.7729732137, 1.0)],
)
def test_tango_in_figures(promoters: int, detractors: int, n: int, low: float, high: float) -> None:
    """R ratesci 1.0.0, pairbinci(c(passives, promoters, detractors, 0), contrast='RD', method='Score', skew=FALSE)."""
    assert tango_limits(promoters / n, detractors / n, n) == pytest.approx((low, high), abs=2e-10)


def test_wilson_is_that_of_binom() -> None:
    for case in reference.values("proportion_intervals"):
        assert wilson_limits(case["p"], case["n"]) == pytest.approx(case["wilson"], abs=1e-13)


@pytest.mark.parametrize(
    ("yes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_in_figures(yes: int, n: int, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3."""
    assert wilson_limits(yes / n, n) == pytest.approx((low, high), abs=5e-5)


def test_csat_of_160_of_200_is_80_percent() -> None:
    """The worked example of the CSAT document; its interval is R prop.test(160, 200, correct=FALSE)."""
    figure = measure(get("csat"), answers([5] * 90 + [4] * 70 + [3] * 25 + [1] * 15, kind="csat", scale=(1, 5)))
    assert (figure.value, figure.n, figure.status) == (80.0, 200, "ok")
    assert (figure.low, figure.high) == pytest.approx((73.914, 84.955), abs=5e-4)


def test_difference_of_shares_is_newcombes() -> None:
    csat = get("csat")
    for case in reference.values("proportion_two_sample"):
        before = independent({"n": case["n2"], "yes": case["x2"]})
        after = independent({"n": case["n1"], "yes": case["x1"]})
        (found,) = difference(csat, before, after)
        assert found.difference == pytest.approx(100 * case["diff"], abs=1e-10)
        assert (found.low, found.high) == pytest.approx([100 * x for x in case["newcombe_wilson"]], abs=1e-9)


def test_difference_of_shares_in_figures() -> None:
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, 56/70 and 48/80, method 10."""
    after, before = independent({"n": 70, "yes": 56}), independent({"n": 80, "yes": 48})
    (found,) = difference(get("csat"), before, after)
    assert (found.difference, found.unit) == (pytest.approx(20), "percentage points")
    assert (found.low, found.high) == pytest.approx((5.24, 33.39), abs=0.005)


def test_difference_survives_shares_of_nearly_all() -> None:
    """29 of 30 against 30 of 30: a widely used score interval fails here; R ratesci, moverci(type='wilson')."""
    after, before = independent({"n": 30, "yes": 29}), independent({"n": 30, "yes": 30})
    (found,) = difference(get("csat"), before, after)
    assert (found.low, found.high) == pytest.approx((-16.6703909914092, 8.34459834459834), abs=1e-4)
    assert found.changed is False


def test_retention_is_wilsons() -> None:
    for case in reference.values("retention_rate"):
        low, high = wilson_limits(case["kept"] / case["CS"], case["CS"])
        assert (low, high) == pytest.approx(case["wilson"], abs=1e-13)


def test_retention_in_figures() -> None:
    """R binom 1.1-1.1, binom.confint(460, 500, methods='wilson')."""
    sums = independent({"n": 500, "kept": 460})
    found = wilson("kept").limits(replicate(sums, lambda m: 100 * m.kept / m.n), 0.95)
    assert (found.low[0], found.high[0]) == pytest.approx((89.2893683422149, 94.0701870590147), abs=1e-10)


def test_share_within_a_minute_is_wilsons() -> None:
    case = reference.values("frt_quantiles")["within_60"]
    assert wilson_limits(case["x"] / case["n"], case["n"]) == pytest.approx(case["wilson"], abs=1e-13)


@pytest.mark.parametrize(("case", "column"), [("nps_testdata", "REC"), ("nps_recipe_mod11", "x")])
def test_nps_is_that_of_the_r_package(case: str, column: str) -> None:
    """The package's interval is Wald's; the score interval of so many answers lies within a point of it."""
    expected = reference.values(case)
    scores = [float(x) for x in reference.inputs(case)[column]]
    figure = measure(get("nps"), answers(scores, kind="nps", scale=(0, 10)))
    assert figure.value == pytest.approx(100 * expected["nps"], abs=1e-10)
    assert figure.n == expected["n"]
    assert (figure.low, figure.high) == pytest.approx((100 * expected["ci_lower"], 100 * expected["ci_upper"]), abs=1.0)


def test_difference_of_two_nps_is_near_the_r_packages() -> None:
    expected = reference.values("nps_two_sample")
    arms = [
        independent({"n": v["n"], "promoters": v["counts"]["Promoter"], "detractors": v["counts"]["Detractor"]})
        for v in (expected["y"], expected["x"])
    ]
    (found,) = difference(get("nps"), *arms)
    assert found.difference == pytest.approx(100 * expected["delta"], abs=1e-10)
    assert (found.low, found.high) == pytest.approx([100 * x for x in expected["ci"]], abs=0.1)
    assert found.p == pytest.approx(expected["p.value"], rel=0.25)
    assert found.changed is True


def test_p_is_where_the_interval_touches_zero() -> None:
    def arm(promoters: int, detractors: int, n: int) -> Arm:
        p, d = np.array([promoters / n]), np.array([detractors / n])
        return Arm(p - d, lambda level: tango_limits(p, d, n, critical(level, np.inf)), np.zeros((1, 1)), np.ones(1))

    before, after = arm(40, 30, 100), arm(55, 20, 100)
    (p,) = p_of(before, after, np.zeros(1))
    low, high = mover(before, after, np.zeros(1), 1 - p)
    assert low[0] == pytest.approx(0, abs=1e-8)
    assert high[0] > 0.4
    assert tango("promoters", "detractors").name == "tango"
