"""The catalogue: every KPI that Peil knows, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from peil.core.errors import BadQuery, did_you_mean
from peil.core.kpi import Array, Kpi, Sums
from peil.core.kpis import (
    contacts,
    digital,
    effort,
    employees,
    handling,
    loyalty,
    response,
    satisfaction,
    servqual,
    solving,
)

ALL: tuple[Kpi, ...] = (
    *satisfaction.KPIS,
    *effort.KPIS,
    *servqual.KPIS,
    *response.KPIS,
    *handling.KPIS,
    *solving.KPIS,
    *contacts.KPIS,
    *digital.KPIS,
    *loyalty.KPIS,
    *employees.KPIS,
)
BY_KEY: dict[str, Kpi] = {kpi.key: kpi for kpi in ALL}


def get(key: str) -> Kpi:
    """The KPI of that key; an unknown one is refused with the nearest that exists.

    >>> get("nps").unit
    'points'
    """
    try:
        return BY_KEY[key]
    except KeyError:
        raise BadQuery(f"There is no KPI '{key}'.", did_you_mean(key, BY_KEY)) from None


def assume(kpi: Kpi, given: Mapping[str, float]) -> Kpi:
    """The KPI with its assumptions filled in, from `given` or else their defaults.

    Names that this KPI does not assume are left alone: one query may ask several KPIs. What
    stays None has no default and was not given; then the value is NaN everywhere.

    >>> assume(get("turnover_cost"), {"months": 1.5}).assumes
    {'months': 1.5}
    """
    if not kpi.assumes or kpi.value is None:
        return kpi
    filled = {name: given.get(name, default) for name, default in kpi.assumes.items()}
    numbers = {name: np.float64(np.nan if x is None else x) for name, x in filled.items()}
    value = kpi.value

    def with_assumptions(m: Sums) -> Array:
        return value(Sums({**dict(m.items()), **{name: np.asarray(x) for name, x in numbers.items()}}))

    return replace(kpi, value=with_assumptions, assumes=filled)
