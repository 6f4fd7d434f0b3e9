"""A table as a file that other programs read: ISO dates, a dot in numbers, no text that runs as a formula."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from peil.core.errors import BadQuery, did_you_mean
from peil.web.pages.data.sheets import MOST_LETTERS, MOST_ROWS, XLSX, as_download, plain_cell


@dataclass(frozen=True, slots=True)
class Export:
    """A table under a name; `meanings` says what each column is."""

    name: str
    table: pa.Table
    meanings: Mapping[str, str]


def as_file(export: Export, kind: str) -> HttpResponseBase:
    """The table in a format by the end of its name."""
    make = FORMATS.get(kind)
    if make is None:
        raise BadQuery(f"There is no export to '{kind}'.", did_you_mean(kind, FORMATS))
    return as_download(make(export), f"{export.name}.{kind}")


def _csv(export: Export) -> HttpResponseBase:
    response = StreamingHttpResponse(_lines(export.table))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    return response


def _lines(table: pa.Table) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _line(table.column_names)
    for batch in table.to_batches(max_chunksize=5_000):
        for row in batch.to_pylist():
            yield _line([_text(v) for v in row.values()])


def _line(cells: list[Any]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(
        [plain_cell(c) if isinstance(c, str) else repr(c) if isinstance(c, float) else c for c in cells]
    )
    return line.getvalue().encode()


def _xlsx(export: Export) -> HttpResponseBase:
    import xlsxwriter

    if export.table.num_rows > MOST_ROWS:
        raise BadQuery(f"A sheet holds {MOST_ROWS:,} rows.", "Take CSV or Parquet, or a shorter period.")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        quoted = book.add_format({"quote_prefix": True})
        sheet, codebook = book.add_worksheet("data"), book.add_worksheet("codebook")
        for column, name in enumerate(export.table.column_names):
            sheet.write_string(0, column, name[:MOST_LETTERS], quoted)
        for at, row in enumerate(export.table.to_pylist(), start=1):
            for column, cell in enumerate(row.values()):
                shown = _text(cell)
                if isinstance(shown, str):
                    sheet.write_string(at, column, shown[:MOST_LETTERS], quoted)
                elif shown is not None:
                    sheet.write_number(at, column, shown)
        for at, (name, meaning) in enumerate([("column", "meaning"), *export.meanings.items()]):
            codebook.write_string(at, 0, name, quoted)
            codebook.write_string(at, 1, meaning, quoted)
    return HttpResponse(out.getvalue(), content_type=XLSX)


def _parquet(export: Export) -> HttpResponseBase:
    described = [
        pa.field(f.name, f.type, metadata={"meaning": export.meanings.get(f.name, "")}) for f in export.table.schema
    ]
    out = io.BytesIO()
    pq.write_table(export.table.cast(pa.schema(described)), out)
    return HttpResponse(out.getvalue(), content_type="application/vnd.apache.parquet")


def _sav(export: Export) -> HttpResponseBase:
    """SPSS's own format: names as it allows them, what a column means as its label."""
    import pyreadstat

    names = _spss_names(export.table.column_names)
    columns = {new: [_text(v) for v in export.table[old].to_pylist()] for old, new in names.items()}
    labels = {new: export.meanings.get(old, old)[:255] for old, new in names.items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.sav"
        pyreadstat.write_sav(_frame(columns), str(path), column_labels=labels)
        return HttpResponse(path.read_bytes(), content_type="application/x-spss-sav")


def _frame(columns: Mapping[str, list[Any]]) -> Any:
    """A frame as pyreadstat takes one: of polars, as pyarrow would load pandas for every process that has it."""
    import polars as pl

    return pl.DataFrame(
        {
            name: pl.Series(["" if v is None else str(v) for v in values], dtype=pl.String)
            if any(isinstance(v, str) for v in values)
            else pl.Series([None if v is None else float(v) for v in values], dtype=pl.Float64)
            for name, values in columns.items()
        }
    )


def _spss_names(names: list[str]) -> dict[str, str]:
    """Each name as SPSS allows it, and none twice."""
    found: dict[str, str] = {}
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9_.]", "_", name)
        plain = plain[:60] if plain[:1].isalpha() else f"v_{plain}"[:60]
        taken = {v.lower() for v in found.values()}
        number = 2
        while plain.lower() in taken:
            plain, number = f"{plain[:56]}_{number}", number + 1
        found[name] = plain
    return found


def _text(value: Any) -> str | int | float | None:
    """A value as files have it: days and times by ISO, truth as 1 and 0."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value  # type: ignore[no-any-return]


FORMATS: Mapping[str, Callable[[Export], HttpResponseBase]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "sav": _sav,
    "parquet": _parquet,
}
