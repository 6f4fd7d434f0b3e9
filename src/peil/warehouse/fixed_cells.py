"""What employees answered, in cells that are cut once: a survey, a question, a month that is over, a team.

A threshold on each answer is no protection: who filters freely subtracts one group from another until a single person
is left (Populum and others hide what two reports give away together; free filtering can't be made safe so). Here a
figure is always the sum of whole cells, each with enough people, whatever is asked; so nothing smaller than a cell can
be worked out of any figures. Small teams of one question and month are one cell together where that is large enough
and not asked for by team; else their answers are in no figure. Teams stay as they were when the answers were given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlglot import exp

from peil.core.kpi import Kpi
from peil.warehouse import sql
from peil.warehouse.query import KpiQuery
from peil.warehouse.sql import Bound

if TYPE_CHECKING:
    from collections.abc import Sequence

# what one may group and filter by: unions of whole cells, and nothing that cuts through one
CELL_COLUMNS = frozenset({"survey", "question", "dimension", "kind", "team", "month", "quarter", "year"})
_WAVE = ("survey", "dimension", "question", "month")
_TEAMS = 2  # a cell of the small teams holds at least so many of them


@dataclass(frozen=True, slots=True)
class Cut:
    """How cells are cut: the smallest number of people, and until which day months are over."""

    least: int
    over: date


def is_in_cells(kpi: Kpi) -> bool:
    """Whether figures of this KPI are sums of fixed cells: what employees answered."""
    return kpi.people and kpi.fact == "answers"


def months_over(today: date, as_of: date | None) -> date:
    """The first day that is not yet of a month that is over: today is not, and `as_of` is looked at from its end."""
    return min(today, as_of + timedelta(days=1) if as_of else today).replace(day=1)


def whole_months(query: KpiQuery, over: date) -> KpiQuery:
    """The question about the whole months in its place: that of the first day up to that of the last, as far as over.

    A period that ends within a month leaves that month out, unless it would be left without any.
    """
    since = query.since.replace(day=1) if query.since else None
    until = min(query.until.replace(day=1), over) if query.until else None
    if since and until and until <= since:
        until = min(_next_month(since), over)
        if until <= since:  # nothing of it is over yet, so no cell is
            since, until = over, _next_month(over)
    return replace(query, since=since, until=until, as_of=None, compare=None)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def shown_cells(cut: Cut, kpi: Kpi, bound: Bound, *, by_team: bool) -> exp.Expr:
    """The condition that a row is in a cell that may be shown. `by_team`: teams are told apart, so no cell mixes them."""
    of_team = (*_WAVE, "team")
    people = _distinct(sql.column("person"))
    least = exp.Literal.number(cut.least)
    enough = exp.GTE(this=people, expression=least)
    large = _among(of_team, _cells(cut, kpi, bound, of_team).having(enough, copy=False))
    if by_team:
        return large
    too_few = exp.LT(this=people.copy(), expression=least.copy())
    small = _among(of_team, _cells(cut, kpi, bound, of_team).having(too_few, copy=False))
    several = exp.GTE(this=_distinct(_known("team")), expression=exp.Literal.number(_TEAMS))
    rest = (
        _cells(cut, kpi, bound, _WAVE)
        .where(small.copy(), copy=False)
        .having(exp.and_(enough.copy(), several), copy=False)
    )
    return exp.paren(exp.or_(large, exp.paren(exp.and_(small, _among(_WAVE, rest)))))


def _cells(cut: Cut, kpi: Kpi, bound: Bound, columns: Sequence[str]) -> exp.Select:
    """The keys of cells in which anybody answered, of months that are over."""
    answered = [sql.is_sql(c) for c in kpi.rows] + [sql.column("score").is_(exp.null()).not_()]
    day = sql.column("day")
    over = exp.or_(day.is_(exp.null()), exp.LT(this=day.copy(), expression=bound(cut.over)))
    rows = exp.select(*_key(columns), copy=False).from_(exp.to_table(kpi.fact), copy=False)
    return rows.where(*answered, exp.paren(over), copy=False).group_by(*_key(columns), copy=False)


def _key(columns: Sequence[str]) -> list[exp.Expr]:
    return [_known(c) for c in columns]


def _known(column: str) -> exp.Expr:
    """A column as part of a key: what is not known is a value of its own."""
    nothing = exp.Literal.number(0) if column == "month" else exp.Literal.string("")
    return exp.func("COALESCE", sql.column(column), nothing)


def _distinct(value: exp.Expr) -> exp.Count:
    return exp.Count(this=exp.Distinct(expressions=[value]))


def _among(columns: Sequence[str], cells: exp.Select) -> exp.Expr:
    return exp.In(this=exp.Tuple(expressions=_key(columns)), query=cells.subquery())
