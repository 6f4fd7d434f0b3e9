"""How much a warehouse holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse


def count_rows(warehouse: Warehouse) -> Mapping[str, int]:
    """The rows of each fact, in the order of the schema."""
    asked = {
        fact: exp.select(exp.Count(this=exp.Star()).as_("n")).from_(exp.to_table(fact))
        for fact, columns in warehouse.engine.tables().items()
        if columns
    }
    return {fact: int(warehouse.engine.fetch(query, {})["n"][0].as_py()) for fact, query in asked.items()}
