"""Generated rows into a warehouse, by the door that every import takes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
from tests.generated.chance import Facts, Row

from peil.facts.schema import FACTS
from peil.warehouse.open import Warehouse, open_warehouse

SOURCE = "generated"
SETTINGS = "min_answers = 1\nmin_people = 1\n"


def raw_table(fact: str, rows: Iterable[Row]) -> pa.Table:
    schema = pa.schema([*FACTS[fact].arrow("raw"), ("x_data_set", pa.string())])
    return pa.Table.from_pylist([{"source": SOURCE, **row} for row in rows], schema=schema)


def load(warehouse: Warehouse, facts: Facts, name: str = "generated.csv") -> None:
    with warehouse.begin_import(SOURCE, name, f"{abs(hash(name)):032x}", "generated") as staging:
        for fact, rows in facts.items():
            if rows:
                staging.write(fact, raw_table(fact, rows))
        staging.commit()


def open_new(folder: Path, url: str | None = None) -> Warehouse:
    """A warehouse (a DuckDB file in the folder, when none is named) that hides nothing, so that small sets compare."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "peil.toml").write_text(SETTINGS, encoding="utf-8")
    return open_warehouse(url or f"duckdb:///{folder / 'peil.duckdb'}")
