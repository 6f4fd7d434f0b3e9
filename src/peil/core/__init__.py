"""The KPIs and their statistics, alone: on lists and arrays, without a database.

>>> from peil.core import answers, get, measure
>>> measure(get("nps"), answers([10, 9, 8, 7, 3], kind="nps", scale=(0, 10))).value
20.0
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from peil.core.boxes import Boxes as Boxes
    from peil.core.boxes import boxes_for as boxes_for
    from peil.core.buckets import bucket_of as bucket_of
    from peil.core.compare import adjust as adjust
    from peil.core.compare import benjamini_hochberg as benjamini_hochberg
    from peil.core.compare import difference as difference
    from peil.core.compare import difference_of_quantiles as difference_of_quantiles
    from peil.core.intervals import t_limits as t_limits
    from peil.core.intervals import tango_limits as tango_limits
    from peil.core.intervals import wilson_limits as wilson_limits
    from peil.core.kpi import Comparison as Comparison
    from peil.core.kpi import Estimate as Estimate
    from peil.core.kpi import Kpi as Kpi
    from peil.core.kpis import ALL as ALL
    from peil.core.kpis import get as get
    from peil.core.lists import answers as answers
    from peil.core.lists import measure as measure
    from peil.core.lists import shares as shares

# Found when asked for: numpy and scipy take longer to load than the command line may take to start.
_HOMES = {
    "boxes": ("Boxes", "boxes_for"),
    "buckets": ("bucket_of",),
    "compare": ("adjust", "benjamini_hochberg", "difference", "difference_of_quantiles"),
    "intervals": ("t_limits", "tango_limits", "wilson_limits"),
    "kpi": ("Comparison", "Estimate", "Kpi"),
    "kpis": ("ALL", "get"),
    "lists": ("answers", "measure", "shares"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'peil.core' has no attribute '{name}'")
    found = getattr(importlib.import_module(f"peil.core.{_HOME_OF[name]}"), name)
    globals()[name] = found
    return found
