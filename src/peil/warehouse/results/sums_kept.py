"""Sums that were fetched a moment ago: a figure, its change and the page of its KPI stand on the same ones."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from peil.core.numerics.replicates import BlockSums
from peil.warehouse.query import KpiQuery
from peil.warehouse.results.cells import Summed

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

MOST_BYTES = 64_000_000


class SumsKept:
    """The sums of a warehouse by KPI, the least used forgotten first."""

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, Summed] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> Summed | None:
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def keep(self, key: Hashable, summed: Summed) -> None:
        with self._lock:
            before = self._found.pop(key, None)
            self._found[key] = summed
            self._bytes += _bytes(summed) - (_bytes(before) if before else 0)
            while self._bytes > MOST_BYTES and self._found:
                self._bytes -= _bytes(self._found.popitem(last=False)[1])


@dataclass(frozen=True, slots=True)
class SumsOfQuery:
    """Those of one question, whichever KPIs it is about and whatever they are compared with."""

    kept: SumsKept
    asked: Hashable

    def find(self, kpi: str, second: bool) -> Summed | None:
        return self.kept.find((self.asked, kpi, second))

    def keep(self, found: Mapping[tuple[str, bool], Summed]) -> None:
        for (kpi, second), summed in found.items():
            self.kept.keep((self.asked, kpi, second), summed)


def sums_of(warehouse: Warehouse, query: KpiQuery) -> SumsOfQuery:
    """What is kept of the facts as they are now; another day ends months, and so cells of employees."""
    alike = replace(query, kpis=(), compare=None, level=0.95)
    version = warehouse.remembered.version(warehouse.engine)
    return SumsOfQuery(warehouse.sums_kept, (alike, version, warehouse.settings, warehouse.today))


def _bytes(summed: Summed) -> int:
    sums = summed.sums
    if isinstance(sums, BlockSums):
        held = sums.n.nbytes + sum(a.nbytes for a in sums.named.values())
    else:
        held = 6 * sums.count.nbytes + sum(a.nbytes for a in sums.second.values())
    return 1_000 + 200 * len(summed.keys) + held
