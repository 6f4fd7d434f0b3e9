"""Rows as dicts into a warehouse and out again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from sqlglot import exp

from peil.facts.schema import FACTS
from peil.warehouse.load import ImportReport
from peil.warehouse.open import Warehouse

Row = Mapping[str, Any]
_NOT_CONTENT = ("import_id",)


def raw(fact: str, rows: Sequence[Row]) -> pa.Table:
    """A mapped table: raw columns, extra ones, and `_row` where the rows have it."""
    extra = sorted({name for row in rows for name in row if name.startswith("x_")})
    fields = [*FACTS[fact].arrow("raw"), *(pa.field(name, pa.string()) for name in extra)]
    fields += [pa.field("_row", pa.int64())] if any("_row" in row for row in rows) else []
    return pa.Table.from_pylist([{"source": "s", **row} for row in rows], schema=pa.schema(fields))


def take_in(warehouse: Warehouse, facts: Mapping[str, Sequence[Row]], name: str = "file.csv") -> ImportReport:
    with warehouse.begin_import("s", name, hashlib.sha256(name.encode()).hexdigest(), "mapping") as staging:
        for fact, rows in facts.items():
            staging.write(fact, raw(fact, rows))
        return staging.commit()


def held(warehouse: Warehouse, fact: str) -> list[dict[str, Any]]:
    """Every row of a table by key, without the import that wrote it."""
    query = exp.select("*").from_(exp.to_table(fact))
    rows = warehouse.engine.fetch(query, {}).to_pylist()
    rows = [{k: v for k, v in row.items() if k not in _NOT_CONTENT} for row in rows]
    return sorted(rows, key=lambda row: (row["source"], row[FACTS[fact].key]))


def by_key(warehouse: Warehouse, fact: str) -> dict[str, dict[str, Any]]:
    return {row[FACTS[fact].key]: row for row in held(warehouse, fact)}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
