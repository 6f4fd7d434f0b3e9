"""The catalogue: every KPI that Peil knows, in the order in which they are shown."""

from __future__ import annotations

from peil.core.errors import BadQuery, did_you_mean
from peil.core.kpi import Kpi
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
