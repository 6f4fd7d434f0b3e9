"""Intervals of a nominal 95 % hold the truth as often as they say.

Allowed for is the Monte Carlo error of the simulation itself: a case fails where its coverage
is outside its band by more than 2.58 standard errors (99 %): 1.3 points at 2,000 samples, 0.4 at
20,000. Seeds are fixed, one for each case by its place in the list.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.coverage.cases import Case, cases

pytestmark = pytest.mark.slow

SMALL = list(enumerate(cases((30, 100)), start=1))
LARGE = list(enumerate(cases((1000,)), start=1))


def check(case: Case, seed: int, samples: int) -> None:
    covered = case.coverage(seed, samples)
    error = 2.58 * np.sqrt(covered * (1 - covered) / samples)
    assert case.low - error <= covered <= case.high + error, f"{case}: covers {covered:.2%}"


@pytest.mark.parametrize(("seed", "case"), SMALL, ids=lambda x: str(x))
def test_interval_covers(seed: int, case: Case) -> None:
    check(case, seed, 2_000)


@pytest.mark.full
@pytest.mark.parametrize(("seed", "case"), SMALL, ids=lambda x: str(x))
def test_interval_covers_closely(seed: int, case: Case) -> None:
    check(case, seed, 20_000)


@pytest.mark.full
@pytest.mark.parametrize(("seed", "case"), LARGE, ids=lambda x: str(x))
def test_interval_of_many_covers(seed: int, case: Case) -> None:
    check(case, seed, 5_000)
