"""A small company is a sample of a large one: no rate depends on how many customers there are."""

from __future__ import annotations

import numpy as np
import pytest

from peil.core.kpi import Estimate
from peil.demo.truth.chunks import draw_apart, loaded
from peil.demo.truth.questions import ASSUMED, OVERALL, SHARES
from peil.demo.world import Company

pytestmark = pytest.mark.slow

PERIOD = {"since": "2025-05-01", "until": "2026-11-01"}
_FURTHEST = 2.0  # intervals: about four deviations; of some 150 figures one is beyond it once in 100 times


def figures(customers: int, seeds: range) -> dict[tuple[str, str], Estimate]:
    with loaded([draw_apart(Company(customers, seed)) for seed in seeds]) as peil:
        found = peil.kpi(*OVERALL, *SHARES, assume=ASSUMED, **PERIOD)
        return {(e.kpi, str(dict(e.group))): e for e in found if e.status == "ok"}


@pytest.mark.parametrize("times", [1, pytest.param(2, marks=pytest.mark.full)])
def test_rates_do_not_depend_on_the_number_of_customers(times: int) -> None:
    small, large = figures(1_500, range(21, 21 + 4 * times)), figures(6_000, range(31, 31 + times))
    assert len(small.keys() & large.keys()) > 120
    apart = {}
    for key in small.keys() & large.keys():
        a, b = sorted((small[key], large[key]), key=lambda e: e.value)
        room = np.hypot(a.high - a.value, b.value - b.low)
        if b.value - a.value > _FURTHEST * room:
            apart[key] = (small[key].value, large[key].value)
    assert apart == {}
