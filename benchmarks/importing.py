"""A CSV of answers taken in, against DuckDB's own reader into a table with a key."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import Measured, Sizes, best

GIB = 1 << 20  # ru_maxrss counts KiB

MAPPING = """
source = "bench"
[file]
dates = "%Y-%m-%d %H:%M:%S"
[answers]
answer_id = "id"
response_id = "response"
customer_id = "customer"
answered_at = "at"
touchpoint = "touchpoint"
channel = "channel"
[[answers.questions]]
question = "nps"
kind = "nps"
column = "score"
scale = [0, 10]
"""


def run(sizes: Sizes, folder: Path) -> Iterator[Measured]:
    file, mapping = folder / "answers.csv", folder / "answers.toml"
    write_csv(file, sizes.csv_rows)
    mapping.write_text(MAPPING)
    ours = best(lambda: _import(file, mapping, folder), rounds=1)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / GIB
    theirs = best(lambda: _keyed_table(file, folder), rounds=1)
    rows = f"{sizes.csv_rows:,}"
    yield Measured(
        f"seconds to import a CSV of {rows} rows, against DuckDB's own reader", ours, theirs, ours / theirs, 7
    )
    yield Measured("GiB at the peak of the largest process", peak, None, peak, 2.5, "GiB")


def write_csv(path: Path, rows: int) -> None:
    import duckdb

    text = str(path).replace("'", "''")
    duckdb.sql(f"""
        COPY (SELECT i AS id, i AS response, hash(i, 1) % 1000000 AS customer,
                     strftime(TIMESTAMP '2025-01-01' + to_seconds(CAST(hash(i, 2) % 31536000 AS BIGINT)), '%Y-%m-%d %H:%M:%S') AS at,
                     't' || (hash(i, 3) % 12) AS touchpoint, 'phone' AS channel, hash(i, 4) % 11 AS score
              FROM range({rows}) r(i)) TO '{text}' (HEADER)
    """)


def _import(file: Path, mapping: Path, folder: Path) -> None:
    warehouse = folder / "importing.duckdb"
    command = [
        sys.executable,
        "-m",
        "peil",
        "import",
        str(file),
        "--mapping",
        str(mapping),
        "--warehouse",
        f"duckdb:///{warehouse}",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ)


def _keyed_table(file: Path, folder: Path) -> None:
    import duckdb

    text = str(file).replace("'", "''")
    with duckdb.connect(str(folder / "peer.duckdb")) as connection:
        connection.execute(
            'CREATE TABLE answers (id BIGINT PRIMARY KEY, response BIGINT, customer BIGINT, "at" TIMESTAMP, '
            "touchpoint VARCHAR, channel VARCHAR, score BIGINT)"
        )
        connection.execute(f"INSERT INTO answers SELECT * FROM read_csv('{text}')")
