"""Rows written out in a test -> the figure of a KPI, by the moments' own meaning and nothing of the warehouse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from peil.core.boxes import boxes_for
from peil.core.estimate import estimate, estimate_spread
from peil.core.kpi import Estimate, Kpi
from peil.core.kpis import get
from peil.core.moments import Histogram, Is, LogHistogram, Moment, Value
from peil.core.numerics.replicates import BlockSums, SpreadSums


class Row(dict[str, Value]):
    """A row whose unnamed columns are null."""

    def __missing__(self, column: str) -> Value:
        return None

    def but(self, **other: Value) -> Row:
        return Row({**self, **other})


def rows(*given: Mapping[str, Value], times: int = 1) -> list[Row]:
    return [Row(g) for g in given for _ in range(times)]


def answers(kind: str, scores: Iterable[float], scale: tuple[float, float], **more: Value) -> list[Row]:
    """Answers to one question, with their boxes, as a mapping and the loader would leave them."""
    low, high = scale
    boxes = boxes_for(kind, scale)
    return [
        Row(
            kind=kind,
            relationship=0,
            score=float(s),
            box=int(boxes.of(s)),
            scale_code=low + 1000 * high,
            score_100=100 * (s - low) / (high - low),
        ).but(**more)
        for s in scores
    ]


def figure(key: str, given: Sequence[Row], second: Sequence[Row] = (), **constants: float) -> Estimate:
    """The one figure of a KPI over all rows, each its own customer unless it names one."""
    kpi = get(key)
    counted, blocks = _counted(given, kpi.rows), _blocks([*given, *second])
    if isinstance(kpi.spread, LogHistogram):
        (only,) = estimate_spread(kpi, _quantile_sums(kpi, counted, blocks))
        return only
    named = _sums(kpi.moments, counted, blocks)
    if kpi.second is not None:
        named |= _sums(kpi.second.moments, _counted(second, kpi.second.rows), blocks)
    people = np.array([float(len({_who(r) for r in counted}))])
    sums = BlockSums([{}], named["n"], named, people, np.ones(1), constants=constants)
    (only,) = estimate(kpi, sums)
    return only


def shares(key: str, given: Sequence[Row], second: Sequence[Row] = ()) -> dict[Value, float | None]:
    """The figures of a KPI with one share per value."""
    kpi = get(key)
    assert isinstance(kpi.spread, Histogram)
    counted, blocks = _counted(given, kpi.rows), _blocks([*given, *second])
    column = kpi.spread.column
    values = sorted({str(r[column]) for r in counted if r[column] is not None})
    cells = Counter((blocks[_who(r)], values.index(str(r[column])), False) for r in counted if r[column] is not None)
    beside = _sums(kpi.second.moments, _counted(second, kpi.second.rows), blocks) if kpi.second else {}
    sums = _spread(cells, len(set(blocks.values())), values, beside)
    return {e.group[column]: e.value for e in estimate_spread(kpi, sums)}


def _counted(given: Iterable[Row], conditions: Iterable[Is]) -> list[Row]:
    return [r for r in given if all(c.holds(r) for c in conditions)]


def _who(row: Row) -> Value:
    return row["customer_id"] or id(row)


def _blocks(given: Iterable[Row]) -> dict[Value, int]:
    return {who: i for i, who in enumerate(dict.fromkeys(_who(r) for r in given))}


def _sums(moments: Mapping[str, Moment], given: Sequence[Row], blocks: Mapping[Value, int]) -> dict[str, np.ndarray]:
    found = {name: np.zeros((1, max(len(blocks), 1))) for name in moments}
    for row in given:
        for name, moment in moments.items():
            found[name][0, blocks[_who(row)]] += moment.of([row])
    return found


def _quantile_sums(kpi: Kpi, given: Sequence[Row], blocks: Mapping[Value, int]) -> SpreadSums:
    assert isinstance(kpi.spread, LogHistogram)
    cells = Counter((blocks[_who(r)], *cell) for r in given for cell in kpi.spread.of([r]))
    return _spread(cells, len(blocks))


def _spread(
    cells: Mapping[tuple[int, int, bool], int],
    blocks: int,
    values: Sequence[str] = (),
    second: Mapping[str, np.ndarray] | None = None,
) -> SpreadSums:
    counts = np.array(list(cells.values()), dtype=np.int64)
    return SpreadSums(
        groups=[{}],
        blocks=blocks,
        group=np.zeros(len(cells), dtype=np.int64),
        block=np.array([b for b, _, _ in cells], dtype=np.int64),
        bucket=np.array([v for _, v, _ in cells], dtype=np.int64),
        censored=np.array([late for _, _, late in cells], dtype=bool),
        count=counts.astype(np.float64),
        n=counts,
        people=np.array([float(blocks)]),
        known=np.ones(1),
        values=values,
        second=dict(second or {}),
    )
