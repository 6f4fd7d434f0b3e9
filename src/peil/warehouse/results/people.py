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
from peil.warehouse.engines import Engine
from peil.warehouse.plan import Need, Plan, read_by
from peil.warehouse.results.cells import Key, Summed
from peil.warehouse.sql import Bound, Statement

FEW_BLOCKS = 30
COUNTED_ROWS = 50_000
NAMED_GROUPS = 200
GROUP_TOTALS = ("work_weeks",)  # facts whose rows may be about a group of people


def occupied(sums: BlockSums | SpreadSums) -> NDArray[np.int64]:
    """Blocks with rows, per group: each is at least one person."""
    if isinstance(sums, BlockSums):
        return np.asarray((sums.n != 0).sum(axis=1), dtype=np.int64)
    cells = np.unique(sums.group * sums.blocks + sums.block)
    return np.asarray(np.bincount(cells // sums.blocks, minlength=len(sums.groups)), dtype=np.int64)


def count_people(engine: Engine, made: Plan, found: Mapping[tuple[str, bool], Summed]) -> None:
    """Fill in how many people stand behind each group, in one statement.

    All groups are counted where the rows are few, which tells whether anyone answered twice;
    over many rows only the groups whose few occupied blocks leave room for few people.
    """
    small: dict[Key, None] = {}
    wanted: dict[str, tuple[exp.Expr, list[Summed]]] = {}
    needs: list[Need] = []
    for need in made.needs:
        summed = found[need.kpi.key, need.second]
        # By its own rows, so that a figure is the same whatever is asked beside it.
        few = _few(summed.sums, all_groups=summed.sums.n.sum() <= COUNTED_ROWS or need.fact in GROUP_TOTALS)
        if len(few):
            condition = counts_in_n(made, need)
            wanted.setdefault(condition.sql(), (condition, []))[1].append(summed)
            needs.append(need)
            small |= dict.fromkeys(summed.keys[i] for i in few)
    if not small:
        return
    totals = needs[0].fact in GROUP_TOTALS
    statement = _people_statement(made, needs, [c for c, _ in wanted.values()], list(small))
    counted = engine.fetch(statement.query, statement.values)
    columns = [counted[b].to_pylist() for b in made.by]
    keys: list[Key] = [tuple(k) for k in zip(*columns, strict=True)] if columns else [()]
    for i, (_, alike) in enumerate(wanted.values()):
        number = dict(zip(keys, counted[f"people_{i}"].to_pylist(), strict=True))
        members = dict(zip(keys, counted[f"members_{i}"].to_pylist(), strict=True)) if totals else number
        for summed in alike:
            for g, key in enumerate(summed.keys):
                summed.sums.people[g] = number.get(key, np.nan)
                summed.members.append(float(members[key]) if key in members else np.nan)


def _few(sums: BlockSums | SpreadSums, *, all_groups: bool) -> NDArray[np.int64]:
    """The groups whose people are to be counted."""
    if not sums.n.any():
        return np.zeros(0, dtype=np.int64)
    if all_groups:
        return np.arange(len(sums.groups))
    blocks = sums.n.shape[1] if isinstance(sums, BlockSums) else sums.blocks
    return np.flatnonzero(occupied(sums) < min(FEW_BLOCKS, blocks))


def _people_statement(made: Plan, needs: Sequence[Need], counts: Sequence[exp.Expr], small: Sequence[Key]) -> Statement:
    bound = Bound(dict(made.bound.values))
    conditions = [*made.rows.conditions, *read_by(needs)]
    if made.by and len(small) <= NAMED_GROUPS:
        groups = [exp.and_(*[_equals(c, v, bound) for c, v in zip(made.by, key, strict=True)]) for key in small]
        conditions.append(exp.paren(exp.or_(*groups)))
    sums: list[exp.Expr] = []
    for i, counted in enumerate(counts):
        person = exp.Case().when(counted, sql.column("person"))
        sums.append(sql.named(exp.Count(this=exp.Distinct(expressions=[person])), f"people_{i}"))
        if needs[0].fact in GROUP_TOTALS:
            sums.append(sql.named(_members(counted), f"members_{i}"))
    rows = sql.Rows(source=made.rows.source, conditions=tuple(conditions))
    query = sql.grouped(rows, [sql.column(b) for b in made.by], sums)
    used = {str(p.this) for p in query.find_all(exp.Placeholder)}  # the plan's other values bind nothing here
    return Statement(query, {name: value for name, value in bound.values.items() if name in used})


def _members(counted: exp.Expr) -> exp.Expr:
    """The people of a group: employees by their own rows, or what the largest total says of how many it is about.

    A row about one employee who is not named is one person.
    """
    about = exp.func("COALESCE", sql.column("employees"), exp.Literal.number(1))
    one = exp.paren(exp.or_(sql.column("known").eq(1), about <= 1))
    named = exp.and_(counted, one)
    total = exp.and_(counted, exp.not_(one))
    own = exp.Count(this=exp.Distinct(expressions=[exp.Case().when(named, sql.column("person"))]))
    largest = exp.Max(this=exp.Case().when(total, sql.column("employees")))
    return own + exp.func("COALESCE", largest, exp.Literal.number(0))


def _equals(name: str, value: str | int | date | None, bound: Bound) -> exp.Expr:
    return sql.column(name).is_(exp.null()) if value is None else sql.column(name).eq(bound(value))


def counts_in_n(made: Plan, need: Need) -> exp.Expr:
    """Whether a row counts in the n of the need."""
    among = [sql.is_sql(c) for c in need.rows]
    if need.ripe:
        among.append(made.ripe[need.ripe].copy().eq(1))
    n = need.moments.get("n")
    if isinstance(n, CountBetween):
        return exp.and_(*among, sql.inside(n.column, n.low, n.high))
    if need.spread is not None:
        return exp.and_(*among, sql.spread_known(need.spread))
    name = n.column if n is not None else next(iter(need.moments.values())).column
    return exp.and_(*among, sql.column(name).is_(exp.null()).not_())
