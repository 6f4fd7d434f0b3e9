"""How many contacts came in, and how many were open at the end of a day: counts of everything, so without a margin.

Open is a contact that came in during the 90 days before, was not solved and not hung up: what is older was given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlglot import exp

from peil.core.kpis.shapes import INBOUND
from peil.warehouse import sql
from peil.warehouse.plan import typed_filter
from peil.warehouse.query import Filter
from peil.warehouse.sql import Bound

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

WINDOW = timedelta(days=90)
_FACT = "interactions"


@dataclass(frozen=True, slots=True)
class Workload:
    """Contacts that came in during [since, until), and those open as it ended; None where that is not told."""

    came_in: int | None
    still_open: int | None


def workload(warehouse: Warehouse, where: Sequence[Filter], since: date, until: date) -> Workload:
    """Count the contacts of a period that meet every filter."""
    there = warehouse.engine.tables().get(_FACT, [])
    if not there or any(f.column not in there for f in where):
        return Workload(None, None)
    key = ("workload", tuple(where), since, until, warehouse.settings.time_zone)
    version = warehouse.remembered.version(warehouse.engine)
    return warehouse.remembered.get((*key, version), lambda: [_count_both(warehouse, where, since, until)])[0]


def _count_both(warehouse: Warehouse, where: Sequence[Filter], since: date, until: date) -> Workload:
    there = warehouse.engine.tables()[_FACT]
    came_in = _count(warehouse, where, (since, until), None)
    told = _count(warehouse, (), (None, until), _solved_known(there))
    return Workload(came_in, _still_open(warehouse, where, until) if told else None)


def _solved_known(there: Sequence[str]) -> exp.Expr:
    """Whether a contact tells when it was solved; without such contacts all would count as open."""
    return sql.column("resolved_at").is_(exp.null()).not_() if "resolved_at" in there else exp.false()


def _still_open(warehouse: Warehouse, where: Sequence[Filter], until: date) -> int:
    zone = ZoneInfo(warehouse.settings.time_zone)
    moment = datetime.combine(until, time(), zone).astimezone(UTC).isoformat(sep=" ", timespec="seconds")
    bound = Bound()
    solved_later = exp.GTE(this=sql.column("resolved_at"), expression=exp.cast(bound(moment), "TIMESTAMPTZ"))
    unsolved = exp.paren(exp.or_(sql.column("resolved_at").is_(exp.null()), solved_later))
    hung_up = exp.func("COALESCE", sql.column("abandoned"), exp.Literal.number(0)).eq(exp.Literal.number(1))
    condition = exp.and_(unsolved, exp.not_(hung_up))
    return _count(warehouse, where, (until - WINDOW, until), condition, bound)


def _count(
    warehouse: Warehouse,
    where: Sequence[Filter],
    days: tuple[date | None, date | None],
    also: exp.Expr | None,
    bound: Bound | None = None,
) -> int:
    bound = bound or Bound()
    conditions = [sql.is_sql(i) for i in INBOUND] + [sql.filter_sql(typed_filter(f, _FACT), bound) for f in where]
    conditions += sql.day_conditions(days[0], days[1], None, bound) + ([also] if also is not None else [])
    rows = sql.fact_rows(_FACT, conditions)
    query = sql.grouped(rows, [], [sql.named(exp.Count(this=exp.Star()), "n")])
    return int(warehouse.engine.fetch(query, bound.values).to_pylist()[0]["n"])
