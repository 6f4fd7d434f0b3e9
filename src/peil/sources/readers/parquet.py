"""Parquet files, row group by row group."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from peil.sources.limits import GIGA, ROWS
from peil.sources.piece import Opened, Piece, Request, name_columns, schema_of


def open_parquet(request: Request) -> Opened:
    try:
        file = pq.ParquetFile(request.path)
    except (pa.ArrowException, OSError) as error:
        raise request.refuse(f"It is no sound Parquet file: {error}.", "Write it again.") from None
    groups = [file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups)]
    if max(groups, default=0) > GIGA:
        raise request.refuse("One of its row groups is larger than 1 GB.", "Write it with smaller row groups.")
    names, notes = name_columns(file.schema_arrow.names, request)
    nested = [f.name for f in file.schema_arrow if pa.types.is_nested(f.type)]
    if nested:
        notes = (*notes, f"Columns with lists or records are taken as blanks: {', '.join(nested)}.")
    return Opened(columns=names, options=request.options, notes=notes, pieces=_pieces(file, names, request))


def _pieces(file: pq.ParquetFile, names: tuple[str, ...], request: Request) -> Iterator[Piece]:
    schema, total = schema_of(names), max(file.metadata.num_rows, 1)
    size = request.path.stat().st_size
    typed = [n for n, f in zip(names, file.schema_arrow, strict=True) if _is_number(f.type)]
    start = 1
    try:
        for batch in file.iter_batches(ROWS):
            arrays = [_texts(column) for column in batch.columns]
            rows = pa.array(range(start, start + batch.num_rows), pa.int64())
            start += batch.num_rows
            yield Piece(pa.record_batch([*arrays, rows], schema=schema), (), size * (start - 1) // total, typed)
    except (pa.ArrowException, OSError) as error:
        raise request.refuse(f"It breaks off: {error}.", "Write it again.", row=start) from None


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_decimal(kind) or pa.types.is_integer(kind))


def _texts(column: pa.Array) -> pa.Array:
    """A column as texts; moments in ISO, with Z where they are in UTC."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _texts(column.dictionary_decode())
    if pa.types.is_nested(kind) or pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return column.cast(pa.binary()).cast(pa.string())
    if pa.types.is_timestamp(kind):
        plain = column.cast(pa.timestamp("us", tz="UTC" if kind.tz else None), safe=False)
        return pc.strftime(plain, format="%Y-%m-%dT%H:%M:%SZ" if kind.tz else "%Y-%m-%d %H:%M:%S")
    if pa.types.is_duration(kind):
        return pc.divide(column.cast(pa.duration("us")).cast(pa.int64()).cast(pa.float64()), 1e6).cast(pa.string())
    if pa.types.is_floating(kind):
        return pc.replace_substring_regex(_finite(column).cast(pa.string()), r"\.0$", "")
    return column.cast(pa.string())


def _finite(column: pa.Array) -> pa.Array:
    return pc.if_else(pc.is_finite(column), column, pa.scalar(None, column.type))
