"""What a query's sums must be, by the meaning of the moments on rows: one group and one block at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias

from sqlglot import exp

from peil.core.kpi import Kpi
from peil.core.moments import Is, Moment
from peil.warehouse.engines import Engine
from peil.warehouse.fixed_cells import is_in_cells, months_over, whole_months
from peil.warehouse.query import PERIODS, KpiQuery

Row: TypeAlias = Mapping[str, Any]
Cell: TypeAlias = tuple[tuple[Any, ...], int]  # group, block
EPOCH = date(1970, 1, 1)


def all_rows(engine: Engine, fact: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = engine.fetch(exp.select("*").from_(exp.to_table(fact)), {}).to_pylist()
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """One need of a KPI: rows of one fact, and the moments over them."""

    kpi: Kpi
    fact: str
    conditions: tuple[Is, ...]
    moments: Mapping[str, Moment]
    second: bool = False


def wanted(kpi: Kpi) -> list[Wanted]:
    found = [Wanted(kpi, kpi.fact, kpi.rows, kpi.moments)]
    if kpi.second is not None:
        found.append(Wanted(kpi, kpi.second.fact, kpi.second.rows, kpi.second.moments, second=True))
    return found


def rows_of(want: Wanted, rows: Iterable[Row], query: KpiQuery) -> list[Row]:
    """The rows that count: of the period, old enough, meeting the conditions, and the last where that is asked."""
    rows = list(rows)
    if is_in_cells(want.kpi):  # of the smallest organisation every cell is shown, once its month is over
        over = months_over(datetime.now(UTC).date(), query.as_of)
        query = whole_months(query, over)
        rows = [r for r in rows if not r["day"] or r["day"] < over]
    newest = max((r["day"] for r in rows if r.get("day")), default=None)
    if want.fact == "memberships":
        assert query.since
        assert query.until
        rows = [s for r in rows for s in [spell(r, query.since, query.until)] if s]
    elif query.since and query.until:
        rows = [r for r in rows if r["day"] and query.since <= r["day"] < query.until]
    rows = [r for r in rows if all(c.holds(r) for c in want.conditions)]
    if want.kpi.ripe_days and not want.second and newest:
        rows = [r for r in rows if not r["day"] or r["day"] <= newest - timedelta(days=want.kpi.ripe_days)]
    return last(rows, query) if want.kpi.last_answer else rows


def last(rows: Sequence[Row], query: KpiQuery) -> list[Row]:
    periods = [b for b in query.by if b in PERIODS]
    newest: dict[tuple[Any, ...], Row] = {}
    given = [r for r in rows if r["score"] is not None]
    for row in sorted(given, key=lambda r: (r["answered_at"] is not None, r["answered_at"], r["answer_id"])):
        newest[row["person"], row["kind"], row["question"], row["relationship"], *(row[p] for p in periods)] = row
    return list(newest.values())


def spell(row: Row, since: date, until: date) -> Row | None:
    start, end = (since - EPOCH).days, (until - EPOCH).days
    came, left = row["since_day"], row["until_day"]
    if came >= end or left < start:
        return None
    here, days = came < start, min(left, end) - max(came, start)
    return {
        **row,
        "at_start": 1 if here else None,
        "kept": int(left >= end) if here else None,
        "gained": 1 if came >= start and left >= end else None,
        "start_days": end - start if here else None,
        "present": days / (end - start) if days else None,
    }


def in_cells(rows: Iterable[Row], by: Sequence[str]) -> dict[Cell, list[Row]]:
    found: dict[Cell, list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[c] for c in by), row["block"]].append(row)
    return found
