"""From sums to figures: value, interval, n and status of every group at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite, isinf, isnan
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from peil.core.errors import Bug
from peil.core.intervals import FEW_CUSTOMERS, TOO_FEW_CUSTOMERS, Limits, Method, customers, wilson
from peil.core.kpi import Array, Estimate, Kpi, Status, Sums
from peil.core.moments import Histogram, LogHistogram, Sum
from peil.core.numerics.quantiles import quantiles
from peil.core.numerics.replicates import BlockSums, Group, Replicates, SpreadSums, replicate

_CELLS = 4_000_000  # of (group, value, block) at a time, so that memory stays flat

_NEVER_BELOW_ZERO = ("percent", "seconds", "minutes", "count", "per_100", "euro", "years")

Remark: TypeAlias = Callable[[Group], tuple[str, ...]]


def no_remark(_: Group) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class _Figures:
    """Columns of estimates, each (G,), before they become rows."""

    groups: Sequence[Group]
    value: Array
    limits: Limits
    n: Array
    people: Array
    known: Array
    pending: Array = field(default_factory=lambda: np.zeros(0))
    mixed: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))


@dataclass(frozen=True, slots=True)
class _Said:
    """What each figure says beside its numbers."""

    level: float
    as_of: str | None
    remark: Remark


def estimate(
    kpi: Kpi, sums: BlockSums, level: float = 0.95, *, as_of: str | None = None, remark: Remark = no_remark
) -> list[Estimate]:
    """One figure per group, in order, until the day `as_of` and with the remarks made of its group.

    n = 0 gives the value None and the status 'no_data'. From fewer than 5 customers there is no
    interval ('too_few'), from fewer than 20 it is marked ('few_customers') and its effective n
    is at most n.
    """
    if not sums.groups:
        return []
    r = replicate(sums, value_of(kpi))
    limits = _inside(kpi, r, kpi.method.limits(r, level))
    figures = _Figures(sums.groups, r.value, limits, r.n, customers(r), sums.known, sums.pending, mixed(kpi, r))
    return _rows(kpi, figures, _Said(level, as_of, remark))


def estimate_spread(
    kpi: Kpi, sums: SpreadSums, level: float = 0.95, *, as_of: str | None = None, remark: Remark = no_remark
) -> list[Estimate]:
    """Figures of a KPI with a histogram.

    For a `LogHistogram` one quantile per group; for a `Histogram` one share per group and value,
    each group with every value that occurs anywhere, the column's name in the figure's group.
    """
    if not sums.groups:
        return []
    said = _Said(level, as_of, remark)
    if isinstance(kpi.spread, Histogram):
        return _shares(kpi, kpi.spread, sums, said)
    if not isinstance(kpi.spread, LogHistogram) or kpi.method.q is None:
        raise Bug(f"KPI {kpi.key} has no histogram with a quantile.")
    found = quantiles(sums, kpi.method.q)
    low, high = found.limits(level)
    r = found.replicates
    limits = Limits(low, high, np.where(r.n > 0, found.n_eff, np.nan))
    return _rows(kpi, _Figures(sums.groups, found.value, limits, r.n, customers(r), sums.known, mixed=sums.mixed), said)


def value_of(kpi: Kpi) -> Callable[[Sums], Array]:
    if kpi.value is None:
        raise Bug(f"KPI {kpi.key} has no value of moments; it is read from a histogram.")
    return kpi.value


def mixed(kpi: Kpi, r: Replicates) -> NDArray[np.bool_]:
    """Groups (G,) of a mean whose answers are on more than one scale: their scale codes differ."""
    if not kpi.one_scale:
        return np.zeros(len(r.n), dtype=bool)
    with_scale = getattr(r.total, "scale_n", r.total.n)  # of pairs, more rows have a scale than a gap
    product, square = with_scale * r.total.scale2, r.total.scale**2
    return np.asarray(np.abs(product - square) > 1e-9 * np.abs(square), dtype=np.bool_)


def _inside(kpi: Kpi, r: Replicates, limits: Limits) -> Limits:
    """The limits, cut to the scale where it is known and to zero where nothing is below it; the value stays inside."""
    lowest, highest = _scale(kpi, r)
    low = np.where(limits.low < lowest, np.minimum(lowest, r.value), limits.low)
    high = np.where(limits.high > highest, np.maximum(highest, r.value), limits.high)
    return limits._replace(low=low, high=high)


def _scale(kpi: Kpi, r: Replicates) -> tuple[Array, Array]:
    """Lowest and highest mean there can be (G,), from the scale code of the rows; NaN where it can't be told."""
    if kpi.bounds is not None:
        return np.full(len(r.n), float(kpi.bounds[0])), np.full(len(r.n), float(kpi.bounds[1]))
    if not kpi.one_scale:
        least = 0.0 if kpi.unit in _NEVER_BELOW_ZERO else np.nan
        return np.full(len(r.n), least), np.full(len(r.n), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        code = np.round(r.total.scale / getattr(r.total, "scale_n", r.total.n))
    highest = np.round(code / 1000)
    lowest = code - 1000 * highest
    if isinstance(kpi.moments["total"], Sum) and kpi.moments["total"].column == "gap":
        lowest, highest = lowest - highest, highest - lowest
    told = (lowest < highest) & ~mixed(kpi, r)
    return np.where(told, lowest, np.nan), np.where(told, highest, np.nan)


def _shares(kpi: Kpi, spread: Histogram, sums: SpreadSums, said: _Said) -> list[Estimate]:
    """Chunks of groups, each a dense table of (group, value) by block."""
    width = max(1, len(sums.values)) * sums.blocks
    step = max(1, _CELLS // width)
    found: list[Estimate] = []
    for first in range(0, len(sums.groups), step):
        found += _shares_of(kpi, spread, _slice(sums, first, first + step), said)
    return found


def _slice(sums: SpreadSums, first: int, last: int) -> SpreadSums:
    inside = (sums.group >= first) & (sums.group < last)
    return replace(
        sums,
        groups=sums.groups[first:last],
        group=sums.group[inside] - first,
        block=sums.block[inside],
        bucket=sums.bucket[inside],
        censored=sums.censored[inside],
        count=sums.count[inside],
        n=sums.n[inside],
        people=sums.people[first:last],
        known=sums.known[first:last],
        second={name: a[first:last] for name, a in sums.second.items()},
        mixed=sums.mixed[first:last],
    )


def _shares_of(kpi: Kpi, spread: Histogram, sums: SpreadSums, said: _Said) -> list[Estimate]:
    groups, values, blocks = len(sums.groups), len(sums.values), sums.blocks
    cells = (sums.group * values + sums.bucket) * blocks + sums.block

    def dense(count: Array) -> Array:
        flat = np.bincount(cells, count, minlength=groups * values * blocks)
        return np.asarray(flat.reshape(groups, values, blocks), dtype=np.float64)

    yes, rows = dense(sums.count), dense(sums.n.astype(np.float64)).sum(axis=1)
    whole = sums.second.get("n_second", yes.sum(axis=1))
    if "n_second" in sums.second:
        rows = sums.second.get("rows_second", np.rint(whole))

    def repeated(a: Array) -> Array:
        return np.repeat(a, values, axis=0)

    shares = BlockSums(
        [{**g, spread.column: _label(v)} for g in sums.groups for v in sums.values],
        repeated(rows),
        {"n": repeated(whole), "yes": yes.reshape(groups * values, blocks)},
        # People of one fact say nothing about rows of another.
        repeated(sums.people * np.nan if sums.second else sums.people),
        repeated(sums.known),
    )
    r = replicate(shares, lambda m: 100 * m.yes / m.n)
    limits = _share_method(kpi).limits(r, said.level)
    blend = np.repeat(sums.mixed, values if sums.mixed.size else 0)
    return _rows(kpi, _Figures(shares.groups, r.value, limits, r.n, customers(r), shares.known, mixed=blend), said)


def _label(value: str | int | float) -> str | int:
    return (
        int(value)
        if isinstance(value, float) and value.is_integer()
        else value
        if isinstance(value, int)
        else str(value)
    )


def _share_method(kpi: Kpi) -> Method:
    """The KPI's own method, but Wilson's on the moments of a histogram, which are named 'yes' and 'n'."""
    return wilson("yes") if kpi.method.name == "wilson" else kpi.method


def _rows(kpi: Kpi, f: _Figures, said: _Said) -> list[Estimate]:
    groups = len(f.groups)
    blend = f.mixed.tolist() if f.mixed.size else [False] * groups
    pending = f.pending.tolist() if f.pending.size else [0.0] * groups
    values, ns, people, known = f.value.tolist(), f.n.tolist(), f.people.tolist(), f.known.tolist()
    limits = list(zip(*(x.tolist() for x in f.limits), strict=True))
    quiet = kpi.method.name == "none"
    found = []
    for i, group in enumerate(f.groups):
        n = round(ns[i])
        # Over two facts none of the first is a figure: no contacts of many customers is a rate of 0.
        value = None if blend[i] or (n == 0 and kpi.second is None) else _number(values[i])
        status: Status = "mixed" if blend[i] and n else _status(n, value, people[i], kpi)
        told = status in ("ok", "few_customers")
        shown = told and (value is not None or kpi.method.q is not None)
        low, high, n_eff = (_number(x) for x in limits[i]) if shown else (None, None, None)
        notes = _notes(known[i], round(pending[i]), n)
        if told and not quiet:
            notes += _limit_notes(kpi, value, *limits[i][:2])
        found.append(
            Estimate(
                kpi=kpi.key, value=value, low=low, high=high, n=n, unit=kpi.unit, status=status, method=kpi.method.name,
                level=said.level, n_eff=n_eff, definition=kpi.version, as_of=said.as_of, group=dict(group),
                notes=notes + said.remark(group),
            )
        )  # fmt: skip
    return found


def _status(n: int, value: float | None, people: float, kpi: Kpi) -> Status:
    if (n == 0 and kpi.second is None) or (value is None and kpi.method.q is None):
        return "no_data"
    if kpi.method.name == "none" or people >= FEW_CUSTOMERS:
        return "ok"
    return "few_customers" if people >= TOO_FEW_CUSTOMERS else "too_few"


def _notes(known: float, pending: int, n: int) -> tuple[str, ...]:
    notes = ("repeats_unseen",) if n and known == 0 else ()
    return (*notes, f"pending:{pending}") if pending else notes


def _limit_notes(kpi: Kpi, value: float | None, low: float, high: float) -> tuple[str, ...]:
    if kpi.method.q is None:
        return ("no_variation",) if value is not None and isnan(low) and isnan(high) else ()
    notes = ("not_reached",) if value is None else ()
    return (*notes, "upper_not_reached") if isinf(high) else notes


def _number(x: float) -> float | None:
    return x if isfinite(x) else None
