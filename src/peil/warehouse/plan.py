"""Which statements answer a query: KPIs grouped by the rows they read.

The conditions of a KPI on its rows (`Kpi.rows`) are columns with few values. They join the
GROUP BY instead of standing inside the sums, so all KPIs of a fact share the same few moments:
NPS, CSAT and low effort are one count of boxes, told apart by the kind of question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlglot import exp

from peil.core.errors import BadQuery, did_you_mean
from peil.core.kpi import Kpi
from peil.core.moments import Count, CountBetween, Is, Moment, Spread, Sum, SumProduct
from peil.facts.schema import FACTS
from peil.warehouse import sql
from peil.warehouse.fixed_cells import CELL_COLUMNS, Cut, is_in_cells, shown_cells, whole_months
from peil.warehouse.periods import Period, between, finest, parse
from peil.warehouse.query import PERIODS, Filter, KpiQuery
from peil.warehouse.sql import Bound, Rows, Statement

SPELL_COLUMNS = ("at_start", "kept", "gained", "start_days", "present")
RARE = frozenset({"score_100", "gap", "expected"})
KNOWN, ROWS, ROWS_WEIGHTED = "rows_known", "rows", "rows_weighted"
MOST_WHOLE = 2**31 - 1  # of the narrowest column that a filter meets
MOST_PERIODS = 2_000
_WORDS = {"yes": 1, "true": 1, "ja": 1, "no": 0, "false": 0, "nee": 0}


@dataclass(frozen=True, slots=True)
class Need:
    """What one KPI (or its second part) wants of one fact."""

    kpi: Kpi
    fact: str
    rows: tuple[Is, ...]
    moments: Mapping[str, Moment]
    spread: Spread | None = None
    second: bool = False

    @property
    def spells(self) -> bool:
        return self.fact == "memberships" and any(m.column in SPELL_COLUMNS for m in self.moments.values())

    @property
    def shared_with(self) -> tuple[object, ...]:
        """Needs that agree on this are answered by one statement.

        Needs with conditions on the same columns go together, so that no statement groups by a
        column for the sake of a few of its rows; measures that few rows have are summed apart.
        """
        asked = frozenset(c.column for c in self.rows)
        rare = any(m.column in RARE for m in self.moments.values())
        within = self.kpi.within if self.spread else None
        return (self.fact, self.spells, self.kpi.last_answer, self.spread, within, asked, rare, is_in_cells(self.kpi))

    @property
    def ripe(self) -> str | None:
        return f"ripe_{self.kpi.ripe_days}" if self.kpi.ripe_days and not self.second else None


def needs_of(kpi: Kpi) -> list[Need]:
    found = [Need(kpi, kpi.fact, kpi.rows, kpi.moments, kpi.spread)]
    if kpi.second is not None:
        found.append(Need(kpi, kpi.second.fact, kpi.second.rows, kpi.second.moments, second=True))
    return found


@dataclass(frozen=True, slots=True)
class Reach:
    """What a query can ask of one fact, as the warehouse has it: columns, newest day, periods of spells."""

    columns: tuple[str, ...]
    newest: date | None
    periods: tuple[Period, ...] = ()
    told: date | None = None  # until when it tells what became of its rows; `newest` where nothing else is known
    cut: Cut | None = None  # how cells of employees are cut


def known_columns(need: Need, reach: Reach, names: Sequence[str]) -> tuple[str, ...]:
    """Those of `names` that one can group or filter this fact by."""
    fact = FACTS[need.fact]
    extra = {c for c in reach.columns if c.startswith("x_")}
    allowed = {*fact.dimensions, *extra, *(PERIODS if need.spells else ())}
    if is_in_cells(need.kpi):
        allowed &= CELL_COLUMNS
    return tuple(n for n in names if n in allowed)


def check_columns(needs: Sequence[Need], reach: Mapping[str, Reach], query: KpiQuery) -> None:
    """Refuse a column that no asked KPI knows, naming the nearest one that exists."""
    asked = [*query.by, *(f.column for f in query.where)]
    for name in asked:
        if any(known_columns(n, reach[n.fact], [name]) for n in needs if not n.second):
            continue
        facts = {n.fact for n in needs if not n.second}
        if all(is_in_cells(n.kpi) for n in needs) and FACTS[needs[0].fact].has(name):
            raise BadQuery(
                f"What employees answered comes in whole cells, which '{name}' would cut through.",
                f"Ask by {', '.join(sorted(CELL_COLUMNS - {'kind'}))}.",
            )
        allowed = {d for f in facts for d in FACTS[f].dimensions} | {
            c for f in facts for c in reach[f].columns if c.startswith("x_")
        }
        raise BadQuery(f"One can't group or filter these KPIs by '{name}'.", did_you_mean(name, allowed))


def typed_filter(filter: Filter, fact: str) -> Filter:
    """The filter with its values as the column holds them: 2026-01 as 202601, yes as 1."""
    if filter.column.startswith("x_"):
        return Filter(filter.column, tuple(None if v is None else str(v) for v in filter.values), filter.negated)
    kind = str(FACTS[fact].column(filter.column).type) if FACTS[fact].has(filter.column) else "int32"
    return Filter(filter.column, tuple(_typed(filter.column, kind, v) for v in filter.values), filter.negated)


def _typed(column: str, kind: str, value: str | int | date | None) -> str | int | date | None:
    if value is None or isinstance(value, date):
        return value
    if column in PERIODS:
        period = parse(str(value))
        if period.kind != column:
            raise BadQuery(f"'{value}' is a {period.kind}, not a {column}.", f"Filter by {period.kind} instead.")
        return period.code
    if kind.startswith("int"):
        text = str(value).strip().lower()
        try:
            number = _WORDS[text] if text in _WORDS else int(text)
        except ValueError:
            number = None
        if number is None or abs(number) > MOST_WHOLE:
            raise BadQuery(f"'{value}' is not a value of '{column}'.", "Give a whole number, or yes or no.")
        return number
    return str(value)


@dataclass(frozen=True, slots=True)
class Plan:
    """One statement, and which KPIs read which of its columns."""

    needs: tuple[Need, ...]
    rows: Rows
    by: tuple[str, ...]
    conditions: tuple[str, ...]
    same: frozenset[Is]  # conditions of all needs: no row of the result fails them
    ripe: Mapping[str, exp.Expr]  # alias -> 1 where a row is old enough to count
    statement: Statement
    bound: Bound
    sides: tuple[exp.Expr, ...] = ()  # over two periods: which rows are of the earlier one, and which of the later
    counts_people: bool = False  # by block, beside the sums
    cuts: tuple[str, ...] = ()  # columns that rows are grouped by one at a time

    @property
    def side(self) -> exp.Expr | None:
        """The key that tells the rows of two periods apart."""
        return _side_sql(self.needs[0], self.sides) if self.sides else None

    def of_side(self, side: int) -> Plan:
        """The same with the rows of one of the two periods."""
        rows = replace(self.rows, conditions=(*self.rows.conditions, self.sides[side]))
        return replace(self, rows=rows, sides=())

    def of_cut(self, cut: str) -> Plan:
        """The same of the rows grouped by one of the columns."""
        return replace(self, by=(cut,), cuts=())


def plan(
    needs: Sequence[Need], reach: Reach, query: KpiQuery, earlier: KpiQuery | None = None, cuts: Sequence[str] = ()
) -> Plan:
    """The statement for needs that share one (`Need.shared_with`).

    With `earlier`, whose period ends as that of the query begins, it is about both and tells rows apart by `SIDE`;
    the periods of spells in `reach` are then the earlier one and the later one. With `cuts` it is about the query by
    each of these columns instead.
    """
    first, bound = needs[0], Bound()
    by = known_columns(first, reach, query.by)
    filters = _filters(needs, reach, query if earlier is None else replace(query, since=earlier.since), bound)
    sides = _sides(first, query, bound) if earlier is not None else ()
    side = _side_sql(first, sides) if sides else None
    same = frozenset(first.rows).intersection(*(n.rows for n in needs))
    conditions = tuple(dict.fromkeys(c.column for n in needs for c in n.rows if c not in same))
    rows = counted = _rows(needs, query, filters, side)
    if first.spells:
        columns = tuple(dict.fromkeys((*by, *conditions)))
        rows, counted = _spells(reach, query, filters, columns, bound, numbered=bool(sides))
    within = (first.kpi.within,) if first.spread and first.kpi.within else ()
    keys: list[exp.Expr] = [sql.column(c) for c in dict.fromkeys((*by, *within, *conditions))]
    keys += [side] if side is not None else []
    ripe = _ripe(needs, query.as_of or reach.told or reach.newest or date.max, bound)
    keys += [*(sql.named(e, name) for name, e in ripe.items()), sql.column("block")]
    names = aggregates(needs, query.weighted)
    if first.spread is not None:
        spread = zip(sql.spread_columns(first.spread, query.exact), ("value", "censored"), strict=True)
        keys += [sql.named(e, name) for e, name in spread if e is not None]
        rows = counted = Rows(source=rows.source, conditions=(*rows.conditions, sql.spread_known(first.spread)))
    beside = _people_beside(needs, (*by, *cuts))
    if beside:
        names |= {people_name(n): sql.people_once(_in_n(n)) for n in needs}
    sums = [sql.named(e, name) for name, e in names.items()]
    statement = Statement(sql.grouped(counted, keys, sums, cuts), bound.values)
    return Plan(tuple(needs), rows, by, conditions, same, ripe, statement, bound, sides, beside, tuple(cuts))


def _ripe(needs: Sequence[Need], newest: date, bound: Bound) -> dict[str, exp.Expr]:
    days = {n.ripe: n.kpi.ripe_days for n in needs if n.ripe}
    return {name: sql.ripe_sql(newest - timedelta(days=d), bound) for name, d in days.items()}


def _sides(first: Need, query: KpiQuery, bound: Bound) -> tuple[exp.Expr, ...]:
    """Conditions for the rows before the period of the query, and in it."""
    if first.spells:
        return tuple(sql.column(sql.SIDE).eq(exp.Literal.number(i)) for i in (0, 1))
    assert query.since is not None
    day, cut = sql.column("day"), bound(query.since)
    return exp.LT(this=day, expression=cut), exp.GTE(this=day.copy(), expression=cut.copy())


def _side_sql(first: Need, sides: Sequence[exp.Expr]) -> exp.Expr:
    if first.spells:
        return sql.column(sql.SIDE)
    one, zero = exp.Literal.number(1), exp.Literal.number(0)
    return sql.named(exp.Case().when(sides[1].copy(), one).else_(zero), sql.SIDE)


def _people_beside(needs: Sequence[Need], by: Sequence[str]) -> bool:
    """Whether the statement counts people by block as well, rather than looking once more for everyone's last answer.

    A person is in one block, so blocks add up; conditions of one value keep a person from being counted in two rows.
    """
    alone = all(len(c.values) == 1 for n in needs for c in n.rows) and not any(n.ripe for n in needs)
    return needs[0].kpi.last_answer and not by and alone


def counts_in_n(need: Need, ripe: Mapping[str, exp.Expr]) -> exp.Expr:
    """Whether a row counts in the n of the need."""
    among = [sql.is_sql(c) for c in need.rows]
    if need.ripe:
        among.append(ripe[need.ripe].copy().eq(1))
    return exp.and_(*among, _in_n(need))


def _in_n(need: Need) -> exp.Expr:
    """The same of a row that is one of the need's."""
    n = need.moments.get("n")
    if isinstance(n, CountBetween):
        return sql.inside(n.column, n.low, n.high)
    if need.spread is not None:
        return sql.spread_known(need.spread)
    name = n.column if n is not None else next(iter(need.moments.values())).column
    return sql.column(name).is_(exp.null()).not_()


def people_name(need: Need) -> str:
    """The alias of a need's people, in a statement that counts them."""
    first = need.moments.get("n") or next(iter(need.moments.values()))
    return f"people_of_{moment_name(first, False)}"


def _filters(needs: Sequence[Need], reach: Reach, query: KpiQuery, bound: Bound) -> list[exp.Expr]:
    first = needs[0]
    known = set(known_columns(first, reach, [f.column for f in query.where]))
    filters = [sql.filter_sql(typed_filter(f, first.fact), bound) for f in query.where if f.column in known]
    filters += read_by(needs)
    if reach.cut is not None and is_in_cells(first.kpi):
        by_team = "team" in {*query.by, *known}
        filters.append(shown_cells(reach.cut, first.kpi, bound, by_team=by_team))
        query = whole_months(query, reach.cut.over)
    if FACTS[first.fact].clock is not None and not first.spells:
        filters += sql.day_conditions(query.since, query.until, query.as_of, bound)
    return filters


def _rows(needs: Sequence[Need], query: KpiQuery, filters: Sequence[exp.Expr], side: exp.Expr | None) -> Rows:
    first = needs[0]
    rows = sql.fact_rows(first.fact, filters)
    if first.kpi.last_answer:
        asked = {c.column for n in needs for c in n.rows}
        each = [sql.column(c) for c in ("question", *sorted(asked))]
        spans = [sql.column(b) for b in query.by if b in PERIODS]
        spans += [side.this.copy()] if side is not None else []
        return sql.last_answers(rows, each, spans, _kinds(needs))
    return rows


def _kinds(needs: Sequence[Need]) -> tuple[str, ...]:
    """Every kind of question that the needs read; () where one of them reads any."""
    of_each = [[v for c in n.rows if c.column == "kind" for v in c.values] for n in needs]
    return tuple(dict.fromkeys(str(kind) for kinds in of_each for kind in kinds)) if all(of_each) else ()


def _spells(
    reach: Reach, query: KpiQuery, filters: Sequence[exp.Expr], columns: Sequence[str], bound: Bound, *, numbered: bool
) -> tuple[Rows, Rows]:
    """Each spell by period, and the same with equal ones counted together."""
    kinds = [p for p in PERIODS if p in query.by or any(f.column == p for f in query.where)]
    calendar = sql.calendar(reach.periods, bound, kinds, numbered=numbered)
    kept = [*(c for c in columns if c not in PERIODS), "known", "block"]
    of_calendar = [f for f in filters if any(c.name in PERIODS for c in f.find_all(exp.Column))]
    of_spells = [f for f in filters if f not in of_calendar]
    alike = sql.alike_spells("memberships", of_spells, reach.periods, kept, weighted=query.weighted)
    each = sql.chosen_spells("memberships", of_spells)
    return (
        sql.spell_rows(each, calendar, of_calendar),
        sql.spell_rows(alike, calendar.copy(), of_calendar, sql.EDGES),
    )


def read_by(needs: Sequence[Need]) -> list[exp.Expr]:
    """A condition that lets the engine skip the rows that none of the needs reads.

    Needs that differ in one condition only, such as the kind of question, are named together.
    """
    if any(not n.rows for n in needs):
        return []
    alternatives: dict[frozenset[Is], list[Is]] = {}
    for need in needs:
        first, *others = sorted(need.rows, key=lambda c: (c.column != "kind", c.column))
        alternatives.setdefault(frozenset(others), []).append(first)
    found = []
    for rest, firsts in alternatives.items():
        by_column: dict[str, list[str | int]] = {}
        for first in firsts:
            by_column.setdefault(first.column, []).extend(first.values)
        either = [sql.is_sql(Is(c, tuple(dict.fromkeys(values)))) for c, values in by_column.items()]
        same = [sql.is_sql(c) for c in sorted(rest, key=lambda c: c.column)]
        found.append(exp.and_(exp.or_(*either, copy=False), *same, copy=False))
    return [exp.paren(exp.or_(*found, copy=False), copy=False)]


def moment_name(moment: Moment, weighted: bool) -> str:
    """The alias of a moment in a statement, readable in `peil explain`."""
    match moment:
        case Count(name):
            base = f"count_{name}"
        case CountBetween(name, low, high):
            base = f"count_{name}_{low:g}_{high:g}".replace("-", "minus").replace(".", "_")
        case Sum(name, power, origin):
            base = f"sum_{name}{'_squared' if power == 2 else ''}{f'_from_{origin:g}' if origin else ''}"
        case SumProduct(name, other):
            base = f"sum_{name}_{other}"
    return base + ("_weighted" if weighted else "")


def squared_name(n: Moment) -> str:
    return f"squared_weights_of_{moment_name(n, False)}"


def aggregates(needs: Sequence[Need], weighted: bool) -> dict[str, exp.Expr]:
    """Every distinct aggregate once, whatever the number of KPIs that share it."""
    alike = sql.ALIKE if needs[0].spells else None
    weight = alike if not weighted else sql.WEIGHTS if alike else sql.WEIGHT
    found: dict[str, exp.Expr] = {KNOWN: sql.moment_sql(CountBetween("known", 1, 1), alike)}
    if needs[0].spread is not None:
        found[ROWS] = exp.Count(this=exp.Star())
        if weighted:
            found[ROWS_WEIGHTED] = exp.Sum(this=sql.number(sql.WEIGHT))
        return found
    for need in needs:
        n = need.moments.get("n")
        for moment in need.moments.values():
            name = name_in(need, moment, weighted)
            if name not in found:
                found[name] = sql.moment_sql(moment, weight, given(need, moment))
        if n is not None and moment_name(n, False) not in found:
            found[moment_name(n, False)] = sql.moment_sql(n, alike)
        if n is not None and weighted:
            found.setdefault(squared_name(n), sql.squared_weights(n, alike is not None))
    return found


def given(need: Need, moment: Moment) -> str | None:
    """The scale of a mean is that of the rows which have the value: a skipped answer has none."""
    return need.moments["n"].column if moment.column == "scale_code" and "n" in need.moments else None


def name_in(need: Need, moment: Moment, weighted: bool) -> str:
    """The alias of a need's moment in its statement."""
    column = given(need, moment)
    return moment_name(moment, weighted) + (f"_where_{column}" if column else "")


def spell_periods(query: KpiQuery, first: date | None, last: date | None) -> tuple[Period, ...]:
    """The periods over which spells are looked at; empty when no period can be told."""
    since, until = query.since or first, query.until or (query.as_of + timedelta(days=1) if query.as_of else last)
    if since is None or until is None or since >= until:
        return ()
    kind = finest(query.by)
    periods = tuple(between(kind, since, until)) if kind else (Period("all", 0, since, until),)
    if len(periods) > MOST_PERIODS:
        raise BadQuery(
            f"That is {len(periods):,} times a {kind}.", "Ask for a shorter period, or for longer parts of it."
        )
    return periods
