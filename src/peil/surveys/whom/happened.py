"""What happened to customers, read from the facts that imports brought: contacts solved, visits, purchases, renewals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from peil.surveys.whom.rules import AskRule
from peil.warehouse import sql
from peil.warehouse.sql import Bound

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

MOST = 50_000  # of one look; the rest comes with the next one
_YEARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened to one customer; `thing` is the same however it is told."""

    thing: str
    customer_id: str
    at: datetime
    channel: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Fact:
    """Where a moment is found: the key of its rows, and the column that tells when."""

    name: str
    key: str
    at: str
    columns: tuple[str, ...] = ()


_FACTS: Mapping[str, _Fact] = {
    "after_contact": _Fact(
        "interactions", "interaction_id", "resolved_at", ("channel", "reason", "team", "employee_id")
    ),
    "after_visit": _Fact("visits", "visit_id", "started_at"),
    "journey_step": _Fact("journey_runs", "run_id", "started_at", ("journey",)),
}
CONTEXT_KEY = {"after_contact": "interaction_id", "after_visit": "visit_id"}


def happened(warehouse: Warehouse, rule: AskRule, since: datetime, until: datetime) -> list[Happened]:
    """What a rule is about in [since, until), the oldest first. Only of customers who are known."""
    readers: Mapping[str, Callable[..., list[Happened]]] = {
        "after_purchase": _first_purchases, "before_renewal": _renewals,
    }  # fmt: skip
    return readers.get(rule.moment, _rows)(warehouse, rule, since, until)


def active_customers(warehouse: Warehouse, day: date) -> set[str] | None:
    """Those who are customers on a day; None where nothing says who is."""
    if not _has(warehouse, "memberships", ("customer_id", "since_day", "until_day")):
        return None
    bound, number = Bound(), sql.day_number(day)
    conditions = [
        exp.LTE(this=sql.column("since_day"), expression=bound(number)),
        exp.GT(this=sql.column("until_day"), expression=bound(number)),
        _is_known("customer_id"),
    ]
    query = exp.select(sql.column("customer_id")).distinct().from_(exp.to_table("memberships")).where(*conditions)
    found = {str(r["customer_id"]) for r in warehouse.engine.fetch(query, bound.values).to_pylist()}
    return found or None


def _rows(warehouse: Warehouse, rule: AskRule, since: datetime, until: datetime) -> list[Happened]:
    """Rows of one fact by their own moment."""
    fact = _FACTS.get(rule.moment)
    if fact is None or not _has(warehouse, fact.name, (fact.key, fact.at, "customer_id")):
        return []
    bound, there = Bound(), warehouse.engine.tables()[fact.name]
    columns = [c for c in fact.columns if c in there]
    conditions = [*_between(fact.at, since, until, bound), _is_known("customer_id")]
    conditions += _chosen(rule, columns, bound)
    if rule.moment == "after_contact":
        conditions += _answered(there)
    if rule.moment == "journey_step" and "completed" in there:
        conditions.append(sql.column("completed").eq(exp.Literal.number(1)))
    query = exp.select(*(sql.column(c) for c in (fact.key, "customer_id", fact.at, *columns))).from_(
        exp.to_table(fact.name)
    )
    query = query.where(*conditions).order_by(sql.column(fact.at), sql.column(fact.key)).limit(MOST)
    return [_happened(rule, fact, row) for row in warehouse.engine.fetch(query, bound.values).to_pylist()]


def _answered(there: Sequence[str]) -> list[exp.Expr]:
    """A contact that customers began and nobody left waiting."""
    found: list[exp.Expr] = []
    if "direction" in there:
        inwards = exp.func("COALESCE", sql.column("direction"), exp.Literal.string("in"))
        found.append(inwards.eq(exp.Literal.string("in")))
    if "abandoned" in there:
        found.append(exp.func("COALESCE", sql.column("abandoned"), exp.Literal.number(0)).eq(exp.Literal.number(0)))
    return found


def _chosen(rule: AskRule, columns: Sequence[str], bound: Bound) -> list[exp.Expr]:
    how = rule.how
    wanted = {"channel": how.channels, "reason": how.reasons, "team": how.teams, "journey": (how.journey,)}
    return [
        exp.In(this=sql.column(c), expressions=[bound(v) for v in wanted[c]]) for c in columns if any(wanted.get(c, ()))
    ]


def _first_purchases(warehouse: Warehouse, _: AskRule, since: datetime, until: datetime) -> list[Happened]:
    """The first purchase that is known of a customer: the same one however often it is imported."""
    if not _has(warehouse, "customer_events", ("customer_id", "kind", "at")):
        return []
    first = exp.Min(this=sql.column("at"))
    bound = Bound()
    query = (
        exp.select(sql.column("customer_id"), sql.named(first, "first_at"))
        .from_(exp.to_table("customer_events"))
        .where(sql.column("kind").eq(exp.Literal.string("purchase")), _is_known("customer_id"))
        .group_by(sql.column("customer_id"))
        .having(exp.GTE(this=first.copy(), expression=_moment(since, bound)))
        .having(exp.LT(this=first.copy(), expression=_moment(until, bound)))
        .order_by(sql.column("first_at"), sql.column("customer_id"))
        .limit(MOST)
    )
    rows = warehouse.engine.fetch(query, bound.values).to_pylist()
    return [
        Happened(thing=f"first:{r['customer_id']}", customer_id=str(r["customer_id"]), at=_utc(r["first_at"]))
        for r in rows
    ]


def _renewals(warehouse: Warehouse, rule: AskRule, since: datetime, until: datetime) -> list[Happened]:
    """Contracts that began on this day in some year before, so many days from each day of the span."""
    if not _has(warehouse, "memberships", ("membership_id", "customer_id", "since", "until")):
        return []
    found: list[Happened] = []
    day = since.date() if since.time() == time() else since.date() + timedelta(days=1)
    while datetime.combine(day, time(), UTC) < until:
        found += _renewals_on(warehouse, day, day + timedelta(days=rule.how.days_before))
        day += timedelta(days=1)
    return found[:MOST]


def _renewals_on(warehouse: Warehouse, day: date, renewal: date) -> list[Happened]:
    bound = Bound()
    begun = [bound(d) for d in _same_day_before(renewal)]
    query = (
        exp.select(sql.column("membership_id"), sql.column("customer_id"))
        .from_(exp.to_table("memberships"))
        .where(
            exp.In(this=sql.column("since"), expressions=begun),
            sql.column("until").is_(exp.null()),
            _is_known("customer_id"),
        )
        .order_by(sql.column("membership_id"))
        .limit(MOST)
    )
    at = datetime.combine(day, time(), UTC)
    return [
        Happened(
            thing=f"renewal:{r['membership_id']}:{renewal}", customer_id=str(r["customer_id"]), at=at,
            known={"renewal.day": renewal.isoformat()},
        )
        for r in warehouse.engine.fetch(query, bound.values).to_pylist()
    ]  # fmt: skip


def _same_day_before(day: date) -> list[date]:
    """This day in the years before; what began on 29 February is renewed on the 28th in other years."""
    found = []
    for years in range(1, _YEARS + 1):
        year = day.year - years
        if (day.month, day.day) != (2, 29) or _is_leap(year):
            found.append(day.replace(year=year))
        if (day.month, day.day) == (2, 28) and not _is_leap(day.year) and _is_leap(year):
            found.append(date(year, 2, 29))
    return found


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _happened(rule: AskRule, fact: _Fact, row: Mapping[str, Any]) -> Happened:
    texts = {c: str(row[c]) for c in fact.columns if row.get(c) is not None}
    context = {name: value for name, value in texts.items() if name in ("team", "employee_id")}
    if rule.moment in CONTEXT_KEY:
        context[CONTEXT_KEY[rule.moment]] = str(row[fact.key])
    return Happened(
        thing=str(row[fact.key]), customer_id=str(row["customer_id"]), at=_utc(row[fact.at]),
        channel=texts.get("channel", ""), context=context,
    )  # fmt: skip


def _has(warehouse: Warehouse, fact: str, columns: Sequence[str]) -> bool:
    there = warehouse.engine.tables().get(fact, [])
    return all(c in there for c in columns)


def _is_known(name: str) -> exp.Expr:
    return sql.column(name).is_(exp.null()).not_()


def _between(name: str, since: datetime, until: datetime, bound: Bound) -> list[exp.Expr]:
    return [
        exp.GTE(this=sql.column(name), expression=_moment(since, bound)),
        exp.LT(this=sql.column(name), expression=_moment(until, bound)),
    ]


def _moment(moment: datetime, bound: Bound) -> exp.Expr:
    return exp.cast(bound(moment.astimezone(UTC).isoformat(sep=" ", timespec="microseconds")), "TIMESTAMPTZ")


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
