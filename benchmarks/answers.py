"""All answer KPIs by touchpoint and month: Peil beside the SQL an analyst writes, and beside pandas.

The analyst's statements give the same values and counts without blocks, so without intervals.
All read one table in one DuckDB file, in turn, in one process; the best of several runs counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from peil.core import kpis
from peil.facts.schema import FACTS
from peil.warehouse.open import open_warehouse
from peil.warehouse.query import KpiQuery
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


def best(run: Callable[[], Any], times: int) -> tuple[float, Any]:
    found, result = np.inf, None
    for _ in range(times):
        start = time.perf_counter()
        result = run()
        found = min(found, time.perf_counter() - start)
    return found, result


def compare(path: Path, times: int) -> dict[str, float]:
    """Seconds of Peil and of the analyst's statements on the same file, after checking that they agree."""
    query = KpiQuery(kpis=ASKED, by=BY)
    with open_warehouse(f"duckdb:///{path}", read_only=True) as warehouse:
        seconds, figures = best(lambda: answer(warehouse, query), times)
        reach = reach_of(warehouse, query)
        planning, _ = best(lambda: [p.statement.text("duckdb") for p in planned(reach, query)], 20)
    with duckdb.connect(str(path), read_only=True) as connection:

        def analyst() -> Any:
            return [connection.sql(statement).to_arrow_table() for statement in ANALYST]

        theirs, tables = best(analyst, times)
    check(figures, tables[0].to_pylist())
    return {"peil": seconds, "analyst": theirs, "planning": planning, "figures": float(len(figures))}


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


def pandas_seconds(path: Path, times: int) -> float:
    """The same values by pandas, on columns that are in memory already, categories for texts."""
    with duckdb.connect(str(path), read_only=True) as connection:
        frame = connection.sql(
            "SELECT touchpoint, month, kind, relationship, dimension, box, score, score_100, gap, expected, choice,"
            " person, answered_at, answer_id FROM answers"
        ).df()
    for name in ("touchpoint", "kind", "dimension", "choice"):
        frame[name] = frame[name].astype("category")
    columns = ["box", "score", "score_100", "gap", "expected"]

    def sums(part: Any, keys: list[str]) -> Any:
        part = part.assign(up=part["box"] == 1, down=part["box"] == -1, yes=part["score"] == 1)
        grouped = part.groupby(keys, observed=True, dropna=False)
        return grouped[columns].agg(["count", "mean"]), grouped[["up", "down", "yes"]].sum()

    def run() -> Any:
        keys = ["touchpoint", "month", "kind"]
        contact, relation = frame[frame["relationship"] == 0], frame[frame["relationship"] == 1]
        last = relation.sort_values(["answered_at", "answer_id"]).drop_duplicates(
            ["person", "month", "kind"], keep="last"
        )
        chosen = frame[frame["choice"].notna()]
        return (
            sums(contact, [*keys, "relationship", "dimension"]),
            sums(last, keys),
            chosen.groupby([*keys, "choice"], observed=True).size(),
        )

    return best(run, times)[0]
