"""How many people stand behind a group: counted exactly wherever they may be few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from peil.core.moments import CountBetween
from peil.core.replicates import BlockSums, SpreadSums
from peil.warehouse import sql
from peil.warehouse.cells import Key, Summed
from peil.warehouse.engines import Engine
from peil.warehouse.plan import Need, Plan, read_by
from peil.warehouse.sql import Bound, Statement

FEW_BLOCKS = 30
NAMED_GROUPS = 200


def occupied(sums: BlockSums | SpreadSums) -> NDArray[np.int64]:
    if isinstance(sums, BlockSums):
        return np.asarray((sums.n != 0).sum(axis=1), dtype=np.int64)
    cells = np.unique(sums.group * sums.blocks + sums.block)
    return np.asarray(np.bincount(cells // sums.blocks, minlength=len(sums.groups)), dtype=np.int64)


def count_people(engine: Engine, made: Plan, found: Mapping[tuple[str, bool], Summed]) -> None:
    """Fill in how many people stand behind groups in which they may be few.

    Each occupied block is at least one person, so many occupied blocks are many people; only
    the other groups are counted, in one statement.
    """
    small: dict[Key, None] = {}
    wanted: list[Need] = []
    for need in made.needs:
        summed = found[need.kpi.key, need.second]
        blocks = summed.sums.n.shape[1] if isinstance(summed.sums, BlockSums) else summed.sums.blocks
        few = np.flatnonzero(occupied(summed.sums) < min(FEW_BLOCKS, blocks))
        if len(few):
            wanted.append(need)
            small |= dict.fromkeys(summed.keys[i] for i in few)
    if not small:
        return
    statement = _people_statement(made, wanted, list(small))
    counted = engine.fetch(statement.query, statement.values)
    columns = [counted[b].to_pylist() for b in made.by]
    keys: list[Key] = [tuple(k) for k in zip(*columns, strict=True)] if columns else [()]
    for i, need in enumerate(wanted):
        summed = found[need.kpi.key, need.second]
        number = dict(zip(keys, counted[f"people_{i}"].to_pylist(), strict=True))
        for g, key in enumerate(summed.keys):
            if key in number:
                summed.sums.people[g] = number[key]


def _people_statement(made: Plan, wanted: Sequence[Need], small: Sequence[Key]) -> Statement:
    bound = Bound(dict(made.bound.values))
    conditions = [*made.rows.conditions, *read_by(wanted)]
    if made.by and len(small) <= NAMED_GROUPS:
        groups = [exp.and_(*[_equals(c, v, bound) for c, v in zip(made.by, key, strict=True)]) for key in small]
        conditions.append(exp.paren(exp.or_(*groups)))
    sums: list[exp.Expr] = []
    for i, need in enumerate(wanted):
        counted = exp.Case().when(_counts(need), sql.column("person"))
        sums.append(exp.alias_(exp.Count(this=exp.Distinct(expressions=[counted])), f"people_{i}", quoted=True))
    rows = sql.Rows(source=made.rows.source, conditions=tuple(conditions))
    query = sql.grouped(rows, [sql.column(b) for b in made.by], sums)
    used = {str(p.this) for p in query.find_all(exp.Placeholder)}  # the plan's other values bind nothing here
    return Statement(query, {name: value for name, value in bound.values.items() if name in used})


def _equals(name: str, value: str | int | date | None, bound: Bound) -> exp.Expr:
    return sql.column(name).is_(exp.null()) if value is None else sql.column(name).eq(bound(value))


def _counts(need: Need) -> exp.Expr:
    """Whether a row counts in the need's n."""
    among = [sql.is_sql(c) for c in need.rows]
    n = need.moments.get("n")
    if isinstance(n, CountBetween):
        return exp.and_(*among, sql.inside(n.column, n.low, n.high))
    if need.spread is not None:
        return exp.and_(*among, sql.spread_known(need.spread))
    name = n.column if n is not None else next(iter(need.moments.values())).column
    return exp.and_(*among, sql.column(name).is_(exp.null()).not_())
