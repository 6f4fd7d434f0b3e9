"""The sums of a KPI over any number of warehouses, and the value that they give together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

import numpy as np

from peil.core import kpis as catalogue
from peil.core.estimate import value_of
from peil.core.kpi import Kpi, Sums
from peil.core.moments import Histogram
from peil.core.numerics.quantiles import quantiles
from peil.core.numerics.replicates import BlockSums, SpreadSums
from peil.library import Peil
from peil.warehouse.results.cells import Summed
from peil.warehouse.run import labelled, measure

Group: TypeAlias = tuple[tuple[str, str | int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question: KPIs over a period [since, until), of which rows and in which groups."""

    kpis: tuple[str, ...]
    since: date
    until: date
    by: tuple[str, ...] = ()
    where: tuple[str, ...] = ()

    def as_json(self, kpi: str) -> dict[str, Any]:
        period = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return {"kpi": kpi, **({"where": list(self.where)} if self.where else {}), **period}


@dataclass(slots=True)
class Pool:
    """Sums of one question, by KPI and group; every chunk adds its own."""

    asked: Asked
    totals: dict[tuple[str, Group], Counter[str]] = field(default_factory=dict)
    spreads: dict[tuple[str, Group], Counter[tuple[Any, bool]]] = field(default_factory=dict)

    def add(self, peil: Peil, assume: Mapping[str, float]) -> None:
        a = self.asked
        query = peil.query(*a.kpis, by=a.by, where=a.where, since=a.since, until=a.until, assume=assume)
        measured = measure(peil.warehouse, [catalogue.get(key) for key in a.kpis], query)
        for key, summed in measured.sums.items():
            if summed is not None and summed.keys:
                self._add(key, labelled(summed))

    def _add(self, kpi: str, summed: Summed) -> None:
        sums = summed.sums
        groups: list[Group] = [tuple(g.items()) for g in sums.groups]
        if isinstance(sums, BlockSums):
            for i, group in enumerate(groups):
                total = self.totals.setdefault((kpi, group), Counter())
                total.update({name: float(values[i].sum()) for name, values in sums.named.items()})
            return
        for i, group in enumerate(groups):
            spread = self.spreads.setdefault((kpi, group), Counter())
            rows = sums.group == i
            cells, cell = np.unique(2 * sums.bucket[rows] + sums.censored[rows], return_inverse=True)
            counts = np.bincount(cell.ravel(), sums.count[rows], minlength=len(cells))
            for code, count in zip(cells.tolist(), counts.tolist(), strict=True):
                spread[sums.values[code // 2] if sums.values else code // 2, bool(code % 2)] += count
            second = sums.second.get("n_second")
            if second is not None:
                self.totals.setdefault((kpi, group), Counter()).update({"n_second": float(second[i].sum())})

    def values(self, assume: Mapping[str, float]) -> list[tuple[str, Group, float]]:
        """KPI, group and value, in order; what nobody answered is left out."""
        found: list[tuple[str, Group, float]] = []
        for (key, group), total in self.totals.items():
            kpi = catalogue.get(key)
            if (key, group) not in self.spreads:
                found.append((key, group, _value(kpi, total, assume)))
        for (key, group), spread in self.spreads.items():
            found += _spread(catalogue.get(key), group, spread, self.totals.get((key, group), Counter())["n_second"])
        order = {key: place for place, key in enumerate(self.asked.kpis)}
        return sorted((f for f in found if np.isfinite(f[2])), key=lambda f: (order[f[0]], str(f[1])))


def _value(kpi: Kpi, total: Counter[str], assume: Mapping[str, float]) -> float:
    constants = {name: assume.get(name, default) for name, default in kpi.assumes.items()}
    named = {name: np.array([amount]) for name, amount in {**total, **constants}.items() if amount is not None}
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(value_of(kpi)(Sums(named))[0])


def _spread(
    kpi: Kpi, group: Group, spread: Counter[tuple[Any, bool]], second: float
) -> Sequence[tuple[str, Group, float]]:
    if isinstance(kpi.spread, Histogram):
        whole = second or sum(spread.values())
        return [(kpi.key, (*group, (kpi.spread.column, v)), 100 * n / whole) for (v, _), n in sorted(spread.items())]
    cells = sorted(spread.items())
    count = np.array([n for _, n in cells])
    bucket = np.array([b for (b, _), _ in cells], dtype=np.int64)
    nothing = np.full(1, np.nan)
    sums = SpreadSums(
        groups=[{}], blocks=2, group=np.zeros(len(cells), np.int64), block=np.arange(len(cells)) % 2, bucket=bucket,
        censored=np.array([c for (_, c), _ in cells]), count=count, n=count.astype(np.int64), people=nothing, known=nothing,
    )  # fmt: skip
    assert kpi.method.q is not None
    return [(kpi.key, group, float(quantiles(sums, kpi.method.q).value[0]))]
