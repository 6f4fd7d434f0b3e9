"""Status, limits and notes of single figures, with numbers worked out by hand."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from peil.core import answers, get, measure, shares
from peil.core.errors import BadQuery, Bug
from peil.core.estimate import estimate, estimate_spread
from peil.core.intervals import mean_t, no_interval, ratio_t, tango, wilson
from peil.core.kpi import Kpi
from peil.core.moments import Sum
from peil.core.numerics.replicates import BlockSums, SpreadSums, replicate

CSAT, NPS, MEAN = get("csat"), get("nps"), get("csat_mean")


def blocks(yes: list[float], n: list[float], people: float = math.nan, known: float = 1.0) -> BlockSums:
    rows = np.array([n], dtype=np.float64)
    named = {"n": rows, "yes": np.array([yes], dtype=np.float64)}
    return BlockSums([{}], rows, named, np.array([people]), np.array([known]))


def test_nothing_answered_is_none_and_never_zero() -> None:
    figure = measure(CSAT, answers([None, None], kind="csat", scale=(1, 5)))
    assert (figure.value, figure.low, figure.high, figure.n) == (None, None, None, 0)
    assert figure.status == "no_data"


def test_a_skipped_answer_enters_no_moment() -> None:
    figure = measure(CSAT, answers([5, None, 2, math.nan], kind="csat", scale=(1, 5)))
    assert (figure.value, figure.n) == (50.0, 2)


@pytest.mark.parametrize(
    ("people", "status"), [(1, "too_few"), (4, "too_few"), (5, "few_customers"), (19, "few_customers"), (20, "ok")]
)
def test_few_customers_are_said_so(people: int, status: str) -> None:
    """Three answers of each customer: it is customers that count, not answers."""
    scores, who = [5, 4, 1] * people, [i // 3 for i in range(3 * people)]
    figure = measure(CSAT, answers(scores, kind="csat", scale=(1, 5)), customers=who)
    assert figure.status == status
    assert (figure.low is None) == (status == "too_few")
    assert figure.value == pytest.approx(200 / 3)
    assert figure.n == 3 * people


def test_below_20_customers_the_effective_n_is_at_most_n() -> None:
    """Everyone says yes once and no once: the jackknife sees no variance at all."""
    for people in (8, 19, 40):
        who = [i // 2 for i in range(2 * people)]
        figure = measure(CSAT, answers([5, 1] * people, kind="csat", scale=(1, 5)), customers=who)
        assert figure.n_eff is not None
        assert figure.n_eff <= 2 * people


def test_all_satisfied_is_bounded_by_the_customers() -> None:
    """30 customers with 3 answers each, all 5: as 30 answers, not as 90. Wilson's lower limit there is
    30 / (30 + t^2), t of 29 degrees of freedom 2.0452."""
    who = [i // 3 for i in range(90)]
    figure = measure(CSAT, answers([5] * 90, kind="csat", scale=(1, 5)), customers=who)
    assert (figure.value, figure.high, figure.n_eff) == (100.0, 100.0, pytest.approx(30))
    assert figure.low == pytest.approx(100 * 30 / (30 + 2.0452296**2), abs=1e-5)


def test_repeated_answers_widen_the_interval() -> None:
    once = measure(CSAT, answers([5, 1] * 50, kind="csat", scale=(1, 5)), customers=list(range(100)))
    scores, who = [5, 5, 5, 1, 1, 1] * 50, [i // 3 for i in range(300)]
    thrice = measure(CSAT, answers(scores, kind="csat", scale=(1, 5)), customers=who)
    assert once.n_eff == pytest.approx(100)
    assert thrice.n == 300
    assert thrice.n_eff == pytest.approx(100, rel=0.03)


def test_without_customers_the_figure_says_that_repeats_are_unseen() -> None:
    alone = measure(CSAT, answers([5, 1] * 50, kind="csat", scale=(1, 5)))
    known = measure(CSAT, answers([5, 1] * 50, kind="csat", scale=(1, 5)), customers=list(range(100)))
    assert alone.notes == ("repeats_unseen",)
    assert known.notes == ()


def test_rows_not_ripe_are_counted() -> None:
    sums = dataclasses.replace(blocks([1] * 30, [2] * 30), pending=np.array([7.0]))
    assert estimate(CSAT, sums)[0].notes == ("pending:7",)


def test_means_over_two_scales_are_refused() -> None:
    five = answers([1, 5, 4] * 10, kind="csat", scale=(1, 5))
    seven = answers([7, 3, 4] * 10, kind="csat", scale=(1, 7))
    both = {name: [*five[name], *seven[name]] for name in five}
    figure = measure(MEAN, both)
    assert (figure.value, figure.low, figure.status, figure.n) == (None, None, "mixed", 60)
    assert measure(MEAN, five).status == "ok"


def test_mixed_scales_are_seen_through_weights() -> None:
    weights = np.linspace(0.1, 3, 60)
    five = answers([1, 5, 4] * 20, kind="csat", scale=(1, 5))
    assert measure(MEAN, five, weights=weights).status == "ok"
    five["scale_code"] = [5001] * 59 + [7001]
    assert measure(MEAN, five, weights=weights).status == "mixed"


def test_equal_answers_give_a_mean_no_interval() -> None:
    figure = measure(MEAN, answers([4] * 30, kind="csat", scale=(1, 5)))
    assert (figure.value, figure.low, figure.high) == (4.0, None, None)
    assert "no_variation" in figure.notes


def test_limits_of_a_mean_stay_on_its_scale() -> None:
    marks = [10, 10, 10, 10, 10, 10, 1]
    figure = measure(get("rapportcijfer"), answers(marks, kind="rapportcijfer", scale=(1, 10)))
    assert figure.value == pytest.approx(61 / 7)
    assert figure.high == 10.0
    assert figure.low is not None
    assert figure.low == pytest.approx(61 / 7 - 2.4469119 * math.sqrt(81 / 7 / 7), abs=1e-6)  # s2 = 81 / 7
    assert measure(get("csat_mean_100"), {"score_100": [100.0] * 6 + [0.0]}).high == 100.0
    assert measure(get("sus"), {"score": [0.0] * 6 + [100.0]}).low == 0.0


def test_limits_of_a_gap_stay_within_its_range() -> None:
    gaps = {"gap": [4.0] * 6 + [-4.0], "scale_code": [5001] * 7}
    assert measure(get("gap"), gaps).high == 4.0
    assert measure(get("gap"), {"gap": gaps["gap"]}).high == pytest.approx(20 / 7 + 2.4469119 * 8 / 7, abs=1e-6)


def test_a_sum_of_squares_that_lost_its_digits_is_a_bug() -> None:
    n = np.array([[30.0]])
    sums = BlockSums([{}], n, {"n": n, "total": 60 * n, "squares": 3599 * n}, np.array([30.0]), np.ones(1))
    with pytest.raises(Bug, match="below zero"):
        mean_t("total", "squares").limits(replicate(sums, lambda m: m.total / m.n), 0.95)


def test_an_origin_keeps_the_digits_of_large_columns() -> None:
    moments = {**MEAN.moments, "total": Sum("score", 1, 1.7e9), "squares": Sum("score", 2, 1.7e9)}
    shifted: Kpi = dataclasses.replace(MEAN, moments=moments, one_scale=False, rows=())
    x = 1.7e9 + np.arange(30.0)
    figure = measure(shifted, {"score": x})
    # Of 1 to 30, s2 = 30 * 31 / 12 = 77.5; t of 29 degrees is 2.0452296.
    assert figure.value == pytest.approx(14.5)
    assert figure.high == pytest.approx(14.5 + 2.0452296 * math.sqrt(77.5 / 30), abs=1e-6)


def test_order_of_rows_changes_nothing() -> None:
    rng = np.random.default_rng(1)
    scores, who = rng.integers(0, 11, 500), rng.integers(0, 180, 500)
    order = rng.permutation(500)
    one = measure(NPS, answers(scores, kind="nps", scale=(0, 10)), customers=who)
    other = measure(NPS, answers(scores[order], kind="nps", scale=(0, 10)), customers=who[order])
    assert (one.value, one.n) == (other.value, other.n)
    assert (one.low, one.high, one.n_eff) == pytest.approx((other.low, other.high, other.n_eff), rel=1e-12)


def test_uneven_weights_leave_kish_effective_n() -> None:
    """Weights 1 and 3 over 100 answers: (50 + 150)^2 / (50 + 450) = 80."""
    given = answers([5, 5, 1, 1] * 25, kind="csat", scale=(1, 5))
    figure = measure(CSAT, given, weights=[1, 3] * 50, customers=range(100))
    assert (figure.value, figure.n) == (50.0, 100)
    assert figure.n_eff == pytest.approx(80, rel=0.02)


@pytest.mark.parametrize("key", ["csat_relationship", "fcr", "repeat_contact", "contact_rate"])
def test_what_rows_alone_cannot_tell_needs_a_warehouse(key: str) -> None:
    with pytest.raises(BadQuery, match="needs a warehouse"):
        measure(get(key), {"box": [1.0], "repeated": [1.0], "episode_fcr": [1.0]})


def test_a_median_over_two_channels_is_refused() -> None:
    given = {"first_response_seconds": [60.0, 90.0] * 20, "channel": ["chat", "email"] * 20}
    figure = measure(get("first_response_median"), given)
    assert (figure.value, figure.status) == (None, "mixed")
    given["channel"] = ["chat"] * 40
    assert measure(get("first_response_median"), given).status == "ok"


def test_sorted_rows_do_not_flatter() -> None:
    """A file sorted by its scores, every row its own customer: blocks by row number would see a third of
    the variance. n_eff stays near n."""
    scores = np.sort(np.random.default_rng(1).integers(0, 11, 2_000))
    figure = measure(
        NPS, answers(scores, kind="nps", scale=(0, 10)), customers=range(2_000), weights=np.tile([1.0, 1.0001], 1_000)
    )
    assert figure.n_eff is not None
    assert 1_300 < figure.n_eff <= 2_000


def test_weights_move_the_value_and_widen_the_interval() -> None:
    scores = [5] * 60 + [1] * 40
    weights = [2.0] * 30 + [0.5] * 30 + [1.0] * 40
    plain = measure(CSAT, answers(scores, kind="csat", scale=(1, 5)))
    weighed = measure(CSAT, answers(scores, kind="csat", scale=(1, 5)), weights=weights)
    assert plain.value == pytest.approx(60)
    assert weighed.value == pytest.approx(100 * 75 / 115)
    assert weighed.n == 100
    assert weighed.n_eff is not None
    assert weighed.n_eff < 100


def test_weights_of_mean_one_are_not_taken_for_none() -> None:
    weights = [0.2, 1.8, 1.8, 0.2] * 25
    figure = measure(CSAT, answers([5, 1] * 50, kind="csat", scale=(1, 5)), weights=weights)
    # Kish: 100 / (1 + 0.64) = 61.
    assert figure.n_eff is not None
    assert figure.n_eff < 80


def test_limits_stay_on_the_scale_and_in_order() -> None:
    rng = np.random.default_rng(1)
    n = rng.integers(0, 4, (2_000, 100)).astype(float)
    pro = rng.binomial(n.astype(int), 0.97).astype(float)
    con = rng.binomial((n - pro).astype(int), 0.5).astype(float)
    sums = BlockSums([{}] * 2_000, n, {"n": n, "a": pro, "b": con}, np.full(2_000, np.nan), np.ones(2_000))
    r = replicate(sums, lambda m: 100 * (m.a - m.b) / m.n)
    low, high, n_eff = tango("a", "b").limits(r, 0.95)
    assert np.all((low >= -100) & (low <= r.value + 1e-9) & (r.value <= high + 1e-9) & (high <= 100))
    assert np.all(n_eff > 0)


def test_a_wider_level_is_wider() -> None:
    columns = answers([5, 1, 4] * 20, kind="csat", scale=(1, 5))
    narrow, wide = measure(CSAT, columns, level=0.9), measure(CSAT, columns, level=0.99)
    assert wide.low < narrow.low < narrow.high < wide.high  # type: ignore[operator]


def test_then_carries_the_interval_of_a_share() -> None:
    """97.9 % a month is 77.5 % a year; a falling transform turns the limits round."""
    sums = blocks([979], [1000], people=1000)
    yearly = wilson("yes", then=lambda p, _: 100 * p**12)
    low, high, _ = yearly.limits(replicate(sums, lambda m: 100 * (m.yes / m.n) ** 12), 0.95)
    assert pytest.approx(77.5, abs=0.05) == 100 * 0.979**12
    assert low[0] < 77.5 < high[0]
    churn = wilson("yes", then=lambda p, _: 100 - 100 * p)
    low, high, _ = churn.limits(replicate(sums, lambda m: 100 - 100 * m.yes / m.n), 0.95)
    assert low[0] < 2.1 < high[0]


def test_figures_that_are_counted_have_no_interval_and_need_none() -> None:
    counted = dataclasses.replace(CSAT, method=no_interval())
    (figure,) = estimate(counted, blocks([1], [2]))
    assert (figure.value, figure.low, figure.status, figure.notes) == (50.0, None, "ok", ())


def test_a_ratio_takes_the_jackknife() -> None:
    """Two blocks of 1 of 2 and 3 of 2: the replicates are 1.5 and 0.5 around 1; the variance is 0.25."""
    sums = blocks([1, 3], [2, 2], people=30)
    r = replicate(sums, lambda m: m.yes / m.n)
    low, high, _ = ratio_t().limits(r, 0.95)
    assert (low[0], high[0]) == pytest.approx((1 - 12.7062 * 0.5, 1 + 12.7062 * 0.5), abs=1e-4)


def test_shares_per_value_are_against_the_whole_group() -> None:
    reasons = get("reasons")
    column = ["price"] * 30 + ["speed"] * 60 + [None] * 5 + ["staff"] * 10
    found = shares(reasons, {"choice": column})
    assert {f.group["choice"]: f.value for f in found} == {"price": 30.0, "speed": 60.0, "staff": 10.0}
    assert {f.n for f in found} == {100}


def test_a_value_that_a_group_never_has_is_nought_of_all() -> None:
    i = np.arange(100)
    sums = SpreadSums(
        [{"month": 1}, {"month": 2}], 100, i // 50, i, np.where(i < 50, 0, 1), i < 0, np.ones(100),
        np.ones(100, dtype=np.int64), np.array([50.0, 50.0]), np.ones(2), ["a", "b"],
    )  # fmt: skip
    found = estimate_spread(get("reasons"), sums)
    assert [(f.group["month"], f.group["choice"], f.value) for f in found] == [
        (1, "a", 100.0), (1, "b", 0.0), (2, "a", 0.0), (2, "b", 100.0),
    ]  # fmt: skip
    assert found[1].low == 0.0
    assert found[1].high == pytest.approx(100 * 1.959964**2 / (50 + 1.959964**2), abs=1e-4)


def test_shares_against_a_second_fact_are_of_its_rows() -> None:
    """Two solutions, shown in 20 and 5 of 200 visits."""
    i = np.arange(25)
    visits = np.full((1, 50), 4.0)
    sums = SpreadSums(
        [{}], 50, i * 0, i, np.where(i < 20, 0, 1), i < 0, np.ones(25), np.ones(25, dtype=np.int64),
        np.array([25.0]), np.ones(1), ["a", "b"], {"n_second": visits, "rows_second": visits},
    )  # fmt: skip
    found = estimate_spread(get("solutions_shown"), sums)
    assert [(f.group["solution"], f.value, f.n) for f in found] == [("a", 10.0, 200), ("b", 2.5, 200)]


def test_many_groups_at_once_are_the_same_as_one_by_one() -> None:
    rng = np.random.default_rng(1)
    n = rng.integers(0, 3, (40, 100)).astype(float)
    yes = rng.binomial(n.astype(int), 0.7).astype(float)
    people = np.full(40, np.nan)
    together = estimate(CSAT, BlockSums([{"g": g} for g in range(40)], n, {"n": n, "yes": yes}, people, np.ones(40)))
    for g in range(40):
        part = BlockSums([{"g": g}], n[g : g + 1], {"n": n[g : g + 1], "yes": yes[g : g + 1]}, people[:1], np.ones(1))
        assert estimate(CSAT, part) == [together[g]]


def test_no_groups_give_no_figures() -> None:
    empty = np.zeros((0, 100))
    assert estimate(CSAT, BlockSums([], empty, {"n": empty, "yes": empty}, np.zeros(0), np.zeros(0))) == []


def test_upper_limit_beyond_the_data_is_said_so() -> None:
    seconds = {"first_response_seconds": [60.0 * (i + 1) for i in range(30)]}
    figure = measure(get("first_response_p90"), seconds)
    assert figure.value == pytest.approx(60 * 27, rel=0.005)
    assert figure.low is not None
    assert figure.high is None
    assert "upper_not_reached" in figure.notes


def test_durations_of_nothing_are_a_bucket_of_their_own() -> None:
    figure = measure(get("first_response_median"), {"first_response_seconds": [0.0] * 20 + [5.0] * 10})
    assert (figure.value, figure.low) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"box": [1, 0], "score": [1]}, "differ in length"),
        ({}, "no columns"),
        ({"boxx": [1, 0]}, "Did you mean 'boxx'"),
        ({"box": ["good", "bad"]}, "no number"),
    ],
)
def test_bad_columns_are_refused_in_words(columns: dict[str, list[object]], message: str) -> None:
    with pytest.raises(BadQuery, match=message):
        measure(CSAT, columns)


def test_blank_codes_are_not_scores() -> None:
    """11 stands for blank in some exports of a 0-10 question; it must not pass for a promoter or a detractor."""
    with pytest.raises(BadQuery, match="11 is not on the scale 0-10 \\(row 3\\)"):
        answers([9, 6, 11], kind="nps", scale=(0, 10))
