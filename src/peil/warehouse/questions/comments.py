"""What customers wrote: open answers with the score they belong to, over the rows that somebody may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlglot import exp

from peil.warehouse import sql
from peil.warehouse.plan import typed_filter
from peil.warehouse.query import Filter
from peil.warehouse.sql import Bound

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

Order: TypeAlias = Literal["worst", "best", "newest"]
MOST = 200
_FACT = "answers"
_COLUMNS = (
    "answer_id", "kind", "day", "score", "scale_min", "scale_max", "box", "comment", "language", "channel",
    "touchpoint", "team", "interaction_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comment:
    """An answer as its customer gave it; who the customer is stays out."""

    answer_id: str
    kind: str
    day: date | None
    score: float | None
    scale_min: float | None
    scale_max: float | None
    box: int | None
    comment: str | None
    language: str | None
    channel: str | None
    touchpoint: str | None
    team: str | None
    interaction_id: str | None


def comments(
    warehouse: Warehouse,
    where: Sequence[Filter],
    days: tuple[date, date],
    order: Order,
    limit: int,
) -> list[Comment]:
    """Answers of [since, until) that meet every filter.

    'worst': unfavourable ones about a contact that is known, so that it can be listened to, with or
    without words. 'best': favourable ones with words. 'newest': all with words.
    """
    there = warehouse.engine.tables().get(_FACT, [])
    if not there or any(f.column not in there for f in where):
        return []
    bound = Bound()
    conditions = [sql.filter_sql(typed_filter(f, _FACT), bound) for f in where] + sql.day_conditions(*days, None, bound)
    conditions += [_asked(order), sql.column("score").is_(exp.null()).not_(), _of_customers()]
    query = exp.select(*(sql.column(name) for name in _COLUMNS), copy=False).from_(exp.to_table(_FACT), copy=False)
    query.where(*conditions, copy=False).order_by(*_ordered(order), copy=False).limit(min(limit, MOST), copy=False)
    return [Comment(**row) for row in warehouse.engine.fetch(query, bound.values).to_pylist()]


def _asked(order: Order) -> exp.Expr:
    box = sql.column("box")
    words = exp.and_(
        sql.column("comment").is_(exp.null()).not_(),
        exp.NEQ(this=sql.column("comment"), expression=exp.Literal.string("")),
    )
    match order:
        case "worst":
            return exp.and_(
                box.eq(exp.Literal.number(-1)), sql.column("interaction_id").is_(exp.null()).not_(), _about_service()
            )
        case "best":
            return exp.and_(box.eq(exp.Literal.number(1)), words)
        case _:
            return words


def _of_customers() -> exp.Expr:
    """What employees wrote about their work is shown to nobody: of a small team it tells who."""
    return exp.NEQ(this=sql.column("kind"), expression=exp.Literal.string("engagement"))


def _about_service() -> exp.Expr:
    """Kinds of question that give the contact a mark; 'is it solved?' has no scale to be low on."""
    kinds = ("csat", "ces_agree", "ces_effort", "ces_ease", "nps", "nps_1_10", "rapportcijfer")
    return exp.In(this=sql.column("kind"), expressions=[exp.Literal.string(kind) for kind in kinds])


def _ordered(order: Order) -> list[exp.Expr]:
    """The outermost scores first, then the newest; `score_100` puts scales beside each other."""
    newest = exp.Ordered(this=sql.column("day"), desc=True, nulls_first=False)
    key = exp.Ordered(this=sql.column("answer_id"), desc=False, nulls_first=False)
    if order == "newest":
        return [newest, key]
    if order == "best":
        return [exp.Ordered(this=_high(), desc=True, nulls_first=False), newest, key]
    return [exp.Ordered(this=_high(), desc=False, nulls_first=False), newest, key]


def _high() -> exp.Expr:
    """The score from 0 to 100 with high as good: of effort asked as 'how much', low is good."""
    stretched = sql.column("score_100")
    turned = exp.Sub(this=exp.Literal.number(100), expression=stretched.copy())
    effort = sql.column("kind").eq(exp.Literal.string("ces_effort"))
    return exp.Case().when(effort, turned).else_(stretched)
