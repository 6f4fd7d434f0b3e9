"""The figures of a journey's stops: each KPI over the rows of its stop, one question for all stops of a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from peil.board.journeys.keeping import StopKept
from peil.board.tiles import unknown_column
from peil.core.kpi import Estimate, Kpi
from peil.core.kpis import ALL, BY_KEY
from peil.core.moments import Histogram
from peil.warehouse.query import Filter, KpiQuery
from peil.warehouse.run import answer

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

# The column that tells the stop of a row, by fact; other facts are about the whole organisation.
COLUMN_OF = {"answers": "touchpoint", "invitations": "touchpoint", "interactions": "reason", "journey_runs": "journey"}
CHOICES = tuple(
    k.key
    for k in ALL
    if not k.people and k.better != "neither" and not k.assumes and not isinstance(k.spread, Histogram)
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows figures are counted over: days [since, until), and the filters of who looks."""

    warehouse: Warehouse
    since: date | None
    until: date | None
    where: tuple[Filter, ...] = ()

    def figures(self, keys: Sequence[str], by: Sequence[str] = ()) -> list[Estimate]:
        """The figures of those KPIs whose rows know every column that is asked for."""
        able = tuple(k for k in keys if self.unknown(k, by) is None)
        if not able:
            return []
        query = KpiQuery(kpis=able, by=tuple(by), where=self.where, since=self.since, until=self.until)
        return answer(self.warehouse, query)

    def unknown(self, key: str, by: Sequence[str] = ()) -> str | None:
        """The column of a filter or group that this KPI's rows don't have; None where they have them all."""
        return unknown_column(key, [*by, *(f.column for f in self.where)], self.warehouse.engine.tables())


@dataclass(frozen=True, slots=True)
class StopFigure:
    """A KPI at a stop; `estimate` is None where nothing was measured, or where its rows can't be found."""

    kpi: str
    estimate: Estimate | None
    placed: bool  # whether it is known which rows are of this stop
    unknown: str | None = None  # the column of a filter that this KPI's rows don't have


def column_of(kpi: Kpi) -> str:
    """The column that tells the stop of this KPI's rows; '' where it is about the whole organisation."""
    about_the_whole = any(r.column == "relationship" and r.values == (1,) for r in kpi.rows)
    return "" if about_the_whole else COLUMN_OF.get(kpi.fact, "")


def stop_figures(rows: Rows, stops: Sequence[StopKept]) -> Mapping[int, tuple[StopFigure, ...]]:
    """The figures of each stop, by its place in `stops`."""
    keys = list(dict.fromkeys(k for stop in stops for k in stop.kpis))
    found: dict[tuple[str, str], Estimate] = {}
    for column in dict.fromkeys(column_of(BY_KEY[k]) for k in keys):
        of_column = [k for k in keys if column_of(BY_KEY[k]) == column]
        for e in rows.figures(of_column, (column,) if column else ()):
            value = e.group.get(column) if column else ""
            if value is not None:
                found[(e.kpi, str(value))] = e
    return {at: tuple(_figure(found, stop, k, rows.unknown(k)) for k in stop.kpis) for at, stop in enumerate(stops)}


def _figure(found: Mapping[tuple[str, str], Estimate], stop: StopKept, key: str, unknown: str | None) -> StopFigure:
    column = column_of(BY_KEY[key])
    value = stop.found_in.get(column, "") if column else ""
    placed = not column or bool(value)
    return StopFigure(key, found.get((key, value)) if placed else None, placed, unknown)
