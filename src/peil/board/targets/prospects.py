"""How targets stand: the figure now, the chance to reach them, and the rows that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from peil.board.targets.keeping import Baseline, TargetKept, months_later
from peil.board.tiles import unknown_column
from peil.core.kpi import Estimate
from peil.core.kpis import get
from peil.core.targets import (
    Course,
    Goal,
    Month,
    Outlook,
    Present,
    follow,
    outlook,
    power_to_show,
    present_of,
    rows_to_show,
    stay,
)
from peil.warehouse.periods import bounds, code_of, parse
from peil.warehouse.query import Filter, KpiQuery
from peil.warehouse.run import answer

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

MONTHS_BACK = 18
_MONTH_DAYS = 365.25 / 12

# past: due already; no_figure: nothing measured; no_interval: too few answers or customers for one
Silence: TypeAlias = Literal["past", "no_figure", "no_interval"]


@dataclass(frozen=True, slots=True)
class Prospect:
    """How one target stands. `outlook` is None where it can't be told, for the reason in `silence`."""

    kpi: str
    team: str
    value: float
    due: date
    now: Estimate | None
    outlook: Outlook | None
    course: Course | None  # None: too few whole months, so that the figure is taken to stay as it is
    silence: Silence | None
    rows_needed: int | None  # to show the step from the baseline at all; None where no number does
    power: float | None  # of as many rows as now
    baseline: Baseline | None


@dataclass(frozen=True, slots=True)
class Aim:
    """A target, set or only thought of."""

    kpi: str
    team: str
    value: float
    due: date
    baseline: Baseline | None = None

    @classmethod
    def of(cls, target: TargetKept) -> Aim:
        return cls(target.kpi, target.team, target.value, target.due, target.baseline)


@dataclass(frozen=True, slots=True)
class Measuring:
    """Which rows targets are judged by: those of [since, until), of whom one may see."""

    warehouse: Warehouse
    since: date
    until: date
    where: tuple[Filter, ...] = ()

    def figures(self, aims: Sequence[Aim]) -> Mapping[tuple[str, str], Estimate]:
        """The figure of each KPI and team, in one question for all teams."""
        found: dict[tuple[str, str], Estimate] = {}
        for by in self._groupings(aims):
            query = KpiQuery(kpis=self._able(aims, by), by=by, where=self.where, since=self.since, until=self.until)
            for e in answer(self.warehouse, query) if query.kpis else []:
                if not by or e.group.get("team"):
                    found[(e.kpi, str(e.group["team"]) if by else "")] = e
        return found

    def months(self, aims: Sequence[Aim]) -> Mapping[tuple[str, str], list[Month]]:
        """The whole months before the end of these days, for each KPI and team."""
        end = bounds("month", code_of("month", self.until))[0]
        start = months_later(end, -MONTHS_BACK)
        found: dict[tuple[str, str], list[Month]] = {}
        for by in self._groupings(aims):
            query = KpiQuery(kpis=self._able(aims, by), by=(*by, "month"), where=self.where, since=start, until=end)
            for e in answer(self.warehouse, query) if query.kpis else []:
                now, month = present_of(e), e.group.get("month")
                if now is not None and month is not None and now.variance > 0 and (not by or e.group.get("team")):
                    team = str(e.group["team"]) if by else ""
                    found.setdefault((e.kpi, team), []).append(
                        Month(_middle(parse(str(month)).start, parse(str(month)).end), now.value, now.variance)
                    )
        return {key: sorted(months, key=lambda m: m.at) for key, months in found.items()}

    def _able(self, aims: Sequence[Aim], by: tuple[str, ...]) -> tuple[str, ...]:
        """The KPIs of the teams, or of the whole, whose rows know every column that is asked for."""
        columns, tables = [*by, *(f.column for f in self.where)], self.warehouse.engine.tables()
        keys = dict.fromkeys(a.kpi for a in aims if bool(a.team) == bool(by))
        return tuple(k for k in keys if unknown_column(k, columns, tables) is None)

    @staticmethod
    def _groupings(aims: Sequence[Aim]) -> list[tuple[str, ...]]:
        return [
            by for by, asked in (((), not all(a.team for a in aims)), (("team",), any(a.team for a in aims))) if asked
        ]


def prospects(measuring: Measuring, aims: Sequence[Aim], today: date) -> list[Prospect]:
    """How each target stands, in the order given."""
    if not aims:
        return []
    figures, months = measuring.figures(aims), measuring.months(aims)
    return [
        _prospect(a, figures.get((a.kpi, a.team)), months.get((a.kpi, a.team), []), (measuring, today)) for a in aims
    ]


def _prospect(aim: Aim, now: Estimate | None, months: Sequence[Month], asked: tuple[Measuring, date]) -> Prospect:
    measuring, today = asked
    present = None if now is None else present_of(now)
    needed, power = _rows(aim, present)
    silence: Silence | None = None
    if aim.due <= today:
        silence = "past"
    elif now is None or now.value is None:
        silence = "no_figure"
    elif present is None:
        silence = "no_interval"
    if silence or present is None:
        return Prospect(aim.kpi, aim.team, aim.value, aim.due, now, None, None, silence, needed, power, aim.baseline)
    length = measuring.until - measuring.since
    then = _middle(aim.due - length, aim.due)
    course = follow(months, max(then - months[-1].at, 0.0)) if months else None
    goal = Goal(aim.value, get(aim.kpi).better == "higher", present.n)
    found = outlook(course or stay(present), present, goal)
    return Prospect(aim.kpi, aim.team, aim.value, aim.due, now, found, course, None, needed, power, aim.baseline)


def _rows(aim: Aim, present: Present | None) -> tuple[int | None, float | None]:
    """The rows that show the step from the baseline, and the power of as many rows as there are now."""
    start = present if aim.baseline is None else _of_baseline(aim.baseline)
    if start is None:
        return None, None
    rows = present.n if present is not None else start.n
    return rows_to_show(start, aim.value), power_to_show(start, aim.value, rows)


def _of_baseline(b: Baseline) -> Present | None:
    return present_of(
        Estimate(
            kpi="", value=b.value, low=b.low, high=b.high, n=b.n, unit="score", status="ok", method="", level=b.level
        )
    )


def _middle(since: date, until: date) -> float:
    """The middle of [since, until) in months, from any origin."""
    return (since.toordinal() + until.toordinal()) / 2 / _MONTH_DAYS
