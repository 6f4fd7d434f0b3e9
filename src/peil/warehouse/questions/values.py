"""The values that a column holds, for people to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from peil.core.errors import BadQuery
from peil.facts.schema import FACTS
from peil.warehouse import sql

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

ASKED_OF = ("answers", "interactions", "visits", "journey_runs")


def column_values(warehouse: Warehouse, column: str, most: int = 100) -> list[str]:
    """The known values of a dimension over all facts, the one with most rows first; at most `most`.

    Values of people (customers, employees) are never listed.
    """
    known = column.startswith("x_") or any(column in fact.dimensions for fact in FACTS.values())
    if not known or column.endswith("_id"):
        raise BadQuery(f"'{column}' has no list of values.", "Choose a column such as channel, team or touchpoint.")
    key = ("values", column, most, warehouse.remembered.version(warehouse.engine))
    return warehouse.remembered.get(key, lambda: _read(warehouse, column, most))


def _read(warehouse: Warehouse, column: str, most: int) -> list[str]:
    held = warehouse.engine.tables()
    counted: dict[str, int] = {}
    for fact in ASKED_OF:
        if column not in held.get(fact, ()):
            continue
        rows = sql.named(exp.Count(this=exp.Star()), "rows_of")
        query = (
            exp.select(sql.named(sql.column(column), "value"), rows)
            .from_(exp.to_table(fact))
            .where(sql.column(column).is_(exp.null()).not_())
            .group_by(sql.column(column))
        )
        for row in warehouse.engine.fetch(query, {}).to_pylist():
            counted[str(row["value"])] = counted.get(str(row["value"]), 0) + int(row["rows_of"])
    ordered = sorted(counted, key=lambda v: (-counted[v], v))
    return ordered[:most]
