"""Which period a report is about, and which rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from peil.core.kpi import Comparison, Estimate
from peil.facts.schema import FACTS
from peil.report.words import Language
from peil.warehouse.periods import before
from peil.warehouse.query import Compare, Filter, KpiQuery
from peil.warehouse.questions.breakdowns import told_apart
from peil.warehouse.questions.comparing import compare
from peil.warehouse.questions.contrasts import against_rest
from peil.warehouse.run import answer, extent, last_day_before

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

DAYS = 30
Extents: TypeAlias = Mapping[str, tuple[date, date]]  # of each fact its first and last day
CLOCKS = ("answers", "interactions", "visits", "solution_views", "journey_runs")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuestion:
    """What a person asks of a report; without a period the last 30 whole days that have rows."""

    language: Language = "en"
    title: str | None = None
    since: date | None = None
    until: date | None = None
    compare: Compare = "previous"
    where: tuple[Filter, ...] = ()
    weighted: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The days a report is about, [since, until), and those before that they are compared with."""

    since: date
    until: date
    before_since: date
    before_until: date

    @property
    def last(self) -> date:
        return self.until - timedelta(days=1)

    @property
    def before_last(self) -> date:
        return self.before_until - timedelta(days=1)


def choose_span(warehouse: Warehouse, asked: ReportQuestion, today: date) -> Span | None:
    """The asked period, else the last 30 whole days with rows; None where rows have no day, or too few days.

    Rows of less than 60 days are shown as a whole: there is nothing to compare them with. What comes in today moves
    nothing: the last import may be of weeks ago, and the days since then are not known to be empty.
    """
    held = extents(warehouse)
    since, until = asked.since, asked.until
    if since is None or until is None:
        if not held:
            return None
        newest = max(filter(None, (last_day_before(warehouse, fact, today) for fact in held)), default=None)
        newest = newest or today - timedelta(days=1)
        first = min(first for first, _ in held.values())
        until = until or newest + timedelta(days=1)
        if since is None:
            since = until - timedelta(days=DAYS)
            if (since - first).days < DAYS:
                return None
    return Span(since, until, *before(since, until, asked.compare))


def extents(warehouse: Warehouse) -> Extents:
    """First and last day of each fact that tells when people asked, answered or visited."""
    found = {fact: extent(warehouse, fact) for fact in CLOCKS}
    return {fact: edges for fact, edges in found.items() if edges is not None}


@dataclass(frozen=True, slots=True)
class Asking:
    """A warehouse, the question and its period: every figure of a report is asked through here."""

    warehouse: Warehouse
    asked: ReportQuestion
    span: Span | None
    extents: Extents

    def query(self, keys: Sequence[str], by: Sequence[str] = (), **more: Any) -> KpiQuery:
        """The query for these KPIs over the report's rows and period, unless `more` says otherwise."""
        said: dict[str, Any] = {"where": self.asked.where, "weighted": self.asked.weighted}
        if self.span is not None:
            said |= {"since": self.span.since, "until": self.span.until}
        return KpiQuery(kpis=tuple(dict.fromkeys(keys)), by=tuple(by), **(said | more))

    def figures(self, keys: Sequence[str], by: Sequence[str] = (), **more: Any) -> list[Estimate]:
        return answer(self.warehouse, self.query(keys, by, **more)) if keys else []

    def figures_to_compare(self, keys: Sequence[str]) -> list[Estimate]:
        """These figures; what `changes` needs of the period before is fetched along with them."""
        return self.figures(keys, compare=self.asked.compare)

    def changes(self, keys: Sequence[str], by: Sequence[str] = (), **more: Any) -> list[Comparison]:
        """Each figure beside the period before; nothing where there is no period."""
        if self.span is None or not keys:
            return []
        return compare(self.warehouse, self.query(keys, by, compare=self.asked.compare, **more))

    def told_apart(self, keys: Sequence[str], columns: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """For each KPI those columns by which a change may show; `changes` by them are then at hand."""
        return told_apart(self.warehouse, self.query(keys, compare=self.asked.compare), columns)

    def contrasts(self, keys: Sequence[str], by: str) -> list[Comparison]:
        return against_rest(self.warehouse, self.query(keys, (by,))) if keys else []

    def columns(self, fact: str) -> tuple[str, ...]:
        """What this fact can be grouped by: its dimensions and the company's own columns."""
        held = self.warehouse.engine.tables().get(fact, [])
        return tuple(c for c in held if c in FACTS[fact].dimensions or c.startswith("x_"))
