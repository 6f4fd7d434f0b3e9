"""Sums of spells by period, each fetched once: a month is the same whichever others stand beside it in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from peil.core.kpi import Array
from peil.core.numerics.replicates import BlockSums
from peil.warehouse.periods import Period
from peil.warehouse.plan import Need, Reach, known_columns
from peil.warehouse.query import PERIODS, KpiQuery
from peil.warehouse.results.cells import Key, Summed
from peil.warehouse.results.people import COUNTED_ROWS, FEW_BLOCKS, occupied
from peil.warehouse.results.sums_kept import SumsOfQuery, sums_of

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

Found: TypeAlias = Mapping[tuple[str, bool], Summed]
MOST_KEPT = 100  # periods of one question


@dataclass(frozen=True, slots=True)
class SpellsKept:
    """What is kept of each period that a question looks at, for needs that share a statement."""

    shared: Sequence[Need]
    by: tuple[str, ...]
    of: Mapping[Period, SumsOfQuery]

    def missing(self) -> tuple[Period, ...]:
        """The periods of which something is not kept."""
        return tuple(p for p in self.of if any(self._find(p, n) is None for n in self.shared))

    def keep(self, found: Found, fetched: Sequence[Period]) -> None:
        """Keep each period that was fetched by itself, as far as nothing of it hangs on those beside it."""
        for name, summed in found.items():
            for period, kept in ((p, self.of[p]) for p in fetched):
                at = [i for i, key in enumerate(summed.keys) if key == self._key(period)]
                if isinstance(summed.sums, BlockSums) and _stands_alone(part := _taken(summed.sums, at)):
                    kept.keep({name: Summed((), [()] * len(at), part)})

    def whole(self) -> dict[tuple[str, bool], Summed] | None:
        """The sums of all periods together; None where one is missing."""
        return None if self.missing() else {(n.kpi.key, n.second): self._line(n) for n in self.shared}

    def _line(self, need: Need) -> Summed:
        parts = [(p, self._find(p, need)) for p in self.of]
        some = [(self._key(p), sums) for p, sums in parts if sums is not None and len(sums.groups)]
        return Summed(self.by, [key for key, _ in some], _joined([s for _, s in some]) if some else _of(parts))

    def _find(self, period: Period, need: Need) -> BlockSums | None:
        summed = self.of[period].find(need.kpi.key, need.second)
        if summed is None or not isinstance(summed.sums, BlockSums) or not _stands_alone(summed.sums):
            return None
        return summed.sums

    def _key(self, period: Period) -> Key:
        return (period.code,) if self.by else ()


def _of(parts: Sequence[tuple[Period, BlockSums | None]]) -> BlockSums:
    return next(sums for _, sums in parts if sums is not None)


def spells_kept(warehouse: Warehouse, shared: Sequence[Need], reach: Reach, query: KpiQuery) -> SpellsKept | None:
    """What is kept of the periods of a question about spells; None of one that they don't add up to."""
    first, periods = shared[0], reach.periods
    if not first.spells or not 0 < len(periods) <= MOST_KEPT or any(f.column in PERIODS for f in query.where):
        return None
    if query.by != ((periods[0].kind,) if query.by else ()) or (len(periods) > 1 and not query.by):
        return None
    known = known_columns(first, reach, [f.column for f in query.where])
    own = replace(query, by=(), compare=None, where=tuple(f for f in query.where if f.column in known))
    of = {p: sums_of(warehouse, replace(own, since=p.start, until=p.end)) for p in periods}
    return SpellsKept(shared, query.by, of)


def _stands_alone(sums: BlockSums) -> bool:
    """Whether its people are left uncounted whatever is asked beside it; with few rows that hangs on all of them."""
    n = sums.n.sum()
    return not n or bool(n > COUNTED_ROWS and occupied(sums).min() >= FEW_BLOCKS)


def _taken(sums: BlockSums, at: Sequence[int]) -> BlockSums:
    def rows(a: Array) -> Array:
        return a[list(at)] if a.size else a

    return replace(
        sums,
        groups=[{} for _ in at],
        n=rows(sums.n),
        named={name: rows(a) for name, a in sums.named.items()},
        people=rows(sums.people),
        known=rows(sums.known),
        pending=rows(sums.pending),
        squared_weights=rows(sums.squared_weights),
    )


def _joined(parts: Sequence[BlockSums]) -> BlockSums:
    """The groups of several, one after the other."""

    def rows(arrays: Sequence[Array]) -> Array:
        return np.concatenate(arrays)

    return replace(
        parts[0],
        groups=[{} for part in parts for _ in part.groups],
        n=rows([part.n for part in parts]),
        named={name: rows([part.named[name] for part in parts]) for name in parts[0].named},
        people=rows([part.people for part in parts]),
        known=rows([part.known for part in parts]),
        pending=rows([part.pending for part in parts]),
        squared_weights=rows([part.squared_weights for part in parts]),
    )
