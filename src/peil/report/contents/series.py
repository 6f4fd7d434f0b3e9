"""Figures over time: weeks where there are answers enough, else months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median
from typing import Literal, TypeAlias

from peil.core.kpi import Estimate
from peil.core.kpis import BY_KEY
from peil.report.question import Asking
from peil.warehouse.fixed_cells import is_in_cells
from peil.warehouse.periods import between, parse

Kind: TypeAlias = Literal["week", "month"]
WEEKS, MONTHS = 26, 18
ENOUGH = 30  # answers in the usual week
FEWEST = 3  # periods that make a line


@dataclass(frozen=True, slots=True)
class Series:
    """A KPI by week or month, the oldest first; `unfinished` says which periods are not whole."""

    kpi: str
    kind: Kind
    estimates: tuple[Estimate, ...]
    unfinished: tuple[bool, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(str(e.group[self.kind]) for e in self.estimates)


def series(asking: Asking, keys: Sequence[str]) -> dict[str, Series]:
    """The line of each KPI that has one."""
    edges = asking.extents
    first = min((first for first, _ in edges.values()), default=None)
    last = max((last for _, last in edges.values()), default=None)
    if first is None or last is None:
        return {}
    until = asking.span.until if asking.span else last + timedelta(days=1)
    by_week = [k for k in keys if not BY_KEY[k].spells and not _by_register(k) and not is_in_cells(BY_KEY[k])]
    found = _lines(asking, by_week, "week", (first, until))
    rest = [k for k in keys if k not in found]
    return found | _lines(asking, rest, "month", (first, until))


def _by_register(key: str) -> bool:
    second = BY_KEY[key].second
    return second is not None and second.fact == "memberships"


def _lines(asking: Asking, keys: Sequence[str], kind: Kind, days: tuple[date, date]) -> dict[str, Series]:
    """The lines by this kind of period, over the last of the days [first, until)."""
    first, until = days
    since = max(_start(kind, until - timedelta(days=1)), _start_of(kind, first))
    if not keys or since >= until:
        return {}
    by_key: dict[str, list[Estimate]] = {}
    for e in asking.figures(keys, [kind], since=since, until=until):
        if e.group.get(kind) is not None:
            by_key.setdefault(e.kpi, []).append(e)
    found = {}
    for key, estimates in by_key.items():
        whole = [e.n for e in estimates if e.value is not None]
        enough = kind == "month" or (whole and median(whole) >= ENOUGH)
        if len(whole) >= FEWEST and enough:
            filled = _filled(estimates, kind, since, until)
            cut = tuple(parse(str(e.group[kind])).end > until for e in filled)
            found[key] = Series(key, kind, tuple(filled), cut)
    return found


def _start(kind: Kind, last: date) -> date:
    if kind == "week":
        return last - timedelta(days=last.weekday(), weeks=WEEKS - 1)
    months = last.year * 12 + last.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _start_of(kind: Kind, first: date) -> date:
    """The first whole period since rows began; one that began earlier would be a part of itself."""
    if kind == "week":
        return first + timedelta(days=-first.weekday() % 7)
    return first if first.day == 1 else date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _filled(estimates: Sequence[Estimate], kind: Kind, since: date, until: date) -> list[Estimate]:
    """The estimates in order, with an empty one for every period in which nobody answered."""
    there = {str(e.group[kind]): e for e in estimates}
    nothing = replace(
        estimates[0], value=None, low=None, high=None, n=0, n_eff=None, status="no_data", notes=(), group={}
    )
    labels = [p.label for p in between(kind, since, until)]
    return [there.get(label, replace(nothing, group={kind: label})) for label in labels]
