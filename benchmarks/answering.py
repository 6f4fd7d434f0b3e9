"""All KPIs of answers by touchpoint and month, with intervals, against plain SQL and against pandas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import Measured, Sizes, best

from peil.core.kpis import ALL
from peil.warehouse.open import Warehouse, open_warehouse
from peil.warehouse.query import KpiQuery
from peil.warehouse.run import answer, explain

KEYS = tuple(k.key for k in ALL if k.fact == "answers" and k.spread is None and not k.last_answer and not k.assumes)
QUERY = KpiQuery(kpis=KEYS, by=("touchpoint", "month"))

# What an analyst would write for the same values, without blocks, so without intervals.
ANALYST = """
SELECT kind, relationship, dimension, touchpoint, month,
       count(box), count(*) FILTER (box = 1), count(*) FILTER (box = -1),
       count(score), sum(score), sum(score * score), count(gap), sum(gap), sum(gap * gap)
FROM answers GROUP BY ALL
"""

_ROWS = """
INSERT INTO answers BY NAME
SELECT 'bench' AS source, 'a' || i AS answer_id, 'r' || (i // 3) AS response_id, '1' AS import_id, 1.0 AS weight,
       'survey' AS survey, kind AS question, kind, NULL AS dimension, 0 AS relationship,
       DATE '2025-01-01' + CAST(hash(i, 1) % 365 AS INTEGER) AS day,
       202501 + CAST(hash(i, 1) % 365 // 31 AS INTEGER) AS month, 2025 AS year,
       CAST(low + hash(i, 2) % (high - low + 1) AS DOUBLE) AS score, low AS scale_min, high AS scale_max,
       CAST(hash(i, 2) % 3 AS INTEGER) - 1 AS box, 't' || (hash(i, 3) % 12) AS touchpoint,
       'c' || (hash(i, 4) % 1000000) AS customer_id, CAST(hash(i, 4) % 1000000 AS BIGINT) AS person, 1 AS known,
       CAST(hash(i, 4) % 100 AS INTEGER) AS block, low + 1000 * high AS scale_code,
       100.0 * (hash(i, 2) % (high - low + 1)) / (high - low) AS score_100
FROM (SELECT i, unnest(kinds[CAST(1 + i % 5 AS INTEGER)]) FROM range({rows}) r(i), (SELECT [
    {{'kind': 'nps', 'low': 0, 'high': 10}}, {{'kind': 'csat', 'low': 1, 'high': 5}},
    {{'kind': 'ces_agree', 'low': 1, 'high': 7}}, {{'kind': 'rapportcijfer', 'low': 1, 'high': 10}},
    {{'kind': 'servperf', 'low': 1, 'high': 7}}] AS kinds))
"""


def run(sizes: Sizes, folder: Path) -> Iterator[Measured]:
    with filled(folder / "answering.duckdb", sizes.answers) as warehouse:
        ours = best(lambda: answer(warehouse, QUERY))
        theirs = best(lambda: sql(warehouse, ANALYST))
        rows = f"{sizes.answers:,}"
        yield Measured(
            f"seconds for {len(KEYS)} KPIs over {rows} answers, against plain SQL", ours, theirs, ours / theirs, 2
        )
        planning = best(lambda: explain(warehouse, QUERY)) * 1000
        yield Measured("milliseconds of planning", planning, None, planning, 10, "ms")
    with filled(folder / "in_memory.duckdb", sizes.in_memory) as warehouse:
        frame = sql(warehouse, "SELECT kind, touchpoint, month, box, score, gap FROM answers").to_pandas()
        ours = best(lambda: answer(warehouse, QUERY))
        theirs = best(lambda: in_pandas(frame))
        rows = f"{sizes.in_memory:,}"
        yield Measured(
            f"seconds over {rows} answers, against pandas",
            ours,
            theirs,
            theirs / ours,
            10,
            "times faster",
            at_least=True,
        )


def filled(path: Path, rows: int) -> Warehouse:
    """A warehouse with generated answers, put in past the import, which has a benchmark of its own."""
    import duckdb

    open_warehouse(f"duckdb:///{path}").close()
    with duckdb.connect(str(path)) as connection:
        connection.execute(_ROWS.format(rows=rows))
    return open_warehouse(f"duckdb:///{path}", read_only=True)


def sql(warehouse: Warehouse, text: str):
    import sqlglot

    return warehouse.engine.fetch(sqlglot.parse_one(text, dialect="duckdb"), {})


def in_pandas(frame) -> object:
    work = frame.assign(good=frame.box == 1, bad=frame.box == -1, score2=frame.score**2, gap2=frame.gap**2)
    sums = {
        "box": "count",
        "good": "sum",
        "bad": "sum",
        "score": ["count", "sum"],
        "score2": "sum",
        "gap": ["count", "sum"],
        "gap2": "sum",
    }
    return work.groupby(["kind", "touchpoint", "month"], observed=True, dropna=False).agg(sums)
