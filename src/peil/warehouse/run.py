"""Answer a query: plan, fetch, sum, estimate. Every surface gets its figures here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from sqlglot import exp

from peil.core import kpis as catalogue
from peil.core.errors import BadQuery
from peil.core.estimate import Remark, estimate, estimate_spread
from peil.core.kpi import Estimate, Kpi, Status
from peil.core.replicates import BlockSums, SpreadSums
from peil.facts.schema import FACTS
from peil.warehouse import sql
from peil.warehouse.periods import label, parse
from peil.warehouse.plan import Need, Plan, Reach, check_columns, known_columns, needs_of, plan, spell_periods
from peil.warehouse.query import PERIODS, KpiQuery
from peil.warehouse.remembered import remembered
from peil.warehouse.results.cells import Summed, block_sums, read_cells, spread_sums, with_second
from peil.warehouse.results.people import count_people, occupied
from peil.warehouse.results.small_groups import hide_small, minimum
from peil.warehouse.results.sums_kept import sums_of

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse


T = TypeVar("T")
ANSWERED = ("bounced_at", "opened_at", "started_at", "answered_at")
_EPOCH_YEAR = 1970  # what ClickHouse gives as the newest day of no rows


@remembered
def answer(warehouse: Warehouse, query: KpiQuery) -> list[Estimate]:
    """Every asked figure, KPI by KPI in the order asked, one per group that has rows."""
    asked = [catalogue.get(key) for key in query.kpis]
    measured = measure(warehouse, asked, query)
    return [e for kpi in asked for e in estimates(kpi, measured, query, warehouse)]


def planned(reach: Mapping[str, Reach], query: KpiQuery) -> list[Plan]:
    """The statements that answer the query, given what the warehouse holds."""
    needs = [n for key in query.kpis for n in needs_of(catalogue.get(key)) if reach[n.fact].columns]
    if any(n.spells and not _has_period(n, reach, query) for n in needs):
        raise BadQuery("Spells of customers are looked at over a period.", "Give the period, such as 2026-Q1.")
    return [plan(shared, reach[shared[0].fact], query) for shared in _shared(needs)]


def explain(warehouse: Warehouse, query: KpiQuery) -> list[str]:
    """The statements that answer the query, as the warehouse's engine gets them."""
    made = planned(reach_of(warehouse, query), query)
    return [m.statement.text(warehouse.engine.dialect) for m in made]


@dataclass(frozen=True, slots=True)
class Measured:
    """Sums by KPI key, and until which day the facts go."""

    sums: Mapping[str, Summed | None]
    newest: Mapping[str, date | None]
    missing: Mapping[str, str]  # KPI key -> why it can't be given


def measure(warehouse: Warehouse, asked: Sequence[Kpi], query: KpiQuery) -> Measured:
    needs = [n for kpi in asked for n in needs_of(kpi)]
    tables = warehouse.engine.tables()
    reach = reach_of(warehouse, query)
    check_columns(needs, reach, query)
    check_people(query, warehouse.settings.per_person)
    missing = _missing(asked, reach, query)
    able = [n for n in needs if n.fact in tables and n.kpi.key not in missing]
    kept = sums_of(warehouse, query)
    done = {(n.kpi.key, n.second): found for n in able if (found := kept.find(n.kpi.key, n.second)) is not None}
    for shared in _shared([n for n in able if (n.kpi.key, n.second) not in done]):
        made = _run(warehouse, plan(shared, reach[shared[0].fact], query), query)
        kept.keep(made)
        done |= made
    sums: dict[str, Summed | None] = {}
    for kpi in asked:
        first, second = done.get((kpi.key, False)), done.get((kpi.key, True))
        sums[kpi.key] = with_second(first, second) if first and second else None if kpi.second else first
    return Measured(sums, {f: r.newest for f, r in reach.items()}, missing)


def check_people(query: KpiQuery, per_person: bool) -> None:
    """Refuse figures about one person: of a customer always, of an employee until that was agreed on."""
    asked = {*query.by, *(f.column for f in query.where)}
    if "customer_id" in asked:
        raise BadQuery("Figures are about groups, not about one customer.", "Group or filter by something else.")
    if "employee_id" in asked and not per_person:
        raise BadQuery(
            "Figures per employee are off.",
            "They may be switched on once the works council agreed: per_person = true in peil.toml.",
        )


def _shared(needs: Sequence[Need]) -> list[list[Need]]:
    found: dict[object, list[Need]] = {}
    for need in needs:
        found.setdefault(need.shared_with, []).append(need)
    return list(found.values())


def _missing(asked: Sequence[Kpi], reach: Mapping[str, Reach], query: KpiQuery) -> dict[str, str]:
    """KPIs that can't be given for this query, and what it would need."""
    found: dict[str, str] = {}
    wanted = tuple(dict.fromkeys((*query.by, *(f.column for f in query.where))))
    given = {name for name, _ in query.assume}
    for kpi in asked:
        first = needs_of(kpi)[0]
        unknown = set(wanted) - set(known_columns(first, reach[kpi.fact], wanted))
        unsaid = [a for a, default in kpi.assumes.items() if default is None and a not in given]
        if unknown:
            found[kpi.key] = f"no_column:{sorted(unknown)[0]}"
        elif unsaid:
            found[kpi.key] = f"needs_assumption:{unsaid[0]}"
        elif reach[kpi.fact].columns and any(n.spells and not _has_period(n, reach, query) for n in needs_of(kpi)):
            found[kpi.key] = "no_period_data" if query.since and query.until else "needs_period"
    return found


def _has_period(need: Need, reach: Mapping[str, Reach], query: KpiQuery) -> bool:
    """Customers beside contacts are looked at over the days of the contacts; by themselves they need a period."""
    asked = query.since is not None and (query.until is not None or query.as_of is not None)
    return bool(reach[need.fact].periods) and (asked or need.second)


def reach_of(warehouse: Warehouse, query: KpiQuery) -> dict[str, Reach]:
    """What the warehouse holds of the facts that the query reads."""
    needs = [n for key in query.kpis for n in needs_of(catalogue.get(key))]
    tables = warehouse.engine.tables()
    found: dict[str, Reach] = {}
    for fact in dict.fromkeys(n.fact for n in needs):
        columns = tuple(tables.get(fact, ()))
        edges = extent(warehouse, fact) if columns else None
        newest = edges[1] if edges else None
        found[fact] = Reach(columns, newest, told=_told(warehouse, fact, newest))
    if any(n.spells for n in needs) and tables.get("memberships"):
        first, last = _span(warehouse, needs)
        newest = _register_day(warehouse)
        periods = tuple(p for p in spell_periods(query, first, last) if newest is None or p.start <= newest)
        found["memberships"] = Reach(found["memberships"].columns, newest, periods)
    return found


def extent(warehouse: Warehouse, fact: str) -> tuple[date, date] | None:
    """First and last day of a fact; None where it has no rows with a day."""
    if not warehouse.engine.tables().get(fact) or FACTS[fact].clock is None:
        return None
    first, last = _once(
        warehouse, ("extent", fact), lambda: [_edge(warehouse, fact, "day", side) for side in (exp.Min, exp.Max)]
    )
    return (first, last) if first and last else None


def _once(warehouse: Warehouse, asked: tuple[str, ...], find: Callable[[], list[T]]) -> list[T]:
    """What holds until the facts change."""
    return warehouse.remembered.get((*asked, warehouse.remembered.version(warehouse.engine)), find)


def _told(warehouse: Warehouse, fact: str, newest: date | None) -> date | None:
    """The last day on which anything happened to requests to answer: one wave sent at once ripens by its answers."""
    if fact != "invitations" or newest is None:
        return newest
    zone = ZoneInfo(warehouse.settings.time_zone)
    days = _once(warehouse, ("told", fact, zone.key), lambda: _happened(warehouse, fact, zone))
    return max((newest, *days))


def _happened(warehouse: Warehouse, fact: str, zone: ZoneInfo) -> list[date]:
    edges = [sql.named(exp.Max(this=sql.column(c)), c) for c in ANSWERED]
    found = warehouse.engine.fetch(exp.select(*edges, copy=False).from_(exp.to_table(fact)), {}).to_pylist()[0]
    return [at.astimezone(zone).date() for at in found.values() if isinstance(at, datetime)]


def _register_day(warehouse: Warehouse) -> date | None:
    """Until which day the register of customers tells who is one: the day of its latest import.

    Who has not left by then may leave later, so periods after it have no retention.
    """
    return _once(warehouse, ("register",), lambda: [_last_register(warehouse)])[0]


def _last_register(warehouse: Warehouse) -> date | None:
    loaded = exp.select(sql.column("import_id"), copy=False).distinct().from_(exp.to_table("memberships"))
    latest = exp.select(sql.named(exp.Max(this=sql.column("imported_at")), "edge")).from_(exp.to_table("imports"))
    query = latest.where(exp.In(this=sql.column("import_id"), query=loaded.subquery()))
    found = warehouse.engine.fetch(query, {})["edge"].to_pylist()
    value = found[0] if found else None
    return value.date() if isinstance(value, datetime) and value.year > _EPOCH_YEAR else None


def _span(warehouse: Warehouse, needs: Sequence[Need]) -> tuple[date | None, date | None]:
    """The period to look at spells when none was asked: that of the fact set beside them, else none.

    Whole-range retention would be empty (nobody is a customer before the first one), so spells
    by themselves need a period.
    """
    beside = next(
        (n.fact for n in needs if n.second is False and any(m.spells for m in needs if m.kpi is n.kpi and m.second)),
        None,
    )
    edges = extent(warehouse, beside) if beside else None
    return (edges[0], edges[1] + timedelta(days=1)) if edges else (None, None)


def _edge(warehouse: Warehouse, fact: str, column: str, side: type[exp.Min | exp.Max]) -> date | None:
    query = exp.select(sql.named(side(this=sql.column(column)), "edge")).from_(exp.to_table(fact))
    found = warehouse.engine.fetch(query, {})["edge"].to_pylist()
    value = found[0] if found else None
    if isinstance(value, datetime):
        value = value.date()
    return value if isinstance(value, date) and value.year > _EPOCH_YEAR else None


def _run(warehouse: Warehouse, made: Plan, query: KpiQuery) -> dict[tuple[str, bool], Summed]:
    table = warehouse.engine.fetch(made.statement.query, made.statement.values)
    cells = read_cells(made, table)
    found: dict[tuple[str, bool], Summed] = {}
    for need in made.needs:
        summed = spread_sums(cells, need, query.weighted) if need.spread else block_sums(cells, need, query.weighted)
        found[need.kpi.key, need.second] = summed
    count_people(warehouse.engine, made, found)
    assumed = dict(query.assume)
    for need in made.needs:
        summed = found[need.kpi.key, need.second]
        if need.kpi.assumes and isinstance(summed.sums, BlockSums):
            constants = {k: float(assumed.get(k, d if d is not None else np.nan)) for k, d in need.kpi.assumes.items()}
            found[need.kpi.key, need.second] = replace(summed, sums=replace(summed.sums, constants=constants))
    return found


def estimates(kpi: Kpi, measured: Measured, query: KpiQuery, warehouse: Warehouse) -> list[Estimate]:
    if kpi.key in measured.missing:
        return [_without(kpi, query, "needs", measured.missing[kpi.key])]
    summed = measured.sums[kpi.key]
    if summed is None or not summed.keys:
        return [_without(kpi, query, "no_data")]
    summed = labelled(summed)
    sums = summed.sums
    newest = query.as_of or measured.newest.get(kpi.fact)
    today = datetime.now(ZoneInfo(warehouse.settings.time_zone)).date()
    as_of, remark = newest.isoformat() if newest else None, _remarks(query, newest, today)
    made = (
        estimate_spread(kpi, sums, query.level, as_of=as_of, remark=remark)
        if isinstance(sums, SpreadSums)
        else estimate(kpi, sums, query.level, as_of=as_of, remark=remark)
    )
    least = minimum(kpi, warehouse.settings.min_answers, warehouse.settings.min_people)
    if not least:
        return made
    return hide_small(made, _sizes(kpi, made, summed), least)


def _sizes(kpi: Kpi, made: Sequence[Estimate], summed: Summed) -> list[float]:
    """What the smallest group is counted in: answers, or people (at least the occupied blocks)."""
    if not kpi.people or len(summed.keys) != len(made):
        return [float(e.n) for e in made]
    counted = summed.members or [np.nan] * len(made)
    least = occupied(summed.sums)
    return [m if np.isfinite(m) else float(o) for m, o in zip(counted, least, strict=True)]


def _without(kpi: Kpi, query: KpiQuery, status: Status, note: str = "") -> Estimate:
    return Estimate(
        kpi=kpi.key,
        value=None,
        low=None,
        high=None,
        n=0,
        unit=kpi.unit,
        status=status,
        method=kpi.method.name,
        level=query.level,
        definition=kpi.version,
        as_of=query.as_of.isoformat() if query.as_of else None,
        notes=(note,) if note else (),
    )


def labelled(summed: Summed) -> Summed:
    groups = [{name: _label(name, value) for name, value in zip(summed.by, key, strict=True)} for key in summed.keys]
    return replace(summed, sums=replace(summed.sums, groups=groups))


def _label(name: str, value: str | int | date | None) -> str | int | None:
    if value is None:
        return None
    if name in PERIODS:
        return label(name, value)
    return value.isoformat() if isinstance(value, date) else value


def _remarks(query: KpiQuery, newest: date | None, today: date) -> Remark:
    """Marks a figure whose period still runs, or ended after the last row."""
    kind = next((k for k in PERIODS if k in query.by), None)

    @cache
    def of_period(text: str | int | None) -> tuple[str, ...]:
        end = min(filter(None, (query.until, parse(text).end))) if isinstance(text, str) else query.until
        if end is None or newest is None or newest + timedelta(days=1) >= end:
            return ()
        running = min(query.as_of or today, today) + timedelta(days=1) < end
        return ("running_period",) if running else (f"rows_end:{newest.isoformat()}",)

    return lambda group: of_period(group.get(kind) if kind else None)
