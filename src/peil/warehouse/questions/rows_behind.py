"""The rows behind a figure, by the predicate that the figure is counted with, the newest first.

Who the rows are about stays out: no customer, no employee unless figures per employee were agreed
on, no comment unless it is asked for; the source and its key tell where to look a row up. A figure
that is hidden has no rows to show, nor has a figure about employees.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from peil.core import kpis as catalogue
from peil.core.errors import BadQuery
from peil.facts.schema import FACTS, Fact
from peil.warehouse import sql
from peil.warehouse.plan import Need, Plan, Reach, counts_in_n, known_columns, needs_of, plan
from peil.warehouse.query import PERIODS, KpiQuery
from peil.warehouse.results.small_groups import minimum
from peil.warehouse.run import check_people, reach_of
from peil.warehouse.sql import Bound

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

MOST = 1_000
_TIMELESS = date(1970, 1, 1)  # where a row without a day stands in the order: last
_KEYS_SHOWN = ("response_id", "interaction_id", "visit_id")
_NOT_SHOWN = frozenset(
    {*PERIODS[1:], "weekday", "hour", "known", "customer_id", "scale_code", "since_day", "until_day"}
)


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Some of the rows behind a figure; `after` asks for those that follow, None when these are the last."""

    kpi: str
    fact: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    after: str | None


def rows_behind(
    warehouse: Warehouse, query: KpiQuery, after: str | None = None, limit: int = 50, *, comments: bool = False
) -> RowsPage:
    """Rows that count in the n of the one KPI that `query` names; of a ratio of two facts those of the first.

    What the query groups by plays no part: name the group in `where`. Pages are told apart by
    the rows themselves, so that an import in between neither repeats nor skips one.
    """
    if len(query.kpis) != 1 or not 1 <= limit <= MOST:
        raise BadQuery("Rows are those of one figure.", f"Name one KPI, and ask for 1 to {MOST:,} rows at a time.")
    need = needs_of(catalogue.get(query.kpis[0]))[0]
    fact, query = FACTS[need.fact], replace(query, by=(), compare=None, weighted=False)
    reach = reach_of(warehouse, query)[fact.name]
    _check(need, reach, query, per_person=warehouse.settings.per_person)
    shown = columns_shown(fact, reach.columns, per_person=warehouse.settings.per_person, comments=comments)
    if not reach.columns or (need.spells and not reach.periods):
        return RowsPage(need.kpi.key, fact.name, shown, (), None)
    counted = _Counted(warehouse, fact, plan([need], reach, query), need)
    least = minimum(need.kpi, warehouse.settings.min_answers, warehouse.settings.min_people)
    if 0 < counted.number(least) < least:
        raise BadQuery(
            f"Fewer than {least} rows are behind this figure, so they are hidden, as the figure is.",
            "Ask for a longer period or a larger group.",
        )
    found = counted.page(shown, after, limit + 1)
    more = len(found) > limit
    return RowsPage(
        need.kpi.key, fact.name, shown, tuple(found[:limit]), _place(fact, found[limit - 1]) if more else None
    )


def columns_shown(fact: Fact, there: Sequence[str], *, per_person: bool, comments: bool) -> tuple[str, ...]:
    """What is told of a row: where it comes from, when it was, and what was measured."""
    clock = [fact.clock] if fact.clock else []
    first = ["source", fact.key, *(["day"] if fact.clock else []), *clock]
    hidden = _NOT_SHOWN if per_person else _NOT_SHOWN | {"employee_id"}
    for column in fact.columns:
        told = column.role in ("dimension", "measure", "time") or column.name in _KEYS_SHOWN
        told = told or (column.role == "text" and comments)
        if told and column.name not in hidden and not column.name.endswith("_bucket"):
            first.append(column.name)
    extra = [name for name in there if name.startswith("x_")]
    return tuple(dict.fromkeys(name for name in (*first, *extra) if name in there))


def _check(need: Need, reach: Reach, query: KpiQuery, *, per_person: bool) -> None:
    """Refuse what the figure refuses, and a filter that its rows don't have: they would be too many."""
    check_people(query, per_person)
    if need.kpi.people:
        raise BadQuery("Rows about employees are not shown one by one.", "Ask for the figure.")
    for column in (f.column for f in query.where):
        if reach.columns and not known_columns(need, reach, [column]):
            raise BadQuery(f"The rows of '{need.kpi.key}' have no '{column}'.", "Leave that filter out.")
    if need.spells and not (query.since and (query.until or query.as_of)):
        raise BadQuery("Spells of customers are looked at over a period.", "Give the period, such as 2026-Q1.")


@dataclass(frozen=True, slots=True)
class _Counted:
    """The rows that count in a figure's n."""

    warehouse: Warehouse
    fact: Fact
    made: Plan
    need: Need

    def number(self, most: int) -> int:
        """How many there are, counted up to `most`."""
        if not most:
            return 0
        some = self._select([sql.named(exp.Literal.number(1), "one")]).limit(most, copy=False)
        number = exp.select(sql.named(exp.Count(this=exp.Star()), "n")).from_(some.subquery("counted"))
        return int(self._fetch(number, self.made.bound)[0]["n"])

    def page(self, shown: Sequence[str], after: str | None, limit: int) -> list[Mapping[str, Any]]:
        bound = Bound(dict(self.made.bound.values))
        query = self._select([sql.column(name) for name in shown])
        if after is not None:
            query.where(self._later(after, bound), copy=False)
        query.order_by(*self._order(), copy=False).limit(limit, copy=False)
        return self._fetch(query, bound)

    def _select(self, columns: Sequence[exp.Expr]) -> exp.Select:
        rows = self.made.rows
        query = exp.select(*columns, copy=False).from_(rows.source.copy(), copy=False)
        conditions = [*rows.conditions, counts_in_n(self.need, self.made.ripe)]
        return query.where(*[c.copy() for c in conditions], copy=False)

    def _fetch(self, query: exp.Query, bound: Bound) -> list[Mapping[str, Any]]:
        used = {str(p.this) for p in query.find_all(exp.Placeholder)}
        values = {name: value for name, value in bound.values.items() if name in used}
        return list(self.warehouse.engine.fetch(query, values).to_pylist())

    def _order(self) -> list[exp.Expr]:
        key = [exp.Ordered(this=sql.column(c), desc=False, nulls_first=False) for c in ("source", self.fact.key)]
        return [exp.Ordered(this=_day(), desc=True, nulls_first=False), *key] if self.fact.clock else list(key)

    def _later(self, after: str, bound: Bound) -> exp.Expr:
        """The rows that come after a place in the order."""
        day, source, key = read_place(after)
        of_source, of_key = sql.column("source"), sql.column(self.fact.key)
        later = exp.or_(
            exp.GT(this=of_source, expression=bound(source)),
            exp.and_(of_source.copy().eq(bound(source)), exp.GT(this=of_key, expression=bound(key))),
        )
        if not self.fact.clock:
            return exp.paren(later)
        older = exp.LT(this=_day(), expression=bound(day))
        return exp.paren(exp.or_(older, exp.and_(_day().eq(bound(day)), exp.paren(later))))


def _day() -> exp.Expr:
    return exp.func("COALESCE", sql.column("day"), exp.cast(exp.Literal.string(_TIMELESS.isoformat()), "DATE"))


def _place(fact: Fact, row: Mapping[str, Any]) -> str:
    day = (row.get("day") if fact.clock else None) or _TIMELESS
    return json.dumps([day.isoformat(), row["source"], row[fact.key]], ensure_ascii=False)


def read_place(after: str) -> tuple[date, str, str]:
    """A place in the order of rows, out of a page's `after`."""
    try:
        day, source, key = json.loads(after)
        found = date.fromisoformat(day), source, key
    except (ValueError, TypeError):
        found = None
    if found is None or not isinstance(found[1], str) or not isinstance(found[2], str):
        raise BadQuery("That is no place among the rows.", "Take the `after` of an earlier page as it is.")
    return found
