"""Workbooks, SPSS, Parquet and JSON lines give the same texts as the CSV of the same table would."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
from tests.traps.workbook import workbook

from peil.facts.entries import FileOptions
from peil.sources.files import open_table


def texts(path: Path, options: FileOptions | None = None) -> list[dict[str, object]]:
    with open_table(path, options) as table:
        return [row for batch in table.batches() for row in batch.to_pylist()]


def test_workbook(tmp_path: Path) -> None:
    rows = [
        [None, None, None],
        ["nr", "dag", "bedrag"],
        [1, date(2026, 4, 3), 1.234],
        [2, datetime(2026, 4, 3, 12, 30), "1.234,50"],
        [None, None, None],
        [3, True, None],
    ]
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook({"Blad": rows}))
    with open_table(path) as table:
        found = [row for batch in table.batches() for row in batch.to_pylist()]
        assert table.passed.typed == {"nr", "bedrag"}
    assert found == [
        {"nr": "1", "dag": "2026-04-03", "bedrag": "1.234", "_row": 3},
        {"nr": "2", "dag": "2026-04-03 12:30:00", "bedrag": "1.234,50", "_row": 4},
        {"nr": "3", "dag": "true", "bedrag": "", "_row": 6},
    ]
    packed = tmp_path / "x.xlsx.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert texts(packed) == found


def test_spss(tmp_path: Path) -> None:
    path = tmp_path / "x.sav"
    frame = pd.DataFrame({"v1": [1.0, 2.0, 99.0, None], "naam": ["a", "", "ç", "d"], "dag": [date(2026, 4, 3)] * 4})
    labels = {"v1": {1: "Ja", 2: "Nee", 99: "Weet niet"}}
    pyreadstat.write_sav(
        frame,
        str(path),
        variable_value_labels=labels,
        missing_ranges={"v1": [99]},
        column_labels=["Vraag 1", None, None],
    )
    with open_table(path) as table:
        found = [row for batch in table.batches() for row in batch.to_pylist()]
        assert table.labels == {"v1": {"1": "Ja", "2": "Nee", "99": "Weet niet"}}
        assert table.heading.missing == {"v1": ["99"]}
        assert table.heading.titles == {"v1": "Vraag 1"}
    assert [row["v1"] for row in found] == ["1", "2", "", ""]
    assert found[0] == {"v1": "1", "naam": "a", "dag": "2026-04-03", "_row": 1}


def test_parquet(tmp_path: Path) -> None:
    table = pa.table(
        {
            "i": [1, None],
            "f": [4.0, float("nan")],
            "d": [Decimal("1.50"), None],
            "s": ["x", None],
            "b": [True, False],
            "t": pa.array([datetime(2026, 4, 3, 12, tzinfo=UTC), None]),
            "day": [date(2026, 4, 3), None],
            "cat": pa.array(["a", "b"]).dictionary_encode(),
            "list": [[1], []],
        }
    )
    path = tmp_path / "x.parquet"
    pq.write_table(table, path)
    first, second = texts(path)
    assert (first["i"], first["f"], first["d"], first["s"], first["b"], first["day"]) == (
        "1",
        "4",
        "1.50",
        "x",
        "true",
        "2026-04-03",
    )
    assert str(first["t"]).startswith("2026-04-03T12:00:00")
    assert str(first["t"]).endswith("Z")
    assert (second["f"], second["cat"], second["list"], second["_row"]) == (None, "b", None, 2)


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1.2340, "b": {"c": null}}\n\n{"a": 12345678901234567890, "d": ["y", "x"]}\n')
    assert texts(path) == [
        {"a": "1.2340", "b.c": "", "d": "", "_row": 1},
        {"a": "12345678901234567890", "b.c": "", "d": '["y", "x"]', "_row": 3},
    ]


def test_a_line_that_is_no_object_is_told_without_its_text(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"a": 1}\n{"mail": "j.jansen@example.org"\n')
    with open_table(path) as table:
        list(table.batches())
        told = table.passed.ragged
    assert [r.row for r in told] == [2]
    assert "jansen" not in repr(told)
