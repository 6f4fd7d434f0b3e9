"""Differences of two figures: of the same customers, of others, and many at once."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from peil.core import adjust, difference, difference_of_quantiles, get
from peil.core.buckets import bucket_of
from peil.core.kpi import Comparison
from peil.core.numerics.replicates import BlockSums, SpreadSums, replicate

CSAT, MEAN = get("csat"), dataclasses.replace(get("csat_mean"), one_scale=False)


def shares(yes: np.ndarray, n: np.ndarray, known: float = 1.0) -> BlockSums:
    """One customer a block."""
    return BlockSums([{}], n[None, :], {"n": n[None, :], "yes": yes[None, :]}, np.array([np.nan]), np.array([known]))


def scores(x: np.ndarray) -> BlockSums:
    n = np.ones((1, len(x)))
    named = {"n": n, "total": x[None, :], "squares": x[None, :] ** 2}
    return BlockSums([{}], n, named, np.array([float(len(x))]), np.ones(1))


def test_of_means_is_the_paired_t_test() -> None:
    """The same customers twice: Student's sleep data, R t.test(extra ~ group, paired = TRUE):
    difference 1.58, interval 0.7001142 to 2.4598858, p 0.002833."""
    first = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    second = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    (found,) = difference(MEAN, scores(first), scores(second))
    assert found.difference == pytest.approx(1.58)
    assert (found.low, found.high) == pytest.approx((0.7001142, 2.4598858), abs=5e-8)
    assert found.p == pytest.approx(0.002833, abs=5e-7)
    assert found.changed is True


def test_of_means_is_the_jackknife_of_the_difference() -> None:
    rng = np.random.default_rng(1)
    n = rng.integers(1, 4, 100).astype(float)
    yes = rng.binomial(n.astype(int), 0.6).astype(float)
    later = np.clip(yes + rng.integers(-1, 2, 100), 0, n)
    ratio = dataclasses.replace(CSAT, method=get("contact_rate").method)
    (found,) = difference(ratio, shares(yes, n), shares(later, n))
    a, b = (replicate(shares(y, n), lambda m: 100 * m.yes / m.n) for y in (later, yes))
    moved = (a.replicate - b.replicate)[0] - (a.value - b.value)[0]
    half = 1.98421695 * np.sqrt(99 / 100 * np.sum(moved**2))  # t of 99 degrees of freedom
    assert (found.low, found.high) == pytest.approx(
        (a.value[0] - b.value[0] - half, a.value[0] - b.value[0] + half), abs=1e-6
    )


def test_the_same_customers_are_told_from_others() -> None:
    rng = np.random.default_rng(1)
    n = np.full(100, 3.0)
    yes = rng.binomial(3, rng.beta(1, 1, 100)).astype(float)
    (same,) = difference(CSAT, shares(yes, n), shares(np.clip(yes + 0, 0, 3), n))
    (others,) = difference(CSAT, shares(yes, n), shares(rng.permutation(yes), n))
    assert same.high - same.low < 0.3 * (others.high - others.low)  # type: ignore[operator]


def test_blocks_of_unknown_customers_tell_nothing() -> None:
    """Without customers a block is a hash of the answer: that two figures agree block by block is chance."""
    n = np.full(100, 3.0)
    yes = np.random.default_rng(1).binomial(3, 0.5, 100).astype(float)
    (known,) = difference(CSAT, shares(yes, n), shares(yes, n))
    (unknown,) = difference(CSAT, shares(yes, n, known=0.0), shares(yes, n, known=0.0))
    assert unknown.high - unknown.low > known.high - known.low + 5  # type: ignore[operator]


def test_interval_without_zero_goes_with_a_small_p() -> None:
    rng = np.random.default_rng(2)
    n = np.ones((300, 100))
    one, two = (rng.binomial(1, p, (300, 100)).astype(float) for p in (0.5, 0.62))
    people = np.full(300, np.nan)
    before, after = (BlockSums([{}] * 300, n, {"n": n, "yes": y}, people, np.ones(300)) for y in (one, two))
    for found in difference(CSAT, before, after):
        assert found.changed == (found.low > 0 or found.high < 0)  # type: ignore[operator]


def test_nothing_changed_has_p_one() -> None:
    n = np.full(50, 2.0)
    yes = np.tile([0.0, 1.0, 2.0, 1.0, 2.0], 10)
    (found,) = difference(CSAT, shares(yes, n), shares(yes, n))
    assert (found.difference, found.p, found.changed) == (0.0, 1.0, False)


def test_a_side_without_answers_gives_no_verdict() -> None:
    n = np.full(50, 2.0)
    (found,) = difference(CSAT, shares(n * 0, n * 0), shares(n - 1, n))
    assert (found.difference, found.low, found.p, found.changed) == (None, None, None, None)
    assert found.before.status == "no_data"


def test_a_side_of_too_few_shows_its_difference_without_interval() -> None:
    n = np.repeat([1.0, 0.0], [3, 47])
    few = shares(np.repeat([1.0, 0.0], [2, 48]), n)
    (found,) = difference(CSAT, few, shares(np.ones(50), np.full(50, 2.0)))
    assert found.difference == pytest.approx(50 - 200 / 3)
    assert (found.low, found.high, found.p, found.changed) == (None, None, None, None)


def compared(p: float | None) -> Comparison:
    n = np.full(50, 2.0)
    (found,) = difference(CSAT, shares(n - 1, n), shares(n - 1, n))
    return dataclasses.replace(found, p=p, p_adjusted=p)


def test_many_comparisons_are_corrected_together() -> None:
    found = adjust([compared(p) for p in (0.01, None, 0.04, 0.03)])
    assert [c.p_adjusted for c in found] == [pytest.approx(0.03), None, pytest.approx(0.04), pytest.approx(0.04)]
    assert [c.changed for c in found] == [True, False, True, True]


def times(x: np.ndarray) -> SpreadSums:
    ones = np.ones(len(x), dtype=np.int64)
    return SpreadSums(
        [{}], 100, ones * 0, np.arange(len(x)) % 100, bucket_of(x).astype(np.int64), ones < 0, ones * 1.0, ones,
        np.array([np.nan]), np.ones(1),
    )  # fmt: skip


def test_of_medians_knows_the_same_customers() -> None:
    x = np.exp(np.random.default_rng(1).normal(8, 1, 400))
    median = get("first_response_median")
    (twice,) = difference_of_quantiles(median, times(x), times(x * 2))
    (same,) = difference_of_quantiles(median, times(x), times(x))
    assert twice.difference == pytest.approx(np.median(x), rel=0.03)
    assert twice.changed is True
    assert twice.unit == "seconds"
    assert (same.difference, same.changed) == (0.0, False)


def test_of_medians_that_are_not_reached_has_no_limit() -> None:
    x = np.exp(np.random.default_rng(1).normal(8, 1, 30))
    (found,) = difference_of_quantiles(get("first_response_p90"), times(x), times(x))
    assert (found.low, found.high) == (None, None)
    assert found.changed is False
