"""Every KPI equals its count by hand, on generated data sets, one question asked of all sets at once.

Counts are equal, values to a relative 1e-12, quantiles within a bucket (1 %). The 2,000 sets are
asked plainly here, in the other ways on fewer; `make check-full` asks all of them in every way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

import pytest
from tests.generated.loading import load, open_new
from tests.generated.sets import generate
from tests.oracle.agree import differences
from tests.oracle.counted import MEASURES, OVER_A_PERIOD, SPREADS, Counted, Look

from peil.core.kpis import BY_KEY
from peil.warehouse.open import Warehouse

MANY, SOME = 2_000, 150
PLAIN = Look()
LOOKS = {
    "weighted": Look(weighted=True),
    "by channel": Look(by=("x_data_set", "channel"), weighted=True),
    "a quarter": Look(since=date(2026, 1, 1), until=date(2026, 4, 1)),
    "a year and its ends": Look(weighted=True, since=date(2025, 12, 15), until=date(2026, 12, 20)),
    "everything at once": Look(by=(), since=date(2025, 11, 1), until=date(2027, 1, 10)),
    "by month": Look(by=("x_data_set", "month")),
}
Loaded = tuple[Warehouse, Counted]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Loaded]]:
    opened: list[Warehouse] = []

    @cache
    def load_sets(count: int) -> Loaded:
        facts = generate(count)
        warehouse = open_new(tmp_path_factory.mktemp(f"sets{count}"))
        opened.append(warehouse)
        load(warehouse, facts)
        return warehouse, Counted(facts)

    yield load_sets
    for warehouse in opened:
        warehouse.close()


def test_every_kpi_is_counted_by_hand() -> None:
    assert sorted({*MEASURES, *SPREADS}) == sorted(BY_KEY)
    assert not set(MEASURES) & set(SPREADS)
    assert set(OVER_A_PERIOD) <= set(BY_KEY)


@pytest.mark.parametrize("many", [SOME, pytest.param(MANY, marks=pytest.mark.full)])
def test_every_data_set_plainly(loaded: Callable[[int], Loaded], many: int) -> None:
    assert differences(*loaded(many), PLAIN) == []


@pytest.mark.slow
@pytest.mark.parametrize("way", LOOKS)
def test_weights_groups_and_periods(loaded: Callable[[int], Loaded], way: str) -> None:
    assert differences(*loaded(SOME), LOOKS[way]) == []


@pytest.mark.full
@pytest.mark.parametrize("way", LOOKS)
def test_two_thousand_data_sets_in_every_way(loaded: Callable[[int], Loaded], way: str) -> None:
    assert differences(*loaded(MANY), LOOKS[way]) == []
