"""Answer a query: plan, fetch, sum, estimate. Every surface gets its figures here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from peil.core import kpis as catalogue
from peil.core.errors import BadQuery
from peil.core.estimate import Remark, estimate, estimate_spread
from peil.core.kpi import Estimate, Kpi, Status
from peil.core.numerics.replicates import BlockSums, SpreadSums
from peil.facts.schema import FACTS
from peil.warehouse import sql
from peil.warehouse.fixed_cells import Cut, is_in_cells, months_over, whole_months
from peil.warehouse.periods import before, label, parse
from peil.warehouse.plan import Need, Plan, Reach, check_columns, known_columns, needs_of, plan, spell_periods
from peil.warehouse.query import PERIODS, KpiQuery
from peil.warehouse.remembered import remembered
from peil.warehouse.results.cells import Cells, Summed, block_sums, read_cells, spread_sums, with_second
from peil.warehouse.results.people import Side, count_people, count_people_by_each, occupied
from peil.warehouse.results.small_groups import hide_small, minimum
from peil.warehouse.results.spells_kept import SpellsKept, spells_kept
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
    return [plan(shared, reach[shared[0].fact], query) for shared in sharing(needs)]


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
    missing = missing_of(asked, reach, query)
    given = [n for n in needs if n.fact in tables and n.kpi.key not in missing]
    kept = sums_of(warehouse, query)
    done = {(n.kpi.key, n.second): found for n in given if (found := kept.find(n.kpi.key, n.second)) is not None}
    for shared in sharing([n for n in given if (n.kpi.key, n.second) not in done]):
        done |= _fetched(warehouse, shared, reach[shared[0].fact], query)
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


def sharing(needs: Sequence[Need]) -> list[list[Need]]:
    """The needs by the statement that answers them."""
    found: dict[object, list[Need]] = {}
    for need in needs:
        found.setdefault(need.shared_with, []).append(need)
    return list(found.values())


def missing_of(asked: Sequence[Kpi], reach: Mapping[str, Reach], query: KpiQuery) -> dict[str, str]:
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
    cut = Cut(warehouse.settings.min_people, months_over(warehouse.today, query.as_of))
    for fact in dict.fromkeys(n.fact for n in needs):
        columns = tuple(tables.get(fact, ()))
        edges = extent(warehouse, fact) if columns else None
        newest = edges[1] if edges else None
        found[fact] = Reach(columns, newest, told=_told(warehouse, fact, newest), cut=cut)
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


def last_day_before(warehouse: Warehouse, fact: str, day: date) -> date | None:
    """The last day of a fact before this one; None where it has none."""
    edges = extent(warehouse, fact)
    if edges is None or edges[1] < day:
        return edges[1] if edges else None
    asked = ("last before", fact, day.isoformat())
    return _once(warehouse, asked, lambda: [_edge(warehouse, fact, "day", exp.Max, day)])[0]


def _once(warehouse: Warehouse, asked: tuple[str, ...], find: Callable[[], list[T]]) -> list[T]:
    """What holds until the facts change."""
    return warehouse.remembered.get((*asked, warehouse.remembered.version(warehouse.engine)), find)


def _told(warehouse: Warehouse, fact: str, newest: date | None) -> date | None:
    """The last day on which anything happened to requests to answer: one wave sent at once ripens by its answers."""
    if fact != "invitations" or newest is None:
        return newest
    zone = warehouse.zone
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


def _edge(
    warehouse: Warehouse, fact: str, column: str, side: type[exp.Min | exp.Max], before: date | None = None
) -> date | None:
    bound, query = sql.Bound(), exp.select(sql.named(side(this=sql.column(column)), "edge")).from_(exp.to_table(fact))
    if before is not None:
        query = query.where(exp.LT(this=sql.column(column), expression=bound(before)))
    found = warehouse.engine.fetch(query, bound.values)["edge"].to_pylist()
    value = found[0] if found else None
    if isinstance(value, datetime):
        value = value.date()
    return value if isinstance(value, date) and value.year > _EPOCH_YEAR else None


def _fetched(
    warehouse: Warehouse, shared: Sequence[Need], reach: Reach, query: KpiQuery
) -> Mapping[tuple[str, bool], Summed]:
    """The sums of needs that share a statement; those of the period it will be compared with are fetched along."""
    spells = spells_kept(warehouse, shared, reach, query)
    kept = _kept_or_missing(warehouse, spells, reach, query) if spells is not None else None
    if kept is not None:
        sums_of(warehouse, query).keep(kept)
        return kept
    earlier = None if is_in_cells(shared[0].kpi) else just_before(query)
    beside = _reach_of_both(warehouse, shared, reach, earlier) if earlier is not None else None
    if earlier is None or beside is None:
        (found,) = _summed(warehouse, plan(shared, reach, query), query)
    else:
        was, found = _summed(warehouse, plan(shared, beside, query, earlier), query)
        sums_of(warehouse, earlier).keep(was)
        _keep_spells(spells_kept(warehouse, shared, replace(beside, periods=beside.periods[:1]), earlier), was)
    _keep_spells(spells, found)
    sums_of(warehouse, query).keep(found)
    return found


def _kept_or_missing(
    warehouse: Warehouse, spells: SpellsKept, reach: Reach, query: KpiQuery
) -> Mapping[tuple[str, bool], Summed] | None:
    """The sums of spells by what is kept of some of their periods; None where nothing is, or that does not do."""
    missing = spells.missing()
    if len(missing) == len(reach.periods):
        return None
    if missing:
        (found,) = _summed(warehouse, plan(spells.shared, replace(reach, periods=missing), query), query)
        spells.keep(found, missing)
    return spells.whole()


def _keep_spells(spells: SpellsKept | None, found: Mapping[tuple[str, bool], Summed]) -> None:
    if spells is not None:
        spells.keep(found, tuple(spells.of))


def just_before(query: KpiQuery) -> KpiQuery | None:
    """The question about the period that this one's is compared with, where that ends as this one begins."""
    if query.compare is None or query.since is None or query.until is None or any(c in PERIODS for c in query.by):
        return None
    since, until = before(query.since, query.until, query.compare)
    return replace(query, since=since, until=until, compare=None) if until == query.since else None


def _reach_of_both(warehouse: Warehouse, shared: Sequence[Need], reach: Reach, earlier: KpiQuery) -> Reach | None:
    """What is held of both periods; None where there is nothing to fetch along."""
    first, kept = shared[0], sums_of(warehouse, earlier)
    if all(kept.find(n.kpi.key, n.second) for n in shared):
        return None
    if not first.spells:
        return reach if FACTS[first.fact].clock is not None else None
    was = reach_of(warehouse, replace(earlier, kpis=(first.kpi.key,)))[first.fact].periods
    return replace(reach, periods=(*was, *reach.periods)) if was else None


def _summed(warehouse: Warehouse, made: Plan, query: KpiQuery) -> list[dict[tuple[str, bool], Summed]]:
    """The sums of a statement: of its period, or of the earlier one and the later one."""
    table = warehouse.engine.fetch(made.statement.query, made.statement.values)
    sides = _sides(made, table, query)
    count_people(warehouse.engine, made, sides)
    return [dict(side.found) for side in sides]


def summed_by_each(
    warehouse: Warehouse, made: Plan, query: KpiQuery
) -> dict[str, list[dict[tuple[str, bool], Summed]]]:
    """The same of a statement over several cuts, for each of them."""
    table = warehouse.engine.fetch(made.statement.query, made.statement.values)
    sides_of = {}
    for cut in made.cuts:
        rows = table.filter(pc.equal(table[sql.CUT], sql.cut_code(made.cuts, cut)))
        sides_of[cut] = _sides(made.of_cut(cut), rows, query)
    count_people_by_each(warehouse.engine, made, sides_of)
    return {cut: [dict(side.found) for side in sides] for cut, sides in sides_of.items()}


def _sides(made: Plan, table: pa.Table, query: KpiQuery) -> list[Side]:
    tables = [table.filter(pc.equal(table[sql.SIDE], i)) for i in (0, 1)] if made.sides else [table]
    read = [read_cells(made, t) for t in tables]
    return [Side(cells, {(n.kpi.key, n.second): _sums(cells, n, query) for n in made.needs}) for cells in read]


def _sums(cells: Cells, need: Need, query: KpiQuery) -> Summed:
    summed = spread_sums(cells, need, query.weighted) if need.spread else block_sums(cells, need, query.weighted)
    if not need.kpi.assumes or not isinstance(summed.sums, BlockSums):
        return summed
    assumed = dict(query.assume)
    constants = {k: float(assumed.get(k, d if d is not None else np.nan)) for k, d in need.kpi.assumes.items()}
    return replace(summed, sums=replace(summed.sums, constants=constants))


def estimates(kpi: Kpi, measured: Measured, query: KpiQuery, warehouse: Warehouse) -> list[Estimate]:
    if kpi.key in measured.missing:
        return [_without(kpi, query, "needs", measured.missing[kpi.key])]
    summed = measured.sums[kpi.key]
    if summed is None or not summed.keys:
        return [_without(kpi, query, "no_data")]
    summed = labelled(summed)
    sums = summed.sums
    newest = query.as_of or measured.newest.get(kpi.fact)
    today = warehouse.today
    if is_in_cells(kpi):
        query = whole_months(query, months_over(today, query.as_of))
    as_of, remark = newest.isoformat() if newest else None, _remarks(query, newest, today, is_in_cells(kpi))
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


def _remarks(query: KpiQuery, newest: date | None, today: date, in_cells: bool) -> Remark:
    """Marks a figure whose period still runs, or ended after the last row; and one of whole months."""
    kind = next((k for k in PERIODS if k in query.by), None)
    if in_cells:
        return lambda _: ("whole_months",)

    @cache
    def of_period(text: str | int | None) -> tuple[str, ...]:
        end = min(filter(None, (query.until, parse(text).end))) if isinstance(text, str) else query.until
        if end is None or newest is None or newest + timedelta(days=1) >= end:
            return ()
        running = min(query.as_of or today, today) + timedelta(days=1) < end
        return ("running_period",) if running else (f"rows_end:{newest.isoformat()}",)

    return lambda group: of_period(group.get(kind) if kind else None)
