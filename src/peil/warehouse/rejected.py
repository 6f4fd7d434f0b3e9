"""Rows of an import that failed a check: kept, counted, and told."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from peil.core.errors import BadQuery, did_you_mean

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse


@dataclass(frozen=True, slots=True)
class Rejected:
    """One rejected value: the row as a spreadsheet counts it, and what to do about it."""

    fact: str
    row: int | None
    column: str | None
    value: str | None
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RejectedKind:
    """How many values of an import were rejected for one reason, with the first of them."""

    import_id: str
    fact: str
    column: str | None
    reason: str
    remedy: str
    count: int
    first_row: int | None


def count_rejected(warehouse: Warehouse) -> list[RejectedKind]:
    """What the imports that stand rejected, by reason, the most frequent first."""
    from sqlglot import exp

    standing = [e.import_id for e in warehouse.imports() if e.status == "loaded"]
    names = ("import_id", "fact", "column", "reason", "remedy")
    columns = [exp.column(name, quoted=True) for name in names]
    row = exp.column("row", quoted=True)
    query = (
        exp.select(
            *columns, exp.alias_(exp.Count(this=exp.Star()), "count"), exp.alias_(exp.Min(this=row), "first_row")
        )
        .from_(exp.to_table("rejects"))
        .group_by(*(c.copy() for c in columns))
    )
    found = [RejectedKind(**row) for row in warehouse.engine.fetch(query, {}).to_pylist()]
    kept = [kind for kind in found if kind.import_id in standing]
    return sorted(kept, key=lambda k: (-k.count, k.import_id, k.fact, k.column or "", k.reason))


def read_rejected(warehouse: Warehouse, import_id: str, limit: int | None, after: int = 0) -> list[Rejected]:
    """The rejected rows of an import, in the order of its file, without the first `after`."""
    from sqlglot import exp

    known = [e.import_id for e in warehouse.imports()]
    if import_id not in known:
        raise BadQuery(
            f"There is no import '{import_id}'.",
            did_you_mean(import_id, known) if known else "Nothing was imported yet.",
        )
    names = [f.name for f in fields(Rejected)]
    asked = exp.Placeholder(this="import_id", kind=exp.DataType.build("VARCHAR"))
    query = (
        exp.select(*(exp.column(name, quoted=True) for name in names))
        .from_(exp.to_table("rejects"))
        .where(exp.EQ(this=exp.column("import_id", quoted=True), expression=asked))
        .order_by(*(exp.column(name, quoted=True) for name in ("row", "column", "fact", "reason", "value")))
    )
    if limit is not None:
        query = query.limit(limit)
    found = warehouse.engine.fetch(query.offset(after) if after else query, {"import_id": import_id})
    return [Rejected(**row) for row in found.to_pylist()]
