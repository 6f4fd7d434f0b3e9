"""Rows mapped in the process of the test, from columns given as lists of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from peil.facts.apply import Mapped, apply
from peil.facts.mapping import parse_mapping
from peil.facts.reading.convert import Readings
from peil.facts.reading.texts import FileIdentity

FILE = FileIdentity(name="file.csv", hash="0123456789abcdef" * 4)


def batch_of(columns: Mapping[str, Sequence[str]], first_row: int = 2) -> pa.RecordBatch:
    count = len(next(iter(columns.values())))
    arrays = [pa.array(list(values), pa.string()) for values in columns.values()]
    return pa.record_batch([*arrays, pa.array(range(first_row, first_row + count))], names=[*columns, "_row"])


def mapped(text: str, columns: Mapping[str, Sequence[str]], readings: Readings | None = None) -> Mapped:
    return apply(parse_mapping('source = "s"\n' + text, "m.toml"), batch_of(columns), FILE, readings)


def values(found: Mapped, fact: str, column: str) -> list[object]:
    return found.tables[fact].column(column).to_pylist()  # type: ignore[no-any-return]


def told(found: Mapped) -> list[tuple[str, int, str, str, str]]:
    """Fact, row, column, value and reason of each rejected row."""
    assert all(r["remedy"] for r in found.rejects.to_pylist())
    return [(r["fact"], r["row"], r["column"], r["value"], r["reason"]) for r in found.rejects.to_pylist()]
