"""Rejected rows: kept with the reason and what to do, and counted; nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from peil.facts.reading.convert import Problem
from peil.facts.reading.texts import Rows

REJECTS = pa.schema(
    [
        ("fact", pa.string()),
        ("row", pa.int64()),  # as a spreadsheet counts it
        ("column", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
        ("remedy", pa.string()),
    ]
)


def rejects_of(fact: str, problems: Iterable[Problem], rows: Rows) -> pa.Table:
    """One line per row and problem."""
    return pa.concat_tables([REJECTS.empty_table(), *(_lines(fact, p, rows) for p in problems)])


def _lines(fact: str, problem: Problem, rows: Rows) -> pa.Table:
    n = len(problem.rows)
    values = [
        pa.repeat(fact, n),
        rows.numbers.take(pa.array(problem.rows)).cast(pa.int64()),
        pa.repeat(" + ".join(problem.columns), n),
        rows.shown(problem.columns, problem.rows),
        pa.repeat(problem.reason, n),
        pa.repeat(problem.remedy, n),
    ]
    return pa.table(values, schema=REJECTS)


def rejected(problems: Iterable[Problem], n: int) -> NDArray[np.bool_]:
    """Which of n rows have a problem."""
    mask = np.zeros(n, dtype=np.bool_)
    for problem in problems:
        mask[problem.rows] = True
    return mask
