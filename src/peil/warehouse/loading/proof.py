"""Proof of keys: within an import, a key stands for one row.

Identical copies become one row; rows that share a key and differ are refused, both named.
"""
# ruff: noqa: S608  names come from the schema, and a person's words are bound or quoted

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from peil.core.errors import BadInput, Bug
from peil.facts.schema import FACTS
from peil.warehouse.engines.duckdb import passing_states

_MEMORY = "700MB"


@contextmanager
def scratch(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database for working things out on Parquet files; it spills into `folder` and leaves nothing."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY,
        "temp_directory": str(folder / "scratch"),
        "preserve_insertion_order": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    with duckdb.connect(config=settings) as connection, passing_states(folder):
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def prove_keys(connection: duckdb.DuckDBPyConnection, fact: str, path: Path, file_name: str) -> int:
    """Leave one row a key in the Parquet file at `path`; the copies removed are counted."""
    key = FACTS[fact].key
    connection.execute(f"CREATE OR REPLACE VIEW staged AS SELECT * FROM read_parquet('{quoted(path)}')")
    unknown = connection.execute(f'SELECT count(*) FROM staged WHERE "{key}" IS NULL OR source IS NULL').fetchone()
    if unknown and unknown[0]:
        raise Bug(f"{unknown[0]} rows of {fact} have no {key}")
    connection.execute(
        f'CREATE OR REPLACE TABLE twice AS SELECT hash(source, "{key}") AS h FROM staged GROUP BY h HAVING count(*) > 1'
    )
    found = connection.execute("SELECT count(*) FROM twice").fetchone()
    if not found or not found[0]:
        return 0
    _refuse_differing(connection, fact, file_name)
    return _drop_copies(connection, fact, path)


def _refuse_differing(connection: duckdb.DuckDBPyConnection, fact: str, file_name: str) -> None:
    key = FACTS[fact].key
    names = [row[0] for row in connection.execute("DESCRIBE staged").fetchall()]
    same = [n for n in names if n != "_row"]
    row = '"_row"' if "_row" in names else "NULL"
    content = ", ".join(f'"{n}"' for n in same)
    doubtful = f'SELECT *, {row} AS place FROM staged WHERE hash(source, "{key}") IN (SELECT h FROM twice)'
    differing = connection.execute(
        f'SELECT "{key}", min(place), max(place) FROM (SELECT {content}, min(place) AS place FROM ({doubtful}) '
        f'GROUP BY {content}) GROUP BY source, "{key}" HAVING count(*) > 1 ORDER BY 2, 1 LIMIT 1'
    ).fetchone()
    if differing is None:
        return
    where = f"rows {differing[1]:,} and {differing[2]:,}" if differing[1] is not None else "two rows"
    raise BadInput(
        f"{where} have the same {key} '{differing[0]}' and different content, so it can't be told which one holds.",
        f"Remove one of the two, or map {key} to a column that is different in every row.",
        file=file_name,
        row=differing[1],
        column=key,
    )


def _drop_copies(connection: duckdb.DuckDBPyConnection, fact: str, path: Path) -> int:
    key, single = FACTS[fact].key, path.with_suffix(".single")
    before = pq.read_metadata(path).num_rows
    names = [row[0] for row in connection.execute("DESCRIBE staged").fetchall()]
    order = '"_row"' if "_row" in names else f'"{key}"'
    connection.execute(
        f'COPY (SELECT * EXCLUDE (h, place) FROM (SELECT *, hash(source, "{key}") AS h, '
        f'row_number() OVER (PARTITION BY source, "{key}" ORDER BY {order}) AS place FROM staged '
        f'WHERE hash(source, "{key}") IN (SELECT h FROM twice)) WHERE place = 1 '
        f'UNION ALL BY NAME SELECT * FROM staged WHERE hash(source, "{key}") NOT IN (SELECT h FROM twice)) '
        f"TO '{quoted(single)}' (FORMAT parquet, COMPRESSION zstd)"
    )
    os.replace(single, path)
    return int(before - pq.read_metadata(path).num_rows)


def quoted(path: Path) -> str:
    return str(path).replace("'", "''")
