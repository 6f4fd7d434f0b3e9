"""How many contacts came in, and how many were open at the end of a day: counts of everything, so without a margin.

Open is a contact that came in during the 90 days before, was not solved and not hung up: what is older was given up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

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
_EPOCH_YEAR = 1970  # what ClickHouse may give as the first day of no rows


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
    """Both in one statement about the days that either is about."""
    bound = Bound()
    first = until - WINDOW
    conditions = [sql.filter_sql(typed_filter(f, _FACT), bound) for f in where]
    conditions += sql.day_conditions(min(since, first), until, None, bound)
    came_in = exp.CountIf(this=_from(since, bound))
    still_open = exp.CountIf(this=exp.and_(_from(first, bound), _is_open(warehouse, until, bound)))
    found = _asked(warehouse, conditions, {"came_in": came_in, "still_open": still_open}, bound)
    solved = _first_solved(warehouse)
    told = solved is not None and solved < until
    return Workload(int(found["came_in"] or 0), int(found["still_open"] or 0) if told else None)


def _from(day: date, bound: Bound) -> exp.Expr:
    return exp.GTE(this=sql.column("day"), expression=bound(day))


def _first_solved(warehouse: Warehouse) -> date | None:
    """The first day of which a contact tells when it was solved; without such contacts all would count as open."""
    if "resolved_at" not in warehouse.engine.tables()[_FACT]:
        return None
    known = [sql.column("resolved_at").is_(exp.null()).not_()]
    first = {"first": exp.Min(this=sql.column("day"))}
    key = ("first_solved", warehouse.remembered.version(warehouse.engine))
    (day,) = warehouse.remembered.get(key, lambda: [_asked(warehouse, known, first, Bound())["first"]])
    return day if isinstance(day, date) and day.year > _EPOCH_YEAR else None


def _is_open(warehouse: Warehouse, until: date, bound: Bound) -> exp.Expr:
    """Not solved by the end, nor hung up."""
    zone = warehouse.zone
    moment = datetime.combine(until, time(), zone).astimezone(UTC).isoformat(sep=" ", timespec="seconds")
    if "resolved_at" not in warehouse.engine.tables()[_FACT]:
        return exp.false()
    solved_later = exp.GTE(this=sql.column("resolved_at"), expression=exp.cast(bound(moment), "TIMESTAMPTZ"))
    unsolved = exp.paren(exp.or_(sql.column("resolved_at").is_(exp.null()), solved_later))
    hung_up = exp.func("COALESCE", sql.column("abandoned"), exp.Literal.number(0)).eq(exp.Literal.number(1))
    return exp.and_(unsolved, exp.not_(hung_up))


def _asked(
    warehouse: Warehouse, conditions: Sequence[exp.Expr], sums: Mapping[str, exp.Expr], bound: Bound
) -> dict[str, Any]:
    rows = sql.fact_rows(_FACT, [*(sql.is_sql(i) for i in INBOUND), *conditions])
    query = sql.grouped(rows, [], [sql.named(e, name) for name, e in sums.items()])
    return dict(warehouse.engine.fetch(query, bound.values).to_pylist()[0])
