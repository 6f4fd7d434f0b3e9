"""All answer KPIs by touchpoint and month: Peil beside the SQL an analyst writes, and beside pandas.

The analyst's statements give the same values and counts without blocks, so without intervals, and
read the same table in the same file. pandas has its frame in memory, texts as it reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from benchmarks.measured import Measured, Sizes, best

from peil.core import kpis
from peil.core.kpi import Estimate
from peil.facts.schema import FACTS
from peil.warehouse.open import Warehouse, open_warehouse
from peil.warehouse.query import KpiQuery
from peil.warehouse.remembered import Remembered
from peil.warehouse.results.sums_kept import SumsKept
from peil.warehouse.run import answer, planned, reach_of

BY = ("touchpoint", "month")
ASKED = tuple(k.key for k in kpis.ALL if k.fact == "answers")
_KINDS = sorted(
    {str(v) for k in kpis.ALL if k.fact == "answers" for r in k.rows if r.column == "kind" for v in r.values}
)
_MOMENTS = """
    count(box) AS n_box, count(*) FILTER (box = 1) AS favourable, count(*) FILTER (box = -1) AS unfavourable,
    count(score) AS n_score, avg(score) AS mean, count(*) FILTER (score = 1) AS yes,
    count(score_100) AS n_100, avg(score_100) AS mean_100, count(gap) AS n_gap, avg(gap) AS gap,
    count(expected) AS n_expected, avg(expected) AS expected
"""
ANALYST = (
    f"SELECT touchpoint, month, kind, relationship, dimension, {_MOMENTS} FROM answers"
    " WHERE relationship = 0 GROUP BY ALL",
    f"""SELECT touchpoint, month, kind, {_MOMENTS} FROM (
        SELECT * FROM answers WHERE relationship = 1
        QUALIFY row_number() OVER (PARTITION BY person, month, kind ORDER BY answered_at DESC, answer_id DESC) = 1
    ) GROUP BY ALL""",
    """SELECT touchpoint, month, kind, choice, count(*) AS n FROM answers
       WHERE kind IN ('reason', 'preferred_channel', 'considered_channel') AND choice IS NOT NULL GROUP BY ALL""",
)


def make(path: Path, rows: int) -> None:
    """A warehouse of `rows` answers of all kinds over 12 months and 8 touchpoints, in order of time.

    A fifth of the people answered more than once, one answer in twenty is about the relationship.
    """
    open_warehouse(f"duckdb:///{path}").close()
    own = {
        "source": "'bench'", "answer_id": "'a' || i", "response_id": "'r' || (i // 4)", "import_id": "'1'",
        "weight": "1.0", "survey": "'bench'", "question": "k", "kind": "k",
        "relationship": "CASE WHEN hash(i + 5) % 20 = 0 THEN 1 ELSE 0 END",
        "dimension": "CASE WHEN k LIKE 'serv%' THEN list_extract(['reliability', 'assurance', 'tangibles', 'empathy', 'responsiveness'], (hash(i + 4) % 5)::INT + 1) END",
        "answered_at": "TIMESTAMPTZ '2025-01-01 00:00:00+00' + to_seconds(i * 31536000.0 / n)",
        "score": "CASE WHEN hash(i + 1) % 20 > 0 THEN (hash(i + 2) % 5 + 1)::DOUBLE END",
        "expected": "CASE WHEN k IN ('gap', 'servqual_dimension') THEN (hash(i + 3) % 5 + 1)::DOUBLE END",
        "scale_min": "1.0", "scale_max": "5.0", "scale_code": "5001",
        "box": "CASE WHEN hash(i + 1) % 20 > 0 THEN (hash(i + 2) % 3)::INT - 1 END",
        "choice": "CASE WHEN k IN ('reason', 'preferred_channel', 'considered_channel') THEN 'option ' || (hash(i + 6) % 8) END",
        "touchpoint": "list_extract(['shop', 'phone', 'web', 'invoice', 'repair', 'renewal', 'delivery', 'chat'], (hash(i + 7) % 8)::INT + 1)",
        "score_100": "CASE WHEN hash(i + 1) % 20 > 0 THEN (hash(i + 2) % 5) * 25.0 END",
        "gap": "CASE WHEN k IN ('gap', 'servqual_dimension') AND hash(i + 1) % 20 > 0 THEN (hash(i + 2) % 5)::DOUBLE - (hash(i + 3) % 5)::DOUBLE END",
        "month": "202501 + (i * 12) // n", "year": "2025", "person": "(hash(i // 2) >> 1)::BIGINT", "known": "1",
        "block": "(hash(i // 2) >> 1) % 100",
        "day": "DATE '2025-01-01' + ((i * 365) // n)::INT",
    }  # fmt: skip
    schema = [c.name for c in FACTS["answers"].columns]
    columns = ", ".join(f"{own.get(c, 'NULL')} AS {c}" for c in schema)
    kinds = ", ".join(f"'{k}'" for k in _KINDS)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            f"INSERT INTO answers BY NAME SELECT {columns} FROM (SELECT i, {rows} AS n,"
            f" list_extract([{kinds}], (hash(i + 8) % {len(_KINDS)})::INT + 1) AS k FROM range({rows}) t(i))"
        )


def check(figures: Any, rows: list[dict[str, Any]]) -> None:
    """The analyst's NPS and CSAT mean are Peil's, group by group."""
    theirs = {(r["touchpoint"], r["month"], r["kind"]): r for r in rows}
    seen = 0
    for e in figures:
        if e.kpi not in ("nps", "csat_mean"):
            continue
        r = theirs[
            e.group["touchpoint"], int(str(e.group["month"]).replace("-", "")), "nps" if e.kpi == "nps" else "csat"
        ]
        value = 100 * (r["favourable"] - r["unfavourable"]) / r["n_box"] if e.kpi == "nps" else r["mean"]
        assert e.n == (r["n_box"] if e.kpi == "nps" else r["n_score"])
        assert abs(e.value - value) < 1e-9
        seen += 1
    assert seen == 2 * 8 * 12


def run(sizes: Sizes, folder: Path) -> Iterator[Measured]:
    path = folder / "answers.duckdb"
    make(path, sizes.answers)
    query = KpiQuery(kpis=ASKED, by=BY)
    with open_warehouse(f"duckdb:///{path}") as warehouse:
        figures = answer(warehouse, query)
        ours = best(lambda: afresh(warehouse, query))
        reach = reach_of(warehouse, query)
        planning = (
            best(
                lambda: [p.statement.query.sql(dialect="duckdb", copy=False) for p in planned(reach, query)], rounds=20
            )
            * 1000
        )
    with duckdb.connect(str(path), read_only=True) as connection:
        check(figures, connection.sql(ANALYST[0]).to_arrow_table().to_pylist())
        theirs = best(lambda: [connection.sql(statement).to_arrow_table() for statement in ANALYST])
    path.unlink()
    what = f"seconds for {len(ASKED)} KPIs with intervals over {sizes.answers:,} answers"
    yield Measured(f"{what}, against plain SQL without", ours, theirs, ours / theirs, 2)
    yield Measured("milliseconds of planning", planning, None, planning, 10, "ms")
    yield from beside_pandas(sizes, folder)


def afresh(warehouse: Warehouse, query: KpiQuery) -> list[Estimate]:
    """The figures worked out, not remembered."""
    warehouse.remembered, warehouse.sums_kept = Remembered(), SumsKept()
    return answer(warehouse, query)


def beside_pandas(sizes: Sizes, folder: Path) -> Iterator[Measured]:
    path = folder / "in_memory.duckdb"
    make(path, sizes.in_memory)
    with duckdb.connect(str(path), read_only=True) as connection:
        frame = connection.sql(f"SELECT {', '.join(_READ)} FROM answers").df()
    theirs = best(lambda: in_pandas(frame), rounds=1)
    frame = None
    with open_warehouse(f"duckdb:///{path}") as warehouse:
        ours = best(lambda: afresh(warehouse, KpiQuery(kpis=ASKED, by=BY)))
    what = f"seconds for {len(ASKED)} KPIs with intervals over {sizes.in_memory:,} answers"
    yield Measured(
        f"{what}, against pandas in memory, KPI by KPI without",
        ours,
        theirs,
        theirs / ours,
        10,
        "times faster",
        at_least=True,
    )


_READ = (
    *BY, "kind", "relationship", "dimension", "box", "score", "score_100", "gap", "expected", "choice",
    "person", "answered_at", "answer_id",
)  # fmt: skip


def in_pandas(frame: Any) -> list[Any]:
    """The values of each KPI as a notebook gets them: its rows, then by touchpoint and month. No intervals."""
    found = []
    for key in ASKED:
        kpi = kpis.get(key)
        part = frame
        for condition in kpi.rows:
            part = part[part[condition.column].isin(condition.values)]
        if kpi.last_answer:
            part = part.sort_values(["answered_at", "answer_id"]).drop_duplicates(["person", "month"], keep="last")
        grouped = part.groupby(list(BY))
        if kpi.spread is not None:
            found.append(grouped["choice"].value_counts(normalize=True))
            continue
        column = kpi.moments["n"].column
        if column == "box":
            counts = part.assign(up=part["box"] == 1, down=part["box"] == -1, n=part["box"].notna())
            found.append(counts.groupby(list(BY))[["up", "down", "n"]].sum())
        else:
            found.append(grouped[column].agg(["count", "mean"]))
    return found
