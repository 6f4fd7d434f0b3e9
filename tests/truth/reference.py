"""The reference values kept beside the repository, computed by R and its peers; and sums made from rows."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from peil.core.numerics.replicates import SpreadSums

BESIDE = Path(__file__).resolve().parents[2].parent / "shared"
SHARED = Path(os.environ.get("PEIL_SHARED", BESIDE)) / "reference"


def values(case: str) -> Any:
    """The values of a case; the test is skipped where they are not there."""
    return json.loads(_there(f"values/{case}.json").read_text(encoding="utf-8"))["values"]


def inputs(name: str) -> dict[str, list[str]]:
    """The columns of an input file, as text."""
    with _there(f"inputs/{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {column: [row[column] for row in rows] for column in rows[0]}


def _there(name: str) -> Path:
    if not (SHARED / name).exists():
        pytest.skip(f"reference values are missing: no {name} in the folder 'shared' beside the repository")
    return SHARED / name


def durations(buckets: Sequence[int], done: Sequence[bool] | None = None) -> SpreadSums:
    """One group of independent rows, each its own block."""
    n = len(buckets)
    ones = np.ones(n, dtype=np.int64)
    happened = np.ones(n, dtype=bool) if done is None else np.asarray(done)
    return SpreadSums(
        [{}], n, ones * 0, np.arange(n), np.asarray(buckets, dtype=np.int64), ~happened, ones * 1.0, ones,
        np.array([float(n)]), np.ones(1),
    )  # fmt: skip
