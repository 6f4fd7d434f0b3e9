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


def read_rejected(warehouse: Warehouse, import_id: str, limit: int | None) -> list[Rejected]:
    """The rejected rows of an import, in the order of its file."""
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
    found = warehouse.engine.fetch(query.limit(limit) if limit is not None else query, {"import_id": import_id})
    return [Rejected(**row) for row in found.to_pylist()]
