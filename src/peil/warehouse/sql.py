"""Moments, groups and filters -> SQL: the only file that writes a statement about facts.

Statements are sqlglot trees, printed in the dialect of the engine. Whatever a person gave is
bound as a parameter; what stands in the text comes from KPI definitions and the schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
from sqlglot import exp

from peil.core.errors import Bug
from peil.core.moments import Count, CountBetween, Is, LogHistogram, Moment, Spread, Sum, SumProduct
from peil.facts.schema import FACTS
from peil.warehouse.periods import Period, code_of
from peil.warehouse.query import Filter

WEIGHT = "weight"
ALIKE, WEIGHTS, SQUARED = "alike", "weights", "weights_squared"  # of rows that are counted together
CUT = "cut"  # by which of its columns a row of a statement over several is grouped
AGAIN = "again"  # of a last answer: 1 where its person may have given several
SIDE = "side"  # of a row in a statement over two periods: 0 in the earlier one, 1 in the later one
SPELL_DAYS, EDGES = ("since_day", "until_day"), ("since_edge", "until_edge")
_EPOCH = date(1970, 1, 1)
_TYPES = {
    c.name: {f.column(c.name).type for f in FACTS.values() if f.has(c.name)} for t in FACTS.values() for c in t.columns
}
_DOUBLES = frozenset(name for name, types in _TYPES.items() if types == {pa.float64()})


@dataclass(slots=True)
class Bound:
    """The values bound to a statement, by parameter name."""

    values: dict[str, object] = field(default_factory=dict)

    def __call__(self, value: str | int | date) -> exp.Placeholder:
        name = f"p{len(self.values)}"
        self.values[name] = value
        types = exp.DataType.Type
        kind = types.DATE if isinstance(value, date) else types.BIGINT if isinstance(value, int) else types.VARCHAR
        return exp.Placeholder(this=name, kind=exp.DataType(this=kind))


@dataclass(frozen=True, slots=True)
class Statement:
    """A query and its bound values."""

    query: exp.Query
    values: dict[str, object]

    def text(self, dialect: str) -> str:
        return self.query.sql(dialect=dialect, pretty=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which rows of a fact, under which names: the source of a statement and its conditions."""

    source: exp.Expr
    conditions: tuple[exp.Expr, ...] = ()


def _identifier(name: str) -> exp.Identifier:
    return exp.Identifier(this=name, quoted=True)


def column(name: str) -> exp.Column:
    return exp.Column(this=_identifier(name))


def named(e: exp.Expr, name: str) -> exp.Alias:
    return exp.Alias(this=e, alias=_identifier(name))


def _double(e: exp.Expr) -> exp.Expr:
    return exp.Cast(this=e, to=exp.DataType(this=exp.DataType.Type.DOUBLE))


def number(name: str) -> exp.Expr:
    """A column as a double, so that sums neither overflow nor differ between engines."""
    return column(name) if name in _DOUBLES else _double(column(name))


def _sum_where(condition: exp.Expr, amount: exp.Expr) -> exp.Expr:
    return exp.Sum(this=_where(condition, amount))


def _where(condition: exp.Expr, amount: exp.Expr) -> exp.Expr:
    return exp.Case(ifs=[exp.If(this=condition, true=amount)])


def _known(name: str) -> exp.Expr:
    return exp.Not(this=exp.Is(this=column(name), expression=exp.Null()))


def _times(one: exp.Expr, other: exp.Expr) -> exp.Expr:
    return exp.Mul(this=one, expression=other)


def _centred(name: str, origin: float) -> exp.Expr:
    x = number(name)
    return exp.Paren(this=exp.Sub(this=x, expression=exp.Literal.number(origin))) if origin else x


def moment_sql(moment: Moment, weight: str | None = None, given: str | None = None) -> exp.Expr:
    """One moment as an aggregate; null over no rows, which is read as 0.

    With `weight`, a row counts as often as that column says; with `given`, only rows where that column is known.
    """
    match moment:
        case Count(name):
            known = exp.and_(_known(name), _known(given), copy=False) if given else _known(name)
            if weight:
                return _sum_where(known, number(weight))
            return exp.CountIf(this=known) if given else exp.Count(this=column(name))
        case CountBetween(name, low, high):
            among = inside(name, low, high)
            if weight:
                return _sum_where(among, number(weight))
            return exp.CountIf(this=among)
        case Sum(name, power, origin):
            factors = [_centred(name, origin) for _ in range(power)]
            amount = factors[0] if power == 1 else _times(*factors)
        case SumProduct(name, other):
            amount = _times(number(name), number(other))
        case _:
            raise Bug(f"no SQL for {moment!r}")
    if weight:
        amount = _times(amount, number(weight))
    return _sum_where(_known(given), amount) if given else exp.Sum(this=amount)


def squared_weights(n: Moment, alike: bool = False) -> exp.Expr:
    """The sum of the squared weights of the rows that count in `n`: what weights cost in precision.

    With `alike`, rows stand for several (`alike_spells`) and hold that sum already.
    """
    counts = inside(n.column, n.low, n.high) if isinstance(n, CountBetween) else _known(n.column)
    squared = number(SQUARED) if alike else _times(number(WEIGHT), number(WEIGHT))
    return _sum_where(counts, squared)


def inside(name: str, low: float, high: float) -> exp.Expr:
    def literal(x: float) -> exp.Expr:
        return exp.Literal.number(int(x)) if x == int(x) else exp.Literal.number(x)

    if low == high:
        return exp.EQ(this=column(name), expression=literal(low))
    return exp.Between(this=column(name), low=literal(low), high=literal(high))


def filter_sql(filter: Filter, bound: Bound) -> exp.Expr:
    """A filter as a condition; 'is not phone' keeps rows whose channel is not known."""
    col = column(filter.column)
    known = [bound(v) for v in filter.values if v is not None]
    among = exp.In(this=col, expressions=known) if known else exp.false()
    unknown = column(filter.column).is_(exp.null())
    if None in filter.values:
        either = exp.or_(among, unknown) if known else unknown
        return (
            exp.and_(_known(filter.column), exp.not_(among))
            if filter.negated and known
            else (exp.not_(exp.paren(either)) if filter.negated else exp.paren(either))
        )
    return exp.paren(exp.or_(exp.not_(among), unknown)) if filter.negated else among


def is_sql(condition: Is) -> exp.Expr:
    """A KPI's condition on its rows; its values stand in the definition, so they are written out."""
    values = [exp.Literal.string(v) if isinstance(v, str) else exp.Literal.number(v) for v in condition.values]
    return exp.In(this=column(condition.column), expressions=values)


def day_conditions(since: date | None, until: date | None, as_of: date | None, bound: Bound) -> list[exp.Expr]:
    """Rows of [since, until) that were there on `as_of`."""
    day = column("day")
    found: list[exp.Expr] = []
    if since:
        found.append(exp.GTE(this=day.copy(), expression=bound(since)))
    if until:
        found.append(exp.LT(this=day.copy(), expression=bound(until)))
    if as_of:
        found.append(exp.paren(exp.or_(exp.LTE(this=day.copy(), expression=bound(as_of)), day.copy().is_(exp.null()))))
    return found


def ripe_sql(until: date, bound: Bound) -> exp.Expr:
    """1 for rows old enough to count (up to and including `until`, or of no known day), else 0."""
    young = exp.GT(this=column("day"), expression=bound(until))
    return exp.Case().when(young, exp.Literal.number(0)).else_(exp.Literal.number(1))


def fact_rows(fact: str, conditions: Iterable[exp.Expr]) -> Rows:
    return Rows(source=exp.Table(this=exp.Identifier(this=fact, quoted=False)), conditions=tuple(conditions))


def grouped(rows: Rows, keys: Sequence[exp.Expr], sums: Sequence[exp.Expr], cuts: Sequence[str] = ()) -> exp.Select:
    """One GROUP BY: `keys` are columns or aliased expressions, `sums` aliased aggregates.

    With `cuts`, columns that rows are grouped by one at a time, a row of the result is of the cut that `CUT` tells
    (`cut_code`), and its other such columns say nothing.
    """
    plain = [k.this.copy() if isinstance(k, exp.Alias) else k.copy() for k in keys]
    each = [column(c) for c in cuts]
    told = [*each, named(exp.Grouping(expressions=[c.copy() for c in each]), CUT)] if cuts else []
    query = exp.select(*told, *keys, *sums, copy=False).from_(rows.source.copy(), copy=False)
    query.where(*[c.copy() for c in rows.conditions], copy=False)
    if cuts:
        sets = [exp.Tuple(expressions=[c.copy(), *(k.copy() for k in plain)]) for c in each]
        return query.group_by(exp.GroupingSets(expressions=sets), copy=False)
    return query.group_by(*plain, copy=False) if plain else query


def cut_code(cuts: Sequence[str], cut: str) -> int:
    """What `CUT` is for the rows of this cut: a bit for each column that they are not grouped by, the first the highest."""
    every, own = 1 << len(cuts), 1 << (len(cuts) - 1 - list(cuts).index(cut))
    return every - 1 - own


def spread_columns(spread: Spread, exact: bool) -> tuple[exp.Expr, exp.Expr | None]:
    """(what is counted per value or bucket, what tells that the row is censored; None where none can be).

    Buckets of done and open rows share a column, the second being 1 for open ones. Exact
    durations stand beside the bucket of the age of what is open.
    """
    if not isinstance(spread, LogHistogram):
        return column(spread.column), None
    done = column(spread.column if exact else spread.bucket)
    if spread.still_open is None:
        return done, None
    if exact:
        return done, exp.Case().when(done.copy().is_(exp.null()), column(spread.still_open))
    one, zero = exp.Literal.number(1), exp.Literal.number(0)
    censored = exp.Case().when(done.copy().is_(exp.null()), one).else_(zero)
    return exp.func("COALESCE", done.copy(), column(spread.still_open)), censored


def spread_known(spread: Spread) -> exp.Expr:
    """Rows that enter the histogram: with a value, or with an age as long as they are open."""
    if isinstance(spread, LogHistogram):
        done = _known(spread.bucket)
        return exp.paren(exp.or_(done, _known(spread.still_open))) if spread.still_open else done
    return _known(spread.column)


def people(counted: exp.Expr) -> exp.Expr:
    """How many people have a row that meets the condition."""
    return exp.Count(this=exp.Distinct(expressions=[_where(counted, column("person"))]))


def people_once(counted: exp.Expr) -> exp.Expr:
    """The same of the last answers of people: each whose answer is alone is one."""
    alone = column(AGAIN).eq(exp.Literal.number(0))
    several = exp.and_(counted.copy(), exp.not_(alone.copy()), copy=False)
    first = exp.CountIf(this=exp.and_(counted, alone, copy=False))
    return exp.Add(this=exp.func("COALESCE", first, exp.Literal.number(0)), expression=people(several))


def of_several(
    rows: Rows, conditions: Sequence[exp.Expr], spans: Sequence[exp.Expr], counts: Sequence[exp.Expr]
) -> exp.Expr:
    """The condition that a row is of a person who has more than one of those that count, in one of the spans."""
    person = column("person")
    query = exp.select(person, copy=False).from_(rows.source.copy(), copy=False)
    query.where(*[c.copy() for c in conditions], copy=False)
    plain = [s.this.copy() if isinstance(s, exp.Alias) else s.copy() for s in spans]
    many = [exp.GT(this=exp.CountIf(this=c.copy()), expression=exp.Literal.number(1)) for c in counts]
    query.group_by(person.copy(), *plain, copy=False).having(exp.or_(*many, copy=False), copy=False)
    return exp.In(this=person.copy(), query=query.subquery(copy=False))


def last_answers(rows: Rows, each: Sequence[exp.Expr], spans: Sequence[exp.Expr], kinds: Sequence[str]) -> Rows:
    """Only the last row of each person for each combination of `each` in each of `spans`, periods or sides of one.

    Nearly everybody answers once. Putting rows in order is work, so it is done for those only who have several
    rows of one of the `kinds` (of any, where none is named) in a span; `AGAIN` says whose rows those are.
    """
    newest = exp.Window(
        this=exp.RowNumber(),
        partition_by=[column("person"), *each, *spans],
        order=exp.Order(
            expressions=[
                exp.Ordered(this=column("answered_at"), desc=True, nulls_first=False),
                exp.Ordered(this=column("answer_id"), desc=True, nulls_first=False),
            ]
        ),
    )
    one, zero = exp.Literal.number(1), exp.Literal.number(0)
    several = exp.In(this=column("person"), query=exp.select(column("person")).from_("several").subquery())
    alone = _answered(rows, [exp.Star(), named(one, "place"), named(zero, AGAIN)]).where(exp.not_(several.copy()))
    ordered = _answered(rows, [exp.Star(), named(newest, "place"), named(one.copy(), AGAIN)]).where(several)
    both = exp.union(alone, ordered, distinct=False, copy=False)
    both = both.with_("several", as_=_answered_again(rows, spans, kinds), copy=False)
    return Rows(source=both.subquery("picked", copy=False), conditions=(column("place").eq(1),))


def _answered(rows: Rows, columns: Sequence[exp.Expr]) -> exp.Select:
    """Rows with an answer: a question skipped later takes no answer away."""
    query = exp.select(*columns, copy=False).from_(rows.source.copy(), copy=False)
    return query.where(*[c.copy() for c in rows.conditions], _known("score"), copy=False)


def _answered_again(rows: Rows, spans: Sequence[exp.Expr], kinds: Sequence[str]) -> exp.Select:
    """People with more than one row in a span: of one of the kinds, where they are named."""
    among = [is_sql(Is("kind", (kind,))) for kind in kinds]
    counts: list[exp.Expr] = [exp.CountIf(this=c) for c in among] or [exp.Count(this=exp.Star())]
    several = exp.or_(*[exp.GT(this=c, expression=exp.Literal.number(1)) for c in counts], copy=False)
    person = column("person")
    return _answered(rows, [person]).group_by(person.copy(), *[s.copy() for s in spans]).having(several)


def day_number(day: date) -> int:
    return (day - _EPOCH).days


def spell_rows(
    spells: exp.Expr, calendar: exp.Query, conditions: Sequence[exp.Expr], days: tuple[str, str] = SPELL_DAYS
) -> Rows:
    """Spells by period: each spell once for every period that it touches and that meets the conditions.

    Snapshots are taken as a period begins and as it ends: at the start are those who came
    before its first day and had not left by then.
    """
    start, end, since, until = (column(c) for c in ("period_start", "period_end", *days))
    inner = (
        exp.select(exp.Star(), *[named(e, name) for name, e in _spell_columns(start, end, since, until).items()])
        .from_(spells)
        .join(calendar.subquery("calendar"), join_type="cross")
        .where(exp.LT(this=since.copy(), expression=end.copy()))
        .where(exp.GTE(this=until.copy(), expression=start.copy()))
    )
    return Rows(source=inner.subquery("spells"), conditions=tuple(conditions))


def chosen_spells(fact: str, conditions: Sequence[exp.Expr]) -> exp.Subquery:
    """The spells that meet the conditions."""
    return exp.select(exp.Star()).from_(exp.to_table(fact)).where(*[c.copy() for c in conditions]).subquery("chosen")


def alike_spells(
    fact: str, conditions: Sequence[exp.Expr], periods: Sequence[Period], columns: Sequence[str], *, weighted: bool
) -> exp.Subquery:
    """The spells with those counted together that no period tells apart, as `alike` rows or by their weights.

    Who was there all the time is most of a register, and is then looked at once instead of once a period.
    """
    first, last = (exp.Literal.number(day_number(d)) for d in (periods[0].start, periods[-1].end))
    since, until = (column(c) for c in SPELL_DAYS)
    days = (exp.func("GREATEST", since.copy(), first - 1), exp.func("LEAST", until.copy(), last.copy()))
    edges = dict(zip(EDGES, days, strict=True))
    weight = number(WEIGHT)
    sums: dict[str, exp.Expr] = {ALIKE: exp.Count(this=exp.Star())}
    if weighted:
        sums |= {WEIGHTS: exp.Sum(this=weight), SQUARED: exp.Sum(this=_times(weight.copy(), weight.copy()))}
    kept = [column(c) for c in columns]
    query = exp.select(*kept, *[named(e, name) for name, e in (edges | sums).items()]).from_(exp.to_table(fact))
    query = query.where(exp.LT(this=since, expression=last), exp.GTE(this=until, expression=first.copy()))
    query = query.where(*[c.copy() for c in conditions])
    return query.group_by(*[c.copy() for c in kept], *[e.copy() for e in edges.values()]).subquery("chosen")


def calendar(periods: Sequence[Period], bound: Bound, kinds: Sequence[str], *, numbered: bool = False) -> exp.Query:
    """The periods as rows: first day, the day after the last, the codes that facts group by, and their place."""
    lists = [
        exp.select(
            named(bound(day_number(p.start)), "period_start"),
            named(bound(day_number(p.end)), "period_end"),
            *[named(bound(code_of(k, p.start)), k) for k in kinds],
            *([named(exp.Literal.number(i), SIDE)] if numbered else []),
        )
        for i, p in enumerate(periods)
    ]
    found: exp.Query = lists[0]
    for more in lists[1:]:
        found = exp.union(found, more, distinct=False, copy=False)
    return found


def _spell_columns(start: exp.Column, end: exp.Column, since: exp.Column, until: exp.Column) -> dict[str, exp.Expr]:
    """What a spell was in a period: there at the start, kept, gained, and the share of the period it was there."""
    here = exp.and_(
        exp.LT(this=since.copy(), expression=start.copy()), exp.GTE(this=until.copy(), expression=start.copy())
    )
    stays = exp.GTE(this=until.copy(), expression=end.copy())
    one, zero = exp.Literal.number(1), exp.Literal.number(0)
    came = exp.and_(exp.GTE(this=since.copy(), expression=start.copy()), stays.copy())
    overlap = exp.paren(exp.func("LEAST", until.copy(), end.copy()) - exp.func("GREATEST", since.copy(), start.copy()))
    length = exp.paren(end.copy() - start.copy())
    return {
        "at_start": exp.Case().when(here, one.copy()),
        "kept": exp.Case().when(exp.and_(here.copy(), stays.copy()), one.copy()).when(here.copy(), zero.copy()),
        "gained": exp.Case().when(came, one.copy()),
        "start_days": exp.Case().when(here.copy(), length.copy()),
        "present": exp.Div(this=_double(overlap), expression=_double(length), typed=False, safe=False),
    }
