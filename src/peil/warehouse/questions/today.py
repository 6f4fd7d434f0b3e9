"""How many people answered on a day that is not over: headlines leave it out, and yet one wants to see it come in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlglot import exp

from peil.warehouse import sql
from peil.warehouse.plan import typed_filter
from peil.warehouse.query import Filter
from peil.warehouse.sql import Bound

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

_FACT = "answers"
_OF_EMPLOYEES = "engagement"  # of them nobody is told when who answered


def answered_on(warehouse: Warehouse, where: Sequence[Filter], day: date) -> int:
    """How many submissions of customers have an answer of `day` that meets every filter."""
    there = warehouse.engine.tables().get(_FACT, [])
    if not there or any(f.column not in there for f in where):
        return 0
    key = ("answered_on", tuple(where), day)
    version = warehouse.remembered.version(warehouse.engine)
    return warehouse.remembered.get((*key, version), lambda: [_count(warehouse, where, day)])[0]


def _count(warehouse: Warehouse, where: Sequence[Filter], day: date) -> int:
    bound = Bound()
    conditions = [sql.filter_sql(typed_filter(f, _FACT), bound) for f in where]
    conditions += sql.day_conditions(day, day + timedelta(days=1), None, bound)
    conditions.append(exp.NEQ(this=sql.column("kind"), expression=exp.Literal.string(_OF_EMPLOYEES)))
    each = exp.Count(this=exp.Distinct(expressions=[sql.column("response_id")]))
    query = sql.grouped(sql.fact_rows(_FACT, conditions), [], [sql.named(each, "n")])
    return int(warehouse.engine.fetch(query, bound.values).to_pylist()[0]["n"])
