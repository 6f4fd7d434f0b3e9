"""How many people stand behind a group: counted exactly wherever they may be few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sqlglot import exp

from peil.core.numerics.replicates import BlockSums, SpreadSums
from peil.warehouse import sql
from peil.warehouse.engines import Engine
from peil.warehouse.plan import Need, Plan, counts_in_n, people_name, read_by
from peil.warehouse.results.cells import Cells, Key, Summed, numbers
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


@dataclass(frozen=True, slots=True)
class Side:
    """What a statement gave of one of its periods, or of its only one."""

    cells: Cells
    found: Mapping[tuple[str, bool], Summed]
    small: dict[Key, None] = field(default_factory=dict)  # the groups whose people are to be counted
    wanted: dict[str, list[Summed]] = field(default_factory=dict)  # by what counts in their n


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Of which needs people are to be counted, and what counts in their n."""

    conditions: dict[str, exp.Expr] = field(default_factory=dict)
    needs: dict[tuple[str, bool], Need] = field(default_factory=dict)


def count_people(engine: Engine, made: Plan, sides: Sequence[Side]) -> None:
    """Fill in how many people stand behind each group, in one statement where that of the sums did not count them.

    All groups are counted where the rows are few, which tells whether anyone answered twice;
    over many rows only the groups whose few occupied blocks leave room for few people.
    """
    _count(engine, made, sides, _wanted(made, sides))


def count_people_by_each(engine: Engine, made: Plan, sides_of: Mapping[str, Sequence[Side]]) -> None:
    """The same for a plan over several cuts: those of which all groups are counted are asked about in one statement.

    Each row is a person, but for those of people with several rows: only these are looked at once more.
    """
    wanted = {cut: _wanted(made.of_cut(cut), sides) for cut, sides in sides_of.items()}
    together = [cut for cut, sides in sides_of.items() if _count_rows(wanted[cut]) and all(map(_few_rows, sides))]
    for cut in sides_of.keys() - set(together):
        _count(engine, made.of_cut(cut), sides_of[cut], wanted[cut])
    if not together:
        return
    conditions = {text: c for cut in together for text, c in wanted[cut].conditions.items()}
    needs = {key: n for cut in together for key, n in wanted[cut].needs.items()}
    several = replace(made, cuts=tuple(together))
    statement = _repeated_statement(several, list(needs.values()), list(conditions.values()))
    counted = engine.fetch(statement.query, statement.values)
    for cut in together:
        rows = counted.filter(pc.equal(counted[sql.CUT], sql.cut_code(together, cut)))
        for i, side in enumerate(sides_of[cut]):
            mine = rows.filter(pc.equal(rows[sql.SIDE], i)) if made.sides else rows
            _fill_less_repeated(mine, cut, list(conditions), side)


def _few_rows(side: Side) -> bool:
    return all(summed.sums.n.sum() <= COUNTED_ROWS for wanted in side.wanted.values() for summed in wanted)


def _count_rows(wanted: _Wanted) -> bool:
    """Whether there is anything to count, and every n is a number of rows of one person each."""
    return bool(wanted.needs) and all(
        n.fact not in GROUP_TOTALS and (n.spread is not None or "n" in n.moments) for n in wanted.needs.values()
    )


def _repeated_statement(made: Plan, needs: Sequence[Need], counts: Sequence[exp.Expr]) -> Statement:
    """How many rows the people with several have in each group, and how many people those are."""
    conditions = [*made.rows.conditions, *read_by(needs)]
    side = [made.side] if made.side is not None else []
    several = sql.of_several(made.rows, conditions, side, counts)
    if needs[0].kpi.last_answer and all(len(c.values) == 1 for n in needs for c in n.rows):
        several = sql.column(sql.AGAIN).eq(exp.Literal.number(1))
    rows = sql.Rows(source=made.rows.source, conditions=(*conditions, several))
    sums: list[exp.Expr] = []
    for i, counted in enumerate(counts):
        sums.append(sql.named(exp.CountIf(this=counted.copy()), f"rows_{i}"))
        sums.append(sql.named(sql.people(counted), f"people_{i}"))
    return _with_its_values(sql.grouped(rows, side, sums, made.cuts), made.bound)


def _fill_less_repeated(counted: pa.Table, cut: str, conditions: Sequence[str], side: Side) -> None:
    keys = counted[cut].to_pylist()
    for i, condition in enumerate(conditions):
        rows, whose = (numbers(counted[f"{name}_{i}"]) for name in ("rows", "people"))
        less = dict(zip(keys, (rows - whose).tolist(), strict=True))
        for summed in side.wanted.get(condition, ()):
            for g, (key, n) in enumerate(zip(summed.keys, _rows_of_groups(summed.sums), strict=True)):
                summed.sums.people[g] = n - less.get(key[0], 0.0)
                summed.members.append(float(summed.sums.people[g]))


def _rows_of_groups(sums: BlockSums | SpreadSums) -> list[float]:
    if isinstance(sums, BlockSums):
        return [float(n) for n in sums.n.sum(axis=1)]
    return [float(n) for n in np.bincount(sums.group, weights=sums.n, minlength=len(sums.groups))]


def _wanted(made: Plan, sides: Sequence[Side]) -> _Wanted:
    """What is to be counted; each side is told its own part."""
    wanted = _Wanted()
    for side in sides:
        for need, few in _to_count(made, side):
            condition = counts_in_n(need, made.ripe)
            wanted.conditions[condition.sql()] = condition
            wanted.needs[need.kpi.key, need.second] = need
            side.wanted.setdefault(condition.sql(), []).append(side.found[need.kpi.key, need.second])
            side.small.update(dict.fromkeys(few))
    return wanted


def _count(engine: Engine, made: Plan, sides: Sequence[Side], wanted: _Wanted) -> None:
    asked = [i for i, side in enumerate(sides) if side.small]
    if not asked:
        return
    of_these = made.of_side(asked[0]) if len(asked) < len(sides) else made
    small = list(dict.fromkeys(key for side in sides for key in side.small))
    statement = _people_statement(of_these, list(wanted.needs.values()), list(wanted.conditions.values()), small)
    counted = engine.fetch(statement.query, statement.values)
    for i in asked:
        mine = counted.filter(pc.equal(counted[sql.SIDE], i)) if of_these.sides else counted
        _fill(mine, of_these.by, list(wanted.conditions), sides[i])


def _to_count(made: Plan, side: Side) -> Iterator[tuple[Need, list[Key]]]:
    """The needs whose people are not counted yet, with the groups to count them in."""
    for need in made.needs:
        summed = side.found[need.kpi.key, need.second]
        # By its own rows, so that a figure is the same whatever is asked beside it.
        few = _few(summed.sums, all_groups=summed.sums.n.sum() <= COUNTED_ROWS or need.fact in GROUP_TOTALS)
        if len(few) and made.counts_people:
            number = float(side.cells.column(people_name(need))[side.cells.rows(need.rows)].sum())
            summed.sums.people[0] = number
            summed.members.append(number)
        elif len(few):
            yield need, [summed.keys[g] for g in few]


def _fill(counted: pa.Table, by: Sequence[str], conditions: Sequence[str], side: Side) -> None:
    columns = [counted[b].to_pylist() for b in by]
    keys: list[Key] = [tuple(k) for k in zip(*columns, strict=True)] if columns else [()]
    named = set(side.small) if len(side.small) <= NAMED_GROUPS else set(keys)
    for i, condition in enumerate(conditions):
        number = dict(zip(keys, counted[f"people_{i}"].to_pylist(), strict=True))
        told = f"members_{i}" in counted.column_names
        members = dict(zip(keys, counted[f"members_{i}"].to_pylist(), strict=True)) if told else number
        for summed in side.wanted.get(condition, ()):
            for g, key in enumerate(summed.keys):
                summed.sums.people[g] = number.get(key, np.nan) if key in named else np.nan
                summed.members.append(float(members[key]) if key in members and key in named else np.nan)


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
        sums.append(sql.named(sql.people(counted), f"people_{i}"))
        if needs[0].fact in GROUP_TOTALS:
            sums.append(sql.named(_members(counted), f"members_{i}"))
    rows = sql.Rows(source=made.rows.source, conditions=tuple(conditions))
    side = [made.side] if made.side is not None else []
    query = sql.grouped(rows, [*side, *(sql.column(b) for b in made.by)], sums)
    return _with_its_values(query, bound)


def _with_its_values(query: exp.Select, bound: Bound) -> Statement:
    """The plan's other values bind nothing here."""
    used = {str(p.this) for p in query.find_all(exp.Placeholder)}
    return Statement(query, {name: value for name, value in bound.values.items() if name in used})


def _members(counted: exp.Expr) -> exp.Expr:
    """The people of a group: employees by their own rows, or what the largest total says of how many it is about.

    A row about one employee who is not named is one person.
    """
    about = exp.func("COALESCE", sql.column("employees"), exp.Literal.number(1))
    one = exp.paren(exp.or_(sql.column("known").eq(1), about <= 1))
    named = exp.and_(counted, one)
    total = exp.and_(counted, exp.not_(one))
    own = sql.people(named)
    largest = exp.Max(this=exp.Case().when(total, sql.column("employees")))
    return own + exp.func("COALESCE", largest, exp.Literal.number(0))


def _equals(name: str, value: str | int | date | None, bound: Bound) -> exp.Expr:
    return sql.column(name).is_(exp.null()) if value is None else sql.column(name).eq(bound(value))
